"""A two-stage detector: where something may be, and then, region by region, what it is and where exactly."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from inspector.learning.anchors import Level, decode, lay_out
from inspector.learning.backbones import RESNETS, Backbone, build, conv5, convolution
from inspector.learning.balance import balanced, each_picture_alike, shuffled
from inspector.learning.heads import WIDTH, head, merge
from inspector.learning.losses import box_losses, class_losses, softmax_losses, with_background
from inspector.learning.matching import targets
from inspector.learning.network import Network, Truth, counts, picture_input
from inspector.learning.two_stage.examples import Examples, drawn, examples, hardest
from inspector.learning.two_stage.proposals import Proposals
from inspector.learning.two_stage.regions import Regions
from inspector.learning.two_stage.stages import FirstStage, ScoreConverter, SecondStage


class FasterRcnn(Network):
    """A two-stage detector. It says {"boxes": `(B, P, 4)`, "scores": `(B, P, C)`} of its P proposals.

    The first stage asks every anchor for each label by itself, where Ren et al. ask for "something": a picture that is
    silent about a label is so there too. Each region is refined to one box, whatever its label: patterns of a component
    have one outline, and all of them teach it.

    Source: Ren et al. 2015 (Faster R-CNN), trained approximately jointly; hard examples: Shrivastava et al. 2016
    (OHEM), sections 3 and 4.

    Args: input_size (width, height), multiples of 32; level: the anchors; labels: C; weights: for the backbone.
    Raises: InputError where the backbone cannot give that stride, or the weights do not fit.
    """

    def __init__(
        self,
        input_size: tuple[int, int],
        level: Level,
        labels: int,
        backbone: Backbone = Backbone.COMPACT,
        weights: Path | None = None,
        first: FirstStage | None = None,
        second: SecondStage | None = None,
    ) -> None:
        first, second = first or FirstStage(), second or SecondStage()
        chosen = (first.max_proposals, first.candidates, first.nms_score_threshold, first.nms_iou_threshold)
        crops = (second.initial_crop_size, second.maxpool_kernel_size, second.maxpool_stride)
        # Places need more digits than half precision has, whatever the rest computes in.
        propose = Proposals([level], input_size, *chosen, name="propose", dtype="float32")
        read = Regions(input_size, second.pooling, *crops, name="read", dtype="float32")
        refine = Refined(input_size, second.score_converter, name="refine", dtype="float32")
        picture = picture_input(input_size)
        look, judge = _networks(picture, level, labels, backbone, weights, read.side)
        seen = look(picture)
        boxes, there = propose([seen["deltas"], seen["logits"]])
        said = judge(read([seen["features"], boxes]))
        super().__init__(picture, refine([boxes, there, said["deltas"], said["logits"]]))
        self.input_size, self.labels, self.level = input_size, labels, level
        self.first, self.second = first, second
        self.anchors = lay_out([level], input_size)

    def learn(self, pictures: Any, truth: Truth, training: bool = True) -> dict[str, Any]:
        """The losses of one batch and its COUNTS; the negatives counted are the second stage's, which decides."""
        seen = self.get_layer("look")(pictures, training=training)
        losses = self._first_losses(seen, pictures, truth)
        proposals, there = self.get_layer("propose")([seen["deltas"], seen["logits"]])
        given = examples(proposals, there, truth, self.second.matched_iou)
        miner = self.second.hard_example_miner
        if miner is None:
            given = drawn(given, pictures, self.second)
        else:
            # Every region is judged to find the hardest, but only those are learned from.
            features = ops.stop_gradient(seen["features"])
            given = hardest(given, *self._second_losses(features, given, truth, training=False), miner)
        classification, localization = self._second_losses(seen["features"], given, truth, training)
        losses["classification"] = ops.sum(given.weights * classification)
        losses["localization"] = ops.sum(given.weights * localization)
        return {"loss": sum(losses.values()), **losses, **counts(given.negatives, truth)}

    def _first_losses(self, seen: dict[str, Any], pictures: Any, truth: Truth) -> dict[str, Any]:
        """Of a balanced draw of anchors: each picture weighs alike, whatever it holds."""
        stage, anchors = self.first, ops.convert_to_tensor(self.anchors)
        wanted = targets(anchors, truth, stage.positive_iou, stage.negative_iou)
        draws = shuffled(pictures, len(self.anchors))
        teaching = balanced(wanted.matched, draws, stage.minibatch_size, stage.positive_balance_fraction)
        weights = each_picture_alike(teaching)
        objectness = class_losses(seen["logits"], wanted.classes, wanted.matched, truth["taught"])
        localization = box_losses(seen["deltas"], wanted.deltas(anchors), wanted.matched)
        return {
            "objectness": stage.objectness_loss_weight * ops.sum(weights * objectness),
            "proposal_localization": stage.localization_loss_weight * ops.sum(weights * localization),
        }

    def _second_losses(self, features: Any, given: Examples, truth: Truth, training: bool) -> tuple[Any, Any]:
        """Of each region `(B, n)`: class and box, weighted."""
        said = self.get_layer("judge")(self.get_layer("read")([features, given.boxes]), training=training)
        deltas, logits = (by_picture(said[name], given.boxes) for name in ("deltas", "logits"))
        stage, wanted = self.second, given.wanted
        asked = (wanted.classes, wanted.matched, truth["taught"])
        if stage.score_converter is ScoreConverter.SOFTMAX:
            classification = softmax_losses(with_background(logits), *asked)
        else:
            classification = class_losses(logits, *asked)
        localization = box_losses(deltas, wanted.deltas(given.boxes), wanted.matched)
        return stage.classification_loss_weight * classification, stage.localization_loss_weight * localization

    @property
    def inference(self) -> Any:
        """The network that is exported."""
        return keras.Model(self.input, self.output)


