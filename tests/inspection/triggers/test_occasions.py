"""From frames, triggers and scans to decisions with serial numbers."""

from datetime import UTC, datetime
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inspector.frame import Image, freeze
from inspector.inspection.triggers.asked import Ask
from inspector.inspection.triggers.occasions import Occasions
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Decision
from inspector.recipe import Vote
from inspector.serial import Serial
from inspector.triggers import Triggers
from tests.inspection.looks import RECIPE, saying
from tests.inspection.scripted import NOT_DECIDABLE, NOT_OK, OK, UNDEFINED, picture

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TRIGGERS = Triggers(delay_s=0.0, holds_s=30.0)
GREY = picture(1, 0)


def moving(x: int) -> Image:
    """Something bright at that column, which was elsewhere before."""
    image = np.full((48, 64, 3), 90, np.uint8)
    image[10:30, x : x + 20] = 220
    return freeze(image)


class Bench:
    """A recipe's occasions with a clock, and codes that the pictures show."""

    def __init__(self, serial: dict[str, Any] | None = None, **vote: Any) -> None:
        asked = Vote(**{"frames": 3, "agree": 2, "decide_within_s": 2.0, **vote})
        self.recipe = RECIPE.model_copy(update={"vote": asked, "serial": Serial.model_validate(serial or {})})
        self.shown: tuple[str, ...] = ()
        self.read = 0
        self.occasions = Occasions(self.recipe, TRIGGERS, read=self._read)
        self.now_s = 0.0
        self.number = 0

    def _read(self, image: Image, serial: Serial) -> tuple[str, ...]:
        self.read += 1
        return self.shown

    def ask(self, by: str = "key", serial: str = "") -> str:
        return self.occasions.ask(Ask(by, self.now_s, MOMENT, serial))

    def scan(self, serial: str) -> Receipt:
        return self.occasions.scan(serial, self.now_s)

    def frame(self, verdict: Verdict = OK, image: Image = GREY) -> Decision | None:
        """A tenth of a second later."""
        self.now_s += 0.1
        self.number += 1
        return self.occasions.add({"": image}, saying(self.number, verdict, self.now_s), self.now_s)

    def watch(self, *images: Image) -> None:
        """Frames that must not vote."""
        for image in images:
            self.now_s += 0.1
            self.number += 1
            self.occasions.watch({"": image}, saying(self.number, OK, self.now_s))

    def frames(self, count: int, verdict: Verdict = OK) -> list[Decision]:
        return [decision for _ in range(count) if (decision := self.frame(verdict))]


@pytest.mark.parametrize("trigger", ["continuous", "rest", "workpiece"])
def test_a_recipe_that_does_not_wait_refuses_triggers_and_names_its_own(trigger: str) -> None:
    bench = Bench(trigger=trigger)
    assert bench.ask() == "The recipe 'box' waits for no trigger. Set 'trigger: asked' in its vote."
    decisions = bench.frames(12)
    assert decisions
    assert {decision.trigger for decision in decisions} == {trigger}


def test_an_asked_decision_bears_who_asked_and_its_serial_number() -> None:
    bench = Bench(trigger="asked")
    assert bench.frames(5) == []
    assert bench.ask("file:a.txt", "A-1") == ""
    assert bench.occasions.busy
    (decision,) = bench.frames(5)
    assert (decision.trigger, decision.serial, decision.verdict) == ("file:a.txt", "A-1", OK)
    assert not bench.occasions.busy


def test_a_trigger_with_a_wrong_number_is_refused_and_leaves_the_station_free() -> None:
    bench = Bench({"pattern": "A-[0-9]"}, trigger="asked")
    assert "'B' is no serial number" in bench.ask(serial="B")
    assert bench.ask(serial="A-1") == ""


def test_codes_are_read_only_while_a_vote_is_on_and_only_until_one_is_there() -> None:
    bench = Bench({"codes": ["qr"]}, trigger="asked", frames=5, agree=5)
    bench.frames(10)
    assert bench.read == 0
    bench.ask()
    bench.frames(3)
    assert bench.read == 3
    bench.shown = ("A-1",)
    (decision,) = bench.frames(2)
    assert (bench.read, decision.serial) == (4, "A-1")


def test_what_moves_away_takes_its_code_along() -> None:
    bench = Bench({"codes": ["qr"]}, trigger="rest", frames=5, agree=5)
    bench.shown = ("A-1",)
    bench.frames(6)
    assert bench.read == 1
    bench.shown = ()
    for x in (0, 20, 40):
        bench.frame(image=moving(x))
    (decision,) = bench.frames(12)
    assert decision.serial == ""


