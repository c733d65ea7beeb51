"""How much of a box is seen, and what may still be said of it."""

from typing import Any

from keras import ops

from inspector.learning.network import DOUBTFUL, NOTHING
from inspector.learning.overlap import areas
from inspector.tiles import LEAST_SEEN

TRACE = 0.05
"""Of a smaller share nobody would say that it is something."""


def common(boxes: Any, others: Any) -> Any:
    """What boxes share with others, `(..., 4)` each; of no area where they share nothing."""
    near = ops.maximum(boxes[..., :2], others[..., :2])
    return ops.concatenate([near, ops.maximum(near, ops.minimum(boxes[..., 2:], others[..., 2:]))], axis=-1)


def share(pieces: Any, boxes: Any) -> Any:
    """Which share of the boxes the pieces are, 0 for a box of no area."""
    return areas(pieces) / ops.maximum(areas(boxes), 1e-6)


def rest(boxes: Any, taken: Any) -> Any:
    """Boxes round what is left of boxes `(..., 4)` where others `(..., 4)` are taken out of them.

    They grow smaller where a whole side is taken; a hole in the middle or at a corner leaves them as they were.
    """
    across, down = _rest_between(boxes, taken, 0), _rest_between(boxes, taken, 1)
    return ops.stack([across[0], down[0], across[1], down[1]], axis=-1)


def _rest_between(boxes: Any, taken: Any, axis: int) -> tuple[Any, Any]:
    """The two edges along an axis."""
    other = 1 - axis
    low, high, taken_low, taken_high = boxes[..., axis], boxes[..., axis + 2], taken[..., axis], taken[..., axis + 2]
    spans = ops.logical_and(taken[..., other] <= boxes[..., other], taken[..., other + 2] >= boxes[..., other + 2])
    from_low = ops.logical_and(spans, taken_low <= low)
    from_high = ops.logical_and(spans, taken_high >= high)
    return (
        ops.where(from_low, ops.maximum(low, taken_high), low),
        ops.where(from_high, ops.minimum(high, taken_low), high),
    )


def judged(classes: Any, seen: Any) -> Any:
    """Classes `(B, N)` int32 of things of which a share `seen` `(B, N)` is seen: as they were, doubtful, or nothing."""
    doubted = ops.where(ops.logical_and(classes >= 0, seen < LEAST_SEEN), DOUBTFUL, classes)
    return ops.cast(ops.where(seen <= TRACE, NOTHING, doubted), "int32")
