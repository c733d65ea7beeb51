"""What a detector saw in one frame: boxes, scores and labels, in step."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, area, intersection, iou
from inspector.recipe import Label

SUPPRESSION_IOU = 0.45
NESTED = 0.85


@dataclass(frozen=True, eq=False)
class Detections:
    """boxes `(n, 4)` float32 in pixels of the frame; scores `(n,)` float32 in [0, 1]; classes `(n,)` int32 into labels.

    Raises: ValueError where the arrays are not in step.
    """

    boxes: Boxes
    scores: NDArray[np.float32]
    classes: NDArray[np.int32]
    labels: tuple[Label, ...]

    def __post_init__(self) -> None:
        n = len(self.boxes)
        if self.boxes.shape != (n, 4) or self.scores.shape != (n,) or self.classes.shape != (n,):
            raise ValueError(
                "boxes, scores and classes should have the shapes (n, 4), (n,), (n,); "
                f"these have {self.boxes.shape}, {self.scores.shape}, {self.classes.shape}"
            )
        if n and not (self.classes.min() >= 0 and self.classes.max() < len(self.labels)):
            raise ValueError(f"classes should lie in 0..{len(self.labels) - 1}, these are {self.classes.tolist()}")

    @classmethod
    def none(cls, labels: tuple[Label, ...]) -> "Detections":
        """Nothing seen."""
        return cls(EMPTY, np.zeros(0, np.float32), np.zeros(0, np.int32), labels)

    def __len__(self) -> int:
        return len(self.boxes)

    def where(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> "Detections":
        """Those that a mask or an index array picks."""
        return Detections(self.boxes[keep], self.scores[keep], self.classes[keep], self.labels)

    def moved(self, x: float, y: float) -> "Detections":
        """The same, so many pixels to the right and down."""
        boxes = self.boxes + np.array([x, y, x, y], np.float32)
        return Detections(boxes, self.scores, self.classes, self.labels)

    def label(self, index: int) -> Label:
        """The label of one detection."""
        return self.labels[int(self.classes[index])]

    def of(self, *components: str) -> "Detections":
        """Those of the components, in whichever pattern."""
        mine = np.array([label.component in components for label in self.labels], bool)
        return self.where(mine[self.classes])

    def beside(self, *others: "Detections") -> "Detections":
        """These and others of the same labels, one after the other."""
        every = (self, *others)
        return Detections(
            np.concatenate([one.boxes for one in every]),
            np.concatenate([one.scores for one in every]),
            np.concatenate([one.classes for one in every]),
            self.labels,
        )


def suppress(
    boxes: Boxes, scores: NDArray[np.float32], labels: tuple[Label, ...], floor: float, limit: int = 300
) -> Detections:
    """The network's candidates with the doubles removed, best first.

    One place shows one pattern of a component, so patterns of a component suppress each other; components do not. What
    speaks for another pattern there speaks against the one that won: its score is times (1 - the other's). So a place
    that is as much `on` as `off` is surely neither. A lookalike competes as a pattern does; where it wins, nobody is
    told.

    Args: boxes `(A, 4)`; scores `(A, C)`, C labels; floor: the least score kept; limit: the most detections kept.
    Returns: their labels are those that are no lookalikes.
    """
    parts = [_suppress_component(boxes, scores, columns, floor, limit) for columns in _columns(labels)]
    kept = Detections(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        labels,
    )
    return _reported(kept.where(np.argsort(-kept.scores, kind="stable")), limit)


def _reported(everything: Detections, limit: int) -> Detections:
    """The first of them that are no lookalikes, up to the limit."""
    real = np.array([not label.lookalike for label in everything.labels], bool)
    shown = everything.where(np.flatnonzero(real[everything.classes])[:limit])
    number = np.cumsum(real, dtype=np.int32) - 1
    labels = tuple(label for label in shown.labels if not label.lookalike)
    return Detections(shown.boxes, shown.scores, number[shown.classes].astype(np.int32), labels)


def _columns(labels: tuple[Label, ...]) -> list[NDArray[np.intp]]:
    """For each component, the columns of the score matrix that are its patterns."""
    components = np.array([label.component for label in labels])
    return [np.flatnonzero(components == name) for name in dict.fromkeys(components.tolist())]


def _suppress_component(
    boxes: Boxes, scores: NDArray[np.float32], columns: NDArray[np.intp], floor: float, limit: int
) -> tuple[Boxes, NDArray[np.float32], NDArray[np.int32]]:
    best = scores[:, columns].max(axis=1)
    candidates = np.flatnonzero(best >= floor)
    if not len(candidates):
        return EMPTY, np.zeros(0, np.float32), np.zeros(0, np.int32)
    sized = boxes[candidates].copy()
    sized[:, 2:] -= sized[:, :2]  # OpenCV wants x, y, width, height
    # OpenCV drops scores equal to its threshold, and cuts to its top_k before it suppresses: neither is wanted.
    picked = cv2.dnn.NMSBoxes(sized.tolist(), best[candidates].tolist(), 0.0, SUPPRESSION_IOU)
    rows = candidates[np.asarray(picked, np.intp).reshape(-1)[:limit]]
    rows = rows[_not_nested(boxes[rows])]
    winners = scores[np.ix_(rows, columns)].argmax(axis=1)
    here = iou(boxes[rows], boxes[candidates]) > SUPPRESSION_IOU
    each = np.where(here[..., None], scores[np.ix_(candidates, columns)], 0).max(axis=1)
    each[np.arange(len(rows)), winners] = 0
    sure = best[rows] * (1 - each.max(axis=1))
    kept = sure >= floor
    return boxes[rows[kept]], sure[kept], columns[winners[kept]].astype(np.int32)


def _not_nested(boxes: Boxes) -> NDArray[np.bool_]:
    """`(n,)` which of the boxes, best first, do not lie in a better one or round it: a part of a screw is no second
    screw, though the two overlap by too little to suppress each other.
    """
    least = np.minimum(area(boxes)[:, None], area(boxes)[None, :])
    nested = intersection(boxes, boxes) > NESTED * np.maximum(least, 1e-6)
    kept = np.zeros(len(boxes), bool)
    for i, row in enumerate(nested):
        kept[i] = not (row[:i] & kept[:i]).any()
    return kept
