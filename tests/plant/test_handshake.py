"""The handshake, step by step, and whatever the order of its steps."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inspector.inspection.verdict import Verdict
from inspector.plant.handshake import Handshake, readable, without_result
from inspector.plant.signals import SAFE, Acknowledge, Phase, Signals, Trigger
from tests.plant.peers import BUSY, READY, result


def ready_one(free: bool = False) -> Handshake:
    """A handshake that is ready, with a PLC that has said that it asks for nothing."""
    handshake = Handshake("test", free)
    handshake.level(False)
    handshake.hear(READY)
    assert handshake.shown().ready
    return handshake


def ask(handshake: Handshake, serial: str = "") -> Trigger:
    asked = handshake.level(True, serial)
    assert isinstance(asked, Trigger)
    return asked


def test_one_inspection_from_trigger_to_acknowledgement() -> None:
    handshake = ready_one()
    trigger = ask(handshake, "SN-1")
    assert trigger.serial == "SN-1"
    assert handshake.shown() == replace(READY, ready=False, busy=True)
    handshake.hear(BUSY)
    answer = result(Verdict.OK, trigger.id, serial="SN-1")
    handshake.hear(answer)
    assert handshake.shown() == answer
    handshake.hear(READY)  # the station has gone on
    assert handshake.shown() == replace(answer, phase=Phase.READY)
    assert handshake.level(False) == Acknowledge()
    assert not handshake.shown().ready
    handshake.hear(READY)
    assert handshake.shown() == READY


@pytest.mark.parametrize("verdict", [Verdict.NOT_OK, Verdict.NOT_DECIDABLE])
def test_what_is_not_ok_is_no_pass(verdict: Verdict) -> None:
    handshake = ready_one()
    handshake.hear(result(verdict, ask(handshake).id))
    assert handshake.shown().result_valid
    assert not handshake.shown().passed
    assert handshake.shown().code == verdict


def test_a_level_that_stays_is_no_edge() -> None:
    handshake = ready_one()
    ask(handshake)
    assert handshake.level(True) is None
    assert handshake.level(False) == Acknowledge()
    assert handshake.level(False) is None


def test_the_result_of_another_trigger_is_not_shown() -> None:
    handshake = ready_one()
    first = ask(handshake)
    handshake.level(False)  # the PLC gave up
    handshake.hear(READY)
    second = ask(handshake)
    assert first.id != second.id
    for late in (first.id, "", "other"):
        handshake.hear(result(Verdict.OK, late))
        assert not handshake.shown().result_valid
        assert handshake.shown().busy


def test_a_trigger_that_was_there_before_the_program_starts_nothing() -> None:
    handshake = Handshake("test")
    handshake.hear(READY)
    assert handshake.level(True) is None
    assert handshake.refused
    assert not handshake.shown().ready
    handshake.level(False)
    handshake.hear(READY)
    ask(handshake)


def test_a_trigger_while_not_ready_is_refused_until_it_falls() -> None:
    handshake = ready_one()
    handshake.hear(replace(READY, ready=False))
    assert handshake.level(True) is None
    assert handshake.refused
    handshake.hear(READY)
    assert not handshake.shown().ready
    assert handshake.level(False) is None
    assert not handshake.refused


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("trouble", [SAFE, replace(READY, phase=Phase.PROVING), replace(READY, phase=Phase.STOPPED)])
def test_trouble_ends_the_job_for_good(answered: bool, trouble: Signals) -> None:
    handshake = ready_one()
    trigger = ask(handshake)
    if answered:
        handshake.hear(result(Verdict.OK, trigger.id))
        assert handshake.shown().passed
    handshake.hear(trouble)
    assert not handshake.shown().result_valid
    handshake.hear(result(Verdict.OK, trigger.id))
    assert not handshake.shown().result_valid
    assert handshake.refused
    handshake.level(False)
    handshake.hear(READY)
    ask(handshake)


def test_a_trigger_that_the_station_refuses_is_refused_until_it_falls() -> None:
    handshake = ready_one()
    trigger = ask(handshake)
    handshake.hear(replace(READY, refused="another"))
    assert not handshake.refused
    handshake.hear(replace(READY, refused=trigger.id))
    assert handshake.refused
    assert not handshake.shown().ready
    assert handshake.level(False) is None
    handshake.hear(replace(READY, refused=trigger.id))
    assert handshake.shown().ready


def test_a_result_that_was_shown_is_not_refused_any_more() -> None:
    handshake = ready_one()
    trigger = ask(handshake)
    handshake.hear(result(Verdict.OK, trigger.id))
    handshake.hear(replace(READY, refused=trigger.id))
    assert handshake.shown().passed
    assert not handshake.refused


def test_only_who_was_heard_again_is_ready_again() -> None:
    handshake = ready_one()
    for _ in range(100):
        handshake.level(True)
        handshake.level(False)
    assert handshake.level(True) is None
    assert handshake.refused


def test_what_the_station_decides_by_itself_is_shown_to_who_wants_it() -> None:
    guarded, free = ready_one(), ready_one(free=True)
    for handshake in (guarded, free):
        handshake.hear(result())
    assert free.shown() == result()
    assert guarded.shown() == without_result(result())
    free.hear(result(trigger="another"))
    assert not free.shown().result_valid
    free.hear(READY)
    trigger = ask(free)
    free.hear(result())
    assert not free.shown().result_valid
    free.hear(result(Verdict.OK, trigger.id))
    assert free.shown().passed


def test_results_are_counted_once_each() -> None:
    handshake = ready_one(free=True)
    for number in (1, 1, 2, 2, 3):
        handshake.hear(result(number=number))
        handshake.hear(READY)
    assert handshake.results == 3


@pytest.mark.parametrize(
    ("text", "kept"),
    [(" SN-1 ", "SN-1"), ("a\nb\x00c", "a?b?c"), ("\u202eabc", "?abc"), ("Ä" * 100, "Ä" * 80), ("", "")],
)
def test_a_text_from_the_plant_is_made_readable(text: str, kept: str) -> None:
    assert readable(text) == kept


class AnyOrder(RuleBasedStateMachine):
    """A PLC, a station and time, in any order, beside a book that is kept of what may be shown."""

    @initialize(free=st.booleans())
    def begin(self, free: bool) -> None:
        self.free = free
        self.handshake = Handshake("test", free)
        self.high: bool | None = None
        self.heard = SAFE
        self.open: Trigger | None = None
        self.answer: Signals | None = None
        self.ids: list[str] = []

    @rule(high=st.booleans(), serial=st.text(max_size=70))
    def plc_writes(self, high: bool, serial: str) -> None:
        was_ready = self.handshake.shown().ready
        request = self.handshake.level(high, serial)
        rose, fell = high and self.high is False, self.high is True and not high
        self.high = high
        self._note(request, rose and was_ready, fell)

    @rule(serial=st.text(max_size=70))
    def client_calls(self, serial: str) -> None:
        was_ready = self.handshake.shown().ready
        self._note(self.handshake.begin(serial), was_ready, ended=False)

    @rule()
    def client_acknowledges(self) -> None:
        self._note(self.handshake.end(), began=False, ended=True)

    def _note(self, request: object, began: bool, ended: bool) -> None:
        assert isinstance(request, Trigger) is began
        assert isinstance(request, Acknowledge) is (ended and self.open is not None)
        if isinstance(request, Trigger):
            assert request.id not in self.ids
            self.ids.append(request.id)
            self.open, self.answer = request, None
        if ended:
            self.open = self.answer = None

    @rule(verdict=st.sampled_from(Verdict), whose=st.integers(-3, 1), number=st.integers(0, 3), beat=st.integers(0, 9))
    def station_has_a_result(self, verdict: Verdict, whose: int, number: int, beat: int) -> None:
        trigger = self.ids[whose] if whose < 0 and len(self.ids) >= -whose else ("", "other")[whose % 2]
        self._hear(replace(result(verdict, trigger, number), heartbeat=beat))

    @rule(phase=st.sampled_from(Phase), ready=st.booleans(), busy=st.booleans())
    def station_says(self, phase: Phase, ready: bool, busy: bool) -> None:
        self._hear(replace(READY, phase=phase, ready=ready, busy=busy))

    @rule()
    def station_fails(self) -> None:
        self._hear(SAFE)

    @precondition(lambda self: self.open is not None)
    @rule(verdict=st.sampled_from(Verdict))
    def station_answers(self, verdict: Verdict) -> None:
        assert self.open is not None
        self._hear(result(verdict, self.open.id))

    def _hear(self, signals: Signals) -> None:
        self.heard = signals
        self.handshake.hear(signals)
        if signals.fault or signals.phase not in (Phase.READY, Phase.RUNNING):
            self.open = self.answer = None
        elif self.open and self.answer is None and signals.result_valid and signals.trigger == self.open.id:
            self.answer = signals

    @invariant()
    def no_pass_but_of_the_trigger_that_waits_for_it(self) -> None:
        shown = self.handshake.shown()
        if self.answer is not None:
            expected = (True, self.answer.passed, self.answer.code, self.answer.inspection, self.answer.trigger)
        elif self.free and self.open is None and not self.heard.trigger:
            heard = self.heard
            expected = (heard.result_valid, heard.passed, heard.code, heard.inspection, "")
        else:
            expected = (False, False, 0, "", "")
        assert (shown.result_valid, shown.passed, shown.code, shown.inspection, shown.trigger) == expected

    @invariant()
    def busy_and_ready_say_what_is_awaited(self) -> None:
        shown = self.handshake.shown()
        if self.open is not None:
            assert not shown.ready
            assert shown.busy is (self.answer is None)
        if shown.ready:
            assert self.heard.ready
            assert not self.handshake.refused
        assert shown.fault == self.heard.fault
        assert shown.heartbeat == self.heard.heartbeat


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
