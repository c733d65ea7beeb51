import keras
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import area, as_boxes, intersection, iou
from inspector.learning.overlap import areas, intersections, ious, paired_ious

numbers = st.floats(-50, 50, width=32)
sides = st.floats(1, 60, width=32)
some_boxes = st.lists(
    st.builds(lambda x, y, w, h: [x, y, x + w, y + h], numbers, numbers, sides, sides), min_size=3, max_size=3
).map(as_boxes)


def on_device(function, *boxes):
    return keras.ops.convert_to_numpy(function(*map(keras.ops.convert_to_tensor, boxes)))


@given(some_boxes, some_boxes)
def test_it_says_what_numpy_says(a, b):
    np.testing.assert_allclose(on_device(areas, a), area(a), rtol=1e-5)
    np.testing.assert_allclose(on_device(intersections, a, b), intersection(a, b), rtol=1e-4, atol=1e-3)
    np.testing.assert_allclose(on_device(ious, a, b), iou(a, b), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(on_device(paired_ious, a, b), iou(a, b).diagonal(), rtol=1e-4, atol=1e-6)


def test_boxes_without_area_overlap_nothing():
    assert on_device(ious, np.zeros((1, 4), np.float32), np.zeros((1, 4), np.float32)).tolist() == [[0]]


def test_each_picture_of_a_batch_has_its_own():
    a = np.array([[[0, 0, 2, 2]], [[0, 0, 4, 4]]], np.float32)
    b = np.array([[[0, 0, 2, 4]], [[0, 0, 4, 4]]], np.float32)
    assert on_device(ious, a, b).tolist() == [[[0.5]], [[1.0]]]
