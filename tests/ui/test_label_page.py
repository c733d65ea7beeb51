"""The label page: from recording to recording, from frame to frame, and nothing is lost."""

from pathlib import Path

import pytest
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtWidgets import QLabel, QShortcut
from pytestqt.qtbot import QtBot

from inspector.labeling.annotation import (
    ATTESTATION,
    FILE,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
)
from inspector.labeling.reel import Standing
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.recipe import LOOKALIKE, Label
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than
from tests.labeling.recorded import SCREW, STRIP, TAPE, recipe, recorded
from tests.ui.opened_label import Open, activate, kept, press, rest
from ui.pages.label import LabelPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

BOX = Box.of(STRIP, (8, 6, 40, 30))
OTHER = Box.of(Label("tape", LOOKALIKE), (8, 6, 40, 30))


def proposed(sure: float, box: Box = BOX) -> Suggested:
    return Suggested(boxes=(box,), sure=sure, origin=Origin.CONTRAST)


@pytest.fixture
def page(qtbot: QtBot, place: Workspace, open_label: Open) -> LabelPage:
    """A page on a positive recording of five frames, of which the first three have a suggestion, and on a negative."""
    folder, _ = recorded(place, recipe(TAPE, SCREW), "tape", frames=5)
    recorded(place, recipe(TAPE, SCREW), "tape", positive=False, frames=3)
    put(folder, Annotations(), {f"{number}.png": proposed(0.9 - number / 10) for number in range(3)})
    return open_label()


def test_the_recordings_are_told_apart_and_the_one_with_work_is_open(page: LabelPage) -> None:
    texts = [page.recordings.itemText(index).split("    ") for index in range(page.recordings.count())]
    assert [(text[0], text[1]) for text in texts] == [("tape: positive", "0/5"), ("tape: negative", "3/3")]
    assert page.recordings.currentIndex() == 0
    assert "    0/5    " in page.recordings.currentText()
    assert page.board.editor.boxes == (BOX,)
    assert page.board.timeline.standings.count(Standing.WAITING) == 2
    assert page.board.timeline.standings.count(Standing.DOUBTFUL) == 1
    assert not page.notice.isVisible()
    assert not page.fault.isVisible()


def test_enter_accepts_and_goes_on(qtbot: QtBot, page: LabelPage) -> None:
    assert page.board.tools.accept_.word == "Right, next"
    press(qtbot, page, Qt.Key_Return, Qt.Key_Enter)
    by = page.board.by
    assert kept(page) == {f"{n}.png": proposed(0.9 - n / 10).as_annotation(by) for n in range(2)}
    assert page.board.index == 2
    assert "    2/5    " in page.recordings.currentText()


def test_backspace_rejects_and_that_is_taken_back(qtbot: QtBot, page: LabelPage) -> None:
    press(qtbot, page, Qt.Key_Backspace)
    assert page.board.editor.boxes == ()
    assert kept(page)["0.png"].rejected is not None
    assert page.board.tools.card.detail == "the suggestion was rejected"
    assert not page.board.tools.reject.isEnabled()
    press(qtbot, page, Qt.Key_D)
    press(qtbot, page, Qt.Key_Z, modifier=Qt.ControlModifier)
    assert (page.board.index, page.board.editor.boxes) == (0, (BOX,))
    press(qtbot, page, Qt.Key_Y, modifier=Qt.ControlModifier)
    assert page.board.editor.boxes == ()


def test_frames_are_said_to_be_something_else(qtbot: QtBot, page: LabelPage) -> None:
    press(qtbot, page, Qt.Key_E, Qt.Key_D, Qt.Key_I, Qt.Key_D, Qt.Key_E, Qt.Key_U)
    states = [(one.state, one.by_person) for one in kept(page).values()]
    assert states == [(State.VERIFIED_EMPTY, True), (State.IGNORED, True), (State.UNLABELED, False)]
    page.board.tools.states[State.IGNORED].click()
    rest(qtbot, page)
    assert kept(page)["2.png"].state is State.IGNORED


