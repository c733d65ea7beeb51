"""The small network behind the second look."""

import numpy as np
import pytest
from keras import ops

from inspector.learning.second_look.classifier import NOT_ASKED, Classifier, loss, targets, teach
from inspector.learning.second_look.cutouts import Cutouts


def bright_and_dark(n=60, side=32):
    """`on` is bright above, `off` bright below, nothing is grey noise."""
    random = np.random.default_rng(0)
    classes = np.arange(n) % 3
    pictures = random.integers(80, 120, (n, side, side, 3))
    pictures[classes == 0, : side // 2] += 120
    pictures[classes == 1, side // 2 :] += 120
    return Cutouts(
        pictures.astype(np.uint8),
        classes.astype(np.int32),
        np.ones((n, 2), bool),
        np.zeros(n, np.int32),
        np.zeros(n, np.int8),
    )


def test_the_loss_is_that_of_what_is_asked_about():
    wanted = np.array([[1, 0, NOT_ASKED, 0], [0, 0, 0, 1]], np.float32)
    said = np.log(np.array([[2, 1, 50, 1], [1, 1, 1, 1]], np.float32))
    np.testing.assert_allclose(ops.convert_to_numpy(loss(wanted, said)), [np.log(2), np.log(4)], rtol=1e-5)


def test_a_label_that_nobody_asks_about_hears_nothing():
    wanted = np.array([[1, 0, NOT_ASKED, 0]], np.float32)
    said = np.zeros((1, 4), np.float32)
    louder = said + np.array([[0, 0, 30, 0]], np.float32)
    assert float(loss(wanted, said)[0]) == pytest.approx(float(loss(wanted, louder)[0]))


def test_targets_say_what_it_is_what_it_could_be_and_what_nobody_asks():
    asked = np.array([[True, True, False], [False, False, True]])
    cutouts = Cutouts(np.zeros((2, 4, 4, 3), np.uint8), np.array([1, 3]), asked, np.array([0, 1]), np.zeros(2, np.int8))
    assert targets(cutouts).tolist() == [[0, 1, NOT_ASKED, 0], [NOT_ASKED, NOT_ASKED, 0, 1]]


def test_it_learns_to_tell_apart_and_the_same_seed_learns_the_same():
    cutouts = bright_and_dark()
    first, second = (teach(cutouts, 32, seed=5, steps=24) for _ in range(2))
    for one, other in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    said = first.inference.predict_on_batch(cutouts.pictures)["logits"]
    assert (said.argmax(axis=1) == cutouts.classes).mean() > 0.9


def test_light_is_changed_only_while_it_learns():
    network = Classifier(32, 2)
    picture = np.full((1, 32, 32, 3), 90, np.uint8)
    one, other = (ops.convert_to_numpy(network(picture, training=False)["logits"]) for _ in range(2))
    np.testing.assert_array_equal(one, other)
    changed = [ops.convert_to_numpy(network(picture, training=True)["logits"]) for _ in range(2)]
    assert not np.array_equal(*changed)
