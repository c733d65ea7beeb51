"""The kiosk on a hand-made station: nobody leaves it without a PIN, and it comes back by itself."""

import time
from typing import Any

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QCloseEvent, QKeyEvent
from PyQt5.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from inspector.errors import MachineError
from inspector.inspection.view import State, View
from inspector.people.audit import audit_of
from inspector.people.register import Register
from inspector.people.role import Role
from inspector.settings import Workspace
from tests.people.cheap import cheap_pins
from tests.ui.given import give_pin
from ui import theme
from ui.beside import Beside
from ui.bridge import Phase
from ui.kiosk import Kiosk, leaves
from ui.pages.station import StationPage
from ui.pauses import FIRST_S, MOST_S, SETTLED_S, Pauses
from ui.pointer import Pointer
from ui.technician import office
from ui.widgets.band import Band, band_look
from ui.widgets.browse import browse

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support")


@pytest.fixture
def kiosk(qtbot: QtBot, given: Any) -> Kiosk:
    """Locked, and running, with short pauses; no screen of this machine is asked for anything."""
    made = Kiosk(StationPage(given, start=True), Pauses(0.05), awake=lambda parent: None)

    def end(_: object) -> None:
        if made.isVisible():
            with qtbot.waitSignal(made.finished):
                made.end()

    qtbot.addWidget(made, before_close_func=end)
    made.begin()
    made.page.enter()
    qtbot.waitUntil(lambda: made.page.bridge.phase is Phase.OPEN)
    return made


def test_it_begins_by_itself_over_the_whole_screen(kiosk: Kiosk, station: Any, qtbot: QtBot) -> None:
    assert kiosk.isFullScreen()
    assert kiosk.windowFlags() & Qt.FramelessWindowHint
    assert not kiosk.page.bar.isVisible()
    station.now = View(State.RUNNING)
    qtbot.waitUntil(lambda: kiosk.band.look.word == "RUNNING")


def test_locked_it_refuses_to_close_and_the_station_goes_on(kiosk: Kiosk, station: Any, qtbot: QtBot) -> None:
    event = QCloseEvent()
    kiosk.closeEvent(event)
    assert not event.isAccepted()
    assert not kiosk.close()
    assert kiosk.isVisible()
    qtbot.keyClick(kiosk.page, Qt.Key_Space)
    assert station.stopped == 0


@pytest.mark.parametrize(
    ("key", "held", "gone"),
    [
        (Qt.Key_F4, Qt.AltModifier, True),
        (Qt.Key_Tab, Qt.AltModifier, True),
        (Qt.Key_W, Qt.ControlModifier, True),
        (Qt.Key_Q, Qt.ControlModifier, True),
        (Qt.Key_Escape, Qt.ControlModifier, True),
        (Qt.Key_F11, Qt.NoModifier, True),
        (Qt.Key_Meta, Qt.NoModifier, True),
        (Qt.Key_Space, Qt.NoModifier, False),
        (Qt.Key_Q, Qt.NoModifier, False),
        (Qt.Key_4, Qt.KeypadModifier, False),
    ],
)
def test_keys_that_leave_go_nowhere(key: Qt.Key, held: Qt.KeyboardModifiers, gone: bool) -> None:
    assert leaves(QKeyEvent(QEvent.KeyPress, key, held)) is gone


