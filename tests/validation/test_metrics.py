"""Figures, each against an answer worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.recipe import Component, Label, Mode, Pattern
from inspector.validation.metrics import Rate, Truth, component_score, escapes_at, mean_average_precision

ON, OFF, TAPE = Label("screw", "on"), Label("screw", "off"), Label("tape")
LABELS = (ON, OFF, TAPE)
SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    count=2,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
PLACES = [[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10]]


def truth(places: list[int], labels: list[int], components: tuple[str, ...] = ("screw", "tape")) -> Truth:
    return Truth("frame", as_boxes([PLACES[i] for i in places]), np.array(labels, np.int32), LABELS, components)


def seen(places: list[int], scores: list[float], labels: list[int]) -> Detections:
    boxes = as_boxes([PLACES[i] for i in places])
    return Detections(boxes, np.array(scores, np.float32), np.array(labels, np.int32), LABELS)


def test_interval_of_none_in_sixty_is_the_rule_of_three() -> None:
    low, high = Rate(0, 60).interval
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 60))
    assert str(Rate(0, 60)) == "0 of 60 (0.0 to 6.0 %)"


def test_interval_of_three_in_a_hundred_and_twenty() -> None:
    assert Rate(3, 120).interval == pytest.approx((0.00519, 0.07130), abs=1e-4)


def test_nothing_counted_says_nothing() -> None:
    assert Rate(0, 0).interval == (0, 1)
    assert math.isnan(Rate(0, 0).value)
    assert str(Rate(0, 0)) == "none to count"


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_holds_its_share(pair: tuple[int, int]) -> None:
    rate = Rate(*pair)
    low, high = rate.interval
    assert 0 <= low <= rate.value <= high <= 1


def test_a_component_is_complete_with_the_right_number_and_none_that_fails() -> None:
    assert truth([0, 1, 2], [0, 0, 2]).complete(SCREW)  # the tape is another component
    assert not truth([0], [0]).complete(SCREW)
    assert not truth([0, 1, 2], [0, 0, 0]).complete(SCREW)
    assert not truth([0, 1, 2], [0, 0, 1]).complete(SCREW)  # both are there, and one more that is off
    unwanted = Component(name="tape", count=0)
    assert truth([0], [0]).complete(unwanted)
    assert not truth([0, 1], [0, 2]).complete(unwanted)


def test_component_score_is_the_count_th_best_of_the_passing() -> None:
    detections = seen([0, 1, 2], [0.9, 0.7, 0.8], [0, 0, 1])
    assert component_score(SCREW, detections) == pytest.approx(0.7)


def test_component_score_is_0_where_one_is_missing() -> None:
    assert component_score(SCREW, seen([0, 1], [0.9, 0.8], [0, 1])) == 0


def test_escapes_at_no_overkill_takes_the_lowest_good_score() -> None:
    tradeoff = escapes_at(good=[0.9, 0.6, 0.8], bad=[0.0, 0.59, 0.6, 0.95], most_overkill=0.0)
    assert tradeoff.threshold == 0.6
    assert tradeoff.escapes == Rate(2, 4)
    assert tradeoff.overkill == Rate(0, 3)


def test_escapes_fall_when_a_third_may_be_rejected() -> None:
    tradeoff = escapes_at(good=[0.9, 0.6, 0.8], bad=[0.0, 0.59, 0.6, 0.95], most_overkill=0.34)
    assert tradeoff.threshold == 0.8
    assert tradeoff.escapes == Rate(1, 4)
    assert tradeoff.overkill == Rate(1, 3)


def test_a_bad_frame_in_which_nothing_was_seen_never_passes() -> None:
    assert escapes_at(good=[0.0, 0.9], bad=[0.0, 0.0], most_overkill=0.0).escapes == Rate(0, 2)


def test_average_precision_of_a_perfect_detector_is_one() -> None:
    truths = [truth([0, 1], [0, 1]), truth([2], [2])]
    found = [seen([0, 1], [0.9, 0.8], [0, 1]), seen([2], [0.7], [2])]
    assert mean_average_precision(truths, found) == pytest.approx(1)


def test_a_better_scored_false_detection_on_an_empty_frame_halves_it() -> None:
    truths = [truth([0], [2]), truth([], [])]
    found = [seen([0], [0.9], [2]), seen([0], [0.95], [2])]
    assert mean_average_precision(truths, found) == pytest.approx(0.5)


def test_a_frame_silent_on_a_component_does_not_count_against_it() -> None:
    truths = [truth([0], [2]), truth([], [], components=("screw",))]
    found = [seen([0], [0.9], [2]), seen([0], [0.95], [2])]
    assert mean_average_precision(truths, found) == pytest.approx(1)


def test_nothing_found_is_zero_and_nothing_to_find_is_no_number() -> None:
    none = Detections.none(LABELS)
    assert mean_average_precision([truth([0], [2])], [none]) == 0
    assert math.isnan(mean_average_precision([truth([], [])], [none]))
