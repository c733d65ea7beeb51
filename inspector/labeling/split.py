"""Which frames teach and which are held out to examine what was learned. Pure.

Neighbouring frames of a video are nearly the same picture. A split by frame would examine the detector on what it has
seen, so whole recordings are held out; where a group has one recording only, a stretch of time with a gap before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHARE = 0.2
FEWEST = 5
"""Frames of which a fifth can be held out."""
GAP_S = 1.0
GAP_SHARE = 0.05
"""The gap is a second, but never more than this share of the recording: a video of two seconds would be all gap."""
SAME_SCENE = "Frames of one recording show the same scene, so figures on those held out flatter: record a second one."


class Side(IntEnum):
    """Where a frame goes. NEITHER: so near in time to a held-out frame that it would give the answer away."""

    TRAIN = 0
    HELD_OUT = 1
    NEITHER = 2


@dataclass(frozen=True, eq=False)
class Footage:
    """One recording's usable frames. Recordings of a group show the same: component, positive or negative, pattern.

    times_s: `(n,)` moments in seconds; empty: `(n,)` bool, frames without boxes. independent: each picture stands alone
    (photos), so that time says nothing.
    """

    recording: str
    group: str
    times_s: NDArray[np.float64]
    empty: NDArray[np.bool_]
    independent: bool = False

    def __len__(self) -> int:
        return len(self.times_s)


@dataclass(frozen=True, eq=False)
class Split:
    """sides: for each recording `(n,)` int8, a Side for each frame. sentence: how, a line for each group."""

    sides: tuple[NDArray[np.int8], ...]
    sentence: str


def split(footage: Sequence[Footage], seed: int = 0) -> Split:
    """Hold out about a fifth of every group.

    By recording where a group has two or more with frames; else by time, or photo by photo where they are independent.
    The same footage and seed give the same split, and a group's split does not depend on the other groups.
    """
    sides: list[NDArray[np.int8]] = [np.zeros(len(item), np.int8) for item in footage]
    sentences = []
    same_scene = False
    for group in dict.fromkeys(item.group for item in footage):
        members = [i for i, item in enumerate(footage) if item.group == group and len(item)]
        random = np.random.default_rng([seed, crc32(group.encode())])
        if len(members) > 1:
            sentences.append(_by_recording(group, members, footage, sides, random))
        elif members:
            (only,) = members
            sides[only], text = _within(footage[only], random)
            sentences.append(f"{group}: {text}")
            same_scene |= not footage[only].independent and Side.HELD_OUT in sides[only]
    if same_scene:
        sentences.append(SAME_SCENE)
    return Split(tuple(sides), "\n".join(sentences))


def split_by_lot(footage: Sequence[Footage], seed: int = 0) -> Split:
    """Hold out a fifth of the frames of each recording by lot, neighbours of frames that teach.

    It examines no detector that a station will trust; for one that only helps to label the same recordings, what
    teaches should come from all over them.
    """
    random = [np.random.default_rng([seed, crc32(item.recording.encode())]) for item in footage]
    sides = (
        _by_photo(item, one) if len(item) >= FEWEST else np.zeros(len(item), np.int8)
        for item, one in zip(footage, random, strict=True)
    )
    return Split(tuple(sides), "Of each recording a fifth of the frames held out by lot (seeded).")


def _by_recording(
    group: str,
    members: Sequence[int],
    footage: Sequence[Footage],
    sides: list[NDArray[np.int8]],
    random: np.random.Generator,
) -> str:
    # The longest always teaches: with two recordings of 120 and 3 frames, chance would else leave 3 to learn from.
    longest = max(members, key=lambda i: len(footage[i]))
    others = [i for i in members if i != longest]
    chosen = random.choice(others, size=max(1, round(len(members) * SHARE)), replace=False)
    for i in chosen:
        sides[i][:] = Side.HELD_OUT
    names = ", ".join(sorted(footage[i].recording for i in chosen))
    return f"{group}: {len(chosen)} of {len(members)} recordings held out whole ({names})."


def _within(item: Footage, random: np.random.Generator) -> tuple[NDArray[np.int8], str]:
    if len(item) < FEWEST:
        text = (
            f"one recording with {len(item)} frames, too few to hold any out: nothing examines what is learned of it."
        )
        return np.zeros(len(item), np.int8), text
    if item.independent:
        sides = _by_photo(item, random)
        held_out = int(np.sum(sides == Side.HELD_OUT))
        return sides, f"one recording of independent photos, {held_out} of {len(item)} held out by lot (seeded)."
    sides, gap_s = _by_time(item.times_s)
    held_out, neither = int(np.sum(sides == Side.HELD_OUT)), int(np.sum(sides == Side.NEITHER))
    return sides, (
        f"one recording only, its last {held_out} of {len(item)} frames held out after a gap of {gap_s:.2g} s "
        f"({neither} frames in neither part)."
    )


def _by_photo(item: Footage, random: np.random.Generator) -> NDArray[np.int8]:
    """A fifth of the photos with boxes and a fifth of those without."""
    sides = np.zeros(len(item), np.int8)
    for kind in (item.empty, ~item.empty):
        (photos,) = np.nonzero(kind)
        sides[random.choice(photos, size=round(len(photos) * SHARE), replace=False)] = Side.HELD_OUT
    if not sides.any():
        sides[random.integers(len(item))] = Side.HELD_OUT
    return sides


def _by_time(times_s: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    """Hold out the end, about a fifth of the frames; returns the sides and the gap in seconds.

    Every moment is tried as the start of the end. The best is nearest to a fifth and loses the fewest frames to the
    gap; a start that leaves nothing before the gap does not count.
    """
    times = np.sort(times_s)
    gap_s = min(GAP_S, GAP_SHARE * float(times[-1] - times[0]))
    starts = np.unique(times)[1:]
    if not len(starts):
        # All at one moment: time tells nothing apart, so the order must.
        sides = np.zeros(len(times_s), np.int8)
        sides[-max(1, round(len(times_s) * SHARE)) :] = Side.HELD_OUT
        return sides, 0.0
    teach = np.searchsorted(times, starts - gap_s, "right")
    held_out = len(times) - np.searchsorted(times, starts, "left")
    cost = np.abs(held_out - max(1, round(len(times) * SHARE))) + (len(times) - held_out - teach)
    start = starts[np.argmin(np.where(teach > 0, cost, len(times) * 2))]
    sides = np.where(times_s >= start, Side.HELD_OUT, np.where(times_s <= start - gap_s, Side.TRAIN, Side.NEITHER))
    return sides.astype(np.int8), gap_s