def test_it_comes_back_when_it_is_made_small(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.showNormal()
    qtbot.waitUntil(kiosk.isFullScreen)


def test_a_pin_opens_it_and_the_log_says_who(
    kiosk: Kiosk, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    Register(workspace.folder).add("ann", Role.ENGINEER, "481516")
    kiosk.band.lock.click()
    assert kiosk.locked
    pad = kiosk.page.operating.pad
    give_pin(pad, "481516")
    qtbot.waitUntil(lambda: not kiosk.locked)
    assert kiosk.page.bar.isVisible()
    assert not kiosk.isFullScreen()
    assert "leave the kiosk" in audit_of(workspace).log.read_text()
    kiosk.page.operating.keeper._session().leave()
    qtbot.waitUntil(lambda: kiosk.locked)
    assert kiosk.isFullScreen()


@pytest.fixture
def unlocked(kiosk: Kiosk, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    """By Ann."""
    cheap_pins(monkeypatch)
    Register(workspace.folder).add("ann", Role.ENGINEER, "481516")
    kiosk.band.lock.click()
    give_pin(kiosk.page.operating.pad, "481516")
    qtbot.waitUntil(lambda: not kiosk.locked)
    return kiosk


def test_who_locks_it_is_there_no_more(unlocked: Kiosk) -> None:
    unlocked.band.lock.click()
    assert unlocked.locked
    unlocked.band.lock.click()
    assert unlocked.locked
    assert unlocked.page.operating.pad.isVisible()


def test_a_pin_for_something_else_does_not_open_it(unlocked: Kiosk, workspace: Workspace) -> None:
    unlocked.lock()
    unlocked.page.operating.keeper._session().enter("ann", "481516")
    unlocked.band.lock.click()
    assert unlocked.locked
    assert unlocked.page.operating.pad.isVisible()


def test_a_scanner_keeps_nobody_there(unlocked: Kiosk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[bool] = []
    monkeypatch.setattr(unlocked.page.operating.keeper, "touch", lambda: touched.append(True))
    unlocked.page.recent.setFocus()
    qtbot.keyClicks(unlocked.page.recent, "4711\r")
    assert touched == []
    qtbot.mouseClick(unlocked.band, Qt.LeftButton)
    assert touched


def test_history_and_settings_are_offered_to_who_unlocked_it_and_go_with_the_lock(
    qtbot: QtBot, given: Any, workspace: Workspace
) -> None:
    beside = Beside(lambda: office(workspace))
    kiosk = Kiosk(StationPage(given), awake=lambda parent: None, beside=beside)

    def end(_: object) -> None:
        with qtbot.waitSignal(kiosk.finished):
            kiosk.end()

    qtbot.addWidget(kiosk, before_close_func=end)
    kiosk.begin()
    assert not kiosk.page.beside.isVisible()
    kiosk.leave()
    qtbot.waitUntil(kiosk.page.beside.isVisible)
    kiosk.page.beside.click()
    window = beside.window
    assert window is not None
    assert window.isVisible()
    qtbot.waitUntil(lambda: window.content.page is not None)
    qtbot.waitUntil(lambda: window.content.page.nothing.isVisible(), timeout=20_000)  # it has looked
    kiosk.lock()
    assert not window.isVisible()
    assert not kiosk.page.beside.isVisible()
    qtbot.waitUntil(lambda: beside.window is None)


def test_what_was_left_open_goes_when_it_is_locked(unlocked: Kiosk) -> None:
    dialog = browse(unlocked.page, QFileDialog.ExistingFile, lambda files: pytest.fail("nobody chose"))
    assert dialog.testOption(QFileDialog.ReadOnly)
    assert dialog.isVisible()
    unlocked.lock()
    assert not dialog.isVisible()


def test_an_operator_does_not_get_out(
    kiosk: Kiosk, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    register = Register(workspace.folder)
    register.add("ann", Role.ENGINEER, "481516")
    register.add("bob", Role.OPERATOR, "271828")
    kiosk.band.lock.click()
    pad = kiosk.page.operating.pad
    pad.name.setCurrentText("bob")
    give_pin(pad, "271828")
    qtbot.waitUntil(lambda: "technician" in kiosk.page.message.text)
    assert kiosk.locked


def test_a_station_that_fails_is_begun_again(kiosk: Kiosk, station: Any, qtbot: QtBot) -> None:
    station.now = View(State.ERROR, "The disk is full.")
    qtbot.waitUntil(lambda: kiosk.band.look.word == "FAULT")
    assert station.stopped == 0
    station.over = True
    qtbot.waitUntil(lambda: station.stopped == 1)
    station.now = View(State.RUNNING)
    qtbot.waitUntil(lambda: kiosk.band.look.word == "RUNNING")


def test_a_station_that_cannot_begin_says_why_and_is_tried_again(
    kiosk: Kiosk, given: Any, station: Any, qtbot: QtBot
) -> None:
    opens, given._open_station = given._open_station, refuse
    station.over = True
    qtbot.waitUntil(lambda: "Next try in" in kiosk.band.sentence)
    assert kiosk.band.look.word == "FAULT"
    assert kiosk.page.notice.advice.text == "The records are damaged."
    given._open_station = opens
    station.now = View(State.READY)
    qtbot.waitUntil(lambda: kiosk.band.look.word == "READY")


def refuse(deliver: object) -> Any:
    raise MachineError("The records are damaged.")


def test_pauses_grow_and_are_short_again_after_a_while() -> None:
    pauses = Pauses()
    assert [pauses.next() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    pauses.runs(True, 100.0)
    pauses.runs(True, 100.0 + SETTLED_S - 1)
    assert pauses.next() == MOST_S
    pauses.runs(True, 200.0)
    pauses.runs(False, 210.0)
    pauses.runs(True, 220.0)
    pauses.runs(True, 200.0 + SETTLED_S)
    assert pauses.next() == MOST_S
    pauses.runs(True, 300.0)
    pauses.runs(True, 300.0 + SETTLED_S)
    assert pauses.next() == FIRST_S


@pytest.mark.parametrize("state", State)
def test_each_state_has_a_word_and_a_shape_of_its_own(qtbot: QtBot, state: State) -> None:
    others = [band_look(other) for other in State if other is not state]
    look = band_look(state)
    assert look.word not in [other.word for other in others]
    assert look.word == look.word.upper()
    band = Band()
    qtbot.addWidget(band)
    band.setStyleSheet(theme.style_sheet(20))
    band.resize(1920, 100)
    band.scale(20, 1080)
    band.set_look(look, "Something.")
    assert band.grab().toImage().pixelColor(5, 5) == look.tone.fill
    assert band.height() == 140


def test_a_fault_looks_like_nothing_else() -> None:
    fills = {state: band_look(state).tone.fill.name() for state in State}
    assert list(fills.values()).count(fills[State.ERROR]) == 1


def test_the_pointer_hides_when_it_is_still(qtbot: QtBot, qapp: Any) -> None:
    pointer = Pointer()
    pointer._timer.setInterval(20)
    pointer.hold()
    qtbot.waitUntil(lambda: pointer.hidden)
    assert qapp.overrideCursor().shape() == Qt.BlankCursor
    pointer.release()
    assert qapp.overrideCursor() is None


def test_it_ends_in_order_when_it_is_told_to(kiosk: Kiosk, station: Any, qtbot: QtBot) -> None:
    began = time.monotonic()
    with qtbot.waitSignal(kiosk.finished):
        kiosk.end()
    assert station.stopped == 1
    assert time.monotonic() - began < 2
