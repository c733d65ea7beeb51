"""The window: keys, a complaint, and how it closes."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import View
from ui import window as window_module
from ui.app import Complaints
from ui.bridge import Phase
from ui.pages.station import StationPage
from ui.window import Window

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(page: StationPage, qtbot: QtBot) -> Iterator[Window]:
    made = Window(lambda: page)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    page.setParent(None)


def test_the_space_bar_starts_and_stops(window: Window, page: StationPage, qtbot: QtBot) -> None:
    window.activateWindow()
    page.start.setFocus()
    qtbot.keyClick(page.start, Qt.Key_Space)
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.OPEN)
    qtbot.keyClick(page.start, Qt.Key_Space)
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.IDLE)


def test_a_space_in_the_source_is_a_space(window: Window, page: StationPage, qtbot: QtBot) -> None:
    window.activateWindow()
    page.source.choose("my")
    page.source.lineEdit().setFocus()
    page.source.lineEdit().end(False)
    qtbot.keyClicks(page.source.lineEdit(), " video.mp4")
    assert page.source.source == "my video.mp4"
    assert page.bridge.phase is Phase.IDLE


def test_f11_fills_the_screen_and_gives_it_back(window: Window, page: StationPage, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(page, Qt.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(page, Qt.Key_F11)
    assert not window.isFullScreen()


def test_closing_stops_the_station_and_then_finishes(
    window: Window, page: StationPage, station: Any, show: Callable[[View], None], moment: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.OK))
    station.go_on.clear()
    finished: list[int] = []
    window.finished.connect(lambda: finished.append(1))
    window.close()
    assert window.isHidden()
    assert not finished
    with qtbot.waitSignal(window.finished):
        station.go_on.set()
    assert station.stopped == 1


def test_closing_does_not_wait_for_ever(
    window: Window,
    page: StationPage,
    station: Any,
    show: Any,
    moment: Any,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(window_module, "PATIENCE_MS", 50)
    show(moment(Verdict.OK))
    station.go_on.clear()
    with qtbot.waitSignal(window.finished):
        window.close()
    assert window.content.bridge.phase is Phase.CLOSING
    station.go_on.set()


def test_an_exception_in_a_slot_is_told_and_the_rest_goes_on(
    window: Window,
    page: StationPage,
    show: Any,
    moment: Any,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: Any,
) -> None:
    complaints = Complaints(Path("app.log"))
    complaints.told.connect(window.tell)
    monkeypatch.setattr(sys, "excepthook", complaints.take)
    show(moment(Verdict.OK))
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.waitUntil(lambda: bool(page.message.text))
    sentence = "Something in the program went wrong (ZeroDivisionError). The rest goes on. Details: app.log"
    assert page.message.text == sentence
    assert "division by zero" in caplog.text
    show(moment(Verdict.NOT_OK))
    assert page.verdict.look.word == "FAIL"
    assert page.message.text == sentence


def test_ctrl_c_closes_the_window(window: Window) -> None:
    complaints = Complaints(Path("app.log"))
    complaints.interrupted.connect(window.close)
    complaints.take(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert window.isHidden()
