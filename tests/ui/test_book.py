"""The book on a workspace's own records: the shift, what was objected to, and the evidence of an inspection."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inspector.errors import MachineError
from inspector.files import write_document
from inspector.inspection.records import Records
from inspector.inspection.verdict import Inspection, Verdict
from inspector.labeling.tasks import tasks_of
from inspector.recipe import Recipe
from inspector.settings import Settings, Workspace
from inspector.shifts import Shifts
from tests.ui.conftest import detections, frame
from ui.archive import Archive, Asked
from ui.book import LAST, WorkspaceBook
from ui.evidence import still_of
from ui.widgets.outlines import Kind

Inspected = Callable[..., Inspection]


def keep(workspace: Workspace, inspections: list[Inspection]) -> None:
    """As a station does."""
    with closing(Records(workspace.records)) as records:
        for inspection in inspections:
            records.add(inspection, frame(), detections())


@pytest.fixture
def night(workspace: Workspace, inspected: Inspected) -> list[Inspection]:
    """Twelve inspections: one of a shift before, and then the ones of this shift, every second one failed."""
    now = datetime.now().astimezone()
    begun = (now - timedelta(minutes=5)).replace(second=0, microsecond=0)
    write_document(workspace.folder / "settings.yaml", Settings(shifts=Shifts(at=(f"{begun:%H:%M}",))))
    made = []
    for number in range(12):
        verdict = Verdict.NOT_OK if number % 2 else Verdict.OK
        at = (begun - timedelta(seconds=1) + timedelta(seconds=2 * number)).astimezone(UTC)
        made.append(replace(inspected(verdict, f"{number:02}"), started_at=at))
    keep(workspace, made)
    return made


def test_nothing_is_made_where_nothing_was_inspected(workspace: Workspace) -> None:
    shift = WorkspaceBook(workspace).shift()
    assert sum(shift.counts.values()) == 0
    assert shift.recent == ()
    assert not workspace.records.exists()


def test_a_shift_counts_what_was_inspected_since_it_began(workspace: Workspace, night: list[Inspection]) -> None:
    shift = WorkspaceBook(workspace).shift()
    assert shift.counts[Verdict.OK] == 5
    assert shift.counts[Verdict.NOT_OK] == 6
    assert [inspection.id for inspection in shift.recent] == [inspection.id for inspection in night[-LAST:]]


def test_another_start_of_the_program_counts_on(
    workspace: Workspace, night: list[Inspection], inspected: Inspected
) -> None:
    book = WorkspaceBook(workspace)
    before = book.shift()
    keep(workspace, [replace(inspected(Verdict.NOT_DECIDABLE, "99"), started_at=datetime.now(UTC))])
    for each in (book, WorkspaceBook(workspace)):
        assert sum(each.shift().counts.values()) == sum(before.counts.values()) + 1
        assert each.shift().recent[-1].id == "99"


def test_the_evidence_is_shown_with_its_boxes(workspace: Workspace, night: list[Inspection], recipe: Recipe) -> None:
    book = WorkspaceBook(workspace)
    still = still_of(book.pictures(night[-1])[""], recipe)
    assert still is not None
    assert still.size == (320, 200)
    assert [(outline.kind, outline.text) for outline in still.outlines] == [
        (Kind.RIGHT, "screw on"),
        (Kind.WRONG, "screw off"),
        (Kind.RIGHT, "tape"),
    ]


@pytest.mark.parametrize("damage", ["{", '{"detections": [{}]}', "[]"])
def test_evidence_that_cannot_be_read_is_none(
    workspace: Workspace, night: list[Inspection], recipe: Recipe, damage: str
) -> None:
    picture = WorkspaceBook(workspace).pictures(night[-1])[""]
    picture.with_suffix(".json").write_text(damage)
    assert still_of(picture, recipe) is None
    picture.unlink()
    assert still_of(picture, recipe) is None


def test_an_objection_leaves_the_record_and_becomes_a_task(workspace: Workspace, night: list[Inspection]) -> None:
    book = WorkspaceBook(workspace)
    assert book.object_to(night[-1], "Everything is right", "ann")
    (task,) = tasks_of(workspace)
    assert task.inspection == night[-1].id
    with closing(Records(workspace.records)) as records:
        assert records.list(1)[0].verdict is night[-1].verdict
        (mark,) = records.marks(night[-1].id)
    assert (mark.who, mark.right, mark.reason) == ("ann", False, "Everything is right")


@pytest.mark.usefixtures("night")
def test_records_that_came_in_the_place_of_damaged_ones_are_read_without_a_restart(
    workspace: Workspace, inspected: Inspected
) -> None:
    book, archive = WorkspaceBook(workspace), Archive(workspace)
    assert sum(book.shift().counts.values()) == 11
    assert archive.turn(Asked()).inspections
    for part in workspace.records.glob("records.db*"):
        part.rename(part.with_name(part.name.replace("records.db", "records.damaged-1.db")))
    with pytest.raises(MachineError, match="removed or replaced"):
        archive.turn(Asked())
    keep(workspace, [inspected(Verdict.OK, "77")])
    assert [one.id for one in archive.turn(Asked()).inspections] == [inspected(Verdict.OK, "77").id]
    assert sum(book.shift().counts.values()) == 1
    archive.close()
