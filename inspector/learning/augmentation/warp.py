"""Shift, scale, rotation and mirror: of pictures, and of the boxes in them."""

from typing import Any

from keras import ops

from inspector.preprocess import PAD_GREY


def warp(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float, each moved by its map, affine `(B, 2, 3)`; grey where nothing was.

    Our own gather, as Keras' `affine_transform` cannot be compiled by XLA on TensorFlow, and weighs the colours as a
    third direction on JAX.
    """
    count, (height, width) = ops.shape(x)[0], x.shape[1:3]
    # One pixel of grey all round: beyond it everything is as grey as there.
    padded = ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], constant_values=float(PAD_GREY))
    pixels = ops.reshape(padded, (-1, 3))
    across, down = _sources(changes["affine"], height, width)
    left, top = ops.floor(across), ops.floor(down)
    number = ops.arange(count, dtype="int32") * ((height + 2) * (width + 2))
    first = ops.cast(top * (width + 2) + left, "int32") + number[:, None, None]
    a, b = ops.take(pixels, first, axis=0), ops.take(pixels, first + 1, axis=0)
    c, d = ops.take(pixels, first + width + 2, axis=0), ops.take(pixels, first + width + 3, axis=0)
    right, below = (across - left)[..., None], (down - top)[..., None]
    upper, lower = a + right * (b - a), c + right * (d - c)
    return upper + below * (lower - upper)


def _sources(affine: Any, height: int, width: int) -> tuple[Any, Any]:
    """Where each pixel comes from, `(B, H, W)` each: x and y in a picture with one pixel of padding all round.

    Boxes count from the edge of the first pixel and pictures from its centre, half a pixel on, on both sides of the
    map: a mirrored picture would else lie a whole pixel beside its boxes.
    """
    x = ops.arange(width, dtype="float32")[None, None, :] + 0.5 - affine[:, 0, 2][:, None, None]
    y = ops.arange(height, dtype="float32")[None, :, None] + 0.5 - affine[:, 1, 2][:, None, None]
    (a, b), (c, d) = ([affine[:, row, column][:, None, None] for column in (0, 1)] for row in (0, 1))
    scale = 1.0 / (a * d - b * c)
    across = (d * scale) * x - (b * scale) * y + 0.5
    down = (a * scale) * y - (c * scale) * x + 0.5
    return ops.clip(across, 0.0, width + 0.999), ops.clip(down, 0.0, height + 0.999)


def move(affine: Any, boxes: Any) -> Any:
    """Boxes `(B, N, 4)` after maps `(B, 2, 3)`: round the image of the ellipse inside each, which stays tight where
    the hull of the turned corners would grow round a screw.
    """
    linear = ops.transpose(affine[:, :, :2], (0, 2, 1))
    center = ops.matmul((boxes[..., :2] + boxes[..., 2:]) / 2, linear) + affine[:, None, :, 2]
    half = ops.sqrt(ops.matmul(((boxes[..., 2:] - boxes[..., :2]) / 2) ** 2, linear**2))
    return ops.concatenate([center - half, center + half], axis=-1)
