"""How frames become one decision. Pure: no clock, no thread; time comes with each frame."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from inspector.detections import Detections
from inspector.frame import Image
from inspector.inspection.aspect import Aspect
from inspector.inspection.judge import DOUBT_ODDS, judge, overall, working
from inspector.inspection.median import median
from inspector.inspection.rest import Rest
from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.recipe import Recipe, Trigger, Vote

EVERY_FRAME = Vote(frames=1, agree=1)
"""Each frame decides alone."""
NOTHING = Detections.none(())

Signature = tuple[tuple[str, str | None, int, Verdict], ...]


def _signature(findings: Sequence[Finding]) -> Signature:
    """What two frames have to share to agree: not only the verdict, but what was found of each component."""
    return tuple((f.component, f.pattern, f.found, f.verdict) for f in findings)


@dataclass(frozen=True)
class Look:
    """What one frame says, or one of each camera together. number, time_s, taken_at: the first one's. seen: detections
    at or above their working scores, and doubtful ones, each of a component that its camera sees.
    """

    number: int
    time_s: float
    taken_at: datetime
    findings: tuple[Finding, ...]
    seen: Detections = NOTHING

    @classmethod
    def at(cls, recipe: Recipe, aspects: Mapping[str, Aspect]) -> "Look":
        """What all cameras showed at one moment; it keeps no picture."""
        first, *others = aspects.values()
        said = {finding.component: finding for aspect in aspects.values() for finding in aspect.findings}
        return cls(
            first.frame.number,
            first.frame.time_s,
            first.frame.taken_at,
            tuple(said[component.name] for component in recipe.components),
            first.perhaps.beside(*(aspect.perhaps for aspect in others)),
        )

    @property
    def verdict(self) -> Verdict:
        return overall(self.findings)

    @property
    def signature(self) -> Signature:
        return _signature(self.findings)


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
    """One vote over the last N looks. The newest decides when three say the same of every component:

    - the newest look itself, for that is what lies there now;
    - M of the N looks, and there are as many as must be fresh;
    - the median over them, place by place: see `median`.

    So no verdict rests on what was there before, nor on a flicker, nor on things that are never twice at one place. A
    look later than `decide_within_s` after the first decides nothing any more: the verdict is NOT_DECIDABLE, even if
    it would have made the M full, for what takes that long is not a confirmed OK.

    Args: recipe, a settled one; vote, the recipe's or another in its place.
    """

    def __init__(self, recipe: Recipe, vote: Vote) -> None:
        self._recipe = recipe
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
        if len(self._last) < self._vote.fresh or agreeing < self._vote.agree:
            return None
        findings = self._by_median(look)
        return Decision(first, look, look.verdict, findings) if _signature(findings) == look.signature else None

    def _by_median(self, look: Look) -> tuple[Finding, ...]:
        """What the median says of what the newest look could judge."""
        middle = median([other.seen for other in self._last])
        findings = judge(self._recipe, working(self._recipe, middle), working(self._recipe, middle, DOUBT_ODDS))
        return tuple(
            newest if newest.kind is Kind.UNJUDGED else by_median
            for newest, by_median in zip(look.findings, findings, strict=True)
        )

    def _undecided(self, look: Look) -> tuple[Finding, ...]:
        """The last findings, with those that wavered (all, where too few came to waver) said to be undecided."""
        reasons = list(self._wavering(look))
        if not any(reasons):
            needed = max(self._vote.agree, self._vote.fresh)
            reasons = [f"too few pictures came {self._limit}: {needed} must agree"] * len(reasons)
        return tuple(
            _undecided(finding, f"{finding.component}: {reason}") if reason else finding
            for finding, reason in zip(look.findings, reasons, strict=True)
        )

    def _wavering(self, look: Look) -> Iterator[str]:
        """For each component why its pictures decide nothing, "" where they say the same."""
        columns = zip(*(other.signature for other in self._last), strict=True)
        middle = _signature(self._by_median(look))
        for said, newest, by_median in zip(columns, look.signature, middle, strict=True):
            if len(set(said)) > 1:
                yield f"not {self._vote.agree} of {self._vote.frames} pictures agreed {self._limit}"
            elif newest != by_median:
                yield f"its place changed from picture to picture {self._limit}"
            else:
                yield ""

    @property
    def _limit(self) -> str:
        return f"within {self._vote.decide_within_s:g} s"


def _undecided(finding: Finding, reason: str) -> Finding:
    return replace(finding, verdict=Verdict.NOT_DECIDABLE, reason=reason, kind=Kind.UNDECIDED)


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

    def __init__(self, recipe: Recipe, vote: Vote, still_s: float = 0.0) -> None:
        self.resting = self.cast = False
        self._ballot = Ballot(recipe, vote)
        self._rests: dict[str, Rest] = {}
        self._vote = vote
        self._still_s = still_s
        self._since_s: float | None = None
        self._shown = Shown(vote)
        self._decided = False

    def clear(self) -> None:
        """A fault lies before the next frame: nothing seen before it counts, and what lies there is judged anew."""
        self._forget()
        self._since_s = None
        self._rests.clear()

    def add(self, images: Mapping[str, Image], look: Look) -> Decision | None:
        """Add each camera's picture and the look at all of them; the decision if this one brings it."""
        if self.watch(images, look.time_s):
            return None
        self._shown.see(look)
        self.cast = not (self._waits_for_rest and self._decided)
        if not self.cast:
            return None
        decision = self._ballot.cast(look)
        if decision is not None:
            self._decided = True
            self._shown.stand(decision.verdict)
        return decision

    def watch(self, images: Mapping[str, Image], time_s: float) -> bool:
        """Pictures that must not vote: whether something moves in them, after which what lies there is judged anew."""
        self.resting = not self._waits_for_rest or self._rest(images, time_s)
        if not self.resting:
            self._forget()
        return not self.resting

    @property
    def verdict(self) -> Verdict:
        """The last decision while it is true of what lies there: an OK only while M of the last N frames say OK."""
        return self._shown.verdict

    @property
    def _waits_for_rest(self) -> bool:
        return self._vote.trigger is Trigger.REST

    def _rest(self, images: Mapping[str, Image], time_s: float) -> bool:
        """Whether the workpiece rests before every camera; each is shown its picture, whatever the others say."""
        still = [self._rests.setdefault(name, Rest()).add(image) for name, image in images.items()]
        if not all(still):
            self._since_s = None
            return False
        self._since_s = time_s if self._since_s is None else self._since_s
        return time_s - self._since_s >= self._still_s

    def _forget(self) -> None:
        self.resting = self.cast = self._decided = False
        self._ballot.clear()
        self._shown.clear()
