"""Which anchors of a picture count in the loss, and by how much the loss is divided."""

from typing import Any

from keras import ops

from inspector.learning.balance import balanced, shuffled
from inspector.learning.matching import BACKGROUND, IGNORED
from inspector.learning.mining import mine
from inspector.learning.objective import Objective, RandomExamples
from inspector.learning.shares import over_devices, pictures_in_all


def counting(
    classification: Any, localization: Any, boxes: Any, matched: Any, pictures: Any, objective: Objective
) -> Any:
    """Which anchors count: `(B, A)` float32 of 0 and 1.

    Args: classification, localization `(B, A)`, the losses times their weights; boxes `(B, A, 4)` decoded; matched
    `(B, A)` int, -1 background, -2 ignored; pictures `(B, H, W, 3)` uint8.
    """
    if objective.mining:
        return mine(classification, localization, boxes, matched, objective.mining)
    if objective.random_examples:
        return drawn(matched, shuffled(pictures, matched.shape[1]), objective.random_examples)
    return ops.cast(matched != IGNORED, "float32")


def drawn(matched: Any, draws: Any, examples: RandomExamples) -> Any:
    """Every matched anchor, and the negatives that are drawn first, as `counting` gives them.

    Args: draws `(B, A)` int, an order of each picture's anchors by chance.
    Source: the BalancedPositiveNegativeSampler of the TensorFlow Object Detection API, without a batch size.
    """
    keep = balanced(matched, draws, None, examples.positive_sample_fraction)
    if not examples.compatible:
        negatives = ops.where(matched >= 0, IGNORED, matched)
        keep = ops.logical_or(keep, balanced(negatives, draws, examples.min_negatives_per_image, 1.0))
    return ops.cast(keep, "float32")


def normaliser(keep: Any, target: Any, matched: Any, objective: Objective) -> Any:
    """By how much a batch's losses are divided: its positives, but never less than its share of negatives, or, where
    all of them count, than its pictures.

    Divided by its positives alone, a batch without any would weigh many times as much as the others.

    Args: keep `(B, A)` as `counting` gives it; target `(B, A)`, the scores that matched anchors should reach, 1 where
    the loss does not ask how good the box is, and 0 of all others. Returns: a scalar, at least 1.
    """
    positives = over_devices(ops.sum(target))
    if objective.compatible:
        return ops.maximum(positives, 1.0)
    if objective.negatives_per_positive is None:
        return ops.maximum(positives, pictures_in_all(matched))
    negatives = over_devices(ops.sum(keep * ops.cast(matched == BACKGROUND, "float32")))
    share = negatives / max(objective.negatives_per_positive, 1.0)
    return ops.maximum(ops.maximum(positives, share), 1.0)
