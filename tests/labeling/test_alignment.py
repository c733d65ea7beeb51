"""How a picture, or the workpiece in it, moved."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inspector.frame import Image
from inspector.labeling.alignment import UNMOVED, Matrix, Motion, landmarks, map_points, motion, motions

SIZE = (240, 180)


def speckled(seed: int, width: int, height: int, least: int, most: int) -> Image:
    """A surface that has landmarks."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(least, most, (height // 6, width // 6, 3)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 0, 255).astype(np.uint8)


def turned(degrees: float, dx: float, dy: float) -> Matrix:
    matrix = np.asarray(cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), degrees, 1.0), np.float64)
    matrix[:, 2] += (dx, dy)
    return matrix


def scene(matrix: Matrix, floor: Image) -> Image:
    """A speckled workpiece laid on a floor."""
    piece = speckled(5, 126, 96, 20, 240)
    canvas, mask = np.zeros_like(floor), np.zeros(floor.shape[:2], np.uint8)
    canvas[42:138, 57:183], mask[42:138, 57:183] = piece, 255
    laid = cv2.warpAffine(canvas, matrix, SIZE)
    return np.where(cv2.warpAffine(mask, matrix, SIZE)[..., None] > 127, laid, floor).astype(np.uint8)


def error(found: Motion | None, truth: Matrix) -> float:
    """The farthest that a corner of the workpiece is from where it truly came to lie."""
    assert found is not None
    corners = np.array([[57, 42], [183, 42], [57, 138], [183, 138]], np.float32)
    return float(np.abs(map_points(map_points(corners, truth), found.matrix) - corners).max())


def test_a_workpiece_that_moved_and_turned_is_laid_back() -> None:
    plain = np.full((*SIZE[::-1], 3), 140, np.uint8)
    reference = landmarks(scene(turned(0, 0, 0), plain))
    for truth in (turned(9, 12, -7), turned(-14, -20, 10), turned(0, 25, 0)):
        found = motion(landmarks(scene(truth, plain)), reference, SIZE)
        assert error(found, truth) < 1
        assert found is not None
        assert not found.still


def test_on_a_floor_that_lies_still_it_is_the_workpiece_that_moved() -> None:
    floor = speckled(9, *SIZE, 60, 200)
    truth = turned(8, 14, 6)
    found = motion(landmarks(scene(truth, floor)), landmarks(scene(turned(0, 0, 0), floor)), SIZE)
    assert error(found, truth) < 1.5


def test_a_picture_without_landmarks_is_taken_as_unmoved() -> None:
    plain = np.full((*SIZE[::-1], 3), 140, np.uint8)
    assert motion(landmarks(plain), landmarks(plain), SIZE) is None
    assert motions([plain, plain], reference=0) == [UNMOVED, UNMOVED]


@given(st.floats(-180, 180), st.floats(-50, 50), st.floats(-50, 50))
def test_a_motion_and_its_way_back_cancel(degrees: float, dx: float, dy: float) -> None:
    there = Motion(turned(degrees, dx, dy), 99, still=False)
    points = np.array([[0, 0], [100, 20], [37, 180]], np.float32)
    assert np.allclose(map_points(map_points(points, there.matrix), there.back), points, atol=1e-3)
