"""Frames that contradict what was said of their recording, gathered into moments that a person can look at."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest

import numpy as np

from inspector.boxes import at_one_place
from inspector.recipe import Label

APART_S = 1.0
"""Seconds between two moments."""

Place = tuple[float, float, float, float]
"""xyxy in pixels of the frame."""


class Seems(StrEnum):
    """What is suspected of a frame: that the component is there though it should not be, or is out of sight."""

    THERE = "there"
    OUT_OF_SIGHT = "out of sight"


class Searcher(StrEnum):
    """Who looked: the component's looks laid on every place, or a detector that was not taught by the frame."""

    TEMPLATE = "template"
    DETECTOR = "detector"


@dataclass(frozen=True)
class Suspicion:
    """One frame that contradicts. index: among its recording's extracted frames; box: None where none is known; score:
    in [0, 1], how strongly; by: the searchers who say so.
    """

    index: int
    seems: Seems
    label: Label
    box: Place | None
    score: float
    by: tuple[Searcher, ...]

    @property
    def rank(self) -> tuple[int, float]:
        """What two searchers say weighs more than what one does."""
        return len(self.by), self.score


def is_same_place(one: Place, other: Place) -> bool:
    """Whether each holds the other's middle: what is turned, or seen by another, has another outline there."""
    return bool(at_one_place(np.array([one], np.float32), np.array([other], np.float32)).all())


def distinct(suspicions: Iterable[Suspicion]) -> list[Suspicion]:
    """A frame's suspicions without those that take the same thing for another label of its component: the most
    suspicious label stays.
    """
    kept: list[Suspicion] = []
    for one in sorted(suspicions, key=lambda one: one.rank, reverse=True):
        if not any(_is_of_the_same(other, one) for other in kept):
            kept.append(one)
    return kept


def _is_of_the_same(one: Suspicion, other: Suspicion) -> bool:
    same = (one.label.component, one.seems) == (other.label.component, other.seems)
    return same and _is_at_one_place(one, other)


def clustered(suspicions: Iterable[Suspicion], times_s: Sequence[float]) -> list[list[Suspicion]]:
    """Those that are one moment: the same is suspected at the same place in frames that follow each other or lie within
    APART_S. Where no place is known it may be any.

    Returns: the most suspicious moments first, but of each place one before any place has its second: what is taken for
    the component again and again would else keep all others from being asked about. In each the most suspicious frame
    first. Args: times_s: of the recording's extracted frames.
    """
    groups: list[list[Suspicion]] = []
    for one in sorted(suspicions, key=lambda one: one.index):
        joined = next((group for group in reversed(groups) if _follows(group, one, times_s)), None)
        if joined is None:
            groups.append([one])
        else:
            joined.append(one)
    ranked = [sorted(group, key=lambda one: one.rank, reverse=True) for group in groups]
    return _in_turns(sorted(ranked, key=lambda group: group[0].rank, reverse=True))


def _follows(group: Sequence[Suspicion], after: Suspicion, times_s: Sequence[float]) -> bool:
    last = group[-1].index
    near = after.index - last <= 1 or times_s[after.index] - times_s[last] <= APART_S
    return near and _is_alike(group[0], _last_place(group), after)


def _last_place(suspicions: Sequence[Suspicion]) -> Place | None:
    return next((one.box for one in reversed(suspicions) if one.box is not None), None)


def _is_alike(one: Suspicion, place: Place | None, other: Suspicion) -> bool:
    """Whether the other is the same as the one, which is at that place by then."""
    same = (one.label, one.seems) == (other.label, other.seems)
    return same and (place is None or other.box is None or is_same_place(place, other.box))


def _in_turns(groups: Sequence[list[Suspicion]]) -> list[list[Suspicion]]:
    places: list[list[list[Suspicion]]] = []
    for group in groups:
        same = next((place for place in places if _is_at_one_place(place[0][0], group[0])), None)
        if same is None:
            places.append([group])
        else:
            same.append(group)
    return [group for group in chain.from_iterable(zip_longest(*places)) if group is not None]


def _is_at_one_place(one: Suspicion, other: Suspicion) -> bool:
    return one.box is not None and other.box is not None and is_same_place(one.box, other.box)


def not_dismissed(suspicions: Sequence[Suspicion], asked: Suspicion, frames: Collection[int]) -> list[Suspicion]:
    """Those that are left once a person has said of one that it is none.

    What goes with it is the same at the same place in the other frames of its moment, followed from frame to frame as
    the moment was gathered; whatever else is suspected there stays. Args: frames: of the moment, by index.
    """
    after = sorted(index for index in frames if index > asked.index)
    before = sorted((index for index in frames if index < asked.index), reverse=True)
    gone = [*_followed(suspicions, asked, after), *_followed(suspicions, asked, before)]
    return [one for one in suspicions if one not in gone]


def _followed(suspicions: Sequence[Suspicion], asked: Suspicion, frames: Sequence[int]) -> list[Suspicion]:
    """The same as was asked about, in frames one after the other."""
    found = [asked]
    for index in frames:
        place = _last_place(found)
        found += [one for one in suspicions if one.index == index and _is_alike(asked, place, one)]
    return found
