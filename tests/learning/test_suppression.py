import keras
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import iou
from inspector.learning.suppression import best_apart

# Two pairs that overlap by 9/11, and one alone.
BOXES = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [40, 0, 50, 10], [41, 0, 51, 10], [80, 0, 90, 10]], np.float32)


def chosen(boxes, ranks, candidates=None, most=5, iou_threshold=0.7):
    """Of one picture: the indices that are chosen, without the fillers."""
    candidates = np.ones(len(boxes), bool) if candidates is None else candidates
    given_arrays = [keras.ops.convert_to_tensor(np.asarray(a)[None]) for a in (boxes, ranks, candidates)]
    rows, there = best_apart(*given_arrays, most, iou_threshold)
    assert rows.shape == there.shape == (1, most)
    return keras.ops.convert_to_numpy(rows)[0][keras.ops.convert_to_numpy(there)[0]].tolist()


def one_after_the_other(boxes, ranks, candidates, most, iou_threshold):
    """The definition."""
    kept = []
    for row in np.argsort(-ranks, kind="stable"):
        if candidates[row] and (iou(boxes[[row]], boxes[kept]) <= iou_threshold).all():
            kept.append(int(row))
    return kept[:most]


def test_of_boxes_that_say_the_same_the_best_stays():
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3])) == [2, 4, 1]
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3]), most=2) == [2, 4]
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3]), iou_threshold=0.9) == [2, 3, 4, 1, 0]
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3]), iou_threshold=1) == [2, 3, 4, 1, 0]


def test_what_is_no_candidate_suppresses_nothing():
    candidates = np.array([True, False, False, True, False])
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3]), candidates) == [3, 0]
    assert chosen(BOXES, np.float32([1, 2, 5, 4, 3]), np.zeros(5, bool)) == []


def test_what_was_suppressed_suppresses_nothing():
    # Each overlaps the next by 1/2: the first drops the second, which then cannot drop the third, and so on.
    chain = np.array([[10 * i, 0, 10 * i + 30, 10] for i in range(5)], np.float32)
    assert chosen(chain, np.float32([5, 4, 3, 2, 1]), iou_threshold=0.4) == [0, 2, 4]


def test_each_picture_of_a_batch_by_itself():
    boxes, ranks = np.stack([BOXES, BOXES]), np.float32([[1, 2, 5, 4, 3], [2, 1, 4, 5, 3]])
    rows, there = best_apart(*map(keras.ops.convert_to_tensor, (boxes, ranks, np.ones((2, 5), bool))), 3, 0.7)
    assert keras.ops.convert_to_numpy(there).all()
    assert keras.ops.convert_to_numpy(rows).tolist() == [[2, 4, 1], [3, 4, 0]]


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.3, 0.7]))
def test_it_is_what_asking_one_after_the_other_gives(seed, iou_threshold):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 40, (30, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(5, 40, (30, 2))], axis=1).astype(np.float32)
    ranks, candidates = rng.permutation(30).astype(np.float32), rng.random(30) < 0.8
    expected = one_after_the_other(boxes, ranks, candidates, 12, iou_threshold)
    assert chosen(boxes, ranks, candidates, 12, iou_threshold) == expected
