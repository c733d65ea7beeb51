"""An operator holds a verdict for wrong: a note beside the record, a task, and an entry in the audit log."""

from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.errors import InputError, MachineError
from inspector.inspection.objection import object_to
from inspector.inspection.verdict import Inspection, Verdict
from inspector.labeling.tasks import waiting
from inspector.people.audit import NOT_DONE, audit_of
from inspector.people.role import Deed
from inspector.settings import Workspace

INSPECTION = Inspection(
    id="20261126T120000000000-000001",
    recipe="box",
    bundle="box-1",
    first_frame=0,
    last_frame=3,
    started_at=datetime(2026, 11, 26, 12, tzinfo=UTC),
    verdict=Verdict.NOT_OK,
    findings=(),
    latency_ms=20.0,
)


class Kept:
    """Records that remember what was said."""

    def __init__(self, picture: Path, full: bool = False, others: dict[str, Path] | None = None) -> None:
        self.said: list[tuple[str, str, bool, str]] = []
        self._pictures, self._full = {"top" if others else "": picture, **(others or {})}, full

    def mark(self, inspection: str, who: str, right: bool, reason: str = "") -> None:
        if self._full:
            raise MachineError("the disk is full")
        self.said.append((inspection, who, right, reason))

    def pictures(self, inspection: Inspection) -> dict[str, Path]:
        return self._pictures


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.jpg"
    cv2.imwrite(str(path), np.full((60, 80, 3), 90, np.uint8))
    return path


def told(workspace: Workspace) -> list[tuple[str, str]]:
    return [(one.deed, one.who) for one in audit_of(workspace).entries()]


def test_it_is_noted_kept_to_be_labeled_and_written_down(workspace: Workspace, picture: Path) -> None:
    records = Kept(picture)
    (task,) = object_to(workspace, records, INSPECTION, " the part is there ", "olga")
    assert records.said == [(INSPECTION.id, "olga", False, "the part is there")]
    assert waiting(workspace, "box") == [task]
    assert (task.verdict, task.objections[0].by, task.objections[0].reason) == ("FAIL", "olga", "the part is there")
    assert told(workspace) == [(Deed.MARK, "olga")]


def test_without_its_picture_the_note_stays(workspace: Workspace, picture: Path) -> None:
    picture.unlink()
    records = Kept(picture)
    assert object_to(workspace, records, INSPECTION, "the part is there", "olga") == ()
    assert len(records.said) == 1
    assert waiting(workspace) == []


def test_the_picture_of_each_camera_is_kept_to_be_labeled(workspace: Workspace, picture: Path) -> None:
    side = picture.with_name("side.jpg")
    side.write_bytes(picture.read_bytes())
    records = Kept(picture, others={"side": side, "back": picture.with_name("gone.jpg")})
    for who in ("olga", "tom"):
        object_to(workspace, records, INSPECTION, "the part is there", who)
    kept = {task.camera: [said.by for said in task.objections] for task in waiting(workspace)}
    assert kept == {"top": ["olga", "tom"], "side": ["olga", "tom"]}
    assert told(workspace) == [(Deed.MARK, "olga"), (Deed.MARK, "tom")]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_it_takes_a_reason(workspace: Workspace, picture: Path, reason: str) -> None:
    with pytest.raises(InputError, match="Say why the verdict was wrong: reason"):
        object_to(workspace, Kept(picture), INSPECTION, reason, "olga")
    assert told(workspace) == []


def test_what_cannot_be_noted_is_no_task(workspace: Workspace, picture: Path) -> None:
    with pytest.raises(MachineError, match="the disk is full"):
        object_to(workspace, Kept(picture, full=True), INSPECTION, "the part is there", "olga")
    assert waiting(workspace) == []
    assert told(workspace) == [(Deed.MARK, "olga"), (NOT_DONE, "olga")]
