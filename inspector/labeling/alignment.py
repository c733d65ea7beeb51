"""How a workpiece, or the whole picture, moved between two frames."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""`(2, 3)` float64: a frame's (x, y, 1) to the reference's (x, y), in pixels."""

IDENTITY: Matrix = np.eye(2, 3)
IDENTITY.flags.writeable = False

LANDMARKS = 800
RATIO = 0.8
TOLERANCE = 3.0
LEAST_SUPPORT = 12
STILL = 1.5


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Places of a picture that can be found again. points `(n, 2)` float32 in pixels; marks `(n, 128)` float32."""

    points: NDArray[np.float32]
    marks: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Motion:
    """How a frame lies on the reference.

    support: the landmarks that agree; 0 where it was taken as unmoved for want of them. still: whether the picture
    round the workpiece, or all of it, lies where it lay.
    """

    matrix: Matrix
    support: int
    still: bool

    @property
    def back(self) -> Matrix:
        """From the reference to the frame."""
        return np.asarray(cv2.invertAffineTransform(self.matrix), np.float64)


UNMOVED = Motion(IDENTITY, 0, True)


def landmarks(image: Image) -> Landmarks:
    """SIFT landmarks of a picture, after evening out its light.

    Source: Lowe 2004; root normalisation of Arandjelovic and Zisserman 2012, which matches better at no cost.
    """
    grey = cv2.createCLAHE(2.0, (6, 6)).apply(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    finder = cv2.SIFT.create(nfeatures=LANDMARKS, contrastThreshold=0.02)
    keypoints, marks = finder.detectAndCompute(grey, None)
    if len(keypoints) < 2:
        return Landmarks(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32))
    norm = np.maximum(marks.sum(axis=1, keepdims=True), 1e-6)
    return Landmarks(np.array([k.pt for k in keypoints], np.float32), np.sqrt(marks / norm))


def motion(frame: Landmarks, reference: Landmarks, size: tuple[int, int]) -> Motion | None:
    """How the frame's workpiece lies on the reference's: turned, moved and scaled alike in x and y.

    A fixed background and a workpiece that moved on it give two motions. Whatever moved, with enough landmarks that
    agree, is the workpiece. size: (width, height) of both in pixels. Returns: None where no motion has support.
    """
    here, there = _matches(frame, reference)
    first = _consensus(here, there)
    if first is None:
        return None
    matrix, agree = first
    if _reach(matrix, size) > STILL:
        return Motion(matrix, int(agree.sum()), still=False)
    second = _consensus(here[~agree], there[~agree])
    if second is not None and second[1].mean() > 0.5 and _reach(second[0], size) > STILL:
        return Motion(second[0], int(second[1].sum()), still=True)
    return Motion(matrix, int(agree.sum()), still=True)


def motions(images: Sequence[Image], reference: int) -> list[Motion]:
    """How each picture lies on the reference, all of one size; those without support are taken as unmoved."""
    marks = [landmarks(image) for image in images]
    size = images[0].shape[1], images[0].shape[0]
    return [motion(mark, marks[reference], size) or UNMOVED for mark in marks]


def map_points(points: NDArray[np.float32], matrix: Matrix) -> NDArray[np.float32]:
    """`(n, 2)` points, mapped."""
    return (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def _matches(frame: Landmarks, reference: Landmarks) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points `(m, 2)` here and there whose nearest mark is clearly nearer than the second nearest."""
    if len(frame.points) < 2 or len(reference.points) < 2:
        return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(frame.marks, reference.marks, k=2)
    good = [best for best, second in pairs if best.distance < RATIO * second.distance]
    here = frame.points[[match.queryIdx for match in good]]
    return here, reference.points[[match.trainIdx for match in good]]


def _consensus(here: NDArray[np.float32], there: NDArray[np.float32]) -> tuple[Matrix, NDArray[np.bool_]] | None:
    """The motion that most matches agree on, and which do; None where fewer than LEAST_SUPPORT do."""
    if len(here) < LEAST_SUPPORT:
        return None
    matrix, agree = cv2.estimateAffinePartial2D(here, there, ransacReprojThreshold=TOLERANCE, maxIters=5000)
    if matrix is None or agree.sum() < LEAST_SUPPORT or not 0.7 < np.hypot(*matrix[:, 0]) < 1.4:
        return None
    return np.asarray(matrix, np.float64), np.asarray(agree.ravel() > 0, bool)


def _reach(matrix: Matrix, size: tuple[int, int]) -> float:
    """The farthest that the motion carries a corner of the picture, in pixels."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float32)
    return float(np.linalg.norm(map_points(corners, matrix) - corners, axis=1).max())
