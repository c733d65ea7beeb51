"""A single-stage detector without anchors: each point says how far the four sides of its box are away."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from inspector.boxes import Boxes
from inspector.learning.anchors import STRIDES, Level, lay_out
from inspector.learning.assignment import assign
from inspector.learning.backbones import Backbone
from inspector.learning.losses import giou_losses
from inspector.learning.network import Truth
from inspector.learning.objective import USUAL_MINING, Localization, Objective
from inspector.learning.single_stage import Judged, SingleStage, scores_of


class AnchorFree(SingleStage):
    """A single-stage detector without anchors; its deltas are those of a box's left, upper, right and lower side.

    Source: Tian et al. 2019 (FCOS), section 3.1, without its centre-ness; what learns which box: Feng et al. 2021
    (TOOD), section 3.

    Args: input_size (width, height), multiples of 32; labels: C; strides: how far apart the points of each level are,
    in pixels of the input; weights: for the backbone; the others: see `SingleStage`.
    """

    OBJECTIVE = Objective(
        localization=Localization.GIOU,
        localization_weight=2,
        # Not the papers' quality loss: under it the worst negative comes nearer to the least certain positive.
        mining=USUAL_MINING,
    )

    def __init__(
        self,
        input_size: tuple[int, int],
        labels: int,
        strides: Sequence[int] = STRIDES,
        backbone: Backbone = Backbone.COMPACT,
        weights: Path | None = None,
        objective: Objective | None = None,
        boundary: float = 0.0,
        boosting: float = 0.0,
    ) -> None:
        super().__init__(
            input_size, dict.fromkeys(strides, 1), labels, backbone, weights, objective, boundary, boosting
        )
        self.strides = tuple(strides)
        self.cells = cells(strides, input_size)

    def compare(self, said: Mapping[str, Any], truth: Truth) -> Judged:
        """What the points should have said."""
        squares = ops.convert_to_tensor(self.cells)
        boxes = reach(said["deltas"], squares)
        wanted = assign(squares, scores_of(said["logits"], self.objective), boxes, truth)
        localization = wanted.quality * giou_losses(boxes, wanted.boxes, wanted.matched)
        return Judged(wanted.matched, wanted.classes, wanted.quality, boxes, localization)

    def boxes(self) -> Any:
        """The layer that makes boxes of deltas."""
        return Reach(self.strides, self.input_size, name="boxes")


def cells(strides: Sequence[int], input_size: tuple[int, int]) -> Boxes:
    """The square round each point `(A, 4)` xyxy in pixels of the input: by stride, then row and column."""
    return lay_out([Level(stride, ((float(stride), float(stride)),)) for stride in strides], input_size)


def reach(deltas: Any, cells: Any) -> Any:
    """Boxes `(..., A, 4)` xyxy in pixels of the input from what the network says of the four sides.

    Of nothing said, 0, comes the cell itself. A side may lie up to half a cell beyond its point, since a box smaller
    than a cell may have no point in it.

    Args: cells `(A, 4)`, the square round each point.
    """
    points = (cells[..., :2] + cells[..., 2:]) / 2
    width = cells[..., 2:] - cells[..., :2]
    # Farther than e^5 cells lies no side of any picture; beyond it the exponential would only overflow.
    away = ops.exp(ops.clip(deltas, -5.0, 5.0)) - 0.5
    return ops.concatenate([points - away[..., :2] * width, points + away[..., 2:] * width], axis=-1)


@keras.saving.register_keras_serializable(package="inspector")
class Reach(layers.Layer):
    """What the network says of each side `(B, A, 4)` as boxes `(B, A, 4)` xyxy, cut to the input.

    Args: strides: how far apart the points are; input_size (width, height); both in pixels.
    """

    def __init__(self, strides: Sequence[int], input_size: Sequence[int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.strides = tuple(int(stride) for stride in strides)
        self.input_size = (int(input_size[0]), int(input_size[1]))

    def call(self, deltas: Any) -> Any:
        limits = ops.convert_to_tensor(np.array(self.input_size * 2, np.float32))
        boxes = reach(deltas, ops.convert_to_tensor(cells(self.strides, self.input_size)))
        return ops.minimum(ops.maximum(boxes, 0.0), limits)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "strides": list(self.strides), "input_size": list(self.input_size)}
