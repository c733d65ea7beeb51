"""Places that differ, gathered into things: fragments linked, specks dropped."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.labeling.alignment import Matrix, map_points
from inspector.labeling.background import Map

SURE = 1.6
SATURATED = 3.0
LEAST_AREA = 24
LEAST_SHARE = 0.15
TAIL = 0.08
# Smoothing spreads a strong thing outwards: its edge lies where the difference has fallen to about half.
EDGE = 0.5
MOST_EDGE = 6


@dataclass(frozen=True, eq=False)
class Blob:
    """One thing that differs, in pixels of the map that it was found in.

    outline `(n, 2)` float32 points (x, y) on its convex hull; area in pixels that differ; energy the sum of their
    differences in thresholds, each counted up to SATURATED.
    """

    outline: NDArray[np.float32]
    area: int
    energy: float

    @property
    def box(self) -> NDArray[np.float32]:
        """`(4,)` (xmin, ymin, xmax, ymax) round it."""
        return np.concatenate([self.outline.min(axis=0), self.outline.max(axis=0)])

    def mapped(self, matrix: Matrix) -> "Blob":
        """The same thing after a motion. Its outline is mapped, not its box, which would grow as it turns."""
        return replace(self, outline=map_points(self.outline, matrix))

    @property
    def strength(self) -> float:
        """Its mean difference, in thresholds."""
        return self.energy / self.area


def blobs_of(values: Map, gap: int) -> list[Blob]:
    """The things in a map of differences (above 1 differs), strongest first.

    gap: fragments that lie no more than this many pixels apart are one thing: of a transparent part one sees the rim.
    """
    differs = _surely(values)
    labels, count = _linked(differs, gap)
    found = [_blob(values, differs & (labels == i)) for i in range(1, count)]
    things = sorted((blob for blob in found if blob is not None), key=lambda blob: -blob.energy)
    return [blob for blob in things if blob.energy >= LEAST_SHARE * things[0].energy]


def _surely(values: Map) -> NDArray[np.bool_]:
    """Places above 1 that hang together with one above SURE."""
    weak = (values > 1).astype(np.uint8)
    count, labels = cv2.connectedComponents(weak)
    sure = np.zeros(count, bool)
    sure[np.unique(labels[values > SURE])] = True
    sure[0] = False
    return np.asarray(sure[labels], bool)


def _linked(differs: NDArray[np.bool_], gap: int) -> tuple[NDArray[np.int32], int]:
    mask = differs.astype(np.uint8)
    if gap > 0:
        reach = gap // 2 + 1
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        mask = np.asarray(cv2.dilate(mask, disc), np.uint8)
    count, labels = cv2.connectedComponents(mask)
    return np.asarray(labels, np.int32), count


def _blob(values: Map, mask: NDArray[np.bool_]) -> Blob | None:
    if mask.sum() < LEAST_AREA:
        return None
    mask = mask & (values > np.clip(EDGE * np.percentile(values[mask], 60), 1, MOST_EDGE))
    mask &= _core(np.where(mask, np.minimum(values, SATURATED), 0))
    area = int(mask.sum())
    y, x = np.nonzero(mask)
    # The four corners of each pixel: a pixel's far edge is exclusive.
    corners = np.concatenate([np.stack([x + dx, y + dy], axis=1) for dx in (0, 1) for dy in (0, 1)])
    outline = cv2.convexHull(corners.astype(np.float32))[:, 0]
    return Blob(np.asarray(outline, np.float32), area, float(np.minimum(values[mask], SATURATED).sum()))


def _core(energy: Map) -> NDArray[np.bool_]:
    """Where a thing is, without the thin tails at its ends (the line of a shadow at its foot)."""
    keep = np.ones(energy.shape, bool)
    for axis in (0, 1):
        profile = energy.sum(axis=axis)
        solid = np.flatnonzero(profile > TAIL * np.percentile(profile[profile > 0], 90))
        inside = np.zeros(profile.shape, bool)
        inside[solid[0] : solid[-1] + 1] = True
        keep &= inside[None, :] if axis == 0 else inside[:, None]
    return keep
