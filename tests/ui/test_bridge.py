"""The bridge starts and stops a station and never makes the GUI thread wait."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import QObject, QTimer, pyqtSlot
from pytestqt.qtbot import QtBot

from inspector.errors import MachineError
from inspector.inspection.verdict import Inspection, Verdict
from ui.bridge import Bridge, Deliver, Phase, Watched


class Listener(QObject):
    """Notes what it hears, and in which thread."""

    def __init__(self, heard: list[object]) -> None:
        super().__init__()
        self._heard = heard

    @pyqtSlot(object)
    def hear(self, thing: object) -> None:
        self._heard.append((thing, threading.current_thread()))


def idle(bridge: Bridge) -> Callable[[], bool]:
    return lambda: bridge.phase is Phase.IDLE


def test_the_event_loop_goes_on_while_a_station_is_slow(qtbot: QtBot, station: Any) -> None:
    station.go_on.clear()
    bridge, ticks = Bridge(), []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(threading.current_thread()))
    timer.start(5)
    for step, after in ((lambda: bridge.open(station.opened), Phase.OPEN), (bridge.close, Phase.IDLE)):
        station.go_on.clear()
        ticks.clear()
        step()
        assert bridge.phase in (Phase.OPENING, Phase.CLOSING)
        qtbot.waitUntil(lambda: len(ticks) >= 10)
        assert bridge.phase in (Phase.OPENING, Phase.CLOSING)
        station.go_on.set()
        qtbot.waitUntil(lambda phase=after: bridge.phase is phase)
    assert station.stopped == 1


def test_closing_while_opening_closes_what_opens(qtbot: QtBot, station: Any) -> None:
    station.go_on.clear()
    bridge = Bridge()
    bridge.open(station.opened)
    bridge.close()
    assert bridge.phase is Phase.OPENING
    station.go_on.set()
    qtbot.waitUntil(idle(bridge))
    assert station.stopped == 1
    assert bridge.view() is None


def test_a_second_open_is_ignored(qtbot: QtBot, station: Any) -> None:
    bridge, opened = Bridge(), []

    def open_station(deliver: Deliver) -> Watched:
        opened.append(1)
        return station.opened(deliver)

    bridge.open(open_station)
    bridge.open(open_station)
    qtbot.waitUntil(lambda: bridge.phase is Phase.OPEN)
    bridge.open(open_station)
    bridge.close()
    qtbot.waitUntil(idle(bridge))
    assert opened == [1]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MachineError("The camera usb:0 does not answer."), "The camera usb:0 does not answer."),
        (ZeroDivisionError("x"), "A fault in the program stopped this (ZeroDivisionError). Details are in the log."),
    ],
)
def test_what_a_station_raises_is_told_in_a_sentence(qtbot: QtBot, error: Exception, sentence: str) -> None:
    bridge = Bridge()

    def open_station(deliver: Deliver) -> Watched:
        raise error

    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.open(open_station)
    assert failed.args == [sentence]
    assert bridge.phase is Phase.IDLE


def test_a_station_that_does_not_end_is_told(qtbot: QtBot, station: Any) -> None:
    bridge = Bridge()
    station.wait = lambda timeout_s: False
    bridge.open(station.opened)
    qtbot.waitUntil(lambda: bridge.phase is Phase.OPEN)
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.close()
    assert "keeps this from ending" in failed.args[0]


def test_inspections_arrive_in_the_gui_thread(
    qtbot: QtBot, station: Any, inspected: Callable[[Verdict], Inspection]
) -> None:
    bridge, heard = Bridge(), []
    bridge.open(station.opened)
    qtbot.waitUntil(lambda: bridge.phase is Phase.OPEN)
    page = Listener(heard)
    bridge.delivered.connect(page.hear)
    given = inspected(Verdict.OK)
    thread = threading.Thread(target=station.deliver, args=(given,))
    thread.start()
    qtbot.waitUntil(lambda: heard == [(given, threading.main_thread())])
    thread.join()
    bridge.close()
    qtbot.waitUntil(idle(bridge))


def test_a_survey_that_fails_is_told(qtbot: QtBot) -> None:
    bridge = Bridge()
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.survey(lambda: 1 / 0)
    assert "ZeroDivisionError" in failed.args[0]
