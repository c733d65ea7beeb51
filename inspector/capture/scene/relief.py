"""Height fields, and how the two LED strips of a light box light them.

Slow and exact: sprites are made once and then only moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from inspector.capture.scene.shapes import FINE, Field, Grid, blurred, f32, mix

# The two strips run along the top and the bottom of the box; the top one is the stronger, so that the eye reads
# relief the right way round.
STRIPS = ((-1.0, 1.0), (1.0, 0.45))
SLOPE = 0.9
"""How far a ray of a strip falls per pixel of way."""


@dataclass(frozen=True)
class Relief:
    """A surface before light falls on it. Its fields are written into while it is being made.

    height: `(h, w)` in frame pixels, towards the camera. colour: `(h, w, 3)` BGR of the material.
    metal: `(h, w)`: 0 is matt, 1 mirrors the box. groove_x, groove_y: `(h, w)` unit vector across the tool marks, along
    which a metal smears what it mirrors.
    """

    grid: Grid
    height: Field
    colour: Field
    metal: Field
    groove_x: Field
    groove_y: Field

    @classmethod
    def flat(cls, grid: Grid, colour: Sequence[float], metal: float) -> "Relief":
        """One plain material, its tool marks along x."""
        plain = np.broadcast_to(f32(colour), (*grid.shape, 3)).copy()
        zeros = [np.zeros(grid.shape, np.float32) for _ in range(4)]
        return cls(grid, zeros[0], plain, zeros[1] + np.float32(metal), zeros[2], zeros[3] + 1)

    def near(self, x: float, y: float, width: float, height: float) -> "Relief":
        """The rectangle round (x, y), written into through this view; its grid has its origin at (x, y)."""
        left = round((x - width / 2 - float(self.grid.x[0, 0])) * FINE)
        top = round((y - height / 2 - float(self.grid.y[0, 0])) * FINE)
        at = np.s_[top : top + round(height * FINE), left : left + round(width * FINE)]
        grid = self.grid.part(at).moved(x, y)
        return Relief(grid, self.height[at], self.colour[at], self.metal[at], self.groove_x[at], self.groove_y[at])

    def copy(self) -> "Relief":
        """One that can be written into by itself."""
        fields = (self.height, self.colour, self.metal, self.groove_x, self.groove_y)
        return Relief(self.grid, *(field.copy() for field in fields))

    def paint(self, share: Field, colour: ArrayLike, metal: float | None = None) -> None:
        """Change the material where share is 1, and partly where it is less."""
        self.colour[...] = mix(self.colour, colour, share)
        if metal is not None:
            self.metal[...] += (np.float32(metal) - self.metal) * share

    def turned(self, share: Field) -> None:
        """Tool marks in circles round the grid's origin."""
        r = np.hypot(self.grid.x, self.grid.y) + np.float32(1e-3)
        self.groove_x[...] += (self.grid.x / r - self.groove_x) * share
        self.groove_y[...] += (self.grid.y / r - self.groove_y) * share

    def lit(self, spread: float = 0.25) -> Field:
        """What the camera sees `(h, w, 3)`, about 0..1; spread: how far tool marks smear, as a slope."""
        slope_x, slope_y = slopes(self.height)
        shade = shadows(self.height)
        matt = diffuse(slope_x, slope_y) * shade
        seen = np.zeros_like(matt)
        offsets = (-1.0, -0.5, 0.0, 0.5, 1.0)
        for k in offsets:
            seen += mirrored(slope_x + k * spread * self.groove_x, slope_y + k * spread * self.groove_y)
        shiny = seen / len(offsets) * (0.35 + 0.65 * shade)
        return (self.colour * (matt + (shiny - matt) * self.metal)[..., None]).astype(np.float32)


def slopes(height: Field) -> tuple[Field, Field]:
    """How steeply it rises to the right and downwards."""
    slope_y, slope_x = np.gradient(height * FINE)
    return f32(slope_x), f32(slope_y)


def diffuse(slope_x: Field, slope_y: Field) -> Field:
    """How bright something matt of that slope is; about 1 where it lies flat."""
    length = np.sqrt(1 + slope_x**2 + slope_y**2)
    light = 0.34 / length + 0.10
    for side, power in STRIPS:
        light += 0.46 * power * np.maximum(-slope_y * side + SLOPE, 0) / (length * np.hypot(1, SLOPE))
    return light.astype(np.float32)


def mirrored(slope_x: Field, slope_y: Field) -> Field:
    """What a mirror with that slope shows: two bright strips, white walls, and the camera's dark hole overhead."""
    nz = 1 / (1 + slope_x**2 + slope_y**2)
    rx, ry = -2 * nz * slope_x, -2 * nz * slope_y
    seen = 0.42 + 0.15 * np.hypot(rx, ry) - 0.14 * np.exp(-(rx**2 + ry**2) / 0.05)
    for side, power in STRIPS:
        along = 1 / (1 + np.exp((np.abs(rx) - 0.75) / 0.12))
        seen += 1.15 * power * along * np.exp(-(((ry - 0.62 * side) / 0.26) ** 2))
    return seen.astype(np.float32)


def shadows(height: Field) -> Field:
    """1 where both strips and the walls reach, less where something higher stands before them or all round."""
    shade = np.ones_like(height)
    for side, power in STRIPS:
        shade -= 0.30 * power * _behind(height, side)
    for sigma, depth in ((1.5, 0.09), (5.0, 0.045)):
        shade -= depth * np.maximum(blurred(height, sigma) - height, 0)
    return np.clip(shade, 0.12, 1).astype(np.float32)


def _behind(height: Field, side: float) -> Field:
    """How far the light that comes from `side` (-1 above, 1 below in the picture) is cut off, 0..1."""
    above = np.zeros_like(height)
    for step in range(1, 26):
        way = step * 0.75
        shift = round(way * FINE)
        other = np.roll(height, int(shift * -side), axis=0)
        np.maximum(above, other - height - np.float32(way * SLOPE), out=above)
    # A strip is long, so its shadows are soft along it.
    return blurred(np.clip(above / 2.0, 0, 1).astype(np.float32), 2.2, 0.7)
