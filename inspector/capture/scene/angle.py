"""From where a camera looks into the box, and when: two that look into the same box see the same moment."""

import threading
from collections.abc import Hashable
from enum import StrEnum
from weakref import WeakValueDictionary

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.capture.scene.lightbox import HEIGHT, WIDTH

FAR_SCALE = 0.75


class Angle(StrEnum):
    """NEAR: as the box is drawn. FAR: from across, so turned by a half, and smaller."""

    NEAR = "near"
    FAR = "far"

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels of what the camera gives."""
        scale = FAR_SCALE if self is Angle.FAR else 1
        return round(WIDTH * scale), round(HEIGHT * scale)

    def picture(self, drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What the camera sees of the picture that is drawn."""
        if self is Angle.NEAR:
            return drawn
        turned = cv2.rotate(drawn, cv2.ROTATE_180)
        return np.asarray(cv2.resize(turned, self.size, interpolation=cv2.INTER_AREA), np.uint8)

    def boxes(self, drawn: Boxes) -> Boxes:
        """Where that camera sees boxes that lie there in the picture that is drawn."""
        if self is Angle.NEAR:
            return drawn
        ends = np.array([WIDTH, HEIGHT, WIDTH, HEIGHT], np.float32)
        return np.asarray(FAR_SCALE * (ends - drawn[:, [2, 3, 0, 1]]), np.float32)


class Beginning:
    """When the story in a box began: the moment at which the first camera asked. It is kept while one looks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moment_s: float | None = None

    def s(self, now_s: float) -> float:
        """In seconds of the clock that tells now."""
        with self._lock:
            self._moment_s = now_s if self._moment_s is None else self._moment_s
            return self._moment_s


_beginnings: WeakValueDictionary[Hashable, Beginning] = WeakValueDictionary()
_lock = threading.Lock()


def beginning_of(box: Hashable) -> Beginning:
    """That of a box, the same for all who look into it."""
    with _lock:
        found = _beginnings.get(box)
        if found is None:
            found = _beginnings[box] = Beginning()
        return found
