"""A camera whose read waits for the next picture, and which another thread may close meanwhile."""

import threading
from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, NamedTuple

from inspector.capture.offer import Offer
from inspector.frame import Frame, Image, freeze


class Taken(NamedTuple):
    """A picture that no driver writes into any more, and when it was taken: in monotonic seconds, in UTC, and in the
    seconds of its stream where they tell that it is new.
    """

    image: Image
    time_s: float
    taken_at: datetime
    stream_s: float | None = None


class BlockingCamera(ABC):
    """Numbers the pictures, and gives the device back only when no read is under way.

    offers: what it can send, as far as it tells. A subclass opens its device, and then takes a first picture to see
    whether any comes: `read` begins with that one.
    """

    live = True
    still = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.settings: dict[str, Any] = {}
        self.offers: tuple[Offer, ...] = ()
        self._first: Frame | None = None
        self._turn = threading.Lock()
        self._closed, self._number = False, 0

    @abstractmethod
    def _take(self) -> Taken:
        """Wait for the next picture. Raises: MachineError where none comes."""

    @abstractmethod
    def _release(self) -> None:
        """Give the device back. Twice does nothing."""

    def look(self) -> tuple[Image, float]:
        """A picture that is no frame yet, and when it was taken, to see how the camera does before it is read.

        Raises: MachineError where none comes.
        """
        taken = self._take()
        return taken.image, taken.time_s

    def begin(self) -> Frame:
        """Take the frame with which `read` begins: anew, where something was tried since.

        Raises: MachineError where none comes.
        """
        self._number = 0
        self._first = self._grab()
        return self._first

    def _grab(self) -> Frame:
        image, time_s, taken_at, stream_s = self._take()
        number, self._number = self._number, self._number + 1
        return Frame(freeze(image), number, time_s, taken_at, self.name, stream_s=stream_s)

    def read(self) -> Frame | None:
        """Wait for the next picture; None once closed.

        Raises: MachineError where none comes any more.
        """
        with self._turn:
            frame, self._first = self._first, None
            if frame is None and not self._closed:
                frame = self._grab()
        if self._closed:
            self.close()
            return None
        return frame

    def close(self) -> None:
        """Give the device back: now, or when the read that is under way comes back."""
        self._closed = True
        if self._turn.acquire(blocking=False):
            try:
                self._release()
            finally:
                self._turn.release()
