"""How to teach: what a person, a preset or another program's file may choose."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, FiniteFloat, field_validator, model_validator

from inspector.files import Section
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.backbones import Backbone
from inspector.learning.objective import Localization, Objective
from inspector.learning.pipeline.listing import Listing
from inspector.learning.two_stage.stages import FirstStage, SecondStage


class Family(StrEnum):
    """How a detector finds: ssd asks boxes of typical sizes, in one stage. anchor_free asks points how far the sides of
    their box are away. faster_rcnn looks again at each place where its first stage saw something.
    """

    SSD = "ssd"
    ANCHOR_FREE = "anchor_free"
    FASTER_RCNN = "faster_rcnn"


class Rounds(Section):
    """Rounds of hard negatives after the training: look at negative frames, train on with the worst that was found.

    most: rounds at most, 0 for none. found: the least score that counts as found. frames: looked at in one search, at
    most. taken: frames that one round trains on, at most. share: of the training's steps that one round takes.
    """

    most: int = Field(default=2, ge=0, le=20)
    found: float = Field(default=0.1, gt=0, lt=1)
    frames: int = Field(default=300, ge=1)
    taken: int = Field(default=40, ge=1)
    share: float = Field(default=0.25, gt=0, le=1)


class Numbers(StrEnum):
    """The numbers that a network computes with while it learns. Its weights are float32 in each, and it is exported in
    float32.

    auto: float32.
    """

    AUTO = "auto"
    FLOAT32 = "float32"
    MIXED_BFLOAT16 = "mixed_bfloat16"
    MIXED_FLOAT16 = "mixed_float16"


class Xla(StrEnum):
    """Whether a step is compiled with XLA. auto: no, which JAX alone does not know."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class Second(StrEnum):
    """What a second look is for. none: the detector alone says what a thing is, patterns are classes of it. confirms:
    so it does, and the second look must agree. decides: the detector finds components, the second look tells patterns.
    """

    NONE = "none"
    CONFIRMS = "confirms"
    DECIDES = "decides"


class TrainingSettings(Section):
    """How to teach.

    weights: a `.weights.h5` file for the backbone; None starts from random weights. steps: batches in all, None for as
    many as the dataset's pictures need, times effort. minutes: the most time; the schedule then ends earlier, and the
    same seed no longer gives the same run. batch: pictures in one, all devices together. rate: the highest learning
    rate, None for the backbone's own. patience: exams on held-out frames in a row that may find nothing better before
    the run comes to its end, 0 to go on to the last step. boundary: weight of where outlines lie, learned beside the
    boxes; 0 for nothing. boosting: how much more the hard examples of a picture weigh than its easy ones, 0 for alike.
    clip: the longest gradient of a weight, None for any. pipeline: the file of another program that settings were
    taken from, and what became of each. objective: of a single-stage family, None for its own; boundary and boosting
    are of these too. first_stage, second_stage: of faster_rcnn. second_steps: batches that teach the second look.
    """

    family: Family = Family.SSD
    backbone: Backbone = Backbone.COMPACT
    weights: Path | None = None
    steps: int | None = Field(default=None, ge=1)
    minutes: FiniteFloat | None = Field(default=None, gt=0)
    batch: int = Field(default=8, ge=2, le=256)
    seed: int = Field(default=0, ge=0, lt=2**32)
    rate: FiniteFloat | None = Field(default=None, gt=0)
    decay: FiniteFloat = Field(default=1e-4, ge=0)
    boundary: float = Field(default=0.0, ge=0, le=10)
    boosting: float = Field(default=0.0, ge=0, le=1)
    effort: float = Field(default=1.0, gt=0, le=100)
    patience: int = Field(default=5, ge=0)
    precision: Numbers = Numbers.AUTO
    xla: Xla = Xla.AUTO
    clip: FiniteFloat | None = Field(default=10.0, gt=0)
    pipeline: Listing | None = None
    objective: Objective | None = None
    first_stage: FirstStage = FirstStage()
    second_stage: SecondStage = SecondStage()
    augmentation: Augmentation = Augmentation()
    second_look: Second = Second.NONE
    second_steps: int = Field(default=300, ge=1)
    rounds: Rounds = Rounds()

    @field_validator("weights")
    @classmethod
    def _from_anywhere(cls, weights: Path | None) -> Path | None:
        # A training may be gone on with from another folder than it was begun in.
        return weights and weights.absolute()

    @model_validator(mode="after")
    def _whole_boxes(self) -> Self:
        whole = self.objective is None or self.objective.localization is Localization.GIOU
        if self.family is Family.ANCHOR_FREE and not whole:
            raise ValueError("anchor_free learns the box as a whole: set the objective's localization to giou")
        return self

    @model_validator(mode="after")
    def _own_objective(self) -> Self:
        single = [name for name in ("objective", "boundary", "boosting") if getattr(self, name)]
        if self.family is Family.FASTER_RCNN and single:
            raise ValueError(f"faster_rcnn has no {single[0]}: leave it away, or take ssd or anchor_free")
        return self

    @model_validator(mode="after")
    def _stride_of_the_backbone(self) -> Self:
        asked, finest = self.first_stage.features_stride, self.backbone.finest_stride
        if self.family is Family.FASTER_RCNN and asked and asked < finest:
            raise ValueError(
                f"{self.backbone} finds regions at a stride of {finest} pixels, not {asked}: set "
                f"first_stage.features_stride to {finest}, or take compact or mobilenet_v2"
            )
        return self

    @property
    def highest_rate(self) -> float:
        """The learning rate at its height: what is set, else what suits the weights at the start."""
        return self.rate or (2e-3 if self.weights is None else 1e-3)
