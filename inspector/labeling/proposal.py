"""What is proposed for frames that nobody has annotated, and what becomes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from inspector.boxes import clip
from inspector.labeling.annotation import (
    DETECTOR,
    SUGGESTION,
    TRACKING,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.suggestions import Origin, Suggested, put, waiting
from inspector.labeling.takes import Shot, Take
from inspector.labeling.tracking import Marks

Progress = Callable[[int, int | None], object]
BY = {Origin.CONTRAST: SUGGESTION, Origin.TRACKING: TRACKING, Origin.DETECTOR: DETECTOR}
"""Who says so, of what is taken as true."""
LEAST_SIDE = 1.0
"""Pixels of a box that is cut off at the edge of its picture: less is nothing."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What is proposed for one frame of a recording."""

    take: Take
    shot: Shot
    suggested: Suggested


@dataclass(frozen=True, eq=False)
class Proposals:
    """What came of it. accepted: frames whose boxes are now annotated; left: proposed, for a person to look at.

    questions: `recording/frame`, of each stretch of frames of which nothing is sure the one in the middle: what a
    person says of these settles the most others.
    """

    proposals: tuple[Proposal, ...]
    accepted: int
    questions: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """Frames that wait for a person."""
        return len(self.proposals) - self.accepted

    def counts(self) -> dict[str, int]:
        """The counts as a program reads them."""
        boxes = sum(len(one.suggested.boxes) for one in self.proposals)
        return {"frames": len(self.proposals), "boxes": boxes, "accepted": self.accepted, "left": self.left}

    def __str__(self) -> str:
        counts = self.counts()
        return (
            f"{counts['boxes']} boxes proposed on {counts['frames']} frames; {self.accepted} frames accepted, "
            f"{self.left} left for a person"
        )


def proposal(take: Take, shot: Shot, marks: Marks, sure: float, origin: Origin) -> Iterator[Proposal]:
    """The boxes as far as they lie in the picture; nothing where none does."""
    width, height = shot.size
    cut = [(label, clip(box[None], width, height)[0]) for label, box in marks]
    boxes = tuple(Box.of(label, box) for label, box in cut if min(box[2:] - box[:2]) >= LEAST_SIDE)
    if boxes:
        yield Proposal(
            take, shot, Suggested(boxes=boxes, sure=sure if len(boxes) == len(marks) else 0.0, origin=origin)
        )


def settled(made: Sequence[Proposal], accept: float | None) -> tuple[list[Proposal], list[Proposal]]:
    """Annotate what is sure enough, and let the rest wait. What somebody said of a frame meanwhile stands, and so does
    what waits there from elsewhere and is surer.

    Returns: those of which nobody had said anything, nothing surer waits, and which of them were annotated.
    """
    still_open, accepted = list[Proposal](), list[Proposal]()
    for take in {id(one.take): one.take for one in made}.values():
        known = read_annotations(take.folder)
        there = waiting(take.folder, known)
        mine = [one for one in made if one.take is take]
        mine = [one for one in mine if one.suggested.waits(known.of(one.shot.name))]
        mine = [one for one in mine if not _is_surer(there.get(one.shot.name), one.suggested)]
        sure = [one for one in mine if accept is not None and one.suggested.sure >= accept]
        news = {one.shot.name: one.suggested.as_annotation(BY[one.suggested.origin]) for one in sure}
        after = known.with_frames(news)
        write_annotations(take.folder, after)
        put(take.folder, after, {one.shot.name: one.suggested for one in mine if one not in sure})
        still_open += mine
        accepted += sure
    return still_open, accepted


def _is_surer(waits: Suggested | None, new: Suggested) -> bool:
    return waits is not None and waits.origin is not new.origin and waits.sure > new.sure


def open_questions(takes: Sequence[Take], accepted: Sequence[Proposal]) -> tuple[str, ...]:
    """`recording/frame`, of each stretch of unlabeled frames of which nothing is sure the one in the middle."""
    sure = {one.take.name_of(one.shot) for one in accepted}
    return tuple(name for take in takes for name in _open(take, sure))


def _open(take: Take, sure: set[str]) -> Iterator[str]:
    unsure = [take.of(shot).state is State.UNLABELED and take.name_of(shot) not in sure for shot in take.shots]
    for is_open, stretch in groupby(zip(unsure, take.shots, strict=True), key=lambda one: one[0]):
        names = [take.name_of(shot) for _, shot in stretch]
        if is_open:
            yield names[len(names) // 2]
