"""Greedy suppression of very many boxes, of which only the first few that stay are wanted."""

from typing import Any

from keras import ops

from inspector.learning.overlap import ious
from inspector.learning.suppression import apart

BLOCK = 128
"""Boxes that are compared with each other at once: the first block is mostly enough, and a larger one costs more."""


def first_apart(boxes: Any, free: Any, most: Any, iou_threshold: float) -> Any:
    """The first boxes that stay when each that does drops those after it that overlap it by more.

    Args: boxes `(B, A, 4)` xyxy, the most important first; free `(B, A)` bool, those that may stay at all; most `(B,
    1)` int32: it goes on until each picture has so many, or none is left.
    Returns: `(B, A)` bool; of each picture at least the first `most` that stay, perhaps more.
    """
    anchors = boxes.shape[1]
    boxes, free = _blocks(boxes), _blocks(free)
    blocks, size = free.shape[1:]
    numbers = ops.arange(blocks, dtype="int32")[None, :, None]

    def wanting(block: Any, kept: Any) -> Any:
        few = ops.sum(ops.cast(kept, "int32"), axis=(1, 2)) < most[:, 0]
        return ops.any(ops.logical_and(few, ops.any(ops.logical_and(free, numbers >= block), axis=(1, 2))))

    def settle(block: Any, kept: Any) -> tuple[Any, Any]:
        left = _not_covered(boxes, ops.take(free, block, axis=1), kept, block, iou_threshold)
        settled = apart(ops.take(boxes, block, axis=1), left, iou_threshold)
        return block + 1, ops.logical_or(kept, ops.logical_and(numbers == block, settled[:, None, :]))

    start = (ops.convert_to_tensor(0, dtype="int32"), ops.zeros_like(free))
    kept = ops.while_loop(wanting, settle, start, maximum_iterations=blocks)[1]
    return ops.reshape(kept, (-1, blocks * size))[:, :anchors]


def _blocks(values: Any) -> Any:
    """`(B, A, ...)` as `(B, blocks, size, ...)`, the last one filled with nothing."""
    count, rest = values.shape[1], values.shape[2:]
    size = min(BLOCK, count)
    padding = ((0, 0), (0, -count % size)) + ((0, 0),) * len(rest)
    return ops.reshape(ops.pad(values, padding), (-1, -(-count // size), size, *rest))


def _not_covered(boxes: Any, free: Any, kept: Any, block: Any, iou_threshold: float) -> Any:
    """Of the free boxes `(B, size)` of one block, those that no kept one of an earlier block overlaps."""
    mine = ops.take(boxes, block, axis=1)

    def look(above: Any, left: Any) -> tuple[Any, Any]:
        near = ious(mine, ops.take(boxes, above, axis=1)) > iou_threshold
        covered = ops.any(ops.logical_and(near, ops.take(kept, above, axis=1)[:, None, :]), axis=2)
        return above + 1, ops.logical_and(left, ops.logical_not(covered))

    return ops.while_loop(lambda above, _: above < block, look, (ops.zeros_like(block), free))[1]
