"""Whatever a station says, in whatever order, and however long it takes: what nothing proves is not shown."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inspector.inspection.verdict import Verdict
from inspector.plant.signals import BEATS, Acknowledge, Phase, Prove, Trigger
from inspector.supervisor.life import JUDGING, SILENCE_S
from inspector.supervisor.reports import Decided, Garbled, Seen
from inspector.supervisor.watch import Watch
from tests.supervisor.saying import Saying

OK, NOT_OK = Verdict.OK, Verdict.NOT_OK


class AnyOrder(RuleBasedStateMachine):
    """Whatever comes in whatever order: a pass is the newest, fresh OK inspection of the child that lives now."""

    @initialize()
    def begin(self) -> None:
        self.now_s = 1000.0
        self.watch = Watch()
        self.child: Saying | None = None
        self.children = self.names = 0
        self.seen: Seen | None = None
        self.decided: Decided | None = None
        self.progress_s = -1.0
        self.spoken_s = -1.0
        self.taken_back: set[str] = set()
        self.shown = ""
        self.beats = 0

    @rule()
    def start(self) -> None:
        self.children += 1
        self.child = Saying(f"child {self.children}")
        self.watch.begin(self.child.generation, self.now_s)
        self._nothing_is_known()
        self.spoken_s = self.now_s

    @rule(seconds=st.sampled_from([0.0, 0.01, 0.3, 0.9, 1.0, 1.1, 7.0]))
    def pass_time(self, seconds: float) -> None:
        self.now_s += seconds

    @precondition(lambda self: self.child)
    @rule(
        judged=st.booleans(),
        phase=st.sampled_from([*Phase, Phase.RUNNING, Phase.RUNNING]),
        message=st.sampled_from(["", "", "", "The picture is dark."]),
        late_s=st.sampled_from([0.0, 0.0, 0.5, 3.0]),
        old_s=st.sampled_from([0.0, 0.0, 0.8, 2.0]),
        verdict=st.sampled_from([*Verdict, OK]),
        current=st.booleans(),
    )
    def see(
        self, judged: bool, phase: Phase, message: str, late_s: float, old_s: float, verdict: Verdict, current: bool
    ) -> None:
        assert self.child
        sent_s = max(self.now_s - late_s, self.spoken_s)
        name = self.decided.id if self.decided and current else f"i{self.names}"
        values = {"phase": phase, "message": message, "verdict": verdict.value, "inspection": name}
        seen = self.child.seen(sent_s, judged, taken_s=sent_s - old_s, **values)
        self.watch.hear(seen, self.now_s)
        if judged and self.now_s - sent_s <= SILENCE_S:
            self.progress_s, self.beats = sent_s, self.beats + 1
        self.seen, self.spoken_s = seen, sent_s

    @precondition(lambda self: self.child)
    @rule(verdict=st.sampled_from([OK, OK, NOT_OK]), announced=st.booleans(), again=st.booleans())
    def decide(self, verdict: Verdict, announced: bool, again: bool) -> None:
        assert self.child
        self.names += not again
        name = f"i{self.names}"
        if announced:
            self.see(True, Phase.RUNNING, "", 0.0, 0.0, verdict, False)
        decided = self.child.decided(self.now_s, name, verdict)
        self.watch.hear(decided, self.now_s)
        self.spoken_s = self.now_s
        if self.decided is None or self.decided.id != name:
            self.decided = decided

    @rule(request=st.sampled_from([Acknowledge(), Prove(), Trigger("", "t")]))
    def ask(self, request: Trigger | Acknowledge | Prove) -> None:
        handed_on = self.watch.ask(request, self.now_s)
        if self.decided and (handed_on or isinstance(request, Acknowledge)):
            self.taken_back.add(self.decided.id)

    @precondition(lambda self: self.child)
    @rule(change=st.sampled_from([{"number": 10**6}, {"sent_s": 1e9}, {"generation": "stranger"}, {"sent_s": 0.0}]))
    def garble(self, change: dict[str, Any]) -> None:
        assert self.child
        with pytest.raises(Garbled):
            self.watch.hear(self.child.seen(self.now_s, OK, inspection="i1").model_copy(update=change), self.now_s)
        self._nothing_is_known()

    @rule()
    def lose(self) -> None:
        self.watch.end("The station ended.")
        self._nothing_is_known()

    @invariant()
    def a_pass_is_fresh(self) -> None:
        signals = self.watch.look(self.now_s)
        if signals.passed:
            assert self.child
            assert self.decided
            assert self.seen
            assert self.decided.verdict == self.seen.verdict == OK
            assert signals.inspection == self.decided.id == self.seen.inspection
            assert self.seen.phase in JUDGING
            assert not self.seen.message
            assert self.now_s - self.spoken_s <= SILENCE_S
            assert self.now_s - self.seen.taken_s <= SILENCE_S
        if self.shown and self.shown != signals.inspection:
            self.taken_back.add(self.shown)
        assert signals.inspection not in self.taken_back or not signals.inspection
        self.shown = signals.inspection

    @invariant()
    def who_shows_no_progress_is_not_ready(self) -> None:
        signals = self.watch.look(self.now_s)
        assert signals.heartbeat == self.beats % BEATS
        if signals.ready or signals.result_valid:
            assert self.now_s - self.progress_s <= SILENCE_S

    def _nothing_is_known(self) -> None:
        if self.decided:
            self.taken_back.add(self.decided.id)
        if self.watch.look(self.now_s).phase is Phase.FAULT:
            self.child = None
        self.seen = self.decided = None
        self.progress_s = self.spoken_s = -1.0


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=30)
