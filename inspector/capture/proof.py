"""Whether a camera does what it says that it does, seen on its pictures.

A camera can take a setting, read it back, and go on as before. So each setting that changes what is seen is moved
through two other values to the wanted one, and what it governs is measured at each of the three: the light, the colour,
the sharpness. A step that shows nothing was not made. Two steps, since a camera may follow only up to a limit of its
own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

import cv2
import numpy as np

from inspector.capture.link import ENOUGH
from inspector.capture.options import differ
from inspector.frame import Image

SETTLING = 5
"""Pictures on their way when a setting changes: in the driver's buffers, and in the camera's own pipeline."""
SEEN = 3
LEAST_STEP = 0.1
"""Of a doubling; halving the exposure makes a picture darker by 0.45 even after the usual gamma of 2.2."""
DARK, BRIGHT = 4, 250
MOSTLY = 0.5
MOST_S = 8.0
"""For all settings together, so that a camera of few pictures a second is there in time."""


class Seen(StrEnum):
    """What the pictures show of a setting that the camera says it took."""

    PROVEN = "proven"
    UNSEEN = "unseen"
    PARTLY = "partly"
    UNPROVEN = "unproven"


class Adjustable(Protocol):
    """A camera that is open and not yet read. settings: what it says of itself."""

    settings: dict[str, Any]

    def adjust(self, key: str, value: float) -> float | None: ...
    def bounds(self, key: str) -> tuple[float, float] | None: ...
    def look(self) -> tuple[Image, float]: ...


def brightness(image: Image) -> float:
    """In doublings of grey levels."""
    return float(np.log2(1 + image.mean()))


def _ratio(channel: int, other: int) -> Callable[[Image], float]:
    """How much stronger one colour is than another, in doublings."""

    def measure(image: Image) -> float:
        mean = 1 + image.mean(axis=(0, 1))
        return float(np.log2(mean[channel] / mean[other]))

    return measure


def sharpness(image: Image) -> float:
    """Variance of the Laplacian at half size, in doublings."""
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return float(np.log2(1 + cv2.Laplacian(grey, cv2.CV_16S).var()))


BLUE, GREEN, RED = range(3)
MEASURES: Mapping[str, Callable[[Image], float]] = {
    "exposure": brightness,
    "gain": brightness,
    "white_balance": _ratio(RED, BLUE),
    "red": _ratio(RED, GREEN),
    "blue": _ratio(BLUE, GREEN),
    "focus": sharpness,
}
"""What a setting governs; it rises with it, but for focus, which may go either way."""


@dataclass(frozen=True)
class Level:
    """What was measured while a setting rested. told: what the camera said that it is; spread: between its pictures;
    clipped: mostly so dark, or so bright, that a change need not show.
    """

    told: float
    value: float
    spread: float = 0.0
    clipped: bool = False


def ways_to(key: str, wanted: float, bounds: tuple[float, float] | None) -> tuple[float, ...]:
    """Two other values, and the wanted one last, all on one side of it. bounds: what the camera takes."""
    match key:
        case "exposure":
            # Windows counts it in powers of two of a second, downwards from 0.
            return (wanted / 4, wanted / 2, wanted) if wanted > 0 else (wanted - 2, wanted - 1, wanted)
        case "white_balance":
            # In kelvin, of which cameras take 2800 to 6500.
            return (wanted * 0.7, wanted * 0.85, wanted) if wanted > 4500 else (wanted * 1.3, wanted * 1.15, wanted)
        case "red" | "blue":
            return wanted * 0.5, wanted * 0.7, wanted
        case _:
            low, high = bounds or (0.0, 255.0)
            far = high if high - wanted > wanted - low else low
            return wanted + (far - wanted) / 2, wanted + (far - wanted) / 4, wanted


def judge(levels: Sequence[Level], either_way: bool = False) -> Seen:
    """What three levels tell of the last one's setting. either_way: what is measured need not rise with it."""
    steps = [_step(one, other, either_way) for one, other in pairwise(levels)]
    # On both sides of its best, focus looks the same: any step will do.
    if steps[-1] is True or (either_way and True in steps):
        return Seen.PROVEN
    if steps[-1] is False:
        return Seen.PARTLY if steps[0] is True else Seen.UNSEEN
    return Seen.UNSEEN if steps[0] is False else Seen.UNPROVEN


