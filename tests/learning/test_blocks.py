import keras
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import iou
from inspector.learning.blocks import BLOCK, first_apart


def kept(boxes, free, most, threshold=0.5):
    most = np.array(most, np.int32)[:, None]
    return keras.ops.convert_to_numpy(first_apart(np.asarray(boxes, np.float32), np.asarray(free), most, threshold))


def one_after_the_other(boxes, free, threshold):
    stay = np.zeros(len(boxes), bool)
    overlaps = iou(boxes, boxes)
    for i in np.flatnonzero(free):
        stay[i] = not (overlaps[i, stay] > threshold).any()
    return stay


def test_a_dropped_box_drops_none():
    # The second overlaps the first by 7/13, the third the second by 7/13, the third the first by 4/16 only.
    row = [[0, 0, 10, 10], [3, 0, 13, 10], [6, 0, 16, 10]]
    assert kept([row], [[True] * 3], [3]).tolist() == [[True, False, True]]
    assert kept([row], [[False, True, True]], [3]).tolist() == [[False, True, False]]


def test_an_overlap_of_just_the_threshold_stays():
    row = [[0, 0, 10, 10], [0, 0, 10, 5]]
    assert kept([row], [[True] * 2], [2]).tolist() == [[True, True]]
    assert kept([row], [[True] * 2], [2], 0.49).tolist() == [[True, False]]


def test_it_stops_when_each_picture_has_enough():
    apart = np.array([[20 * i, 0, 20 * i + 10, 10] for i in range(3 * BLOCK)], np.float32)
    some = np.zeros(3 * BLOCK, bool)
    some[-2:] = True
    found = kept([apart, apart], [np.ones(3 * BLOCK, bool), some], [BLOCK + 1, 1]).sum(axis=1)
    assert found[0] >= BLOCK + 1
    assert found[1] == 2
    assert kept([apart], [np.ones(3 * BLOCK, bool)], [2]).sum() == BLOCK
    assert kept([apart], [np.ones(3 * BLOCK, bool)], [0]).sum() == 0


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from([5, BLOCK, 2 * BLOCK + 20]), st.sampled_from([0.0, 0.3, 0.7]))
def test_the_same_as_one_after_the_other(seed, count, threshold):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 60, (2, count, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(0, 30, (2, count, 2))], axis=-1).astype(np.float32)
    free = rng.uniform(size=(2, count)) < 0.8
    expected = [one_after_the_other(b, f, threshold) for b, f in zip(boxes, free, strict=True)]
    assert (kept(boxes, free, [count, count], threshold) == expected).all()
