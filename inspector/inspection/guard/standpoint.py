"""Whether the camera and the fixture stand where they stood when the place was taught. Pure."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.labeling.alignment import Grey, Landmarks, Matrix, landmarks, map_points, motion

LONGER = 320
"""Pixels of the longer side of the pictures that are compared."""
PATCH = 25
REACH, FAR = 16, 48
"""Pixels around its place, to each side, in which a patch is looked for: 5 % of the picture, 15 % where that fails."""
CELLS = (8, 6)
"""(width, height) of the grid that gives one patch a cell, so that a workpiece full of corners does not give all."""
CORNER = 2e-4
"""The least that a patch must differ from itself in every direction, else it could not be found in one place only."""
CONFIDENT = 0.75
"""The correlation from which on a patch is found again; another workpiece in its place gives less."""
STAYED = 0.05
"""Of the correlation: a patch that is nearly as much alike at its old place is there. Grids repeat themselves."""
LEAST, FIRM = 3, 4
"""Patches that must be found, and that there must be."""
GLIMPSED = 2
"""Patches in place that are too few to tell a motion from, and enough to know that the rest is covered: of pictures of
anything else one in a hundred shows a single one where it should be."""
OFTEN = 0.5
"""Of the golden frames that show the place, how many must show a patch where it lies: the workpiece lies elsewhere."""
AGREE = 0.6
"""The share of those that must tell of one motion."""
SAME_PX = 1.5
FAR_LOOKS = 5
"""Pictures in a row without their patches of which one is searched for landmarks, which takes as long as a network."""
SHIFTS = NDArray[np.float32]
"""`(n, 2)` float32 (x, y) in pixels of the picture with LONGER."""


class Standpoint:
    """Places of the ground that can be found again, which lie alike in several views of it and in the golden frames:
    the workpiece was changed and laid elsewhere between them, so that what stayed is no part of it.

    known: there were other views, so that ground and workpiece can be told apart.
    """

    def __init__(self, view: Image, others: Sequence[Image], golden: Sequence[Image] = ()) -> None:
        self.view, self.known = view, bool(others)
        self._grey = _grey(view)
        self._size = (self._grey.shape[1], self._grey.shape[0])
        self._points = _corners(self._grey)
        for other in others:
            stayed = self._stayed(_grey(other))
            if stayed.sum() >= LEAST:
                self._points = self._points[stayed]
        if golden and len(self._points):
            often = np.sum([self._stayed(_grey(image)) for image in golden], axis=0)
            self._points = self._points[often >= max(1, OFTEN * often.max())]
        self._landmarks: Landmarks | None = None
        self._far_in = 0
        self._far_away: float | None = None

    @property
    def firm(self) -> bool:
        """Whether there is enough to tell from."""
        return len(self._points) >= FIRM

    def shares(self, view: Image) -> bool:
        """Whether another view shows the same ground at the same place."""
        return bool(self._stayed(_grey(view)).sum() >= LEAST)

    def moved(self, image: Image) -> float | None:
        """By how much of the longer side the ground lies elsewhere than in the view; None where too little is found.

        A workpiece that lies elsewhere, is missing or is another one does not count: it is no ground.
        """
        grey = _grey(image)
        moved = self._by_patches(grey, REACH)
        if moved is not None:
            self._far_in = 0
            return moved
        if self._far_in == 0:
            self._far_away = self._far(grey)
        self._far_in = (self._far_in + 1) % FAR_LOOKS
        return self._far_away

    def glimpsed(self, image: Image) -> bool:
        """Whether some of the ground lies where it lay, however much of it is covered."""
        return bool(self._stayed(_grey(image)).sum() >= GLIMPSED)

    def _by_patches(self, grey: Grey, reach: int) -> float | None:
        shifts, sure = self._found(grey, reach)
        here, shifts = self._points[sure], shifts[sure]
        there = _in_place(shifts)
        matrix = _agreed(here, shifts)
        # What lies where it lay, and would not if this were the camera's motion, tells that it is the workpiece's.
        if matrix is not None and (there & ~_explained(matrix, here, shifts)).sum() < LEAST:
            return self._reach(matrix)
        return 0.0 if there.sum() >= LEAST else None

    def _stayed(self, grey: Grey) -> NDArray[np.bool_]:
        shifts, sure = self._found(grey, REACH)
        return sure & _in_place(shifts)

    def _found(self, grey: Grey, reach: int) -> tuple[SHIFTS, NDArray[np.bool_]]:
        """Where each patch lies now, against where it lay, and whether it was found."""
        found = [self._look_for(grey, x, y, reach) for x, y in self._points.astype(int)]
        shifts = np.array([shift for shift, _ in found], np.float32).reshape(-1, 2)
        return shifts, np.array([alike >= CONFIDENT for _, alike in found], bool)

    def _look_for(self, grey: Grey, x: int, y: int, reach: int) -> tuple[tuple[int, int], float]:
        half, around = PATCH // 2, PATCH // 2 + reach
        patch = self._grey[y - half : y + half + 1, x - half : x + half + 1]
        left, top = max(0, x - around), max(0, y - around)
        alike = cv2.matchTemplate(grey[top : y + around + 1, left : x + around + 1], patch, cv2.TM_CCOEFF_NORMED)
        x, y = x - half - left, y - half - top
        _, best, _, found = cv2.minMaxLoc(alike)
        if alike[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].max() >= best - STAYED:
            return (0, 0), best
        return (found[0] - x, found[1] - y), best

    def _far(self, grey: Grey) -> float | None:
        """A motion that carries patches farther than they are looked for at first, or turns them."""
        moved = self._by_patches(grey, FAR)
        return self._by_landmarks(grey) if moved is None else moved

    def _by_landmarks(self, grey: Grey) -> float | None:
        if self._landmarks is None:
            self._landmarks = landmarks(_colourless(self._grey))
        found = motion(landmarks(_colourless(grey)), self._landmarks, self._size)
        if found is None:
            return None
        # The workpiece has landmarks too: only a motion that puts the ground back is one of the camera.
        back = cv2.warpAffine(grey, found.matrix, self._size, borderMode=cv2.BORDER_REFLECT)
        stayed = self._stayed(np.asarray(back, np.uint8))[self._within(found.back)]
        return self._reach(found.back) if stayed.sum() >= max(LEAST, len(stayed) / 2) else None

    def _within(self, matrix: Matrix) -> NDArray[np.bool_]:
        """Which patches a motion leaves in the picture."""
        there = map_points(self._points, matrix)
        return np.asarray(((there >= PATCH // 2) & (there < np.array(self._size) - PATCH // 2)).all(axis=1), bool)

    def _reach(self, matrix: Matrix) -> float:
        """How far a motion carries the picture's corners, in the mean."""
        width, height = self._size
        corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
        far = float(np.linalg.norm(map_points(corners, matrix) - corners, axis=1).mean()) / max(self._size)
        # A motion is estimated from points drawn by lot: what rounding leaves of none is none.
        return round(far, 6)


