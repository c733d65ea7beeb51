"""Which pictures of a batch exchange which place, drawn on the host; `grafts.py` then does it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes

ASIDE = 0.25
"""Of the places that are exchanged, as many lie anywhere: most of those change nothing but for their seam."""
MARGIN = (0.1, 0.4)
"""How far a place reaches beyond the box on each side, as a share of the box: its shadow and its rim come along."""


def draw_places(
    rng: np.random.Generator, truth: dict[str, Any], input_size: tuple[int, int], wanted: float
) -> dict[str, NDArray[Any]]:
    """Which pictures exchange which place.

    Which ones do is drawn blindly among those that teach the same. The place is round a box of either of the two,
    else of any other that teaches the same, so that two empty pictures exchange the same places as the others.

    Args: truth: boxes `(B, N, 4)` xyxy in pixels of the input, classes `(B, N)`, taught `(B, C)`; wanted: the share of
    pictures, at most a half.
    Returns: partner `(B,)` int32, a picture's own number where it keeps everything; place `(B, 4)` float32 xyxy, the
    same for both; seam `(B,)` float32, over how many pixels one fades into the other.
    """
    count, size = len(truth["taught"]), np.array(input_size, float)
    partner, place = np.arange(count, dtype=np.int32), np.zeros((count, 4), np.float32)
    seam = rng.uniform(1, 4, count).astype(np.float32)
    pairs = _pairs(rng.permutation(count), truth["taught"])
    chosen = rng.permutation(len(pairs))[: int(wanted * count / 2 + rng.random())]
    for pair, dice in zip(pairs[chosen], rng.random((len(chosen), 13)), strict=True):
        partner[pair], seam[pair] = pair[::-1], seam[pair[0]]
        boxes = _something(truth, pair[:: 1 if dice[0] < 0.5 else -1])
        box = boxes[int(dice[1] * len(boxes))] if len(boxes) else _anything(dice[9:], size)
        place[pair] = _around(box, seam[pair[0]], dice[2:9], size)
    return {"partner": partner, "place": place, "seam": seam}


def _pairs(order: NDArray[np.intp], taught: NDArray[np.bool_]) -> NDArray[np.intp]:
    """`(P, 2)`: pictures two by two in that order, each with one that teaches the same labels."""
    waiting: dict[bytes, int] = {}
    pairs = []
    for picture in order.tolist():
        kind = np.asarray(taught[picture], bool).tobytes()
        if kind in waiting:
            pairs.append((waiting.pop(kind), picture))
        else:
            waiting[kind] = picture
    return np.array(pairs, np.intp).reshape(-1, 2)


def _something(truth: dict[str, Any], pair: NDArray[np.intp]) -> Boxes:
    """Boxes `(k, 4)` of the first of the pair, else of the second, else of all that teach the same."""
    alike = (truth["taught"] == truth["taught"][pair[0]]).all(axis=1)
    for rows in (pair[:1], pair[1:], np.flatnonzero(alike)):
        boxes = truth["boxes"][rows][truth["classes"][rows] >= 0]
        if len(boxes):
            return boxes
    return EMPTY


def _anything(dice: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """A box anywhere, a tenth to four tenths of the input long."""
    sides = (0.1 + 0.3 * dice[:2]) * size
    corner = dice[2:] * (size - sides)
    return np.concatenate([corner, corner + sides])


def _around(
    box: NDArray[Any], seam: float, dice: NDArray[np.float64], size: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The box and some of what is round it, so that the seam stays clear of it; or a place of that size anywhere."""
    sides = np.tile(box[2:] - box[:2], 2)
    place = box + (-1, -1, 1, 1) * (seam + sides * (MARGIN[0] + (MARGIN[1] - MARGIN[0]) * dice[:4]))
    if dice[4] < ASIDE:
        place += np.tile(dice[5:] * np.maximum(size - (place[2:] - place[:2]), 0) - place[:2], 2)
    return place
