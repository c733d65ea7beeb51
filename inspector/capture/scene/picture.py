"""One moment in the box: what lies where, drawn as the camera sees it, and the true boxes."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import area, as_boxes, clip
from inspector.capture.scene.casting import PLACES
from inspector.capture.scene.fasteners import HEAD_RADIUS, HOLE_RADIUS
from inspector.capture.scene.hand import hand
from inspector.capture.scene.housing import Workpiece, housing, prepare_housings
from inspector.capture.scene.lightbox import HEIGHT, NOISE_PAD, NOISES, UNIT, WIDTH, floor, lamps, noises, passer_by
from inspector.capture.scene.shapes import f32
from inspector.capture.scene.sprite import Pose
from inspector.capture.scene.tape import LOOKS, strip

LEAST_SHARE = 0.5
"""A component at the picture's edge has a box when at least this share of it is in the picture."""


@dataclass(frozen=True)
class Lay:
    """What lies in the box.

    pieces: each workpiece and its pose; strips: each strip's look and pose; hand: of its longest finger's tip.
    smear: how many pixels everything but the hand slides to the right while the shutter is open.
    """

    pieces: tuple[tuple[Workpiece, Pose], ...] = ()
    strips: tuple[tuple[int, Pose], ...] = ()
    hand: Pose | None = None
    hand_moves: bool = False
    smear: int = 0


@dataclass(frozen=True)
class Light:
    """How bright the upper and the lower strip are; 1 is as set up.

    person: where the soft shadow of somebody who walks by is, 0 to 1 on its way; None where nobody does.
    """

    upper: float = 1.0
    lower: float = 1.0
    person: float | None = None


@dataclass(frozen=True)
class Part:
    """One component in the picture: `screw` on or off, or `tape`. box: xyxy in pixels, cut to the picture."""

    name: str
    box: tuple[float, float, float, float]


def prepare(with_hand: bool) -> None:
    """Draw all sprites, which takes a second, so that no frame waits for one."""
    prepare_housings()
    floor(), lamps(), noises()
    for look in range(LOOKS):
        strip(look)
    if with_hand:
        hand(moving=False), hand(moving=True)


class Darkroom:
    """Makes pictures. Remembers what it drew last, since most of the time nothing moves but light and noise."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn: Lay | None = None
        self._exposures: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None = None

    def develop(self, lay: Lay, light: Light, number: int) -> NDArray[np.uint8]:
        """The camera's picture `(HEIGHT, WIDTH, 3)` BGR; `number` chooses its noise."""
        if self._exposures is None or lay != self._drawn:
            albedo = draw(lay)
            upper, lower = (np.asarray(cv2.multiply(albedo, lamp, scale=1 / UNIT), np.uint8) for lamp in lamps())
            self._drawn, self._exposures = lay, (upper, lower)
        # Light adds up: one exposure a strip, so that each may drift by itself.
        picture = cv2.addWeighted(self._exposures[0], light.upper, self._exposures[1], light.lower, 0)
        if light.person is not None:
            cv2.multiply(picture, passer_by(light.person), dst=picture, scale=1 / 255)
        return np.asarray(cv2.add(picture, self._noise(number), dtype=cv2.CV_8U), np.uint8)

    def _noise(self, number: int) -> NDArray[np.int16]:
        rng = np.random.default_rng((self._seed, number))
        which, (dx, dy) = rng.integers(NOISES), rng.integers(NOISE_PAD, size=2)
        return noises()[which][dy : dy + HEIGHT, dx : dx + WIDTH]


def draw(lay: Lay) -> NDArray[np.uint8]:
    """The colours of what lies in the box `(HEIGHT, WIDTH, 3)` BGR, before the strips' light falls on it."""
    picture = floor().copy()
    for piece, pose in lay.pieces:
        housing(piece).lay(picture, pose)
    for look, pose in lay.strips:
        strip(look).sprite.lay(picture, pose)
    if lay.smear > 1:
        picture = np.asarray(cv2.blur(picture, (lay.smear, 1)), np.uint8)
    if lay.hand is not None:
        hand(lay.hand_moves).lay(picture, lay.hand)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGRA2BGR), np.uint8)


def parts(lay: Lay) -> list[Part]:
    """The components in the picture, from the same poses that they are drawn with; a hand hides none."""
    found = []
    for piece, pose in lay.pieces:
        middles = pose.place(f32(PLACES))
        for (x, y), screwed in zip(middles, piece.screws, strict=True):
            radius = HEAD_RADIUS if screwed else HOLE_RADIUS
            if screwed is not None:
                found.append(("on" if screwed else "off", (x - radius, y - radius, x + radius, y + radius)))
    for look, pose in lay.strips:
        outline = pose.place(strip(look).outline)
        found.append(("tape", (*outline.min(0), *outline.max(0))))
    if not found:
        return []
    boxes = as_boxes([box for _, box in found])
    inside = clip(boxes, WIDTH, HEIGHT)
    seen = area(inside) >= LEAST_SHARE * area(boxes)
    return [Part(name, tuple(box.tolist())) for (name, _), box, ok in zip(found, inside, seen, strict=True) if ok]