def test_a_suggestion_whose_box_is_deleted_is_refused(qtbot: QtBot, page: LabelPage) -> None:
    page.board.editor.choose(0)
    press(qtbot, page, Qt.Key_Delete)
    assert page.board.editor.boxes == ()
    assert page.board.timeline.standings[0] is Standing.UNLABELED
    assert page.board.tools.accept_.word == "Next"
    press(qtbot, page, Qt.Key_Return)
    assert kept(page)["0.png"] == proposed(0.9).rejected(Annotation())


def test_nothing_is_said_of_a_picture_that_is_not_in_view(qtbot: QtBot, page: LabelPage) -> None:
    board = page.board
    board.go(1)
    board._in_view = None  # as while it is decoded
    for act in (board.accept, board.reject, board.copy, lambda: board.say(State.VERIFIED_EMPTY)):
        act()
    assert board.index == 1
    rest(qtbot, page)
    assert kept(page) == {}


def test_who_holds_a_key_down_states_nothing_of_the_frames_that_follow(page: LabelPage) -> None:
    keys = {key.key().toString(): key.autoRepeat() for key in page.board.findChildren(QShortcut)}
    assert [keys[key] for key in ("A", "D", "+", "Ctrl+Z")] == [True] * 4
    assert [keys[key] for key in ("Return", "Enter", "Backspace", "Del", "E", "I", "U", "Y", "N")] == [False] * 9


def test_ten_frames_are_ten_frames(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    recorded(place, recipe(TAPE), "tape", frames=14)
    page = open_label()
    page.board.step(10)
    assert page.board.index == 10
    page.board.step(-3)
    assert page.board.index == 7


def test_a_corrected_suggestion_is_a_persons(qtbot: QtBot, page: LabelPage) -> None:
    page.board.editor.choose(0)
    press(qtbot, page, Qt.Key_Right)
    moved = Box.of(STRIP, (9, 6, 41, 30))
    assert kept(page)["0.png"] == Annotation(state=State.BOXES, boxes=(moved,), by=page.board.by)
    press(qtbot, page, Qt.Key_2)
    assert kept(page)["0.png"].boxes[0].label == OTHER.label
    press(qtbot, page, Qt.Key_Delete)
    assert kept(page)["0.png"] == Annotation()


def test_boxes_are_copied_to_the_next_frame(qtbot: QtBot, page: LabelPage) -> None:
    page.board.go(2)
    rest(qtbot, page)
    press(qtbot, page, Qt.Key_D, modifier=Qt.ControlModifier)
    assert page.board.index == 3
    assert kept(page)["3.png"].boxes == (BOX,)
    said: list[str] = []
    page.told.connect(said.append)
    press(qtbot, page, Qt.Key_D, modifier=Qt.ControlModifier)
    press(qtbot, page, Qt.Key_D, modifier=Qt.ControlModifier)
    assert said == ["This is the last frame."]


def test_a_filter_leads_from_one_such_frame_to_the_next(qtbot: QtBot, page: LabelPage) -> None:
    page.board.filters.buttons[Standing.UNLABELED].click()
    assert page.board.index == 3
    press(qtbot, page, Qt.Key_D)
    assert page.board.index == 4
    said: list[str] = []
    page.told.connect(said.append)
    press(qtbot, page, Qt.Key_D)
    assert (page.board.index, len(said)) == (4, 1)
    page.board.filters.buttons[None].click()
    press(qtbot, page, Qt.Key_A, Qt.Key_A)
    assert page.board.index == 2


def test_saving_is_a_matter_of_course(qtbot: QtBot, page: LabelPage) -> None:
    said: list[str] = []
    page.told.connect(said.append)
    press(qtbot, page, Qt.Key_S, modifier=Qt.ControlModifier)
    assert said == ["Everything is saved as you go."]


def test_w_draws_and_the_button_shows_it(qtbot: QtBot, page: LabelPage) -> None:
    press(qtbot, page, Qt.Key_W)
    assert page.board.tools.draw.isChecked()
    press(qtbot, page, Qt.Key_Escape)
    assert not page.board.tools.draw.isChecked()
    page.board.tools.draw.click()
    assert page.board.editor.is_armed


def test_on_an_attested_recording_only_lookalikes_are_drawn(qtbot: QtBot, page: LabelPage) -> None:
    page._choose(1)
    rest(qtbot, page)
    assert [act.word for act in page.board.tools.labels] == ["looks like tape"]
    assert page.board.tools.card.detail == "attested by maria"
    page.board.editor.drawn.emit((OTHER,))
    rest(qtbot, page)
    assert kept(page)["0.png"].boxes == (OTHER,)
    page.board.editor.choose(0)
    press(qtbot, page, Qt.Key_Delete)
    assert kept(page)["0.png"] == Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)


