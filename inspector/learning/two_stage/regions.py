"""What the features say inside a box, always in the same number of cells, so that one head can judge any box."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import keras
from keras import layers, ops

SAMPLES = 2


class Pooling(StrEnum):
    """How a region's cells are read. align: the mean of four points in each cell, nothing is rounded (He et al. 2017,
    Mask R-CNN, section 3). crop: points on a grid from edge to edge, of which the largest of each window stays, as in
    the TensorFlow Object Detection API.
    """

    ALIGN = "align"
    CROP = "crop"


@keras.saving.register_keras_serializable(package="inspector")
class Regions(layers.Layer):
    """Features `(B, H, W, C)` and boxes `(B, P, 4)` xyxy in pixels of the input, as cells `(B * P, S, S, C)`.

    Reading between cells is linear along each axis by itself, so it is two products of matrices: exact, with a
    gradient everywhere, and made of what every runtime has.

    Args: input_size (width, height) of the input in pixels; crop: points along an edge, align takes S = (crop - kernel)
    / stride + 1 cells directly; kernel, stride: of the window whose largest stays.
    """

    def __init__(
        self, input_size: Sequence[int], pooling: str, crop: int = 14, kernel: int = 2, stride: int = 2, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.input_size = (int(input_size[0]), int(input_size[1]))
        self.pooling = Pooling(pooling)
        self.crop, self.kernel, self.stride = crop, kernel, stride

    @property
    def side(self) -> int:
        """S."""
        return (self.crop - self.kernel) // self.stride + 1

    def call(self, inputs: Any) -> Any:
        features, boxes = inputs
        boxes = ops.stop_gradient(boxes)
        width, height = self.input_size
        columns = self._reading(boxes[..., 0], boxes[..., 2], features.shape[2], width)
        rows = self._reading(boxes[..., 1], boxes[..., 3], features.shape[1], height)
        cells = read(features, rows, columns)
        return cells if self.pooling is Pooling.ALIGN else ops.max_pool(cells, self.kernel, self.stride)

    def _reading(self, start: Any, end: Any, cells: int, pixels: int) -> Any:
        if self.pooling is Pooling.ALIGN:
            return aligned(start, end, cells, pixels, self.side)
        return cropped(start, end, cells, pixels, self.crop)

    def compute_output_shape(self, input_shape: Any) -> Any:
        (batch, *_, channels), (_, count, _) = input_shape
        return (batch * count if batch else None, self.side, self.side, channels)

    def get_config(self) -> dict[str, Any]:
        sizes = {"crop": self.crop, "kernel": self.kernel, "stride": self.stride}
        return {**super().get_config(), "input_size": list(self.input_size), "pooling": str(self.pooling), **sizes}


def aligned(start: Any, end: Any, cells: int, pixels: int, side: int) -> Any:
    """How much of each of `cells` features each of `side` bins of an interval reads: `(..., side, cells)`.

    Args: start, end `(...)` in pixels, of `pixels` in all. A bin is the mean of SAMPLES points spread evenly in it.
    """
    points = (ops.arange(side * SAMPLES, dtype="float32") + 0.5) / (side * SAMPLES)
    places = (start[..., None] + (end - start)[..., None] * points) * (cells / pixels) - 0.5
    weights = _between(places, cells)
    return ops.mean(ops.reshape(weights, (*_leading(start), side, SAMPLES, cells)), axis=-2)


def cropped(start: Any, end: Any, cells: int, pixels: int, side: int) -> Any:
    """The same for `side` single points from edge to edge; the picture's own edges lie on the outer cells' centres."""
    points = ops.arange(side, dtype="float32") / (side - 1)
    return _between((start[..., None] + (end - start)[..., None] * points) * ((cells - 1) / pixels), cells)


def _between(places: Any, cells: int) -> Any:
    """Linear weights `(..., cells)` of the cells round each place `(...)`, counted from the first cell's centre."""
    inside = ops.clip(places, 0.0, cells - 1.0)
    return ops.maximum(1.0 - ops.abs(inside[..., None] - ops.arange(cells, dtype="float32")), 0.0)


def _leading(values: Any) -> tuple[int, int]:
    return -1, int(values.shape[1])


def read(features: Any, rows: Any, columns: Any) -> Any:
    """Features `(B, H, W, C)` read by rows `(B, P, S, H)` and columns `(B, P, T, W)`: `(B * P, S, T, C)`."""
    height, width, channels = features.shape[1:]
    boxes, side, across = rows.shape[1], rows.shape[2], columns.shape[2]
    by_column = ops.reshape(ops.transpose(features, (0, 2, 1, 3)), (-1, width, height * channels))
    x = ops.matmul(ops.reshape(columns, (-1, boxes * across, width)), by_column)
    x = ops.transpose(ops.reshape(x, (-1, across, height, channels)), (0, 2, 1, 3))
    x = ops.matmul(ops.reshape(rows, (-1, side, height)), ops.reshape(x, (-1, height, across * channels)))
    return ops.reshape(x, (-1, side, across, channels))
