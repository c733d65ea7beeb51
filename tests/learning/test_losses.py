import keras
import numpy as np
import pytest
from keras import ops

from inspector.learning.losses import (
    box_losses,
    class_losses,
    focal_losses,
    giou_losses,
    quality_losses,
    softmax_losses,
    with_background,
)

LOGITS = np.array([[[0.0, 2.0], [0.0, -1.0], [3.0, 3.0]]], np.float32)
CLASSES = np.array([[1, 0, 0]], np.int32)
MATCHED = np.array([[0, -1, -2]], np.int32)
QUALITY = np.array([[0.75, 0, 0]], np.float32)
KINDS = {
    "sigmoid": class_losses,
    "softmax": lambda logits, *rest: softmax_losses(with_background(logits), *rest),
    "focal": focal_losses,
    "focal, alpha 0.9, gamma 0.5": lambda *given: focal_losses(*given, alpha=0.9, gamma=0.5),
    "quality": lambda *given: quality_losses(*given, QUALITY),
    "quality, gamma 1": lambda *given: quality_losses(*given, QUALITY, gamma=1.0),
}


def of_classes(taught, logits=LOGITS, kind="sigmoid"):
    losses = KINDS[kind](ops.convert_to_tensor(logits), CLASSES, MATCHED, np.array([taught]))
    return ops.convert_to_numpy(losses)[0]


def gradient(losses, at):
    """Of the sum of what `losses` gives; TensorFlow is the backend of the tests."""
    import tensorflow as tf

    at = tf.Variable(at)
    with tf.GradientTape() as tape:
        total = ops.sum(losses(at))
    return tape.gradient(total, at).numpy()


def cross_entropy(logit, wanted):
    p = 1 / (1 + np.exp(-logit))
    return -np.log(p if wanted else 1 - p)


def test_each_label_is_a_question_of_its_own():
    first = cross_entropy(0, False) + cross_entropy(2, True)
    second = cross_entropy(0, False) + cross_entropy(-1, False)
    assert of_classes([True, True]) == pytest.approx([first, second, 0], abs=1e-6)


def test_focal_loss_of_worked_anchors():
    # 0.25 (1 - p)^2 log for what is there, 0.75 p^2 log for what is not; p(0) = 0.5, p(2) = 0.8808, p(-1) = 0.2689.
    first = 0.75 * 0.25 * 0.6931 + 0.25 * 0.01421 * 0.1269
    second = 0.75 * 0.25 * 0.6931 + 0.75 * 0.07233 * 0.3133
    assert of_classes([True, True], kind="focal") == pytest.approx([first, second, 0], abs=1e-4)


def test_focal_loss_without_its_two_numbers_is_half_the_cross_entropy():
    halves = focal_losses(LOGITS, CLASSES, MATCHED, np.ones((1, 2), bool), alpha=0.5, gamma=0.0)
    assert ops.convert_to_numpy(halves)[0] == pytest.approx(of_classes([True, True]) / 2)


def test_quality_loss_of_worked_anchors():
    # Label 1 should reach 0.75 and has 0.8808: (0.1308)^2 (0.75 x 0.1269 + 0.25 x 2.1269).
    first = 0.25 * 0.6931 + 0.01711 * (0.75 * 0.1269 + 0.25 * 2.1269)
    second = 0.25 * 0.6931 + 0.07233 * 0.3133
    assert of_classes([True, True], kind="quality") == pytest.approx([first, second, 0], abs=1e-4)


def test_a_score_that_reaches_its_quality_costs_nothing():
    reached = np.log(0.75 / 0.25)
    logits = np.array([[[-99, reached], [-99, -99], [9, 9]]], np.float32)
    assert of_classes([True, True], logits, "quality") == pytest.approx([0, 0, 0], abs=1e-6)


def test_softmax_of_worked_anchors():
    # Background, and two labels: e^0 + e^0 + e^2 = 9.389, of which e^2 is right; 1 + 1 + e^-1 = 2.368, of which 1 is.
    first, second = np.log(9.389 / 7.389), np.log(2.368)
    assert of_classes([True, True], kind="softmax") == pytest.approx([first, second, 0], abs=1e-3)


def test_a_softmax_over_one_label_and_background_is_a_sigmoid():
    logits, classes = np.array([[[1.5], [-0.5], [4.0]]], np.float32), np.zeros((1, 3), np.int32)
    taught = np.ones((1, 1), bool)
    softmax = softmax_losses(with_background(logits), classes, MATCHED, taught)
    assert ops.convert_to_numpy(softmax) == pytest.approx(
        ops.convert_to_numpy(class_losses(logits, classes, MATCHED, taught)), abs=1e-6
    )


