"""What was seen tile by tile, as what is in the frame: one thing that several tiles saw, or cut, is one again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, area, intersection
from inspector.detections import Detections, suppress
from inspector.tiles import Tiles

TOUCHES = 0.01
"""Of a tile's side: so near to a seam, a box may be cut by it. A network finds an edge to a pixel or two."""
ENDS = 0.005
"""So near it surely is, and what it looks like is known only where it is seen whole."""
CLEAR = 0.02
"""So far from every seam a thing is seen whole, wherever exactly the network finds its edges. More than twice ENDS,
lest two tiles give way to each other.
"""
COVERED = 0.6
"""Share of a cut box that a whole one must cover to be the same thing."""
SAME = 0.5
"""Of what both tiles see across a seam, how much two halves of one thing have in common."""
BELIEVED = 0.5
"""Of another's score: what is believed less says nothing about it. A detector whispers of much that is not there."""
MOST = 1000
"""Detections merged, the best ones: beyond are whispers, and all pairs of them would take longer than the network."""


def merge(seen: Sequence[Detections], tiles: Tiles, floor: float) -> Detections:
    """Detections of a frame out of those of its tiles, best first.

    A box at a seam is a thing cut, and gives way to the whole one that a neighbouring tile saw there. A box that ends
    at the seam gives way to the tile that shows its place whole whatever that says: there, or not, or something else.
    The end of a long screw that looks like a washer is no washer to who sees the screw. Where no tile shows it whole,
    since it is larger than the overlap, its parts are joined across the seams. What then stands for one thing twice is
    suppressed as within one picture.

    Args: seen: for each tile, in pixels of the frame; tiles `(T, 4)`; floor: the least score kept.
    """
    if len(seen) == 1:
        return seen[0]
    every = _joined(seen)
    tile = np.repeat(np.arange(len(seen)), [len(some) for some in seen])
    best = np.argsort(-every.scores, kind="stable")[:MOST]
    every, tile = every.where(best), tile[best]
    cut = _near(every.boxes, tiles[tile], tiles, TOUCHES)
    ends = _near(every.boxes, tiles[tile], tiles, ENDS).any(axis=1)
    left = ~_seen_whole(every, np.any(cut, axis=1), tile) & ~(ends & _shown_whole(every.boxes, tiles))
    every, tile, cut = every.where(left), tile[left], cut[left]
    return _suppressed(_one_each(every, _parts(every, tile, cut, tiles)), floor)


def _joined(seen: Sequence[Detections]) -> Detections:
    return Detections(
        np.concatenate([some.boxes for some in seen]),
        np.concatenate([some.scores for some in seen]),
        np.concatenate([some.classes for some in seen]),
        seen[0].labels,
    )


def _near(boxes: Boxes, own: Tiles, tiles: Tiles, share: float) -> NDArray[np.bool_]:
    """`(n, 4)` which edge of each box lies near a seam: near an edge of its own tile `(n, 4)` that is no edge of the
    frame. share: of the tile's side, how near; never less than a pixel.
    """
    near = np.maximum(1.0, share * (own[:, 2:] - own[:, :2]))
    first = (own[:, :2] > 0) & (boxes[:, :2] <= own[:, :2] + near)
    last = (own[:, 2:] < tiles[:, 2:].max(axis=0)) & (boxes[:, 2:] >= own[:, 2:] - near)
    return np.concatenate([first, last], axis=1)


def _seen_whole(every: Detections, cut: NDArray[np.bool_], tile: NDArray[np.intp]) -> NDArray[np.bool_]:
    """`(n,)` which cut boxes another tile saw whole."""
    found = np.zeros(len(every), bool)
    parts, wholes = np.flatnonzero(cut), np.flatnonzero(~cut)
    covered = intersection(every.boxes[parts], every.boxes[wholes]) >= COVERED * area(every.boxes[parts])[:, None]
    elsewhere = tile[parts][:, None] != tile[wholes][None]
    same = _components(every)[parts][:, None] == _components(every)[wholes][None]
    believed = every.scores[wholes][None] >= BELIEVED * every.scores[parts][:, None]
    found[parts] = (covered & elsewhere & same & believed).any(axis=1)
    return found


