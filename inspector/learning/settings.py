"""How to teach: what a person, a preset or another program's file may choose."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from inspector.files import Section
from inspector.learning.backbones import Backbone
from inspector.learning.mining import Mining


class Family(StrEnum):
    """How a detector finds: ssd asks boxes of typical sizes, in one stage."""

    SSD = "ssd"


class TrainingSettings(Section):
    """How to teach.

    weights: a `.weights.h5` file for the backbone; None starts from random weights. steps: batches in all, None for
    as many as the dataset needs. minutes: the most time; the schedule then ends earlier, and the same seed no longer
    gives the same run. rate: the highest learning rate, None for the backbone's own.
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
    mining: Mining = Mining(
        num_hard_examples=0, iou_threshold=1.0, max_negatives_per_positive=3.0, min_negatives_per_image=16
    )
