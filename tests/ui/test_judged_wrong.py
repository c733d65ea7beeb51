"""Pictures that were judged wrong at the line, on the label page: they are seen there, and labeled like any other."""

from datetime import UTC, datetime

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.capture.recording import read_recording
from inspector.labeling.annotation import State
from inspector.labeling.tasks import PICTURE, SOURCE, Objection, Task, open_task, waiting
from inspector.settings import Workspace
from tests.labeling.recorded import SCREW, TAPE, recipe, recorded
from tests.ui.opened_label import Open, kept, press, rest
from ui.pages.label import LabelPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

OBJECTION = Objection(reason="the screw is there", by="olga", at=datetime(2026, 11, 26, 12, tzinfo=UTC))


def marked(place: Workspace, number: int, of: str = "block") -> Task:
    """Somebody said that the inspection of that number was judged wrong."""
    picture = place.folder / "evidence.jpg"
    cv2.imwrite(str(picture), np.full((60, 80, 3), 40 + 10 * number, np.uint8))
    return open_task(place, picture, f"inspection-{number}", of, "FAIL", OBJECTION)


@pytest.fixture
def page(place: Workspace, open_label: Open) -> LabelPage:
    """A page at its least size, on a recording of which nothing is said yet."""
    recorded(place, recipe(TAPE, SCREW), "tape", frames=2)
    page = open_label()
    page.resize(1085, 770)
    return page


def enter(qtbot: QtBot, page: LabelPage) -> None:
    page.enter()
    rest(qtbot, page)


def test_where_none_waits_nothing_is_said(qtbot: QtBot, page: LabelPage, place: Workspace) -> None:
    before = page.board.geometry()
    marked(place, 0, of="bare")
    enter(qtbot, page)
    assert not page.judged_wrong.isVisible()
    assert page.board.geometry() == before
    page.desk.choose("bare")
    rest(qtbot, page)
    assert page.judged_wrong.isVisible(), "also where nothing is recorded yet"
    page.desk.choose("block")
    rest(qtbot, page)
    assert not page.judged_wrong.isVisible()


def test_those_that_wait_are_counted_and_nothing_is_cut_off(qtbot: QtBot, page: LabelPage, place: Workspace) -> None:
    for number in range(3):
        marked(place, number)
    enter(qtbot, page)
    row = page.judged_wrong
    assert row.isVisible()
    assert row.line.text.endswith("judged wrong: 3")
    page.resize(1085, 770)
    assert (page.width(), page.height()) == (1085, 770)
    for part in (row, page.bar, page.board, page.board.tools, page.board.filters, row.button):
        lies = part.rect().translated(part.mapTo(page, part.rect().topLeft()))
        assert page.rect().contains(lies)
        assert part.height() >= part.minimumSizeHint().height()
    assert not row.geometry().intersects(page.board.geometry())


def test_one_press_makes_them_the_recording_under_a_persons_hands(
    qtbot: QtBot, page: LabelPage, place: Workspace
) -> None:
    tasks = [marked(place, number) for number in range(2)]
    enter(qtbot, page)
    told: list[int] = []
    page.desk.changed.connect(lambda: told.append(1))
    page.judged_wrong.button.click()
    assert not page.judged_wrong.button.isVisible(), "they are taken once"
    rest(qtbot, page)
    assert not page.judged_wrong.isVisible()
    assert waiting(place) == []
    assert page.keeper is not None
    recording = read_recording(page.keeper.folder)
    assert (recording.source, [media.file.split("/")[-1] for media in recording.media]) == (
        SOURCE,
        [task.picture for task in tasks],
    )
    assert page.recordings.itemText(page.recordings.currentIndex()).split("    ")[1] == "0/2"
    assert told == [1], "other pages list it too"
    press(qtbot, page, Qt.Key_I)
    assert [one.state for one in kept(page).values()] == [State.IGNORED]


def test_one_that_is_marked_meanwhile_is_seen(qtbot: QtBot, page: LabelPage, place: Workspace) -> None:
    marked(place, 0)
    page.desk.changed.emit()
    rest(qtbot, page)
    assert page.judged_wrong.isVisible()


@pytest.mark.parametrize("spoil", ["picture", "task"])
def test_a_failure_is_told_on_the_page(qtbot: QtBot, page: LabelPage, place: Workspace, spoil: str) -> None:
    folder = place.tasks / marked(place, 0).name
    enter(qtbot, page)
    if spoil == "picture":
        (folder / PICTURE).write_bytes(b"another")
        page.judged_wrong.button.click()
        rest(qtbot, page)
        assert "this picture is not the one that was kept" in page.fault.accessibleDescription()
        assert page.judged_wrong.isVisible(), "they still wait"
    else:
        (folder / "task.yaml").write_text("format: 1\n")
        enter(qtbot, page)
        assert "task.yaml" in page.fault.accessibleDescription()
        assert not page.judged_wrong.isVisible()
    assert page.extents
