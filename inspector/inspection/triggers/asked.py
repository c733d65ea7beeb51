"""Votes that somebody asks for: a key, a timer, a file, a PLC. Pure: no clock, no thread; time comes with each call."""

from dataclasses import dataclass, replace
from datetime import datetime

from inspector.inspection.judge import unjudged
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Ballot, Decision, Look, Shown
from inspector.recipe import Recipe

NO_FRAME = -1
"""The number of the frame where none was looked at."""


@dataclass(frozen=True)
class Ask:
    """One trigger. by: who gave it; time_s: monotonic; at: aware UTC; serial: of the workpiece, "" where not told."""

    by: str
    time_s: float
    at: datetime
    serial: str = ""


class Asked:
    """One vote for each trigger, of frames that were taken after it.

        idle ── ask ──▶ pending ── decided, out of time, or the end ──▶ idle

    While one is pending, others are refused. Each one accepted comes to exactly one decision: at the latest
    `decide_within_s` after its frames begin, NOT_DECIDABLE then, whether frames came, were faulty, or did not agree.

    delay_s: a camera hands over pictures that it exposed before: those taken so soon after a trigger do not count.
    cast: whether the last frame counted; last: the last that did for what is pending.
    """

    def __init__(self, recipe: Recipe, delay_s: float) -> None:
        self._recipe = recipe
        self._delay_s = delay_s
        self._ballot = Ballot(recipe, recipe.vote)
        self._shown = Shown(recipe.vote)
        self._pending: Ask | None = None
        self._first: Look | None = None
        self.last: Look | None = None
        self._fault = ""
        self.cast = False

    @property
    def pending(self) -> Ask | None:
        return self._pending

    def ask(self, ask: Ask) -> str:
        """Accept a trigger: "", or why it is refused."""
        if self._pending is not None:
            since_s = ask.time_s - self._pending.time_s
            return f"Busy: the trigger of {since_s:.1f} s ago is not decided yet. Trigger again after its verdict."
        self._pending = ask
        self._shown.clear()
        return ""

    def add(self, look: Look, taken_s: float) -> Decision | None:
        """Add a frame's look; the decision if this one brings it. taken_s: monotonic, when it was taken."""
        self._shown.see(look)
        ask = self._pending
        self.cast = ask is not None and taken_s > ask.time_s + self._delay_s
        if ask is None or not self.cast:
            return None
        if taken_s > self._deadline_s(ask):
            return self._undecided(ask)
        self._first, self.last = self._first or look, look
        decision = self._ballot.cast(look)
        return None if decision is None else self._done(replace(decision, first=self._first), ask)

    def clear(self, fault: str) -> None:
        """A fault lies before the next frame: nothing seen before it counts; what is pending stays so."""
        self._ballot.clear()
        self._shown.clear()
        self._first = self.last = None
        self._fault = fault

    def tick(self, now_s: float) -> Decision | None:
        """Time passes; the decision on what is pending if it is out of time."""
        ask = self._pending
        return self._undecided(ask) if ask is not None and now_s > self._deadline_s(ask) else None

    def end(self, reason: str) -> Decision | None:
        """No more frames come, for that reason; the decision on what is pending."""
        return None if self._pending is None else self._undecided(self._pending, reason)

    @property
    def verdict(self) -> Verdict:
        """The last decision, until the next trigger: an OK only while M of the last N frames say OK."""
        return self._shown.verdict

    def _deadline_s(self, ask: Ask) -> float:
        return ask.time_s + self._delay_s + self._recipe.vote.decide_within_s

    def _undecided(self, ask: Ask, reason: str = "") -> Decision:
        findings = unjudged(self._recipe, reason or self._why())
        nothing = Look(NO_FRAME, ask.time_s, ask.at, findings)
        decision = Decision(self._first or nothing, self.last or nothing, Verdict.NOT_DECIDABLE, findings)
        return self._done(decision, ask)

    def _why(self) -> str:
        vote = self._recipe.vote
        if self._first is not None:
            return f"not {vote.agree} of {vote.frames} pictures agreed within {vote.decide_within_s:g} s"
        if self._fault:
            return self._fault
        return f"no picture came within {vote.decide_within_s:g} s of the trigger"

    def _done(self, decision: Decision, ask: Ask) -> Decision:
        self._ballot.clear()
        self._first = self.last = self._pending = None
        self._fault = ""
        self._shown.stand(decision.verdict)
        return replace(decision, trigger=ask.by, serial=ask.serial)
