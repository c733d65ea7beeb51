"""Which frames stand in a batch, and the batch itself."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.errors import InputError
from inspector.labeling.dataset import Part
from inspector.learning.augmentation.changes import Augmentation, draw
from inspector.learning.network import NOTHING, Truth

Groups = Sequence[NDArray[np.intp]]
"""Indices of frames, one array for each set of components that frames teach."""


def draw_frames(full: Groups, empty: Groups, size: int, step: int, seed: int) -> NDArray[np.intp]:
    """The frames of one batch: half with boxes and half verified empty, whatever the counts; all with boxes where
    there is no empty one.

    Groups take turns, so that a component with few frames teaches as often as one with many. Each group is gone
    through in a new order each time round, so that no frame of it waits longer than one round.

    Args: full, empty: the frames of each kind, no group of them empty; full holds at least one group.
    Returns: `(size,)` indices, full ones first.
    """
    empties = size // 2 if empty else 0
    return np.concatenate([_share(full, size - empties, step, (seed, 0)), _share(empty, empties, step, (seed, 1))])


def _share(groups: Groups, count: int, step: int, seed: tuple[int, int]) -> NDArray[np.intp]:
    """`count` frames for this step, of each group in turn."""
    places = np.arange(step * count, (step + 1) * count)
    found = np.zeros(count, np.intp)
    for number, items in enumerate(groups):
        mine = np.flatnonzero(places % len(groups) == number)
        if len(mine):
            found[mine] = _turn(items, int(places[mine[0]]) // len(groups), len(mine), (*seed, number))
    return found


def groups_of(frames: NDArray[np.intp], taught: NDArray[np.bool_]) -> Groups:
    """The frames, parted by what they teach. taught `(n, C)`: of all frames."""
    if not len(frames):
        return []
    _, kind = np.unique(taught[frames], axis=0, return_inverse=True)
    return [frames[kind == number] for number in range(kind.max() + 1)]


def _turn(items: NDArray[np.intp], start: int, count: int, seed: tuple[int, ...]) -> NDArray[np.intp]:
    """`count` items, one at least, from `start` of an endless row of shuffled rounds."""
    rounds = range(start // len(items), (start + count - 1) // len(items) + 1)
    row = np.concatenate([np.random.default_rng((*seed, r)).permutation(items) for r in rounds])
    first = start - rounds[0] * len(items)
    return row[first : first + count]


class Batches:
    """Pictures, what is true of them, and how they are to be changed; batch i is the same whenever and wherever it is
    made.

    Args: part: the training frames; turns `(n,)` bool, whether a frame may be mirrored and turned by quarters; size:
    pictures in a batch; steps: batches in all; augmentation: how far pictures are changed; hard: empty frames that
    fooled the network, which take turns with the others, however few they are.
    Raises: InputError where no frame holds a box.
    """

    def __init__(
        self,
        part: Part,
        turns: NDArray[np.bool_],
        size: int,
        steps: int,
        seed: int,
        augmentation: Augmentation,
        hard: Sequence[int] = (),
    ) -> None:
        empty = self._none = part.empty
        if empty.all():
            raise InputError(
                "No training frame holds a box, so there is nothing to learn. Annotate frames of a positive recording."
            )
        self._part, self._turns = part, turns
        easy = np.isin(np.arange(len(part)), hard, invert=True)
        self._full = groups_of(np.flatnonzero(~empty), part.taught)
        self._empty = [
            group for kind in (easy, ~easy) for group in groups_of(np.flatnonzero(empty & kind), part.taught)
        ]
        self._size, self._steps, self._seed, self._augmentation = size, steps, seed, augmentation
        self._most_boxes = max(len(boxes) for boxes in part.boxes)

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> dict[str, Any]:
        frames = draw_frames(self._full, self._empty, self._size, step, self._seed)
        truth = self._truth(frames)
        height, width = self._part.images.shape[1:3]
        # Frames are drawn with 0 and 1 after the seed.
        rng = np.random.default_rng((self._seed, 2, step))
        changes = draw(rng, truth, self._turns[frames], (width, height), self._augmentation)
        return {"pictures": self._part.images[frames], "truth": truth, "changes": changes}

    def _truth(self, frames: NDArray[np.intp]) -> Truth:
        part = self._part
        each = [padded(part.boxes[frame], part.classes[frame], self._most_boxes) for frame in frames]
        drawn = {key: np.stack([one[key] for one in each]) for key in each[0]}
        return drawn | {"taught": part.taught[frames], "empty": self._none[frames].astype(np.float32)}


def padded(boxes: Boxes, classes: NDArray[np.integer[Any]], rows: int) -> Truth:
    """One picture's truth in so many rows, the rest of which hold nothing."""
    all_boxes, all_classes = np.zeros((rows, 4), np.float32), np.full(rows, NOTHING, np.int32)
    all_boxes[: len(boxes)], all_classes[: len(boxes)] = boxes, classes
    return {"boxes": all_boxes, "classes": all_classes}
