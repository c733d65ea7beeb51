"""A strip of amber polyimide tape: what lies below shows through, wrinkles catch the light."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.scene.relief import STRIPS, diffuse, mirrored, slopes
from inspector.capture.scene.shapes import FINE, Field, Grid, blurred, cover, f32, grain, rise, slab
from inspector.capture.scene.sprite import Sprite

LOOKS = 24
"""How many strips there are to choose from: each has its own length, ends and wrinkles."""
MARGIN = 14.0
AMBER = (0.20, 0.60, 0.93)
HAZE = (0.04, 0.115, 0.185)
"""What the adhesive scatters back: over a dark ground it is all that one sees of the strip."""


@dataclass(frozen=True)
class Strip:
    """One strip along x, its origin in its middle.

    outline: `(k, 2)` float32, corners of the convex hull of what is visible, in frame pixels from the origin.
    size: (length, width) in frame pixels.
    """

    sprite: Sprite
    outline: NDArray[np.float32]
    size: tuple[float, float]


@cache
def strip(look: int) -> Strip:
    """One of `LOOKS` strips, 92 to 124 pixels long and 26 to 30 wide."""
    rng = np.random.default_rng(4000 + look)
    length, width = float(rng.uniform(92, 124)), float(rng.uniform(26, 30))
    grid = Grid.around(length + 2 * MARGIN, width + 2 * MARGIN)
    edge = _edge(grid, length, width, rng)
    on = cover(edge, 1.1)
    height = _wrinkles(grid, rng) * rise(edge, 3)
    slope = slopes(height)
    level = np.zeros((1, 1), np.float32)
    matt = diffuse(*slope) / diffuse(level, level)
    gloss = mirrored(*slope) / mirrored(level, level)

    tint = f32(AMBER) ** np.float32(rng.uniform(0.85, 1.15))
    # Where it is stuck badly, air below makes it paler.
    air = np.clip(grain(grid.shape, rng, 7) - 0.9, 0, 1)[..., None] * 0.12
    body = (tint + air) * np.clip(matt, 0.55, 1.2)[..., None] * (1 + 0.02 * grain(grid.shape, rng, 0.8)[..., None])
    body *= (1 - 0.16 * cover(edge, 1) * cover(1.4 - edge, 1.4))[..., None]
    shadow = 1 - 0.30 * blurred(cover(_shifted(edge), 1), 1.6)
    passes = shadow[..., None] + (body - shadow[..., None]) * on[..., None]
    shines = f32(HAZE) + (0.16 * np.clip(gloss - 1, 0, 2.2))[..., None] * f32((0.8, 0.93, 1))
    shines = shines * on[..., None]
    origin = (grid.shape[1] / 2 / FINE, grid.shape[0] / 2 / FINE)
    return Strip(Sprite.tinted(f32(shines), f32(passes), origin), _hull(on), (length, width))


def _edge(grid: Grid, length: float, width: float, rng: np.random.Generator) -> Field:
    """Distance to its border: one end cut by a dispenser's teeth, the other torn."""
    teeth = 1.3 * np.abs((grid.y / 3.2) % 2 - 1)
    torn = 1.4 * np.sin(grid.y * 0.31 + rng.uniform(0, 6)) + 0.7 * np.sin(grid.y * 0.93 + rng.uniform(0, 6))
    inset = np.where(grid.x > 0, teeth, torn + 1.8).astype(np.float32)
    bow = np.float32(rng.uniform(-1.2, 1.2)) * (2 * grid.x / np.float32(length)) ** 2
    sides = np.float32(width / 2) - np.abs(grid.y + bow)
    return np.minimum(slab(grid, length, width + 6, 1.5) - inset, sides).astype(np.float32)


def _shifted(edge: Field) -> Field:
    weaker = STRIPS[0][0]
    return np.roll(edge, round(-weaker * 1.4 * FINE), axis=0)


def _wrinkles(grid: Grid, rng: np.random.Generator) -> Field:
    """Shallow waves, and a few creases that fade out along their length."""
    height = 0.42 * grain(grid.shape, rng, 8)
    for _ in range(rng.integers(1, 5)):
        local = grid.moved(rng.uniform(-45, 45), rng.uniform(-10, 10), np.degrees(rng.uniform(-1.2, 1.2)))
        across = local.x + rng.uniform(-0.02, 0.02) * local.y**2
        crease = np.exp(-((across / rng.uniform(1.0, 2.2)) ** 2) - (local.y / rng.uniform(7, 20)) ** 2)
        height = height + np.float32(rng.uniform(-0.5, 0.9)) * crease
    return height.astype(np.float32)


def _hull(on: Field) -> NDArray[np.float32]:
    """Corners of the half-covered samples' borders, in frame pixels from the middle of the sprite."""
    rows, columns = np.nonzero(on > 0.5)
    corners = np.concatenate([np.stack([columns + dx, rows + dy], 1) for dx in (0, 1) for dy in (0, 1)])
    hull = cv2.convexHull(corners.astype(np.float32)).reshape(-1, 2)
    middle = f32((on.shape[1] / 2, on.shape[0] / 2))
    return ((hull - middle) / FINE).astype(np.float32)