def test_a_recording_is_left_and_found_again_at_its_frame(qtbot: QtBot, page: LabelPage) -> None:
    page.board.go(3)
    page._choose(1)
    rest(qtbot, page)
    assert page.board.index == 0
    page._choose(0)
    rest(qtbot, page)
    assert page.board.index == 3


def test_what_cannot_be_written_is_kept_through_everything(qtbot: QtBot, page: LabelPage) -> None:
    with no_file_larger_than(10):
        press(qtbot, page, Qt.Key_I)
        assert page.fault.isVisible()
        assert "Cannot write" in texts(page)
        page._choose(1)
        rest(qtbot, page)
        page.leave()
        assert "not written yet" in page.busy
        page._choose(0)
        rest(qtbot, page)
        assert page.board.reel is not None
        assert page.board.reel.standings[0] is Standing.IGNORED
    with qtbot.waitSignal(page.ended):
        page.close_down()
    assert page.busy == ""
    assert kept(page)["0.png"].state is State.IGNORED


def test_of_recordings_that_are_gone_only_what_is_not_written_is_kept(
    qtbot: QtBot, page: LabelPage, place: Workspace, tmp_path: Path
) -> None:
    recorded(place, recipe(TAPE, SCREW), "tape", frames=2)
    page.desk.changed.emit()
    rest(qtbot, page)
    unsaved, gone, there = (extent.folder for extent in page.extents)
    with no_file_larger_than(10):
        press(qtbot, page, Qt.Key_I)
    for index in (1, 2):
        page._choose(index)
        rest(qtbot, page)
    assert set(page._keepers) == {unsaved, gone, there}
    for folder in (unsaved, gone):
        folder.rename(tmp_path / folder.name)
    page.desk.changed.emit()
    rest(qtbot, page)
    assert set(page._keepers) == {unsaved, there}
    (tmp_path / unsaved.name).rename(unsaved)
    page.desk.changed.emit()
    rest(qtbot, page)
    page._choose(0)
    rest(qtbot, page)
    assert read_annotations(unsaved).of("0.png").state is State.IGNORED


