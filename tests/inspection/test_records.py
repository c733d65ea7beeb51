"""Records on a station's disk: what kills the writer leaves no half inspection, and each failure is a sentence."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import inspector.inspection.records.sqlite
from inspector.errors import MachineError
from inspector.inspection.records import Records
from tests.inspection.inspected import FINDINGS, FRAME, SEEN, inspection, note


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records(tmp_path)
    yield opened
    opened.close()


def test_the_database_survives_a_power_cut_by_its_settings(records: Records) -> None:
    with records.database.begin() as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]


def test_another_process_reads_while_one_writes(records: Records) -> None:
    records.add(inspection(0), FRAME, SEEN)
    code = "import sys; from pathlib import Path; from inspector.inspection.records import Records\n"
    code += "records = Records(Path(sys.argv[1])); print(len(records.list())); records.close()"
    with records.database.begin(writes=True):
        said = subprocess.run(
            [sys.executable, "-c", code, str(records.folder)], capture_output=True, text=True, check=True, timeout=60
        )
    assert said.stdout == "1\n"


@pytest.mark.parametrize("damage", ["header", "page", "text"])
def test_a_damaged_database_is_set_aside_as_it_is(tmp_path: Path, damage: str) -> None:
    records = Records(tmp_path)
    for n in range(50):
        records.add(inspection(n), FRAME, SEEN)
    records.close()
    path = tmp_path / "records.db"
    content = bytearray(path.read_bytes())
    match damage:
        case "header":
            content[:16] = bytes(16)
        case "page":
            content[4096:12288] = b"\xab" * 8192
        case "text":
            content = bytearray(b"these are not records\n" * 100)
    path.write_bytes(content)
    with pytest.raises(MachineError, match="damaged and are now set aside"):
        Records(tmp_path, held=True)
    (aside,) = tmp_path.glob("records.damaged-*.db")
    assert aside.read_bytes() == content
    fresh = Records(tmp_path)
    fresh.add(inspection(0), FRAME, SEEN)
    assert len(fresh.list()) == 1
    fresh.close()


def test_who_only_reads_leaves_damaged_records_to_the_station(tmp_path: Path) -> None:
    """Else whoever writes there would go on in the file under its other name, where nobody looks for it."""
    path = tmp_path / "records.db"
    with closing(Records(tmp_path)) as records:
        note(records, *map(inspection, range(50)))
        with records.database.begin() as connection:
            index = "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_inspections_serial'"
            page = connection.exec_driver_sql(index).scalar_one()
    with path.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\x55" * 4096)
    for _ in range(2):
        with pytest.raises(MachineError, match=r"are damaged\. Start the station again"):
            Records(tmp_path)
    assert [found.name for found in tmp_path.glob("*.db")] == ["records.db"]
    with pytest.raises(MachineError, match="set aside"):
        Records(tmp_path, held=True)
    with closing(Records(tmp_path)) as fresh:
        assert len(fresh.list()) == 0
    assert not list(tmp_path.glob("*.suspect"))


def test_damaged_records_that_cannot_be_set_aside_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "records.db").write_text("these are not records")
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(MachineError, match="cannot be set aside: Permission denied"):
        Records(tmp_path, held=True)


def test_damage_deep_in_a_large_database_is_met_later_and_set_aside_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large one a start looks at the newest rows only."""
    monkeypatch.setattr(inspector.inspection.records.sqlite, "WHOLE_BYTES", 0)
    with closing(Records(tmp_path)) as records:
        note(records, *map(inspection, range(3000)))
    path = tmp_path / "records.db"
    content = bytearray(path.read_bytes())
    oldest = content.find(inspection(40).id.encode())
    page = oldest - oldest % 4096
    content[page : page + 4096] = b"\xab" * 4096
    path.write_bytes(content)
    with closing(Records(tmp_path)) as records:
        assert len(records.list(100)) == 100
        with pytest.raises(MachineError, match=r"are damaged\. Start the station again"):
            records.list()
    with pytest.raises(MachineError, match="damaged and are now set aside"):
        Records(tmp_path, held=True)
    with closing(Records(tmp_path)) as fresh:
        assert len(fresh.list()) == 0
    assert not list(tmp_path.glob("*.suspect"))


