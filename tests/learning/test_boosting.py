"""The weights of loss boosting, by hand."""

import numpy as np
import pytest

from inspector.learning.boosting import boost


def boosted(losses, keep, exponent):
    return np.asarray(boost(np.array(losses, np.float32), np.array(keep, np.float32), exponent))


def test_four_times_the_loss_weighs_twice_as_much_and_a_picture_as_much_as_before():
    # Roots 1 1 1 3, their mean 1.5.
    weights = boosted([[1, 1, 1, 9]], [[1, 1, 1, 1]], 0.5)
    assert weights[0] == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    # The hard one's share of the loss: 9 of 12 before, 18 of 20 now.
    shares = weights[0] * [1, 1, 1, 9]
    assert shares[3] / shares.sum() == pytest.approx(0.9)


def test_pictures_do_not_take_from_each_other():
    weights = boosted([[1, 4], [100, 400]], [[1, 1], [1, 1]], 1.0)
    assert weights == pytest.approx(np.array([[0.4, 1.6], [0.4, 1.6]]))


def test_what_does_not_reach_the_loss_neither_weighs_nor_counts():
    weights = boosted([[1, 9, 50]], [[1, 1, 0]], 0.5)
    assert weights[0] == pytest.approx([0.5, 1.5, 0])
    assert boosted([[3, 5]], [[0, 0]], 0.5).tolist() == [[0, 0]]


def test_without_it_all_weigh_alike():
    keep = np.array([[1, 0, 1]], np.float32)
    assert boost(np.ones((1, 3), np.float32), keep, 0.0) is keep
    assert boosted([[7, 7]], [[1, 1]], 0.7)[0] == pytest.approx([1, 1])


def test_losses_of_nothing_weigh_alike():
    assert boosted([[0, 0]], [[1, 1]], 0.5)[0] == pytest.approx([1, 1])
