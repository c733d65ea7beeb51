"""A single-stage detector with anchors: at each of its levels, boxes of the dataset's typical sizes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from keras import ops

from inspector.learning.anchors import Decode, Level, decode, lay_out
from inspector.learning.backbones import Backbone
from inspector.learning.losses import box_losses, giou_losses
from inspector.learning.matching import targets
from inspector.learning.network import Truth
from inspector.learning.objective import USUAL_MINING, Classification, Localization, Objective
from inspector.learning.overlap import paired_ious
from inspector.learning.single_stage import Judged, SingleStage


class Ssd(SingleStage):
    """A single-stage detector with anchors.

    Source: Liu et al. 2016 (SSD).

    Args: input_size (width, height), multiples of 32; levels: the anchors; labels: C; weights: for the backbone; the
    others: see `SingleStage`.
    """

    OBJECTIVE = Objective(mining=USUAL_MINING)

    def __init__(
        self,
        input_size: tuple[int, int],
        levels: Sequence[Level],
        labels: int,
        backbone: Backbone = Backbone.COMPACT,
        weights: Path | None = None,
        objective: Objective | None = None,
        boundary: float = 0.0,
        boosting: float = 0.0,
    ) -> None:
        sizes = {level.stride: len(level.sizes) for level in levels}
        super().__init__(input_size, sizes, labels, backbone, weights, objective, boundary, boosting)
        self.levels = tuple(levels)
        self.anchors = lay_out(levels, input_size)

    def compare(self, said: Mapping[str, Any], truth: Truth) -> Judged:
        """What the anchors should have said."""
        anchors = ops.convert_to_tensor(self.anchors)
        wanted = targets(anchors, truth)
        boxes = decode(said["deltas"], anchors)
        if self.objective.localization is Localization.GIOU:
            localization = giou_losses(boxes, wanted.boxes, wanted.matched)
        else:
            localization = box_losses(said["deltas"], wanted.deltas(anchors), wanted.matched)
        quality = ops.ones_like(localization)
        if self.objective.classification is Classification.QUALITY:
            quality = ops.stop_gradient(paired_ious(boxes, wanted.boxes))
        return Judged(wanted.matched, wanted.classes, quality, boxes, localization)

    def boxes(self) -> Any:
        """The layer that makes boxes of deltas."""
        return Decode(self.levels, self.input_size, name="boxes")
