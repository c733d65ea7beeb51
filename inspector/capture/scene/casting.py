"""The material of the workpiece: the cast and machined aluminium cover of a drive, without holes or screws."""

from functools import cache

import numpy as np

from inspector.capture.scene.details import add_board, add_label, add_marks
from inspector.capture.scene.relief import Relief
from inspector.capture.scene.shapes import Field, Grid, capsule, cover, disc, f32, grain, joined, rise, slab

SIZE = (440, 352)
"""(width, height) of its sprite in frame pixels, with room for the shadow; the cover itself is about 370 x 264."""
PLACES = ((-150.0, -97.0), (150.0, -97.0), (-150.0, 97.0), (150.0, 97.0))
"""Where the four screws go, from the middle of the cover."""
ALUMINIUM = (0.80, 0.80, 0.785)
CAST = (0.60, 0.605, 0.60)


@cache
def casting() -> tuple[Relief, Field]:
    """The cover, and how much of each sample it covers."""
    rng = np.random.default_rng(20)
    grid = Grid.around(*SIZE)
    outline, face = slab(grid, 356, 250, 26), slab(grid, 318, 212, 26)
    for place in PLACES:
        outline = joined(outline, disc(grid.moved(*place), 34), 10)
        face = -joined(-face, disc(grid.moved(*place), 33), 7)
    relief = Relief.flat(grid, CAST, 0.30)
    relief.height[...] = 9 * rise(outline, 7) - 5.0 * rise(face, 6)
    _sand(relief, 1 - cover(face, 4), rng)
    _brush(relief, cover(face - 5, 3), rng)
    for x, y in PLACES:
        _spot_face(relief.near(x, y, 60, 60), x)
    _ribs(relief.near(77, -25, 110, 96))
    add_board(relief.near(-66, -26, 140, 108), rng)
    for x, y in ((2.0, -88.0), (2.0, 88.0)):
        _blind_hole(relief.near(x, y, 24, 24))
    _rivet(relief.near(104, 62, 26, 26))
    add_label(relief.near(-72, 58, 120, 46))
    add_marks(relief.near(52, 58, 130, 50))
    return relief, cover(outline - 0.5)


def _sand(relief: Relief, share: Field, rng: np.random.Generator) -> None:
    """The skin that a sand mould leaves."""
    shape = relief.grid.shape
    relief.height[...] += (0.10 * grain(shape, rng, 0.9) + 0.25 * grain(shape, rng, 2.5)) * share
    relief.colour[...] *= (1 + 0.05 * grain(shape, rng, 0.6) + 0.03 * grain(shape, rng, 12))[..., None]


def _brush(relief: Relief, share: Field, rng: np.random.Generator) -> None:
    """Strokes along x."""
    shape = relief.grid.shape
    strokes = 0.6 * grain(shape, rng, 26, 0.35) + 0.4 * grain(shape, rng, 7, 0.3)
    relief.paint(share, f32(ALUMINIUM) * (1 + 0.055 * strokes)[..., None], 0.72)
    relief.height[...] += 0.035 * strokes * share


def _spot_face(place: Relief, look: float) -> None:
    """A turned ring round a screw place, whose tool marks run in circles."""
    boss = disc(place.grid, 25)
    on = cover(boss, 1.5)
    r = np.hypot(place.grid.x, place.grid.y)
    level = np.float32(9 - 0.9 * rise(boss, 1.5))
    place.height[...] += (level - place.height) * on
    rings = 0.03 * np.sin(r * 2.9) + 0.025 * np.sin(r * 1.7 + look)
    place.paint(on, f32(ALUMINIUM) * (0.90 + rings)[..., None], 0.72)
    place.turned(cover(boss + 2))


def _ribs(place: Relief) -> None:
    """Cooling ribs, as cast."""
    ribs = [capsule(place.grid, (14.5 * k, -39), (14.5 * k, 39), 3.6, 3.6) for k in range(-3, 4)]
    shape = np.max(ribs, axis=0)
    place.height[...] += 7 * rise(shape, 3.6)
    place.paint(cover(shape, 2), (0.66, 0.665, 0.66), 0.38)


# A rivet and blind holes: near a screw head or a bare hole in looks, and always there.


def _rivet(place: Relief) -> None:
    edge = disc(place.grid, 9.5)
    place.height[...] += 5.5 * np.sqrt(np.clip(edge / 9.5, 0, 1))
    place.paint(cover(edge), (0.70, 0.71, 0.72), 0.75)


def _blind_hole(place: Relief) -> None:
    edge = disc(place.grid, 8)
    place.height[...] -= 9 * rise(edge, 2.5)
    place.paint(cover(edge - 1.5, 2), (0.34, 0.34, 0.34), 0.3)