def _components(every: Detections) -> NDArray[np.intp]:
    """`(n,)` a number for the component of each: patterns of one compete for a place."""
    names = [label.component for label in every.labels]
    return np.array([names.index(name) for name in names], np.intp)[every.classes]


def _shown_whole(boxes: Boxes, tiles: Tiles) -> NDArray[np.bool_]:
    """`(n,)` which boxes some tile holds, clear of its seams."""
    shown = np.zeros(len(boxes), bool)
    for tile in tiles:
        held = (boxes[:, :2] >= tile[:2]).all(axis=1) & (boxes[:, 2:] <= tile[2:]).all(axis=1)
        shown |= held & ~_near(boxes, tile[None], tiles, CLEAR).any(axis=1)
    return shown


def _parts(every: Detections, tile: NDArray[np.intp], cut: NDArray[np.bool_], tiles: Tiles) -> list[tuple[int, int]]:
    """Pairs of boxes that are parts of one thing."""
    boxes, at_seam = every.boxes, np.flatnonzero(cut.any(axis=1))
    scores, classes = every.scores[at_seam], every.classes[at_seam]
    believed = scores[:, None] >= BELIEVED * scores[None]
    may = (intersection(boxes[at_seam], boxes[at_seam]) > 0) & (classes[:, None] == classes[None])
    may &= believed & believed.T
    return [
        (one, other)
        for one, other in at_seam[np.argwhere(may)].tolist()
        for axis in (0, 1)
        if cut[one, axis + 2]
        and cut[other, axis]
        and _continues(boxes[one], boxes[other], tiles[tile[one]], tiles[tile[other]], axis)
    ]


def _continues(one: NDArray[np.float32], other: NDArray[np.float32], a: Tiles, b: Tiles, axis: int) -> bool:
    """Whether a box at the far edge of tile a goes on as the other at the near edge of tile b.

    Between the two edges lies what both tiles see: one thing is there in both, and as wide in both.
    """
    if not a[axis] < b[axis] < a[axis + 2]:
        return False
    across = 1 - axis
    low, high = max(a[across], b[across]), min(a[across + 2], b[across + 2])
    along = _common(one, other, axis, b[axis], a[axis + 2])
    return along >= SAME and _common(one, other, across, low, high) >= SAME


def _common(one: NDArray[np.float32], other: NDArray[np.float32], axis: int, low: float, high: float) -> float:
    """Intersection over union of two boxes along one axis, as far as they lie between low and high."""
    (a, b), (c, d) = (np.clip(box[[axis, axis + 2]], low, high) for box in (one, other))
    union = max(b, d) - min(a, c)
    return float((min(b, d) - max(a, c)) / union) if union > 0 else 0.0


def _one_each(every: Detections, pairs: Sequence[tuple[int, int]]) -> Detections:
    """Parts as one: the box round all of them, as sure as the surest."""
    owner = np.arange(len(every))
    for one, other in pairs:
        owner[owner == owner[other]] = owner[one]
    _, first, group = np.unique(owner, return_index=True, return_inverse=True)
    boxes, scores = every.boxes[first], every.scores[first]
    np.minimum.at(boxes[:, :2], group, every.boxes[:, :2])
    np.maximum.at(boxes[:, 2:], group, every.boxes[:, 2:])
    np.maximum.at(scores, group, every.scores)
    return Detections(boxes, scores, every.classes[first], every.labels)


def _suppressed(every: Detections, floor: float) -> Detections:
    scores = np.zeros((len(every), len(every.labels)), np.float32)
    scores[np.arange(len(every)), every.classes] = every.scores
    return suppress(every.boxes, scores, every.labels, floor, MOST)
