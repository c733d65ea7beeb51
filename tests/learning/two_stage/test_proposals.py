import keras
import numpy as np
import pytest

from inspector.learning.anchors import Level, lay_out
from inspector.learning.two_stage.proposals import Proposals, count

LEVEL = Level(16, ((16.0, 16.0), (40.0, 40.0)))
SIZE = (48, 32)
ANCHORS = lay_out([LEVEL], SIZE)


def proposed(logits, deltas=None, **settings):
    """Of one picture: the boxes, without fillers, and how many there are with them."""
    deltas = np.zeros((1, len(ANCHORS), 4), np.float32) if deltas is None else deltas
    layer = Proposals([LEVEL], SIZE, **settings)
    given = [keras.ops.convert_to_tensor(np.asarray(a, np.float32)) for a in (deltas, logits[None])]
    boxes, there = (keras.ops.convert_to_numpy(out)[0] for out in layer(given))
    return boxes[there].tolist(), len(boxes)


def silent():
    return np.full((len(ANCHORS), 2), -9.0, np.float32)


def test_as_many_as_anchors_where_there_are_few():
    assert count([LEVEL], SIZE) == len(ANCHORS) == 12
    assert proposed(silent(), iou_threshold=1)[1] == 12


def test_the_best_come_first_whichever_label_they_hold_and_are_cut_to_the_picture():
    logits = silent()
    logits[2, 1], logits[11, 0] = 3, 5
    boxes, number = proposed(logits, most=2)
    assert number == 2
    assert boxes == [[20, 4, 48, 32], [16, 0, 32, 16]]


def test_boxes_that_say_the_same_are_proposed_once():
    logits = silent()
    logits[[0, 2, 4]] = 4
    deltas = np.zeros((1, 12, 4), np.float32)
    deltas[0, 2, 0], deltas[0, 4, 0] = -10, -20  # all three lie on the first: a tenth of 16 pixels is 1.6 each
    boxes, _ = proposed(logits, deltas, most=3, candidates=3)
    assert boxes == [[0, 0, 16, 16]]


def test_what_scores_too_little_or_holds_nothing_of_the_picture_is_a_filler():
    logits = silent()
    logits[0], logits[2] = 1, 2
    assert proposed(logits, score_threshold=0.5, most=5) == ([[16, 0, 32, 16], [0, 0, 16, 16]], 5)
    deltas = np.zeros((1, 12, 4), np.float32)
    deltas[0, 2, 1] = -100
    assert proposed(logits, deltas, score_threshold=0.5, most=5) == ([[0, 0, 16, 16]], 5)


def test_the_layer_is_built_again_from_its_config():
    layer = Proposals([LEVEL], SIZE, 5, 9, 0.2, 0.6)
    again = Proposals.from_config(layer.get_config())
    assert again.get_config() == layer.get_config()
    assert (again.most, again.candidates, again.score_threshold, again.iou_threshold) == (5, 9, 0.2, 0.6)
    assert again.compute_output_shape([(None, 12, 4), (None, 12, 2)]) == ((None, 5, 4), (None, 5))


@pytest.mark.parametrize("most", [1, 300])
def test_the_number_is_known_beforehand(most):
    deltas, logits = keras.KerasTensor((None, 12, 4)), keras.KerasTensor((None, 12, 2))
    boxes, there = Proposals([LEVEL], SIZE, most)([deltas, logits])
    assert (boxes.shape[1], there.shape[1], there.dtype) == (min(most, 12), min(most, 12), "bool")