def texts(page: LabelPage) -> str:
    """All that is read on the page."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_damaged_file_is_told_and_nothing_can_be_changed(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    folder, _ = recorded(place, recipe(TAPE), "tape", frames=2)
    (folder / FILE).write_text("frames: {}")
    page = open_label()
    assert "This recording cannot be labeled" in texts(page)
    assert "    cannot be read    " in page.recordings.currentText()
    press(qtbot, page, Qt.Key_I, Qt.Key_Return, Qt.Key_D)
    assert (folder / FILE).read_text() == "frames: {}"


def test_a_picture_that_cannot_be_shown_is_a_sentence(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    folder, _ = recorded(place, recipe(TAPE), "tape", frames=2)
    (folder / "pictures" / "0.png").write_bytes(b"")
    page = open_label()
    assert "is empty (0 bytes)" in texts(page)
    press(qtbot, page, Qt.Key_D)
    assert "0 bytes" not in texts(page)
    assert page.board.editor.has_picture


def test_another_window_is_noticed(qtbot: QtBot, page: LabelPage, open_label: Open) -> None:
    other = open_label()
    press(qtbot, page, Qt.Key_I)
    press(qtbot, other, Qt.Key_E)
    assert "was not written over it" in texts(other)
    assert kept(page)["0.png"].state is State.IGNORED
    assert other.board.reel is not None
    assert other.board.reel.standings[0] is Standing.IGNORED
    other.fault.button.click()
    assert not other.fault.isVisible()


def test_other_pages_are_told_once_of_what_was_changed(qtbot: QtBot, page: LabelPage) -> None:
    told: list[int] = []
    page.desk.changed.connect(lambda: told.append(1))
    press(qtbot, page, Qt.Key_Return, Qt.Key_Return)
    assert told == []
    page.leave()
    assert told == [1]
    page.leave()
    assert told == [1]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("block", "Nothing is recorded yet"), ("gone", "No recipe yet"), ("broken", "This recipe cannot be read")],
)
def test_what_is_missing_is_said(qtbot: QtBot, place: Workspace, open_label: Open, name: str, sentence: str) -> None:
    if name != "block":
        for path in place.recipes.glob("*.yaml"):
            path.unlink()
    if name == "broken":
        (place.recipes / "block.yaml").write_text("format: 1\nname: block\n")
    page = open_label()
    assert sentence in texts(page)
    assert not page.bar.suggest.isEnabled()
    press(qtbot, page, Qt.Key_Return, Qt.Key_D, Qt.Key_E, Qt.Key_W, Qt.Key_Delete, Qt.Key_Backspace)


def test_another_recipe_has_other_recordings(qtbot: QtBot, page: LabelPage) -> None:
    page.desk.choose("bare")
    rest(qtbot, page)
    assert page.recordings.count() == 0
    assert "Nothing is recorded yet" in texts(page)
    page.desk.choose("block")
    rest(qtbot, page)
    assert page.recordings.count() == 2
    assert page.board.editor.has_picture


def test_frames_are_taken_where_there_are_none(qtbot: QtBot, place: Workspace, open_label: Open) -> None:
    recorded(place, recipe(TAPE), "tape", frames=3, extracted=False)
    page = open_label()
    assert "No frames yet" in texts(page)
    with qtbot.waitSignal(page.proposing.command.ended, timeout=60_000):
        page.notice.button.click()
        assert page.proposing.command.running
        assert page.busy
        assert page.bar.suggest.word == "Cancel"
    qtbot.waitUntil(lambda: page.idle, timeout=60_000)
    assert "    0/3    " in page.recordings.currentText()
    assert page.board.editor.has_picture


def test_how_far_a_command_is_and_what_it_leaves(qtbot: QtBot, page: LabelPage) -> None:
    said: list[str] = []
    page.told.connect(said.append)
    page.proposing.command.told.emit({"stage": "suggest", "done": 30, "total": 120, "text": ""})
    assert (page.underway.bar.value(), page.underway.bar.maximum()) == (30, 120)
    assert "left" not in page.underway.line.text
    assert page.keeper is not None
    questions = [f"{page.keeper.recording.id}/3.png", "x/0.png"]
    page.proposing.command.told.emit({"frames": 5, "left": 4, "questions": questions})
    page.proposing.command.ended.emit(0, "")
    rest(qtbot, page)
    assert "4 frames" in said[-1]
    assert page.board.index == 0, "what is said next would be said of another frame"
    page.board.say(State.IGNORED)
    page.proposing.command.ended.emit(0, "")
    rest(qtbot, page)
    assert page.board.index == 3
    page.proposing.command.ended.emit(2, "The two differ everywhere.")
    assert "The two differ everywhere." in texts(page)


def test_keys_stay_with_the_picture_after_a_press_of_a_button(qtbot: QtBot, page: LabelPage) -> None:
    activate(qtbot, page)
    qtbot.mouseClick(page.board.after, Qt.LeftButton)
    assert page.board.editor.hasFocus()
    assert page.board.editor.lens.to_picture(QPointF(page.board.editor.rect().center())).x() == pytest.approx(40, abs=1)
