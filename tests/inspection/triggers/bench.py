"""A drawn bench: workpieces with marks of their own lie on it, hands pass over it, light changes."""

import numpy as np

from inspector.frame import Image, freeze

WIDTH, HEIGHT = 320, 240
LIES_AT = 110.0
NOISE = 2.0
GRAIN = np.random.default_rng(0).normal(0, 1, (8, HEIGHT, WIDTH)).astype(np.float32)


def scene(
    x: float | None = LIES_AT,
    hand: float | None = None,
    marks: int = 0,
    light: float = 1.0,
    seed: int = 0,
    noise: float = NOISE,
    screw: bool = True,
) -> Image:
    """A workpiece of 80x60 at x (None: there is none) with marks of its own and a screw; an arm down to row `hand`."""
    columns, rows = np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32)
    grey = np.linspace(80, 120, WIDTH, dtype=np.float32)[None, :].repeat(HEIGHT, axis=0)
    if x is not None:
        _put(grey, columns, rows, (x, 90.0, 80.0, 60.0), 80.0)
        places = np.random.default_rng(marks).uniform((4, 4), (70, 50), (6, 2)).tolist()
        for dx, dy in places:
            _put(grey, columns, rows, (x + dx, 90 + dy, 7.0, 7.0), -45.0)
        if screw:
            _put(grey, columns, rows, (x + 36, 116.0, 9.0, 9.0), 50.0)
    if hand is not None:
        grey[: round(hand), 130:190] = 150
    grey = light * grey + noise * np.roll(GRAIN[seed % len(GRAIN)], 7 * seed, axis=(0, 1))
    return freeze(np.clip(grey, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2))


def _put(
    grey: np.ndarray, columns: np.ndarray, rows: np.ndarray, box: tuple[float, float, float, float], tone: float
) -> None:
    """Add a tone within a box of (x, y, width, height), whose edges may lie between pixels."""
    x, y, width, height = box
    across = np.clip(columns - x + 0.5, 0, 1) - np.clip(columns - x - width + 0.5, 0, 1)
    down = np.clip(rows - y + 0.5, 0, 1) - np.clip(rows - y - height + 0.5, 0, 1)
    grey += tone * down[:, None] * across[None, :]
