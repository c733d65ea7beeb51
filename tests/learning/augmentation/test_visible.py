import numpy as np
import pytest
from keras import ops

from inspector.boxes import as_boxes
from inspector.learning.augmentation.visible import common, judged, rest, share

BOX = as_boxes([[10, 10, 30, 20]])


def test_what_two_boxes_share():
    assert ops.convert_to_numpy(common(BOX, as_boxes([[20, 0, 50, 15]]))).tolist() == [[20, 10, 30, 15]]
    assert ops.convert_to_numpy(share(common(BOX, as_boxes([[20, 0, 50, 15]])), BOX)).tolist() == [0.25]


@pytest.mark.parametrize("far", [[40, 10, 50, 20], [0, 0, 5, 5], [10, 30, 30, 40]])
def test_boxes_apart_share_nothing(far):
    assert ops.convert_to_numpy(share(common(BOX, as_boxes([far])), BOX)).tolist() == [0]


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([0, 0, 15, 40], [15, 10, 30, 20]),  # the left side
        ([25, 10, 40, 20], [10, 10, 25, 20]),  # the right side
        ([5, 5, 35, 12], [10, 12, 30, 20]),  # the top
        ([5, 18, 35, 30], [10, 10, 30, 18]),  # the bottom
        ([5, 5, 20, 15], [10, 10, 30, 20]),  # a corner
        ([15, 0, 20, 40], [10, 10, 30, 20]),  # a gap in the middle
        ([15, 12, 20, 15], [10, 10, 30, 20]),  # a hole
        ([50, 0, 60, 40], [10, 10, 30, 20]),  # nothing of it
    ],
)
def test_what_is_left_of_a_box(taken, left):
    assert ops.convert_to_numpy(rest(BOX, as_boxes([taken]))).tolist() == [left]


def test_a_box_taken_whole_leaves_no_area():
    left = rest(BOX, as_boxes([[5, 5, 35, 25]]))
    assert ops.convert_to_numpy(share(left, BOX)).tolist() == [0]


def test_what_may_be_said_of_a_thing_by_how_much_of_it_is_seen():
    classes = np.array([[2, 2, 2, 2, -2, -2, -1]], np.int32)
    seen = np.array([[1, 0.6, 0.59, 0.05, 0.3, 0.01, 0]], np.float32)
    assert ops.convert_to_numpy(judged(classes, seen)).tolist() == [[2, 2, -2, -1, -2, -1, -1]]
