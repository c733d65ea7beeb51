import keras
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inspector.boxes import as_boxes
from inspector.learning.matching import match, targets
from inspector.learning.network import DOUBTFUL, NOTHING

# Four anchors by three boxes.
OVERLAPS = np.array([[0.9, 0.1, 0.0], [0.6, 0.2, 0.3], [0.45, 0.0, 0.1], [0.0, 0.3, 0.2]], np.float32)


def matched(overlaps, **thresholds):
    given_overlaps = keras.ops.convert_to_tensor(np.asarray(overlaps, np.float32)[None])
    return keras.ops.convert_to_numpy(match(given_overlaps, **thresholds))[0].tolist()


def test_a_worked_matrix():
    # Anchor 0 is box 0's; anchor 1 too, by threshold, but box 2 has no better one and takes it; anchor 2 lies between
    # the thresholds; anchor 3 overlaps box 1 by 0.3 only, and yet is its best.
    assert matched(OVERLAPS) == [0, 2, -2, 1]


def test_thresholds():
    assert matched(OVERLAPS[:, :1], positive=0.7, negative=0.5) == [0, -2, -1, -1]


def test_no_box_is_all_background():
    assert matched(np.zeros((3, 1))) == [-1, -1, -1]


def test_two_boxes_never_share_their_best_anchor():
    assert matched([[0.8, 0.7], [0.1, 0.2], [0.0, 0.0]]) == [0, 1, -1]


def test_who_loses_its_best_anchor_twice_takes_its_third():
    assert matched([[0.9, 0.0, 0.8], [0.0, 0.9, 0.7], [0.0, 0.0, 0.1]]) == [0, 1, 2]


def test_boxes_that_all_bid_for_the_same_anchor_are_served_one_by_one():
    overlaps = np.outer([0.9, 0.8, 0.7, 0.6, 0.5, 0.0], [0.96, 0.97, 0.98, 0.99, 1.0])
    assert matched(overlaps) == [4, 3, 2, 1, 0, -1]


def test_bidding_for_what_is_no_number_comes_to_an_end():
    assert len(matched(np.full((3, 2), np.nan))) == 3


def test_a_box_that_touches_no_anchor_gets_none():
    assert matched([[0.8, 0.0], [0.1, 0.0]]) == [0, -1]


def test_each_picture_of_a_batch_has_its_own():
    both = np.stack([OVERLAPS, np.zeros_like(OVERLAPS)])
    assert keras.ops.convert_to_numpy(match(keras.ops.convert_to_tensor(both))).tolist() == [[0, 2, -2, 1], [-1] * 4]


@settings(deadline=None)
@given(arrays(np.float32, st.tuples(st.integers(6, 12), st.integers(1, 5)), elements=st.floats(0.015625, 1, width=32)))
def test_every_box_is_learnt_by_some_anchor(overlaps):
    assert set(range(overlaps.shape[1])) <= set(matched(overlaps))


ANCHORS = as_boxes([[0, 0, 10, 10], [10, 0, 20, 10], [20, 0, 30, 10]])


def learned(*rows):
    """Targets of one picture. rows: (box, class)."""
    truth = {
        "boxes": keras.ops.convert_to_tensor(np.array([[box for box, _ in rows]], np.float32)),
        "classes": keras.ops.convert_to_tensor(np.array([[label for _, label in rows]], np.int32)),
    }
    anchors = keras.ops.convert_to_tensor(ANCHORS)
    found = targets(anchors, truth)
    return [keras.ops.convert_to_numpy(part)[0] for part in (found.matched, found.classes, found.deltas(anchors))]


def test_targets_carry_class_and_place():
    places, classes, deltas = learned(((11, 0, 21, 10), 1), ((0, 0, 0, 0), NOTHING))
    assert places.tolist() == [-1, 0, -1]
    assert classes.tolist() == [0, 1, 0]
    np.testing.assert_allclose(deltas, [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], atol=1e-6)


def test_nothing_is_learnt_as_background_where_something_is_half_seen():
    places, _, _ = learned(((22, 0, 30, 6), DOUBTFUL))
    assert places.tolist() == [-1, -1, -2]


def test_a_doubtful_place_takes_no_anchor_from_a_box():
    places, _, _ = learned((ANCHORS[2], 0), (ANCHORS[2], DOUBTFUL))
    assert places.tolist() == [-1, -1, 0]


def test_padding_is_nowhere():
    places, classes, deltas = learned(((0, 0, 0, 0), NOTHING))
    assert places.tolist() == [-1, -1, -1]
    assert not classes.any()
    assert not deltas.any()
