"""The workpiece as it is placed in the picture: a cover with its screws or bare holes."""

from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.scene.casting import PLACES, SIZE, casting
from inspector.capture.scene.fasteners import add_hole, add_screw
from inspector.capture.scene.shapes import FINE, as_bytes, blurred
from inspector.capture.scene.sprite import Sprite

TURNS = 16
"""A screw's head is drawn at this many angles."""
PATCH = 48
"""Side in frame pixels of the square round a screw place that a screw or a hole changes."""
SEEN = (72, 92)
"""(width, height) of what must be known round a screw place to light that square: shadows fall far, and downwards."""


@dataclass(frozen=True)
class Workpiece:
    """One cover: each of its `PLACES` a screw (True), a bare hole (False) or solid (None).

    turns: of each screw's head, 0..TURNS-1. finish: which casting it is.
    """

    screws: tuple[bool | None, ...]
    turns: tuple[int, ...]
    finish: int = 0


@lru_cache(maxsize=8)
def housing(piece: Workpiece) -> Sprite:
    """The cover as this workpiece has it, its origin in its middle."""
    picture = _bare().copy()
    edge = PATCH * FINE
    for corner, (screwed, turn) in enumerate(zip(piece.screws, piece.turns, strict=True)):
        if screwed is not None:
            left, top = (round((SIZE[k] / 2 + PLACES[corner][k] - PATCH / 2) * FINE) for k in (0, 1))
            picture[top : top + edge, left : left + edge] = _patch(corner, turn if screwed else None)
    shines = np.asarray(cv2.multiply(picture, _finish(piece.finish), scale=1 / 200), np.uint8)
    return Sprite.of(_passes(), shines, (SIZE[0] / 2, SIZE[1] / 2))


def prepare_housings() -> None:
    """Draw in advance all that workpieces are put together from."""
    _bare(), _passes()
    for corner in range(len(PLACES)):
        for turn in (None, *range(TURNS)):
            _patch(corner, turn)


@cache
def _bare() -> NDArray[np.uint8]:
    return as_bytes(casting()[0].lit())


@cache
def _patch(corner: int, turn: int | None) -> NDArray[np.uint8]:
    """The square round one screw place, with a screw at one of `TURNS` angles; None is its bare hole."""
    place = casting()[0].near(*PLACES[corner], *SEEN).copy()
    if turn is None:
        add_hole(place)
    else:
        # A cross looks the same after a quarter turn.
        add_screw(place, 90 * turn / TURNS, corner)
    left, top = ((side - PATCH) * FINE // 2 for side in SEEN)
    return as_bytes(place.lit()[top : top + PATCH * FINE, left : left + PATCH * FINE])


@cache
def _passes() -> NDArray[np.uint8]:
    """No light under the cover, part of it beside: close and dark where it stands, wide and weak from the strips."""
    alpha = casting()[1]
    touching, cast = blurred(alpha, 2.2), np.roll(blurred(alpha, 9), round(9 * FINE), axis=0)
    return as_bytes((1 - alpha) * (1 - 0.42 * touching) * (1 - 0.40 * cast))


def _finish(number: int) -> NDArray[np.uint8]:
    """How each casting differs a little in tone, times its outline; 200 is 1."""
    rng = np.random.default_rng(700 + number)
    tone = 1 + 0.03 * rng.standard_normal() + 0.05 * rng.standard_normal((3, 4, 1)) + 0.006 * rng.standard_normal(3)
    alpha = casting()[1]
    gain = cv2.resize(np.clip(tone, 0.85, 1.15).astype(np.float32), alpha.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(200 * gain * alpha[..., None] + 0.5, 0, 255).astype(np.uint8)
