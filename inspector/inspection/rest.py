"""Whether the picture is at rest. Pure: only pictures, no clock."""

from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image

BLOCKS = (64, 48)
"""(width, height) of the grey picture compared; each pixel is the mean of a block, so that noise averages out."""
NOISES = 8.0
LEAST, MOST = 6.0, 12.0
"""Grey levels by which a block differs when something moved: 8 times the camera's noise, but within these bounds. The
lower lets compression breathe; the upper keeps a picture that moves as a whole from passing for noise."""
MOVED_BLOCKS = 3
NEIGHBOURHOOD = 2.0
"""Standard deviation in blocks of what counts as a block's neighbourhood."""
SETTLED = 3
FOLLOW = 0.1
"""How fast the picture compared with follows the newest: a creeping motion adds up, a creeping light does not."""


class Rest:
    """Finds when the picture comes to rest.

    A block has moved when it differs from its own past by more than a change of the light explains, and more than
    noise. Noise is learned: what is left of the median block in the quiet quarter of the last pictures is the camera's.

    settled: since how many pictures nothing must have moved.
    """

    def __init__(self, settled: int = SETTLED) -> None:
        self._settled = settled
        self._before: NDArray[np.float32] | None = None
        self._noise: deque[float] = deque(maxlen=50)
        self._still = 0

    def add(self, image: Image) -> bool:
        """Whether the picture rests: nothing moved in it since so many pictures. Not so for the first ones."""
        blocks = _blocks(image)
        before, self._before = self._before, blocks
        if before is None or self._moved(unexplained(before, blocks)):
            self._still = 0
            return False
        self._still += 1
        self._before = before + np.float32(FOLLOW) * (blocks - before)
        return self._still >= self._settled

    def _moved(self, change: NDArray[np.float32]) -> bool:
        self._noise.append(1.4826 * float(np.median(change)))
        limit = np.clip(NOISES * np.quantile(self._noise, 0.25), LEAST, MOST)
        return bool((change > limit).sum() >= MOVED_BLOCKS)


def unexplained(before: NDArray[np.float32], now: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much each block changed, in grey levels, beside the factor by which its neighbourhood did.

    A lamp or somebody's shadow brightens or darkens a whole neighbourhood alike; a part that moves changes its edges.
    """
    factor = (_neighbourhood(now) + 1) / (_neighbourhood(before) + 1)
    return np.abs(now - factor * before)


def _neighbourhood(blocks: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(blocks, (0, 0), NEIGHBOURHOOD, borderType=cv2.BORDER_REFLECT), np.float32)


def _blocks(image: Image) -> NDArray[np.float32]:
    """`(48, 64)` float32 grey means of blocks."""
    step = max(1, min(image.shape[0] // (4 * BLOCKS[1]), image.shape[1] // (4 * BLOCKS[0])))
    grey = cv2.cvtColor(np.ascontiguousarray(image[::step, ::step]), cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey.astype(np.float32), BLOCKS, interpolation=cv2.INTER_AREA), np.float32)
