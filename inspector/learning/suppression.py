"""Greedy suppression inside the network: of boxes that say the same, the best one stays."""

from typing import Any

from keras import ops

from inspector.learning.overlap import ious


def best_apart(boxes: Any, ranks: Any, candidates: Any, most: int, iou_threshold: float) -> tuple[Any, Any]:
    """The highest-ranked candidates of each picture of which none overlaps a higher one by more than the threshold.

    Args: boxes `(B, K, 4)`; ranks `(B, K)`; candidates `(B, K)` bool; most: how many of each picture, at most K;
    iou_threshold: 1 suppresses none.
    Returns: indices `(B, most)` int32 from best to worst, and `(B, most)` bool, whether each is one: where too few
    are left apart, the rest are fillers. No gradient flows through either.
    """
    ranks, boxes = ops.stop_gradient(ranks), ops.stop_gradient(boxes)
    number = ranks.shape[1]
    _, order = ops.top_k(ops.where(candidates, ranks, -1e9), number)
    kept = ops.take_along_axis(candidates, order, axis=1)
    if iou_threshold < 1:
        kept = apart(ops.take_along_axis(boxes, order[..., None], axis=1), kept, iou_threshold)
    down = ops.cast(ops.arange(number, 0, -1), ranks.dtype)
    left, places = ops.top_k(ops.where(kept, down, 0.0), most)
    return ops.take_along_axis(order, places, axis=1), left > 0


def apart(boxes: Any, candidates: Any, iou_threshold: float) -> Any:
    """Which of boxes `(B, K, 4)`, given from best to worst, greedy suppression keeps: `(B, K)` bool.

    A box stays where no better one that itself stays overlaps it. Asked of all boxes at once, again and again, the
    answer is final for the first k after k rounds, and in practice for all of them after a few: boxes suppress one
    another in short chains. So it is exact, and needs no loop over boxes.
    Source: Zheng et al. 2020 (Enhancing Geometric Factors), section 3.3 (Cluster-NMS).
    """
    number = boxes.shape[1]
    better = ops.arange(number)[:, None] > ops.arange(number)[None]
    beats = ops.cast(ops.logical_and(ious(boxes, boxes) > iou_threshold, better), "float32")
    start = ops.cast(candidates, "float32")

    def unsettled(kept: Any, before: Any) -> Any:
        return ops.any(kept != before)

    def ask(kept: Any, before: Any) -> Any:
        beaten = ops.matmul(beats, kept[..., None])[..., 0]
        return ops.where(beaten > 0, 0.0, start), kept

    return ops.while_loop(unsettled, ask, (start, ops.zeros_like(start)))[0] > 0
