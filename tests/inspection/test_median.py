"""Several frames as one: worked medians, and that a place counts only where most frames saw it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.inspection.median import SAME_PLACE, median
from inspector.recipe import Label
from tests.inspection.looks import Thing, detections

ON, OFF = Label("screw", "on"), Label("screw", "off")


def scores(frames: list[list[Thing]]) -> dict[int, float]:
    """The median of each place, by the place."""
    found = median([detections(things) for things in frames])
    return {round(float(x) / 30): round(float(s), 3) for x, s in zip(found.boxes[:, 0], found.scores, strict=True)}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([0.9], 0.9),
        ([0.9, 0.7], 0.7),  # the lower of the two in the middle
        ([0.9, 0.3, 0.8], 0.8),
        ([0.9, None, 0.8], 0.8),  # 0, 0.8, 0.9
        ([0.9, None, None], None),  # 0, 0, 0.9
        ([None, None, 0.9, 0.9], None),  # half of the frames confirm nothing
        ([None, 0.9, 0.8, 0.7], 0.7),  # 0, 0.7, 0.8, 0.9
        ([0.6, 0.9, None, 0.7, 0.95], 0.7),  # 0, 0.6, 0.7, 0.9, 0.95
    ],
)
def test_the_median_of_one_place(seen: list[float | None], expected: float | None) -> None:
    found = scores([[] if score is None else [(2, score)] for score in seen])
    assert found == ({} if expected is None else {2: pytest.approx(expected)})


def test_each_place_has_a_median_of_its_own() -> None:
    assert scores([[(0, 0.9), (1, 0.6)], [(0, 0.8)], [(0, 0.7), (1, 0.5), (3, 0.9)]]) == {0: 0.8, 1: 0.5}


def test_things_that_are_never_twice_at_one_place_are_nowhere() -> None:
    assert scores([[(0, 0.9)], [(1, 0.9)], [(2, 0.9)]]) == {}


def boxes(*boxes: tuple[float, float, float, float], label: int = 0) -> Detections:
    n = len(boxes)
    return Detections(as_boxes(boxes), np.full(n, 0.9, np.float32), np.full(n, label, np.int32), (ON, OFF))


def test_a_place_follows_a_thing_that_drifts_and_has_its_newest_box() -> None:
    drifting = [boxes((4 * i, 0, 4 * i + 10, 10)) for i in range(5)]  # neighbours overlap by 6/14, the ends not at all
    found = median(drifting)
    assert found.boxes.tolist() == [[16, 0, 26, 10]]
    assert found.scores.tolist() == pytest.approx([0.9])


def test_a_thing_that_jumps_further_than_it_overlaps_is_at_another_place() -> None:
    jumping = [boxes((6 * i, 0, 6 * i + 10, 10)) for i in range(3)]  # neighbours overlap by 4/16
    assert 4 / 16 < SAME_PLACE < 6 / 14
    assert len(median(jumping)) == 0


def test_labels_do_not_share_a_place() -> None:
    there = (0.0, 0.0, 10.0, 10.0)
    found = median([boxes(there), boxes(there, label=1), boxes(there)])
    assert [found.label(i) for i in range(len(found))] == [ON]


def test_neighbours_keep_their_places_whatever_their_order() -> None:
    left, right = (0.0, 0.0, 10.0, 10.0), (6.0, 0.0, 16.0, 10.0)
    found = median([boxes(left, right), boxes(right, left), boxes(left, right)])
    assert sorted(found.boxes.tolist()) == [list(left), list(right)]


FRAMES = st.lists(st.dictionaries(st.integers(0, 5), st.sampled_from([0.2, 0.45, 0.5, 0.9])), min_size=1, max_size=7)


@given(FRAMES)
def test_a_median_reaches_a_score_where_more_than_half_of_the_frames_do(frames: list[dict[int, float]]) -> None:
    found = scores([list(frame.items()) for frame in frames])
    for place in range(6):
        for least in (0.2, 0.45, 0.5, 0.9):
            reaching = sum(frame.get(place, 0.0) >= least for frame in frames)
            assert (found.get(place, 0.0) >= least) == (reaching > len(frames) / 2)


@given(FRAMES)
def test_the_median_of_one_frame_is_what_it_saw(frames: list[dict[int, float]]) -> None:
    assert scores([list(frames[0].items())]) == pytest.approx(frames[0])
