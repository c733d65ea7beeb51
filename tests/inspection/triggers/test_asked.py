"""One decision for each trigger: of frames taken after it, in time, and never none."""

from datetime import UTC, datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inspector.inspection.triggers.asked import NO_FRAME, Ask, Asked
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Decision
from inspector.recipe import Recipe, Vote
from tests.inspection.looks import RECIPE, saying
from tests.inspection.scripted import NOT_DECIDABLE, NOT_OK, OK, UNDEFINED

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
DELAY_S = 0.1


def recipe(**vote: Any) -> Recipe:
    asked = {"frames": 3, "agree": 2, "trigger": "asked", "decide_within_s": 2.0, **vote}
    return RECIPE.model_copy(update={"vote": Vote(**asked)})


def ask(time_s: float, by: str = "key", serial: str = "") -> Ask:
    return Ask(by, time_s, MOMENT, serial)


def add(asked: Asked, number: int, time_s: float, verdict: Verdict = OK) -> Decision | None:
    return asked.add(saying(number, verdict, time_s), time_s)


def test_without_a_trigger_nothing_is_decided() -> None:
    asked = Asked(recipe(), DELAY_S)
    assert not any(add(asked, i, i / 10) for i in range(50))
    assert asked.verdict is UNDEFINED


def test_a_trigger_begins_one_vote_of_frames_taken_after_it() -> None:
    asked = Asked(recipe(), DELAY_S)
    add(asked, 0, 0.9)
    assert asked.ask(ask(1.0, "file:a", "SN-1")) == ""
    decisions = [add(asked, 1 + i, 0.95 + i / 20) for i in range(20)]  # 0.95, 1.0, 1.05, 1.1: before, or too soon
    (decision,) = (d for d in decisions if d)
    assert (decision.first.number, decision.last.number) == (5, 6)
    assert (decision.verdict, decision.trigger, decision.serial) == (OK, "file:a", "SN-1")
    assert asked.verdict is OK


def test_a_second_trigger_is_refused_and_told_until_the_first_is_decided() -> None:
    asked = Asked(recipe(), DELAY_S)
    assert asked.ask(ask(1.0)) == ""
    assert asked.ask(ask(1.4)) == (
        "Busy: the trigger of 0.4 s ago is not decided yet. Trigger again after its verdict."
    )
    add(asked, 0, 1.5)
    assert add(asked, 1, 1.6) is not None
    assert asked.ask(ask(1.7)) == ""


def test_a_verdict_is_taken_back_when_the_next_trigger_comes() -> None:
    asked = Asked(recipe(), DELAY_S)
    asked.ask(ask(0.0))
    for i in range(5):
        add(asked, i, 0.2 + i / 10)
    assert asked.verdict is OK
    asked.ask(ask(1.0))
    assert asked.verdict is UNDEFINED


def test_an_ok_is_not_shown_once_the_frames_no_longer_say_so() -> None:
    asked = Asked(recipe(), DELAY_S)
    asked.ask(ask(0.0))
    for i in range(5):
        add(asked, i, 0.2 + i / 10)
    add(asked, 5, 0.8, NOT_OK)
    assert asked.verdict is OK
    add(asked, 6, 0.9, NOT_OK)
    assert asked.verdict is UNDEFINED


def test_no_frame_in_time_is_not_decidable_and_says_so() -> None:
    asked = Asked(recipe(), DELAY_S)
    asked.ask(ask(10.0, serial="SN-1"))
    assert asked.tick(12.1) is None
    decision = asked.tick(12.2)
    assert decision is not None
    assert decision.verdict is NOT_DECIDABLE
    assert (decision.first.number, decision.last.number, decision.first.taken_at) == (NO_FRAME, NO_FRAME, MOMENT)
    assert decision.findings[0].reason == "no picture came within 2 s of the trigger"
    assert decision.serial == "SN-1"
    assert asked.tick(20.0) is None


def test_a_fault_is_the_reason_where_no_frame_could_be_judged() -> None:
    asked = Asked(recipe(), DELAY_S)
    asked.ask(ask(10.0))
    add(asked, 0, 10.5)
    asked.clear("The picture is dark.")
    decision = asked.tick(13.0)
    assert decision is not None
    assert decision.findings[0].reason == "The picture is dark."


