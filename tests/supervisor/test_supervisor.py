"""A supervisor with real child processes: what the plant is told whatever they do."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import inspector.supervisor.child
import inspector.supervisor.life
from inspector.errors import InputError
from inspector.plant.signals import Choose, Phase, Signals, Trigger
from inspector.supervisor.child import Child
from inspector.supervisor.notifier import Notifier
from inspector.supervisor.supervisor import Supervisor
from tests.supervisor.recording import PATIENCE_S, RecordingOutput, until

PROGRAM = (sys.executable, str(Path(__file__).with_name("pretender.py")))


class Supervised:
    """A supervisor on a thread of its own; its children behave as the recipe is called."""

    def __init__(self, manner: str, output: RecordingOutput | None = None, program: Sequence[str] = PROGRAM) -> None:
        self._program = program
        self.output = output or RecordingOutput()
        self.said: list[str] = []
        self.chosen: list[str] = []
        self.error: Exception | None = None
        self.supervisor = Supervisor(
            self._command, manner, [self.output], choose=self._choose, say=self.said.append, notifier=Notifier("")
        )
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        self.supervisor.stop()
        self._thread.join(PATIENCE_S)

    @property
    def child(self) -> Child:
        until(lambda: self.supervisor._child is not None)
        assert self.supervisor._child is not None
        return self.supervisor._child

    def kill(self, number: int) -> None:
        os.kill(self.child._process.pid, number)

    def until(self, phase: Phase) -> Signals:
        until(lambda: self.output.now.phase is phase)
        return self.output.now

    def _command(self, recipe: str) -> Sequence[str]:
        return [*self._program, recipe]

    def _choose(self, recipe: str) -> None:
        if recipe == "nothing":
            raise InputError("There is no recipe 'nothing'.")
        self.chosen.append(recipe)

    def _run(self) -> None:
        try:
            self.supervisor.run()
        except Exception as error:
            self.error = error


@pytest.fixture
def supervised() -> Iterator[list[Supervised]]:
    """What a test puts in here is ended."""
    begun: list[Supervised] = []
    yield begun
    for one in begun:
        one.end()


def begin(
    begun: list[Supervised], manner: str, output: RecordingOutput | None = None, program: Sequence[str] = PROGRAM
) -> Supervised:
    begun.append(Supervised(manner, output, program))
    return begun[-1]


def test_a_healthy_child_is_ready_passes_and_beats(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    station.until(Phase.RUNNING)
    until(lambda: station.output.now.passed)
    beats = station.output.now.heartbeat
    until(lambda: station.output.now.heartbeat > beats + 3)
    assert station.output.told == [{"id": "i1"}]
    phases = list(dict.fromkeys(signals.phase for _, signals in station.output.shown))
    assert phases == [Phase.STARTING, Phase.RUNNING]


def test_a_trigger_of_the_plant_reaches_the_station_and_its_result_the_plant(supervised: list[Supervised]) -> None:
    station = begin(supervised, "asked")
    station.until(Phase.RUNNING)
    for _ in range(100):
        station.output.requests.put(Trigger("S1", "t1"))
    until(lambda: station.output.now.result_valid)
    assert (station.output.now.trigger, station.output.now.serial, station.output.now.passed) == ("t1", "S1", True)
    assert any(signals.busy for _, signals in station.output.shown)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_child_that_is_killed_is_safe_and_comes_back(supervised: list[Supervised], number: int) -> None:
    station = begin(supervised, "healthy")
    until(lambda: station.output.now.passed)
    station.kill(number)
    signals = station.until(Phase.FAULT)
    assert not signals.passed
    station.until(Phase.RUNNING)
    beats = [signals.heartbeat for _, signals in station.output.shown]
    assert beats == sorted(beats)


@pytest.mark.parametrize(
    ("manner", "said"),
    [("garbage", "cannot be understood"), ("replay", "report 0 came where 1 was due")],
)
def test_a_child_that_says_nonsense_is_ended(supervised: list[Supervised], manner: str, said: str) -> None:
    station = begin(supervised, manner)
    first = station.child
    until(lambda: any(said in signals.message for _, signals in station.output.shown))
    until(lambda: station.child is not first)
    assert first.ended()


def test_why_a_child_ended_is_told(supervised: list[Supervised]) -> None:
    station = begin(supervised, "complains")
    until(lambda: station.output.now.message == "There is no recipe 'lid'.")
    assert station.output.now.phase is Phase.FAULT


def test_a_child_that_falls_silent_is_safe_and_then_given_up(
    supervised: list[Supervised], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.supervisor.life, "DEAF_S", 1.3)
    station = begin(supervised, "silent")
    first = station.child
    until(lambda: station.output.now.passed)
    until(lambda: not station.output.now.passed)
    until(lambda: station.child is not first)


def test_a_child_that_lets_go_of_the_line_is_safe_at_once_and_then_killed(
    supervised: list[Supervised], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.supervisor.child, "PATIENCE_S", 0.3)
    station = begin(supervised, "lets_go")
    first = station.child
    until(lambda: "broke off" in station.output.now.message)
    assert not station.output.now.passed
    until(lambda: station.child is not first)


def test_the_plant_chooses_another_recipe(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    until(lambda: station.output.now.passed)
    station.output.requests.put(Choose("nothing"))
    until(lambda: "There is no recipe 'nothing'." in station.said)
    assert station.output.now.message == "There is no recipe 'nothing'."
    first = station.child
    station.output.requests.put(Choose("healthy"))
    station.output.requests.put(Choose("last_word"))
    until(lambda: station.child is not first)
    assert station.chosen == ["last_word"]
    station.until(Phase.RUNNING)
    assert not station.output.now.message
    assert not any(signals.fault for _, signals in station.output.shown[-5:])


def test_of_wishes_at_once_the_last_one_counts(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    until(lambda: station.output.now.passed)
    for recipe in ("last_word", "healthy", "last_word"):
        station.output.requests.put(Choose(recipe))
    until(lambda: bool(station.chosen))
    station.until(Phase.RUNNING)
    assert station.chosen[-1] == "last_word"


def test_a_refused_choice_is_forgotten_once_the_one_that_runs_is_chosen(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    until(lambda: station.output.now.passed)
    station.output.requests.put(Choose("nothing"))
    until(lambda: station.output.now.message == "There is no recipe 'nothing'.")
    station.output.requests.put(Choose("healthy"))
    until(lambda: not station.output.now.message)


def test_what_is_decided_while_it_ends_is_told_and_shown_as_stopped(supervised: list[Supervised]) -> None:
    station = begin(supervised, "last_word")
    station.until(Phase.RUNNING)
    station.end()
    assert station.output.told == [{"id": "the last"}]
    assert (station.output.now.phase, station.output.now.message) == (Phase.STOPPED, "The station was stopped.")


def test_a_child_that_cannot_be_started_is_told_and_tried_again(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy", program=("/nowhere/python",))
    until(lambda: station.output.now.message == "The station cannot be started: No such file or directory.")


def test_an_output_that_breaks_ends_the_supervisor_and_its_child(supervised: list[Supervised]) -> None:
    class Breaking(RecordingOutput):
        def show(self, signals: Signals) -> None:
            super().show(signals)
            if signals.passed:
                raise RuntimeError("the moon fell")

    station = begin(supervised, "healthy", Breaking())
    child = station.child
    until(lambda: station.error is not None)
    assert str(station.error) == "the moon fell"
    assert child.ended()


def test_a_fault_of_an_output_is_told_where_nothing_else_is(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    station.until(Phase.RUNNING)
    station.output.fault = "The broker does not answer."
    until(lambda: station.output.now.message == "The broker does not answer.")
    assert (station.output.now.ready, station.output.now.fault) == (True, False)


def test_whoever_stands_at_the_station_is_told_of_it_too(supervised: list[Supervised]) -> None:
    station = begin(supervised, "repeats")
    station.output.fault = "The broker does not answer."
    until(lambda: station.output.now.message == "read: The broker does not answer.")


def test_a_stopped_child_takes_the_pass_along(supervised: list[Supervised]) -> None:
    station = begin(supervised, "healthy")
    until(lambda: station.output.now.passed)
    station.kill(signal.SIGSTOP)
    until(lambda: not station.output.now.ready)
    assert not station.output.now.passed
    station.kill(signal.SIGCONT)
    station.until(Phase.RUNNING)
    assert not station.output.now.result_valid
