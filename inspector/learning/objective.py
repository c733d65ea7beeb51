"""What a single-stage network is asked to make small, and which of its anchors are asked."""

from enum import StrEnum
from typing import Self

from pydantic import Field, FiniteFloat, model_validator

from inspector.files import Section
from inspector.learning.mining import Mining, Rank

LEAST_NEGATIVES = 16
"""Negatives that teach in a picture without any component, where a ratio alone would let none."""

USUAL_MINING = Mining(
    num_hard_examples=0, iou_threshold=1, max_negatives_per_positive=3, min_negatives_per_image=LEAST_NEGATIVES
)
"""What a single-stage family takes where nobody asks for anything else."""


class Classification(StrEnum):
    """sigmoid: each label is a question of its own. softmax: one choice between the labels and background. focal: as
    sigmoid, weighed by how wrong. quality: as focal, and the score is to say how good the box is.
    """

    SIGMOID = "sigmoid"
    SOFTMAX = "softmax"
    FOCAL = "focal"
    QUALITY = "quality"


FOCUSING = (Classification.FOCAL, Classification.QUALITY)


class Localization(StrEnum):
    """smooth_l1: each number of the box by itself. giou: the box as a whole."""

    SMOOTH_L1 = "smooth_l1"
    GIOU = "giou"


class RandomExamples(Section):
    """Every matched anchor teaches, and negatives drawn by chance, whatever the network thinks of them.

    positive_sample_fraction: of all that teaches in a picture; min_negatives_per_image: that teach in any case.
    compatible: exactly as the random_example_sampler of the TensorFlow Object Detection API, which has no such minimum.
    """

    positive_sample_fraction: float = Field(default=0.01, gt=0, le=1)
    min_negatives_per_image: int = Field(default=0, ge=0)
    compatible: bool = False

    @property
    def limited(self) -> bool:
        """Whether the positives of a picture limit its negatives."""
        return True

    @model_validator(mode="after")
    def _some_negatives(self) -> Self:
        if self.positive_sample_fraction == 1 and not self.compatible:
            raise ValueError("positive_sample_fraction 1 lets no negative teach; 0.25 takes three for each positive")
        return self


class Objective(Section):
    """The losses of a single-stage network, and which anchors of a picture count in them.

    alpha, gamma: of the focal and the quality loss (which has no alpha), None for 0.25 and 2. mining: the hardest
    negatives count; random_examples: some drawn by chance count; neither: all count.
    """

    classification: Classification = Classification.SIGMOID
    localization: Localization = Localization.SMOOTH_L1
    classification_weight: FiniteFloat = Field(default=1, gt=0)
    localization_weight: FiniteFloat = Field(default=1, gt=0)
    alpha: float | None = Field(default=None, gt=0, lt=1)
    gamma: FiniteFloat | None = Field(default=None, ge=0)
    mining: Mining | None = None
    random_examples: RandomExamples | None = None

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        if self.mining and self.random_examples:
            raise ValueError("mining takes the hardest negatives and random_examples any: leave one of them away")
        if self.mining and self.classification in FOCUSING:
            raise ValueError(
                f"the {self.classification} loss weighs every anchor by itself: leave mining away, or take sigmoid"
            )
        if self.mining and self.mining.loss_type is Rank.LOCALIZATION and not self.mining.compatible:
            raise ValueError("loss_type localization ranks by the box, which no negative has: take both")
        return self

    @model_validator(mode="after")
    def _numbers_in_use(self) -> Self:
        if self.alpha is not None and self.classification is not Classification.FOCAL:
            raise ValueError(f"the {self.classification} loss has no alpha: leave it away, or take focal")
        if self.gamma is not None and self.classification not in FOCUSING:
            raise ValueError(f"the {self.classification} loss has no gamma: leave it away, or take focal")
        if self.classification is Classification.QUALITY and self.gamma is not None and self.gamma < 1:
            raise ValueError("gamma of the quality loss should be 1 or more")
        return self

    @property
    def negatives_per_positive(self) -> float | None:
        """How many negatives count beside a positive; None where all do."""
        if self.random_examples:
            fraction = self.random_examples.positive_sample_fraction
            return (1 - fraction) / fraction
        return (self.mining.max_negatives_per_positive or 3.0) if self.mining else None

    @property
    def compatible(self) -> bool:
        """Whether empty pictures count, or do not, as in the TensorFlow Object Detection API."""
        chosen = self.mining or self.random_examples
        return chosen is not None and chosen.compatible


def settle(objective: Objective, empty_images: int) -> tuple[Objective, tuple[str, ...]]:
    """The objective under which verified-empty images teach, and what a person should hear of it, in sentences.

    Args: empty_images: how many verified-empty images there are to learn from.
    """
    selection = objective.mining or objective.random_examples
    if selection is None:
        return objective, ()
    remarks = _remarks(objective.mining) if objective.mining else ()
    if not empty_images or not selection.limited or selection.min_negatives_per_image:
        return objective, remarks
    name = "mining" if objective.mining else "random_examples"
    if selection.compatible:
        return objective, (
            *remarks,
            f"{name} is compatible and lets negatives teach beside positives only: the {empty_images} verified-empty "
            "images teach nothing. Leave compatible away.",
        )
    floored = selection.model_copy(update={"min_negatives_per_image": LEAST_NEGATIVES})
    return objective.model_copy(update={name: floored}), (
        *remarks,
        f"{name} lets negatives teach beside positives only, but there are {empty_images} verified-empty images: "
        f"min_negatives_per_image is taken as {LEAST_NEGATIVES}, so that they teach too. Set it, or set compatible.",
    )


def _remarks(mining: Mining) -> tuple[str, ...]:
    """What mining does that nobody may have meant."""
    if mining.num_hard_examples or mining.limited:
        return ()
    if mining.iou_threshold < 1:
        return (
            "mining without num_hard_examples and max_negatives_per_positive asks every anchor whether it overlaps a "
            "harder one, which takes longer than the learning: set num_hard_examples to 64.",
        )
    return ("mining without any limit takes every negative: set max_negatives_per_positive to 3, or leave it away.",)
