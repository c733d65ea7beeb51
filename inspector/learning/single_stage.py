"""What the two single-stage detectors share: backbone and heads, and how what they say is judged."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import keras
from keras import layers, ops

from inspector.learning.backbones import Backbone, build
from inspector.learning.boosting import boost
from inspector.learning.boundary import boundary_head, boundary_loss
from inspector.learning.choosing import counting, normaliser
from inspector.learning.heads import head, merge
from inspector.learning.losses import (
    ALPHA,
    GAMMA,
    class_losses,
    focal_losses,
    quality_losses,
    softmax_losses,
    with_background,
)
from inspector.learning.matching import BACKGROUND
from inspector.learning.network import Network, Truth, counts, join, picture_input
from inspector.learning.objective import Classification, Objective


class Judged(NamedTuple):
    """What the anchors, or the points, of a batch learn, and how far they are from it.

    matched, classes `(B, A)` int32, as `matching.Targets` has them; quality `(B, A)`, the score that a matched one
    should reach; boxes `(B, A, 4)` xyxy, as the network says them; localization `(B, A)`, how wrong they are.
    """

    matched: Any
    classes: Any
    quality: Any
    boxes: Any
    localization: Any


class SingleStage(Network):
    """A detector whose heads say everything at once: {"deltas": `(B, A, 4)`, "logits": `(B, A, C)`}.

    Args: input_size (width, height), multiples of 32; sizes: by stride, how many boxes each cell has; labels: C;
    weights: for the backbone; objective: None for OBJECTIVE; boundary: weight of the loss of a head that tells
    outlines, 0 for none; boosting: see `boost`, 0 for none.
    """

    OBJECTIVE: ClassVar[Objective]

    def __init__(
        self,
        input_size: tuple[int, int],
        sizes: Mapping[int, int],
        labels: int,
        backbone: Backbone,
        weights: Path | None,
        objective: Objective | None,
        boundary: float,
        boosting: float,
    ) -> None:
        picture = picture_input(input_size)
        scaled = layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(picture)
        merged = merge(build(backbone, scaled, weights), set(sizes))
        parts = [head(merged[stride], count, labels) for stride, count in sizes.items()]
        outputs = {
            "deltas": join([deltas for deltas, _ in parts], "deltas"),
            "logits": join([logits for _, logits in parts], "logits"),
        }
        if boundary:
            outputs["boundary"] = boundary_head(merged)
        super().__init__(inputs=picture, outputs=outputs)
        self.input_size, self.labels = input_size, labels
        self.objective = objective or self.OBJECTIVE
        self.boundary, self.boosting = boundary, boosting

    def compare(self, said: Mapping[str, Any], truth: Truth) -> Judged:
        """What the heads should have said."""
        raise NotImplementedError

    def boxes(self) -> Any:
        """The layer that makes boxes `(B, A, 4)` of deltas, cut to the input."""
        raise NotImplementedError

    def learn(self, pictures: Any, truth: Truth, training: bool = True) -> dict[str, Any]:
        """The losses of one batch and its COUNTS."""
        # Half precision ends at the heads: places in pixels and logarithms need more digits.
        said = {name: ops.cast(value, "float32") for name, value in self(pictures, training=training).items()}
        asked, judged = self.objective, self.compare(said, truth)
        target = ops.cast(judged.matched >= 0, "float32")
        if asked.classification is Classification.QUALITY:
            target = target * judged.quality
        classification = asked.classification_weight * score_losses(
            said["logits"], judged.classes, judged.matched, truth["taught"], target, asked
        )
        localization = asked.localization_weight * judged.localization
        keep = counting(classification, localization, judged.boxes, judged.matched, pictures, asked)
        weight = boost(classification + localization, keep, self.boosting)
        weight = weight / normaliser(keep, target, judged.matched, asked)
        losses = {"classification": ops.sum(weight * classification), "localization": ops.sum(weight * localization)}
        if self.boundary:
            losses["boundary"] = self.boundary * boundary_loss(said["boundary"], truth, self.input_size)
        negatives = ops.sum(keep * ops.cast(judged.matched == BACKGROUND, "float32"), axis=1)
        return {"loss": sum(losses.values()), **losses, **counts(negatives, truth)}

    @property
    def inference(self) -> Any:
        """The network that is exported."""
        scores = layers.Identity(name="scores")(scores_of(self.output["logits"], self.objective))
        return keras.Model(self.input, {"boxes": self.boxes()(self.output["deltas"]), "scores": scores})


def scores_of(logits: Any, objective: Objective) -> Any:
    """Logits `(B, A, C)` as scores in [0, 1]."""
    if objective.classification is Classification.SOFTMAX:
        return ops.softmax(with_background(logits), axis=-1)[..., 1:]
    return ops.sigmoid(logits)


def score_losses(logits: Any, classes: Any, matched: Any, taught: Any, quality: Any, objective: Objective) -> Any:
    """Of each anchor `(B, A)`, of the chosen kind; the arguments are those of `losses`."""
    gamma = GAMMA if objective.gamma is None else objective.gamma
    match objective.classification:
        case Classification.SIGMOID:
            return class_losses(logits, classes, matched, taught)
        case Classification.SOFTMAX:
            return softmax_losses(with_background(logits), classes, matched, taught)
        case Classification.FOCAL:
            alpha = ALPHA if objective.alpha is None else objective.alpha
            return focal_losses(logits, classes, matched, taught, alpha, gamma)
        case Classification.QUALITY:
            return quality_losses(logits, classes, matched, taught, quality, gamma)
