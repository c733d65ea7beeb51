"""Shapes and textures on a fine grid, to draw sprites from.

Everything is float32 on a grid of `FINE` samples per pixel of the frame; lengths are in frame pixels and y points down.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

FINE = 2
"""Samples per pixel of the frame in each direction: sprites are drawn twice as large and averaged when placed."""

Field = NDArray[np.float32]
"""`(h, w)` float32, or `(h, w, 3)` BGR in 0..1 where a docstring says colour."""


@dataclass(frozen=True)
class Grid:
    """Sample points round an origin: `x` and `y` `(h, w)` in frame pixels."""

    x: Field
    y: Field

    @classmethod
    def around(cls, width: float, height: float, x: float = 0, y: float = 0) -> "Grid":
        """A grid of width x height frame pixels centred on (x, y)."""
        columns, rows = round(width * FINE), round(height * FINE)
        xs = x + (np.arange(columns, dtype=np.float32) - (columns - 1) / 2) / FINE
        ys = y + (np.arange(rows, dtype=np.float32) - (rows - 1) / 2) / FINE
        gx, gy = np.meshgrid(xs, ys)
        return cls(gx.astype(np.float32), gy.astype(np.float32))

    def moved(self, x: float, y: float, degrees: float = 0) -> "Grid":
        """The same points as seen from an origin at (x, y) that is turned."""
        c, s = np.float32(np.cos(np.radians(degrees))), np.float32(np.sin(np.radians(degrees)))
        dx, dy = self.x - np.float32(x), self.y - np.float32(y)
        return Grid(c * dx + s * dy, c * dy - s * dx)

    def part(self, at: tuple[slice, slice]) -> "Grid":
        """Some of the points."""
        return Grid(self.x[at], self.y[at])

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.x.shape
        return rows, columns


def f32(values: ArrayLike) -> Field:
    """Values, as of a colour, in the one type that is used here."""
    return np.asarray(values, np.float32)


# Signed distances are positive inside.


def disc(grid: Grid, radius: float) -> Field:
    """Distance to the edge of a disc round the origin."""
    return np.float32(radius) - np.hypot(grid.x, grid.y)


def slab(grid: Grid, width: float, height: float, radius: float) -> Field:
    """Distance to the edge of a rounded rectangle round the origin."""
    dx, dy = np.abs(grid.x) - np.float32(width / 2 - radius), np.abs(grid.y) - np.float32(height / 2 - radius)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return (np.float32(radius) - outside - np.minimum(np.maximum(dx, dy), 0)).astype(np.float32)


def capsule(grid: Grid, start: tuple[float, float], end: tuple[float, float], r0: float, r1: float) -> Field:
    """Distance to the edge of a finger-like shape whose radius goes from r0 at the start to r1 at the end."""
    ax, ay = end[0] - start[0], end[1] - start[1]
    t = np.clip(((grid.x - start[0]) * ax + (grid.y - start[1]) * ay) / (ax * ax + ay * ay), 0, 1)
    distance = np.hypot(grid.x - start[0] - t * ax, grid.y - start[1] - t * ay)
    return (r0 + (r1 - r0) * t - distance).astype(np.float32)


def joined(first: Field, second: Field, blend: float) -> Field:
    """The union of two shapes, its inner corner rounded over `blend` pixels."""
    h = np.clip(0.5 + (first - second) / (2 * blend), 0, 1)
    return (second + (first - second) * h + blend * h * (1 - h)).astype(np.float32)


def rise(distance: Field, width: float) -> Field:
    """0 outside, 1 inside, a rounded edge of `width` pixels from the border inwards."""
    t = np.clip(distance / np.float32(width), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def cover(distance: Field, softness: float = 1.0) -> Field:
    """How much of each sample a shape covers, its border `softness` frame pixels wide."""
    return np.clip(distance / np.float32(softness) + 0.5, 0, 1).astype(np.float32)


def mix(below: Field, above: ArrayLike, share: Field) -> Field:
    """Colour `above` laid over colour `below` by a share in 0..1."""
    return (below + (f32(above) - below) * share[..., None]).astype(np.float32)


def blurred(field: Field, sigma: float, sigma_y: float | None = None) -> Field:
    """Smoothed by a Gaussian of `sigma` frame pixels."""
    rows, columns = field.shape[:2]
    fine_x, fine_y = FINE * sigma, FINE * (sigma if sigma_y is None else sigma_y)
    # A wide kernel costs by its width; the same on a smaller picture looks alike.
    step_x, step_y = max(1, round(fine_x / 4)), max(1, round(fine_y / 4))
    small = cv2.resize(field, (-(-columns // step_x), -(-rows // step_y)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), fine_x / step_x, sigmaY=fine_y / step_y)
    return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)


def grain(shape: tuple[int, int], rng: np.random.Generator, sigma: float, sigma_y: float | None = None) -> Field:
    """Noise of mean 0 and deviation 1 whose lumps are about `sigma` frame pixels wide."""
    noise = blurred(rng.standard_normal(shape, np.float32), sigma, sigma_y)
    return ((noise - noise.mean()) / noise.std()).astype(np.float32)


def as_bytes(field: Field) -> NDArray[np.uint8]:
    """0..1 as 0..255."""
    return np.clip(field * 255 + 0.5, 0, 255).astype(np.uint8)