def _step(one: Level, other: Level, either_way: bool) -> bool | None:
    """Whether it shows that a setting went from one value to the other; None where that could not be told."""
    if abs(other.told - one.told) <= 0.02 * max(abs(one.told), abs(other.told)):
        return None
    moved = (other.value - one.value) * (1 if other.told > one.told else -1)
    if (abs(moved) if either_way else moved) > max(LEAST_STEP, one.spread + other.spread):
        return True
    return None if (one.clipped and other.clipped) or one.spread + other.spread > LEAST_STEP else False


def prove(camera: Adjustable, wanted: Mapping[str, float]) -> None:
    """Add to the camera's settings which of the wanted ones show in its pictures: names by `Seen`, each kind only where
    there are any. All stand as wanted afterwards. What the camera refused is not looked at.

    Raises: MachineError where no picture comes.
    """
    keys = [key for key in wanted if key in MEASURES and key not in camera.settings.get("refused", ())]
    if not keys:
        return
    found: dict[str, list[str]] = {}
    (_, began_s), (_, now_s) = camera.look(), camera.look()
    takes_s = 3 * (SETTLING + SEEN) * (now_s - began_s)
    for key in keys:
        in_time = now_s - began_s + takes_s <= MOST_S
        seen = _prove_one(camera, key, wanted[key]) if in_time else Seen.UNPROVEN
        found.setdefault(str(seen), []).append(key)
        _, now_s = camera.look()
    camera.settings |= {kind: sorted(of) for kind, of in found.items()}


def _prove_one(camera: Adjustable, key: str, wanted: float) -> Seen:
    levels = [_level(camera, key, value) for value in ways_to(key, wanted, camera.bounds(key))]
    if differ(levels[-1].told, wanted):
        return Seen.UNSEEN
    return judge(levels, either_way=key == "focus")


def _level(camera: Adjustable, key: str, value: float) -> Level:
    told = camera.adjust(key, value)
    for _ in range(SETTLING):
        camera.look()
    pictures = [camera.look()[0] for _ in range(SEEN)]
    values = [MEASURES[key](picture) for picture in pictures]
    last = pictures[-1]
    return Level(
        value if told is None else told,
        float(np.mean(values)),
        max(values) - min(values),
        clipped=float(np.mean((last <= DARK) | (last >= BRIGHT))) > MOSTLY,
    )


ABOUT: Mapping[str, str] = {
    "refused": "The camera did not take {}: it goes on with what it had.",
    Seen.UNSEEN: "The camera says that it took {}, but its pictures do not change with it: set it at the camera.",
    Seen.PARTLY: "The camera says that it took {}, but its pictures follow only up to a point before: choose less.",
    Seen.UNPROVEN: "Whether the camera took {} could not be seen: the picture is too dark, too bright or too restless.",
}


def not_kept(settings: Mapping[str, Any]) -> set[str]:
    """The names of the settings that an open camera does not hold, whatever it says."""
    return {key for kind in ("refused", Seen.UNSEEN, Seen.PARTLY) for key in settings.get(kind, ())}


def what_to_know(settings: Mapping[str, Any]) -> list[str]:
    """A sentence for each thing that a person should know of an open camera's settings."""
    known = [said.format(", ".join(settings[kind])) for kind, said in ABOUT.items() if settings.get(kind)]
    rate, fps = settings.get("rate"), settings.get("fps")
    if rate and fps and rate < ENOUGH * fps:
        known.append(
            f"The camera sends {rate:.0f} pictures a second, and says {fps:.0f}: shorten the exposure, or ask for "
            "smaller pictures."
        )
    return known
