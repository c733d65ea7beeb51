"""What is believed of a station, and for how long, moment by moment."""

from dataclasses import replace
from typing import Any

import pytest

import inspector.supervisor.watch
from inspector.inspection.verdict import Verdict
from inspector.plant.signals import SAFE, Acknowledge, Phase, Prove, Signals, Trigger
from inspector.supervisor.life import ANSWER_S, ANSWER_STANDS_S, DEAF_S, IDLE, SILENCE_S, SILENT, START_S, STUCK_S
from inspector.supervisor.reports import Garbled
from inspector.supervisor.watch import Watch
from tests.supervisor.saying import Saying

OK, NOT_OK, NOT_DECIDABLE, UNDEFINED = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE, Verdict.UNDEFINED


class Watched:
    """A watch, its child and a clock that a test moves."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.watch = Watch()
        self.watch.begin("a", self.now_s)
        self.child = Saying("a")

    def see(self, **values: Any) -> Signals:
        self.watch.hear(self.child.seen(self.now_s, **values), self.now_s)
        return self.look()

    def decide(self, name: str, verdict: Verdict = OK, **values: Any) -> Signals:
        """A picture that the inspection's verdict is true of, and then the inspection, as a station says it."""
        self.see(inspection=name, verdict=verdict.value)
        self.watch.hear(self.child.decided(self.now_s, name, verdict, **values), self.now_s)
        return self.look()

    def ask(self, request: Trigger | Acknowledge | Prove) -> bool:
        return self.watch.ask(request, self.now_s)

    def look(self) -> Signals:
        return self.watch.look(self.now_s)


@pytest.fixture
def running() -> Watched:
    watched = Watched()
    watched.see()
    return watched


def test_nothing_is_safe() -> None:
    watch = Watch()
    signals = watch.look(0.0)
    assert (signals.phase, signals.message) == (Phase.STARTING, "The station starts.")
    assert replace(signals, phase=Phase.FAULT, fault=True, message="") == replace(SAFE, message="")


def test_a_child_starts_and_is_ready_once_it_judged_a_picture() -> None:
    watched = Watched()
    for said in (None, Phase.STARTING, Phase.READY):
        signals = watched.look() if said is None else watched.see(judged=False, phase=said)
        assert (signals.phase, signals.ready, signals.fault) == (Phase.STARTING, False, False)
        assert signals.message == "The station starts."
    signals = watched.see()
    assert (signals.phase, signals.ready, signals.heartbeat) == (Phase.RUNNING, True, 1)
    assert (signals.recipe, signals.bundle, signals.message) == ("box", "box-1", "")


def test_a_child_that_proves_itself_says_so_and_is_not_ready() -> None:
    watched = Watched()
    signals = watched.see(phase=Phase.PROVING)
    assert (signals.phase, signals.ready, signals.heartbeat, signals.fault) == (Phase.PROVING, False, 1, False)


def test_a_pass_is_shown_with_all_that_belongs_to_it(running: Watched) -> None:
    signals = running.decide("i1", serial="S1")
    assert (signals.result_valid, signals.passed, signals.code) == (True, True, 1)
    assert (signals.inspection, signals.serial, signals.reasons) == ("i1", "S1", ())


def test_a_fail_is_a_result_and_no_pass(running: Watched) -> None:
    signals = running.decide("i1", NOT_OK, reasons=("part missing",))
    assert (signals.result_valid, signals.passed, signals.code) == (True, False, 2)
    assert signals.reasons == ("part missing",)
    signals = running.decide("i2", NOT_DECIDABLE)
    assert (signals.result_valid, signals.passed, signals.code) == (True, False, 3)


def test_the_heartbeat_is_progress_and_never_time(running: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.supervisor.watch, "BEATS", 10)
    running.now_s += 0.3
    assert running.look().heartbeat == 1
    assert running.see(judged=False).heartbeat == 1
    assert running.see().heartbeat == 2
    for _ in range(10):
        running.see()
    assert running.look().heartbeat == 2


def test_a_child_that_falls_silent_is_safe_within_a_second_and_its_pass_is_gone_for_good(running: Watched) -> None:
    running.decide("i1")
    running.now_s += SILENCE_S
    assert running.look().passed
    running.now_s += 0.001
    signals = running.look()
    assert (signals.phase, signals.ready, signals.passed, signals.fault) == (Phase.FAULT, False, False, True)
    assert signals.message == SILENT
    signals = running.see(inspection="i1", verdict=1)
    assert (signals.phase, signals.ready, signals.result_valid) == (Phase.RUNNING, True, False)


