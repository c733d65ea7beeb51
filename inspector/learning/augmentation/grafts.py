"""Places exchanged between two pictures of a batch: the component comes to where it was not, and leaves where it was.

Two pictures that teach the same labels exchange the same pixels, so what one loses the other gains: a seam lies round
an empty place exactly as often as round a component, and tells nothing. The camera being fixed, the place fits.
Source of the idea: Dwibedi, Misra, Hebert 2017 (Cut, Paste and Learn).
"""

from typing import Any

from keras import ops

from inspector.learning.augmentation.slots import in_some, window
from inspector.learning.augmentation.visible import TRACE, common, rest, share
from inspector.learning.network import DOUBTFUL

MISFIT = 60.0
"""How far two pictures may differ anywhere along a seam, in grey values, once their light is alike. On video of a fixed
camera 117 of 120 places fitted; between circuit boards 8 of 120, each of them where the two boards are the same."""
LIFT = 40.0
"""The most by which a place is made lighter or darker, in grey values."""
POINTS, NEAR = 32, 4
"""So many of each side of a seam are looked at, and so many beside each other are averaged: noise is no misfit."""


def fitting(pictures: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with only those exchanges left whose places fit, and `lift` `(B, 3)`: by how much a picture is
    lighter than its partner along the seam.

    A seam through something that the two pictures do not share would make something new, such as a broken track on a
    circuit board, of which the truth knows nothing. Both of a pair are judged by the same pixels, so both keep theirs
    or neither does.

    Args: pictures `(B, H, W, 3)` uint8.
    """
    count, (height, width) = ops.shape(pictures)[0], pictures.shape[1:3]
    own, partner = ops.arange(count, dtype="int32"), changes["partner"]
    values = ops.reshape(pictures, (-1, 3))
    places, inside = _along(changes["place"], height, width)
    here = ops.cast(ops.take(values, places + own[:, None] * (height * width), axis=0), "float32")
    there = ops.cast(ops.take(values, places + partner[:, None] * (height * width), axis=0), "float32")
    lift = ops.sum(inside * (here - there), axis=1) / ops.maximum(ops.sum(inside, axis=1), 1.0)
    apart = inside * ops.abs(here - there - lift[:, None])
    misfit = ops.max(ops.mean(ops.reshape(apart, (-1, 4 * POINTS // NEAR, NEAR * 3)), axis=2), axis=1)
    return {**changes, "partner": ops.where(misfit <= MISFIT, partner, own), "lift": ops.clip(lift, -LIFT, LIFT)}


def _along(place: Any, height: int, width: int) -> tuple[Any, Any]:
    """`(B, 4 * POINTS)` int32, the numbers of the pixels under points of the seam, or of the nearest in the picture;
    and `(B, 4 * POINTS, 1)`, 1 where a point lies in the picture and 0 elsewhere.
    """
    steps = (ops.arange(POINTS, dtype="float32") + 0.5) / POINTS
    left, top, right, bottom = (place[:, side, None] for side in range(4))
    across, down = left + (right - left) * steps, top + (bottom - top) * steps
    edge = ops.ones_like(across)
    x = ops.concatenate([across, across, left * edge, right * edge], axis=1)
    y = ops.concatenate([top * edge, bottom * edge, down, down], axis=1)
    inside = ops.cast((x >= 0) & (x < width) & (y >= 0) & (y < height), "float32")[..., None]
    column = ops.cast(ops.clip(x, 0, width - 1), "int32")
    return ops.cast(ops.clip(y, 0, height - 1), "int32") * width + column, inside


def exchange(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float with their places exchanged, each as light as what is round it."""
    partner, (height, width) = changes["partner"], x.shape[1:3]
    own = ops.arange(ops.shape(x)[0], dtype="int32")

    def faded(some: Any, rows: Any) -> Any:
        theirs = ops.take(x, ops.take(partner, rows), axis=0) + ops.take(changes["lift"], rows, axis=0)[:, None, None]
        weight = window(ops.take(changes["place"], rows, axis=0), ops.take(changes["seam"], rows), height, width)
        exchanged = ops.cast(ops.take(partner != own, rows), "float32")[:, None, None]
        return some + ops.reshape(weight * exchanged, ops.shape(some)) * (theirs - some)

    return in_some(x, ops.cast(partner != own, "float32"), 2, faded)


def follow(boxes: Any, classes: Any, changes: dict[str, Any]) -> tuple[Any, Any, Any]:
    """What is true once places were exchanged: a picture's own boxes, as far as they are left, then its partner's, as
    far as they came along. Where the seam cuts through things of both pictures, what is left of the one and what came
    of the other may look like one whole thing: all that is cut is doubtful.

    Args: boxes `(B, N, 4)`; classes `(B, N)`.
    Returns: boxes `(B, 2N, 4)` round what is seen, classes `(B, 2N)`, and `(B, 2N)` the share of each that is seen.
    """
    partner = changes["partner"]
    exchanges = (partner != ops.arange(ops.shape(boxes)[0], dtype="int32"))[:, None]
    place = changes["place"][:, None]
    theirs = ops.take(boxes, partner, axis=0)
    gone = ops.where(exchanges, share(common(boxes, place), boxes), 0.0)
    came = ops.where(exchanges, share(common(theirs, place), theirs), 0.0)
    own = ops.where(exchanges[..., None], rest(boxes, place), boxes)
    cut = ops.logical_and(ops.logical_and(gone > TRACE, gone < 1.0 - TRACE), classes >= 0)
    both = ops.any(cut, axis=1, keepdims=True)
    both = ops.logical_and(both, ops.take(both, partner, axis=0))
    unsure = ops.where(ops.logical_and(both, cut), DOUBTFUL, classes)
    return (
        ops.concatenate([own, common(theirs, place)], axis=1),
        ops.concatenate([unsure, ops.take(unsure, partner, axis=0)], axis=1),
        ops.concatenate([1.0 - gone, came], axis=1),
    )
