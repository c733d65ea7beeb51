"""Cut-outs of a dataset's frames, and how often each is drawn."""

from dataclasses import replace

import numpy as np
import pytest

from inspector.boxes import EMPTY
from inspector.detections import Detections
from inspector.errors import InputError
from inspector.learning.second_look.cutouts import Cutouts, gather
from inspector.learning.second_look.sites import Kind
from inspector.second_look import Lens

LENS = Lens(side=32)


class Blind:
    """Sees nothing."""

    def __init__(self, labels):
        self.labels = labels

    def detect(self, image):
        return Detections.none(self.labels)


def sees_discs(squares):
    """Takes whatever shines in the middle of an empty frame for a square."""

    class Fooled(Blind):
        def detect(self, image):
            box = np.array([[30, 30, 60, 60]], np.float32)
            return Detections(box, np.full(1, 0.9, np.float32), np.zeros(1, np.int32), self.labels)

    return Fooled(squares.labels)


def test_every_frame_teaches_what_it_shows(squares, recipe):
    cutouts = gather(squares.train, squares.labels, recipe, Blind(squares.labels), LENS, seed=0)
    assert cutouts.pictures.shape == (len(cutouts), 32, 32, 3)
    assert cutouts.pictures.dtype == np.uint8
    counts = {label: int((cutouts.classes == label).sum()) for label in range(3)}
    assert counts[0] == counts[1] == 20 * 6
    assert counts[2] > 70 * 3
    assert cutouts.asked.all()
    assert not (cutouts.kinds == Kind.MISTAKE).any()


def test_the_detectors_own_mistakes_are_among_them(squares, recipe):
    cutouts = gather(squares.train, squares.labels, recipe, sees_discs(squares), LENS, seed=0)
    mistakes = cutouts.kinds == Kind.MISTAKE
    assert mistakes.sum() >= 3 * 30
    assert (cutouts.classes[mistakes] == 2).all()


def test_the_same_seed_cuts_out_the_same(squares, recipe):
    one, same, other = (
        gather(squares.train, squares.labels, recipe, Blind(squares.labels), LENS, seed) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one.pictures, same.pictures)
    assert not np.array_equal(one.pictures[:20], other.pictures[:20])


def test_a_frame_that_is_silent_on_a_label_does_not_ask_for_it(squares, recipe):
    part = squares.train
    taught = part.taught.copy()
    taught[part.empty, 1] = False
    cutouts = gather(replace(part, taught=taught), squares.labels, recipe, Blind(squares.labels), LENS, seed=0)
    asked = {tuple(row) for row in cutouts.asked.tolist()}
    assert asked == {(True, True), (True, False)}
    assert (cutouts.classes[~cutouts.asked[:, 1]] == 2).all()


def test_nothing_to_look_at_without_a_box(squares, recipe):
    part = squares.train
    bare = replace(part, boxes=(EMPTY,) * len(part), classes=(np.zeros(0, np.int32),) * len(part))
    with pytest.raises(InputError, match="No training frame holds a box"):
        gather(bare, squares.labels, recipe, Blind(squares.labels), LENS, seed=0)


def test_labels_and_nothing_and_mistakes_are_drawn_alike():
    # Component 0: `on` three times, `off` once, nothing twice where it was mistaken and once elsewhere; component 1:
    # only its one label.
    classes = np.array([0, 0, 0, 1, 3, 3, 3, 2])
    kinds = np.array([0, 0, 0, 0, 2, 2, 1, 0], np.int8)
    components = np.array([0, 0, 0, 0, 0, 0, 0, 1])
    asked = np.zeros((8, 3), bool)
    cutouts = Cutouts(np.zeros((8, 4, 4, 3), np.uint8), classes, asked, components, kinds)
    shares = np.array([1 / 6, 1 / 6, 1 / 6, 1 / 2, 1 / 4, 1 / 4, 1 / 2, 1])
    np.testing.assert_allclose(cutouts.weights(), shares / 3)
