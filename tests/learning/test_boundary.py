"""Outlines as targets, with the numbers worked out, and the head that learns them."""

import json
import math

import keras
import numpy as np
import pytest

from inspector.learning.anchors import Level
from inspector.learning.boundary import boundary, boundary_loss
from inspector.learning.families import build, design
from inspector.learning.network import DOUBTFUL, NOTHING
from inspector.learning.settings import TrainingSettings
from inspector.learning.ssd import Ssd

SIZE = (16, 16)
"""8x8 cells, their centres at 1, 3, 5 ... 15."""
BOX = (4, 4, 12, 12)


def truth(*boxes, classes=(0,), taught=(True,)):
    return {
        "boxes": np.array([boxes], np.float32),
        "classes": np.array([classes], np.int32),
        "taught": np.array([taught]),
    }


def told(what):
    likelihood, weight = boundary(what, SIZE)
    return np.asarray(likelihood)[0], np.asarray(weight)[0]


def gauss(pixels):
    return math.exp(-0.5 * (pixels / 1.5) ** 2)


def test_cells_beside_an_outline_are_likely_on_it():
    likelihood, weight = told(truth(BOX))
    # The row of y = 7: one pixel outside and inside of x = 4 and x = 12, three pixels from both in the middle.
    assert likelihood[3] == pytest.approx([gauss(d) for d in (3, 1, 1, 3, 3, 1, 1, 3)])
    assert gauss(1) == pytest.approx(0.801, abs=1e-3)
    assert gauss(3) == pytest.approx(0.135, abs=1e-3)
    assert likelihood[1] == pytest.approx([gauss(d) for d in (3, 1, 1, 1, 1, 1, 1, 3)])
    assert (weight == 1).all()


def test_the_nearest_outline_counts():
    likelihood, _ = told(truth(BOX, (0, 4, 6, 12), classes=(0, 0)))
    assert likelihood[3, 2] == pytest.approx(gauss(1))
    assert likelihood[3, 3] == pytest.approx(gauss(1))
    assert likelihood[3, 0] == pytest.approx(gauss(1))


def test_where_nothing_is_there_is_no_outline():
    likelihood, weight = told(truth((0, 0, 0, 0), classes=(NOTHING,)))
    assert likelihood.max() == 0
    assert (weight == 1).all()


def test_round_something_doubtful_the_picture_says_nothing():
    likelihood, weight = told(truth((0, 0, 4, 16), classes=(DOUBTFUL,)))
    assert likelihood.max() == 0
    # Up to 8 pixels from it: x = 1 ... 11.
    assert weight[3].tolist() == [0] * 6 + [1] * 2


def test_a_picture_silent_on_some_label_speaks_only_round_what_it_knows():
    _, weight = told(truth((0, 0, 4, 16), taught=(True, False)))
    assert weight[3].tolist() == [1] * 6 + [0] * 2
    _, weight = told(truth((0, 0, 0, 0), classes=(NOTHING,), taught=(True, False)))
    assert weight.max() == 0


def test_outlines_weigh_as_much_as_all_the_rest():
    # At a logit of 0 every cell costs log 2, whatever is true; both halves are means.
    zeros = np.zeros((1, 2, 2, 16), np.float32)
    assert float(boundary_loss(zeros, truth(BOX), SIZE)) == pytest.approx(math.log(2), rel=1e-5)
    # Without an outline only the other half is left.
    nothing = truth((0, 0, 0, 0), classes=(NOTHING,))
    assert float(boundary_loss(zeros, nothing, SIZE)) == pytest.approx(math.log(2) / 2, rel=1e-5)
    assert float(boundary_loss(zeros - 20, nothing, SIZE)) == pytest.approx(0, abs=1e-6)


def test_logits_are_unfolded_into_their_cells():
    # A line at x = 8. The features' cell at the top right has small cells from x = 9 on; the fourth row's first lies on
    # the line, the first row's fourth far off.
    line = truth((8, -10, 9, 30))
    found = []
    for small in (12, 3):
        logits = np.full((1, 2, 2, 16), -20, np.float32)
        logits[0, 0, 1, small] = 20
        found.append(float(boundary_loss(logits, line, SIZE)))
    assert found[0] < found[1]


def test_the_head_learns_beside_the_boxes_and_stays_behind():
    keras.utils.set_random_seed(0)
    network = Ssd((32, 32), (Level(8, ((16.0, 16.0),)),), labels=1, boundary=0.5)
    pictures = np.zeros((1, 32, 32, 3), np.uint8)
    said = network.learn(keras.ops.convert_to_tensor(pictures), truth(BOX), training=False)
    parts = {name: float(value) for name, value in said.items()}
    assert parts["boundary"] > 0
    assert parts["loss"] == pytest.approx(parts["classification"] + parts["localization"] + parts["boundary"])
    assert set(network.inference.output) == {"boxes", "scores"}
    kept = {id(weight) for weight in network.inference.weights}
    assert {weight.path.split("/")[0] for weight in network.weights if id(weight) not in kept} >= {"boundary"}


def test_a_network_with_the_head_is_built_again_from_plain_values(squares, recipe):
    settings = TrainingSettings(boundary=0.5, boosting=0.5)
    architecture = design(squares, recipe, settings)
    one, twin = build(architecture, settings), build(json.loads(json.dumps(architecture)))
    assert [weight.shape for weight in one.weights] == [weight.shape for weight in twin.weights]
    assert one.boosting == 0.5
