"""Where the outlines of things lie, pixel by pixel: learned beside the boxes, so that features keep fine edges.

The head is left out of the exported network, and costs a station nothing.
Source: the idea of Chen, Crandall and Templeman 2018 (arXiv:1802.07845), whose abstract tells that they estimate for
each pixel how likely it belongs to an object's boundary. Their network is not known to us, nor how it amplifies; the
head and its loss are ours, the loss balanced as by Xie and Tu 2015 (Holistically-Nested Edge Detection).
"""

from typing import Any

from keras import layers, ops

from inspector.learning.backbones import Features, convolution
from inspector.learning.network import DOUBTFUL, Truth
from inspector.learning.shares import pictures_in_all

CELL = 2
"""Pixels of the input: the side of what is told apart."""
SPREAD = 1.5
"""Pixels: an outline drawn by hand is right to one or two."""
NEAR = 8.0
"""Pixels round a thing in which a picture that is silent on other things still says that there is no other outline."""
FAR = 1e6
WIDTH = 32


def boundary_head(merged: Features) -> Any:
    """Logits `(B, H / s, W / s, (s / CELL) ** 2)` from the finest features, of stride s: one for each small cell."""
    stride = min(merged)
    x = convolution(merged[stride], WIDTH)
    return layers.Conv2D((stride // CELL) ** 2, 3, padding="same", name="boundary")(x)


def boundary_loss(logits: Any, truth: Truth, input_size: tuple[int, int]) -> Any:
    """Cross-entropy, the pixels of outlines together weighing as much as all others of a picture: they are few.

    Args: logits as `boundary_head` gives them; input_size (width, height). Returns: a scalar, the mean over pictures.
    """
    likelihood, weight = boundary(truth, input_size)
    logits = ops.cast(_unfolded(logits, input_size), "float32")
    each = ops.maximum(logits, 0.0) - logits * likelihood + ops.log1p(ops.exp(-ops.abs(logits)))
    on, off = weight * likelihood, weight * (1.0 - likelihood)
    return ops.sum(_weighted_mean(each, on) + _weighted_mean(each, off)) / 2 / pictures_in_all(each)


def boundary(truth: Truth, input_size: tuple[int, int]) -> tuple[Any, Any]:
    """How likely each cell lies on an outline, and whether the picture says so: both `(B, H / CELL, W / CELL)` float32.

    It does not where something doubtful is, nor, where the picture is silent on some label, away from the known things.
    """
    distance = _distance(truth["boxes"], input_size)
    there, doubtful = truth["classes"] >= 0, truth["classes"] == DOUBTFUL
    nearest = ops.min(ops.where(there[..., None, None], ops.abs(distance), FAR), axis=1)
    likelihood = ops.exp(-0.5 * ops.square(nearest / SPREAD))
    near = ops.any(ops.logical_and(there[..., None, None], distance < NEAR), axis=1)
    speaks = ops.logical_or(near, ops.all(truth["taught"], axis=1)[:, None, None])
    hidden = ops.any(ops.logical_and(doubtful[..., None, None], distance < NEAR), axis=1)
    return likelihood, ops.cast(ops.logical_and(speaks, ops.logical_not(hidden)), "float32")


def _distance(boxes: Any, input_size: tuple[int, int]) -> Any:
    """`(B, N, H / CELL, W / CELL)` pixels from each cell's centre to each box's outline, negative inside."""
    x, y = ((ops.arange(side // CELL, dtype="float32") + 0.5) * CELL for side in input_size)
    across = ops.maximum(boxes[..., 0, None] - x, x - boxes[..., 2, None])
    down = ops.maximum(boxes[..., 1, None] - y, y - boxes[..., 3, None])
    return ops.maximum(across[:, :, None, :], down[:, :, :, None])


def _unfolded(logits: Any, input_size: tuple[int, int]) -> Any:
    """The cells' logits in their places, `(B, H / CELL, W / CELL)`."""
    _, rows, columns, cells = logits.shape
    side = round(cells**0.5)
    apart = ops.reshape(logits, (-1, rows, columns, side, side))
    return ops.reshape(ops.transpose(apart, (0, 1, 3, 2, 4)), (-1, input_size[1] // CELL, input_size[0] // CELL))


def _weighted_mean(values: Any, weight: Any) -> Any:
    """`(B,)`; 0 where nothing weighs."""
    return ops.sum(values * weight, axis=(1, 2)) / ops.maximum(ops.sum(weight, axis=(1, 2)), 1.0)
