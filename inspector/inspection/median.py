"""What several frames saw, as one: each place with the median of its scores. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, iou
from inspector.detections import Detections

SAME_PLACE = 0.3
"""The least IoU of a thing's boxes in two frames: by less, they are two places. Noise moves the edges of a box of 10
pixels by up to 3 and stays above."""


@dataclass
class _Place:
    """Where something was seen: its newest box, and its scores by the number of the frame."""

    box: NDArray[np.float32]
    label: int
    scores: dict[int, float] = field(default_factory=dict)


def median(frames: Sequence[Detections]) -> Detections:
    """The places that most of the frames saw, each with the median of its scores over all of them and its newest box.

    Detections of one label in neighbouring frames are one place where their boxes overlap by SAME_PLACE, the best pairs
    first; a frame that does not show a place counts as 0 there. Of an even number the median is the lower of the two in
    the middle: what half of the frames saw is not confirmed.

    Args: frames: one at least, oldest first, all of the same labels.
    """
    places: list[_Place] = []
    for number, frame in enumerate(frames):
        places += _see(places, frame, number)
    middles = np.array([_middle(place, len(frames)) for place in places], np.float32)
    everything = Detections(
        _boxes(places), middles, np.array([place.label for place in places], np.int32), frames[-1].labels
    )
    return everything.where(middles > 0)


def _see(places: Sequence[_Place], frame: Detections, number: int) -> list[_Place]:
    """Note the frame's detections at the places where they belong; returns those that are new."""
    fresh = []
    for label in np.unique(frame.classes).tolist():
        known = [place for place in places if place.label == label]
        mine = np.flatnonzero(frame.classes == label)
        for index, partner in zip(mine, _partners(_boxes(known), frame.boxes[mine]), strict=True):
            place = known[partner] if partner >= 0 else _Place(frame.boxes[index], label)
            place.box = frame.boxes[index]
            place.scores[number] = float(frame.scores[index])
            if partner < 0:
                fresh.append(place)
    return fresh


def _partners(known: Boxes, seen: Boxes) -> list[int]:
    """For each box that is seen the known one that it belongs to, each once, or -1."""
    partners = [-1] * len(seen)
    overlaps = iou(known, seen)
    while overlaps.size and overlaps.max() >= SAME_PLACE:
        one, other = np.unravel_index(overlaps.argmax(), overlaps.shape)
        partners[int(other)] = int(one)
        overlaps[one, :] = overlaps[:, other] = 0
    return partners


def _middle(place: _Place, frames: int) -> float:
    scores = [*place.scores.values(), *[0.0] * (frames - len(place.scores))]
    return sorted(scores)[(frames - 1) // 2]


def _boxes(places: Sequence[_Place]) -> Boxes:
    return np.array([place.box for place in places], np.float32).reshape(-1, 4)
