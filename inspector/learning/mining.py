"""Hard example mining: which anchors of a picture teach, ranked by how wrong the network is about them."""

from enum import StrEnum
from typing import Any, Self

from keras import ops
from pydantic import Field, FiniteFloat, model_validator

from inspector.files import Section
from inspector.learning.blocks import first_apart


class Rank(StrEnum):
    """What an anchor's rank counts."""

    BOTH = "both"
    CLASSIFICATION = "classification"
    LOCALIZATION = "localization"


class Mining(Section):
    """Settings of the miner, with the names and defaults of the TensorFlow Object Detection API.

    num_hard_examples: the most anchors of a picture, 0 for no cap. iou_threshold: an anchor whose decoded box
    overlaps a harder one's by more is dropped; 1 drops none. loss_type: what ranks. max_negatives_per_positive: 0 for
    no such limit. min_negatives_per_image: hardest negatives that teach in any case. compatible: behave exactly as that
    API does: matched anchors are ranked, suppressed and cut with the rest, the number of positives is counted
    afterwards, and min_negatives_per_image only holds beside max_negatives_per_positive and below num_hard_examples. By
    default a matched anchor is never cut, and min_negatives_per_image holds beside every other limit, as far as
    suppression leaves so many.
    """

    num_hard_examples: int = Field(default=64, ge=0)
    iou_threshold: float = Field(default=0.7, ge=0, le=1)
    loss_type: Rank = Rank.BOTH
    max_negatives_per_positive: FiniteFloat = Field(default=0, ge=0)
    min_negatives_per_image: int = Field(default=0, ge=0)
    compatible: bool = False

    @property
    def limited(self) -> bool:
        """Whether the positives of a picture limit its negatives."""
        return self.max_negatives_per_positive > 0

    @model_validator(mode="after")
    def _sense(self) -> Self:
        if self.iou_threshold == 0 and not self.compatible:
            raise ValueError("iou_threshold 0 drops every anchor that touches a harder one; 1 drops none")
        return self


def mine(class_loss: Any, box_loss: Any, boxes: Any, matched: Any, mining: Mining) -> Any:
    """Which anchors reach the loss.

    Args: class_loss, box_loss `(B, A)`, times their weights; boxes `(B, A, 4)` decoded; matched `(B, A)` int, -1
    background, -2 ignored.
    Returns: `(B, A)` float32 of 0 and 1; no gradient flows through it.
    """
    rank = ops.stop_gradient(rank_of(class_loss, box_loss, mining))
    boxes = ops.stop_gradient(boxes)
    keep = _mine_compatible(rank, boxes, matched, mining) if mining.compatible else _mine(rank, boxes, matched, mining)
    return ops.stop_gradient(ops.cast(keep, "float32"))


def rank_of(class_loss: Any, box_loss: Any, mining: Mining) -> Any:
    """What an anchor is ranked by, of losses `(B, A)` that are weighted already."""
    match mining.loss_type:
        case Rank.CLASSIFICATION:
            return class_loss
        case Rank.LOCALIZATION:
            return box_loss
        case Rank.BOTH:
            return class_loss + box_loss


def _mine(rank: Any, boxes: Any, matched: Any, mining: Mining) -> Any:
    """Every matched anchor and the hardest negatives: as many as the limits leave, never fewer than the minimum."""
    negative, positive = matched == -1, matched >= 0
    positives = ops.sum(ops.cast(positive, "int32"), axis=1, keepdims=True)
    allowed = ops.full_like(positives, rank.shape[1])
    if mining.max_negatives_per_positive:
        ratio = ops.cast(positives, "float32") * mining.max_negatives_per_positive
        allowed = ops.cast(ratio, "int32")
    if mining.num_hard_examples:
        allowed = ops.minimum(allowed, ops.maximum(mining.num_hard_examples - positives, 0))
    allowed = ops.maximum(allowed, mining.min_negatives_per_image)
    hardest = _suppress(rank, boxes, negative, allowed, mining.iou_threshold)
    return ops.logical_or(positive, hardest)


def _mine_compatible(rank: Any, boxes: Any, matched: Any, mining: Mining) -> Any:
    anchors = rank.shape[1]
    cap = ops.full((ops.shape(rank)[0], 1), mining.num_hard_examples or anchors, dtype="int32")
    hard = _suppress(rank, boxes, ops.ones_like(matched, dtype="bool"), cap, mining.iou_threshold)
    if not mining.max_negatives_per_positive:
        return hard
    positive = ops.logical_and(hard, matched >= 0)
    positives = ops.cast(ops.sum(ops.cast(positive, "int32"), axis=1, keepdims=True), "float32")
    limit = ops.cast(positives * mining.max_negatives_per_positive, "int32")
    limit = ops.maximum(limit, mining.min_negatives_per_image)
    # The API counts negatives down the ranking and lets anything else through until the limit is passed.
    before = _count_down(rank, ops.logical_and(hard, matched == -1))
    return ops.logical_or(positive, ops.logical_and(hard, before <= limit))


def _order(rank: Any) -> tuple[Any, Any]:
    """Indices `(B, A)` from hardest to easiest, equals in their own order, and the place of each anchor in it."""
    order = ops.argsort(-rank, axis=1)
    return order, ops.argsort(order, axis=1)


def _count_down(rank: Any, counted: Any) -> Any:
    """For each anchor, how many counted ones stand at its place in the ranking or above it."""
    order, place = _order(rank)
    along = ops.cumsum(ops.take_along_axis(ops.cast(counted, "int32"), order, axis=1), axis=1)
    return ops.take_along_axis(along, place, axis=1)


def _suppress(rank: Any, boxes: Any, candidates: Any, most: Any, iou_threshold: float) -> Any:
    """The hardest candidates `(B, A)` bool, at most `most` `(B, 1)` of each picture, without those that overlap a
    harder one.
    """
    order, place = _order(ops.where(candidates, rank, -1.0))
    free = ops.take_along_axis(candidates, order, axis=1)
    if iou_threshold >= 1:
        kept = free
    else:
        kept = first_apart(ops.take_along_axis(boxes, order[..., None], axis=1), free, most, iou_threshold)
    kept = ops.logical_and(kept, ops.cumsum(ops.cast(kept, "int32"), axis=1) <= most)
    return ops.take_along_axis(kept, place, axis=1)
