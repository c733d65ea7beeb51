"""Boxes on positive pictures found with no click: what is there, lasts, and is in no negative picture."""

from collections.abc import Sequence

import numpy as np

from inspector.boxes import inside
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.blobs import blobs_of
from inspector.labeling.confidence import Suggestion, usual_count, weigh
from inspector.labeling.contrast import Contrast, contrast
from inspector.labeling.persistence import Sight, boxes_of, settle

Region = tuple[float, float, float, float]
GAPS = (4, 8, 14, 22, 32)
USUAL_GAP = 8
LEAST_EXPLAINED = 0.5
LEAST_SURE = 0.2
LEAST_CLEAR = 0.2


def suggest(
    positive: Sequence[Image],
    negative: Sequence[Image],
    region: Region | None = None,
    count: int | None = None,
    own_look: bool = False,
) -> list[Suggestion]:
    """Boxes on each positive picture round what no negative picture shows.

    Args: pictures of one size, from one camera; region in pixels, where a box's centre must lie; count: how many of
        the component a positive picture shows, where it is known; own_look: the negative pictures show another look
        of the component, not the bare place, so each box is drawn in to the look that its picture shows.
    Raises: InputError where the two sets cannot be compared, differ nowhere, or differ everywhere.
    """
    _refuse_unequal(positive, negative)
    measured = contrast(positive, negative)
    gap = _gap(measured, count)
    seen = [_sights(measured, frame, gap, region) for frame in range(len(positive))]
    settled = settle(measured, seen, gap, own_look)
    expected = count or usual_count(settled)
    familiar = _familiar(measured)
    found = [weigh(settled[i], measured.maps[i], expected, familiar[i]) for i in range(len(positive))]
    _refuse_everywhere(measured, found)
    _refuse_nowhere(found)
    return [one.moved(1 / measured.scale, 0, 0) for one in found]


def _sights(measured: Contrast, frame: int, gap: int, region: Region | None) -> list[Sight]:
    blobs = blobs_of(measured.maps[frame], gap)
    if region is not None and blobs:
        within = inside(boxes_of(blobs), [edge * measured.scale for edge in region])
        blobs = [blob for blob, held in zip(blobs, within, strict=True) if held]
    return [Sight(frame, blob) for blob in blobs]


def _gap(measured: Contrast, count: int | None) -> int:
    """How far apart fragments of one thing lie: the least gap that gives the known count in most pictures."""
    if not count:
        return USUAL_GAP
    some = measured.maps[:: max(1, len(measured.maps) // 24)]
    right = {gap: float(np.mean([len(blobs_of(values, gap)) == count for values in some])) for gap in GAPS}
    good = [gap for gap in GAPS if right[gap] > 0.6]
    return good[0] if good else max(GAPS, key=lambda gap: (right[gap], gap == USUAL_GAP))


def _familiar(measured: Contrast) -> list[float]:
    """Per picture, in [0, 1], whether it shows as much of the negative ones' edges as a usual picture does."""
    usual = float(np.median(measured.explained))
    return [float(np.clip((one - 0.5 * usual) / (0.3 * usual + 1e-6), 0, 1)) for one in measured.explained]


def _refuse_unequal(positive: Sequence[Image], negative: Sequence[Image]) -> None:
    if not positive or not negative:
        raise InputError("Boxes are found by contrast: it takes pictures with the component and pictures without it.")
    sizes = sorted({(image.shape[1], image.shape[0]) for image in (*positive, *negative)})
    if len(sizes) > 1:
        told = ", ".join(f"{width}x{height}" for width, height in sizes[:4])
        raise InputError(
            f"The pictures have different sizes ({told}), so they cannot be laid on each other. Record the component "
            "and its absence with the same camera and settings."
        )


def _refuse_everywhere(measured: Contrast, found: Sequence[Suggestion]) -> None:
    """A camera that moved shows itself twice: known edges are lost, and what differs runs out of the picture."""
    open_ended = [one for one, values in zip(found, measured.maps, strict=True) if _leaves(one, values.shape)]
    explained = float(np.median(measured.explained))
    if explained < LEAST_EXPLAINED and len(open_ended) * 2 > len(found):
        raise InputError(
            "The pictures with and without the component differ everywhere, not in one place: of the edges in those "
            f"without, only {explained:.0%} are found again. Did the camera or the fixture move, or is it "
            "another scene? Record both again without touching anything but the component."
        )


def _leaves(one: Suggestion, shape: tuple[int, ...]) -> bool:
    """Whether a box reaches the picture's rim."""
    height, width = shape
    rim = 0.01 * max(shape)
    least, most = one.boxes[:, :2], np.array([width, height]) - one.boxes[:, 2:]
    return bool((least <= rim).any() or (most <= rim).any())


def _refuse_nowhere(found: Sequence[Suggestion]) -> None:
    clear = sum(one.sure >= LEAST_SURE for one in found)
    if clear < LEAST_CLEAR * len(found):
        raise InputError(
            f"The pictures with and without the component look alike: only {clear} of {len(found)} show something that "
            "the others do not, and that lasts. Was the component in one recording and taken out for the other? Is it "
            "large enough to see?"
        )
