"""The hand of the person at the bench, seen from above: it reaches in from the lower edge and pushes."""

from functools import cache

import cv2
import numpy as np

from inspector.capture.scene.relief import diffuse, shadows, slopes
from inspector.capture.scene.shapes import FINE, Field, Grid, blurred, capsule, cover, f32, grain, joined, mix, slab
from inspector.capture.scene.sprite import Sprite

SIZE = (300.0, 500.0)
TIP = (150.0, 34.0)
"""Where the longest finger's tip is in the sprite, in frame pixels from its top left."""
SMEAR = 10
"""Samples either way."""
CUFF = 308
"""How far the sleeve's end is from the tip."""
SKIN = (0.62, 0.72, 0.90)
SLEEVE = (0.36, 0.25, 0.17)

FINGERS = (
    # ((knuckle), (middle joint), (tip), radii): index, middle, ring, little finger
    ((-43, 140), (-44, 78), (-37, 24), (19, 17, 13)),
    ((-13, 130), (-11, 62), (-4, 12), (19.5, 17.5, 13.5)),
    ((18, 136), (24, 74), (27, 26), (18.5, 16.5, 13)),
    ((46, 152), (58, 104), (62, 64), (16, 14, 11)),
)
THUMB = ((-58, 226), (-96, 178), (-95, 128), (25, 19, 15))


@cache
def hand(moving: bool) -> Sprite:
    """The hand, pointing up, its origin at the tip of the longest finger.

    moving: smeared along its own direction, as the shutter sees it on its way in and out.
    """
    colour, alpha = _painted()
    cast = np.roll(blurred(alpha, 11), (round(26 * FINE), round(14 * FINE)), (0, 1))
    cast[: round(40 * FINE)] = 0
    if moving:
        smear = (1, 2 * SMEAR + 1)
        colour, alpha = f32(cv2.blur(colour * alpha[..., None], smear)), f32(cv2.blur(alpha, smear))
        colour = f32(colour / np.maximum(alpha, 1e-3)[..., None])
    return Sprite.solid(colour, alpha, 1 - 0.45 * cast, TIP)


@cache
def _painted() -> tuple[Field, Field]:
    """Colour and alpha."""
    rng = np.random.default_rng(9)
    grid = Grid.around(*SIZE, x=SIZE[0] / 2 - TIP[0], y=SIZE[1] / 2 - TIP[1])
    flesh, height = _flesh(grid)
    sleeve = slab(grid.moved(10, CUFF + 185, 2), 138, 370, 14)
    height += 0.05 * grain(grid.shape, rng, 0.9) + 0.25 * grain(grid.shape, rng, 4)
    cloth = _profile(sleeve, 40) + 7 + _folds(grid, rng) * cover(sleeve, 2)
    height = blurred(np.where(sleeve > 0, cloth, height).astype(np.float32), 0.7)
    light = diffuse(*slopes(height)) * shadows(height)
    colour = mix(_skin(grid, light, flesh, rng), _cloth(grid, light, rng), cover(sleeve))
    return colour, cover(np.maximum(flesh, sleeve), 1.6)


def _flesh(grid: Grid) -> tuple[Field, Field]:
    """Distance to the border, and height, of fingers, palm and wrist."""
    palm = slab(grid.moved(2, 196, -3), 116, 148, 46)
    arm = joined(palm, capsule(grid, (4, 250), (14, 420), 47, 50), 24)
    height = 0.9 * _profile(arm, 34)
    for knuckle, middle, tip, (r0, r1, r2) in (*FINGERS, THUMB):
        finger = joined(capsule(grid, knuckle, middle, r0, r1), capsule(grid, middle, tip, r1, r2), 2)
        height = joined(height, 1.12 * _profile(finger, r1), 5)
        height += 2.2 * np.exp(-((np.hypot(grid.x - middle[0], (grid.y - middle[1]) * 1.3) / 9) ** 2))
        height += 3.5 * np.exp(-((np.hypot(grid.x - knuckle[0], grid.y - knuckle[1] - 6) / 13) ** 2))
        arm = joined(arm, finger, 5)
    return arm, height.astype(np.float32)


def _profile(distance: Field, radius: float) -> Field:
    """The height of something round of that radius."""
    t = np.clip(distance / np.float32(radius), 0, 1)
    return (radius * np.sqrt(1 - (1 - t) ** 2)).astype(np.float32)


def _skin(grid: Grid, light: Field, flesh: Field, rng: np.random.Generator) -> Field:
    """Light goes some way through skin, red the farthest: its shadows and its edges are warm."""
    colour = f32(SKIN) * (1 + 0.03 * grain(grid.shape, rng, 7) + 0.02 * grain(grid.shape, rng, 0.8))[..., None]
    red = np.zeros(grid.shape, np.float32)
    creases = np.zeros(grid.shape, np.float32)
    nails = np.zeros(grid.shape, np.float32)
    for knuckle, middle, tip, (_, r1, r2) in (*FINGERS, THUMB):
        for (x, y), strength in ((knuckle, 0.5), (middle, 0.8), (tip, 0.8)):
            red += strength * np.exp(-((np.hypot(grid.x - x, grid.y - y) / 15) ** 2))
        angle = float(np.degrees(np.arctan2(tip[1] - middle[1], tip[0] - middle[0]))) + 90
        joint = grid.moved(*middle, angle)
        bow = joint.y + 0.02 * joint.x**2
        for k in (-5.0, -1.0, 3.5):
            creases += np.exp(-(((bow - k) / 1.0) ** 2)) * (np.abs(joint.x) < r1 * 0.62)
        nails = np.maximum(
            nails, cover(slab(grid.moved(*tip, angle).moved(0, -2.5), r2 * 1.15, r2 * 1.45, r2 * 0.52), 1.2)
        )
    colour = colour * (1 - np.clip(red, 0, 1)[..., None] * f32((0.15, 0.13, 0.02)))
    colour *= (1 - 0.22 * blurred(np.clip(creases, 0, 1), 0.6))[..., None]
    colour = mix(colour, (0.66, 0.70, 0.88), 0.75 * nails)
    rim = 1 - cover(flesh - 3, 8)
    warm = np.power(np.clip(light, 0.02, 2)[..., None], f32((1.0, 0.88, 0.6)))
    return (colour * warm * (1 - rim[..., None] * f32((0.16, 0.13, 0.04)))).astype(np.float32)


def _folds(grid: Grid, rng: np.random.Generator) -> Field:
    cuff = 2.5 * cover(CUFF + 17 - grid.y, 2) + 1.2 * np.exp(-(((grid.y - CUFF - 19) / 2) ** 2))
    return (1.7 * grain(grid.shape, rng, 30, 9) + 0.8 * grain(grid.shape, rng, 9, 20) + cuff).astype(np.float32)


def _cloth(grid: Grid, light: Field, rng: np.random.Generator) -> Field:
    weave = 1 + 0.05 * np.sin(grid.x * 2.4 + grid.y * 2.4) + 0.04 * grain(grid.shape, rng, 0.6)
    seam = 1 - 0.25 * np.exp(-(((grid.y - CUFF - 14) / 0.8) ** 2)) * (np.sin(grid.x * 1.6) > -0.3)
    return (f32(SLEEVE) * (weave * seam)[..., None] * light[..., None] * 1.25).astype(np.float32)