def test_a_child_that_speaks_but_judges_nothing_is_safe_within_a_second(running: Watched) -> None:
    running.decide("i1")
    for _ in range(6):
        running.now_s += 0.2
        running.see(judged=False, inspection="i1", verdict=1)
    assert running.look().message == IDLE
    assert not running.look().result_valid


def test_what_lay_in_the_line_while_the_supervisor_was_held_up_is_no_news(running: Watched) -> None:
    before_s = running.now_s
    reports = [running.child.seen(before_s + i / 10, inspection="i1", verdict=1) for i in range(3)]
    decided = running.child.decided(before_s + 0.3, "i1")
    running.now_s += 5.0
    for report in (*reports, decided):
        running.watch.hear(report, running.now_s)
    signals = running.look()
    assert (signals.phase, signals.result_valid, signals.heartbeat) == (Phase.FAULT, False, 1)


def test_a_pass_is_never_of_a_picture_older_than_a_second(running: Watched) -> None:
    running.decide("i1")
    taken_s = running.now_s
    for _ in range(5):
        running.now_s += SILENCE_S / 5
        assert running.see(inspection="i1", verdict=1, taken_s=taken_s).passed
    running.now_s += 0.01
    assert running.see(inspection="i1", verdict=1, taken_s=taken_s).ready
    assert not running.look().result_valid


def test_a_picture_that_was_old_when_it_was_told_of_makes_no_pass(running: Watched) -> None:
    running.see(inspection="i1", verdict=1, taken_s=running.now_s - SILENCE_S - 0.1)
    running.watch.hear(running.child.decided(running.now_s, "i1"), running.now_s)
    signals = running.look()
    assert (signals.ready, signals.result_valid) == (True, False)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"phase": Phase.FAULT, "message": "The camera is gone."}, "The camera is gone."),
        ({"phase": Phase.FAULT}, "The station failed."),
        ({"message": "The picture is dark.", "judged": False, "verdict": 3}, "The picture is dark."),
    ],
)
def test_what_a_child_says_is_wrong_is_told_at_once(running: Watched, values: dict[str, Any], message: str) -> None:
    running.decide("i1")
    signals = running.see(inspection="i1", **{"verdict": 1, **values})
    assert (signals.phase, signals.ready, signals.fault, signals.message) == (Phase.FAULT, False, True, message)
    assert not running.see(inspection="i1", verdict=1).result_valid


def test_a_picture_that_cannot_be_judged_from_the_start_is_a_fault() -> None:
    signals = Watched().see(judged=False, message="The picture is dark.")
    assert (signals.phase, signals.fault, signals.message) == (Phase.FAULT, True, "The picture is dark.")


def test_the_end_of_a_child_is_told_at_once(running: Watched) -> None:
    running.decide("i1")
    running.watch.end("The station ended with code -9.")
    signals = running.look()
    assert (signals.phase, signals.passed, signals.message) == (Phase.FAULT, False, "The station ended with code -9.")
    assert (signals.heartbeat, signals.recipe) == (2, "box")
    running.watch.begin("b", running.now_s)
    running.child = Saying("b")
    assert not running.see(inspection="i1", verdict=1).result_valid
    assert running.look().heartbeat == 3


def test_what_is_to_end_shows_nothing_and_still_tells(running: Watched) -> None:
    running.decide("i1")
    running.watch.halt(Phase.STOPPED, "The station was stopped.")
    signals = running.decide("i2")
    assert (signals.phase, signals.fault, signals.result_valid) == (Phase.STOPPED, False, False)
    assert running.watch.hear(running.child.decided(running.now_s, "i3"), running.now_s)


def test_a_workpiece_that_leaves_takes_its_result_along_for_good(running: Watched) -> None:
    running.decide("i1")
    assert not running.see(inspection="i1", verdict=UNDEFINED.value).result_valid
    assert not running.see(inspection="i1", verdict=OK.value).result_valid


def test_an_inspection_that_is_no_longer_true_when_it_is_told_is_news_but_no_result(running: Watched) -> None:
    running.decide("i1")
    running.see(inspection="i2", verdict=UNDEFINED.value)
    assert running.watch.hear(running.child.decided(running.now_s, "i2"), running.now_s)
    assert not running.look().result_valid


