"""The recipes page on true files: made, changed, broken, mended, taken back, deleted and put back."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.capture.recording import FILE, Media, Recording
from inspector.files import write_document
from inspector.recipe import Component, Mode, Pattern, Recipe, find_recipe
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than
from ui import theme
from ui.desk import Desk
from ui.editing import Saving
from ui.pages.recipes import RecipesPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
BOX = Recipe(name="box", frame_size=(640, 360), components=(SCREW, Component(name="tape", region=(20, 20, 300, 200))))
BY_HAND = "# of line 3\nformat: 1\nname: lid\ncomponents:\n- name: lid  # blue\n"


class Opened:
    """A page that was entered, in a window of a size, and what it told."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, name: str) -> None:
        self.qtbot, self.workspace = qtbot, workspace
        self.window = QWidget()
        self.desk = Desk(workspace, name)
        self.page = RecipesPage(self.desk)
        QVBoxLayout(self.window).addWidget(self.page)
        self.told: list[str] = []
        self.page.told.connect(self.told.append)
        qtbot.addWidget(self.window, before_close_func=self._end)
        self.resize(1085, 765)
        self.window.show()
        self.page.enter()
        qtbot.waitUntil(lambda: self.page.entries is not None)

    def resize(self, width: int, height: int, em: int = 15) -> None:
        self.window.setStyleSheet(theme.style_sheet(em))
        self.window.layout().setContentsMargins(0, 0, 0, 0)
        self.page.scale(em)
        self.window.resize(width, height)
        QApplication.processEvents()

    def _end(self, window: QWidget) -> None:
        with self.qtbot.waitSignal(self.page.ended):
            self.page.close_down()

    def recipe(self, name: str = "box") -> Recipe:
        return find_recipe(self.workspace.recipes, name)

    def saved(self) -> None:
        """Wait until what is shown is written."""
        now = self.page.editing.now
        assert now is not None
        self.page.editing.save()
        self.qtbot.waitUntil(lambda: now.saving is Saving.KEPT and not self.page.errands.busy)

    def settled(self) -> None:
        """Look once more, and wait until that is done."""
        self.page.shelving.look()
        self.qtbot.waitUntil(lambda: not self.page.errands.busy)

    def type(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)


Open = Callable[..., Opened]


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace) -> Open:
    """Open the page, with the recipe `box` and one that was written by hand, or on nothing."""

    def make(name: str = "box", empty: bool = False) -> Opened:
        if not empty:
            write_document(workspace.recipes / "box.yaml", BOX)
            (workspace.recipes / "lid.yaml").write_text(BY_HAND)
        return Opened(qtbot, workspace, name)

    return make


def record(workspace: Workspace, recipe: str, component: str, pattern: str | None = None) -> None:
    folder = workspace.recordings / f"{component}-{pattern}"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "0.png"), np.full((360, 640, 3), 80, np.uint8))
    recording = Recording(
        id=folder.name,
        recipe=recipe,
        components=(component,),
        positive=True,
        pattern=pattern,
        kind="pictures",
        source="test",
        recorded_by="me",
        recorded_at=datetime.now(UTC),
        frame_size=(640, 360),
        media=(Media(file="0.png", sha256="0", frames=1),),
    )
    write_document(folder / FILE, recording)


def test_the_first_recipe_is_one_button_and_a_name_away(qtbot: QtBot, opened: Open) -> None:
    it = opened("", empty=True)
    assert it.page.welcome.isVisible()
    assert not it.page.shelf.isVisible()
    qtbot.mouseClick(it.page.welcome.make, Qt.LeftButton)
    form = it.page.form
    assert not form.make.isEnabled()
    it.type(form.name, "gear box")
    assert "letters, digits" in form.field.remark.text
    assert not form.make.isEnabled()
    it.type(form.name, "gearbox")
    assert form.field.remark.fault == ""
    qtbot.keyClick(form.name, Qt.Key_Return)
    qtbot.waitUntil(it.page.editor.isVisible)
    assert it.desk.name == "gearbox"
    assert it.recipe("gearbox") == Recipe(name="gearbox", components=(Component(name="part"),))
    it.type(it.page.editor.cards[0].name, "lid")
    it.saved()
    assert it.recipe("gearbox").components[0].name == "lid"
    assert it.desk.recipe == it.recipe("gearbox")


