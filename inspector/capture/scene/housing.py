"""The workpiece as it is placed in the picture: a cover with its screws or bare holes."""

from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.scene.casting import PLACES, SIZE, casting
from inspector.capture.scene.fasteners import add_hole, add_screw
from inspector.capture.scene.shapes import FINE, as_bytes, blurred, f32
from inspector.capture.scene.sprite import Sprite

FINISH_UNIT = 200
TURNS = 16
"""A screw's head is drawn at this many angles."""
PATCH = 46
"""Side in frame pixels of the square round a screw place that a screw or a hole changes."""
SEEN = (70, 90)
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
    picture = _bare().shines.copy()
    edge = PATCH * FINE
    for corner, (screwed, turn) in enumerate(zip(piece.screws, piece.turns, strict=True)):
        if screwed is not None:
            left, top = (round((SIZE[k] / 2 + PLACES[corner][k] - PATCH / 2) * FINE) for k in (0, 1))
            picture[top : top + edge, left : left + edge, :3] = _patch(corner, turn if screwed else None)
    gain = cv2.resize(_finish(piece.finish), picture.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    shines = cv2.multiply(picture, gain, scale=1 / FINISH_UNIT)
    return Sprite(np.asarray(shines, np.uint8), _bare().origin)


def prepare_housings() -> None:
    """Draw in advance all that workpieces are put together from."""
    _bare()
    for corner in range(len(PLACES)):
        for turn in (None, *range(TURNS)):
            _patch(corner, turn)


@cache
def _bare() -> Sprite:
    """Without screws or holes; beside it a shadow, close and dark where it stands, wide and weak from the strips."""
    relief, alpha = casting()
    touching, cast = blurred(alpha, 2.2), np.roll(blurred(alpha, 9), round(9 * FINE), axis=0)
    shadow = f32((1 - 0.42 * touching) * (1 - 0.40 * cast))
    return Sprite.solid(relief.lit(), alpha, shadow, (SIZE[0] / 2, SIZE[1] / 2))


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


def _finish(number: int) -> NDArray[np.uint8]:
    """How each casting differs a little in tone: a few gains `(3, 4, 4)` to spread over it; `FINISH_UNIT` is 1."""
    rng = np.random.default_rng(700 + number)
    tone = 1 + 0.03 * rng.standard_normal() + 0.05 * rng.standard_normal((3, 4, 1)) + 0.006 * rng.standard_normal(3)
    # The fourth channel is no colour but what passes, which stays.
    gains = np.dstack([np.clip(tone, 0.85, 1.15), np.ones((3, 4))])
    return np.rint(FINISH_UNIT * gains).astype(np.uint8)
