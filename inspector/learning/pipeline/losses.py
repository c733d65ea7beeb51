"""Losses and hard example mining of a pipeline.

Defaults: losses.proto of the TensorFlow Object Detection API; what an absent setting does: its losses_builder.py.
"""

from collections.abc import Mapping

from inspector.labeling.formats.prototext import Word
from inspector.learning.pipeline.part import Part

CLASSIFICATION = {
    "weighted_sigmoid": ("sigmoid", ""),
    "weighted_softmax": ("softmax", ""),
    "weighted_sigmoid_focal": ("focal", ""),
    "weighted_logits_softmax": ("softmax", "which learns labels, where theirs learns what another network says"),
    "bootstrapped_sigmoid": ("sigmoid", "which trusts the labels alone, where theirs trusts the network too"),
    "penalty_reduced_logistic_focal_loss": ("focal", "of boxes, where theirs is of the points round a centre"),
}
LOCALIZATION = {
    "weighted_smooth_l1": ("smooth_l1", ""),
    "weighted_giou": ("giou", ""),
    "weighted_l2": ("smooth_l1", "which does not grow as the square of a great error"),
    "l1_localization_loss": ("smooth_l1", "which is smooth at small errors"),
    "weighted_iou": ("giou", "which also moves a box that does not touch its truth"),
}
SECOND_STAGE = CLASSIFICATION | {
    "weighted_sigmoid_focal": ("sigmoid", "of regions that are drawn or mined, where theirs weighs them"),
    "penalty_reduced_logistic_focal_loss": (
        "sigmoid",
        "of regions that are drawn or mined, where theirs weighs points",
    ),
}
NEGATIVES = ("max_negatives_per_positive", "min_negatives_per_image")
ALL_MATCHED = "of all that matched, where theirs counts those that the miner left"
NO_EFFECT = "of no effect there either"
OTHER = "our loss has no such setting"


def classification(loss: Part, to: str, known: Mapping[str, tuple[str, str]] = CLASSIFICATION) -> str | None:
    """Read a ClassificationLoss; returns our name of it, None where the file has none that we know.

    known: our name of each of theirs, and what differs.
    """
    theirs = loss.choice()
    ours = None
    if theirs in known:
        ours, difference = known[theirs]
        inner = loss.choose(theirs, to, ours, difference)
        inner.leave(NO_EFFECT, "anchorwise_output")
        if ours == "focal" and theirs == "weighted_sigmoid_focal":
            _focal(inner)
        if theirs == "weighted_softmax":
            inner.expect("logit_scale", 1.0, 1.0)
        inner.leave(OTHER, "logit_scale", "hard_bootstrap", "alpha", "beta", "gamma")
        inner.finish()
    loss.leave("we have nothing like it", "weighted_dice_classification_loss")
    loss.finish()
    return ours


def _focal(loss: Part) -> None:
    loss.take("gamma", 2.0, "objective.gamma")
    if loss.has("alpha"):
        loss.take("alpha", 0.25, "objective.alpha")
        return
    how = "objective.alpha 0.5: without it positives and negatives weigh alike, here half as much"
    loss.translate("alpha", Word("none"), how, {"objective.alpha": 0.5})


def localization(loss: Part, to: str) -> None:
    """Read a LocalizationLoss."""
    theirs = loss.choice()
    if theirs in LOCALIZATION:
        inner = loss.choose(theirs, to, *LOCALIZATION[theirs])
        inner.leave(NO_EFFECT, "anchorwise_output")
        if theirs == "weighted_smooth_l1":
            inner.expect("delta", 1.0, 1.0)
        inner.finish()
    loss.finish()


def mining(miner: Part, to: str, counts: bool = True) -> None:
    """Read a HardExampleMiner. counts: whether it counts negatives; in a second stage it does not."""
    never_cut = "which never cuts what matched" if counts else ""
    miner.take("num_hard_examples", 64, f"{to}.num_hard_examples", difference=never_cut)
    miner.take("iou_threshold", 0.7, f"{to}.iou_threshold")
    miner.take("loss_type", Word("BOTH"), f"{to}.loss_type", str.lower)
    if not counts:
        miner.leave("of no effect in the second stage, as there", *NEGATIVES)
        miner.finish()
        return
    miner.take("max_negatives_per_positive", 0, f"{to}.max_negatives_per_positive", difference=ALL_MATCHED)
    miner.take("min_negatives_per_image", 0, f"{to}.min_negatives_per_image", difference="which holds beside any limit")
    miner.finish()
