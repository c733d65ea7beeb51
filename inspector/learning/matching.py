"""Which truth each anchor learns, for a whole batch on the device."""

from typing import Any, NamedTuple

from keras import ops

from inspector.learning.anchors import encode
from inspector.learning.network import DOUBTFUL, Truth
from inspector.learning.overlap import areas, intersections, ious

BACKGROUND = -1
IGNORED = -2
TOUCHED = 0.4
"""Share of the smaller of an anchor and a doubtful box from which the anchor says nothing."""


class Targets(NamedTuple):
    """What the anchors of a batch learn.

    matched `(B, A)` int32 as `match` gives it; classes `(B, A)` int32, 0 where nothing is matched; boxes `(B, A, 4)`
    xyxy, whatever where nothing is matched.
    """

    matched: Any
    classes: Any
    boxes: Any

    def deltas(self, anchors: Any) -> Any:
        """`(B, A, 4)` what the network should say of each anchor `(A, 4)`; 0 where nothing is matched."""
        return ops.where((self.matched >= 0)[..., None], encode(self.boxes, anchors), 0.0)


def targets(anchors: Any, truth: Truth, positive: float = 0.5, negative: float = 0.4) -> Targets:
    """Targets of a batch.

    Args: anchors `(A, 4)` or `(B, A, 4)` xyxy in pixels of the input; positive, negative: as `match` has them.
    """
    boxes, classes = truth["boxes"], truth["classes"]
    if len(anchors.shape) == 2:
        anchors = anchors[None]
    there = classes >= 0
    matched = match(ops.where(there[:, None, :], ious(anchors, boxes), 0.0), positive, negative)
    matched = ops.where(ops.logical_and(matched == BACKGROUND, _touched(anchors, truth)), IGNORED, matched)
    rows = ops.maximum(matched, 0)
    learned = ops.where(matched >= 0, ops.take_along_axis(classes, rows, axis=1), 0)
    return Targets(matched, learned, ops.take_along_axis(boxes, rows[..., None], axis=1))


def match(overlaps: Any, positive: float = 0.5, negative: float = 0.4) -> Any:
    """Choose the truth that each anchor learns.

    Every box gets at least the anchor that overlaps it most, whatever the thresholds; two boxes never share it: the one
    that overlaps it more has it, and the other takes the best of those that are left.

    Args: overlaps `(B, A, N)`, IoU of each anchor with each box, 0 for a box that is not there.
    Returns: `(B, A)` int32, the index into boxes, -1 background, -2 ignored (between the thresholds).
    Source: Liu et al. 2016 (SSD), section 2.2; the ignored band: Lin et al. 2017 (RetinaNet), section 4.1.
    """
    best = ops.max(overlaps, axis=2)
    nearest = ops.cast(ops.argmax(overlaps, axis=2), "int32")
    chosen = ops.where(best >= positive, nearest, ops.where(best >= negative, IGNORED, BACKGROUND))
    forced = best_anchors(overlaps)
    return ops.cast(ops.where(forced >= 0, forced, chosen), "int32")


def best_anchors(overlaps: Any) -> Any:
    """`(B, A)` int32, the box whose best anchor each is, -1 for none. Boxes bid until each has one, or none is left.

    Args: overlaps `(B, A, N)`, or anything else by which the highest is best, 0 where an anchor is out of the question.
    """
    anchors = ops.arange(overlaps.shape[1], dtype="int32")[None, :, None]

    def waiting(given: Any, forced: Any) -> Any:
        return ops.any(given > 0)

    def bid(given: Any, forced: Any) -> Any:
        wanted = ops.cast(ops.argmax(given, axis=1), "int32")
        bids = ops.where(ops.logical_and(anchors == wanted[:, None, :], given > 0), given, 0.0)
        won = ops.max(bids, axis=2) > 0
        winner = ops.cast(ops.argmax(bids, axis=2), "int32")
        forced = ops.where(won, winner, forced)
        served = ops.any(ops.logical_and(won[..., None], winner[..., None] == _columns(given)), axis=1)
        taken = ops.logical_or(won[..., None], served[:, None, :])
        return ops.where(taken, 0.0, given), forced

    start = (ops.cast(overlaps, "float32"), ops.full_like(overlaps[..., 0], -1, dtype="int32"))
    # With each bid one box at least is served. JAX bids for what is not a number, and would without end.
    return ops.while_loop(waiting, bid, start, maximum_iterations=overlaps.shape[2])[1]


def _columns(overlaps: Any) -> Any:
    return ops.arange(overlaps.shape[2], dtype="int32")[None, None, :]


def _touched(anchors: Any, truth: Truth) -> Any:
    """`(B, A)` whether an anchor lies where something is doubtful."""
    doubtful = truth["classes"] == DOUBTFUL
    least = ops.minimum(areas(anchors)[..., :, None], areas(truth["boxes"])[..., None, :])
    near = intersections(anchors, truth["boxes"]) > TOUCHED * least
    return ops.any(ops.logical_and(near, doubtful[:, None, :]), axis=2)