def test_a_label_that_the_picture_is_silent_about_gives_no_loss():
    assert of_classes([False, True]) == pytest.approx([cross_entropy(2, True), cross_entropy(-1, False), 0], abs=1e-6)
    # 1 + e^2 without the silent label, and 1 + e^-1.
    silent = [np.log(8.389 / 7.389), np.log(1.368), 0]
    assert of_classes([False, True], kind="softmax") == pytest.approx(silent, abs=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_silence_is_whole(kind):
    louder = LOGITS + np.array([50, 0], np.float32)
    assert of_classes([False, True], louder, kind) == pytest.approx(of_classes([False, True], LOGITS, kind))
    assert of_classes([False, False], LOGITS, kind) == pytest.approx([0, 0, 0])
    taught = np.array([[False, True]])
    slope = gradient(lambda logits: KINDS[kind](logits, CLASSES, MATCHED, taught), LOGITS)
    assert (slope[..., 0] == 0).all()
    assert (slope[0, :2, 1] != 0).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [1e4, -1e4, 0.0])
def test_no_logit_is_too_large(kind, scale):
    logits = np.sign(LOGITS) * scale
    assert np.isfinite(of_classes([True, True], logits, kind)).all()
    taught = np.ones((1, 2), bool)
    slope = gradient(lambda at: KINDS[kind](at, CLASSES, MATCHED, taught), logits.astype(np.float32))
    assert np.isfinite(slope).all()


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_wholly_wrong_hears_of_it(kind):
    # The one label that is there at logit -20, and one that is not at +20.
    logits = np.array([[[20, -20], [20, -20], [20, 20]]], np.float32)
    taught = np.ones((1, 2), bool)
    slope = gradient(lambda at: KINDS[kind](at, CLASSES, MATCHED, taught), logits)[0]
    assert slope[0, 1] < -0.05
    assert slope[1, 0] > 0.05


def test_smooth_l1_of_a_worked_box():
    wanted = np.zeros((1, 3, 4), np.float32)
    deltas = np.array([[[0.5, -2, 0, 1], [9, 9, 9, 9], [9, 9, 9, 9]]], np.float32)
    losses = ops.convert_to_numpy(box_losses(deltas, wanted, MATCHED))[0]
    assert losses == pytest.approx([0.125 + 1.5 + 0 + 0.5, 0, 0])


@pytest.mark.parametrize(
    ("box", "wanted", "loss"),
    [
        ([0, 0, 10, 10], [0, 0, 10, 10], 0),
        # 25 shared of 175, the hull 15 x 15: 1 - 1/7 + 50/225.
        ([0, 0, 10, 10], [5, 5, 15, 15], 1 - 1 / 7 + 2 / 9),
        # Apart: nothing shared, hull 40 x 10 of which 20 x 10 is neither.
        ([0, 0, 10, 10], [30, 0, 40, 10], 1 + 0.5),
        # One inside the other: the hull is the larger one.
        ([0, 0, 10, 10], [0, 0, 10, 5], 0.5),
        ([3, 3, 3, 3], [0, 0, 10, 10], 1),
    ],
)
def test_giou_of_worked_boxes(box, wanted, loss):
    pair = (np.array([[each]], np.float32) for each in (box, wanted))
    assert float(giou_losses(*pair, np.zeros((1, 1), np.int32))[0, 0]) == pytest.approx(loss, abs=1e-6)


def test_giou_pulls_a_box_that_is_apart_towards_the_truth():
    wanted, matched = np.array([[[30, 0, 40, 10]]], np.float32), np.zeros((1, 1), np.int32)
    slope = gradient(lambda boxes: giou_losses(boxes, wanted, matched), np.array([[[0, 0, 10, 10]]], np.float32))[0, 0]
    assert slope[2] < 0  # a larger xmax costs less


def test_giou_of_no_box_is_nothing_and_has_a_finite_slope():
    boxes = np.array([[[5, 5, 5, 5], [0, 0, 0, 0], [1e6, 1e6, -1e6, -1e6]]], np.float32)
    wanted, matched = np.zeros((1, 3, 4), np.float32), np.array([[-1, 0, -2]], np.int32)
    losses = ops.convert_to_numpy(giou_losses(boxes, wanted, matched))[0]
    assert losses[[0, 2]].tolist() == [0, 0]
    assert np.isfinite(losses).all()
    assert np.isfinite(gradient(lambda at: giou_losses(at, wanted, matched), boxes)).all()


def test_the_losses_are_the_same_in_a_compiled_step():
    taught = np.ones((1, 2), bool)
    compiled = keras.Sequential([keras.layers.Lambda(lambda x: focal_losses(x, CLASSES, MATCHED, taught))])
    assert compiled.predict_on_batch(LOGITS)[0] == pytest.approx(of_classes([True, True], kind="focal"))


def of_choice(taught, logits):
    return ops.convert_to_numpy(softmax_losses(logits, CLASSES, MATCHED, np.array([taught])))[0]


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
    chances = ops.convert_to_numpy(ops.softmax(with_background(np.log(np.array([[[3.0, 4.0]]])))))
    assert chances[0, 0] == pytest.approx([1 / 8, 3 / 8, 4 / 8])
