import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import as_boxes, iou
from inspector.learning.anchors import (
    MOST_SIZES,
    Decode,
    Level,
    decode,
    encode,
    lay_out,
    plan,
    shape_iou,
    stride_for,
    typical_sizes,
)


def box(x: float, y: float, width: float, height: float) -> list[float]:
    return [x, y, x + width, y + height]


numbers = st.floats(0, 300, width=32)
sizes = st.floats(4, 300, width=32)
some_boxes = st.lists(st.builds(box, numbers, numbers, sizes, sizes), min_size=1, max_size=8).map(as_boxes)


@settings(deadline=None)
@given(some_boxes, st.builds(box, numbers, numbers, sizes, sizes))
def test_decode_undoes_encode(boxes, anchor):
    anchors = np.repeat(as_boxes([anchor]), len(boxes), axis=0)
    deltas = encode(keras.ops.convert_to_tensor(boxes), keras.ops.convert_to_tensor(anchors))
    back = keras.ops.convert_to_numpy(decode(deltas, anchors))
    assert back == pytest.approx(boxes, abs=0.05)


def test_encode_a_worked_box():
    # 10 right of and 5 above a 100x50 anchor, twice as wide: 10/100/0.1, -5/50/0.1, ln 2/0.2, ln 1/0.2.
    anchors, boxes = as_boxes([[0, 0, 100, 50]]), as_boxes([[-40, -5, 160, 45]])
    deltas = keras.ops.convert_to_numpy(encode(boxes, anchors))
    assert deltas[0] == pytest.approx([1.0, -1.0, np.log(2) / 0.2, 0.0], abs=1e-5)


def test_anchors_stand_in_the_middle_of_each_cell_row_by_row():
    anchors = lay_out([Level(16, ((10, 20), (4, 4)))], (32, 16))
    assert anchors.tolist() == [[3, -2, 13, 18], [6, 6, 10, 10], [19, -2, 29, 18], [22, 6, 26, 10]]


def test_levels_follow_one_another():
    assert len(lay_out([Level(8, ((9, 9),)), Level(16, ((40, 40), (80, 20)))], (64, 32))) == 8 * 4 + 4 * 2 * 2


@pytest.mark.parametrize(("size", "stride"), [(12, 8), (36, 8), (70, 8), (110, 16), (150, 32), (300, 32)])
def test_a_small_box_has_fine_cells_and_a_large_one_coarse_cells(size, stride):
    assert stride_for(size, size) == stride


def test_a_thin_strip_has_fine_cells():
    assert stride_for(200, 14) == 8


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(12, 300), st.floats(12, 300)), min_size=1, max_size=40))
def test_sizes_are_few_and_always_the_same(shapes):
    given_shapes = np.array(shapes)
    assert len(typical_sizes(given_shapes)) <= MOST_SIZES
    assert (typical_sizes(given_shapes) == typical_sizes(given_shapes)).all()


def test_one_size_for_boxes_that_are_alike():
    assert typical_sizes(np.array([[36, 34], [38, 36], [34, 38]])) == pytest.approx(np.array([[36, 36]]), abs=1)


@pytest.mark.parametrize(("size", "least"), [(12, 0.25), (20, 0.45), (45, 0.5), (90, 0.5), (180, 0.5), (300, 0.5)])
def test_every_size_of_box_finds_an_anchor_near_wherever_it_lies(size, least):
    # A mixed set from 12 to 300 pixels; the box lies as far from the cells' centres as it can.
    every = np.array([[s, s] for s in (12, 20, 45, 90, 180, 300)])
    anchors = lay_out(plan([every]), (320, 320))
    middle = 160 - size / 2
    assert iou(anchors, as_boxes([[middle, middle, middle + size, middle + size]])).max() > least


def test_many_small_screws_leave_room_for_a_few_long_strips():
    screws = np.random.default_rng(0).uniform(12, 20, (400, 2))
    strips = np.array([[54, 19], [17, 62], [36, 51], [46, 42]] * 3)
    sizes = np.array([size for level in plan([screws, strips]) for size in level.sizes])
    assert shape_iou(strips, sizes).max(axis=1).min() > 0.7
    assert shape_iou(screws, sizes).max(axis=1).min() > 0.5


def test_components_of_one_shape_share_its_anchor():
    assert plan([np.array([[30, 30]] * 5), np.array([[31, 29]] * 5)]) == (Level(8, ((30.0, 30.0),)),)


def test_without_boxes_there_are_still_anchors():
    assert plan([]) == plan([np.zeros((0, 2))])
    assert shape_iou(np.array([[40, 40]]), np.array([s for level in plan([]) for s in level.sizes])).max() > 0.5


def test_decode_layer_cuts_to_the_input_and_survives_its_config():
    levels = (Level(8, ((12.0, 16.0),)),)
    layer = Decode(levels, (32, 16))
    twin = Decode.from_config(layer.get_config())
    deltas = np.random.default_rng(0).normal(0, 3, (2, 8, 4)).astype(np.float32)
    boxes, again = (keras.ops.convert_to_numpy(one(deltas)) for one in (layer, twin))
    assert (twin.levels, twin.input_size) == (levels, (32, 16))
    assert (boxes == again).all()
    assert boxes.min() >= 0
    assert boxes[..., 0::2].max() <= 32
    assert boxes[..., 1::2].max() <= 16
