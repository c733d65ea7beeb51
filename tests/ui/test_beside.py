"""The window of history and settings beside a station, which goes on meanwhile."""

import pytest
from pytestqt.qtbot import QtBot

from inspector.settings import Workspace
from ui.beside import Beside
from ui.pages.history import HistoryPage
from ui.pages.settings import SettingsPage
from ui.pages.station import StationPage
from ui.technician import office
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise")


def close(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.finished, timeout=20_000):
        window.close()


def test_a_station_offers_it_where_it_is_told_to(page: StationPage, qtbot: QtBot) -> None:
    asked: list[bool] = []
    page.offer_beside(lambda: asked.append(True))
    page.beside.click()
    assert asked == [True]
    qtbot.waitUntil(page.beside.isVisible)


def test_it_holds_history_and_settings_and_comes_again_once_closed(
    qtbot: QtBot, workspace: Workspace, page: StationPage
) -> None:
    beside = Beside(lambda: office(workspace))
    beside.show()
    window = beside.window
    assert window is not None
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: isinstance(window.content.page, HistoryPage))
    beside.show()
    assert beside.window is window
    window.content.buttons[1].click()
    settings = window.content.page
    assert isinstance(settings, SettingsPage)
    qtbot.waitUntil(lambda: settings.camera.picture.frame is not None and not settings.errands.busy, timeout=20_000)
    close(qtbot, window)
    assert beside.window is None
    assert page.isVisible()
