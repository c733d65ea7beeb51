"""Changing pictures so that the detector learns the component and not the photograph: a whole batch, on the device.

What is done was drawn before (see `changes.py`); here it is done to the pictures, and the truth follows.
"""

from collections.abc import Callable
from typing import Any

from keras import ops

from inspector.learning.augmentation import grafts
from inspector.learning.augmentation.changes import Changes
from inspector.learning.augmentation.jpeg import compress
from inspector.learning.augmentation.light import add_noise, blur, cover, light
from inspector.learning.augmentation.visible import common, judged, share
from inspector.learning.augmentation.warp import move, warp
from inspector.learning.network import NOTHING, Truth
from inspector.learning.overlap import areas, intersections

# In the order in which they happen to a true picture: things move, light falls on them, a lens and a sensor see them,
# a file keeps them. Each is known by one key of the changes.
KINDS: dict[str, Callable[[Any, Changes], Any]] = {
    "partner": grafts.exchange,
    "affine": warp,
    "patches": cover,
    "gain": light,
    "blur": blur,
    "noise": add_noise,
    "quality": compress,
}


def augment(pictures: Any, truth: Truth, changes: Changes) -> tuple[Any, Truth]:
    """A changed batch and what is true of it.

    Args: pictures `(B, H, W, 3)` uint8 RGB, H and W multiples of 8; truth: boxes `(B, N, 4)`, classes `(B, N)`,
    taught `(B, C)`; changes as drawn for it.
    Returns: pictures and truth alike; where places may be exchanged there are 2N boxes. A class is DOUBTFUL where less
    than LEAST_SEEN of a thing is seen, and NOTHING where no more than a trace is.
    """
    if "partner" in changes:
        changes = grafts.fitting(pictures, changes)
    return _change_pictures(pictures, changes), _follow(truth, changes, pictures.shape[1:3])


def _change_pictures(pictures: Any, changes: Changes) -> Any:
    kinds = [change for key, change in KINDS.items() if key in changes]
    if not kinds:
        return pictures
    x = ops.cast(pictures, "float32")
    for change in kinds:
        x = change(x, changes)
    return ops.cast(ops.clip(x + 0.5, 0, 255), "uint8")


def _follow(truth: Truth, changes: Changes, size: tuple[int, int]) -> Truth:
    """What is true of the changed pictures. size (height, width)."""
    boxes, classes = truth["boxes"], truth["classes"]
    seen = ops.ones_like(boxes[..., 0])
    if "partner" in changes:
        boxes, classes, seen = grafts.follow(boxes, classes, changes)
    if "affine" in changes:
        moved = move(changes["affine"], boxes)
        boxes = common(moved, ops.convert_to_tensor([0.0, 0.0, size[1], size[0]]))
        seen = seen * share(boxes, moved)
    if "patches" in changes:
        covered = ops.sum(intersections(boxes, changes["patches"]), axis=2)
        seen = seen * ops.maximum(1.0 - covered / ops.maximum(areas(boxes), 1e-6), 0.0)
    classes = judged(classes, seen)
    # What is nothing any more leaves no box behind that somebody could take for one.
    return {**truth, "boxes": ops.where((classes == NOTHING)[..., None], 0.0, boxes), "classes": classes}
