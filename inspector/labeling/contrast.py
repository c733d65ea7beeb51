"""How strongly each place of a positive picture differs from every negative one, in registered coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.labeling.alignment import IDENTITY, Motion, motions
from inspector.labeling.background import Look, Map, Reference, covered, difference, look_of, reference, warp

SIDE = 400
REFERENCES = 8
# No camera and codec measured stayed below this; three quarters of a step in 20 is the least that a person sees.
LEAST_CONTRAST = 0.045
LEAST_OUTSIDE = 0.005
LIES_STILL = 0.95


@dataclass(frozen=True, eq=False)
class Contrast:
    """Positive pictures against negative ones, at working scale.

    maps: per positive picture `(H, W)` float32, in units of the threshold: above 1 differs, 0 where nothing compares.
    motions: how each positive picture lies on the common reference, in working pixels.
    scale: working pixels per pixel of the frame. noise: what negative pictures differ among themselves, in log ratio.
    threshold: the log ratio that counts as 1. explained: the share of the negative pictures' edges that a usual
        positive picture shows too, in [0, 1]; 1 where they have none.
    """

    maps: tuple[Map, ...]
    motions: tuple[Motion, ...]
    scale: float
    noise: float
    threshold: float
    explained: tuple[float, ...]
    pictures: tuple[Image, ...]

    def registered(self, index: int) -> Map:
        """One picture's map in the coordinates of the reference, NaN where the picture does not reach."""
        matrix = self.motions[index].matrix
        if matrix is IDENTITY:
            return self.maps[index]
        seen = covered((self.maps[index].shape[0], self.maps[index].shape[1]), matrix)
        return np.where(seen, warp(self.maps[index], matrix), np.float32(np.nan))


@dataclass(frozen=True, eq=False)
class _Negatives:
    """The negative pictures as they lie, and laid on the reference; each may explain a place. None is not used."""

    still: list[Reference] | None
    moved: list[Reference] | None

    @classmethod
    def of(cls, looks: Sequence[Look], moves: Sequence[Motion], still: bool, moved: bool) -> Self:
        return cls(
            [reference(look) for look in looks] if still else None,
            [reference(look, move.matrix) for look, move in zip(looks, moves, strict=True)] if moved else None,
        )

    def without(self, index: int) -> "_Negatives":
        """All but one, to compare that one with."""
        drop = [None if bank is None else bank[:index] + bank[index + 1 :] for bank in (self.still, self.moved)]
        return _Negatives(*drop)

    def against(self, look: Look, move: Motion) -> Map:
        """The least difference that any negative picture leaves; 0 where none shows the place."""
        best = np.full(look.shape[:2], np.inf, np.float32)
        if self.still is not None:
            best = difference(look, self.still)
        if self.moved is not None:
            there = difference(warp(look, move.matrix), self.moved)
            shown = np.isfinite(there).astype(np.float32)
            back = warp(np.where(shown > 0, there, 0), move.back)
            known = (warp(shown, move.back) > 0.99) & covered((look.shape[0], look.shape[1]), move.back)
            np.minimum(best, back, out=best, where=known)
        return np.where(np.isfinite(best), best, 0)


def contrast(positive: Sequence[Image], negative: Sequence[Image]) -> Contrast:
    """Compare positive pictures with negative ones, all of one size.

    Two explanations are tried for each place: the picture as it lies (a fixed scene), and the picture laid on the
    reference by the motion of its workpiece; what neither explains differs.
    """
    scale = min(1.0, SIDE / max(positive[0].shape[:2]))
    negative = [negative[i] for i in _spread(len(negative), REFERENCES * 2)]
    small = [_shrink(image, scale) for image in [*positive, *negative]]
    moves = motions(small, reference=len(positive) + len(negative) // 2)
    looks = [look_of(image) for image in small]
    n = len(positive)
    kept = [n + i for i in _spread(len(negative), REFERENCES)]
    empty, turned = [looks[i] for i in kept], [moves[i] for i in kept]
    still = sum(move.still for move in moves) * 2 > len(moves) or _lies_still(empty, turned)
    moved = sum(move.support > 0 for move in moves) * 2 > len(moves)
    known = _Negatives.of(empty, turned, still, moved)
    noise = _noise(known, empty, turned)
    threshold = max(LEAST_CONTRAST, 2 * noise)
    maps = [known.against(look, move) for look, move in zip(looks[:n], moves[:n], strict=True)]
    # A picture in a light of its own differs a little everywhere; half of a picture is never the component.
    levels = [max(threshold, 3 * float(np.median(one))) for one in maps]
    scaled = tuple(one / np.float32(level) for one, level in zip(maps, levels, strict=True))
    compared = Contrast(scaled, tuple(moves[:n]), scale, noise, threshold, (1.0,) * n, tuple(small[:n]))
    edges = _edges(looks[n + len(negative) // 2])
    if not edges.any():
        return compared
    return replace(compared, explained=tuple(_explained(compared.registered(i), edges) for i in range(n)))


def _noise(known: _Negatives, looks: Sequence[Look], moves: Sequence[Motion]) -> float:
    """What a negative picture differs from the other negative ones, in nearly all of its places."""
    if len(looks) < 2:
        return 0.0
    left = [known.without(i).against(looks[i], moves[i]) for i in range(len(looks))]
    return float(np.median([np.percentile(one, 95) for one in left]))


def _lies_still(looks: Sequence[Look], moves: Sequence[Motion]) -> bool:
    """Whether negative pictures explain each other as they lie, where their workpiece's motion leads out of them."""
    known = _Negatives.of(looks, moves, still=True, moved=False)
    shares = []
    for index, look in enumerate(looks):
        outside = ~covered((look.shape[0], look.shape[1]), moves[index].back)
        if outside.mean() > LEAST_OUTSIDE and len(looks) > 1:
            shares.append(float(np.mean(known.without(index).against(look, moves[index])[outside] < LEAST_CONTRAST)))
    return bool(shares) and float(np.median(shares)) > LIES_STILL


def _edges(look: Look) -> NDArray[np.bool_]:
    """`(H, W)` the clearest edges of a picture, none where it is blank."""
    across = cv2.Sobel(look[..., 0], cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Sobel(look[..., 0], cv2.CV_32F, 0, 1, scale=0.25)
    strength = np.hypot(across, down)
    return np.asarray(strength > max(LEAST_CONTRAST, np.percentile(strength, 90)), bool)


def _explained(registered: Map, edges: NDArray[np.bool_]) -> float:
    there = registered[edges]
    there = there[~np.isnan(there)]
    return float(np.mean(there < 1)) if len(there) else 0.0


def _spread(count: int, most: int) -> list[int]:
    """Up to `most` indices of `count`, evenly spread, first and last among them."""
    return sorted({round(i) for i in np.linspace(0, count - 1, min(count, most)).tolist()})


def _shrink(image: Image, scale: float) -> Image:
    return (
        image
        if scale == 1
        else np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    )
