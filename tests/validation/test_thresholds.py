import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import EMPTY, as_boxes
from inspector.bundle import NOTHING_COUNTS, Bundle
from inspector.detections import Detections
from inspector.recipe import Label
from inspector.validation.thresholds import Tally, choose_threshold, tally
from tests.test_bundle import halves, make

LABELS = (Label("screw", "on"), Label("screw", "off"))
scores = st.floats(0.01, 1.0)


def test_half_way_in_log_odds():
    assert choose_threshold([0.9, 0.95], [0.1, 0.02]) == pytest.approx(0.5)
    assert choose_threshold([0.98], [0.5]) == pytest.approx(0.875)  # odds 49 and 1: their mean is 7


def test_a_sure_network_without_a_false_alarm_leaves_room_below():
    assert choose_threshold([0.9999, 0.99999], []) == pytest.approx(0.5)


def test_a_wrong_one_at_the_lowest_score_of_all_is_not_let_through():
    assert np.float32(0.05) < np.float32(choose_threshold([0.05003], [np.float32(0.05)]))


def test_nothing_right_and_nothing_wrong():
    assert 0.05 <= choose_threshold([], []) <= 0.95


def test_where_they_mix_no_wrong_one_gets_through():
    assert 0.6 < choose_threshold([0.3, 0.9, 0.8], [0.6, 0.2]) < 0.8


def test_a_wrong_one_above_all_shuts_everything_out():
    assert choose_threshold([0.3, 0.5], [0.9]) > 0.9


@settings(deadline=None)
@given(st.lists(scores, max_size=8), st.lists(st.floats(0.015625, 1.0, width=32), max_size=8))
def test_no_wrong_one_is_ever_let_through_and_all_right_ones_stay_where_they_can(right, wrong):
    threshold = choose_threshold(right, wrong)
    assert threshold >= 0.05
    assert all(np.float32(score) < np.float32(threshold) for score in wrong)
    if right and wrong and max(wrong) < 0.99 and min(right) > max(max(wrong), 0.06) + 0.0002:
        assert min(right) >= threshold


@pytest.mark.parametrize("sure", [0.99992, 1.0])
def test_a_network_that_is_quite_sure_of_what_is_not_there_gets_nothing_through(sure):
    assert choose_threshold([0.99991, sure], [sure]) > sure


def test_what_must_not_be_there_escapes_where_it_is_missed():
    assert choose_threshold([0.9, 0.95], [0.1, 0.02], unwanted=True) == pytest.approx(0.5)
    # One wrong one is let through, so that each right one counts: half way between 0.8 and 0.9, odds 4 and 9.
    assert choose_threshold([0.9, 0.93, 0.95], [0.96, 0.8], unwanted=True) == pytest.approx(6 / 7, abs=1e-4)
    # What is not seen at all is caught by no score.
    assert choose_threshold([0.0, 0.9], [0.95], unwanted=True) < 0.9
    assert choose_threshold([], [0.6], unwanted=True) == choose_threshold([], [0.6])


@settings(deadline=None)
@given(
    st.lists(st.floats(0.015625, 1.0, width=32), max_size=8), st.lists(st.floats(0.015625, 1.0, width=32), max_size=8)
)
def test_every_right_one_counts_of_what_must_not_be_there(right, wrong):
    threshold = choose_threshold(right, wrong, unwanted=True)
    assert threshold >= 0.05
    assert all(np.float32(score) >= np.float32(threshold) for score in right if score >= 0.05)


def test_a_bundle_holds_a_working_score_that_nothing_reaches(tmp_path, red_network):
    nothing = choose_threshold([1.0], [1.0])
    bundle = Bundle.open(make(tmp_path / "lamp-1", red_network, threshold=nothing))
    assert bundle.manifest.thresholds["lamp"] == nothing == NOTHING_COUNTS
    seen = bundle.detector().detect(halves(255, 0))
    assert seen.scores.max() == 1
    assert len(bundle.working(seen)) == 0


def found(*rows):
    boxes = as_boxes([row[:4] for row in rows])
    return Detections(
        boxes, np.array([row[4] for row in rows], np.float32), np.array([row[5] for row in rows], np.int32), LABELS
    )


def test_each_true_box_takes_its_best_detection():
    seen = found((0, 0, 10, 10, 0.9, 0), (1, 0, 11, 10, 0.8, 0), (50, 50, 60, 60, 0.4, 1))
    truth = as_boxes([[0, 0, 10, 10], [50, 50, 60, 61]])
    told = tally(seen, truth, np.array([0, 0], np.int32))
    # The second is a double, the third has the wrong pattern, so the second place was never found.
    assert told.right == pytest.approx((0.9, 0.0))
    assert told.wrong == pytest.approx((0.8, 0.4))


def test_a_box_badly_drawn_about_a_part_has_found_it_and_one_beside_it_has_not():
    # A strip lying aslant: 40x10 within its box of 40x40. IoU 0.25: each holds the other's centre.
    seen = found((0, 15, 40, 25, 0.9, 0), (25, 15, 65, 25, 0.7, 0))
    told = tally(seen, as_boxes([[0, 0, 40, 40]]), np.array([0], np.int32))
    assert told == Tally((pytest.approx(0.9),), (pytest.approx(0.7),))


def test_an_empty_frame_has_only_wrong_ones():
    assert tally(found((0, 0, 10, 10, 0.25, 0)), EMPTY, np.zeros(0, np.int32)) == Tally((), (0.25,))
    assert tally(Detections.none(LABELS), EMPTY, np.zeros(0, np.int32)) == Tally()


def test_tallies_add_up():
    assert Tally((0.9,), (0.1,)) + Tally((0.8,)) == Tally((0.9, 0.8), (0.1,))
