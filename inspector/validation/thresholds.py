"""The working score of a component: where right detections part from wrong ones."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, at_one_place, iou
from inspector.detections import Detections
from inspector.detector import FLOOR

LOWEST = 0.05
SURE = 0.99
DIGITS = 4


@dataclass(frozen=True)
class Tally:
    """Scores of right and of wrong detections; a component that nobody found is a right one scored 0."""

    right: tuple[float, ...] = ()
    wrong: tuple[float, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong)


def tally(found: Detections, boxes: Boxes, classes: NDArray[np.int32]) -> Tally:
    """Right and wrong detections of one frame, as `matched` tells them apart; the arguments are its own."""
    taken = matched(found, boxes, classes)
    right = np.zeros(len(boxes))
    right[taken[taken >= 0]] = found.scores[taken >= 0]
    return Tally(tuple(right.tolist()), tuple(found.scores[taken < 0].astype(float).tolist()))


def matched(found: Detections, boxes: Boxes, classes: NDArray[np.int32]) -> NDArray[np.intp]:
    """`(m,)` which true box each detection takes, -1 where it is wrong: each true box is taken by the best detection of
    its label that lies at its place.

    A station counts what is there, by its centre: a box badly drawn about a true part is no part where none is, and to
    call it wrong would set the working score by how well boxes are drawn. A second one on the same part is wrong.

    Args: found: best first; boxes `(n, 4)` and classes `(n,)`: the truth, in the same pixels and labels.
    """
    overlaps = np.where(at_one_place(found.boxes, boxes), iou(found.boxes, boxes), 0)
    overlaps[found.classes[:, None] != classes[None]] = 0
    taken = np.full(len(found), -1, np.intp)
    for number, row in enumerate(overlaps):
        free = np.where(np.isin(np.arange(len(boxes)), taken), 0, row)
        if len(free) and free.max() > 0:
            taken[number] = free.argmax()
    return taken


def choose_threshold(right: Sequence[float], wrong: Sequence[float], unwanted: bool = False) -> float:
    """The score from which a detection counts.

    Where every right detection outscores every wrong one: half way between them, in log-odds, in which scores near 0
    and near 1 are as far apart as the network means them. Else what costs no escape, which is worse than an overkill:
    the score that lets no wrong one through and, among those, keeps the most right ones; that may be none, and then
    nothing counts. What must not be there escapes where it is missed: then every right one from LOWEST on is kept, and
    of the wrong ones as few as that allows are let through.

    Args: unwanted: whether the component must not be there.
    Returns: in [LOWEST, the bundle's NOTHING_COUNTS], rounded to DIGITS where that parts the same.
    """
    if unwanted:
        least_caught = min((score for score in right if score >= LOWEST), default=1.0)
        wrong = [score for score in wrong if score < least_caught]
    highest_wrong = max(wrong, default=FLOOR)
    lowest_right = min((score for score in right if score > highest_wrong), default=1.0)
    # A sure network says 0.9999 on the frames it knows; a threshold near that would refuse a slightly darker day.
    if highest_wrong < SURE:
        lowest_right = min(lowest_right, SURE)
    chosen = round(max(_between(highest_wrong, lowest_right), LOWEST), DIGITS)
    if highest_wrong < chosen and (chosen == LOWEST or chosen <= lowest_right):
        return chosen
    # Nearer to one another than the digits, or to 1 than the log-odds are trusted. In float32, as scores are compared.
    return float(np.nextafter(np.float32(highest_wrong), np.float32(2)))


def _between(low: float, high: float) -> float:
    return 1 / (1 + math.exp(-(_log_odds(low) + _log_odds(high)) / 2))


def _log_odds(score: float) -> float:
    safe = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(safe / (1 - safe))
