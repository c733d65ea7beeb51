"""A screw, and the bare hole that is left without it."""

import numpy as np

from inspector.capture.scene.relief import Relief
from inspector.capture.scene.shapes import Field, Grid, cover, disc, f32, grain, rise, slab

HEAD_RADIUS = 18.0
HOLE_RADIUS = 13.5
BORE_RADIUS = 8.2


def add_hole(place: Relief) -> None:
    """A countersunk hole round the origin: a turned cone, then the dark bore."""
    grid = place.grid
    edge, bore = disc(grid, HOLE_RADIUS), disc(grid, BORE_RADIUS)
    place.height[...] -= 6.5 * np.clip(edge / (HOLE_RADIUS - BORE_RADIUS), 0, 1) + 22 * rise(bore, 1.2)
    r = np.hypot(grid.x, grid.y)
    cone = cover(edge, 0.8)
    place.paint(cone, f32((0.46, 0.46, 0.46)) * (1 + 0.05 * np.sin(r * 3))[..., None], 0.85)
    # Its marks are too fine to smear what it mirrors.
    place.groove_x[...] *= 1 - 0.8 * cone
    place.groove_y[...] *= 1 - 0.8 * cone
    thread = 0.5 + 0.5 * np.sin(r * 4.2 + np.arctan2(grid.y, grid.x))
    floor = 0.10 + 0.10 * thread * cover(-disc(grid, 5.6), 2)
    place.paint(cover(bore), np.repeat(floor[..., None], 3, axis=2), 0.08)


def add_screw(place: Relief, degrees: float, look: int) -> None:
    """A pan-head screw with a cross recess, its zinc a little different for each look."""
    rng = np.random.default_rng(100 + look)
    grid = place.grid
    edge = disc(grid, HEAD_RADIUS)
    head = cover(edge, 0.8)
    r = np.hypot(grid.x, grid.y)
    place.height[...] += 3.2 * rise(edge, 2.2) + 4.0 * (1 - np.clip(r / HEAD_RADIUS, 0, 1) ** 2.4) * (edge > 0)
    tint = f32((0.93, 0.95, 0.96)) * (1 + rng.uniform(-0.03, 0.03, 3).astype(np.float32))
    marks = 0.035 * np.sin(r * 4.7 + look) + 0.02 * grain(grid.shape, rng, 0.7)
    place.paint(head, tint * (1 + marks)[..., None], 0.90)
    place.turned(head)
    cross = _cross(grid.moved(0, 0, degrees))
    # Its walls fall steeply and its floor deepens towards the middle, as the tip of a driver does.
    place.height[...] -= (2.0 + 5.5 * np.clip(1 - r / 11, 0, 1)) * rise(cross + 0.4, 1.4)
    place.paint(0.75 * cover(cross - 0.9), (0.20, 0.20, 0.21), 0.45)


def _cross(local: Grid) -> Field:
    arms = np.maximum(slab(local, 21.5, 5.0, 1.2), slab(local, 5.0, 21.5, 1.2))
    return np.maximum(arms, disc(local, 4.6))
