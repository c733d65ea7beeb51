"""`inspector station`: what it starts, how it ends, and how little it loads."""

import configparser
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inspector.commands.station import Screen, _command, _unsent
from inspector.errors import MachineError
from inspector.files import write_document
from inspector.inspection.records import Records
from inspector.inspection.records.upkeep import kept_up
from inspector.keeping import Keeping
from inspector.plant.sending import Sender
from inspector.settings import Workspace
from tests.inspection.inspected import inspection, note
from tests.inspection.scripted import until
from tests.test_bundle import LAMP

Inspector = Any
ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "installer" / "assembly-inspector-station.service"
HEAVY = {"PyQt5", "cv2", "numpy", "ai_edge_litert", "openvino", "sqlalchemy", "scipy", "keras", "tensorflow"}
PATIENCE_S = 30.0


def test_it_names_the_recipe_that_it_lacks(inspector: Inspector) -> None:
    said = inspector("station")
    assert said.code == 2
    assert said.err == "Name the recipe that the station runs, or write it into settings.yaml: recipe: NAME\n"


def test_a_recipe_that_is_not_there_starts_nothing(inspector: Inspector, workspace: Workspace) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    said = inspector("station", "lmap")
    assert (said.code, said.err) == (2, "There is no recipe 'lmap'. Did you mean 'lamp'?\n")


def damage(folder: Path) -> None:
    """As a disk does that loses what it was given."""
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (folder / "records.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no file that is in use")
def test_an_output_sends_what_is_in_the_records_that_began_when_damaged_ones_were_set_aside(
    workspace: Workspace,
) -> None:
    sent: list[str] = []
    with closing(Records(workspace.records)) as records:
        note(records, *map(inspection, range(3)))
    with _unsent(workspace) as unsent:
        sender = Sender("webhook", unsent("webhook"), lambda each: sent.append(each["id"]), pause_s=0.01)
        with closing(sender):
            until(lambda: len(sent) == 3)
            damage(workspace.records)
            with pytest.raises(MachineError, match="set aside"), kept_up(workspace.records, Keeping()):
                pass
            with kept_up(workspace.records, Keeping()) as kept:
                note(kept.records, *map(inspection, range(10, 15)))
                sender.wake()
                until(lambda: len(sent) == 8 and not sender.fault)
                assert kept.records.destinations()["webhook"].waiting == 0
    assert sent == [inspection(number).id for number in (0, 1, 2, *range(10, 15))]


def test_what_an_output_sent_of_old_records_is_never_noted_in_new_ones(workspace: Workspace) -> None:
    """Each counts from 1: what is not sent yet would be taken for sent."""
    with closing(Records(workspace.records)) as records:
        note(records, *map(inspection, range(5)))
    with _unsent(workspace) as unsent:
        sources = {name: unsent(name) for name in ("mqtt", "webhook")}
        last = {name: source.after(9)[-1][0] for name, source in sources.items()}
        for part in workspace.records.glob("records.db*"):
            part.unlink()
        for name, source in sources.items():
            with pytest.raises(MachineError, match="removed or replaced"):
                source.moved(last[name])
        with closing(Records(workspace.records)) as records:
            note(records, inspection(9))
        assert [[each["id"] for _, each in source.after(9)] for source in sources.values()] == 2 * [[inspection(9).id]]


def test_damaged_records_keep_no_supervisor_from_starting_the_station_that_sets_them_aside(
    workspace: Workspace,
) -> None:
    workspace.records.mkdir(parents=True)
    (workspace.records / "records.db").write_text("these are not records")
    with _unsent(workspace) as unsent:
        source = unsent("webhook")
        with pytest.raises(MachineError, match="are damaged"):
            source.after(9)


def test_a_screen_or_none(workspace: Workspace) -> None:
    place = ["--workspace", str(workspace.folder)]
    start = [sys.executable, "-m", "inspector"]
    assert _command(workspace, None, Screen.NONE, False)("box") == [*start, "run", "box", *place]
    seen = _command(workspace, "usb:0", Screen.NONE, True)("box")
    assert seen == [*start, "run", "box", *place, "--source", "usb:0", "--json"]
    seen = _command(workspace, "usb:0", Screen.KIOSK, False)("box")
    assert seen == [*start, "ui", "--kiosk", "--recipe", "box", *place, "--source", "usb:0"]


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """A service manager's ear."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(PATIENCE_S)
        yield line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_its_service_manager_why_nothing_runs_and_ends_when_asked(
    workspace: Workspace, tmp_path: Path, manager: socket.socket, number: int
) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    environment = {**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")}
    command = [sys.executable, "-m", "inspector", "station", "lamp"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as supervisor:
        assert manager.recv(1000) == b"READY=1"
        while b"inspector train lamp" not in (said := manager.recv(1000)):
            assert said.startswith(b"WATCHDOG=1\nSTATUS=")
        assert said.startswith(b"WATCHDOG=1\nSTATUS=fault: The recipe 'lamp' has no bundle yet.")
        supervisor.send_signal(number)
        while manager.recv(1000) != b"STOPPING=1":
            pass
        _, errors = supervisor.communicate(timeout=PATIENCE_S)
    assert supervisor.returncode == 0
    assert "The recipe 'lamp' has no bundle yet." in errors
    assert "Traceback" not in errors


def test_the_supervisor_loads_nothing_of_pictures_and_networks() -> None:
    program = (
        "import json, sys; sys.argv = ['inspector', 'station']; import inspector.__main__; "
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    child = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(child.stdout))


def test_the_unit_starts_it_again_and_watches_it() -> None:
    unit = configparser.ConfigParser(strict=False, delimiters=("=",))
    unit.optionxform = str
    unit.read_string(UNIT.read_text())
    service = unit["Service"]
    assert service["ExecStart"].endswith("inspector station")
    assert (service["Type"], service["Restart"], service["KillMode"]) == ("notify", "always", "mixed")
    assert float(service["WatchdogSec"]) > 0
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
