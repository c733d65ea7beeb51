"""Anchors: the boxes that the network starts from, in the sizes that the dataset's boxes have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from inspector.boxes import Boxes

STRIDES = (8, 16, 32)
CENTER_VARIANCE = 0.1
SIZE_VARIANCE = 0.2
MOST_SIZES = 6
"""Of one component."""
SAME = 0.8
# Without a single box to learn from there is nothing to adapt to; these cover what the strides can see.
DEFAULT_SIZES = ((16.0, 16.0), (32.0, 32.0), (64.0, 64.0), (128.0, 128.0), (224.0, 224.0))


@dataclass(frozen=True)
class Level:
    """One resolution of the network. stride: input pixels per cell; sizes: (width, height) of the anchors in each
    cell.
    """

    stride: int
    sizes: tuple[tuple[float, float], ...]


def plan(kinds: Sequence[NDArray[Any]]) -> tuple[Level, ...]:
    """The levels and anchor sizes that suit a dataset; the same shapes always give the same plan.

    Args: kinds: for each component the `(n, 2)` widths and heights of its boxes in pixels of the input. Each is planned
    for by itself: many small screws must not take every size from a few long strips.
    Source: clustering of box shapes, Redmon and Farhadi 2017 (YOLO9000), section 2.
    """
    found = [typical_sizes(np.asarray(shapes, np.float64)) for shapes in kinds if len(shapes)]
    sizes = _distinct(np.concatenate(found)) if found else np.array(DEFAULT_SIZES)
    by_stride: dict[int, list[tuple[float, float]]] = {}
    for width, height in np.round(sizes, 1).tolist():
        by_stride.setdefault(stride_for(width, height), []).append((width, height))
    return tuple(Level(stride, tuple(by_stride[stride])) for stride in sorted(by_stride))


def _distinct(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Those of `(k, 2)` that no earlier one overlaps nearly whole."""
    kept: list[int] = []
    for number, overlaps in enumerate(shape_iou(sizes, sizes)):
        if not any(overlaps[other] > SAME for other in kept):
            kept.append(number)
    return sizes[kept]


def stride_for(width: float, height: float) -> int:
    """The stride whose cells are fine enough to tell such a box from its neighbours, and no finer."""
    size = min((width * height) ** 0.5 / 6, min(width, height) / 2)
    return next((stride for stride in reversed(STRIDES) if size >= stride * 0.75), STRIDES[0])


def typical_sizes(shapes: NDArray[Any]) -> NDArray[np.float64]:
    """The fewest `(k, 2)` widths and heights, at most MOST_SIZES, that overlap every shape by half and most by three
    quarters.
    """
    centers = _clusters(shapes, 1)
    for k in range(2, min(MOST_SIZES, len(shapes)) + 1):
        best = shape_iou(shapes, centers).max(axis=1)
        if best.min() >= 0.5 and np.quantile(best, 0.25) >= 0.75:
            break
        centers = _clusters(shapes, k)
    return centers


def shape_iou(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.float64]:
    """`(len(a), len(b))` overlap of (width, height) pairs laid on one centre."""
    shared = np.minimum(a[:, None], b[None]).prod(axis=-1)
    return shared / (a.prod(axis=-1)[:, None] + b.prod(axis=-1)[None] - shared)


def _clusters(shapes: NDArray[Any], k: int) -> NDArray[np.float64]:
    """k-means of the sizes' logarithms, each start the shape that those before overlap least: no chance is involved."""
    logs = np.log(np.maximum(shapes, 1.0).astype(np.float64))
    starts = [int(np.argsort(logs.sum(axis=1), kind="stable")[len(logs) // 2])]
    while len(starts) < k:
        starts.append(int(shape_iou(shapes, shapes[starts]).max(axis=1).argmin()))
    centers = logs[starts]
    for _ in range(25):
        nearest = ((logs[:, None] - centers[None]) ** 2).sum(axis=-1).argmin(axis=1)
        centers = np.stack([logs[nearest == i].mean(axis=0) if (nearest == i).any() else centers[i] for i in range(k)])
    return np.exp(centers[np.argsort(centers.sum(axis=1), kind="stable")])


def lay_out(levels: Sequence[Level], input_size: tuple[int, int]) -> Boxes:
    """Every anchor `(A, 4)` xyxy in pixels of the input: by level, then row, column and size.

    Args: input_size (width, height), multiples of the strides.
    """
    width, height = input_size
    parts = []
    for level in levels:
        y, x = np.mgrid[0 : height // level.stride, 0 : width // level.stride]
        centers = (np.stack([x, y], axis=-1)[:, :, None, :] + 0.5) * level.stride
        half = np.array(level.sizes)[None, None] / 2
        parts.append(np.concatenate([centers - half, centers + half], axis=-1).reshape(-1, 4))
    return np.concatenate(parts).astype(np.float32)


def encode(boxes: Any, anchors: Any) -> Any:
    """What the network should say `(..., A, 4)` so that decode gives these boxes, each beside its anchor.

    Source: Liu et al. 2016 (SSD), section 2.2, with the variances of its code.
    """
    size, anchor_size = boxes[..., 2:] - boxes[..., :2], anchors[..., 2:] - anchors[..., :2]
    moved = (boxes[..., :2] + boxes[..., 2:] - anchors[..., :2] - anchors[..., 2:]) / 2
    # A box without area, which only padding is, has no logarithm; whoever matched nothing to it never asks.
    ratio = ops.maximum(size / anchor_size, 1e-6)
    return ops.concatenate([moved / anchor_size / CENTER_VARIANCE, ops.log(ratio) / SIZE_VARIANCE], axis=-1)


def decode(deltas: Any, anchors: Any) -> Any:
    """Boxes `(..., A, 4)` xyxy in pixels of the input from what the network says of anchors `(A, 4)`."""
    anchor_size = anchors[..., 2:] - anchors[..., :2]
    anchor_center = (anchors[..., :2] + anchors[..., 2:]) / 2
    center = deltas[..., :2] * CENTER_VARIANCE * anchor_size + anchor_center
    # A size e^5 times its anchor's fits in no picture; beyond it the exponential would only overflow.
    half = ops.exp(ops.clip(deltas[..., 2:] * SIZE_VARIANCE, -5.0, 5.0)) * anchor_size / 2
    return ops.concatenate([center - half, center + half], axis=-1)


@keras.saving.register_keras_serializable(package="inspector")
class Decode(keras.layers.Layer):
    """The network's deltas `(B, A, 4)` as boxes `(B, A, 4)` xyxy, cut to the input.

    Args: levels: (stride, sizes) of each level; input_size (width, height) in pixels.
    """

    def __init__(self, levels: Sequence[Any], input_size: Sequence[int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.levels = tuple(as_level(level) for level in levels)
        self.input_size = (int(input_size[0]), int(input_size[1]))

    def call(self, deltas: Any) -> Any:
        anchors = ops.convert_to_tensor(lay_out(self.levels, self.input_size))
        limits = ops.convert_to_tensor(np.array(self.input_size * 2, np.float32))
        return ops.minimum(ops.maximum(decode(deltas, anchors), 0.0), limits)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        levels = [[level.stride, [list(size) for size in level.sizes]] for level in self.levels]
        return {**super().get_config(), "levels": levels, "input_size": list(self.input_size)}


def as_level(given: Any) -> Level:
    """A level from its plain values, (stride, sizes)."""
    if isinstance(given, Level):
        return given
    stride, sizes = given
    return Level(int(stride), tuple((float(width), float(height)) for width, height in sizes))
