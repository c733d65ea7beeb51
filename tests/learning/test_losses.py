import keras
import numpy as np
import pytest

from inspector.learning.losses import box_losses, class_losses, softmax_losses, with_background

LOGITS = np.array([[[0.0, 2.0], [0.0, -1.0], [3.0, 3.0]]], np.float32)
CLASSES = np.array([[1, 0, 0]], np.int32)
MATCHED = np.array([[0, -1, -2]], np.int32)


def of_classes(taught, logits=LOGITS):
    return keras.ops.convert_to_numpy(class_losses(logits, CLASSES, MATCHED, np.array([taught])))[0]


def cross_entropy(logit, wanted):
    p = 1 / (1 + np.exp(-logit))
    return -np.log(p if wanted else 1 - p)


def test_each_label_is_a_question_of_its_own():
    first = cross_entropy(0, False) + cross_entropy(2, True)
    second = cross_entropy(0, False) + cross_entropy(-1, False)
    assert of_classes([True, True]) == pytest.approx([first, second, 0], abs=1e-6)


def test_a_label_that_the_picture_is_silent_about_gives_no_loss():
    assert of_classes([False, True]) == pytest.approx([cross_entropy(2, True), cross_entropy(-1, False), 0], abs=1e-6)
    louder = LOGITS + np.array([50, 0], np.float32)
    assert of_classes([False, True], louder) == pytest.approx(of_classes([False, True]))


def test_no_logit_is_too_large():
    assert np.isfinite(of_classes([True, True], LOGITS * 1e4)).all()


def test_smooth_l1_of_a_worked_box():
    wanted = np.zeros((1, 3, 4), np.float32)
    deltas = np.array([[[0.5, -2, 0, 1], [9, 9, 9, 9], [9, 9, 9, 9]]], np.float32)
    losses = keras.ops.convert_to_numpy(box_losses(deltas, wanted, MATCHED))[0]
    assert losses == pytest.approx([0.125 + 1.5 + 0 + 0.5, 0, 0])


def of_choice(taught, logits):
    return keras.ops.convert_to_numpy(softmax_losses(logits, CLASSES, MATCHED, np.array([taught])))[0]


CHOICE = np.log(np.array([[[1.0, 2.0, 5.0], [2.0, 1.0, 1.0], [9.0, 9.0, 9.0]]], np.float32))
"""Background, and two labels: what is said of the first is 1 : 2 : 5, of the second 2 : 1 : 1."""


def test_one_choice_between_background_and_the_labels():
    assert of_choice([True, True], CHOICE) == pytest.approx([-np.log(5 / 8), -np.log(2 / 4), 0], abs=1e-6)


def test_background_is_learned_against_the_taught_labels_alone():
    assert of_choice([False, True], CHOICE) == pytest.approx([-np.log(5 / 6), -np.log(2 / 3), 0], abs=1e-6)
    louder = CHOICE + np.array([0, 50, 0], np.float32)
    assert of_choice([False, True], louder) == pytest.approx(of_choice([False, True], CHOICE))


def test_a_picture_that_teaches_no_label_teaches_no_background():
    assert of_choice([False, False], CHOICE) == pytest.approx([0, 0, 0])


def test_background_is_nought_beside_the_labels():
    chances = keras.ops.convert_to_numpy(keras.ops.softmax(with_background(np.log(np.array([[[3.0, 4.0]]])))))
    assert chances[0, 0] == pytest.approx([1 / 8, 3 / 8, 4 / 8])
