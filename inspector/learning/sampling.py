"""Which frames stand in a batch, and the batch itself."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, area
from inspector.errors import InputError
from inspector.labeling.dataset import Part
from inspector.learning.augmentation import change_boxes, change_picture, draw
from inspector.learning.matching import targets


def draw_frames(full: NDArray[np.intp], empty: NDArray[np.intp], size: int, step: int, seed: int) -> NDArray[np.intp]:
    """The frames of one batch: half with boxes and half verified empty, or as many empty ones as there are.

    Each kind is gone through in a new order each time round, so that no frame waits longer than one round.

    Args: full, empty: indices of the frames of each kind; full holds at least one. Returns: `(size,)` indices, full
    ones first.
    """
    empties = min(size // 2, len(empty))
    fulls = size - empties
    return np.concatenate(
        [_turn(full, step * fulls, fulls, (seed, 0)), _turn(empty, step * empties, empties, (seed, 1))]
    )


def _turn(items: NDArray[np.intp], start: int, count: int, seed: tuple[int, int]) -> NDArray[np.intp]:
    """`count` items from `start` of an endless row of shuffled rounds."""
    if not count:
        return np.zeros(0, np.intp)
    rounds = range(start // len(items), (start + count - 1) // len(items) + 1)
    row = np.concatenate([np.random.default_rng((*seed, r)).permutation(items) for r in rounds])
    first = start - rounds[0] * len(items)
    return row[first : first + count]


class Batches:
    """Augmented pictures and what their anchors learn; batch i is the same whenever and wherever it is made.

    Args: part: the training frames; anchors `(A, 4)`; turns `(n,)` bool, whether a frame may be mirrored and turned
    by quarters; size: pictures in a batch; steps: batches in all.
    Raises: InputError where no frame holds a box.
    """

    def __init__(
        self, part: Part, anchors: Boxes, turns: Sequence[bool] | NDArray[np.bool_], size: int, steps: int, seed: int
    ) -> None:
        empty = part.empty
        if empty.all():
            raise InputError(
                "No training frame holds a box, so there is nothing to learn. Annotate frames of a positive recording."
            )
        self._part, self._anchors, self._turns = part, anchors, turns
        self._full, self._empty = np.flatnonzero(~empty), np.flatnonzero(empty)
        self._size, self._steps, self._seed = size, steps, seed

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> tuple[NDArray[np.uint8], dict[str, NDArray[Any]]]:
        frames = draw_frames(self._full, self._empty, self._size, step, self._seed)
        examples = [self._example(int(f), (self._seed, step, slot)) for slot, f in enumerate(frames)]
        truth = {key: np.stack([example[1][key] for example in examples]) for key in examples[0][1]}
        return np.stack([picture for picture, _ in examples]), truth

    def _example(self, frame: int, seed: tuple[int, ...]) -> tuple[NDArray[np.uint8], dict[str, Any]]:
        part = self._part
        height, width = part.images.shape[1:3]
        change = draw(np.random.default_rng(seed), (width, height), bool(self._turns[frame]))
        boxes, seen = change_boxes(change, part.boxes[frame], (width, height))
        doubtful = boxes[~seen & (area(boxes) > 0)]
        learned = targets(self._anchors, boxes[seen], part.classes[frame][seen], doubtful)
        truth = {
            "matched": learned.matched,
            "classes": learned.classes,
            "deltas": learned.deltas,
            "taught": part.taught[frame],
            "empty": np.bool_(not len(part.boxes[frame])),
        }
        return change_picture(change, part.images[frame]), truth
