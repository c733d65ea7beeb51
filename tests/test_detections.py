"""What a detector saw, and its doubles removed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inspector.boxes import Boxes, as_boxes, iou
from inspector.detections import SUPPRESSION_IOU, Detections, suppress
from inspector.recipe import Label

LABELS = (Label("screw", "on"), Label("screw", "off"), Label("tape"))


def scores(*rows: tuple[float, float, float]) -> NDArray[np.float32]:
    """`(A, 3)` scores for LABELS."""
    return np.array(rows, np.float32).reshape(-1, 3)


def seen(found: Detections) -> list[tuple[str, float]]:
    """(label, score) of each, in order."""
    return [(str(found.label(i)), round(float(found.scores[i]), 3)) for i in range(len(found))]


def test_arrays_that_are_not_in_step_are_refused() -> None:
    with pytest.raises(ValueError, match=r"these have \(2, 4\), \(1,\), \(2,\)"):
        Detections(as_boxes([[0, 0, 1, 1]] * 2), np.ones(1, np.float32), np.zeros(2, np.int32), LABELS)
    for unknown in (-1, 3):
        with pytest.raises(ValueError, match=r"classes should lie in 0\.\.2"):
            Detections(as_boxes([[0, 0, 1, 1]]), np.ones(1, np.float32), np.full(1, unknown, np.int32), LABELS)


def test_nothing_seen() -> None:
    none = Detections.none(LABELS)
    assert (len(none), len(none.of("screw"))) == (0, 0)
    assert len(suppress(as_boxes([]), scores(), LABELS, 0.1)) == 0


def test_those_of_one_component_are_in_whichever_pattern() -> None:
    found = Detections(
        as_boxes([[0, 0, 1, 1]] * 3), np.array([0.9, 0.8, 0.7], np.float32), np.array([1, 2, 0], np.int32), LABELS
    )
    assert seen(found.of("screw")) == [("screw/off", 0.9), ("screw/on", 0.7)]
    assert seen(found.where(found.scores < 0.85)) == [("tape", 0.8), ("screw/on", 0.7)]
    assert len(found.of("lid")) == 0


def test_of_two_on_one_place_the_better_stays() -> None:
    boxes = as_boxes([[0, 0, 10, 10], [1, 0, 11, 10], [40, 0, 50, 10]])
    found = suppress(boxes, scores((0.6, 0, 0), (0.9, 0, 0), (0.3, 0, 0)), LABELS, 0.1)
    assert seen(found) == [("screw/on", 0.9), ("screw/on", 0.3)]
    np.testing.assert_array_equal(found.boxes, boxes[[1, 2]])


def test_overlap_up_to_the_limit_is_two_things() -> None:
    apart = as_boxes([[0, 0, 10, 10], [4, 0, 14, 10]])  # 60 / 140
    assert iou(apart, apart)[0, 1] < SUPPRESSION_IOU
    assert len(suppress(apart, scores((0.9, 0, 0), (0.8, 0, 0)), LABELS, 0.1)) == 2
    together = as_boxes([[0, 0, 10, 10], [3, 0, 13, 10]])  # 70 / 130
    assert len(suppress(together, scores((0.9, 0, 0), (0.8, 0, 0)), LABELS, 0.1)) == 1


def test_patterns_of_a_component_compete_for_a_place_and_components_do_not() -> None:
    boxes = as_boxes([[0, 0, 10, 10]] * 2)
    found = suppress(boxes, scores((0.25, 0.1, 0.4), (0.1, 0.8, 0.3)), LABELS, 0.05)
    assert seen(found) == [("screw/off", 0.6), ("tape", 0.4)]  # 0.8 * (1 - 0.25)


@pytest.mark.parametrize("rows", [[(0.95, 0, 0), (0, 0.94, 0)], [(0.95, 0.94, 0)]])
def test_a_place_that_looks_like_two_patterns_is_surely_neither(rows: list[tuple[float, float, float]]) -> None:
    boxes = as_boxes([[0, 0, 10, 10], [1, 0, 11, 10]][: len(rows)])
    assert seen(suppress(boxes, scores(*rows), LABELS, 0.01)) == [("screw/on", 0.057)]
    assert len(suppress(boxes, scores(*rows), LABELS, 0.1)) == 0


def test_another_pattern_beside_it_takes_nothing_away() -> None:
    boxes = as_boxes([[0, 0, 10, 10], [20, 0, 30, 10]])
    assert seen(suppress(boxes, scores((0.9, 0, 0), (0, 0.8, 0)), LABELS, 0.1)) == [
        ("screw/on", 0.9),
        ("screw/off", 0.8),
    ]


def test_a_score_at_the_floor_counts() -> None:
    boxes = as_boxes([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10]])
    found = suppress(boxes, scores((0.5, 0, 0), (0.25, 0, 0), (0.125, 0, 0)), LABELS, 0.25)
    assert seen(found) == [("screw/on", 0.5), ("screw/on", 0.25)]


def test_many_doubles_do_not_push_another_thing_out() -> None:
    boxes = as_boxes([[0, 0, 10, 10]] * 50 + [[80, 0, 90, 10]])
    found = suppress(boxes, scores(*[(0.9, 0, 0)] * 50, (0.4, 0, 0)), LABELS, 0.1, limit=5)
    assert seen(found) == [("screw/on", 0.9), ("screw/on", 0.4)]


def test_the_best_are_kept_up_to_the_limit_over_all_components() -> None:
    boxes = as_boxes([[20 * i, 0, 20 * i + 10, 10] for i in range(4)])
    found = suppress(boxes, scores((0.5, 0, 0), (0.6, 0, 0), (0, 0, 0.9), (0, 0, 0.55)), LABELS, 0.1, limit=3)
    assert seen(found) == [("tape", 0.9), ("screw/on", 0.6), ("tape", 0.55)]


def test_a_part_of_a_screw_is_no_second_screw() -> None:
    whole, part, neighbour = [0, 0, 40, 40], [12, 12, 32, 32], [38, 0, 78, 40]
    boxes = as_boxes([whole, part, neighbour])
    found = suppress(boxes, scores((0.9, 0, 0), (0.8, 0, 0), (0.7, 0, 0)), LABELS, 0.1)
    assert found.boxes.tolist() == [whole, neighbour]
    found = suppress(boxes, scores((0.6, 0, 0), (0.8, 0, 0), (0.7, 0, 0)), LABELS, 0.1)
    assert found.boxes.tolist() == [part, neighbour]


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(4, 20), st.integers(4, 20))
CANDIDATES = st.lists(st.tuples(PLACES, *[st.floats(0, 1, width=32)] * 3), max_size=12)


@given(CANDIDATES)
def test_what_stays_is_apart_in_order_and_from_the_candidates(
    candidates: list[tuple[tuple[int, int, int, int], float, float, float]],
) -> None:
    boxes: Boxes = as_boxes([(x, y, x + w, y + h) for (x, y, w, h), *_ in candidates])
    found = suppress(boxes, scores(*[(a, b, c) for _, a, b, c in candidates]), LABELS, 0.1)
    assert (np.diff(found.scores) <= 0).all()
    assert (found.scores >= np.float32(0.1)).all()
    for component in ("screw", "tape"):
        mine = found.of(component).boxes
        assert (iou(mine, mine)[~np.eye(len(mine), dtype=bool)] <= SUPPRESSION_IOU + 1e-6).all()
    assert {tuple(box) for box in found.boxes.tolist()} <= {tuple(box) for box in boxes.tolist()}


WITH_LOOKALIKES = (Label("screw", "on"), Label("screw", "lookalike"), Label("tape"))


def test_a_lookalike_takes_the_place_and_is_told_to_nobody() -> None:
    boxes = as_boxes([[0, 0, 10, 10], [20, 0, 30, 10], [20, 0, 30, 10]])
    found = suppress(boxes, scores((0.3, 0.9, 0), (0.8, 0.25, 0), (0, 0, 0.7)), WITH_LOOKALIKES, 0.1)
    assert found.labels == (Label("screw", "on"), Label("tape"))
    assert seen(found) == [("tape", 0.7), ("screw/on", 0.6)]  # 0.8 * (1 - 0.25); at 0 the lookalike won
    assert found.classes.tolist() == [1, 0]


def test_lookalikes_are_not_counted_among_those_kept() -> None:
    boxes = as_boxes([[20 * i, 0, 20 * i + 10, 10] for i in range(4)])
    found = suppress(boxes, scores((0, 0.9, 0), (0, 0.8, 0), (0, 0, 0.3), (0, 0, 0.2)), WITH_LOOKALIKES, 0.1, limit=2)
    assert seen(found) == [("tape", 0.3), ("tape", 0.2)]
