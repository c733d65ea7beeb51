"""A single-stage detector: features, a top-down merge, and two small heads at each level that has anchors."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
from keras import layers, ops

from inspector.learning.anchors import Decode, Level, decode, lay_out
from inspector.learning.backbones import Backbone, Features, build, convolution
from inspector.learning.boosting import boost
from inspector.learning.boundary import boundary_head, boundary_loss
from inspector.learning.losses import box_losses, class_losses
from inspector.learning.matching import BACKGROUND, targets
from inspector.learning.mining import Mining, mine, normaliser
from inspector.learning.network import Network, Truth, counts, join, picture_input

WIDTH = 64
PRIOR = 0.01


class Ssd(Network):
    """A single-stage detector with anchors. Its heads say {"deltas": `(B, A, 4)`, "logits": `(B, A, C)`}.

    Source: Liu et al. 2016 (SSD); the merge: Lin et al. 2017 (Feature Pyramid Networks); the prior: Lin et al. 2017
    (RetinaNet), section 4.1.

    Args: input_size (width, height), multiples of 32; levels: the anchors; labels: C; weights: for the backbone;
    boundary: weight of the loss of a head that tells outlines, 0 for none; boosting: see `boost`, 0 for none.
    """

    def __init__(
        self,
        input_size: tuple[int, int],
        levels: Sequence[Level],
        labels: int,
        backbone: Backbone = Backbone.COMPACT,
        weights: Path | None = None,
        mining: Mining | None = None,
        boundary: float = 0.0,
        boosting: float = 0.0,
    ) -> None:
        picture = picture_input(input_size)
        scaled = layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(picture)
        merged = merge(build(backbone, scaled, weights), {level.stride for level in levels})
        parts = [head(merged[level.stride], len(level.sizes), labels) for level in levels]
        outputs = {
            "deltas": join([deltas for deltas, _ in parts], "deltas"),
            "logits": join([logits for _, logits in parts], "logits"),
        }
        if boundary:
            outputs["boundary"] = boundary_head(merged)
        super().__init__(inputs=picture, outputs=outputs)
        self.input_size = input_size
        self.levels = tuple(levels)
        self.labels = labels
        self.mining = mining or Mining()
        self.boundary, self.boosting = boundary, boosting
        self.anchors = lay_out(levels, input_size)

    def learn(self, pictures: Any, truth: Truth, training: bool = True) -> dict[str, Any]:
        """The losses of one batch and its COUNTS."""
        said = self(pictures, training=training)
        anchors = ops.convert_to_tensor(self.anchors)
        wanted = targets(anchors, truth)
        classification = class_losses(said["logits"], wanted.classes, wanted.matched, truth["taught"])
        localization = box_losses(said["deltas"], wanted.deltas(anchors), wanted.matched)
        keep = mine(classification, localization, decode(said["deltas"], anchors), wanted.matched, self.mining)
        weight = boost(classification + localization, keep, self.boosting) / normaliser(
            keep, wanted.matched, self.mining
        )
        losses = {
            "classification": ops.sum(weight * classification),
            "localization": ops.sum(weight * localization),
        }
        if self.boundary:
            losses["boundary"] = self.boundary * boundary_loss(said["boundary"], truth, self.input_size)
        negatives = ops.sum(keep * ops.cast(wanted.matched == BACKGROUND, "float32"), axis=1)
        return {"loss": sum(losses.values()), **losses, **counts(negatives, truth)}

    @property
    def inference(self) -> Any:
        """The network that is exported."""
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
