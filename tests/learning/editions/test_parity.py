"""The gate, on detectors whose every answer is written out."""

import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.detector import NetworkDetector
from inspector.edition import Parity, Precision
from inspector.errors import MachineError
from inspector.frame import freeze
from inspector.inspection.verdict import Verdict
from inspector.learning.editions.parity import Trial, box_iou, prove, score_difference, verdicts
from inspector.recipe import Component, Label, Recipe

SIDE = 64
PICTURE = np.zeros((SIDE, SIDE, 3), np.uint8)
LAMP = Recipe(name="lamp", components=(Component(name="lamp", threshold=0.5),))
TRIAL = Trial(np.stack([PICTURE, PICTURE]), [freeze(PICTURE)], LAMP, lambda network: network)
NAN = float("nan")


class Says(NetworkDetector):
    """Says the same of every picture: boxes in pixels, and a score for each."""

    def __init__(self, *rows: tuple[tuple[float, float, float, float], float]) -> None:
        self.taught, self.input_size, self.classes = (Label("lamp"),), (SIDE, SIDE), 1
        self.boxes = np.array([box for box, _ in rows], np.float32)
        self.scores = np.array([[score] for _, score in rows], np.float32)

    def run(self, _):
        return self.boxes, self.scores


BOX, ELSEWHERE = (10, 10, 50, 50), (40, 40, 60, 60)
FIRST = Says((BOX, 0.9), (ELSEWHERE, 0.045))


def refusal(second: Says, precision: Precision, first: Says = FIRST) -> str:
    with pytest.raises(MachineError) as caught:
        prove(first, second, TRIAL, precision, "The copy")
    return str(caught.value)


def test_the_same_network_passes_with_its_figures() -> None:
    parity = prove(FIRST, Says((BOX, 0.896), (ELSEWHERE, 0.045)), TRIAL, Precision.FLOAT, "The copy")
    assert parity == Parity(pictures=2, golden=1, score_difference=0.004, box_iou=1.0)
    assert str(parity) == (
        "scores differ by 0.0040 at most, boxes have an IoU of 1.0000 at least, on 2 pictures; "
        "the same verdicts on 1 golden frames"
    )


def test_a_score_that_is_off_by_0_02_fails_in_float_and_passes_in_int8() -> None:
    off = Says((BOX, 0.88), (ELSEWHERE, 0.045))
    assert refusal(off, Precision.FLOAT) == (
        "The copy does not see the same, and was not kept: scores differ by up to 0.0200, where 0.01 is allowed."
    )
    assert prove(FIRST, off, TRIAL, Precision.INT8, "The copy").score_difference == 0.02


def test_a_score_that_is_off_by_0_06_fails_in_int8() -> None:
    assert "scores differ by up to 0.0600, where 0.05 is allowed" in refusal(
        Says((BOX, 0.84), (ELSEWHERE, 0.045)), Precision.INT8
    )


def test_a_box_that_moved_fails() -> None:
    # One of forty pixels: 39 x 40 shared, 41 x 40 covered by either.
    assert refusal(Says(((11, 10, 51, 50), 0.9), (ELSEWHERE, 0.045)), Precision.INT8) == (
        "The copy does not see the same, and was not kept: boxes have an IoU of 0.951, where 0.98 is needed. "
        "Train it for longer, or leave it in float."
    )


def test_a_box_that_scores_too_little_ever_to_count_may_move() -> None:
    assert prove(FIRST, Says((BOX, 0.9), ((0, 0, 9, 9), 0.045)), TRIAL, Precision.FLOAT, "The copy").box_iou == 1.0


def test_a_box_that_counts_on_one_side_alone_may_not() -> None:
    assert "IoU of 0.000" in refusal(Says((BOX, 0.9), ((0, 0, 9, 9), 0.052)), Precision.FLOAT)


def test_a_person_may_have_lower_scores_count() -> None:
    low = Recipe(name="lamp", components=(Component(name="lamp", threshold=0.04),))
    trial = Trial(TRIAL.pictures, [], low, TRIAL.around)
    with pytest.raises(MachineError, match=r"IoU of 0\.000"):
        prove(FIRST, Says((BOX, 0.9), ((0, 0, 9, 9), 0.045)), trial, Precision.FLOAT, "The copy")


def test_a_box_without_a_pixel_on_either_side_is_none() -> None:
    flat = Says((BOX, 0.9), ((64, 20, 64, 40), 0.2))
    assert prove(flat, flat, TRIAL, Precision.FLOAT, "The copy").box_iou == 1.0
    assert "IoU of 0.000" in refusal(Says((BOX, 0.9), ((60, 20, 64, 40), 0.2)), Precision.FLOAT, flat)


def test_a_flipped_verdict_fails_though_the_figures_are_near() -> None:
    first, second = Says((BOX, 0.504)), Says((BOX, 0.496))
    assert verdicts(first, TRIAL, TRIAL.golden[0]) == [Verdict.OK]
    assert verdicts(second, TRIAL, TRIAL.golden[0]) == [Verdict.NOT_OK]
    assert refusal(second, Precision.FLOAT, first) == (
        "The copy does not see the same, and was not kept: 1 golden frame gets another verdict."
    )


def test_every_reason_is_told_at_once() -> None:
    said = refusal(Says((ELSEWHERE, 0.3), (ELSEWHERE, 0.045)), Precision.INT8)
    assert "scores differ by up to 0.6000" in said
    assert "boxes have an IoU of 0.053" in said
    assert "1 golden frame gets another verdict" in said


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_box_that_is_not_a_number_fails(place: int) -> None:
    box = list(BOX)
    box[place] = NAN
    assert "boxes have an IoU of nan" in refusal(Says((tuple(box), 0.9), (ELSEWHERE, 0.045)), Precision.INT8)


def test_a_score_that_is_not_a_number_fails() -> None:
    assert "scores differ by up to nan" in refusal(Says((BOX, 0.9), (ELSEWHERE, NAN)), Precision.INT8)


def test_one_bad_picture_among_many_fails_wherever_it_comes() -> None:
    class SometimesNan(Says):
        calls = 0

        def run(self, picture):
            self.calls += 1
            return self.boxes, self.scores * (NAN if self.calls == 1 else 1)

    assert "scores differ by up to nan" in refusal(SometimesNan((BOX, 0.9), (ELSEWHERE, 0.045)), Precision.INT8)


def test_the_figures_of_one_picture() -> None:
    boxes, scores = as_boxes([BOX, ELSEWHERE]), np.array([[0.9, 0.1], [0.2, 0.0]], np.float32)
    assert score_difference((boxes, scores), (boxes, scores + np.float32([[0, 0.03], [-0.01, 0]]))) == pytest.approx(
        0.03
    )
    nothing = (boxes[:0], scores[:0])
    assert (score_difference(nothing, nothing), box_iou(nothing, nothing)) == (0.0, 1.0)
