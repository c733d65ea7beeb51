"""The recipes page and the disk: made, copied, deleted, changed by somebody else, broken, mended, full."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.files import write_document
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace, person
from inspector.shelf import make, throw_away
from tests.full_disk import no_file_larger_than
from tests.ui.given import deeds, register, say_who
from tests.ui.opened_recipes import BOX, BY_HAND, Opened

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Open = Callable[..., Opened]


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
    for _ in range(2):
        qtbot.keyClick(form.name, Qt.Key_Return)
    qtbot.waitUntil(it.page.editor.isVisible)
    assert it.told == ["Made “gearbox”."]
    assert it.desk.name == "gearbox"
    assert it.recipe("gearbox") == Recipe(name="gearbox", components=(Component(name="part"),))
    it.type(it.page.editor.cards[0].name, "lid")
    it.saved()
    assert it.recipe("gearbox").components[0].name == "lid"
    assert it.desk.recipe == it.recipe("gearbox")


def test_the_comments_of_a_file_written_by_hand_stay(opened: Open) -> None:
    it = opened("lid")
    it.page.editor.cards[0].count.number.setValue(2)
    it.saved()
    assert (it.workspace.recipes / "lid.yaml").read_text() == BY_HAND + "  count: 2\n"


def test_what_is_typed_is_one_entry_of_the_audit_log_and_not_one_a_letter(opened: Open) -> None:
    it = opened()
    it.type(it.page.editor.cards[1].name, "seal")
    it.page.editor.cards[1].count.number.setValue(2)
    it.saved()
    (entry,) = audit_of(it.workspace).entries()
    assert (entry.who, entry.deed) == (person(), Deed.RECIPE)
    assert entry.what["components"] == "screw, tape -> screw, seal"
    assert entry.what["components.seal.count"] == "nothing -> 2"


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
    qtbot.waitUntil(it.page.trash.isVisible)
    qtbot.mouseClick(it.page.trash.restore, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.desk.name == "box-2" and "box-2" in it.page.names)
    qtbot.waitUntil(lambda: not it.page.trash.isVisible())


def test_what_was_deleted_before_the_app_was_started_can_be_put_back_or_deleted_for_good(
    qtbot: QtBot, workspace: Workspace, opened: Open
) -> None:
    for name in ("old", "older", "oldest"):
        throw_away(workspace, make(workspace, BOX.model_copy(update={"name": name})))
    it = opened()
    trash = it.page.trash
    qtbot.waitUntil(lambda: trash.choice.count() == 3)
    names = [thrown.name for thrown in trash.things]
    assert trash.choice.itemText(1).startswith(f"{names[1]}, deleted ")
    trash.choice.setCurrentIndex(1)
    qtbot.mouseClick(trash.restore, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.desk.name == names[1] and trash.choice.count() == 2)
    qtbot.mouseClick(trash.empty, Qt.LeftButton)
    assert it.page.question.text.startswith("Delete these recipes for good? 2 of them")
    assert len(list(workspace.trash.iterdir())) == 2
    it.page.question.yes.click()
    qtbot.waitUntil(lambda: not trash.isVisible())
    assert not list(workspace.trash.iterdir())


def test_where_people_are_registered_the_trash_is_for_those_who_may(
    qtbot: QtBot, workspace: Workspace, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(workspace, monkeypatch)
    it = opened()
    page, pad, trash = it.page, it.page.pad, it.page.trash
    page.editor.cards[0].count.number.setValue(7)
    it.saved()
    assert not pad.isVisible(), "nobody is asked who changes a recipe"

    def delete() -> None:
        page.ask_to_delete()
        page.question.yes.click()

    delete()
    assert pad._title.text() == "Move “box” to the trash: who are you?"
    pad.leave.click()
    it.settled()
    assert "box" in page.names
    delete()
    say_who(qtbot, page, pad, "tom")
    qtbot.waitUntil(lambda: "box" not in it.desk.names and trash.isVisible())
    trash.restore.click()
    qtbot.waitUntil(lambda: it.desk.name == "box" and not trash.isVisible())
    delete()
    qtbot.waitUntil(lambda: "box" not in it.desk.names and trash.isVisible())
    page.editor.cards[0].count.number.setValue(3)
    it.saved()
    trash.empty.click()
    page.question.yes.click()
    assert pad._title.text() == "Delete recipes for good: who are you?"
    say_who(qtbot, page, pad, "tom")
    assert "takes the role engineer" in it.told[-1]
    trash.empty.click()
    page.question.yes.click()
    say_who(qtbot, page, pad, "ann")
    qtbot.waitUntil(lambda: not trash.isVisible())
    assert not list(workspace.trash.iterdir())
    assert deeds(workspace) == [
        (person(), Deed.RECIPE),
        *[("tom", Deed.THROW_AWAY)] * 3,
        ("tom", Deed.RECIPE),
        ("ann", Deed.DELETE),
    ]


def test_what_is_deleted_is_what_was_asked_about(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    qtbot.mouseClick(it.page.shelf.remove, Qt.LeftButton)
    it.page.editor.cards[0].count.number.setValue(9)
    it.saved()
    assert it.page.question.isVisible(), "it is the same recipe"
    it.desk.choose("lid")
    assert not it.page.question.isVisible()
    it.page.question.yes.click()
    it.qtbot.waitUntil(lambda: "box" not in it.desk.names)
    assert "lid" in it.desk.names


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