def test_a_database_that_was_suspected_and_is_sound_goes_on(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        note(records, inspection(0))
    (tmp_path / "records.db.suspect").touch()
    with closing(Records(tmp_path)) as records:
        assert len(records.list()) == 1
    assert not list(tmp_path.glob("*.suspect"))


def test_a_locked_database_is_a_sentence_and_nothing_is_half_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.inspection.records.sqlite, "BUSY_S", 0.05)
    records = Records(tmp_path)
    thief = sqlite3.connect(tmp_path / "records.db", isolation_level=None)
    thief.execute("BEGIN IMMEDIATE")
    with pytest.raises(MachineError, match="locked by another program"):
        records.add(inspection(0), FRAME, SEEN)
    thief.execute("ROLLBACK")
    thief.close()
    assert len(records.list()) == 0
    records.add(inspection(0), FRAME, SEEN)
    assert len(records.list()) == 1
    records.close()


def remove(folder: Path) -> None:
    for part in folder.glob("records.db*"):
        part.unlink()


def replace(folder: Path) -> None:
    """As where somebody puts a backup in its place."""
    content = (folder / "records.db").read_bytes()
    remove(folder)
    (folder / "records.db").write_bytes(content)


def remove_log(folder: Path) -> None:
    (folder / "records.db-wal").unlink()


def move_folder(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is in use")
@pytest.mark.parametrize("harm", [remove, replace, remove_log, move_folder])
def test_files_that_were_removed_underneath_take_no_inspection(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """SQLite would write on into the removed file, and say that all is well."""
    folder = tmp_path / "records"
    with closing(Records(folder)) as records:
        records.add(inspection(0), FRAME, SEEN)
        harm(folder)
        with pytest.raises(MachineError, match="were removed or replaced while they were in use"):
            records.add(inspection(1), FRAME, SEEN)
    with closing(Records(folder)) as fresh:
        fresh.add(inspection(2), FRAME, SEEN)
        assert fresh.list()[0] == inspection(2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is in use")
def test_files_that_are_removed_while_a_row_is_written_keep_nothing(records: Records) -> None:
    with (
        pytest.raises(MachineError, match="were removed or replaced"),
        records.database.begin(writes=True),
    ):
        remove(records.folder)


def test_records_that_others_open_and_close_stay_the_same_files(records: Records) -> None:
    for n in range(5):
        with closing(Records(records.folder)) as others:
            note(others, inspection(2 * n))
        note(records, inspection(2 * n + 1))
    assert len(records.list()) == 10


def test_a_full_disk_is_a_sentence_and_no_row_is_kept(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="No space left"):
        records.add(inspection(0), FRAME, SEEN)
    assert len(records.list()) == 0
    assert not list(records.folder.rglob("*.jpg"))


def test_a_full_database_is_a_sentence_and_no_row_is_kept(records: Records) -> None:
    with records.database.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    added = (records.add(inspection(n), FRAME, SEEN) for n in range(500))
    with pytest.raises(MachineError, match="the disk is full"):
        deque(added, maxlen=0)
    kept = records.list()
    assert [each.id for each in kept] == [inspection(n).id for n in reversed(range(len(kept)))]
    assert all(each.findings == FINDINGS for each in kept)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file stands here")
    with pytest.raises(MachineError, match="Cannot keep records"):
        Records(tmp_path / "records")


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.inspection.inspected import FRAME, SEEN, inspection
from inspector.inspection.records import Records
records = Records(Path(sys.argv[1]))
for n in range(100000):
    records.add(inspection(n), FRAME, SEEN)
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
@pytest.mark.parametrize("pause_s", [0.0, 0.013, 0.031])
def test_killed_in_the_middle_of_adding_no_inspection_is_half(tmp_path: Path, pause_s: float) -> None:
    here = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path), here], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(10):
            acknowledged = int(writer.stdout.readline())
        time.sleep(pause_s)
        writer.kill()
        rest = writer.stdout.read().split()
    acknowledged = int(rest[-1]) if rest else acknowledged
    records = Records(tmp_path)
    kept = records.list()
    assert len(kept) >= acknowledged + 1
    assert all(each.findings == FINDINGS for each in kept)
    assert all(records.evidence(each).is_file() for each in kept)
    assert all(records.evidence(each).with_suffix(".json").is_file() for each in kept)
    records.close()
