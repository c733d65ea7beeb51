"""Which points of an anchor-free head learn which box: those that already do best at finding and at placing it."""

from typing import Any, NamedTuple

import numpy as np
from keras import ops

from inspector.learning.matching import BACKGROUND, IGNORED, best_anchors
from inspector.learning.network import DOUBTFUL, Truth
from inspector.learning.overlap import ious

ALPHA = 1.0
BETA = 6.0
TOP = 13
"""Points that a box may have at most."""
LEAST_SCORE = 1e-6
LEAST_OVERLAP = 1e-4
# Below them the product, a sixth power, would be 0 for every point of a box, and none of them the best.


class Assigned(NamedTuple):
    """What the points of a batch learn.

    matched `(B, A)` int32, the index into boxes, -1 background, -2 ignored; classes `(B, A)` int32, 0 where nothing is
    matched; boxes `(B, A, 4)` xyxy, whatever where nothing is matched; quality `(B, A)` float32 in [0, 1], the score
    that a point should reach: of a box's points the best is to score what the best of their boxes overlaps it.
    """

    matched: Any
    classes: Any
    boxes: Any
    quality: Any


def assign(cells: Any, scores: Any, boxes: Any, truth: Truth, top: int = TOP) -> Assigned:
    """Task-aligned assignment.

    Every box with a point in it learns from one at least, as long as each box finds another; so does one that lies
    between the points, through the nearest. A point wanted by several boxes goes to the one that its own box overlaps
    most, but for each box's best point, which is the box's. A box of a label that its picture does not teach is none.

    Args: cells `(A, 4)` xyxy, the square round each point that is as wide as the points are apart; scores `(B, A, C)`
    in [0, 1] and boxes `(B, A, 4)` xyxy, as the network now says them.
    Returns: what no gradient flows through.
    Source: Feng et al. 2021 (TOOD), section 3.2, with its alpha, beta and number of points.
    """
    scores, boxes = ops.stop_gradient(scores), ops.stop_gradient(boxes)
    inside = points_in(cells, truth["boxes"])
    overlaps = ious(boxes, truth["boxes"])
    there = ops.logical_and(_taught(truth), inside)
    alignment = ops.where(there, _alignment(scores, overlaps, truth["classes"]), 0.0)
    owner = _owner(alignment, overlaps, top)
    doubtful = ops.any(ops.logical_and(inside, (truth["classes"] == DOUBTFUL)[:, None, :]), axis=2)
    matched = ops.where(ops.logical_and(owner == BACKGROUND, doubtful), IGNORED, owner)
    rows = ops.maximum(matched, 0)
    classes = ops.where(matched >= 0, ops.take_along_axis(truth["classes"], rows, axis=1), 0)
    learned = ops.take_along_axis(truth["boxes"], rows[..., None], axis=1)
    return Assigned(matched, classes, learned, _quality(matched, alignment, overlaps))


def points_in(cells: Any, boxes: Any) -> Any:
    """`(B, A, N)` which points lie in which boxes `(B, N, 4)`; where none does, the nearest of the finest ones counts.

    Args: cells `(A, 4)` xyxy, with a point in the middle of each.
    """
    points = (cells[:, None, :2] + cells[:, None, 2:]) / 2
    low, high = boxes[:, None, :, :2], boxes[:, None, :, 2:]
    inside = ops.all(ops.logical_and(points >= low, points < high), axis=-1)
    sides = cells[:, 2] - cells[:, 0]
    away = ops.sum((points - (low + high) / 2) ** 2, axis=-1)
    away = ops.where((sides > ops.min(sides))[None, :, None], np.inf, away)
    nearest = ops.arange(cells.shape[0])[None, :, None] == ops.argmin(away, axis=1)[:, None, :]
    return ops.logical_or(inside, ops.logical_and(nearest, ops.logical_not(ops.any(inside, axis=1, keepdims=True))))


def _taught(truth: Truth) -> Any:
    """`(B, 1, N)` whether a row is a box of a label that its picture teaches."""
    labels = truth["taught"].shape[1]
    own = ops.one_hot(truth["classes"], labels, dtype="bool")
    return ops.any(ops.logical_and(own, truth["taught"][:, None, :]), axis=2)[:, None, :]


def _alignment(scores: Any, overlaps: Any, classes: Any) -> Any:
    """`(B, A, N)` how well each point finds each box and places it: a power of its score times one of its overlap."""
    own = ops.one_hot(classes, scores.shape[-1], axis=1, dtype=scores.dtype)
    score = ops.maximum(ops.matmul(scores, own), LEAST_SCORE)
    return score**ALPHA * ops.maximum(overlaps, LEAST_OVERLAP) ** BETA


def _owner(alignment: Any, overlaps: Any, top: int) -> Any:
    """`(B, A)` int32, the box that each point learns, -1 for none. alignment: 0 where a point is no candidate."""
    by_box = ops.transpose(alignment, (0, 2, 1))
    least = ops.top_k(by_box, min(top, by_box.shape[2]))[0][..., -1]
    wanted = ops.logical_and(alignment > 0, alignment >= least[:, None, :])
    nearest = ops.cast(ops.argmax(ops.where(wanted, overlaps, -1.0), axis=2), "int32")
    chosen = ops.where(ops.any(wanted, axis=2), nearest, BACKGROUND)
    best = best_anchors(alignment)
    return ops.where(best >= 0, best, chosen)


def _quality(matched: Any, alignment: Any, overlaps: Any) -> Any:
    """`(B, A)` the alignment of matched points, scaled for each box so that the best reaches the best overlap."""
    own = ops.cast(matched[..., None] == ops.arange(alignment.shape[2], dtype="int32"), alignment.dtype)
    highest = ops.max(alignment * own, axis=1, keepdims=True)
    overlap = ops.max(overlaps * own, axis=1, keepdims=True)
    return ops.sum(own * alignment / ops.where(highest > 0, highest, 1.0) * overlap, axis=2)
