import keras
import numpy as np
import pytest

from inspector.learning.balance import balanced, each_picture_alike, quota, shuffled


def taken(positives, negatives, size, fraction):
    found = quota(*(keras.ops.convert_to_tensor(np.int32(n)) for n in (positives, negatives)), size, fraction)
    return tuple(int(count) for count in found)


@pytest.mark.parametrize(
    ("positives", "negatives", "size", "fraction", "expected"),
    [
        (0, 400, 64, 0.25, (0, 64)),
        (100, 300, 64, 0.25, (16, 48)),
        (5, 395, 64, 0.25, (5, 59)),
        # Negatives fill missing positives, never the reverse.
        (390, 10, 64, 0.25, (16, 10)),
        (5, 395, None, 0.25, (5, 15)),
        (0, 400, None, 0.25, (0, 0)),
        (200, 4000, 256, 0.5, (128, 128)),
        (3, 4000, 256, 0.5, (3, 253)),
    ],
)
def test_the_worked_vectors(positives, negatives, size, fraction, expected):
    assert taken(positives, negatives, size, fraction) == expected
    matched = np.array([7] * positives + [-1] * negatives + [-2] * 20, np.int32)
    draws = np.random.default_rng(0).permutation(len(matched)).astype(np.int32)
    mask = draw(matched, draws, size, fraction)
    assert ((mask & (matched >= 0)).sum(), (mask & (matched == -1)).sum()) == expected
    assert not mask[matched == -2].any()


def draw(matched, draws, size, fraction):
    given = (keras.ops.convert_to_tensor(a[None]) for a in (matched, draws))
    return keras.ops.convert_to_numpy(balanced(*given, size, fraction))[0]


def test_those_drawn_first_are_taken():
    matched = np.array([0, 0, 0, -1, -1, -1, -2], np.int32)
    draws = np.array([4, 2, 6, 3, 5, 1, 0], np.int32)
    assert draw(matched, draws, 4, 0.5).tolist() == [True, True, False, True, False, True, False]


def test_pictures_are_drawn_from_apart():
    matched, draws = np.array([[0, -1, -1], [-1, -1, -1]], np.int32), np.array([[0, 1, 2], [2, 1, 0]], np.int32)
    mask = balanced(keras.ops.convert_to_tensor(matched), keras.ops.convert_to_tensor(draws), 2, 0.5)
    assert keras.ops.convert_to_numpy(mask).tolist() == [[True, True, False], [False, True, True]]


def test_each_picture_weighs_alike_and_one_without_examples_nothing():
    teaching = keras.ops.convert_to_tensor(np.array([[True] * 4, [True, False, False, False], [False] * 4]))
    weights = keras.ops.convert_to_numpy(each_picture_alike(teaching))
    assert weights == pytest.approx(np.array([[1 / 12] * 4, [1 / 3, 0, 0, 0], [0] * 4]))


def orders(pictures, count=50):
    return keras.ops.convert_to_numpy(shuffled(keras.ops.convert_to_tensor(pictures), count))


def test_the_same_picture_gives_the_same_order_wherever_it_stands():
    pictures = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 3)).astype(np.uint8)
    found = orders(pictures)
    assert all(sorted(order) == list(range(50)) for order in found.tolist())
    assert (found[::-1] == orders(pictures[::-1])).all()
    assert not (found[0] == found[1]).all()


def test_one_pixel_changes_the_order():
    pictures = np.full((2, 8, 8, 3), 255, np.uint8)
    pictures[1, 3, 4, 2] -= 1
    one, other = orders(pictures)
    assert (one != other).mean() > 0.9


def test_a_large_picture_is_no_sum_that_runs_over():
    (order,) = orders(np.full((1, 4000, 3000, 3), 255, np.uint8), 7)
    assert sorted(order.tolist()) == list(range(7))
