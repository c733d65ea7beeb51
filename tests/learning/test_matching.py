import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inspector.boxes import EMPTY, as_boxes
from inspector.learning.matching import match, targets

# Four anchors by three boxes.
OVERLAPS = np.array([[0.9, 0.1, 0.0], [0.6, 0.2, 0.3], [0.45, 0.0, 0.1], [0.0, 0.3, 0.2]], np.float32)


def test_a_worked_matrix():
    # Anchor 0 is box 0's; anchor 1 too, by threshold, but box 2 has no better one and takes it; anchor 2 lies between
    # the thresholds; anchor 3 overlaps box 1 by 0.3 only, and yet is its best.
    assert match(OVERLAPS).tolist() == [0, 2, -2, 1]


def test_thresholds():
    assert match(OVERLAPS[:, :1], positive=0.7, negative=0.5).tolist() == [0, -2, -1, -1]


def test_no_box_is_all_background():
    assert match(np.zeros((3, 0), np.float32)).tolist() == [-1, -1, -1]


def test_two_boxes_never_share_their_best_anchor():
    assert sorted(match(np.array([[0.8, 0.7], [0.1, 0.2], [0.0, 0.0]], np.float32)).tolist()) == [-1, 0, 1]


def test_a_box_that_touches_no_anchor_gets_none():
    assert match(np.array([[0.8, 0.0], [0.1, 0.0]], np.float32)).tolist() == [0, -1]


@settings(deadline=None)
@given(arrays(np.float32, st.tuples(st.integers(6, 12), st.integers(1, 5)), elements=st.floats(0.015625, 1, width=32)))
def test_every_box_is_learnt_by_some_anchor(overlaps):
    assert set(range(overlaps.shape[1])) <= set(match(overlaps).tolist())


ANCHORS = as_boxes([[0, 0, 10, 10], [10, 0, 20, 10], [20, 0, 30, 10]])


def test_targets_carry_class_and_place():
    learned = targets(ANCHORS, as_boxes([[11, 0, 21, 10]]), np.array([1], np.int32))
    assert learned.matched.tolist() == [-1, 0, -1]
    assert learned.classes.tolist() == [0, 1, 0]
    np.testing.assert_allclose(learned.deltas, [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], atol=1e-6)


def test_nothing_is_learnt_as_background_where_something_is_half_seen():
    doubtful = as_boxes([[22, 0, 30, 6]])
    learned = targets(ANCHORS, EMPTY, np.zeros(0, np.int32), doubtful)
    assert learned.matched.tolist() == [-1, -1, -2]


def test_a_doubtful_place_takes_no_anchor_from_a_box():
    learned = targets(ANCHORS, ANCHORS[2:], np.zeros(1, np.int32), ANCHORS[2:])
    assert learned.matched.tolist() == [-1, -1, 0]
