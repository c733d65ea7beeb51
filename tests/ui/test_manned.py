"""What is put around a station: it hears in order, and is let go of once the station has ended."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from inspector.errors import MachineError
from inspector.inspection.verdict import Inspection, Verdict
from inspector.plant.signals import Prove, Trigger
from inspector.supervisor.manned import Manned, Supervised


class Told:
    """A supervisor's ear."""

    def __init__(self, said: list[str]) -> None:
        self._said = said
        self.watched: tuple[Any, ...] = ()

    def watch(self, *about: Any) -> None:
        self.watched = about

    def tell(self, inspection: Inspection) -> None:
        self._said.append("supervisor")


class Around:
    """A station by hand with what is around it."""

    def __init__(self, station: Any) -> None:
        self.said: list[str] = []
        self.told = Told(self.said)
        stack = ExitStack()
        stack.callback(self.said.append, "let go")
        supervised: Any = Supervised(self.told, "gearbox", "b-1")  # type: ignore[arg-type]
        self.manned = Manned(station.opened, (), self.hear, self.said.append, stack, supervised)

    def hear(self, inspection: Inspection) -> None:
        self.said.append("screen")


@pytest.fixture
def around(station: Any) -> Around:
    return Around(station)


def test_the_supervisor_hears_before_the_screen(
    around: Around, station: Any, inspected: Callable[[Verdict], Inspection]
) -> None:
    around.manned.start()
    station.deliver(inspected(Verdict.OK))
    assert around.said == ["supervisor", "screen"]
    view, recipe, bundle, _ = around.told.watched
    assert (view(), recipe, bundle) == (station.now, "gearbox", "b-1")


def test_the_plant_asks_the_station(around: Around, station: Any) -> None:
    around.manned.start()
    ask = around.told.watched[3]
    station.refusal = "Busy."
    assert ask(Trigger("4711", id="7", at_s=12.5)) == "Busy."
    assert station.asked_s == 12.5
    assert ask(Prove()) == ""
    assert station.asked == [("trigger", "4711", "plc:7"), ("prove", "plant")]


def test_what_is_around_it_stays_until_it_was_stopped_and_has_ended(around: Around, station: Any) -> None:
    around.manned.start()
    assert not around.manned.wait(0)
    station.over = True
    assert around.manned.wait(0)
    assert around.said == []
    around.manned.stop()
    assert around.manned.wait(1.0)
    assert around.said == ["let go"]


def test_it_is_let_go_of_also_after_a_failure(around: Around, station: Any) -> None:
    def fail(timeout_s: float | None = None) -> bool:
        raise MachineError("The disk is full.")

    station.wait = fail
    around.manned.stop()
    with pytest.raises(MachineError):
        around.manned.wait(1.0)
    assert around.said == ["let go"]


def test_one_that_does_not_start_keeps_nobody_else_out(around: Around, station: Any) -> None:
    def fail() -> None:
        raise MachineError("The disk is full.")

    station.start = fail
    with pytest.raises(MachineError):
        around.manned.start()
    assert around.said == ["let go"]
