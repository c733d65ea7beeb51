"""What a validation found, kept beside its report for whoever looks again."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self

import numpy as np
from pydantic import AwareDatetime

from inspector.bundle import Sighting, sightings
from inspector.detections import Detections
from inspector.errors import FileProblems, InputError
from inspector.files import Document, Section, read_document, write_document
from inspector.frame import utc_now
from inspector.inspection.verdict import Verdict
from inspector.recipe import Component
from inspector.validation.false_detections import NEARLY, FalseDetection, on_frame
from inspector.validation.held_out import KnownFrame, sources_of_truth
from inspector.validation.metrics import Rate, Truth, component_score
from inspector.validation.replay import Figures, Replay, figures, finding_on, told_frames
from inspector.validation.thresholds import matched

MOST_MISTAKES = 200
MOST_FIRED = 200
LEAST_SHOWN = 0.1
"""The least score of what is listed beside a mistake: what nearly counted explains it."""


class Share(Section):
    """k of n, and the share's exact 95 % interval."""

    k: int
    n: int
    low: float
    high: float

    @classmethod
    def of(cls, rate: Rate) -> Self:
        low, high = rate.interval
        return cls(k=rate.k, n=rate.n, low=low, high=high)


class Row(Section):
    """The figures of one component, as `replay.Figures` has them. working: the score from which it counts."""

    component: str
    working: float
    overkill: Share
    escapes: Share
    negatives: int
    false_detections: int
    highest_on_negative: float | None = None


class Kind(StrEnum):
    """How a frame was judged wrong."""

    ESCAPE = "escape"
    OVERKILL = "overkill"


class Seen(Sighting):
    """Something that was seen. counts: whether it scores enough; right: whether it counts and lies on what is there."""

    counts: bool
    right: bool


class Mistake(Section):
    """A frame judged wrong of one component. frame: `recording/frame`; picture: its file; size (width, height).

    score: that at which the component would just count as complete; reason: what the judge says, "" where it passed.
    seen: from LEAST_SHOWN on; missed: what is there and nothing that counts lies on, scored 0. xyxy in pixels of the
    frame.
    """

    frame: str
    picture: str
    size: tuple[int, int]
    component: str
    kind: Kind
    score: float
    reason: str = ""
    seen: tuple[Seen, ...] = ()
    missed: tuple[Sighting, ...] = ()


class Fired(Section):
    """One thing seen on a negative frame. counts: whether it scores enough to be reported at a station; known: it is
    boxed as a lookalike already.
    """

    frame: str
    picture: str
    size: tuple[int, int]
    seen: Sighting
    counts: bool
    known: bool = False


class Account(Document):
    """`reports/<bundle>.yaml`. frames: on how many; tuned: how many of them set the working scores, at which figures
    flatter; sources: who says what is true. mistakes, fired: the worst first, of so many in all.
    """

    bundle: str
    recipe: str
    made_at: AwareDatetime
    frames: int
    tuned: int = 0
    sources: tuple[str, ...] = ()
    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...] = ()
    mistakes_in_all: int = 0
    fired: tuple[Fired, ...] = ()
    fired_in_all: int = 0


def account_of(run: Replay, frames: Sequence[KnownFrame]) -> Account:
    """frames: in step with the run."""
    mistakes = sorted(_mistakes(run, frames), key=lambda one: _harm(run, one))
    fired = sorted(_fired(run, frames), key=lambda one: -one.seen.score)
    return Account(
        bundle=run.bundle.manifest.id,
        recipe=run.bundle.manifest.recipe.name,
        made_at=utc_now(),
        frames=len(frames),
        tuned=sum(frame.tuned for frame in frames),
        sources=tuple(sources_of_truth(list(frames))),
        rows=tuple(_row(run, one) for one in figures(run)),
        mistakes=tuple(mistakes[:MOST_MISTAKES]),
        mistakes_in_all=len(mistakes),
        fired=tuple(fired[:MOST_FIRED]),
        fired_in_all=len(fired),
    )


