"""Errands run in order on one thread; what they gave comes back in the GUI thread."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from inspector.errors import InputError, InspectorError
from ui.errands import Errands


@pytest.fixture
def errands(qtbot: QtBot) -> Errands:
    return Errands("test")


def end(qtbot: QtBot, errands: Errands) -> None:
    with qtbot.waitSignal(errands.ended):
        errands.close()


def test_what_errands_gave_comes_back_in_order_and_in_this_thread(qtbot: QtBot, errands: Errands) -> None:
    heard: list[tuple[int, bool, bool]] = []
    here = threading.current_thread()

    def note(value: tuple[int, bool]) -> None:
        heard.append((*value, threading.current_thread() is here))

    for number in range(5):
        errands.run(lambda n=number: (n, threading.current_thread() is here), note, pytest.fail)
    assert errands.busy
    qtbot.waitUntil(lambda: not errands.busy)
    assert heard == [(number, False, True) for number in range(5)]
    end(qtbot, errands)


def test_a_failure_is_told_and_the_next_errand_runs(qtbot: QtBot, errands: Errands) -> None:
    told: list[InspectorError] = []

    def refuse() -> None:
        raise InputError("Say which.")

    def fault() -> None:
        raise ZeroDivisionError

    done: list[int] = []
    errands.run(refuse, pytest.fail, told.append)
    errands.run(fault, pytest.fail, told.append)
    errands.run(lambda: 3, done.append, told.append)
    end(qtbot, errands)
    assert str(told[0]) == "Say which."
    assert "ZeroDivisionError" in str(told[1])
    assert done == [3]


def test_closing_lets_what_was_wanted_be_done(qtbot: QtBot, errands: Errands) -> None:
    go_on, done = threading.Event(), list[bool]()
    errands.run(lambda: go_on.wait(10), done.append, pytest.fail)
    errands.close()
    assert not done
    with qtbot.waitSignal(errands.ended):
        go_on.set()
    assert done == [True]
    end(qtbot, errands)


def test_what_an_errand_leads_to_after_the_end_was_asked_for_holds_nothing_up(qtbot: QtBot, errands: Errands) -> None:
    go_on, done = threading.Event(), list[int]()
    errands.run(lambda: go_on.wait(10), lambda _: errands.run(lambda: 1, done.append, pytest.fail), pytest.fail)
    with qtbot.waitSignal(errands.ended):
        errands.close()
        go_on.set()
    assert not errands.busy
    assert not done
