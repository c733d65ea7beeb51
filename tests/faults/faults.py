"""What is done to a station, one thing at a time or several."""

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.peers import Peers
from tests.faults.switch import Switch

Undo = Callable[[], None]


class Victims:
    """The processes and files of one tormented station, and whom it talks to."""

    def __init__(self, folder: Path, seed: int, peers: Peers) -> None:
        self.folder = folder
        self.peers = peers
        self.random = random.Random(seed)
        self.switch = Switch(folder / "switches")
        self.supervisor = 0

    def send(self, pid: int, number: int) -> None:
        """A signal, to who may be gone by now."""
        with suppress(ProcessLookupError):
            if pid:
                os.kill(pid, number)

    @property
    def child(self) -> int:
        """The station's process; 0 where there is none that is the supervisor's own."""
        try:
            pid = int((self.folder / "child.pid").read_text())
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return 0
        return pid if int(stat[1]) == self.supervisor and stat[0] != "Z" else 0


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    begin: makes it so, and gives what ends it. hold_s: for how long, from and to. unready: the plant must be told of it
    within a second; of others only that nothing passes which is not good. peer: whom it happens to, where that is not
    the station itself.
    """

    name: str
    begin: Callable[[Victims], Undo]
    hold_s: tuple[float, float] = (0.3, 3.0)
    unready: bool = False
    peer: str = ""


def _set(name: str, word: str) -> Callable[[Victims], Undo]:
    def begin(victims: Victims) -> Undo:
        victims.switch.set(name, word)
        return lambda: victims.switch.set(name, "")

    return begin


def _kill_child(victims: Victims) -> Undo:
    victims.send(victims.child, signal.SIGKILL)
    return _nothing


def _kill_supervisor(victims: Victims) -> Undo:
    victims.send(victims.supervisor, signal.SIGKILL)
    return _nothing


def _stop_child(victims: Victims) -> Undo:
    return _stop(victims, victims.child)


def _stop_supervisor(victims: Victims) -> Undo:
    return _stop(victims, victims.supervisor)


def _stop(victims: Victims, pid: int) -> Undo:
    victims.send(pid, signal.SIGSTOP)
    return lambda: victims.send(pid, signal.SIGCONT)


def _lock_records(victims: Victims) -> Undo:
    path = victims.folder / "records" / "records.db"
    if not path.exists():
        return _nothing
    thief = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    with suppress(sqlite3.OperationalError):
        thief.execute("BEGIN EXCLUSIVE")
    return thief.close


def _change_bundle(victims: Victims) -> Undo:
    """As a careless copy does; who is started after that must not run."""
    path = victims.folder / "bundle" / "network.tflite"
    before = path.read_bytes()
    path.write_bytes(before[:-1] + b"!")
    victims.send(victims.child, signal.SIGKILL)
    return lambda: path.write_bytes(before) and None


def _jump(victims: Victims) -> Undo:
    """To stay there until the next jump: a clock that jumped is no fault that ends. It takes a moment to be seen."""
    victims.switch.set("clock", str(victims.random.choice([-86400.0, -3600.0, -1.5, 0.0, 1.5, 3600.0, 86400.0])))
    return _nothing


def _break_io(victims: Victims) -> Undo:
    return _set("io", str(victims.random.randint(1, 9)))(victims)


def _nothing() -> None:
    """It ended by itself."""


FAULTS = (
    Fault("camera gone", _set("camera", "gone"), unready=True),
    Fault("camera silent", _set("camera", "silent"), (1.2, 3.0), unready=True),
    Fault("camera frozen", _set("camera", "frozen"), (1.2, 3.0), unready=True),
    Fault("camera black", _set("camera", "black"), unready=True),
    Fault("camera stale", _set("camera", "stale"), unready=True),
    Fault("camera garbage", _set("camera", "garbage")),
    Fault("detector slow", _set("detector", "slow"), (1.2, 3.0), unready=True),
    Fault("detector raises", _set("detector", "raises"), unready=True),
    Fault("station killed", _kill_child, (0.0, 0.1), unready=True),
    Fault("station stopped", _stop_child, (1.2, 7.0), unready=True),
    Fault("station held up", _stop_child, (0.05, 0.9)),
    Fault("supervisor killed", _kill_supervisor, (0.0, 0.1)),
    Fault("supervisor stopped", _stop_supervisor, (0.05, 4.0)),
    Fault("disk full", _set("disk", "full"), (1.0, 5.0)),
    Fault("I/O errors", _break_io, (1.0, 5.0)),
    Fault("records locked", _lock_records, (0.3, 7.0)),
    Fault("clock jumps", _jump, (0.6, 0.9)),
    Fault("bundle changed", _change_bundle, (1.5, 4.0), unready=True),
    Fault("flood of triggers", _set("flood", "on")),
    Fault("proof asked for", _set("prove", "on"), (0.05, 0.3)),
)


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
