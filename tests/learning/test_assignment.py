"""Worked on a row of four cells of 8 pixels: points at x = 4, 12, 20 and 28, y = 4."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from inspector.learning.anchor_free import cells
from inspector.learning.assignment import Assigned, assign, points_in
from inspector.learning.network import DOUBTFUL, NOTHING

ROW = np.array([[8 * i, 0, 8 * i + 8, 8] for i in range(4)], np.float32)


def assigned(boxes, classes, said, scores, taught=None, squares=ROW, top=13):
    """Of one picture. said `(A, 4)`, scores `(A,)` or `(A, C)`."""
    scores = np.asarray(scores, np.float32).reshape(len(squares), -1)
    truth = {
        "boxes": np.asarray(boxes, np.float32).reshape(1, -1, 4),
        "classes": np.asarray(classes, np.int32)[None],
        "taught": np.array([taught or [True] * scores.shape[1]]),
    }
    found = assign(squares, scores[None], np.asarray(said, np.float32)[None], truth, top)
    return Assigned(*(ops.convert_to_numpy(value)[0] for value in found))


def test_what_finds_and_places_best_learns_most():
    # Two points lie in the box. The first has the box right by half (8 of 16), the second wholly; scores 0.2 and 0.1.
    box = [0, 0, 16, 8]
    found = assigned([box], [0], [[0, 0, 8, 8], box, box, box], [0.2, 0.1, 0.9, 0.9])
    assert found.matched.tolist() == [0, 0, -1, -1]
    assert found.classes.tolist() == [0, 0, 0, 0]
    assert found.boxes[:2].tolist() == [box, box]
    # Alignments 0.2 / 64 and 0.1, scaled so that the higher one is the best overlap, 1.
    assert found.quality == pytest.approx([0.2 / 64 / 0.1, 1, 0, 0])


def test_the_best_overlap_bounds_the_quality():
    box = [0, 0, 16, 8]
    found = assigned([box], [0], [[0, 0, 8, 8], [0, 0, 12, 8], box, box], [0.2, 0.2, 0.9, 0.9])
    # Overlaps 1/2 and 3/4: alignments as (1/2)^6 to (3/4)^6.
    assert found.quality == pytest.approx([0.75 * (2 / 3) ** 6, 0.75, 0, 0])


def test_only_the_top_points_of_a_box_learn_it():
    box = [0, 0, 32, 8]
    said = [[0, 0, 8 * n, 8] for n in (1, 4, 3, 2)]
    assert assigned([box], [0], said, [0.5] * 4, top=2).matched.tolist() == [-1, 0, 0, -1]
    assert assigned([box], [0], said, [0.5] * 4).matched.tolist() == [0, 0, 0, 0]


def test_a_point_of_two_boxes_goes_to_the_larger_overlap():
    # Both boxes hold the points 1 and 2. The box of point 1 overlaps the first by 2/3 and the second by 1/4; it scores
    # the second label higher, and yet learns the first; each box's best is another point.
    boxes = [[0, 0, 24, 8], [8, 0, 32, 8]]
    said = [boxes[0], [0, 0, 16, 8], boxes[1], boxes[1]]
    scores = [[0.5, 0.1], [0.1, 0.9], [0.1, 0.5], [0.1, 0.5]]
    found = assigned(boxes, [0, 1], said, scores)
    assert found.matched.tolist() == [0, 0, 1, 1]
    assert found.classes.tolist() == [0, 0, 1, 1]


def test_the_best_point_of_a_box_stays_its_own():
    # The second box has one point in it, the first four: the only one is not taken, though it overlaps the first more.
    boxes = [[0, 0, 32, 8], [8, 0, 16, 8]]
    said = [[0, 0, 30, 8], [0, 0, 28, 8], [0, 0, 32, 8], [0, 0, 32, 8]]
    assert assigned(boxes, [0, 0], said, [0.5] * 4).matched.tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize("box", [[5, 5, 8, 7], [14, 1, 16, 3], [7, 0, 9, 8], [13, 5, 14, 6]])
def test_a_box_between_the_points_learns_from_the_nearest(box):
    nearest = abs(ROW[:, 0] + 4 - (box[0] + box[2]) / 2).argmin()
    found = assigned([box], [0], ROW, [0.01] * 4)
    assert np.flatnonzero(found.matched == 0).tolist() == [nearest]
    assert found.quality[nearest] > 0


def test_the_nearest_is_one_of_the_finest_points():
    squares = cells((8, 16), (32, 32))
    inside = ops.convert_to_numpy(points_in(squares, np.array([[[14.5, 14.5, 15.5, 15.5]]], np.float32)))[0, :, 0]
    assert squares[inside].tolist() == [[8, 8, 16, 16]]  # its point is (12, 12); the coarse one at (8, 8) is farther
    inside = ops.convert_to_numpy(points_in(squares, np.array([[[7, 7, 8, 8]]], np.float32)))[0, :, 0]
    assert (squares[inside][:, 2] - squares[inside][:, 0]).tolist() == [8]


def test_an_empty_picture_is_all_background():
    found = assigned([[0, 0, 0, 0]] * 2, [NOTHING, NOTHING], ROW, [0.9] * 4)
    assert found.matched.tolist() == [-1] * 4
    assert found.quality.tolist() == [0] * 4


def test_points_where_something_is_doubtful_say_nothing():
    found = assigned([[0, 0, 16, 8]], [DOUBTFUL], ROW, [0.9] * 4)
    assert found.matched.tolist() == [-2, -2, -1, -1]
    both = assigned([[0, 0, 16, 8], [0, 0, 8, 8]], [DOUBTFUL, 0], ROW, [0.9] * 4)
    assert both.matched.tolist() == [1, -2, -1, -1]
    between = assigned([[13, 5, 14, 6]], [DOUBTFUL], ROW, [0.9] * 4)
    assert between.matched.tolist() == [-1, -2, -1, -1]


def test_a_box_of_a_label_that_is_not_taught_is_none():
    boxes, scores = [[0, 0, 8, 8], [8, 0, 16, 8]], [[0.5, 0.5]] * 4
    assert assigned(boxes, [0, 1], ROW, scores, [True, False]).matched.tolist() == [0, -1, -1, -1]


def test_no_score_and_no_overlap_still_make_a_best_point():
    found = assigned([[0, 0, 16, 8]], [0], [[40, 40, 48, 48]] * 4, [0.0] * 4)
    assert (found.matched[:2] == 0).all()
    assert np.isfinite(found.quality).all()


def test_no_gradient_flows_through_it():
    import tensorflow as tf

    boxes, scores = tf.Variable(ROW[None]), tf.Variable(np.full((1, 4, 1), 0.5, np.float32))
    truth = {"boxes": ROW[None, :1], "classes": np.zeros((1, 1), np.int32), "taught": np.ones((1, 1), bool)}
    with tf.GradientTape() as tape:
        total = ops.sum(assign(ROW, scores, boxes, truth).quality)
    assert tape.gradient(total, [boxes, scores]) == [None, None]


BOXES = st.lists(st.tuples(*[st.integers(0, 60)] * 2, *[st.integers(1, 40)] * 2), min_size=1, max_size=6)


@settings(deadline=None, max_examples=20)
@given(BOXES, st.integers(0, 999))
def test_every_box_gets_a_point(shapes, seed):
    rng = np.random.default_rng(seed)
    squares = cells((8, 16), (64, 64))
    boxes = np.zeros((6, 4), np.float32)
    boxes[: len(shapes)] = [[x, y, min(x + w, 64), min(y + h, 64)] for x, y, w, h in shapes]
    classes = np.full(6, NOTHING)
    classes[: len(shapes)] = 0
    corners = rng.uniform(0, 64, (len(squares), 2))
    said = np.concatenate([corners, corners + rng.uniform(1, 40, (len(squares), 2))], axis=1)
    found = assigned(boxes, classes, said, rng.uniform(size=len(squares)), squares=squares)
    inside = ops.convert_to_numpy(points_in(squares, boxes[None]))[0]
    for number in range(len(shapes)):
        mine = found.matched == number
        # With as many points in it as there are boxes, none can be wanting; with fewer, another may have had them all.
        if inside[:, number].sum() >= len(shapes):
            assert mine.any()
        assert inside[mine, number].all()
        if mine.any():
            assert found.quality[mine].max() <= 1
    assert (found.quality[found.matched < 0] == 0).all()
    assert set(found.matched.tolist()) <= {-1, *range(len(shapes))}


def test_each_picture_of_a_batch_by_itself_and_in_a_compiled_step():
    truth = {
        "boxes": np.stack([ROW[:2], ROW[2:]]),
        "classes": np.array([[0, NOTHING], [0, DOUBTFUL]], np.int32),
        "taught": np.ones((2, 1), bool),
    }
    said, scores = np.stack([ROW, ROW]), np.full((2, 4, 1), 0.5, np.float32)

    class Step(keras.Model):
        def call(self, batch):
            return assign(ROW, batch["scores"], batch["boxes"], truth).matched

    matched = Step().predict_on_batch({"scores": scores, "boxes": said})
    assert matched.tolist() == [[0, -1, -1, -1], [-1, -1, 0, -2]]
