"""Frames that contradict what was said of their recording, gathered into moments that a person can look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest

import numpy as np

from inspector.boxes import iou
from inspector.recipe import Label

APART_S = 1.0
"""Seconds between two moments."""
SAME_PLACE = 0.3

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


def clustered(suspicions: Iterable[Suspicion], times_s: Sequence[float]) -> list[list[Suspicion]]:
    """Those that are one moment: the same is suspected in frames that follow each other or lie within APART_S.

    Returns: the most suspicious moments first, but of each place one before any place has its second: what is taken for
    the component again and again would else keep all others from being asked about. In each the most suspicious frame
    first. Args: times_s: of the recording's extracted frames.
    """
    groups: list[list[Suspicion]] = []
    for one in sorted(suspicions, key=lambda one: (str(one.label), one.seems, one.index)):
        if groups and _follows(groups[-1][-1], one, times_s):
            groups[-1].append(one)
        else:
            groups.append([one])
    ranked = [sorted(group, key=lambda one: one.rank, reverse=True) for group in groups]
    return _in_turns(sorted(ranked, key=lambda group: group[0].rank, reverse=True))


def _follows(before: Suspicion, after: Suspicion, times_s: Sequence[float]) -> bool:
    near = after.index - before.index <= 1 or times_s[after.index] - times_s[before.index] <= APART_S
    return near and (before.label, before.seems) == (after.label, after.seems)


def _in_turns(groups: Sequence[list[Suspicion]]) -> list[list[Suspicion]]:
    places: list[list[list[Suspicion]]] = []
    for group in groups:
        same = next((place for place in places if _same_place(place[0][0], group[0])), None)
        if same is None:
            places.append([group])
        else:
            same.append(group)
    return [group for group in chain.from_iterable(zip_longest(*places)) if group is not None]


def _same_place(one: Suspicion, other: Suspicion) -> bool:
    if one.box is None or other.box is None:
        return False
    overlap = iou(np.array([one.box], np.float32), np.array([other.box], np.float32))
    return float(overlap[0, 0]) >= SAME_PLACE