def standpoints(views: Sequence[Image], golden: Sequence[Image] = ()) -> list[Standpoint]:
    """One for each place that some of the views were seen from. golden: frames of any of them."""
    found, left = [], [Standpoint(view, ()) for view in views]
    while left:
        groups = [[other for other in left if other is not one and one.shares(other.view)] for one in left]
        # A view in which the workpiece is all that has corners shares none of them; another one of the same place does.
        most = max(range(len(left)), key=lambda i: len(groups[i]))
        first, same = left[most], groups[most]
        found.append(Standpoint(first.view, [one.view for one in same], golden))
        left = [one for one in left if one is not first and one not in same]
    return [one for one in found if one.firm]


def _in_place(shifts: SHIFTS) -> NDArray[np.bool_]:
    return np.asarray(np.abs(shifts).max(axis=1, initial=0) <= SAME_PX, bool)


def _explained(matrix: Matrix, here: SHIFTS, shifts: SHIFTS) -> NDArray[np.bool_]:
    return np.asarray(np.linalg.norm(map_points(here, matrix) - here - shifts, axis=1) <= SAME_PX, bool)


def _agreed(points: SHIFTS, shifts: SHIFTS) -> Matrix | None:
    """The motion that AGREE of the patches tell of."""
    if len(points) < LEAST:
        return None
    matrix, agree = cv2.estimateAffinePartial2D(points, points + shifts, ransacReprojThreshold=SAME_PX)
    if matrix is None or agree.sum() < max(LEAST, AGREE * len(points)):
        return None
    return np.asarray(matrix, np.float64)


def _corners(grey: Grey) -> SHIFTS:
    """The best corner of each cell that has one, with all of its patch in the picture."""
    height, width = grey.shape
    strength = np.asarray(cv2.cornerMinEigenVal(grey, blockSize=PATCH // 3, ksize=3), np.float32)
    margin = PATCH // 2
    strength[:margin], strength[height - margin :], strength[:, :margin], strength[:, width - margin :] = 0, 0, 0, 0
    xs, ys = (np.linspace(0, side, cells + 1).astype(int) for side, cells in zip((width, height), CELLS, strict=True))
    found: list[tuple[int, int]] = []
    for top, bottom in pairwise(ys):
        for left, right in pairwise(xs):
            _, best, _, (x, y) = cv2.minMaxLoc(strength[top:bottom, left:right])
            x, y = left + x, top + y
            if best > CORNER and all(max(abs(x - x2), abs(y - y2)) > PATCH // 2 for x2, y2 in found):
                found.append((x, y))
    return np.array(found, np.float32).reshape(-1, 2)


def _grey(image: Image) -> Grey:
    scale = LONGER / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def _colourless(grey: Grey) -> Image:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
