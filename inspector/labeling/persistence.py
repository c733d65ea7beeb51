"""What lasts over the positive pictures: a thing in the same place, or of the same size anywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, area, intersection
from inspector.labeling.background import Map
from inspector.labeling.blobs import Blob, blobs_of
from inspector.labeling.contrast import Contrast
from inspector.labeling.own_look import drawn_in

LEAST_GROUP = 4
LASTING = 0.5
SHOWN = 0.6
UNLIKE = 0.10
SIZES_ALIKE = 1.4


@dataclass(frozen=True, eq=False)
class Sight:
    """One thing seen in one positive picture, in working pixels.

    share: of the positive pictures, how many show a thing of its size, or a thing in its place, in [0, 1].
    placed: how many show one in its place. own: where the negative pictures show another look of the thing, its outline
    drawn in to the look that is here. again: it was not told apart in this picture, and set there from the others.
    """

    frame: int
    blob: Blob
    share: float = 0.0
    placed: float = 0.0
    own: Blob | None = None
    again: bool = False


@dataclass(frozen=True, eq=False)
class _Fixed:
    """A thing that keeps its place, and its own look where that is wanted, on the reference; share of the pictures."""

    blob: Blob
    own: Blob | None
    share: float

    def in_picture(self, measured: Contrast, sight: Sight) -> Sight:
        """The sight with the outline of the thing, as it lies in that picture."""
        back = measured.motions[sight.frame].back
        return replace(sight, blob=self.blob.mapped(back), own=None if self.own is None else self.own.mapped(back))


def boxes_of(blobs: Sequence[Blob]) -> Boxes:
    """`(n, 4)` in the pixels of the blobs."""
    return np.array([blob.box for blob in blobs], np.float32).reshape(-1, 4)


def settle(measured: Contrast, seen: Sequence[Sequence[Sight]], gap: int, own_look: bool = False) -> list[list[Sight]]:
    """Per picture its things, each with its share; what keeps its place is outlined by all pictures together.

    A thing that keeps its place in most pictures, and in one is merged with a hand, is set there again.
    own_look: the negative pictures show another look of the thing, so it is drawn in to the look that is here.
    """
    every = _with_shares([sight for sights in seen for sight in sights], len(seen))
    maps = [measured.registered(i) for i in range(len(seen))]
    settled: list[list[Sight]] = [[] for _ in seen]
    lasting: list[_Fixed] = []
    for members in _groups(every, measured):
        thing = _fixed(members, measured, maps, gap, own_look)
        share = len(members) / len(seen)
        for sight in members:
            stated = replace(sight, share=max(share, sight.share), placed=share)
            settled[sight.frame].append(stated if thing is None else thing.in_picture(measured, stated))
        if thing is not None and share >= LASTING:
            lasting.append(thing)
    for thing in lasting:
        _set_again(thing, measured, maps, settled)
    return settled


def _fixed(
    members: Sequence[Sight], measured: Contrast, maps: Sequence[Map], gap: int, own_look: bool
) -> _Fixed | None:
    """The thing that a group of sights shows, outlined by all of them; None where they are too few."""
    frames = [sight.frame for sight in members]
    places = boxes_of([_on_reference(sight, measured) for sight in members])
    outlined = _outlined([maps[i] for i in frames], places, gap)
    if outlined is None:
        return None
    own = None
    if own_look:
        own = drawn_in(outlined, [measured.pictures[i] for i in frames], [measured.motions[i] for i in frames])
    return _Fixed(outlined, own, len(members) / len(maps))


def _set_again(thing: _Fixed, measured: Contrast, maps: Sequence[Map], settled: list[list[Sight]]) -> None:
    """Put a lasting thing into the pictures that lack it although they differ there."""
    for frame, sights in enumerate(settled):
        again = thing.in_picture(measured, Sight(frame, thing.blob, thing.share, thing.share, again=True))
        if not _holds(sights, again) and _shown(thing.blob, maps[frame]):
            settled[frame] = [*(sight for sight in sights if not _covers(sight, again)), again]


def _with_shares(every: Sequence[Sight], pictures: int) -> list[Sight]:
    """Each sight with the share of pictures that show something of about its size."""
    areas = np.array([sight.blob.area for sight in every], float)
    frames = np.array([sight.frame for sight in every])
    ratio = areas[:, None] / areas[None, :]
    alike = (ratio < SIZES_ALIKE) & (ratio > 1 / SIZES_ALIKE)
    return [replace(sight, share=len(np.unique(frames[alike[i]])) / pictures) for i, sight in enumerate(every)]


def _on_reference(sight: Sight, measured: Contrast) -> Blob:
    return sight.blob.mapped(measured.motions[sight.frame].matrix)


def _groups(every: Sequence[Sight], measured: Contrast) -> Iterator[list[Sight]]:
    """Sights in the same place on the reference, one a picture; the largest group first."""
    places = boxes_of([_on_reference(sight, measured) for sight in every])
    alike = _same_place(places)
    left = np.ones(len(every), bool)
    while left.any():
        first = int(np.argmax((alike & left).sum(axis=1) * left))
        near = np.flatnonzero(alike[first] & left)
        apart = np.abs(places[near] - places[first]).sum(axis=1)
        best: dict[int, int] = {}
        for i in near[np.argsort(apart, kind="stable")].tolist():
            best.setdefault(every[i].frame, i)
        left[list(best.values())] = False
        yield [every[i] for i in best.values()]


def _same_place(places: Boxes) -> NDArray[np.bool_]:
    """`(n, n)` whether no edge of two boxes is farther apart than UNLIKE of their size, or two pixels."""
    size = np.concatenate([places[:, 2:] - places[:, :2]] * 2, axis=1)
    allowed = np.maximum(2.0, UNLIKE * np.maximum(size[:, None], size[None, :]))
    return np.asarray((np.abs(places[:, None] - places[None, :]) <= allowed).all(axis=2), bool)


def _outlined(maps: Sequence[Map], places: Boxes, gap: int) -> Blob | None:
    """What pictures show together where one thing lies on the reference; None where too few of them do."""
    if len(maps) < LEAST_GROUP:
        return None
    height, width = maps[0].shape
    margin = gap + 2
    xmin, ymin = np.maximum(np.floor(places[:, :2].min(axis=0)).astype(int) - margin, 0)
    xmax, ymax = np.minimum(np.ceil(places[:, 2:].max(axis=0)).astype(int) + margin, (width, height))
    together = np.median(np.nan_to_num(np.stack([one[ymin:ymax, xmin:xmax] for one in maps])), axis=0)
    things = blobs_of(together.astype(np.float32), gap)
    return things[0].mapped(np.array([[1, 0, xmin], [0, 1, ymin]], float)) if things else None


def _shown(thing: Blob, registered: Map) -> bool:
    """Whether a picture differs in most of the thing's outline."""
    mask = np.zeros(registered.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.round(thing.outline).astype(np.int32), 1)
    return bool((registered[mask > 0] > 1).sum() > SHOWN * thing.area)


def _holds(sights: Sequence[Sight], wanted: Sight) -> bool:
    """Whether that very thing is among them."""
    return any(np.array_equal(sight.blob.outline, wanted.blob.outline) for sight in sights)


def _covers(sight: Sight, thing: Sight) -> bool:
    """Whether they share most of the smaller one."""
    mine, its = boxes_of([sight.blob]), boxes_of([thing.blob])
    return bool(intersection(mine, its)[0, 0] > 0.5 * min(area(mine)[0], area(its)[0]))
