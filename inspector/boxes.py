"""Boxes: float32 `(n, 4)` arrays of (xmin, ymin, xmax, ymax).

Pixels of the full frame unless a docstring says otherwise; origin top left, xmax and ymax exclusive, so that
width is xmax - xmin. Every function returns a new array; none writes into its argument.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Boxes = NDArray[np.float32]
EMPTY: Boxes = np.zeros((0, 4), np.float32)
EMPTY.flags.writeable = False


def as_boxes(values: ArrayLike | Sequence[Sequence[float]]) -> Boxes:
    """Values as boxes `(n, 4)`; an empty sequence gives `(0, 4)`.

    Raises: ValueError for another shape, for numbers that are not finite, and for a box with xmax <= xmin or
    ymax <= ymin.
    """
    boxes = np.array(values, np.float32)
    if boxes.shape in ((0,), (0, 4)):
        return EMPTY.copy()
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"boxes must have the shape (n, 4), these have {boxes.shape}")
    if not np.isfinite(boxes).all():
        raise ValueError("a box holds a number that is not finite")
    if (boxes[:, 2:] <= boxes[:, :2]).any():
        bad = boxes[(boxes[:, 2:] <= boxes[:, :2]).any(axis=1)][0].tolist()
        raise ValueError(f"a box must have xmin < xmax and ymin < ymax, this one is {bad}")
    return boxes


def area(boxes: Boxes) -> NDArray[np.float32]:
    """`(n,)` areas in square pixels; 0 for a box turned inside out."""
    size = np.maximum(boxes[:, 2:] - boxes[:, :2], 0)
    return size[:, 0] * size[:, 1]


def center(boxes: Boxes) -> NDArray[np.float32]:
    """`(n, 2)` centres as (x, y)."""
    return (boxes[:, :2] + boxes[:, 2:]) * np.float32(0.5)


def intersection(a: Boxes, b: Boxes) -> NDArray[np.float32]:
    """`(len(a), len(b))` areas that each pair shares."""
    top_left = np.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    size = np.maximum(bottom_right - top_left, 0)
    return size[..., 0] * size[..., 1]


def iou(a: Boxes, b: Boxes) -> NDArray[np.float32]:
    """`(len(a), len(b))` intersection over union, 0 where the union is empty."""
    shared = intersection(a, b)
    union = area(a)[:, None] + area(b)[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def at_one_place(a: Boxes, b: Boxes) -> NDArray[np.bool_]:
    """`(len(a), len(b))` whether each holds the other's centre: so do any two with an IoU above a half."""
    return _holds(a, center(b)) & _holds(b, center(a)).T


def clip(boxes: Boxes, width: float, height: float) -> Boxes:
    """Boxes cut to a picture of that size; one wholly outside keeps no area."""
    limits = np.array([width, height, width, height], np.float32)
    return np.clip(boxes, 0, limits).astype(np.float32)


def inside(boxes: Boxes, region: Sequence[float]) -> NDArray[np.bool_]:
    """`(n,)` whether each box's centre lies in the region (xmin, ymin, xmax, ymax)."""
    x, y = center(boxes).T
    xmin, ymin, xmax, ymax = region
    return (x >= xmin) & (x < xmax) & (y >= ymin) & (y < ymax)


def _holds(boxes: Boxes, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """`(len(boxes), len(points))`."""
    within = (points[None] >= boxes[:, None, :2]) & (points[None] <= boxes[:, None, 2:])
    return np.asarray(within.all(axis=2), bool)
