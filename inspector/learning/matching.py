"""Which truth each anchor learns, and the arrays that a batch carries to the loss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, area, intersection, iou
from inspector.learning.anchors import encode

BACKGROUND = -1
IGNORED = -2


def match(overlaps: NDArray[np.float32], positive: float = 0.5, negative: float = 0.4) -> NDArray[np.int32]:
    """Choose the truth that each anchor learns.

    Every box gets at least the anchor that overlaps it most, whatever the thresholds; two boxes never share it.

    Args: overlaps `(A, N)` float32, IoU of each anchor with each box, N may be 0.
    Returns: `(A,)` int32, the index into boxes, -1 background, -2 ignored (between the thresholds).
    Source: Liu et al. 2016 (SSD), section 2.2; the ignored band: Lin et al. 2017 (RetinaNet), section 4.1.
    """
    chosen = np.full(len(overlaps), BACKGROUND, np.int32)
    if not overlaps.shape[1]:
        return chosen
    best, nearest = overlaps.max(axis=1), overlaps.argmax(axis=1)
    chosen[best >= negative] = IGNORED
    chosen[best >= positive] = nearest[best >= positive]
    free = overlaps.copy()
    for box in np.argsort(-overlaps.max(axis=0), kind="stable"):
        anchor = free[:, box].argmax()
        if free[anchor, box] > 0:
            chosen[anchor] = box
            free[anchor] = 0
    return chosen


@dataclass(frozen=True, eq=False)
class Targets:
    """What the anchors of one picture learn.

    matched `(A,)` int32 as `match` gives it; classes `(A,)` int32, 0 where nothing is matched; deltas `(A, 4)` float32.
    """

    matched: NDArray[np.int32]
    classes: NDArray[np.int32]
    deltas: NDArray[np.float32]


def targets(anchors: Boxes, boxes: Boxes, classes: NDArray[np.int32], doubtful: Boxes = EMPTY) -> Targets:
    """Targets of one picture.

    Args: anchors `(A, 4)`, boxes `(N, 4)` and doubtful `(M, 4)` xyxy in pixels of the input; classes `(N,)`.
    doubtful: places where something is too cut off or covered to be called there or not there; no anchor learns
    background from them.
    """
    matched = match(iou(anchors, boxes))
    if len(doubtful):
        least = np.minimum(area(anchors)[:, None], area(doubtful)[None])
        touched = (intersection(anchors, doubtful) > 0.4 * least).any(axis=1)
        matched[touched & (matched == BACKGROUND)] = IGNORED
    rows = np.flatnonzero(matched >= 0)
    labels = np.zeros(len(anchors), np.int32)
    deltas = np.zeros((len(anchors), 4), np.float32)
    labels[rows] = classes[matched[rows]]
    deltas[rows] = encode(boxes[matched[rows]], anchors[rows])
    return Targets(matched, labels, deltas)
