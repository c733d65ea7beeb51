"""The settings of a two-stage detector, with the names and defaults of the TensorFlow Object Detection API.

A name stands without the prefix that its section has: `first_stage_max_proposals` is `max_proposals` of FirstStage.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from numpy.typing import NDArray
from pydantic import Field, FiniteFloat

from inspector.files import Section
from inspector.learning.anchors import STRIDES, Level, plan
from inspector.learning.mining import Mining
from inspector.learning.two_stage.regions import Pooling

Positive = Annotated[FiniteFloat, Field(gt=0)]


class Grid(Section):
    """Anchors of every scale in every shape, whatever the dataset holds.

    scales: of `width` and `height`, which are pixels of the input; aspect_ratios: of width to height. Their centres are
    those of the cells, where that API's, by default, are the cells' corners.
    """

    scales: tuple[Positive, ...] = Field(default=(0.5, 1.0, 2.0), min_length=1)
    aspect_ratios: tuple[Positive, ...] = Field(default=(0.5, 1.0, 2.0), min_length=1)
    width: FiniteFloat = Field(default=256, gt=0)
    height: FiniteFloat = Field(default=256, gt=0)

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """(width, height) of each anchor."""
        shapes = [(scale, ratio**0.5) for ratio in self.aspect_ratios for scale in self.scales]
        return tuple((self.width * scale * root, self.height * scale / root) for scale, root in shapes)


class FirstStage(Section):
    """Region proposals.

    features_stride: pixels of the input per cell; None takes 8 where the dataset's boxes are small and the backbone can
    give it, else 16. anchor_generator: None adapts the anchors to the dataset's boxes. minibatch_size: anchors of each
    picture that teach, of which positive_balance_fraction at most hold something. positive_iou, negative_iou: an anchor
    learns a box that it overlaps by the one, and background below the other. nms_score_threshold, nms_iou_threshold,
    max_proposals: which boxes, and how many of each picture, the second stage looks at; candidates: the best ones,
    among which they are chosen (that API asks all).
    """

    features_stride: Literal[8, 16] | None = None
    anchor_generator: Grid | None = None
    minibatch_size: int = Field(default=256, ge=1)
    positive_balance_fraction: float = Field(default=0.5, gt=0, le=1)
    positive_iou: float = Field(default=0.7, ge=0, le=1)
    negative_iou: float = Field(default=0.3, ge=0, le=1)
    nms_score_threshold: float = Field(default=0.0, ge=0, le=1)
    nms_iou_threshold: float = Field(default=0.7, ge=0, le=1)
    max_proposals: int = Field(default=300, ge=1)
    candidates: int = Field(default=1000, ge=1)
    localization_loss_weight: FiniteFloat = Field(default=1.0, ge=0)
    objectness_loss_weight: FiniteFloat = Field(default=1.0, ge=0)

    def level(self, kinds: Sequence[NDArray[Any]], finest: int = STRIDES[0]) -> Level:
        """The anchors that suit a dataset, all on one stride. Args: kinds: as `anchors.plan` has them; finest: the
        finest stride that the backbone can give.
        """
        if self.anchor_generator is not None:
            return Level(self.features_stride or 16, self.anchor_generator.sizes)
        levels = plan(kinds)
        stride = self.features_stride or max(finest, min(16, levels[0].stride))
        return Level(stride, tuple(size for level in levels for size in level.sizes))


class ScoreConverter(StrEnum):
    """softmax: a region is one of the labels or background. sigmoid: each label is a question of its own."""

    SOFTMAX = "softmax"
    SIGMOID = "sigmoid"


class SecondStage(Section):
    """What each proposal holds, and where exactly.

    pooling, initial_crop_size, maxpool_kernel_size, maxpool_stride: how a region becomes cells, see `regions.Regions`.
    batch_size: regions of each picture that teach, of which balance_fraction at most hold something. matched_iou: a
    region learns a box that it overlaps by so much, and background otherwise. hard_example_miner: instead of the draw,
    the num_hard_examples regions with the highest loss teach, see `faster_rcnn`; max_negatives_per_positive and
    min_negatives_per_image have no effect there.
    """

    pooling: Pooling = Pooling.ALIGN
    initial_crop_size: int = Field(default=14, ge=2)
    maxpool_kernel_size: int = Field(default=2, ge=1)
    maxpool_stride: int = Field(default=2, ge=1)
    batch_size: int = Field(default=64, ge=1)
    balance_fraction: float = Field(default=0.25, gt=0, le=1)
    matched_iou: float = Field(default=0.5, ge=0, le=1)
    score_converter: ScoreConverter = ScoreConverter.SOFTMAX
    localization_loss_weight: FiniteFloat = Field(default=1.0, ge=0)
    classification_loss_weight: FiniteFloat = Field(default=1.0, ge=0)
    hard_example_miner: Mining | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should hear of settings that have no effect together, each in a sentence."""
        miner = self.hard_example_miner
        if miner is None:
            return ()
        return tuple(
            f"{name} of hard_example_miner has no effect in the second stage, which learns from its num_hard_examples "
            "hardest regions, whatever they hold. Leave it away, or leave the miner away and set balance_fraction."
            for name in ("max_negatives_per_positive", "min_negatives_per_image")
            if getattr(miner, name)
        )
