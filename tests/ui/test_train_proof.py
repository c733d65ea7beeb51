"""The proof of a bundle before a station runs with it, on the page of trainings."""

import pytest
from pytestqt.qtbot import QtBot

from inspector.settings import Workspace
from tests.ui.given import SaidCommand, desk_of, open_page, shelve
from ui.command import CANCELLED
from ui.pages.train import TrainPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_proof_is_followed_with_the_time_left_and_can_be_cancelled(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(workspace, "lid-1")
    page = TrainPage(desk_of(workspace), SaidCommand)  # type: ignore[arg-type]
    open_page(qtbot, page)
    page.bundles.click()
    place, now = page.comparison.geometry(), [100.0]
    monkeypatch.setattr("ui.widgets.underway.time.monotonic", lambda: now[0])
    page._begin_promoting("lid-1")
    line = page.proof.underway.line
    page.promoting.told.emit({"stage": "prove", "done": 0, "total": None, "text": ""})
    assert (page.proof.isVisible(), line.text) == (True, "Proving it on this machine")
    now[0] += 6
    page.promoting.told.emit({"stage": "prove", "done": 2, "total": 6, "text": ""})
    assert line.text == "Proving it on this machine: picture 2 of 6  0:12 left"
    page.proof.button.click()
    assert (page.promoting.cancelled, page.proof.button.isEnabled()) == (1, False)
    with qtbot.waitSignal(page.told) as told:
        page.promoting.finish(130)
    assert told.args == ["Cancelled: nothing changed."]
    assert (page.proof.isVisible(), page.comparison.geometry()) == (False, place)
    page._begin_promoting("lid-1")
    assert page.proof.button.isEnabled(), "the next one can be cancelled, too"
    page.promoting.finish()
    qtbot.waitUntil(lambda: not page.errands.busy)


def test_who_cancels_when_it_is_written_is_told_that_it_was(workspace: Workspace, qtbot: QtBot) -> None:
    shelve(workspace, "lid-1")
    page = TrainPage(desk_of(workspace), SaidCommand)  # type: ignore[arg-type]
    open_page(qtbot, page)
    said: list[str] = []
    page.told.connect(said.append)
    for told in ({"stage": "prove", "done": 1, "total": 8}, {"recipe": "simulator", "bundle": "lid-1"}):
        page._begin_promoting("lid-1")
        page.promoting.told.emit(told)
        page.promoting.finish(CANCELLED)
        qtbot.waitUntil(lambda: not page.errands.busy)
    assert said == ["Cancelled: nothing changed.", "Stations run with it from their next start."]
