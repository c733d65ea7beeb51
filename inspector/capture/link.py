"""What a camera's link carries, and in which format pictures should so be asked for.

Raw pictures are as the camera saw them, but large; JPEG ones are a tenth of that, and lose fine colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

RAW, COMPRESSED = "YUYV", "MJPG"
RAW_BYTES = 2
"""Of a pixel: YUYV keeps one colour for two."""
CARRIES = {12.0: 1_023_000, 480.0: 24_576_000, 5000.0: 393_216_000}
"""Bytes a second that one camera gets of a link of so many Mbit/s. Source: USB 2.0, 5.6.3: 1023 bytes each millisecond,
or 3 x 1024 each eighth of one; USB 3.2, 8.12.5: 48 x 1024."""
ENOUGH = 0.85
"""Of the wanted rate; clocks of cameras differ, and 29.97 is called 30."""


@dataclass(frozen=True)
class Trial:
    """One way of opening a camera, and what came of it.

    backend: OpenCV's number for who reads the camera. refused: how many of the wanted settings it did not take.
    rate: pictures that truly came in a second; 0 where none did.
    """

    backend: int
    form: str
    refused: int = 0
    rate: float = 0.0

    def does(self, fps: float) -> bool:
        """Whether nothing better need be looked for."""
        return not self.refused and self.rate >= ENOUGH * fps


def raw_bytes_per_s(width: float, height: float, fps: float) -> float:
    """What raw pictures of that size take, at that many a second."""
    return width * height * RAW_BYTES * fps


def carried_bytes_per_s(speed_mbit: float | None) -> float:
    """What a link carries. speed_mbit: as the system tells; where it does not, it is taken for USB 2."""
    speed = speed_mbit or 480.0
    return max((carried for of, carried in CARRIES.items() if of <= speed), default=0)


def formats(width: float, height: float, fps: float, speed_mbit: float | None) -> tuple[str, str]:
    """The format to ask for, and the other one, should too few pictures come."""
    fits = raw_bytes_per_s(width, height, fps) <= carried_bytes_per_s(speed_mbit)
    return (RAW, COMPRESSED) if fits else (COMPRESSED, RAW)


def best(trials: Sequence[Trial], fps: float) -> Trial:
    """The one that keeps most of what is wanted, then is fastest up to the wanted rate; of equal ones the first.

    A tenth more is no reason to leave the first: an exposure that is too long slows every format alike.
    """
    first, *others = trials
    chosen = first
    for one in others:
        kept = one.rate > 0 and one.refused < chosen.refused and one.rate >= ENOUGH * min(chosen.rate, fps)
        faster = one.refused <= chosen.refused and min(one.rate, fps) > 1.1 * min(chosen.rate, fps)
        if kept or faster:
            chosen = one
    return chosen
