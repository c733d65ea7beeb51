"""The PIN pad on a real register: who is let in, what is refused, and how long it is waited."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.people.audit import audit_of
from inspector.people.pause import FREE
from inspector.people.register import Register
from inspector.people.role import Role
from inspector.people.session import Session
from inspector.settings import Workspace
from tests.people.cheap import cheap_pins
from ui import theme
from ui.errands import Errands
from ui.widgets.pin_pad import PinPad

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PIN = "481516"


class Asked:
    """A pad over a page, which asks for `ann` and `bob`."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        register = Register(workspace.folder)
        register.add("ann", Role.ENGINEER, PIN)
        register.add("bob", Role.OPERATOR, "271828")
        self.session = Session(register, audit_of(workspace), 60.0)
        self.page, self.errands, self.entered = QWidget(), Errands("pins"), []
        over = QWidget(self.page)
        over.resize(700, 560)
        self.pad = PinPad(over, self.errands, self.session)
        self.pad.entered.connect(self.entered.append)
        qtbot.addWidget(self.page, before_close_func=lambda _: self.close(qtbot))
        self.page.setStyleSheet(theme.style_sheet(15))
        self.page.resize(800, 600)
        self.page.show()

    def close(self, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.errands.ended):
            self.errands.close()


@pytest.fixture
def asked(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Asked:
    cheap_pins(monkeypatch)
    return Asked(qtbot, workspace)


def test_the_right_pin_lets_in_by_its_keys_and_is_forgotten(asked: Asked, qtbot: QtBot) -> None:
    asked.pad.ask("Mark a verdict as wrong")
    for digit in PIN:
        asked.pad.keys[digit].click()
    assert asked.pad.places.count == 6
    with qtbot.waitSignal(asked.pad.entered):
        asked.pad.enter.click()
        assert asked.pad.places.count == 0
    assert asked.entered == ["ann"]
    assert asked.session.who == "ann"
    assert asked.pad.isHidden()


def test_it_is_typed_on_the_keyboard_too(asked: Asked, qtbot: QtBot) -> None:
    asked.pad.ask("Leave the kiosk")
    asked.pad.name.setCurrentText("bob")
    qtbot.keyClicks(asked.pad, "2718289")
    qtbot.keyClick(asked.pad, Qt.Key_Backspace)
    with qtbot.waitSignal(asked.pad.entered):
        qtbot.keyClick(asked.pad, Qt.Key_Return)
    assert asked.session.who == "bob"


def test_a_wrong_pin_is_said_and_after_some_there_is_a_pause(asked: Asked, qtbot: QtBot) -> None:
    asked.pad.ask("Leave the kiosk")
    for _ in range(FREE):
        assert asked.pad.enter.isEnabled()
        qtbot.keyClicks(asked.pad, "999991")
        qtbot.keyClick(asked.pad, Qt.Key_Return)
        qtbot.waitUntil(lambda: not asked.errands.busy)
        assert asked.pad.refusal
    assert "Next try in 30 s" in asked.pad.refusal
    assert not asked.pad.enter.isEnabled()
    qtbot.keyClicks(asked.pad, PIN)
    assert asked.pad.places.count == 0
    assert not asked.entered
    asked.pad.name.setCurrentText("bob")
    assert asked.pad.enter.isEnabled()
    assert asked.pad.refusal == ""


def test_whoever_sent_it_away_is_not_let_in(asked: Asked, qtbot: QtBot) -> None:
    asked.pad.ask("Leave the kiosk")
    qtbot.keyClicks(asked.pad, PIN)
    qtbot.keyClick(asked.pad, Qt.Key_Return)
    asked.pad.go()
    qtbot.waitUntil(lambda: not asked.errands.busy)
    assert not asked.entered
    assert asked.session.who == ""


def test_it_goes_away_by_itself(asked: Asked, qtbot: QtBot) -> None:
    asked.pad._patience.setInterval(30)
    asked.pad.ask("Leave the kiosk")
    with qtbot.waitSignal(asked.pad.gone):
        pass
    assert asked.pad.isHidden()


@pytest.mark.parametrize("em", [15, 40])
def test_keys_are_large_enough_for_a_glove(asked: Asked, em: int) -> None:
    asked.page.setStyleSheet(theme.style_sheet(em))
    asked.page.findChild(QWidget).resize(60 * em, 40 * em)
    asked.pad.ask("Leave the kiosk")
    asked.page.grab()
    for key in (*asked.pad.keys.values(), asked.pad.back, asked.pad.enter):
        assert min(key.width(), key.height()) >= theme.TOUCH * em
