"""What is wrong with a picture, in a sentence; a camera can lie without an error."""

import numpy as np

from inspector.frame import Frame, Image

STALE_S = 1.0
FROZEN_FRAMES = 10
FROZEN_S = 0.5
DARK = 20
BLOWN_OUT = 250
SHARE = 0.995
STEP = 8


def stale(age_s: float, limit_s: float = STALE_S) -> str | None:
    """age_s: seconds since the newest picture."""
    if age_s <= limit_s:
        return None
    return f"The camera has sent no picture for {age_s:.1f} s: check its cable, its power and its network."


def light(image: Image) -> str | None:
    """Nearly all of the picture is black, or nearly all is white. Looks at every eighth pixel in x and y."""
    sample = image[::STEP, ::STEP]
    if np.count_nonzero(sample.max(axis=2) <= DARK) >= SHARE * sample[..., 0].size:
        return "The picture is dark: check the light and the lens cap."
    if np.count_nonzero(sample.min(axis=2) >= BLOWN_OUT) >= SHARE * sample[..., 0].size:
        return "The picture is blown out: shorten the exposure or dim the light."
    return None


def same_picture(first: Image, second: Image) -> bool:
    """Bit-identical. A real sensor's noise makes no two pictures the same."""
    # The coarse grid tells nearly every pair apart at a hundredth of the cost.
    return (
        first.shape == second.shape
        and np.array_equal(first[::STEP, ::STEP], second[::STEP, ::STEP])
        and np.array_equal(first, second)
    )


class Repeats:
    """Counts how long the same picture has come again and again; it outlives a reconnect, which may repeat it too."""

    def __init__(self) -> None:
        self.count = 0
        self.lasts_s = 0.0
        self._first: Frame | None = None

    def see(self, frame: Frame) -> None:
        """Take note of the newest frame of a live camera."""
        if self._first is not None and same_picture(self._first.image, frame.image):
            self.count, self.lasts_s = self.count + 1, frame.time_s - self._first.time_s
        else:
            self._first, self.count, self.lasts_s = frame, 0, 0.0

    @property
    def frozen(self) -> str | None:
        """A sentence once it has gone on for too many frames and too long; some cameras repeat one in dim light."""
        if self.count < FROZEN_FRAMES or self.lasts_s < FROZEN_S:
            return None
        return f"The picture is frozen: the camera has sent the same one {self.count + 1} times."
