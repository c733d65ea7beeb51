import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from inspector.boxes import as_boxes, iou
from inspector.learning.augmentation.warp import move, warp
from inspector.preprocess import PAD_GREY

IDENTITY = np.array([[1.0, 0, 0], [0, 1, 0]])


def warped(picture, affine):
    pictures = np.asarray(picture, np.float32)[None]
    return ops.convert_to_numpy(warp(pictures, {"affine": np.asarray(affine, np.float32)[None]}))[0]


def moved(affine, boxes):
    return ops.convert_to_numpy(move(np.asarray(affine, np.float32)[None], as_boxes(boxes)[None]))[0]


def marked(xmin, ymin, xmax, ymax):
    picture = np.zeros((64, 96, 3), np.float32)
    picture[ymin:ymax, xmin:xmax] = 255
    return picture


def about_the_middle(linear, shift=(0, 0)):
    linear, middle = np.asarray(linear, float), np.array([48, 32])
    return np.column_stack([linear, middle - linear @ middle + shift])


def turned(degrees, scale=1.0):
    angle = np.deg2rad(degrees)
    return scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def test_no_change_changes_nothing():
    picture = np.random.default_rng(0).uniform(0, 255, (64, 96, 3))
    assert warped(picture, IDENTITY) == pytest.approx(picture, abs=1e-3)


def test_what_comes_from_outside_is_grey():
    shifted = warped(marked(0, 0, 96, 64), [[1, 0, 10], [0, 1, 0]])
    assert (shifted[:, :10] == PAD_GREY).all()
    assert (shifted[:, 10:] == 255).all()


@settings(max_examples=20)
@given(st.floats(-180, 180), st.floats(0.7, 1.4), st.floats(-15, 15), st.floats(-15, 15))
def test_pictures_move_as_opencv_moves_them(degrees, scale, x, y):
    picture = cv2.GaussianBlur(np.random.default_rng(3).uniform(0, 255, (64, 96, 3)).astype(np.float32), (0, 0), 2)
    affine = about_the_middle(turned(degrees, scale), (x, y))
    between_centres = affine.copy()
    between_centres[:, 2] += affine[:, :2].sum(axis=1) / 2 - 0.5
    wanted = cv2.warpAffine(picture, between_centres, (96, 64), flags=cv2.INTER_LINEAR, borderValue=(PAD_GREY,) * 3)
    # OpenCV rounds where a pixel comes from to the 32nd part of one.
    assert np.abs(warped(picture, affine) - wanted).max() < 6


@pytest.mark.parametrize("linear", [[[-1, 0], [0, 1]], [[-1, 0], [0, -1]], [[1, 0], [0, 1]]])
def test_a_mirrored_picture_lies_exactly_on_its_boxes(linear):
    affine = about_the_middle(linear)
    ys, xs = np.nonzero(warped(marked(0, 20, 16, 30), affine)[..., 0] > 254.9)
    assert moved(affine, [[0, 20, 16, 30]]).tolist() == [[xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]]


def test_the_picture_and_its_boxes_move_together():
    affine = about_the_middle(turned(20, 0.9), (4, -3))
    ys, xs = np.nonzero(warped(marked(40, 20, 56, 30), affine).min(axis=2) > 180)
    seen = as_boxes([[xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]])
    # Round the ellipse inside, the box is a little tighter than round the turned corners.
    assert iou(seen, moved(affine, [[40, 20, 56, 30]]))[0, 0] > 0.65


def test_a_round_thing_keeps_its_size_at_any_angle():
    box = moved(np.column_stack([turned(40), [5, 7]]), [[10, 10, 30, 30]])
    assert (box[:, 2:] - box[:, :2]) == pytest.approx(np.array([[20, 20]]), abs=1e-4)


def test_a_quarter_turn_swaps_the_sides():
    assert moved([[0, -1, 50], [1, 0, 0]], [[10, 20, 16, 40]]).tolist() == [[10, 10, 30, 16]]
