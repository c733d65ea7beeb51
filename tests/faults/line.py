"""Workpieces that pass a camera one after the other, as a function of time alone: everybody knows what is true."""

import hashlib
from dataclasses import dataclass

import numpy as np

from inspector.frame import Image, freeze

SIZE = (64, 48)
COMES_S = 0.3
LIES_S = 0.9
PERIOD_S = COMES_S + LIES_S
MAGIC = 201
GREY, BRIGHT = 100, 220
MARK, MARK_STEP = 9, 6
"""Pixels of a mark's sides, and from one of its 3 x 3 places to the next."""
DARK = (10, 70, 130)
"""A mark is as dark as one of these. So 27 workpieces in a row, half a minute, look each otherwise."""


@dataclass(frozen=True)
class Line:
    """Workpiece n comes at n periods of the monotonic clock, and lies there until the next one comes."""

    seed: int

    def number(self, time_s: float) -> int:
        """Which one comes, or lies there."""
        return int(time_s // PERIOD_S)

    def good(self, number: int) -> bool:
        """Whether that workpiece has its part: one of two has."""
        return hashlib.sha256(f"{self.seed} {number}".encode()).digest()[0] < 128

    def serial(self, number: int) -> str:
        """What is written on that workpiece."""
        return f"W{number}"

    def lies_from(self, number: int) -> float:
        """Monotonic seconds when it comes to rest."""
        return number * PERIOD_S + COMES_S

    def leaves(self, number: int) -> float:
        """Monotonic seconds when it is no longer there."""
        return (number + 1) * PERIOD_S

    def picture(self, time_s: float) -> Image:
        """What the camera sees; its number and whether it is good are in its first pixels.

        No two in a row are the same, but by so little that it is no motion.
        """
        number = self.number(time_s)
        there_s = time_s - number * PERIOD_S
        image = np.full((SIZE[1], SIZE[0], 3), GREY, np.uint8)
        x = 0 if there_s >= COMES_S else 40 - int(40 * there_s / COMES_S)
        image[16:40, x : x + 24] = BRIGHT
        row, column = 16 + MARK_STEP * (number % 3), x + MARK_STEP * (number // 3 % 3)
        image[row : row + MARK, column : column + MARK] = DARK[number // 9 % 3]
        image[0, 0] = MAGIC, number // 256 % 256, number % 256
        image[0, 1] = int(self.good(number)), int(there_s >= COMES_S), 0
        image[0, 2, 0] = int(1000 * time_s) % 256
        return freeze(image)


def read(image: Image) -> tuple[int, bool] | None:
    """The number (of 65536) of the workpiece in a picture and whether it is good; None where it shows none."""
    if image.shape != (SIZE[1], SIZE[0], 3) or image[0, 0, 0] != MAGIC or image[0, 1, 0] > 1:
        return None
    return int(image[0, 0, 1]) * 256 + int(image[0, 0, 2]), bool(image[0, 1, 0])
