"""Where to look twice: the boxes that the first stage hands to the second."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from inspector.learning.anchors import Decode, Level
from inspector.learning.suppression import best_apart


@keras.saving.register_keras_serializable(package="inspector")
class Proposals(layers.Layer):
    """Of every anchor's box the best few that lie apart, always as many.

    Takes deltas `(B, A, 4)` and logits `(B, A, C)`; gives boxes `(B, P, 4)` xyxy, cut to the input, from best to worst,
    and `(B, P)` bool, whether each is one: where fewer lie apart, the rest are fillers. No gradient flows through it.
    Source: Ren et al. 2015 (Faster R-CNN), section 3.3, trained approximately jointly.

    Args: levels: (stride, sizes) of the anchors; input_size (width, height) in pixels; most: P; candidates: the best
    anchors, among which suppression chooses; score_threshold, iou_threshold: a proposal scores no less than the one
    and overlaps no better proposal by more than the other.
    """

    def __init__(
        self,
        levels: Sequence[Any],
        input_size: Sequence[int],
        most: int = 300,
        candidates: int = 1000,
        score_threshold: float = 0.0,
        iou_threshold: float = 0.7,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.decode = Decode(levels, input_size, dtype=self.dtype_policy)
        anchors = count(self.decode.levels, self.decode.input_size)
        self.candidates = min(candidates, anchors)
        self.most = min(most, self.candidates)
        self.score_threshold, self.iou_threshold = score_threshold, iou_threshold

    def call(self, inputs: Any) -> tuple[Any, Any]:
        deltas, logits = (ops.stop_gradient(said) for said in inputs)
        scores, rows = ops.top_k(ops.sigmoid(ops.max(logits, axis=-1)), self.candidates)
        boxes = ops.take_along_axis(self.decode(deltas), rows[..., None], axis=1)
        # Cut to the picture, an anchor that looked beyond it may hold nothing of it.
        solid = ops.min(boxes[..., 2:] - boxes[..., :2], axis=-1) >= 1
        able = ops.logical_and(solid, scores >= self.score_threshold)
        places, there = best_apart(boxes, scores, able, self.most, self.iou_threshold)
        return ops.take_along_axis(boxes, places[..., None], axis=1), there

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch = input_shape[0][0]
        return (batch, self.most, 4), (batch, self.most)

    def compute_output_spec(self, inputs: Any) -> Any:
        boxes, there = self.compute_output_shape([one.shape for one in inputs])
        return keras.KerasTensor(boxes, dtype="float32"), keras.KerasTensor(there, dtype="bool")

    def get_config(self) -> dict[str, Any]:
        anchors = {key: self.decode.get_config()[key] for key in ("levels", "input_size")}
        chosen = {key: getattr(self, key) for key in ("most", "candidates", "score_threshold", "iou_threshold")}
        return {**super().get_config(), **anchors, **chosen}


def count(levels: Sequence[Level], input_size: tuple[int, int]) -> int:
    """A, how many anchors there are."""
    width, height = input_size
    return sum((width // level.stride) * (height // level.stride) * len(level.sizes) for level in levels)
