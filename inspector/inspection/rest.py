"""Whether the picture is at rest. Pure: only pictures, no clock."""

from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image

BLOCKS = (64, 48)
"""(width, height) of the grey picture compared; each pixel is the mean of a block, so that noise averages out."""
NOISES = 8.0
LEAST, MOST = 2.0, 12.0
"""Grey levels by which a block differs when something moved: 8 times the camera's noise, but within these bounds. The
lower lets compression breathe; the upper keeps a picture that moves as a whole from passing for noise."""
MOVED_BLOCKS = 3
SETTLED = 3
FOLLOW = 0.1
"""How fast the picture compared with follows the newest: a creeping motion adds up, a creeping light does not."""


class Rest:
    """Finds when the picture comes to rest.

    A block counts as changed against its own past after the median change of all blocks is taken off, so that light
    that rises or falls everywhere is no motion. Noise is learned: the median change of blocks, in the quiet quarter of
    the last pictures, is the camera's own.
    """

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._noise: deque[float] = deque(maxlen=50)
        self._still = 0

    def add(self, image: Image) -> bool:
        """Whether the picture rests: nothing moved in it since SETTLED pictures. Not so for the first ones."""
        blocks = _blocks(image)
        before, self._before = self._before, blocks
        if before is None or self._moved(blocks - before):
            self._still = 0
            return False
        self._still += 1
        self._before = before + np.float32(FOLLOW) * (blocks - before)
        return self._still >= SETTLED

    def _moved(self, change: NDArray[np.float32]) -> bool:
        change = np.abs(change - np.median(change))
        self._noise.append(1.4826 * float(np.median(change)))
        limit = np.clip(NOISES * np.quantile(self._noise, 0.25), LEAST, MOST)
        return bool((change > limit).sum() >= MOVED_BLOCKS)


def _blocks(image: Image) -> NDArray[np.float32]:
    """`(48, 64)` float32 grey means of blocks."""
    step = max(1, min(image.shape[0] // (4 * BLOCKS[1]), image.shape[1] // (4 * BLOCKS[0])))
    grey = cv2.cvtColor(np.ascontiguousarray(image[::step, ::step]), cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey.astype(np.float32), BLOCKS, interpolation=cv2.INTER_AREA), np.float32)
