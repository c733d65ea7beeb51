"""Annotated frames, split by recording, packed for training as the station will see them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.recipe import Label


@dataclass(frozen=True, eq=False)
class Part:
    """The frames of one side of the split.

    images: `(n, H, W, 3)` uint8 RGB, letterboxed, memory-mapped; boxes: n arrays `(k, 4)` xyxy in pixels of the input;
    classes: n arrays `(k,)` int32, indices into the labels; taught: `(n, C)` bool, the labels that the frame says
    something about (a frame of one component's recording is silent on the others: they are neither positive nor
    negative there); names: `recording/frame` for each.
    """

    images: NDArray[np.uint8]
    boxes: tuple[Boxes, ...]
    classes: tuple[NDArray[np.int32], ...]
    taught: NDArray[np.bool_]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.images)

    @property
    def empty(self) -> NDArray[np.bool_]:
        """`(n,)` whether a frame is verified empty of all that it teaches."""
        return np.array([len(boxes) == 0 for boxes in self.boxes], bool)


@dataclass(frozen=True, eq=False)
class Dataset:
    """One folder `datasets/<id>/`. input_size: (width, height) of the network's input in pixels."""

    folder: Path
    id: str
    labels: tuple[Label, ...]
    input_size: tuple[int, int]
    train: Part
    held_out: Part
