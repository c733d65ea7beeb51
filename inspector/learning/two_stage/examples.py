"""The regions that teach the second stage: proposals and truth, of which some are drawn, or the hardest taken."""

from typing import Any, NamedTuple

from keras import ops

from inspector.learning.balance import balanced, each_picture_alike, shuffled
from inspector.learning.matching import BACKGROUND, IGNORED, Targets, targets
from inspector.learning.mining import Mining, rank_of
from inspector.learning.network import Truth
from inspector.learning.suppression import best_apart
from inspector.learning.two_stage.stages import SecondStage


class Examples(NamedTuple):
    """Regions of a batch.

    boxes `(B, n, 4)` xyxy; wanted: what each learns; teaching `(B, n)` float32, 1 for those that teach, 0 for fillers.
    """

    boxes: Any
    wanted: Targets
    teaching: Any

    @property
    def weights(self) -> Any:
        """`(B, n)` float32 with which a region's loss counts."""
        return each_picture_alike(self.teaching)

    @property
    def negatives(self) -> Any:
        """`(B,)` float32, how many teach background."""
        return ops.sum(self.teaching * ops.cast(self.wanted.matched == BACKGROUND, "float32"), axis=1)

    def at(self, rows: Any, teaching: Any) -> "Examples":
        """Some of them. Args: rows `(B, m)` int; teaching `(B, m)` bool."""
        boxes, truths = (ops.take_along_axis(b, rows[..., None], axis=1) for b in (self.boxes, self.wanted.boxes))
        matched, classes = (ops.take_along_axis(v, rows, axis=1) for v in (self.wanted.matched, self.wanted.classes))
        return Examples(boxes, Targets(matched, classes, truths), ops.cast(teaching, "float32"))


def examples(proposals: Any, there: Any, truth: Truth, positive: float) -> Examples:
    """Every region that could teach: the proposals, and the truth itself, lest nothing be positive at first.

    Args: proposals `(B, P, 4)`; there `(B, P)` bool, whether each is one; positive: the least IoU with a truth that a
    region learns; all others learn background.
    """
    boxes = ops.concatenate([truth["boxes"], proposals], axis=1)
    there = ops.concatenate([truth["classes"] >= 0, there], axis=1)
    wanted = targets(boxes, truth, positive, positive)
    matched = ops.where(there, wanted.matched, IGNORED)
    return Examples(boxes, wanted._replace(matched=matched), ops.cast(matched != IGNORED, "float32"))


def drawn(given: Examples, pictures: Any, stage: SecondStage) -> Examples:
    """A balanced draw of `batch_size` regions of each picture."""
    number = given.boxes.shape[1]
    chosen = balanced(given.wanted.matched, shuffled(pictures, number), stage.batch_size, stage.balance_fraction)
    teaching, rows = ops.top_k(ops.cast(chosen, "float32"), min(stage.batch_size, number))
    return given.at(rows, teaching > 0)


def hardest(given: Examples, class_losses: Any, box_losses: Any, miner: Mining) -> Examples:
    """Of each picture the `num_hard_examples` regions with the highest loss, positive or not, that lie apart.

    Args: class_losses, box_losses `(B, n)` of the regions given.
    Source: Shrivastava et al. 2016 (OHEM), section 4.
    """
    number = given.boxes.shape[1]
    most = min(miner.num_hard_examples or number, number)
    losses = rank_of(class_losses, box_losses, miner)
    rows, there = best_apart(given.boxes, losses, given.teaching > 0, most, miner.iou_threshold)
    return given.at(rows, there)