@pytest.mark.parametrize("trigger", ["rest", "workpiece"])
def test_what_moves_in_frames_that_must_not_vote_takes_code_and_verdict_along(trigger: str) -> None:
    bench = Bench({"codes": ["qr"]}, trigger=trigger, still_s=0)
    bench.shown = ("A-1",)
    (first,) = bench.frames(8)
    assert (first.serial, bench.occasions.verdict) == ("A-1", OK)
    bench.watch(moving(20), picture(1, 1), picture(1, 2), picture(1, 3), picture(1, 4))
    assert bench.occasions.verdict is UNDEFINED
    bench.shown = ("A-2",)
    (second,) = bench.frames(8, NOT_OK)
    assert (second.verdict, second.serial) == (NOT_OK, "A-2")


def test_a_decision_does_not_wait_for_its_number_while_it_is_exchanged_in_frames_that_must_not_vote() -> None:
    bench = Bench({"needed": True}, trigger="rest")
    assert bench.frames(8) == []
    bench.watch(moving(20))
    decision = bench.occasions.tick(bench.now_s)
    assert decision is not None
    assert (decision.verdict, decision.serial) == (NOT_DECIDABLE, "")


def test_a_decision_waits_for_the_number_that_it_needs() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    assert bench.frames(10) == []
    assert bench.occasions.busy
    assert bench.occasions.verdict is UNDEFINED
    assert bench.ask() == "Busy: the last inspection waits for its serial number. Scan it, then trigger again."
    bench.scan("A-1")
    (decision,) = bench.frames(1)
    assert (decision.verdict, decision.serial, decision.first.number, decision.last.number) == (OK, "A-1", 1, 11)
    assert bench.occasions.verdict is OK


def test_a_number_that_comes_with_a_frame_that_does_not_agree_waits_for_one_that_does() -> None:
    bench = Bench({"needed": True}, trigger="asked", frames=5, agree=3)
    bench.ask()
    bench.frames(5)
    bench.scan("A-1")
    assert bench.frame(NOT_DECIDABLE) is None
    decision = bench.frame(OK)
    assert decision is not None
    assert decision.verdict is OK


def test_a_number_that_does_not_come_makes_it_not_decidable() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    (decision,) = bench.frames(30)
    assert (decision.verdict, decision.serial) == (NOT_DECIDABLE, "")
    assert decision.last.time_s - decision.first.time_s < 2.0


@pytest.mark.parametrize("scanned", ["ahead", "in_place"])
def test_a_number_that_comes_too_late_shifts_no_other(scanned: str) -> None:
    """Each is asked for and then scanned; the first scan comes after its inspection is over."""
    bench = Bench({"needed": True, "scanned": scanned}, trigger="asked")
    named = []
    for serial, late in (("A-1", True), ("A-2", False), ("A-3", False)):
        bench.ask()
        named += bench.frames(30 if late else 5)
        assert bench.scan(serial).taken is not late
        named += bench.frames(5)
    assert [(d.verdict, d.serial) for d in named] == [(NOT_DECIDABLE, ""), (OK, "A-2"), (OK, "A-3")]


def test_scanned_in_place_a_number_counts_from_the_trigger_on() -> None:
    bench = Bench({"needed": True, "scanned": "in_place"}, trigger="asked")
    bench.frames(3)
    assert not bench.scan("A-0").taken
    bench.ask()
    assert bench.scan("A-1").taken
    bench.occasions.clear("The picture is dark.")
    (decision,) = bench.frames(5)
    assert (decision.verdict, decision.serial) == (OK, "A-1")


@pytest.mark.parametrize(("scanned", "named"), [("ahead", "A-1"), ("in_place", "")])
def test_scanned_in_place_a_number_goes_when_something_moves(scanned: str, named: str) -> None:
    bench = Bench({"scanned": scanned}, trigger="rest", frames=5, agree=5)
    bench.frames(6)
    assert bench.scan("A-1").taken
    bench.frame(image=moving(20))
    (decision,) = bench.frames(12)
    assert decision.serial == named


def test_a_number_that_does_not_come_is_told_without_frames_too() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    bench.frames(3)
    assert bench.occasions.tick(bench.now_s + 1.0) is None
    decision = bench.occasions.tick(bench.now_s + 2.0)
    assert decision is not None
    assert decision.verdict is NOT_DECIDABLE


def test_what_is_no_longer_true_does_not_wait_for_its_number() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    assert bench.frames(3, OK) == []
    (decision,) = bench.frames(3, NOT_OK)
    assert (decision.verdict, decision.serial) == (NOT_DECIDABLE, "")


def test_after_a_fault_nothing_waits() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    bench.frames(3)
    bench.occasions.clear("The picture is dark.")
    bench.scan("A-1")
    decision = bench.occasions.tick(bench.now_s)
    assert decision is not None
    assert (decision.verdict, decision.serial) == (NOT_DECIDABLE, "")


def test_back_to_back_votes_wait_as_one() -> None:
    bench = Bench({"needed": True})
    assert bench.frames(15) == []
    bench.scan("A-1")
    (decision,) = bench.frames(1)
    assert (decision.first.number, decision.last.number, decision.serial) == (1, 16, "A-1")


