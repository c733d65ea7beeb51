"""How frames become one decision. Pure: no clock, no thread; time comes with each frame."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

from inspector.frame import Frame, Image
from inspector.inspection.judge import overall
from inspector.inspection.rest import Rest
from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Trigger, Vote

EVERY_FRAME = Vote(frames=1, agree=1)
"""Each frame decides alone."""


@dataclass(frozen=True)
class Look:
    """What one frame says. number, time_s, taken_at: the frame's."""

    number: int
    time_s: float
    taken_at: datetime
    findings: tuple[Finding, ...]

    @classmethod
    def at(cls, frame: Frame, findings: tuple[Finding, ...]) -> "Look":
        """The look that judging the frame gave; it keeps no picture."""
        return cls(frame.number, frame.time_s, frame.taken_at, findings)

    @property
    def verdict(self) -> Verdict:
        return overall(self.findings)

    @property
    def signature(self) -> tuple[tuple[str, str | None, int, Verdict], ...]:
        """What two frames have to share to agree: not only the verdict, but what was found of each component."""
        return tuple((f.component, f.pattern, f.found, f.verdict) for f in self.findings)


@dataclass(frozen=True)
class Decision:
    """What a vote came to. first, last: the first and the last look at the workpiece; the last one decided.

    trigger: what began it, where somebody asked for it; serial: the workpiece's number, "" where nobody told it.
    """

    first: Look
    last: Look
    verdict: Verdict
    findings: tuple[Finding, ...]
    trigger: str = ""
    serial: str = ""


class Ballot:
    """One vote: of the last N looks, M that agree with the newest decide.

    A look later than `decide_within_s` after the first decides nothing any more: the verdict is NOT_DECIDABLE, even if
    it would have made the M full, for what takes that long is not a confirmed OK.
    """

    def __init__(self, vote: Vote) -> None:
        self._vote = vote
        self._first: Look | None = None
        self._last: deque[Look] = deque(maxlen=vote.frames)

    def clear(self) -> None:
        """Forget every look: the next one is the first."""
        self._first = None
        self._last.clear()

    def cast(self, look: Look) -> Decision | None:
        """Add a look; the decision if this one brings it, after which the ballot is clear."""
        self._first = self._first or look
        self._last.append(look)
        decision = self._count(self._first, look)
        if decision is not None:
            self.clear()
        return decision

    def _count(self, first: Look, look: Look) -> Decision | None:
        if look.time_s - first.time_s > self._vote.decide_within_s:
            return Decision(first, look, Verdict.NOT_DECIDABLE, self._undecided(look))
        agreeing = sum(other.signature == look.signature for other in self._last)
        return Decision(first, look, look.verdict, look.findings) if agreeing >= self._vote.agree else None

    def _undecided(self, look: Look) -> tuple[Finding, ...]:
        """The last findings, with those that wavered (all, where too few came to waver) said to be undecided."""
        steady = [len(set(column)) == 1 for column in zip(*(other.signature for other in self._last), strict=True)]
        limit = f"within {self._vote.decide_within_s:g} s"
        if all(steady):
            reason = f"too few pictures came {limit}: {self._vote.agree} must agree"
        else:
            reason = f"not {self._vote.agree} of {self._vote.frames} pictures agreed {limit}"
        return tuple(
            finding
            if kept and not all(steady)
            else replace(finding, verdict=Verdict.NOT_DECIDABLE, reason=f"{finding.component}: {reason}")
            for finding, kept in zip(look.findings, steady, strict=True)
        )


class Shown:
    """The verdict that may be shown: one that stands, an OK only while M of the last N frames say OK."""

    def __init__(self, vote: Vote) -> None:
        self._agree = vote.agree
        self._stands = Verdict.UNDEFINED
        self._recent: deque[Verdict] = deque(maxlen=vote.frames)

    def see(self, look: Look) -> None:
        """One more frame of what lies there."""
        self._recent.append(look.verdict)

    def stand(self, verdict: Verdict) -> None:
        """It was decided so."""
        self._stands = verdict

    def clear(self) -> None:
        """Something else may lie there."""
        self._stands = Verdict.UNDEFINED
        self._recent.clear()

    @property
    def verdict(self) -> Verdict:
        if self._stands is Verdict.OK and self._recent.count(Verdict.OK) < self._agree:
            return Verdict.UNDEFINED
        return self._stands


class Votes:
    """Votes one after another, begun as the recipe's trigger says, and the verdict that may be shown meanwhile.

        continuous:  vote ── decided ──▶ vote ── …
        rest:        motion ── comes to rest ──▶ vote ── decided ──▶ wait ── motion ──▶ …
                        ▲                          │
                        └──── motion: cleared ─────┘

    With `rest` there is one decision for each rest that lasts as long as a vote: never two, never none.

    still_s: how long the picture must have rested before a vote begins. resting: whether the last frame rested so long;
    cast: whether it was given to a vote.
    """

    def __init__(self, vote: Vote, still_s: float = 0.0) -> None:
        self.resting = self.cast = False
        self._ballot = Ballot(vote)
        self._rest = Rest() if vote.trigger is Trigger.REST else None
        self._still_s = still_s
        self._since_s: float | None = None
        self._shown = Shown(vote)
        self._decided = False

    def clear(self) -> None:
        """A fault lies before the next frame: nothing seen before it counts, and what lies there is judged anew."""
        self._forget()
        self._since_s = None
        if self._rest is not None:
            self._rest = Rest()

    def add(self, image: Image, look: Look) -> Decision | None:
        """Add a frame's picture and look; the decision if this one brings it."""
        self.resting = self._rests(image, look.time_s)
        if not self.resting:
            self._forget()
            return None
        self._shown.see(look)
        self.cast = self._rest is None or not self._decided
        if not self.cast:
            return None
        decision = self._ballot.cast(look)
        if decision is not None:
            self._decided = True
            self._shown.stand(decision.verdict)
        return decision

    @property
    def verdict(self) -> Verdict:
        """The last decision while it is true of what lies there: an OK only while M of the last N frames say OK."""
        return self._shown.verdict

    def _rests(self, image: Image, time_s: float) -> bool:
        if self._rest is None:
            return True
        if not self._rest.add(image):
            self._since_s = None
            return False
        self._since_s = time_s if self._since_s is None else self._since_s
        return time_s - self._since_s >= self._still_s

    def _forget(self) -> None:
        self.resting = self.cast = self._decided = False
        self._ballot.clear()
        self._shown.clear()
