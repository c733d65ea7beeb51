"""What the label page asks where a recording seems to contradict what was said of it, and who proposes the rest."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.reel import Standing
from inspector.labeling.suspicion import Searcher, Seems
from inspector.recipe import LOOKALIKE, Label
from inspector.settings import Workspace
from tests.labeling.recorded import ON, SCREW, STRIP, TAPE, ask, moment_of, recipe, recorded
from tests.ui.opened_label import Open, kept, press, rest
from ui.pages.label import LabelPage
from ui.widgets.recording_choice import fitted, row_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

BOX = Box.of(STRIP, (8, 6, 40, 30))


@pytest.fixture
def disputed(qtbot: QtBot, place: Workspace, open_label: Open) -> LabelPage:
    """A page on a negative of five frames, of which the second and third seem to show the tape, and the fifth."""
    folder, _ = recorded(place, recipe(TAPE, SCREW), "tape", positive=False, frames=5)
    ask(folder, moment_of("1.png", "2.png", xyxy=(8, 26, 40, 46)), moment_of("4.png"))
    return open_label()


def test_what_contradicts_a_recording_is_asked_about(qtbot: QtBot, disputed: LabelPage) -> None:
    page, board = disputed, disputed.board
    assert "    3/5    contradicts: 2    " in page.recordings.currentText()
    assert not board.contradiction.isVisible()
    board.filters.buttons[Standing.CONTRADICTING].click()
    rest(qtbot, page)
    assert board.index == 1
    assert board.contradiction.isVisible()
    assert "should be without “tape”, yet something here looks like it" in board.contradiction.text.text()
    assert board.contradiction.geometry().bottom() < board.editor.height() / 2, "it hides what it is about"
    suspect = board.editor.lens.to_screen((8, 26, 40, 46))
    edge = board.editor.grab().toImage()
    x = int(suspect.center().x())
    column = {edge.pixelColor(x, y).name() for y in range(int(suspect.bottom()) - 4, int(suspect.bottom()) + 5)}
    assert len(column) > 2, "where it is, is shown"
    press(qtbot, page, Qt.Key_Y)
    assert [kept(page)[f"{n}.png"].state for n in (1, 2, 4)] == [State.IGNORED, State.IGNORED, State.VERIFIED_EMPTY]
    assert board.index == 4
    press(qtbot, page, Qt.Key_N)
    assert kept(page)["4.png"] == Annotation(state=State.VERIFIED_EMPTY, by=board.by)
    assert not board.contradiction.isVisible()
    assert "    5/5    " in page.recordings.currentText()
    press(qtbot, page, Qt.Key_N, Qt.Key_Y)
    assert board.timeline.standings.count(Standing.CONTRADICTING) == 0
    press(qtbot, page, Qt.Key_Z, modifier=Qt.ControlModifier)
    assert board.contradiction.isVisible(), "who takes an answer back is asked again"


def test_how_much_contradicts_is_read_whole_in_however_little_room(disputed: LabelPage) -> None:
    (extent,), metrics = disputed.extents, disputed.recordings.fontMetrics()
    whole = row_of(extent)
    assert fitted(extent, metrics, metrics.horizontalAdvance(whole)) == whole
    without_time = whole.rpartition("    ")[0]
    assert fitted(extent, metrics, metrics.horizontalAdvance(without_time) + 3) == without_time
    room = metrics.horizontalAdvance(without_time) - metrics.horizontalAdvance("tape")
    cut = fitted(extent, metrics, room)
    assert cut.endswith("…    3/5    contradicts: 2")
    assert metrics.horizontalAdvance(cut) <= room


def test_where_no_box_is_known_it_must_be_drawn(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    folder, _ = recorded(place, recipe(TAPE, SCREW), "tape", frames=2)
    ask(folder, moment_of("0.png", seems=Seems.OUT_OF_SIGHT))
    page = open_label()
    said: list[str] = []
    page.told.connect(said.append)
    assert "yet it seems out of sight here" in page.board.contradiction.text.text()
    qtbot.mouseClick(page.board.contradiction.there, Qt.LeftButton)
    rest(qtbot, page)
    assert said == ["Look at the whole frame: press Enter where all boxes are right, else draw what it shows."]
    assert page.board.contradiction.isVisible()
    qtbot.mouseClick(page.board.contradiction.not_there, Qt.LeftButton)
    rest(qtbot, page)
    assert kept(page)["0.png"].state is State.IGNORED


def test_that_a_recording_was_searched_is_shown_and_it_is_searched_again(
    qtbot: QtBot, place: Workspace, open_label: Open
) -> None:
    first, _ = recorded(place, recipe(TAPE, SCREW), "tape", frames=3)
    second, _ = recorded(place, recipe(TAPE, SCREW), ["tape", "screw"], positive=False, frames=3)
    page = open_label()
    assert page.bar.search.state == "not searched yet"
    ask(first, by=Searcher.DETECTOR)
    ask(second, moment_of("1.png"), moment_of("2.png"))
    page.desk.changed.emit()
    rest(qtbot, page)
    assert page.bar.search.state.endswith(": nothing found")
    page.bar.search.click()
    assert page.searches.isVisible()
    (what, said), (other, found) = page.searches.lines
    assert (what, said.partition(": ")[2]) == ("tape: positive", "nothing found, with two detectors")
    assert (other, found.partition(": ")[2]) == (
        "tape, screw: negative",
        "2 found, 2 to look at, by looks, not for screw",
    )
    qtbot.keyClick(page.searches.search, Qt.Key_Escape)
    assert not page.searches.isVisible()
    page.bar.search.click()
    page.searches.thorough.click()
    assert not page.searches.isVisible()
    assert page.proposing.running
    assert not page.bar.search.isEnabled()
    page.bar.suggest.click()
    qtbot.waitUntil(lambda: page.idle, timeout=60_000)
    assert page.bar.search.isEnabled()
    assert not page.fault.isVisible(), "who cancels is told nothing"


def test_a_detector_proposes_once_enough_is_confirmed(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    folder, _ = recorded(place, recipe(TAPE, SCREW), "tape", frames=21)
    boxed = {f"{n}.png": Annotation(state=State.BOXES, boxes=(BOX,), by="maria") for n in range(19)}
    write_annotations(folder, Annotations(frames=boxed))
    page = open_label()
    assert not page.bar.by_detector.isEnabled()
    assert "20 frames with boxes are confirmed (now 19)" in page.bar.by_detector.toolTip()
    write_annotations(folder, Annotations(frames=boxed | {"19.png": boxed["0.png"]}))
    page.desk.changed.emit()
    rest(qtbot, page)
    assert page.bar.by_detector.isEnabled()


def test_frames_of_two_components_do_not_make_up_for_each_other(
    qtbot: QtBot, place: Workspace, open_label: Open
) -> None:
    wanted = recipe(TAPE, SCREW)
    recorded(place, wanted, "tape", frames=11, label=STRIP)
    recorded(place, wanted, "screw", pattern="on", frames=11, label=ON)
    lookalikes = Label("tape", LOOKALIKE)
    recorded(place, wanted, "tape", positive=False, pattern=LOOKALIKE, frames=11, label=lookalikes)
    page = open_label()
    assert not page.bar.by_detector.isEnabled()
    assert "(now 11)" in page.bar.by_detector.toolTip()


def test_what_was_said_by_hand_is_held_against_the_recordings_once_the_page_is_left(
    qtbot: QtBot, place: Workspace, open_label: Open
) -> None:
    folder, _ = recorded(place, recipe(TAPE, SCREW), "tape", frames=3, label=STRIP)
    recorded(place, recipe(TAPE, SCREW), "tape", positive=False, frames=3)
    page = open_label()
    page.leave()
    assert not page.proposing.running, "nothing was said"
    press(qtbot, page, Qt.Key_I)
    page.leave()
    assert page.proposing.running
    qtbot.waitUntil(lambda: page.idle, timeout=60_000)
    assert read_annotations(folder).of("0.png").state is State.IGNORED
    page.leave()
    assert not page.proposing.running, "once is enough"
