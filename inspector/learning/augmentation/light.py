"""What light and the camera do to values: exposure, white balance, gamma, shadows, highlights, blur, noise; and
patches that cover something.
"""

from functools import cache
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from inspector.learning.augmentation.slots import in_some, window

GRID = 8
"""Shadows are soft: they are worked out once in so many pixels."""
BANK = 1021
"""Rows of noise: a prime, so that any stride goes through them all."""


def light(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float with each value v become `gain * shade * 255 (v / 255) ** gamma + offset`.

    Args: changes: gamma `(B,)`, gain `(B, 3)`, offset `(B,)`; shades and depths as `_shade` takes them.
    """
    height, width = x.shape[1:3]
    gamma = changes["gamma"][:, None]
    shade = _shade(changes["shades"], changes["depths"], height // GRID + 1, width // GRID + 1)
    # All factors are added as logarithms on the coarse grid, where they cost nothing.
    across = ops.matmul(shade, np.repeat(_spread(width), 3, axis=0).T)
    across = across + ops.tile(ops.log(255 * changes["gain"]) - gamma * np.log(255), (1, width))[:, None]
    factors = ops.matmul(_spread(height), across)
    values = ops.reshape(x, (-1, height, width * 3))
    bent = ops.exp(gamma[..., None] * ops.log(ops.maximum(values, 0.5)) + factors) + changes["offset"][:, None, None]
    return ops.reshape(bent, ops.shape(x))


def _shade(shades: Any, depths: Any, rows: int, columns: int) -> Any:
    """`(B, rows, columns)`: the logarithm of the light.

    Args: shades `(B, S, 2, 3)`: from the picture, whose sides are 1, to where the spot is a disc with a radius of
    about 1; depths `(B, S)`: the logarithm of the light in its middle.
    """
    y, x = (ops.convert_to_tensor(np.linspace(0, 1, n, dtype=np.float32)) for n in (rows, columns))
    a, b, c = (shades[..., column, None, None] for column in range(3))
    squares = ops.sum((a * x[None, :] + b * y[:, None] + c) ** 2, axis=2)
    return ops.sum(depths[..., None, None] * ops.exp(-(squares**2)), axis=1)


@cache
def _spread(length: int) -> NDArray[np.float32]:
    """`(length, length // GRID + 1)`: from values at every eighth edge to values at each pixel's centre."""
    centres, nodes = np.arange(length) + 0.5, np.arange(length // GRID + 1) * GRID
    return np.maximum(0, 1 - np.abs(centres[:, None] - nodes) / GRID).astype(np.float32)


def cover(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float with patches `(B, P, 4)` put over them, each of one of the colours `(B, P,
    3)`.
    """
    height, width = x.shape[1:3]
    sides = changes["patches"][..., 2:] - changes["patches"][..., :2]

    def covered(some: Any, rows: Any) -> Any:
        values = ops.reshape(some, (-1, height, width * 3))
        for patch in range(changes["patches"].shape[1]):
            boxes = ops.take(changes["patches"][:, patch], rows, axis=0)
            colour = ops.tile(ops.take(changes["colours"][:, patch], rows, axis=0), (1, width))[:, None]
            values = values + window(boxes, ops.ones_like(boxes[:, 0]), height, width) * (colour - values)
        return ops.reshape(values, ops.shape(some))

    return in_some(x, ops.sum(sides[..., 0] * sides[..., 1], axis=1), 1, covered)


def blur(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float, blurred by a Gaussian of standard deviations blur `(B, 2)` down and across."""
    height, width = x.shape[1:3]

    def blurred(some: Any, rows: Any) -> Any:
        deviations = ops.take(changes["blur"], rows, axis=0)
        # As products of matrices, as kernels that differ from picture to picture fit no convolution.
        down = ops.matmul(_kernel(deviations[:, 0], height), ops.reshape(some, (-1, height, width * 3)))
        columns = ops.transpose(ops.reshape(down, ops.shape(some)), (0, 2, 1, 3))
        across = ops.matmul(_kernel(deviations[:, 1], width), ops.reshape(columns, (-1, width, height * 3)))
        return ops.transpose(ops.reshape(across, ops.shape(columns)), (0, 2, 1, 3))

    return in_some(x, ops.max(changes["blur"], axis=1), 1, blurred)


def _kernel(deviation: Any, length: int) -> Any:
    """`(k, length, length)`: how much of each pixel comes to each; all of itself where the deviation is 0."""
    apart = ops.convert_to_tensor(np.subtract.outer(np.arange(length), np.arange(length)).astype(np.float32))
    weights = ops.exp(-0.5 * (apart / ops.maximum(deviation, 0.05)[:, None, None]) ** 2)
    return weights / ops.sum(weights, axis=2, keepdims=True)


def add_noise(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float with Gaussian noise of standard deviation noise `(B,)`.

    It comes from a fixed bank, row by row from a start and with a stride, rows `(B, 2)` int32 below BANK: the same on
    every backend.
    """
    height, width = x.shape[1:3]
    rows = (changes["rows"][:, :1] + changes["rows"][:, 1:] * ops.arange(height, dtype="int32")) % BANK
    noise = ops.reshape(ops.take(ops.convert_to_tensor(_bank(width)), rows, axis=0), ops.shape(x))
    return x + noise * changes["noise"][:, None, None, None]


@cache
def _bank(width: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((BANK, width * 3), np.float32)
