"""What is on the cover besides metal: the circuit board in its window, the label, the laser marks."""

from collections.abc import Sequence

import cv2
import numpy as np

from inspector.capture.scene.relief import Relief
from inspector.capture.scene.shapes import FINE, Field, Grid, blurred, cover, disc, f32, grain, rise, slab

Tone = tuple[float, float, float]
BLACK: Tone = (0.10, 0.10, 0.105)
INK: Tone = (0.08, 0.08, 0.08)


def add_board(place: Relief, rng: np.random.Generator) -> None:
    """An opening with a bevelled frame, and the circuit board below it."""
    grid = place.grid
    opening = slab(grid, 118, 84, 9)
    place.height[...] += 2.0 * rise(opening + 7, 4) - 13 * rise(opening, 3)
    board = Relief.flat(grid, (0.16, 0.30, 0.07), 0.12)
    traces = np.sin(grid.y * 1.5 + 3 * np.sign(np.sin(grid.x * 0.11))) > 0.55
    board.paint(blurred(traces.astype(np.float32), 0.5), (0.24, 0.42, 0.13))
    board.colour[...] *= (1 + 0.04 * grain(grid.shape, rng, 1.5))[..., None]
    for x, y, width, height, tone in _parts(rng):
        _solder(board.near(x, y, width + 8, height + 4), width, height, tone)
    for k in range(9):
        pad = disc(grid.moved(-40 + 10 * k, 33), 3.0)
        board.paint(cover(pad) * (1 - cover(pad - 1.8)), (0.30, 0.66, 0.80))
    inside = cover(opening - 1.5, 1.5)
    place.height[...] += board.height
    place.paint(inside, board.colour)
    place.metal[...] += (board.metal - place.metal) * inside


def _solder(place: Relief, width: float, height: float, tone: Tone) -> None:
    """One part on the board; large ones have legs."""
    body = slab(place.grid, width, height, 1.2)
    if width > 12:
        legs = cover(slab(place.grid, width + 5, height - 3, 0.5)) * (np.sin(place.grid.y * 2.4) > 0)
        place.paint(legs, (0.72, 0.74, 0.74), 0.6)
    place.paint(cover(body), tone, 0.12)
    place.height[...] += (2.5 if min(width, height) > 6 else 1.2) * rise(body, 1.2)


def _parts(rng: np.random.Generator) -> list[tuple[float, float, float, float, Tone]]:
    """(x, y, width, height, colour) of what is soldered to the board."""
    parts: list[tuple[float, float, float, float, Tone]] = [
        (-16, -8, 34, 34, BLACK),
        (32, 2, 18, 26, BLACK),
        (36, -26, 22, 12, (0.55, 0.55, 0.55)),
    ]
    for _ in range(34):
        x, y = float(rng.uniform(-50, 50)), float(rng.uniform(-34, 24))
        if abs(x + 16) > 24 and not (18 < x < 50 and -36 < y < 20):
            parts.append((x, y, 6.5, 3.2, (0.42, 0.56, 0.66) if rng.random() < 0.6 else BLACK))
    return parts


def add_label(place: Relief) -> None:
    """A printed label with a warning sign, whose yellow is near the tape's."""
    grid = place.grid
    paper = Relief.flat(grid, (0.90, 0.91, 0.90), 0.06)
    paper.paint(cover(slab(grid.moved(-41, 0), 24, 34, 1)), (0.12, 0.68, 0.92))
    triangle = np.minimum.reduce([9 - grid.y, 11 + grid.y - 2 * np.abs(grid.x + 41)])
    paper.paint(cover(np.minimum(triangle, 2.4 - triangle)), INK)
    bars = (np.sin(grid.x * 2.9) + np.sin(grid.x * 1.31) > 0.25) & (np.abs(grid.x - 14) < 36)
    paper.paint((bars & (grid.y > 5) & (grid.y < 16)).astype(np.float32), INK)
    paper.paint(_lettering(grid, ("DRIVE UNIT 24V", "SN 7741 0925"), (-26, -8), 0.34, 10.0), (0.10, 0.10, 0.10))
    sheet = slab(grid, 112, 40, 2.5)
    place.height[...] += 0.35 * rise(sheet, 0.8)
    place.paint(cover(sheet, 0.7), paper.colour, 0.06)


def add_marks(place: Relief) -> None:
    """The earth symbol in a ring about as large as a hole, and a number, burnt in by a laser."""
    text = _lettering(place.grid, ("0482-B", "IP54"), (-10, -14), 0.40, 12.0)
    dark = np.maximum(text, _earth(place.grid.moved(-38, 4)))
    place.paint(f32(0.85 * dark), (0.20, 0.20, 0.21))
    place.metal[...] *= 1 - 0.6 * dark


def _earth(local: Grid) -> Field:
    ring = disc(local, 12)
    mark = cover(np.minimum(ring, 1.8 - ring), 0.8)
    for y, half in ((1.0, 7.0), (4.0, 4.6), (7.0, 2.2)):
        mark = np.maximum(mark, cover(slab(local.moved(0, y), 2 * half, 1.5, 0.3), 0.8))
    return np.maximum(mark, cover(slab(local.moved(0, -3.5), 1.5, 8, 0.3), 0.8))


def _lettering(grid: Grid, lines: Sequence[str], at: tuple[float, float], scale: float, pitch: float) -> Field:
    """Text in 0..1; `at` is where the first line's baseline starts, `scale` is OpenCV's at frame size."""
    fine = 2 * FINE
    canvas = np.zeros((2 * grid.shape[0], 2 * grid.shape[1]), np.uint8)
    left, top = at[0] - float(grid.x[0, 0]), at[1] - float(grid.y[0, 0])
    for k, line in enumerate(lines):
        start = (round(left * fine), round((top + k * pitch) * fine))
        cv2.putText(canvas, line, start, cv2.FONT_HERSHEY_SIMPLEX, scale * fine, 255, 4, cv2.LINE_AA)
    small = cv2.resize(canvas, grid.shape[::-1], interpolation=cv2.INTER_AREA)
    return (small / np.float32(255)).astype(np.float32)
