"""How far boxes overlap, batched and on the device: what `boxes.py` says in NumPy."""

from typing import Any

from keras import ops


def areas(boxes: Any) -> Any:
    """`(...)` areas of boxes `(..., 4)` in square pixels; 0 for a box turned inside out."""
    size = ops.maximum(boxes[..., 2:] - boxes[..., :2], 0.0)
    return size[..., 0] * size[..., 1]


def intersections(a: Any, b: Any) -> Any:
    """`(..., A, N)` areas that each of a `(..., A, 4)` shares with each of b `(..., N, 4)`."""
    return shared_areas(a[..., :, None, :], b[..., None, :, :])


def ious(a: Any, b: Any) -> Any:
    """`(..., A, N)` intersection over union of each of a `(..., A, 4)` with each of b `(..., N, 4)`; 0 where the union
    is empty.
    """
    shared = intersections(a, b)
    return _over_union(shared, areas(a)[..., :, None], areas(b)[..., None, :])


def paired_ious(a: Any, b: Any) -> Any:
    """`(...)` intersection over union of boxes `(..., 4)` with their counterparts; the two broadcast."""
    return _over_union(shared_areas(a, b), areas(a), areas(b))


def shared_areas(a: Any, b: Any) -> Any:
    """`(...)` areas that boxes `(..., 4)` share with their counterparts; the two broadcast."""
    size = ops.minimum(a[..., 2:], b[..., 2:]) - ops.maximum(a[..., :2], b[..., :2])
    size = ops.maximum(size, 0.0)
    return size[..., 0] * size[..., 1]


def _over_union(shared: Any, a: Any, b: Any) -> Any:
    union = a + b - shared
    return ops.where(union > 0, shared / ops.maximum(union, 1e-9), 0.0)