def test_a_pass_that_the_picture_does_not_show_yet_waits_for_the_next_one(running: Watched) -> None:
    running.see(inspection="i1", verdict=UNDEFINED.value)
    running.watch.hear(running.child.decided(running.now_s, "i1"), running.now_s)
    assert not running.look().result_valid
    assert running.see(inspection="i1", verdict=OK.value).passed


@pytest.mark.parametrize(
    ("meanwhile", "wait_s"),
    [
        ({"inspection": "i1", "verdict": 2}, 0.0),
        ({"inspection": "i2", "verdict": 0}, 0.0),
        ({"inspection": "i1", "verdict": 0}, SILENCE_S + 0.1),
    ],
)
def test_a_pass_that_no_picture_shows_soon_never_comes(
    running: Watched, meanwhile: dict[str, Any], wait_s: float
) -> None:
    running.see(inspection="i1", verdict=UNDEFINED.value)
    running.watch.hear(running.child.decided(running.now_s, "i1"), running.now_s)
    running.now_s += wait_s
    running.see(**meanwhile)
    assert not running.see(inspection="i1", verdict=OK.value).result_valid


def test_a_pass_that_waits_is_gone_with_the_next_trigger(running: Watched) -> None:
    running.see(inspection="i1", verdict=UNDEFINED.value)
    running.watch.hear(running.child.decided(running.now_s, "i1"), running.now_s)
    running.ask(Trigger("", "t1"))
    assert not running.see(inspection="i1", verdict=OK.value).result_valid


def test_an_inspection_counts_once(running: Watched) -> None:
    running.decide("i1")
    running.ask(Acknowledge())
    assert not running.look().result_valid
    running.see(inspection="i1", verdict=1)
    assert not running.watch.hear(running.child.decided(running.now_s, "i1"), running.now_s)
    assert not running.look().result_valid


def test_a_trigger_is_answered_by_its_own_inspection_only(running: Watched) -> None:
    running.decide("i0")
    assert running.ask(Trigger("S1", "t1"))
    signals = running.look()
    assert (signals.ready, signals.busy, signals.result_valid) == (False, True, False)
    assert not running.ask(Trigger("S2", "t2"))
    signals = running.decide("i1")  # it was begun before the trigger
    assert (signals.busy, signals.result_valid) == (True, False)
    signals = running.decide("i2", trigger="t1", serial="S1")
    assert (signals.ready, signals.busy, signals.passed) == (True, False, True)
    assert (signals.trigger, signals.serial) == ("t1", "S1")


def test_who_asked_is_answered_also_where_what_was_judged_is_gone(running: Watched) -> None:
    """A part that flies past, and all of it heard in one go: no picture is left to confirm the result."""
    running.ask(Trigger("", "t1"))
    for report in (
        running.child.seen(running.now_s, inspection="i1", verdict=UNDEFINED.value),
        running.child.decided(running.now_s, "i1", trigger="t1"),
        running.child.seen(running.now_s, inspection="i1", verdict=UNDEFINED.value),
    ):
        running.watch.hear(report, running.now_s)
    signals = running.look()
    assert (signals.passed, signals.trigger, signals.refused) == (True, "t1", "")
    running.watch.note_shown(signals)
    running.now_s += ANSWER_STANDS_S + 0.1
    signals = running.see(inspection="i1", verdict=UNDEFINED.value)
    assert (signals.result_valid, signals.refused) == (False, "")


def test_a_trigger_whose_result_nobody_was_shown_is_refused(running: Watched) -> None:
    running.ask(Trigger("", "t1"))
    running.see(inspection="i1", verdict=UNDEFINED.value)
    running.watch.hear(running.child.decided(running.now_s, "i1", trigger="t1"), running.now_s)
    running.now_s += ANSWER_STANDS_S + 0.1
    signals = running.see(inspection="i1", verdict=UNDEFINED.value)
    assert (signals.busy, signals.result_valid, signals.refused) == (False, False, "t1")


def test_of_two_triggers_at_once_the_second_is_told_that_nothing_comes(running: Watched) -> None:
    assert running.ask(Trigger("", "t1"))
    assert not running.ask(Trigger("", "t2"))
    assert (running.look().busy, running.look().refused) == (True, "t2")
    assert running.decide("i1", trigger="t1").passed


