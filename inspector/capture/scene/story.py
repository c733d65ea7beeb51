"""What happens in the box over time: workpieces come, rest and go, a strip of tape with them, now and then a hand.

A story is the same each time it is told with the same seed. It is a row of stays; each stay begins with the change that
brings it about and ends with a rest. Times are in frames at `FRAMES_PER_S`.
"""

import threading
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from inspector.capture.scene.housing import Workpiece
from inspector.capture.scene.lightbox import HEIGHT, WIDTH
from inspector.capture.scene.picture import Lay, Light
from inspector.capture.scene.sprite import Pose

FRAMES_PER_S = 30
PITCH = WIDTH + 20
"""Pixels from one workpiece to the next on the line: more than the picture, so that a rest shows one only."""
REACH = 430
"""Pixels that the hand comes in from."""
SHUTTER = 0.2
"""The share of a frame's time that the shutter is open."""


@dataclass(frozen=True)
class Grip:
    """Where a hand takes hold of a workpiece, in pixels from its middle, and how the hand is turned."""

    x: float
    y: float
    degrees: float


@dataclass(frozen=True)
class Stay:
    """One rest of a workpiece, and the change before it.

    workpiece: counts from 0; more than one stay may be of the same one. slid: it came along the line and the one before
    went, else it was pushed where it lies. approach, move, leave: frames of the change: a hand comes, things move, the
    hand goes; the first and the last are 0 without a hand, and all are 0 for the stay that a story begins with.
    """

    workpiece: int
    piece: Workpiece
    pose: Pose
    strips: tuple[tuple[int, Pose], ...]
    slid: bool
    rest: int
    move: int
    approach: int = 0
    leave: int = 0
    grip: Grip | None = None

    @property
    def frames(self) -> int:
        return self.approach + self.move + self.leave + self.rest

    @property
    def good(self) -> bool:
        """All screws are on and there is one strip."""
        return all(self.piece.screws) and len(self.strips) == 1


@dataclass(frozen=True)
class Moment:
    """One frame of a story. moving: something slides; hand: one is in the box."""

    stay: Stay
    lay: Lay
    moving: bool

    @property
    def hand(self) -> bool:
        return self.lay.hand is not None


class Story:
    """Tells what lies in the box at each frame. Stays are made when they are first asked for, in order, and kept."""

    def __init__(self, stays: Iterator[Stay]) -> None:
        self._lock = threading.Lock()
        self._coming = stays
        self._stays: list[Stay] = []
        self._starts = [0]

    def moment(self, number: int) -> Moment | None:
        """None from where the story is over. Any thread may ask."""
        with self._lock:
            while number >= self._starts[-1]:
                stay = next(self._coming, None)
                if stay is None:
                    return None
                self._stays.append(stay)
                self._starts.append(self._starts[-1] + stay.frames)
        index = bisect_right(self._starts, number) - 1
        before = self._stays[index - 1] if index else None
        return _tell(before, self._stays[index], number - self._starts[index])


def _tell(before: Stay | None, stay: Stay, frame: int) -> Moment:
    """The stay's frame, counted from the begin of its change."""
    here = Lay(((stay.piece, stay.pose),), stay.strips)
    if before is not None and frame < stay.approach:
        there = Lay(((before.piece, before.pose),), before.strips)
        return Moment(stay, _with_hand(there, before.pose, stay.grip, 1 - (frame + 1) / (stay.approach + 1)), False)
    frame -= stay.approach
    if before is not None and frame < stay.move:
        share, next_share = _eased((frame + 1) / (stay.move + 1)), _eased((frame + 2) / (stay.move + 1))
        lay = _slide(before, stay, share, next_share) if stay.slid else _push(before, stay, share)
        return Moment(stay, _with_hand(lay, lay.pieces[-1][1], stay.grip, 0), True)
    frame -= stay.move
    if frame < stay.leave:
        return Moment(stay, _with_hand(here, stay.pose, stay.grip, (frame + 1) / (stay.leave + 1)), False)
    return Moment(stay, here, False)


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _slide(before: Stay, stay: Stay, share: float, next_share: float) -> Lay:
    """The line moves on by one pitch."""
    going, coming = PITCH * share, PITCH * (share - 1)
    pieces = ((before.piece, before.pose.moved(going, 0)), (stay.piece, stay.pose.moved(coming, 0)))
    smear = round(SHUTTER * PITCH * (next_share - share))
    return Lay(pieces, _shifted(before.strips, going, 0) + _shifted(stay.strips, coming, 0), smear=smear)


def _push(before: Stay, stay: Stay, share: float) -> Lay:
    """The workpiece is moved and turned; its strip is drawn out at the lower edge, and the next one laid from there."""
    pieces = ((stay.piece, before.pose.towards(stay.pose, share)),)
    away = (HEIGHT + 80) * (1 - abs(1 - 2 * share))
    return Lay(pieces, _shifted(before.strips if share < 0.5 else stay.strips, 0, away))


def _shifted(strips: tuple[tuple[int, Pose], ...], dx: float, dy: float) -> tuple[tuple[int, Pose], ...]:
    return tuple((look, pose.moved(dx, dy)) for look, pose in strips)


def _with_hand(lay: Lay, piece: Pose, grip: Grip | None, away: float) -> Lay:
    """A hand holds a workpiece at that pose (away is 0) or is on its way (to 1, out of the picture)."""
    if grip is None:
        return lay
    ((x, y),) = piece.place(np.array([[grip.x, grip.y]], np.float32)).tolist()
    back, turn = REACH * _eased(away), np.radians(grip.degrees)
    tip = Pose(float(x - back * np.sin(turn)), float(y + back * np.cos(turn)), grip.degrees)
    return replace(lay, hand=tip, hand_moves=away > 0)


def light_at(seed: int, number: int) -> Light:
    """The strips drift by some percent over seconds and minutes, and flicker; sometimes somebody walks by."""
    rng = np.random.default_rng((seed, 1))
    phases = rng.uniform(0, 2 * np.pi, (2, 3))
    waves = np.sin(2 * np.pi * number / FRAMES_PER_S / np.array([4.3, 17.0, 61.0]) + phases) @ (0.012, 0.030, 0.035)
    upper, lower = 1 + waves + 0.003 * np.random.default_rng((seed, 2, number)).standard_normal()
    return Light(float(upper), float(lower), _passing(seed, number))


def _passing(seed: int, number: int) -> float | None:
    """About every twenty seconds, for two."""
    spell, way = 10 * FRAMES_PER_S, 2 * FRAMES_PER_S
    rng = np.random.default_rng((seed, 3, number // spell))
    passes, start = rng.random() < 0.5, rng.integers(spell - way)
    share = (number % spell - start) / way
    return float(share) if passes and 0 <= share <= 1 else None
