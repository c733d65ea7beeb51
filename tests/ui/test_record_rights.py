"""The record page where people are registered: who may throw recordings away, put them back and delete them."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.people.role import Deed
from tests.labeling.recorded import recorded
from tests.ui.given import deeds, register, say_who
from tests.ui.shoot import BOX, WITH, Shoot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_where_people_are_registered_the_trash_is_for_those_who_may(
    shoot: Shoot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, panel, workspace = shoot.page, shoot.page.panel, shoot.desk.workspace
    folder, _ = recorded(workspace, BOX, "tape", frames=3)
    panel.refresh()
    shoot.until(lambda: shoot.claims == [WITH])
    register(workspace, monkeypatch)
    panel.throw_away(folder.name)
    assert panel.pad._title.text() == "Move “tape, positive” to the trash: who are you?"
    shoot.press(Qt.Key_Escape)
    assert not panel.pad.isVisible()
    assert folder.exists(), "nobody said who it is"
    panel.throw_away(folder.name)
    say_who(qtbot, page, panel.pad, "tom")
    shoot.until(lambda: not shoot.claims and bool(panel.strip.button.text()))
    panel.strip.button.click()
    shoot.until(lambda: shoot.claims == [WITH])
    panel.throw_away(folder.name)
    panel.bin.click()
    shoot.until(lambda: len(panel.trash.cards) == 1)
    panel.trash.cards[0].restore.click()
    shoot.until(lambda: not panel.trash.cards and shoot.claims == [WITH])
    panel.throw_away(folder.name)
    shoot.until(lambda: len(panel.trash.cards) == 1)
    panel.trash.emptied.emit(panel.trash.things)
    assert panel.pad._title.text() == "Delete recordings for good: who are you?"
    say_who(qtbot, page, panel.pad, "tom")
    assert "takes the role engineer" in shoot.told[-1]
    panel.trash.emptied.emit(panel.trash.things)
    say_who(qtbot, page, panel.pad, "ann")
    shoot.until(lambda: not list(workspace.trash.iterdir()) and not page.errands.busy)
    assert deeds(workspace) == [*[("tom", Deed.THROW_AWAY)] * 5, ("ann", Deed.DELETE)]


def test_nothing_is_recorded_anew_before_somebody_is_there_who_may_delete(
    shoot: Shoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, workspace = shoot.page.panel, shoot.desk.workspace
    folder, _ = recorded(workspace, BOX, "tape", frames=3)
    panel.refresh()
    shoot.until(lambda: shoot.claims == [WITH])
    register(workspace, monkeypatch)
    done: list[str] = []
    panel.throw_away(folder.name, lambda: done.append("anew"))
    shoot.page.leave()
    assert not panel.pad.isVisible()
    assert not done
    panel.throw_away("gone already", lambda: done.append("anew"))
    assert done == ["anew"]
    shoot.page.enter()
