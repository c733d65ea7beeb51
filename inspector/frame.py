"""One picture and its moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""`(H, W, 3)` uint8 BGR, read-only, from camera to screen."""


def freeze(image: NDArray[np.uint8]) -> Image:
    """The same array, marked read-only: pictures move by reference, so nobody may draw on one.

    Raises: ValueError where it is not `(H, W, 3)` uint8.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or 0 in image.shape:
        raise ValueError(f"an image is (H, W, 3) uint8 BGR, this is {image.shape} {image.dtype}")
    image.flags.writeable = False
    return image


def utc_now() -> datetime:
    """The wall clock, aware, for records; never for durations."""
    return datetime.now(UTC)


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture and its moment.

    number: counts from 0 in its source, one a picture that the source gave.
    time_s: seconds. Of a live camera the monotonic clock at the grab; of a file its presentation time.
    taken_at: aware UTC, for records.
    name: the file's name for pictures, else the source's.
    fault: a sentence why it must not be judged (frozen, dark); None where nothing is known against it.
    stream_s: the time that its stream gives it, seconds from any moment; None where that would tell nothing new.
    """

    image: Image
    number: int
    time_s: float
    taken_at: datetime
    name: str
    fault: str | None = None
    stream_s: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        height, width = self.image.shape[:2]
        return width, height