def test_frames_that_do_not_agree_in_time_are_not_decidable() -> None:
    asked = Asked(recipe(frames=3, agree=3), DELAY_S)
    asked.ask(ask(0.0))
    for i in range(6):
        assert add(asked, i, 0.2 + i / 10, (OK, NOT_OK)[i % 2]) is None
    decision = asked.tick(2.2)
    assert decision is not None
    assert (decision.first.number, decision.last.number) == (0, 5)
    assert decision.findings[0].reason == "not 3 of 3 pictures agreed within 2 s"


def test_a_frame_that_comes_too_late_decides_nothing_any_more() -> None:
    asked = Asked(recipe(), DELAY_S)
    asked.ask(ask(0.0))
    add(asked, 0, 0.2)
    decision = add(asked, 1, 2.2)
    assert decision is not None
    assert decision.verdict is NOT_DECIDABLE


def test_the_end_decides_what_is_pending() -> None:
    asked = Asked(recipe(), DELAY_S)
    assert asked.end("The station was ended.") is None
    asked.ask(ask(0.0))
    decision = asked.end("The station was ended.")
    assert decision is not None
    assert (decision.verdict, decision.findings[0].reason) == (NOT_DECIDABLE, "The station was ended.")


class Triggering(RuleBasedStateMachine):
    """Triggers, frames, faults and silence in any order: each trigger that is accepted comes to one decision."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked(recipe(), DELAY_S)
        self.now_s = 0.0
        self.number = 0
        self.accepted: list[Ask] = []
        self.decided: list[Decision] = []

    def took(self, decision: Decision | None) -> None:
        if decision is None:
            return
        self.decided.append(decision)
        mine = self.accepted[len(self.decided) - 1]
        assert (decision.trigger, decision.serial) == (mine.by, mine.serial)
        if decision.last.number != NO_FRAME:
            assert mine.time_s + DELAY_S < decision.first.time_s <= decision.last.time_s
        if decision.verdict is OK:
            assert decision.last.time_s <= mine.time_s + DELAY_S + 2.0

    @rule(by=st.sampled_from(["key", "timer", "plc"]), pause_s=st.floats(0, 0.5))
    def trigger(self, by: str, pause_s: float) -> None:
        self.now_s += pause_s
        wanted = ask(self.now_s, by, f"SN-{len(self.accepted)}")
        refused = self.asked.ask(wanted)
        assert refused.startswith("Busy") == (len(self.accepted) > len(self.decided))
        if not refused:
            self.accepted.append(wanted)

    @rule(verdict=st.sampled_from([OK, NOT_OK, NOT_DECIDABLE]), pause_s=st.floats(0, 0.8))
    def frame(self, verdict: Verdict, pause_s: float) -> None:
        self.now_s += pause_s
        self.number += 1
        self.took(add(self.asked, self.number, self.now_s, verdict))
        self.took(self.asked.tick(self.now_s))

    @rule(pause_s=st.floats(0, 3))
    def silence(self, pause_s: float) -> None:
        self.now_s += pause_s
        self.took(self.asked.tick(self.now_s))

    @rule()
    def fault(self) -> None:
        self.asked.clear("The picture is dark.")

    @precondition(lambda self: self.asked.pending)
    @rule()
    def patience(self) -> None:
        self.now_s += 2.2
        self.took(self.asked.tick(self.now_s))
        assert self.asked.pending is None

    @invariant()
    def each_accepted_trigger_has_one_decision_or_waits(self) -> None:
        waiting = int(self.asked.pending is not None)
        assert len(self.decided) + waiting == len(self.accepted)

    def teardown(self) -> None:
        self.took(self.asked.end("The end."))
        assert len(self.decided) == len(self.accepted)


TestTriggering = Triggering.TestCase


@pytest.mark.parametrize("count", [1000])
def test_a_flood_of_triggers_is_refused_but_for_one(count: int) -> None:
    asked = Asked(recipe(), DELAY_S)
    answers = [asked.ask(ask(i / count)) for i in range(count)]
    assert [bool(answer) for answer in answers] == [False, *[True] * (count - 1)]
    assert asked.tick(2.2) is not None
    assert asked.pending is None
