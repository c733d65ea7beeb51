"""The empty box: its matt floor, the light of its two LED strips, and the noise of the camera's sensor."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.scene.shapes import Field, Grid, as_bytes, blurred, cover, f32, grain, mix

WIDTH, HEIGHT = 640, 480
UNIT = 170
"""The value of a lamp's map, and of the scene's colours times it, that counts as 1."""
NOISES = 6
NOISE_PAD = 64


@cache
def floor() -> NDArray[np.uint8]:
    """The floor's colour `(H, W, 4)`, its fourth channel idle, before light falls on it."""
    rng = np.random.default_rng(1)
    fine = Grid.around(WIDTH, HEIGHT)
    colour = np.broadcast_to(f32((0.80, 0.80, 0.79)), (*fine.shape, 3)).copy()
    colour *= (1 + 0.008 * grain(fine.shape, rng, 1.0) + 0.010 * grain(fine.shape, rng, 30))[..., None]
    colour = mix(colour, (0.45, 0.46, 0.47), 0.55 * _marks(fine))
    colour = mix(colour, (0.5, 0.5, 0.5), 0.5 * _dust(fine.shape, rng))
    small = cv2.resize(colour, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(as_bytes(f32(small)), cv2.COLOR_BGR2BGRA), np.uint8)


def _marks(grid: Grid) -> Field:
    """Four corner marks that show where a workpiece goes, worn."""
    x, y = np.abs(np.abs(grid.x) - 252), np.abs(np.abs(grid.y) - 196)
    inner_x, inner_y = (
        (np.abs(grid.x) < 253.5) & (np.abs(grid.x) > 226),
        (np.abs(grid.y) < 197.5) & (np.abs(grid.y) > 170),
    )
    lines = np.maximum(cover(1.2 - y) * inner_x, cover(1.2 - x) * inner_y)
    worn = np.clip(0.8 + 0.35 * grain(grid.shape, np.random.default_rng(2), 3), 0, 1)
    return (lines * worn).astype(np.float32)


def _dust(shape: tuple[int, int], rng: np.random.Generator) -> Field:
    """Specks and fibres."""
    canvas = np.zeros(shape, np.uint8)
    for _ in range(26):
        start = rng.uniform((0, 0), shape[::-1])
        reach = rng.uniform(1, 18) if rng.random() < 0.4 else 0.4
        end = start + reach * rng.normal(size=2)
        (x0, y0), (x1, y1) = start.astype(int), end.astype(int)
        cv2.line(canvas, (int(x0), int(y0)), (int(x1), int(y1)), int(rng.integers(70, 255)), 1, cv2.LINE_AA)
    return (canvas / np.float32(255)).astype(np.float32)


@cache
def lamps() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The light of the upper and of the lower strip `(H, W, 3)`, `UNIT` is 1; together they light the scene."""
    grid = Grid.around(WIDTH, HEIGHT)
    x, y = (cv2.resize(v, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) for v in (grid.x, grid.y))
    vignette = 1 / (1 + 0.16 * ((x / 320) ** 2 + (y / 320) ** 2)) ** 2
    ends = 1 / (1 + np.exp((np.abs(x) - 330) / 75))
    maps = []
    for side, power, tint in ((-1, 0.66, (1.01, 1.0, 0.985)), (1, 0.46, (0.985, 1.0, 1.015))):
        away = 240 - side * y
        strength = (
            power * (0.62 + 0.75 * np.exp(-away / 210) + 0.55 * np.exp(-away / 26)) * (0.60 + 0.40 * ends) * vignette
        )
        maps.append(strength[..., None] * f32(tint))
    first, second = (np.clip(m * UNIT + 0.5, 0, 255).astype(np.uint8) for m in maps)
    return first, second


@cache
def noises() -> tuple[NDArray[np.int16], ...]:
    """Sensor noise to take a random cut of, `NOISES` fields a little larger than the frame; deviation about 2."""
    rng = np.random.default_rng(3)
    fields = []
    for _ in range(NOISES):
        shape = (HEIGHT + NOISE_PAD, WIDTH + NOISE_PAD, 3)
        # Red and blue are sampled on every second pixel of a Bayer sensor and come out lumpier than green.
        fine = 1.5 * rng.standard_normal(shape, np.float32)
        lumps = blurred(rng.standard_normal(shape, np.float32), 0.4) * f32((7.0, 3.0, 6.0))
        rows = 0.35 * rng.standard_normal((shape[0], 1, 1), np.float32)
        fields.append(np.rint(fine + lumps + rows).astype(np.int16))
    return tuple(fields)


def passer_by(share: float) -> NDArray[np.uint8]:
    """How much light `(H, W, 3)` the soft shadow of somebody lets through, `share` 0..1 of the way past the box."""
    left = round((1 - share) * (_shade().shape[1] - WIDTH))
    return _shade()[:, left : left + WIDTH]


@cache
def _shade() -> NDArray[np.uint8]:
    x = (np.arange(3 * WIDTH, dtype=np.float32) - 1.5 * WIDTH) / WIDTH
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    shade = 1 - 0.13 * np.exp(-(((x - 0.12 * y) / 0.26) ** 2)) * (0.55 + 0.45 * y)
    return np.repeat(np.rint(shade * 255).astype(np.uint8)[..., None], 3, axis=2)