def test_every_value_of_a_component_is_written(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    card = it.page.editor.cards[0]
    qtbot.mouseClick(card.count.more, Qt.LeftButton)
    qtbot.mouseClick(card.more, Qt.LeftButton)
    qtbot.mouseClick(card.turns, Qt.LeftButton, pos=QPoint(8, card.turns.height() // 2))
    it.type(card.threshold, "0.7")
    qtbot.mouseClick(card.add_pattern, Qt.LeftButton)
    it.type(card.rows[2].name, "bent")
    it.saved()
    component = it.recipe().components[0]
    assert (component.count, component.turns, component.threshold) == (5, True, 0.7)
    assert component.patterns[2] == Pattern(name="bent", passes=False)
    qtbot.mouseClick(card.rows[2].passing, Qt.LeftButton)
    qtbot.mouseClick(card.rows[1].remove, Qt.LeftButton)
    assert "needs a pattern that passes and one that does not" in card.patterns_remark.fault
    assert it.page.editing.now is not None
    assert it.page.editing.now.saving is Saving.FAULTY


def test_components_come_move_and_go(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    editor = it.page.editor
    qtbot.mouseClick(editor.add, Qt.LeftButton)
    assert editor.current == 2
    assert editor.cards[2].name.text() == "part"
    qtbot.mouseClick(editor.cards[2].up, Qt.LeftButton)
    assert editor.current == 1
    qtbot.mouseClick(editor.cards[1].mode.buttons[1], Qt.LeftButton)
    it.saved()
    assert [c.name for c in it.recipe().components] == ["screw", "part", "tape"]
    assert [p.name for p in it.recipe().components[1].patterns] == ["on-2", "off-2"]
    qtbot.mouseClick(editor.cards[1].remove, Qt.LeftButton)
    qtbot.mouseClick(editor.cards[0].head, Qt.LeftButton)
    qtbot.mouseClick(editor.cards[0].remove, Qt.LeftButton)
    assert not editor.cards[0].remove.isEnabled()
    it.saved()
    assert [c.name for c in it.recipe().components] == ["tape"]


def test_a_fault_stands_at_its_field_and_is_not_written(opened: Open) -> None:
    it = opened()
    before = (it.workspace.recipes / "box.yaml").read_bytes()
    card = it.page.editor.cards[0]
    it.type(card.name, "tape")
    assert it.page.editor.cards[1].name_field.remark.fault == "Two components are called 'tape'."
    assert it.page.editor.saving.text == "Not saved yet: 1 thing is wrong."
    it.page.editing.save()
    it.settled()
    assert (it.workspace.recipes / "box.yaml").read_bytes() == before
    assert "“box”" in it.page.busy
    it.type(card.name, "nut")
    assert it.page.editor.cards[1].name_field.remark.fault == ""
    it.saved()
    assert it.page.busy == ""
    assert it.recipe().components[0].name == "nut"


def test_a_fault_of_the_vote_opens_what_it_is_in(opened: Open) -> None:
    it = opened()
    it.page.editor.vote.frames.number.setValue(9)
    assert it.page.editor.vote.isVisible()
    assert "more than half" in it.page.editor.vote.fields["vote", "agree"].remark.fault
    it.page.editor.vote.agree.number.setValue(7)
    it.saved()
    assert (it.recipe().vote.frames, it.recipe().vote.agree) == (9, 7)


def test_what_is_not_in_order_is_there_again_when_one_comes_back(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    it.type(it.page.editor.cards[0].name, "tape")
    it.desk.choose("lid")
    assert it.page.editor.cards[0].name.text() == "lid"
    it.desk.choose("box")
    assert it.page.editor.cards[0].name.text() == "tape"
    it.page.editing.undo()
    assert it.page.editor.cards[0].name.text() == "screw"


def test_steps_are_taken_back_and_made_again_with_keys(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    name = it.page.editor.cards[0].name
    it.type(name, "nut")
    name.editingFinished.emit()
    it.type(name, "bolt")
    it.saved()
    it.window.activateWindow()
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier)
    assert name.text() == "nut"
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier)
    assert name.text() == "screw"
    it.saved()
    assert it.recipe() == BOX
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier)
    assert name.text() == "nut"
    it.saved()
    assert it.recipe().components[0].name == "nut"


def test_the_comments_of_a_file_written_by_hand_stay(opened: Open) -> None:
    it = opened("lid")
    it.page.editor.cards[0].count.number.setValue(2)
    it.saved()
    assert (it.workspace.recipes / "lid.yaml").read_text() == BY_HAND + "  count: 2\n"


def test_a_file_that_somebody_else_changed_is_read_again(opened: Open) -> None:
    it = opened()
    it.page.editor.cards[0].count.number.setValue(7)
    other = BOX.model_copy(update={"components": (Component(name="washer"),)})
    write_document(it.workspace.recipes / "box.yaml", other)
    it.page.editing.save()
    it.qtbot.waitUntil(lambda: it.page.editor.cards[0].name.text() == "washer")
    it.settled()
    assert it.recipe() == other
    assert "changed by somebody else" in it.told[-1]
    it.page.editing.undo()
    it.saved()
    assert it.recipe().components[0].count == 7


def test_going_away_and_coming_back_is_nobody_elses_change(opened: Open) -> None:
    it = opened()
    it.page.editor.cards[0].count.number.setValue(7)
    it.saved()
    it.desk.choose("lid")
    it.desk.choose("box")
    it.page.ask_for_copy()
    it.page.form.given_up.emit()
    it.settled()
    assert it.page.editor.cards[0].count.number.value() == 7
    assert it.told == []
    assert it.page.editing.now is not None
    it.page.editing.undo()
    assert not it.page.editing.now.steps.can_undo


def test_a_broken_file_is_told_line_by_line_and_comes_back_mended(opened: Open) -> None:
    it = opened()
    path = it.workspace.recipes / "box.yaml"
    text = path.read_text()
    path.write_text(text.replace("count: 4", "cuont: 4").replace("name: tape", "name: ta pe"))
    it.settled()
    assert it.page.middle.currentWidget() is it.page.faults
    remarks = [remark.text for remark in it.page.faults.remarks]
    assert remarks[0].startswith("Line 14: unknown key 'cuont'. Did you mean 'count'?")
    assert "ta pe" in remarks[1]
    assert it.desk.recipe is None
    path.write_text(text)
    it.settled()
    assert it.page.middle.currentWidget() is it.page.editor
    assert it.desk.recipe == BOX


def test_what_was_recorded_keeps_its_name_and_says_why(opened: Open, workspace: Workspace) -> None:
    record(workspace, "box", "screw", "on")
    it = opened()
    screw, tape = it.page.editor.cards
    assert not screw.name.isEnabled()
    assert "There is a recording of 'screw'" in screw.name_field.remark.text
    assert not screw.mode.isEnabled()
    assert not screw.remove.isEnabled()
    assert [row.name.isEnabled() for row in screw.rows] == [False, True]
    assert tape.name.isEnabled()
    it.page.ask_to_delete()
    assert "Recordings of it: 1." in it.page.question._text.text()


def test_regions_are_drawn_nudged_and_removed(qtbot: QtBot, opened: Open, workspace: Workspace) -> None:
    record(workspace, "box", "screw", "on")
    it = opened()
    canvas, editor = it.page.panel.canvas, it.page.editor
    qtbot.waitUntil(lambda: canvas.picture_size == (640, 360))
    assert it.page.panel.where.text == "screw may be anywhere"
    qtbot.mouseClick(editor.cards[0].draw, Qt.LeftButton)
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key_Left)
    it.saved()
    assert it.recipe().components[0].region == (157, 90, 477, 270)
    assert it.page.panel.where.text == "screw: 157, 90 - 477, 270  (320 x 180)"
    it.page.editing.undo()
    it.page.editing.undo()
    assert canvas.region() is None
    editor.choose(1)
    assert canvas.region() == (20, 20, 300, 200)
    qtbot.keyClick(canvas, Qt.Key_Delete)
    it.saved()
    assert it.recipe().components[1].region is None


def test_a_picture_of_another_size_is_not_drawn_on(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    it = opened()
    path = tmp_path / "small.png"
    cv2.imwrite(str(path), np.zeros((100, 200, 3), np.uint8))
    qtbot.waitUntil(it.page.panel.take.isEnabled)
    it.page.panel.source.choose(str(path))
    qtbot.mouseClick(it.page.panel.take, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.page.panel.canvas.picture_size == (200, 100))
    assert "drawn on 640x360, this picture is 200x100" in it.page.panel.where.text
    it.page.panel.source.choose(str(tmp_path / "absent.png"))
    qtbot.mouseClick(it.page.panel.take, Qt.LeftButton)
    qtbot.waitUntil(it.page.panel.take.isEnabled)
    assert it.page.panel.notice.advice is not None
    assert "no source" in it.page.panel.notice.advice.text


def test_a_copy_and_the_way_to_the_trash_and_back(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    qtbot.mouseClick(it.page.shelf.copy, Qt.LeftButton)
    assert it.page.form.name.text() == "box-2"
    it.type(it.page.form.name, "BOX")
    assert "already a recipe 'box'" in it.page.form.field.remark.text
    qtbot.keyClick(it.page.form.name, Qt.Key_Escape)
    assert it.page.editor.isVisible()
    it.page.ask_for_copy()
    qtbot.mouseClick(it.page.form.make, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.desk.name == "box-2" and it.page.editor.isVisible())
    assert it.recipe("box-2").components == BOX.components
    qtbot.mouseClick(it.page.shelf.remove, Qt.LeftButton)
    qtbot.mouseClick(it.page.question.yes, Qt.LeftButton)
    qtbot.waitUntil(lambda: "box-2" not in it.page.names and it.page.entries is not None)
    assert "box-2" not in it.desk.names
    assert it.page.trash.isVisible()
    qtbot.mouseClick(it.page.trash.restore, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.desk.name == "box-2" and "box-2" in it.page.names)
    assert not it.page.trash.isVisible()


def test_a_full_disk_is_said_and_the_next_change_tries_again(opened: Open) -> None:
    it = opened()
    with no_file_larger_than(10):
        it.page.editor.cards[0].count.number.setValue(7)
        it.page.editing.save()
        it.qtbot.waitUntil(lambda: not it.page.errands.busy)
    assert "Cannot write" in it.told[-1]
    assert it.page.editor.saving.fault.startswith("Not saved yet: the file could not be written.")
    assert it.recipe() == BOX
    it.page.editor.cards[0].count.number.setValue(8)
    it.saved()
    assert it.recipe().components[0].count == 8


def test_closing_writes_what_waits(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    it.page.editor.cards[0].count.number.setValue(9)
    with qtbot.waitSignal(it.page.ended):
        it.page.close_down()
    assert it.recipe().components[0].count == 9


@pytest.mark.parametrize(("width", "height", "em"), [(1085, 765, 15), (804, 572, 12), (3280, 2060, 41)])
@pytest.mark.parametrize("look", ["dark", "light"])
def test_nothing_is_cut_at_any_size(opened: Open, width: int, height: int, em: int, look: str) -> None:
    theme.use(look)
    try:
        it = opened()
        it.resize(width, height, em)
        it.page.editor.cards[0].set_more(True)
        it.page.editor.set_more(True)
        QApplication.processEvents()
        assert it.page.layout().totalMinimumSize().width() <= width, "the page does not fit"
        area = it.page.editor.area
        assert area.widget().width() <= area.viewport().width()
        parts = [it.page.shelf, it.page.middle, it.page.panel]
        places = [QRect(part.mapTo(it.page, QPoint(0, 0)), part.size()) for part in parts]
        assert all(place.right() < beside.left() for place, beside in pairwise(places))
        for button in it.page.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                words = button.fontMetrics().horizontalAdvance(button.text()) + button.iconSize().width() * bool(
                    button.icon().cacheKey() and not button.icon().isNull()
                )
                assert words < button.width(), button.text()
                assert button.accessibleName() or button.text()
    finally:
        theme.use("dark")
