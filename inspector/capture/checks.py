"""What is wrong with a picture, in a sentence; a camera can lie without an error."""

from collections import deque

import cv2
import numpy as np

from inspector.frame import Frame, Image

STALE_S = 1.0
FROZEN_FRAMES = 10
FROZEN_S = 0.5
DARK = 20
BLOWN_OUT = 250
SHARE = 0.995
STEP = 8
GRID = 64
RING = 8
"""How many buffers a driver may have that hands out the same few old pictures in turn."""


def stale(age_s: float, limit_s: float = STALE_S) -> str | None:
    """age_s: seconds since the newest picture."""
    if age_s <= limit_s:
        return None
    return f"The camera has sent no picture for {age_s:.1f} s: check its cable, its power and its network."


def light(image: Image) -> str | None:
    """Nearly all of the picture is black, or nearly all is white. Looks at every eighth pixel in x and y."""
    sample = np.ascontiguousarray(image[::STEP, ::STEP])
    most = SHARE * sample.shape[0] * sample.shape[1]
    if cv2.countNonZero(cv2.inRange(sample, (0,) * 3, (DARK,) * 3)) >= most:
        return "The picture is dark: check the light and the lens cap."
    if cv2.countNonZero(cv2.inRange(sample, (BLOWN_OUT,) * 3, (255,) * 3)) >= most:
        return "The picture is blown out: shorten the exposure or dim the light."
    return None


def same_picture(first: Image, second: Image) -> bool:
    """Bit-identical. A real sensor's noise makes no two pictures the same, unless a codec takes it away."""
    # The coarse grid tells nearly every pair apart at next to no cost.
    return (
        first.shape == second.shape
        and np.array_equal(first[::GRID, ::GRID], second[::GRID, ::GRID])
        and np.array_equal(first, second)
    )


class Repeats:
    """Counts how long no new picture has come, only one of the last RING ones; it outlives a reconnect, which may
    repeat them too. One that its stream gives a later time than the one before is new, whatever it shows.
    """

    def __init__(self) -> None:
        self.count = 0
        self.lasts_s = 0.0
        self._known: deque[Frame] = deque(maxlen=RING)
        self._stream_s: float | None = None

    def see(self, frame: Frame) -> None:
        """Take note of the newest frame of a live camera."""
        before_s, self._stream_s = self._stream_s, frame.stream_s
        goes_on = before_s is not None and frame.stream_s is not None and frame.stream_s > before_s
        if not goes_on and any(same_picture(known.image, frame.image) for known in self._known):
            self.count, self.lasts_s = self.count + 1, frame.time_s - self._known[-1].time_s
        else:
            self._known.append(frame)
            self.count, self.lasts_s = 0, 0.0

    @property
    def frozen(self) -> str | None:
        """A sentence once it has gone on for too many frames and too long; some cameras repeat one in dim light."""
        if self.count < FROZEN_FRAMES or self.lasts_s < FROZEN_S:
            return None
        return "The picture is frozen: the camera sends nothing new. Unplug it, and plug it in again."
