"""What the negative pictures show at each place, and how strongly a picture differs from all of them.

Everything here is measured in log ratios, so that a lamp that dims or a camera that re-adjusts changes nothing:
lightness counts by its edges alone (a shadow is soft), colour by the ratio of its channels. A place differs by as much
as it differs from the negative picture that explains it best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.labeling.alignment import IDENTITY, Matrix

Map = NDArray[np.float32]
"""`(H, W)` float32, log ratio: 0 is alike, 0.1 is a tenth brighter or more colourful."""
Look = NDArray[np.float32]
"""`(H, W, 3)` float32: log lightness, and log ratios blue to green and red to green."""

# Added before the logarithm: in the dark, a step of one in 255 would else look like a change of colour.
DARK = 12.0
FIELD_CELL = 8
SMOOTH = 3
KERNEL = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, eq=False)
class Reference:
    """One negative picture, the least and greatest look within a pixel of each place, and where it shows anything."""

    look: Look
    least: Look
    greatest: Look
    seen: NDArray[np.bool_]


def look_of(image: Image) -> Look:
    """A picture as log lightness and colour ratios."""
    smooth = cv2.GaussianBlur(image, (0, 0), 0.8).astype(np.float32)
    blue, green, red = cv2.split(np.log(smooth + np.float32(DARK)))
    return np.dstack([(blue + 2 * green + red) / 4, blue - green, red - green])


def warp(values: NDArray[np.float32], matrix: Matrix) -> NDArray[np.float32]:
    """Values `(H, W)` or `(H, W, 3)` mapped into the same size; the edge is repeated outwards."""
    height, width = values.shape[:2]
    return np.asarray(cv2.warpAffine(values, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.float32)


def covered(shape: tuple[int, int], matrix: Matrix) -> NDArray[np.bool_]:
    """`(H, W)` the places that a mapped picture of that shape truly shows, without a rim where it is interpolated."""
    height, width = shape
    seen = cv2.warpAffine(np.ones(shape, np.uint8), matrix, (width, height), flags=cv2.INTER_NEAREST)
    return cv2.erode(seen, KERNEL, iterations=SMOOTH - 1, borderValue=1) > 0


def reference(look: Look, matrix: Matrix = IDENTITY) -> Reference:
    """A negative picture to compare with, mapped."""
    mapped = look if matrix is IDENTITY else warp(look, matrix)
    seen = covered((look.shape[0], look.shape[1]), matrix)
    least, greatest = cv2.erode(mapped, KERNEL), cv2.dilate(mapped, KERNEL)
    return Reference(mapped, np.asarray(least, np.float32), np.asarray(greatest, np.float32), seen)


def difference(look: Look, references: Sequence[Reference]) -> Map:
    """How much each place differs from the reference that explains it best; infinite where no reference sees it."""
    best = np.full(look.shape[:2], np.inf, np.float32)
    for one in references:
        np.minimum(best, _against(look, one), out=best, where=one.seen)
    return best


def _against(look: Look, one: Reference) -> Map:
    even = look - np.dstack([_light(look[..., c] - one.look[..., c]) for c in range(3)])
    # A place that lies between the least and the greatest of its neighbours differs in nothing but a pixel's shift.
    apart = np.maximum(even - one.greatest, 0) - np.maximum(one.least - even, 0)
    across = cv2.Sobel(apart[..., 0], cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Sobel(apart[..., 0], cv2.CV_32F, 0, 1, scale=0.25)
    squares = across**2 + down**2 + apart[..., 1] ** 2 + apart[..., 2] ** 2
    return np.asarray(cv2.blur(np.sqrt(squares), (SMOOTH, SMOOTH)), np.float32)


def _light(change: Map) -> Map:
    """The part of a change that light alone explains: its median over half of the picture round each place."""
    height, width = change.shape
    cells = max(width // FIELD_CELL, 8), max(height // FIELD_CELL, 8)
    coarse = cv2.resize(change, cells, interpolation=cv2.INTER_AREA)
    levels = np.clip(coarse * 100 + 128, 0, 255).astype(np.uint8)
    reach = (max(cells) // 2) | 1
    padded = cv2.copyMakeBorder(levels, reach, reach, reach, reach, cv2.BORDER_REFLECT)
    median = cv2.medianBlur(padded, reach)[reach:-reach, reach:-reach].astype(np.float32)
    soft = (cv2.GaussianBlur(median, (0, 0), 2.0) - 128) / 100
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
