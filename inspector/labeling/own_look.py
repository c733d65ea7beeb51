"""A box drawn in from where two looks of a component differ to the one look that a picture shows.

Where a screw is on in one recording and off in the other, both differ over the whole head; the bare hole is smaller.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.labeling.alignment import Motion
from inspector.labeling.background import look_of
from inspector.labeling.blobs import Blob

ROUND = 0.15
LEAST_APART = 0.08
LEAST_SIDE = 0.6
PIECE = 0.1
MOST_PICTURES = 24


def drawn_in(thing: Blob, pictures: Sequence[Image], motions: Sequence[Motion]) -> Blob:
    """The thing on the reference, its outline drawn in to what stands out from its surroundings.

    Args: pictures that show it, at working scale, and how they lie on the reference.
    Returns: the thing as it was where nothing smaller stands out, or only a speck of it.
    """
    xmin, ymin, xmax, ymax = np.round(thing.box).astype(int).tolist()
    rim = 2 + round(ROUND * max(xmax - xmin, ymax - ymin))
    height, width = pictures[0].shape[:2]
    if xmin < rim or ymin < rim or xmax > width - rim or ymax > height - rim:
        return thing
    usual = _usual(pictures, motions)[ymin - rim : ymax + rim, xmin - rim : xmax + rim]
    mask = _stands_out(usual, rim)
    y, x = np.nonzero(mask)
    if len(x) == 0 or np.ptp(x) + 1 < LEAST_SIDE * (xmax - xmin) or np.ptp(y) + 1 < LEAST_SIDE * (ymax - ymin):
        return thing
    corners = np.concatenate([np.stack([x + dx, y + dy], axis=1) for dx in (0, 1) for dy in (0, 1)])
    hull = cv2.convexHull(corners.astype(np.float32))[:, 0] + np.array([xmin - rim, ymin - rim])
    return replace(thing, outline=np.asarray(hull, np.float32), area=len(x))


def _usual(pictures: Sequence[Image], motions: Sequence[Motion]) -> Image:
    """The median of pictures laid on the reference."""
    some = np.linspace(0, len(pictures) - 1, min(len(pictures), MOST_PICTURES)).round().astype(int)
    height, width = pictures[0].shape[:2]
    laid = [cv2.warpAffine(pictures[i], motions[i].matrix, (width, height)) for i in some]
    return np.median(np.stack(laid), axis=0).astype(np.uint8)


def _stands_out(window: Image, rim: int) -> NDArray[np.bool_]:
    """What differs from the window's rim, in its larger pieces, rim excluded."""
    look = look_of(window)
    outer = np.ones(window.shape[:2], bool)
    outer[rim:-rim, rim:-rim] = False
    apart = np.linalg.norm(look - np.median(look[outer], axis=0), axis=2)
    mask = (apart > max(LEAST_APART, 1.2 * float(np.percentile(apart[outer], 90)))) & ~outer
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    if count < 2:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA]
    areas[0] = 0
    return np.asarray((areas >= PIECE * areas.max())[labels], bool)
