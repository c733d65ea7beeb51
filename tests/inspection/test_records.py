"""Records on a disk: what went in comes out, and what kills the writer leaves no half inspection."""

import csv
import errno
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import cv2
import numpy as np
import pytest

import inspector.inspection.database
from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.frame import Frame, freeze
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict
from inspector.recipe import Label

CAMERA = '[{"name": "", "source": "usb:0", "frame": 7, "settings": {}}]'
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LABELS = (Label("screw", "on"), Label("screw", "off"), Label("tape"))
IMAGE = freeze(np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8))
FRAME = Frame(IMAGE, 7, 0.5, NOON, "14_1111.jpg")
SEEN = Detections(
    as_boxes([(1, 2, 30, 40), (5, 5, 9, 9)]), np.array([0.91, 0.8], np.float32), np.array([1, 2], np.int32), LABELS
)
FINDINGS = (
    Finding("screw", "off", 4, 3, Verdict.NOT_OK, "screw: 1 is off", Kind.WRONG, 0.8),
    Finding("tape", None, 1, 1, Verdict.OK, ""),
)


def inspection(number: int, verdict: Verdict = Verdict.NOT_OK) -> Inspection:
    moment = NOON + timedelta(hours=number)
    return Inspection(
        f"{moment:%Y%m%dT%H%M%S%f}-{number:06d}", "box", "box-1", 3, 7, moment, verdict, FINDINGS, 12.5, CAMERA
    )


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records(tmp_path)
    yield opened
    opened.close()


def test_what_went_in_comes_out_newest_first(records: Records) -> None:
    kept = [inspection(n, Verdict(n % 4)) for n in range(6)]
    for each in kept:
        records.add(each, FRAME, SEEN)
    assert list(records.list()) == kept[::-1]
    assert list(records.list(limit=2)) == [kept[5], kept[4]]
    assert list(records.list(verdict=Verdict.OK)) == [kept[5], kept[1]]
    assert list(records.list(since=NOON + timedelta(hours=4))) == [kept[5], kept[4]]
    assert records.counts() == {Verdict.UNDEFINED: 2, Verdict.OK: 2, Verdict.NOT_OK: 1, Verdict.NOT_DECIDABLE: 1}
    assert records.counts(NOON + timedelta(hours=5))[Verdict.OK] == 1


def test_since_is_compared_as_a_moment_not_as_text(records: Records) -> None:
    records.add(inspection(0), FRAME, SEEN)
    east = timezone(timedelta(hours=9))
    assert len(records.list(since=(NOON - timedelta(minutes=1)).astimezone(east))) == 1
    assert len(records.list(since=(NOON + timedelta(minutes=1)).astimezone(east))) == 0


def test_the_evidence_is_the_picture_and_what_was_seen(records: Records) -> None:
    one = inspection(0)
    records.add(one, FRAME, SEEN)
    path = records.evidence(one)
    assert path.relative_to(records.folder).as_posix() == f"evidence/2026-01-01/{one.id}.jpg"
    kept = cv2.imread(str(path))
    assert kept is not None
    assert kept.shape == IMAGE.shape
    seen = json.loads(path.with_suffix(".json").read_text())
    assert (seen["frame"], seen["name"], seen["width"], seen["height"]) == (7, "14_1111.jpg", 64, 48)
    assert seen["detections"][0] == {"component": "screw", "pattern": "off", "score": 0.91, "xyxy": [1, 2, 30, 40]}


def test_each_other_camera_has_evidence_of_its_own(records: Records) -> None:
    one = inspection(0)
    side = Frame(freeze(np.ascontiguousarray(IMAGE[:24, :32])), 9, 0.5, NOON, "side.jpg")
    records.add(one, FRAME, SEEN, {"side": Aspect(side, SEEN.of("tape"), SEEN, ())})
    path = records.evidence(one, "side")
    assert path.name == f"{one.id}.side.jpg"
    kept = cv2.imread(str(path))
    assert kept is not None
    assert kept.shape == (24, 32, 3)
    seen = json.loads(path.with_suffix(".json").read_text())
    assert (seen["frame"], [each["component"] for each in seen["detections"]]) == (9, ["tape"])
    assert json.loads(records.evidence(one).with_suffix(".json").read_text())["frame"] == 7


def test_adding_the_same_again_changes_nothing(records: Records) -> None:
    for _ in range(2):
        records.add(inspection(0), FRAME, SEEN)
    assert list(records.list()) == [inspection(0)]


def test_export_is_csv(records: Records) -> None:
    odd = replace(inspection(1), findings=(replace(FINDINGS[0], reason='screw: "1", is off'),))
    for each in (inspection(0, Verdict.OK), odd):
        records.add(each, FRAME, SEEN)
    file = io.StringIO(newline="")
    assert records.export(file) == 2
    lines = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert [line["verdict"] for line in lines] == ["NOT_OK", "OK"]
    assert lines[0]["reason"] == 'screw: "1", is off'
    assert lines[1]["started_at"] == "2026-01-01T12:00:00.000000Z"
    assert (records.folder / lines[1]["evidence"]).is_file()


def test_the_database_survives_a_power_cut_by_its_settings(records: Records) -> None:
    with records._engine.connect() as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]


def test_another_process_reads_while_one_writes(records: Records) -> None:
    records.add(inspection(0), FRAME, SEEN)
    code = "import sys; from pathlib import Path; from inspector.inspection.records import Records\n"
    code += "records = Records(Path(sys.argv[1])); print(len(records.list())); records.close()"
    with records._engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        said = subprocess.run(
            [sys.executable, "-c", code, str(records.folder)], capture_output=True, text=True, check=True, timeout=60
        )
        connection.exec_driver_sql("ROLLBACK")
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
        Records(tmp_path)
    (aside,) = tmp_path.glob("records.damaged-*.db")
    assert aside.read_bytes() == content
    fresh = Records(tmp_path)
    fresh.add(inspection(0), FRAME, SEEN)
    assert len(fresh.list()) == 1
    fresh.close()


def test_a_locked_database_is_a_sentence_and_nothing_is_half_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.inspection.database, "BUSY_S", 0.05)
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


def test_a_full_disk_is_a_sentence_and_no_row_is_kept(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="No space left"):
        records.add(inspection(0), FRAME, SEEN)
    assert len(records.list()) == 0
    assert not list(records.folder.rglob("*.jpg"))


def test_a_full_database_is_a_sentence_and_no_row_is_kept(records: Records) -> None:
    with records._engine.connect() as connection:
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
from test_records import FRAME, SEEN, inspection
from inspector.inspection.records import Records
records = Records(Path(sys.argv[1]))
for n in range(100000):
    records.add(inspection(n), FRAME, SEEN)
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
@pytest.mark.parametrize("pause_s", [0.0, 0.013, 0.031])
def test_killed_in_the_middle_of_adding_no_inspection_is_half(tmp_path: Path, pause_s: float) -> None:
    here = str(Path(__file__).parent)
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
