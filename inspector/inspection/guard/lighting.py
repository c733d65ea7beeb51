"""The light of a picture against that of a taught view: brightness, colour, glare. Pure."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image

BLOCKS = (32, 24)
"""(width, height) of the picture whose pixels are compared, each the mean of a block."""
LEAST_UNCHANGED = 0.25
"""The share of blocks that tells of the light: another workpiece changes many, a change of the light all of them."""
DARK, BRIGHT = 10.0, 245.0
"""Grey levels between which a block of the view has a brightness and a colour to lose."""
LEAST_LIT = 8
GLARE = 250


@dataclass(frozen=True)
class Light:
    """How many times as bright, as red and as blue (against green) a picture is as the view; 1 is as it was."""

    bright: float
    red: float
    blue: float


class Lighting:
    """The light of one view."""

    def __init__(self, view: Image) -> None:
        self._blocks = _blocks(view)
        self._lit = np.asarray((self._blocks.min(axis=2) > DARK) & (self._blocks.max(axis=2) < BRIGHT))

    def of(self, image: Image) -> Light | None:
        """Of a picture that is as large as the view; None where the view has too little that is lit."""
        if self._lit.sum() < LEAST_LIT:
            return None
        before, now = self._blocks[self._lit] + 1, _blocks(image)[self._lit] + 1
        # What has come to its end could have become brighter yet.
        open_ended = now.max(axis=1) >= BRIGHT
        if open_ended.mean() <= 1 - LEAST_UNCHANGED:
            before, now = before[~open_ended], now[~open_ended]
        gain = now / before
        red, blue = gain[:, 2] / gain[:, 1], gain[:, 0] / gain[:, 1]
        return Light(_common(now.mean(axis=1) / before.mean(axis=1)), _common(red), _common(blue))


def glare(image: Image, places: tuple[slice, slice]) -> float:
    """The share of a part of the picture, 0 to 1, in which all colours are at their end."""
    part = image[places]
    return cv2.countNonZero(cv2.inRange(part, (GLARE,) * 3, (255,) * 3)) / (part.shape[0] * part.shape[1])


def _common(ratios: NDArray[np.float32]) -> float:
    """The ratio by which at least LEAST_UNCHANGED of the blocks changed no more."""
    order = np.argsort(np.abs(np.log(ratios)))
    return float(ratios[order[int(LEAST_UNCHANGED * (len(order) - 1))]])


def _blocks(image: Image) -> NDArray[np.float32]:
    """`(24, 32, 3)` float32 means of blocks."""
    return np.asarray(cv2.resize(image, BLOCKS, interpolation=cv2.INTER_AREA), np.float32)
