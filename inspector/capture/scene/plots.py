"""What stories there are: a technician's recording, and the production line."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np

from inspector.capture.scene.casting import PLACES
from inspector.capture.scene.fasteners import HEAD_RADIUS
from inspector.capture.scene.housing import TURNS, Workpiece
from inspector.capture.scene.lightbox import HEIGHT, WIDTH
from inspector.capture.scene.sprite import Pose
from inspector.capture.scene.story import Grip, Stay
from inspector.capture.scene.tape import LOOKS, strip

Strips = tuple[tuple[int, Pose], ...]
GRIPS = ((-90.0, 112.0), (0.0, 116.0), (80.0, 112.0), (-182.0, 20.0), (184.0, 35.0), (60.0, 20.0))
"""Places to take hold of a workpiece at, from its middle."""
HAND_FRAMES = 9
"""A hand's way in, or out."""
EDGE = 8
"""Pixels that a strip keeps from the edge of the picture."""
GAP = 6
"""Pixels that a strip keeps from a screw place."""


def recording(seed: int, screw: bool | None, tape: bool | None, hand: float) -> Iterator[Stay]:
    """Without end: about a pose a second, of a few workpieces.

    screw, tape: there, not there, or None: mixed. hand: how often one shows, 0 to 1.
    """
    rng = np.random.default_rng((seed, 0))
    piece, workpiece = _workpiece(rng, _screws(rng, screw), 0), 0
    for k in count():
        # With mixed screws the next pose is the next workpiece, since none changes its screws where it lies.
        slid = screw is None or k % 3 == 0
        if k and slid:
            workpiece += 1
            piece = _workpiece(rng, _screws(rng, screw), workpiece)
        pose = _pose(rng, 46, 34, 14)
        taped = rng.random() < 0.5 if tape is None else tape
        strips = _strips(rng, pose, int(taped))
        rest = int(rng.integers(18, 27))
        stay = Stay(workpiece, piece, pose, strips, slid, move=int(rng.integers(9, 13)), rest=rest)
        yield _begun(_handled(stay, rng, hand), k)


def line(seed: int, good: float, hand: float, workpieces: int | None) -> Iterator[Stay]:
    """Production: workpiece after workpiece, each at rest once, about 0.8 s.

    good: the share without a fault. workpieces: how many; None is without end.
    """
    rng = np.random.default_rng((seed, 0))
    for k in count() if workpieces is None else range(workpieces):
        screws, tapes = ((True,) * len(PLACES), 1) if rng.random() < good else _faults(rng)
        pose = _pose(rng, 18, 12, 6)
        rest = int(rng.integers(23, 28))
        stay = Stay(k, _workpiece(rng, screws, k), pose, _strips(rng, pose, tapes), True, move=15, rest=rest)
        yield _begun(_handled(stay, rng, hand), k)


def _begun(stay: Stay, index: int) -> Stay:
    """A story begins at rest: there is nothing before it to change from."""
    return stay if index else replace(stay, approach=0, move=0, leave=0, grip=None)


def _handled(stay: Stay, rng: np.random.Generator, share: float) -> Stay:
    (x, y), degrees, by_hand = GRIPS[rng.integers(len(GRIPS))], float(rng.uniform(-18, 18)), rng.random() < share
    if not by_hand:
        return stay
    # Along the line a hand comes in together with what it pushes.
    approach = 0 if stay.slid else HAND_FRAMES
    return replace(stay, approach=approach, leave=HAND_FRAMES, grip=Grip(x, y, degrees))


def _screws(rng: np.random.Generator, screw: bool | None) -> tuple[bool, ...]:
    drawn = rng.random(len(PLACES)) < 0.5
    return tuple(drawn.tolist()) if screw is None else (screw,) * len(PLACES)


def _faults(rng: np.random.Generator) -> tuple[tuple[bool, ...], int]:
    """Screws and number of strips of a bad workpiece: screws missing, the strip missing or doubled, or both faults."""
    kind = rng.choice(["screws", "tape", "both"], p=[0.5, 0.35, 0.15])
    missing = 0 if kind == "tape" else rng.choice([1, 2, 3, 4], p=[0.5, 0.25, 0.15, 0.1])
    bare = rng.permutation(len(PLACES))[:missing].tolist()
    tapes = 1 if kind == "screws" else int(rng.choice([0, 2], p=[0.65, 0.35]))
    return tuple(k not in bare for k in range(len(PLACES))), tapes


def _workpiece(rng: np.random.Generator, screws: tuple[bool, ...], finish: int) -> Workpiece:
    return Workpiece(screws, tuple(rng.integers(TURNS, size=len(PLACES)).tolist()), finish)


def _pose(rng: np.random.Generator, dx: float, dy: float, degrees: float) -> Pose:
    x, y, turn = rng.uniform(-1, 1, 3) * (dx, dy, degrees)
    return Pose(WIDTH / 2 + float(x), HEIGHT / 2 + float(y), float(turn))


def _strips(rng: np.random.Generator, piece: Pose, wanted: int) -> Strips:
    """Anywhere in the box, wholly in the picture, clear of the screw places and of each other."""
    strips: Strips = ()
    while len(strips) < wanted:
        look = int(rng.integers(LOOKS))
        x, y, turn = rng.uniform((0, 0, -90), (WIDTH, HEIGHT, 90)).tolist()
        if _fits(look, Pose(x, y, turn), piece, strips):
            strips += ((look, Pose(x, y, turn)),)
    return strips


def _fits(look: int, pose: Pose, piece: Pose, others: Strips) -> bool:
    outline = pose.place(strip(look).outline)
    inside = (outline >= EDGE).all() and (outline <= (WIDTH - EDGE, HEIGHT - EDGE)).all()
    length, width = strip(look).size
    screws = (piece.place(np.array(PLACES, np.float32)) - (pose.x, pose.y)) @ pose.turn()
    clear = np.abs(screws) > (length / 2 + HEAD_RADIUS + GAP, width / 2 + HEAD_RADIUS + GAP)
    apart = all(np.hypot(pose.x - other.x, pose.y - other.y) > length + GAP for _, other in others)
    return bool(inside and clear.any(axis=1).all() and apart)
