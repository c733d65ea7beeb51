"""What the detector is taught where a second look stands behind it."""

from dataclasses import replace

import numpy as np

from inspector.learning.second_look.first_look import as_seen_first
from inspector.learning.settings import Second, TrainingSettings
from inspector.recipe import Label


def test_a_detector_that_is_confirmed_learns_all(squares):
    for second in (Second.NONE, Second.CONFIRMS):
        assert as_seen_first(squares, TrainingSettings(second_look=second)) is squares


def test_a_detector_whose_patterns_are_decided_behind_it_learns_the_component_alone(squares):
    nut = Label("square", "lookalike")
    part = squares.train
    taught = np.column_stack([part.taught, part.empty])
    classes = (np.array([1], np.int32), np.array([-2], np.int32), np.array([2], np.int32), *part.classes[3:])
    known = replace(part, classes=classes, taught=taught, lookalikes=(2,))
    first = as_seen_first(
        replace(squares, labels=(*squares.labels, nut), train=known, held_out=known),
        TrainingSettings(second_look=Second.DECIDES),
    )
    assert first.labels == (Label("square"), nut)
    assert [some.tolist() for some in first.train.classes[:4]] == [[0], [-2], [1], [0]]
    assert first.train.lookalikes == (1,)
    np.testing.assert_array_equal(first.train.taught, np.column_stack([np.ones(len(part), bool), part.empty]))
    again = as_seen_first(first, TrainingSettings(second_look=Second.DECIDES))
    assert again.labels == first.labels
    assert [some.tolist() for some in again.train.classes] == [some.tolist() for some in first.train.classes]
