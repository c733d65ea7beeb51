"""Whether the same thing lies there as before. Pure: pictures at rest, compared where a workpiece lies."""

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.region import Region

Grey = NDArray[np.float32]
"""`(h, w)` float32 grey means of blocks."""

BLOCKS = 160
"""Along the longer side of the place, at most."""
LEAST_BLOCK = 3
"""Pixels of a block's side, at least."""
NEIGHBOURHOOD = 6.0
"""Standard deviation in blocks within which light changes alike."""
NOISES = 5.0
LEAST, MOST = 12.0, 24.0
"""Grey levels by which a block is another one: 5 times the noise of these pictures, but within these bounds."""
EDGE = 0.1
"""Of a block: so far elsewhere may an edge lie, for a lens breathes and a table shakes."""
CHANGED_BLOCKS = 5
"""Of another look, at least, and side by side: fewer are dust, or what compression does."""
REMEMBERED = 30
"""Frames over which the picture is averaged; later ones are followed, as the light of a day is."""


def cut(image: Image, place: Region) -> Image:
    """The place. Of a picture that does not have it, which is not decidable, all; so too where there is none."""
    if place is None:
        return image
    xmin, ymin, xmax, ymax = (round(edge) for edge in place)
    inside = image[ymin:ymax, xmin:xmax]
    return inside if inside.size else image


def blocks_of(image: Image) -> Grey:
    """Grey means of square blocks."""
    height, width = image.shape[:2]
    scale = 1 / max(LEAST_BLOCK, max(height, width) / BLOCKS)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(np.ascontiguousarray(image), size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)


class Lying:
    """What lies in the place: the mean of pictures at rest, and by how much a block differs from one to the next."""

    def __init__(self, *pictures: Grey) -> None:
        self.noise = 0.0
        self._mean: Grey | None = None
        self._last: Grey | None = None
        self._count = 0
        for picture in pictures:
            self.add(picture)

    @property
    def mean(self) -> Grey | None:
        """None before the first picture."""
        return self._mean

    def add(self, picture: Grey) -> None:
        """One more picture of the same rest."""
        self._count = min(self._count + 1, REMEMBERED)
        if self._mean is None or self._last is None:
            self._mean = picture
        else:
            self._mean = self._mean + np.float32(1 / self._count) * (picture - self._mean)
            noise = 1.4826 * float(np.median(np.abs(picture - self._last)))
            self.noise += (noise - self.noise) / (self._count - 1)
        self._last = picture


def differs(one: Lying, other: Lying) -> bool:
    """Whether something else lies there, or lies otherwise. Light that changes smoothly is no difference."""
    if one.mean is None or other.mean is None or one.mean.shape != other.mean.shape:
        return True
    limit = np.clip(NOISES * max(one.noise, other.noise), LEAST, MOST)
    changed = (_unexplained(one.mean, other.mean) > limit).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(changed, connectivity=8)
    return bool((stats[1:, cv2.CC_STAT_AREA] >= CHANGED_BLOCKS).any())


def _unexplained(before: Grey, now: Grey) -> Grey:
    """How much each block differs, in grey levels, beside the factor by which its neighbourhood does.

    What an edge does that lies a little elsewhere is taken off.
    """
    factor = (_neighbourhood(now) + 1) / (_neighbourhood(before) + 1)
    steps = np.maximum(_steps(before), _steps(now))
    return np.asarray(np.abs(now - factor * before) - np.float32(EDGE) * steps, np.float32)


def _steps(blocks: Grey) -> Grey:
    """The largest step between each block and those around it."""
    return np.asarray(cv2.morphologyEx(blocks, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)), np.float32)


def _neighbourhood(blocks: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(blocks, (0, 0), NEIGHBOURHOOD, borderType=cv2.BORDER_REFLECT), np.float32)