def test_a_trigger_that_a_fault_took_is_never_answered(running: Watched) -> None:
    running.ask(Trigger("", "t1"))
    running.see(phase=Phase.FAULT, message="The camera is gone.")
    assert not running.look().busy
    running.see()
    signals = running.decide("i1", trigger="t1")
    assert (signals.ready, signals.result_valid) == (True, False)


def test_a_trigger_that_the_station_refuses_is_over_and_another_may_come(running: Watched) -> None:
    assert running.ask(Trigger("", "t1"))
    running.watch.hear(running.child.refused(running.now_s, "t0", "Another one."), running.now_s)
    assert (running.look().busy, running.look().refused) == (True, "")
    running.watch.hear(running.child.refused(running.now_s, "t1", "The number is of another product."), running.now_s)
    signals = running.look()
    assert (signals.busy, signals.ready, signals.fault, signals.refused) == (False, True, False, "t1")
    assert signals.message == "The number is of another product."
    # What comes of it after all is nobody's result.
    assert not running.decide("i1", trigger="t1").result_valid
    assert running.ask(Trigger("", "t2"))
    assert (running.look().refused, running.look().message) == ("", "")


def test_one_bad_picture_leaves_the_trigger_waiting(running: Watched) -> None:
    running.ask(Trigger("", "t1"))
    assert running.see(judged=False, message="The picture is dark.").busy
    running.see()
    assert running.decide("i1", trigger="t1").passed


def test_who_is_not_ready_takes_no_trigger() -> None:
    watched = Watched()
    assert not watched.ask(Trigger("", "t1"))
    assert not watched.ask(Prove())
    watched.watch.end("gone")
    assert not watched.ask(Trigger("", "t1"))
    assert not watched.ask(Acknowledge())


def test_a_proof_takes_the_result_back(running: Watched) -> None:
    running.decide("i1")
    assert running.ask(Prove())
    assert not running.look().result_valid


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"number": 7}, "report 7 came where 1 was due"),
        ({"number": 0}, "report 0 came where 1 was due"),
        ({"generation": "b"}, "Somebody else"),
        ({"sent_s": 100.1}, "another time"),
        ({"sent_s": 99.0}, "another time"),
        ({"progress": 0}, "counts backwards"),
        ({"looked": 0}, "counts backwards"),
    ],
)
def test_what_does_not_follow_is_not_believed(running: Watched, change: dict[str, Any], match: str) -> None:
    report = running.child.seen(running.now_s).model_copy(update=change)
    with pytest.raises(Garbled, match=match):
        running.watch.hear(report, running.now_s)
    assert (running.look().phase, running.look().fault) == (Phase.FAULT, True)
    assert not running.watch.hear(report, running.now_s)


def test_a_child_that_does_not_speak_is_given_up() -> None:
    watched = Watched()
    watched.now_s += START_S
    assert not watched.watch.hopeless(watched.now_s)
    assert "did not start" in watched.watch.hopeless(watched.now_s + 0.1)
    watched.see(judged=False, phase=Phase.STARTING)
    assert not watched.watch.hopeless(watched.now_s + DEAF_S)
    assert "said nothing for" in watched.watch.hopeless(watched.now_s + DEAF_S + 0.1)


@pytest.mark.parametrize("phase", Phase)
def test_a_child_that_gets_stuck_is_given_up_but_not_one_that_a_person_stopped(phase: Phase) -> None:
    watched = Watched()
    watched.see(judged=False, phase=phase)
    watched.now_s += STUCK_S.get(phase, 1e9) + 0.1
    watched.see(judged=False, phase=phase)
    assert ("looked at no picture" in watched.watch.hopeless(watched.now_s)) is (phase is not Phase.STOPPED)
    watched.see(judged=True, phase=phase)
    assert not watched.watch.hopeless(watched.now_s)


def test_a_child_that_does_not_answer_is_given_up(running: Watched) -> None:
    running.ask(Trigger("", "t1"))
    for _ in range(int(ANSWER_S) + 1):
        assert not running.watch.hopeless(running.now_s)
        running.now_s += 1.0
        running.see()
    assert "not answered" in running.watch.hopeless(running.now_s)


def test_who_has_no_child_gives_none_up() -> None:
    assert Watch().hopeless(1e9) == ""
