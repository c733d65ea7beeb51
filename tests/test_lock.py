"""One at a time, and a sentence for the others."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from inspector import lock
from inspector.errors import InputError, MachineError
from inspector.lock import alone, is_taken

HOLDS = """
import sys
from pathlib import Path
from inspector.lock import alone
with alone(Path(sys.argv[1]), "no"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path):
    """Another program that is alone with the file."""
    command = [sys.executable, "-c", HOLDS, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_the_second_is_refused_and_told_why(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    assert is_taken(tmp_path / "lock")
    with pytest.raises(InputError, match="somebody is there"), alone(tmp_path / "lock", "somebody is there", 0.05):
        pytest.fail("two at once")


def test_a_kill_lets_go(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    other.wait()
    assert not is_taken(tmp_path / "lock")
    with alone(tmp_path / "lock", "no"):
        pass


def test_whoever_waits_gets_its_turn(tmp_path: Path) -> None:
    entered, leave, turns = threading.Event(), threading.Event(), list[str]()

    def first() -> None:
        with alone(tmp_path / "lock", "no"):
            entered.set()
            leave.wait()
            turns.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait()
    threading.Timer(0.05, leave.set).start()
    with alone(tmp_path / "lock", "no", wait_s=30):
        turns.append("second")
    thread.join()
    assert turns == ["first", "second"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(MachineError, match=r"Cannot write .* Choose another folder"),
        alone(tmp_path / "no" / "lock", ""),
    ):
        pytest.fail("it is not there")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in another way")
def test_a_network_folder_without_locks_is_worked_in_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock.fcntl, "flock", refuse)
    with alone(tmp_path / "lock", "no"):
        assert not is_taken(tmp_path / "lock")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
@pytest.mark.parametrize("kind", ["link", "link to nothing", "pipe", "folder"])
def test_what_is_no_file_of_ours_is_refused_and_left_as_it_is(tmp_path: Path, kind: str) -> None:
    work, place = tmp_path / "work.yaml", tmp_path / "lock"
    work.write_text("a day of work")
    match kind:
        case "link":
            place.symlink_to(work)
        case "link to nothing":
            place.symlink_to(tmp_path / "new")
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
    with pytest.raises((InputError, MachineError), match=r"lock is not the file|Is a directory"), alone(place, "no"):
        pytest.fail("it is no lock")
    assert work.read_text() == "a day of work"
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in another way")
def test_who_looks_is_in_nobodys_way(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("wb") as looker:
        lock.fcntl.flock(looker, lock.fcntl.LOCK_SH)
        assert not is_taken(tmp_path / "lock")
        threading.Timer(0.05, lock.fcntl.flock, (looker, lock.fcntl.LOCK_UN)).start()
        with alone(tmp_path / "lock", "somebody is there"):
            assert is_taken(tmp_path / "lock")
