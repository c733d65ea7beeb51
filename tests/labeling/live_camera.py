"""A live camera made by hand, for those who look through one."""

import time
from typing import Any

import numpy as np

from inspector.errors import MachineError
from inspector.frame import Frame, freeze, utc_now

UNPLUGGED = "The camera hand gives no picture: check its cable."


class HandCamera:
    """A hundred pictures a second, each of other noise, until it is unplugged. dark: they are black."""

    live, still = True, False

    def __init__(self, size: tuple[int, int] = (64, 48)) -> None:
        self.name = "hand"
        self.settings: dict[str, Any] = {"exposure": 5.0, "gain": 1.0, "refused": ["gain"]}
        self.unplugged = self.dark = self.closed = False
        self._size, self._number = size, 0

    def read(self) -> Frame | None:
        time.sleep(0.01)
        if self.unplugged:
            raise MachineError(UNPLUGGED)
        if self.closed:
            return None
        number, self._number = self._number, self._number + 1
        width, height = self._size
        least, most = (0, 5) if self.dark else (30, 220)
        image = np.random.default_rng(number).integers(least, most, (height, width, 3), dtype=np.uint8)
        return Frame(freeze(image), number, time.monotonic(), utc_now(), self.name)

    def close(self) -> None:
        self.closed = True


class Plug:
    """Opens hand cameras, one after the other, as long as it is in; `cameras` are those that it gave."""

    def __init__(self) -> None:
        self.cameras: list[HandCamera] = []
        self.sources: list[str] = []
        self.refuses = ""

    def __call__(self, source: str = "hand") -> HandCamera:
        self.sources.append(source)
        if self.refuses:
            raise MachineError(self.refuses)
        self.cameras.append(HandCamera())
        return self.cameras[-1]

    @property
    def camera(self) -> HandCamera:
        return self.cameras[-1]