@pytest.mark.parametrize("trigger", ["asked", "continuous", "rest", "workpiece"])
def test_no_ok_is_shown_of_a_workpiece_whose_number_is_not_in_order(trigger: str) -> None:
    bench = Bench({"codes": ["qr"]}, trigger=trigger, still_s=0)
    bench.shown = ("A-1", "A-2")
    bench.ask()
    decisions = bench.frames(8)
    assert {decision.verdict for decision in decisions} == {NOT_DECIDABLE}
    assert bench.occasions.verdict is NOT_DECIDABLE


def test_no_ok_is_shown_of_a_workpiece_whose_number_never_came() -> None:
    bench = Bench({"needed": True}, trigger="workpiece", still_s=0)
    (decision,) = bench.frames(40)
    assert decision.verdict is NOT_DECIDABLE
    assert bench.occasions.verdict is NOT_DECIDABLE


def test_a_proved_fault_says_so_without_a_number() -> None:
    bench = Bench({"needed": True}, trigger="asked")
    bench.ask()
    (decision,) = bench.frames(30, NOT_OK)
    assert (decision.verdict, decision.serial) == (NOT_OK, "")


def test_pictures_that_stand_alone_wait_for_nothing() -> None:
    bench = Bench({"needed": True, "codes": ["qr"]}, trigger="asked")
    bench.occasions.alone()
    assert "waits for no trigger" in bench.ask()
    bench.shown = ("A-1",)
    assert [(d.verdict, d.serial) for d in bench.frames(1)] == [(OK, "A-1")]
    bench.shown = ()
    assert [(d.verdict, d.serial) for d in bench.frames(1)] == [(NOT_DECIDABLE, "")]


def test_the_end_decides_what_is_open_and_accepts_nothing_more() -> None:
    for frames in (0, 3):
        bench = Bench({"needed": True}, trigger="asked")
        bench.ask()
        bench.frames(frames)
        decision = bench.occasions.end("The station was ended.", bench.now_s)
        assert decision is not None
        assert decision.verdict is NOT_DECIDABLE
        assert bench.ask() == "The station was ended."
        assert not bench.occasions.busy


class Occurring(RuleBasedStateMachine):
    """Whatever happens in whatever order: each accepted trigger comes to one decision, with its own number or none."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench({"needed": True, "codes": ["qr"]}, trigger="asked")
        self.accepted: list[str] = []
        self.decided: list[Decision] = []

    def took(self, decision: Decision | None) -> None:
        if decision is not None:
            self.decided.append(decision)
            assert decision.trigger == self.accepted[len(self.decided) - 1]
            assert decision.verdict is not OK or decision.serial

    @rule(told=st.booleans())
    def trigger(self, told: bool) -> None:
        by = f"file:{len(self.accepted)}"
        refused = self.bench.ask(by, f"S-{len(self.accepted)}" if told else "")
        assert bool(refused) == (len(self.accepted) > len(self.decided))
        self.accepted += [] if refused else [by]

    @rule(serial=st.sampled_from(["S-0", "S-1", "S-2"]))
    def scan(self, serial: str) -> None:
        self.bench.scan(serial)

    @rule(shown=st.sampled_from([(), ("S-0",), ("S-1",), ("S-1", "S-2")]))
    def label(self, shown: tuple[str, ...]) -> None:
        self.bench.shown = shown

    @rule(verdict=st.sampled_from([OK, OK, NOT_OK, NOT_DECIDABLE]))
    def frame(self, verdict: Verdict) -> None:
        self.took(self.bench.frame(verdict))
        self.took(self.bench.occasions.tick(self.bench.now_s))

    @rule(pause_s=st.floats(0, 3))
    def silence(self, pause_s: float) -> None:
        self.bench.now_s += pause_s
        self.took(self.bench.occasions.tick(self.bench.now_s))

    @rule()
    def fault(self) -> None:
        self.bench.occasions.clear("The picture is dark.")

    @invariant()
    def each_has_one_or_waits(self) -> None:
        assert len(self.decided) + int(self.bench.occasions.busy) == len(self.accepted)

    @invariant()
    def an_ok_is_shown_only_of_what_was_told_to_be_one(self) -> None:
        shown = self.bench.occasions.verdict
        assert shown is not OK or (self.decided and self.decided[-1].verdict is OK)

    @invariant()
    def nothing_is_shown_while_a_trigger_is_open(self) -> None:
        assert not self.bench.occasions.busy or self.bench.occasions.verdict is UNDEFINED

    def teardown(self) -> None:
        self.took(self.bench.occasions.end("The end.", self.bench.now_s))
        assert len(self.decided) == len(self.accepted)


TestOccurring = Occurring.TestCase
