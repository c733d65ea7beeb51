"""A station that runs another recipe than before: who may choose it, and what begins by itself."""

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.recipe import Recipe
from inspector.settings import Workspace
from tests.ui.given import PINS, deeds, give_pin, register
from ui.bridge import Phase
from ui.pages.station import StationPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def second(given: Any, page: StationPage, qtbot: QtBot, recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> StationPage:
    """The page, with a second recipe of which the station has run none yet."""
    other = replace(given._offer, name="lid", recipe=recipe.model_copy(update={"name": "lid"}))
    monkeypatch.setattr(given, "survey", lambda: (given._offer, other))
    with qtbot.waitSignal(page.bridge.surveyed):
        page.survey()
    return page


def stop(page: StationPage, qtbot: QtBot) -> None:
    page.start.click()
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.IDLE)


def test_another_recipe_takes_a_pin_where_people_are_registered(
    second: StationPage, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(workspace, monkeypatch)
    pad = second.operating.pad
    second.start.click()  # the one that the window was opened with
    assert pad.isHidden()
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    stop(second, qtbot)
    second.recipe.setCurrentIndex(1)
    second.start.click()
    assert pad.isVisible()
    assert second.bridge.phase is Phase.IDLE
    pad.go()
    assert deeds(workspace) == []
    second.start.click()
    pad.name.setCurrentText("tom")
    give_pin(pad, PINS["tom"])
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    assert deeds(workspace) == [("tom", Deed.CHOOSE)]
    (entry,) = (one for one in audit_of(workspace).entries() if one.deed == Deed.CHOOSE)
    assert entry.what == {"recipe": "lid", "before": "gearbox"}
    stop(second, qtbot)
    second.operating.keeper.dismiss()
    second.start.click()  # it runs again: that is no choice
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    assert deeds(workspace) == [("tom", Deed.CHOOSE)]


def test_what_begins_again_by_itself_is_what_ran_last(second: StationPage, qtbot: QtBot) -> None:
    second.recipe.setCurrentIndex(1)
    second.start.click()
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    stop(second, qtbot)
    second.resume()
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    assert second.recipe.currentText() == "lid"


def test_nothing_begins_by_itself_in_the_place_of_what_is_gone(
    second: StationPage, given: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    second.recipe.setCurrentIndex(1)
    second.start.click()
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
    stop(second, qtbot)
    monkeypatch.setattr(given, "survey", lambda: (given._offer,))
    with qtbot.waitSignal(second.bridge.surveyed):
        second.resume()
    qtbot.wait(100)
    assert second.bridge.phase is Phase.IDLE


def test_a_pin_for_one_recipe_starts_no_other(
    second: StationPage, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(workspace, monkeypatch)
    second.recipe.setCurrentIndex(1)
    second.start.click()
    pad = second.operating.pad
    second.recipe.setCurrentIndex(0)
    pad.name.setCurrentText("tom")
    give_pin(pad, PINS["tom"])
    qtbot.waitUntil(lambda: pad.isHidden() and not second._errands.busy)
    assert second.bridge.phase is Phase.IDLE


def test_another_recipe_takes_no_pin_where_nobody_is_registered(second: StationPage, qtbot: QtBot) -> None:
    second.recipe.setCurrentIndex(1)
    second.start.click()
    assert second.operating.pad.isHidden()
    qtbot.waitUntil(lambda: second.bridge.phase is Phase.OPEN)
