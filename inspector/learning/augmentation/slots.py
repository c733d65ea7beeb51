"""What is done to some pictures of a batch only, and to a part of a picture only."""

from collections.abc import Callable
from typing import Any

from keras import ops

SLOTS = 4
"""Dear kinds of change reach one picture of so many, and so cost that much less."""


def in_some(x: Any, strength: Any, times: int, change: Callable[[Any, Any], Any]) -> Any:
    """Pictures `(B, ...)` of which the strongest `(B,)` are changed: a quarter of them, or `times` as many.

    The number is fixed, so that shapes are: a picture among them whose strength is 0 must come out as it went in.
    change takes the chosen pictures and their numbers `(k,)`.
    """
    count = ops.shape(x)[0]
    rows = ops.top_k(strength, min(times * -(-count // SLOTS), count), sorted=False)[1]
    return ops.scatter_update(x, rows[:, None], change(ops.take(x, rows, axis=0), rows))


def window(boxes: Any, seam: Any, height: int, width: int) -> Any:
    """`(k, H, W * 3)`: how much of each value lies inside the box `(k, 4)`, fading over `seam` `(k,)` pixels, at least
    1, half of them outside.
    """
    down = _between(boxes[:, 1:2], boxes[:, 3:4], seam[:, None], height)
    across = _between(boxes[:, 0:1], boxes[:, 2:3], seam[:, None], width)
    # The colours lie beside each other in memory; a last axis of three would be slow to spread over.
    return down[:, :, None] * ops.repeat(across, 3, axis=1)[:, None, :]


def _between(low: Any, high: Any, seam: Any, length: int) -> Any:
    centres = ops.arange(length, dtype="float32")[None, :] + 0.5
    return ops.clip((centres - low) / seam + 0.5, 0, 1) * ops.clip((high - centres) / seam + 0.5, 0, 1)
