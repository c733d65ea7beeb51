"""Frames with what is true of them, whole or as they were packed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.errors import InspectorError
from inspector.frame import Image, freeze
from inspector.labeling.dataset import Part


@dataclass(frozen=True, eq=False)
class Scene:
    """One frame and what is true of it. boxes `(k, 4)` in its pixels, classes `(k,)`, taught `(C,)` bool."""

    image: Image
    boxes: Boxes
    classes: NDArray[np.int32]
    taught: NDArray[np.bool_]

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.image.shape[1], self.image.shape[0]


def whole(part: Part, index: int) -> Scene:
    """The full frame; where somebody took it away during the training, which must not be lost for that, the packed."""
    try:
        original = part.originals[index]
        return Scene(original.image(), original.boxes, original.classes, part.taught[index])
    except (IndexError, InspectorError):
        return packed(part, index)


def packed(part: Part, index: int) -> Scene:
    """The frame as it was packed; letterboxing it again changes nothing."""
    picture = freeze(np.ascontiguousarray(part.images[index][:, :, ::-1]))
    return Scene(picture, part.boxes[index], part.classes[index], part.taught[index])


def classes_in(part: Part, index: int) -> NDArray[np.int32]:
    """`(k,)` of all that the whole frame holds."""
    return part.originals[index].classes if part.originals else part.classes[index]


def some_frames(part: Part, most: int) -> list[int]:
    """The first picture of at most so many frames, spread as `evenly` spreads them."""
    frames = np.array(part.frames, np.intp)
    # The whole frame shows none of its components; it may show lookalikes.
    empty = np.array([np.isin(classes_in(part, i), part.lookalikes).all() for i in part.frames], bool)
    return [int(index) for index in frames[evenly(empty, most)]]


def evenly(empty: NDArray[np.bool_], most: int) -> NDArray[np.intp]:
    """At most so many of n, in order and evenly spread, half of them with boxes and half empty where there are both and
    enough.

    Args: empty `(n,)`: which are.
    """
    kinds = [kind for kind in (np.flatnonzero(~empty), np.flatnonzero(empty)) if len(kind)]
    left, picked = most, [np.zeros(0, np.intp)]
    for number, kind in enumerate(sorted(kinds, key=len)):
        count = min(len(kind), left // (len(kinds) - number))
        picked.append(kind[np.linspace(0, len(kind) - 1, count).astype(int)])
        left -= count
    return np.sort(np.concatenate(picked))
