"""How to teach: what a person, a preset or another program's file may choose."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from inspector.files import Section
from inspector.learning.backbones import Backbone
from inspector.learning.mining import Mining
from inspector.learning.stages import FirstStage, SecondStage


class Family(StrEnum):
    """How a detector finds: ssd asks boxes of typical sizes, in one stage; faster_rcnn looks again at each place where
    the first stage saw something.
    """

    SSD = "ssd"
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


class TrainingSettings(Section):
    """How to teach.

    weights: a `.weights.h5` file for the backbone; None starts from random weights. steps: batches in all, None for
    as many as the dataset needs. minutes: the most time; the schedule then ends earlier, and the same seed no longer
    gives the same run. rate: the highest learning rate, None for the backbone's own. boundary: weight of
    where outlines lie, learned beside the boxes; 0 for nothing. boosting: how much more the hard examples of a picture
    weigh than its easy ones, 0 for alike. mining, boundary and boosting are of ssd; first_stage and second_stage of
    faster_rcnn.
    """

    family: Family = Family.SSD
    backbone: Backbone = Backbone.COMPACT
    weights: Path | None = None
    steps: int | None = Field(default=None, ge=1)
    minutes: float | None = Field(default=None, gt=0)
    batch: int = Field(default=8, ge=2, le=256)
    seed: int = Field(default=0, ge=0)
    rate: float | None = Field(default=None, gt=0)
    decay: float = Field(default=1e-4, ge=0)
    boundary: float = Field(default=0.0, ge=0, le=10)
    boosting: float = Field(default=0.0, ge=0, le=1)
    mining: Mining = Mining(
        num_hard_examples=0, iou_threshold=1.0, max_negatives_per_positive=3.0, min_negatives_per_image=16
    )
    first_stage: FirstStage = FirstStage()
    second_stage: SecondStage = SecondStage()
    rounds: Rounds = Rounds()

    @property
    def highest_rate(self) -> float:
        """The learning rate at its height: what is set, else what suits the weights at the start."""
        return self.rate or (2e-3 if self.weights is None else 1e-3)
