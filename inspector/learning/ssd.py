"""A single-stage detector: features, a top-down merge, and two small heads at each level that has anchors."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
from keras import layers, ops

from inspector.learning.anchors import Decode, Level, decode, lay_out
from inspector.learning.backbones import Backbone, Features, build, convolution
from inspector.learning.losses import box_losses, class_losses
from inspector.learning.mining import Mining, mine, normaliser

WIDTH = 64
PRIOR = 0.01
COUNTS = ("empty_images_drawn", "negatives_in_loss", "negatives_in_loss_from_empty")


class Ssd(keras.Model):
    """The detector as it learns.

    Takes `(B, H, W, 3)` uint8 RGB and gives {"deltas": `(B, A, 4)`, "logits": `(B, A, C)`}. Its truth, for the loss,
    is a dictionary of `matched` `(B, A)`, `classes` `(B, A)`, `deltas` `(B, A, 4)`, `taught` `(B, C)` and `empty`
    `(B,)`.
    Source: Liu et al. 2016 (SSD); the merge: Lin et al. 2017 (Feature Pyramid Networks); the prior: Lin et al. 2017
    (RetinaNet), section 4.1.

    Args: input_size (width, height), multiples of 32; levels: the anchors; labels: C; weights: for the backbone.
    """

    def __init__(
        self,
        input_size: tuple[int, int],
        levels: Sequence[Level],
        labels: int,
        backbone: Backbone = Backbone.COMPACT,
        weights: Path | None = None,
        mining: Mining | None = None,
    ) -> None:
        picture = keras.Input((input_size[1], input_size[0], 3), dtype="uint8", name="picture")
        scaled = layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(picture)
        merged = merge(build(backbone, scaled, weights), {level.stride for level in levels})
        parts = [head(merged[level.stride], len(level.sizes), labels) for level in levels]
        outputs = {
            "deltas": _join([deltas for deltas, _ in parts], "deltas"),
            "logits": _join([logits for _, logits in parts], "logits"),
        }
        super().__init__(inputs=picture, outputs=outputs)
        self.input_size = input_size
        self.levels = tuple(levels)
        self.labels = labels
        self.mining = mining or Mining()
        self.anchors = lay_out(levels, input_size)
        self.counts = [keras.metrics.Sum(name=name) for name in COUNTS]

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        classification = class_losses(y_pred["logits"], y["classes"], y["matched"], y["taught"])
        localization = box_losses(y_pred["deltas"], y["deltas"], y["matched"])
        boxes = decode(y_pred["deltas"], ops.convert_to_tensor(self.anchors))
        keep = mine(classification, localization, boxes, y["matched"], self.mining)
        self._count(keep, y)
        total = ops.sum(keep * (classification + localization))
        return total / normaliser(keep, y["matched"], self.mining)

    def _count(self, keep: Any, y: Any) -> None:
        """Keep the ledger where it cannot be wrong: beside the loss itself."""
        negatives = ops.sum(keep * ops.cast(y["matched"] == -1, "float32"), axis=1)
        empty = ops.cast(y["empty"], "float32")
        for count, values in zip(self.counts, (empty, negatives, negatives * empty), strict=True):
            count.update_state(values)

    @property
    def inference(self) -> Any:
        """The network that is exported: uint8 pictures in, {"boxes": `(B, A, 4)` xyxy in input pixels, "scores": `(B,
        A, C)`} out.
        """
        boxes = Decode(self.levels, self.input_size, name="boxes")(self.output["deltas"])
        scores = layers.Activation("sigmoid", name="scores")(self.output["logits"])
        return keras.Model(self.input, {"boxes": boxes, "scores": scores})


def merge(features: Features, strides: set[int]) -> Features:
    """Coarse features added to the finer ones, from the coarsest down to the finest level that has anchors."""
    merged: Features = {}
    above = None
    for stride in sorted((s for s in features if s >= min(strides)), reverse=True):
        x = convolution(features[stride], WIDTH, kernel=1)
        above = x if above is None else layers.Add()([x, layers.UpSampling2D(2)(above)])
        if stride in strides:
            merged[stride] = convolution(above, WIDTH)
    return merged


def head(x: Any, sizes: int, labels: int) -> tuple[Any, Any]:
    """Deltas `(B, cells * sizes, 4)` and logits `(B, cells * sizes, labels)` of one level."""
    small = keras.initializers.RandomNormal(stddev=0.01)
    # At first hardly any anchor holds anything: a network that starts by saying so is not drowned in false alarms.
    # Only for the classes: a prior on the boxes would push every box to one side.
    rare = keras.initializers.Constant(-math.log((1 - PRIOR) / PRIOR))
    deltas = layers.Conv2D(sizes * 4, 3, padding="same", kernel_initializer=small)(convolution(x, WIDTH))
    logits = layers.Conv2D(sizes * labels, 3, padding="same", kernel_initializer=small, bias_initializer=rare)(
        convolution(x, WIDTH)
    )
    return layers.Reshape((-1, 4))(deltas), layers.Reshape((-1, labels))(logits)


def _join(parts: list[Any], name: str) -> Any:
    return layers.Concatenate(axis=1, name=name)(parts) if len(parts) > 1 else layers.Identity(name=name)(parts[0])
