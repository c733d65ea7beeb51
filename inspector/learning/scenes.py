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


def is_empty(part: Part, index: int) -> bool:
    """Whether the whole frame shows none of its components; it may show lookalikes."""
    return bool(np.isin(classes_in(part, index), part.lookalikes).all())