@keras.saving.register_keras_serializable(package="inspector")
class Refined(layers.Layer):
    """Proposals `(B, P, 4)`, whether each is one `(B, P)`, and what the second stage says of each, deltas `(B * P, 4)`
    and logits `(B * P, C)`, as {"boxes": `(B, P, 4)` cut to the input, "scores": `(B, P, C)`, 0 for fillers}.
    """

    def __init__(self, input_size: Sequence[int], converter: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.input_size = (int(input_size[0]), int(input_size[1]))
        self.converter = ScoreConverter(converter)

    def call(self, inputs: Any) -> dict[str, Any]:
        proposals, there, deltas, logits = inputs
        limits = ops.convert_to_tensor(np.array(self.input_size * 2, np.float32))
        boxes = ops.minimum(ops.maximum(decode(by_picture(deltas, proposals), proposals), 0.0), limits)
        logits = by_picture(logits, proposals)
        softmax = self.converter is ScoreConverter.SOFTMAX
        scores = ops.softmax(with_background(logits))[..., 1:] if softmax else ops.sigmoid(logits)
        return {"boxes": boxes, "scores": scores * ops.cast(there, scores.dtype)[..., None]}

    def compute_output_spec(self, inputs: Any) -> Any:
        # Regions of all pictures stand one after the other: torch and JAX cannot tell how many that are.
        proposals, _, _, logits = inputs
        scores = (*proposals.shape[:2], logits.shape[-1])
        return {"boxes": keras.KerasTensor(proposals.shape, "float32"), "scores": keras.KerasTensor(scores, "float32")}

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "input_size": list(self.input_size), "converter": str(self.converter)}


def by_picture(said: Any, boxes: Any) -> Any:
    """What is said of each region `(B * P, ...)`, picture by picture `(B, P, ...)`. Args: boxes `(B, P, 4)`."""
    return ops.reshape(said, (-1, boxes.shape[1], said.shape[-1]))


def _networks(
    picture: Any, level: Level, labels: int, backbone: Backbone, weights: Path | None, side: int
) -> tuple[Any, Any]:
    """Both stages: a picture as {"features", "deltas", "logits"}, and regions `(R, side, side, c)` as {"deltas",
    "logits"}.
    """
    scaled = layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(picture)
    features = build(backbone, scaled, weights)
    deep = backbone in RESNETS
    shared = features[16] if deep else merge(features, {level.stride})[level.stride]
    deltas, logits = head(shared, len(level.sizes), labels)
    look = keras.Model(picture, {"features": shared, "deltas": deltas, "logits": logits}, name="look")
    cells = keras.Input((side, side, shared.shape[-1]))
    x = layers.GlobalAveragePooling2D()(conv5(keras.Model(picture, features[32]), cells)) if deep else light(cells)
    return look, keras.Model(cells, _answers(x, labels), name="judge")


def light(cells: Any) -> Any:
    """A head that costs little, for thin features: two convolutions, and then each cell has its say.

    Normalised, unlike the dense layers of Lin et al. 2017 (section 4.2), it learns at the rate at which the rest does.
    """
    return layers.Flatten()(convolution(convolution(cells, WIDTH), WIDTH, 2))


def _answers(x: Any, labels: int) -> dict[str, Any]:
    """Deltas and logits. Source of the spread: Girshick 2015 (Fast R-CNN), section 2.3."""
    spread = {"deltas": (4, 0.001), "logits": (labels, 0.01)}
    return {
        name: layers.Dense(
            count, kernel_initializer=keras.initializers.RandomNormal(stddev=stddev), dtype="float32", name=name
        )(x)
        for name, (count, stddev) in spread.items()
    }