def account_file(reports: Path, bundle: str) -> Path:
    """Where a bundle's account is kept in the workspace's reports."""
    return reports / f"{bundle}.yaml"


def write_account(reports: Path, account: Account) -> Path:
    """Write it, whole or not at all; returns its file. Raises: MachineError."""
    path = account_file(reports, account.bundle)
    write_document(path, account)
    return path


def read_account(reports: Path, bundle: str) -> Account | None:
    """The account of a bundle; None where it was not validated yet. Raises: InputError where the file has faults."""
    path = account_file(reports, bundle)
    try:
        return read_document(path, Account) if path.exists() else None
    except FileProblems:
        raise InputError(f"What the validation of {bundle} kept is damaged: validate it again.") from None


def _row(run: Replay, one: Figures) -> Row:
    return Row(
        component=one.component,
        working=run.bundle.threshold(one.component),
        overkill=Share.of(one.overkill),
        escapes=Share.of(one.escapes),
        negatives=one.negatives,
        false_detections=one.false_detections,
        highest_on_negative=one.highest_on_negative,
    )


def _mistakes(run: Replay, frames: Sequence[KnownFrame]) -> Iterator[Mistake]:
    for component in run.bundle.manifest.recipe.components:
        for i in told_frames(run, component):
            truth, finding = run.truths[i], finding_on(run, i, component)
            passed = finding.verdict is Verdict.OK
            if passed != truth.complete(component):
                found = run.found[i].of(component.name)
                seen, missed = _beside_truth(run, found, truth, component)
                yield Mistake(
                    frame=truth.name,
                    picture=str(frames[i].shot.path),
                    size=run.sizes[i],
                    component=component.name,
                    kind=Kind.ESCAPE if passed else Kind.OVERKILL,
                    score=round(component_score(component, found), 4),
                    reason=finding.reason,
                    seen=seen,
                    missed=missed,
                )


def _beside_truth(
    run: Replay, found: Detections, truth: Truth, component: Component
) -> tuple[tuple[Seen, ...], tuple[Sighting, ...]]:
    """What was seen of a component, and what of it was missed."""
    there = Detections(truth.boxes, np.zeros(len(truth.boxes), np.float32), truth.classes, truth.labels)
    there, shown = there.of(component.name), found.where(found.scores >= LEAST_SHOWN)
    counting = len(run.bundle.working(shown))  # the best come first
    taken = matched(shown.where(np.arange(counting)), there.boxes, there.classes)
    right = [*(taken >= 0), *[False] * (len(shown) - counting)]
    seen = [
        Seen(**dict(one), counts=number < counting, right=bool(right[number]))
        for number, one in enumerate(sightings(shown))
    ]
    return tuple(seen), sightings(there.where(np.setdiff1d(np.arange(len(there)), taken)))


def _harm(run: Replay, one: Mistake) -> tuple[bool, float]:
    """To sort by: what passed and is bad first, and of either kind first what the score was surest of."""
    return one.kind is Kind.OVERKILL, -abs(one.score - run.bundle.threshold(one.component))


def _fired(run: Replay, frames: Sequence[KnownFrame]) -> Iterator[Fired]:
    for known, found, size in zip(frames, run.found, run.sizes, strict=True):
        if known.take.recording.verified_empty and known.take.of(known.shot).empty:
            for one in on_frame(known.take, known.shot, found.where(found.scores >= NEARLY)):
                yield _as_fired(run, one, size)


def _as_fired(run: Replay, one: FalseDetection, size: tuple[int, int]) -> Fired:
    return Fired(
        frame=one.name,
        picture=str(one.shot.path),
        size=size,
        seen=sightings(one.seen)[0],
        counts=len(run.bundle.working(one.seen)) > 0,
        known=one.known,
    )
