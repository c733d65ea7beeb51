"""One proof, step by step: what it asks for, and what passes."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.bundle import Golden
from inspector.detections import Detections
from inspector.inspection.proving.proving import AGAIN_S, REMEDY, Proving
from inspector.inspection.proving.schedule import Why
from inspector.inspection.verdict import Verdict
from inspector.recipe import Component, Recipe, Vote
from inspector.sample import Sample
from tests.inspection.looks import look_at

NOW = datetime(2026, 6, 1, tzinfo=UTC)
GOOD, BAD = Sample(good=True), Sample(good=False)
OK, NOT_OK, UNSURE = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE


RECIPE = Recipe(
    name="box",
    components=(Component(name="screw", threshold=0.5), Component(name="tape", threshold=0.5)),
    vote=Vote(frames=3, agree=2, decide_within_s=1),
)


def proving(*samples: Sample, golden: int = 0) -> Proving:
    recipe = RECIPE.model_copy(update={"samples": samples})
    frames = tuple(Golden(file=f"golden/{i}.png") for i in range(golden))
    return Proving(recipe, frames, recipe.samples, Why.START, "", NOW)


SEEN = {OK: (0.9,), NOT_OK: (), UNSURE: (0.9, 0.45)}
"""The scores of what is seen of a component of which there should be one."""


def see(one: Proving, screw: Verdict, tape: Verdict = OK, times_s: tuple[float, ...] = (1.0, 1.1)) -> None:
    things = [(row, place, score) for row, said in enumerate((screw, tape)) for place, score in enumerate(SEEN[said])]
    boxes = as_boxes([(30 * place, 30 * row, 30 * place + 20, 30 * row + 20) for row, place, _ in things])
    scores = np.array([score for _, _, score in things], np.float32)
    seen = Detections(boxes, scores, np.array([row for row, _, _ in things], np.int32), RECIPE.labels)
    for time_s in times_s:
        one.see(look_at(0, seen, time_s, RECIPE))


def test_golden_frames_come_first_then_samples_in_their_order() -> None:
    one = proving(GOOD, BAD, golden=2)
    assert (one.message, one.sample) == ("", None)
    one.present("", 0)  # nothing was asked for yet
    one.saw_golden()
    one.saw_golden()
    assert (one.message, one.sample) == ("Put a known good workpiece under the camera.", GOOD)
    one.present("", 0)
    see(one, OK)
    assert (one.message, one.sample) == ("Put a known bad workpiece under the camera.", BAD)
    one.present("", 3)
    see(one, NOT_OK, times_s=(3.1, 3.2))
    assert one.over
    proof = one.proof("box-1", NOW + timedelta(seconds=5))
    assert proof.passed
    assert [(s.what, s.verdict.name, s.right) for s in proof.showings] == [
        ("golden/0.png", "UNDEFINED", True),
        ("golden/1.png", "UNDEFINED", True),
        ("good", "OK", True),
        ("bad", "NOT_OK", True),
    ]


def test_who_presses_twice_says_nothing_of_the_next_one() -> None:
    one = proving(GOOD, BAD)
    one.present("", 0)
    see(one, OK)  # at 1.1 s
    one.present("", 1.1 + AGAIN_S / 2)
    see(one, OK, times_s=(1.8, 1.9))  # the good one still lies there
    assert (one.fault, one.sample) == ("", BAD)
    one.present("", 1.2 + AGAIN_S)
    see(one, NOT_OK, times_s=(2.3, 2.4))
    assert one.proof("b", NOW).passed


def test_what_lies_there_counts_only_once_somebody_says_so() -> None:
    one = proving(BAD)
    see(one, NOT_OK, times_s=tuple(range(20)))
    assert not one.over
    one.present("", 30)
    see(one, OK, times_s=(29.8, 29.9))  # taken before it was said
    assert not one.over
    see(one, NOT_OK, times_s=(30.1, 30.2))
    assert one.proof("b", NOW).passed


@pytest.mark.parametrize(
    ("sample", "screw", "tape", "told"),
    [
        (GOOD, NOT_OK, OK, "The known good workpiece was judged FAIL: screw missing."),
        (GOOD, UNSURE, OK, "The known good workpiece was judged UNSURE: perhaps screw: 2 found, 1 expected."),
        (BAD, OK, OK, "The known bad workpiece was judged PASS: nothing was wrong with it."),
        (BAD, UNSURE, OK, "The known bad workpiece was judged UNSURE: perhaps screw: 2 found, 1 expected."),
        (
            Sample(good=False, lacks="tape"),
            NOT_OK,
            OK,
            "The known bad workpiece should FAIL for its 'tape' alone, and was judged FAIL: screw missing.",
        ),
        (
            Sample(good=False, lacks="tape"),
            NOT_OK,
            NOT_OK,
            "The known bad workpiece should FAIL for its 'tape' alone, and was judged FAIL: screw missing; "
            "tape missing.",
        ),
    ],
)
def test_a_sample_that_is_judged_wrong_fails_the_proof(
    sample: Sample, screw: Verdict, tape: Verdict, told: str
) -> None:
    one = proving(sample, GOOD)
    one.present("", 0)
    see(one, screw, tape)
    assert one.over
    assert one.message == f"{told} {REMEDY}"
    proof = one.proof("b", NOW)
    assert not proof.passed
    assert [showing.right for showing in proof.showings] == [False]


def test_a_bad_one_that_fails_for_what_it_lacks_passes() -> None:
    one = proving(Sample(good=False, lacks="tape"))
    one.present("", 0)
    see(one, OK, NOT_OK)
    assert one.proof("b", NOW).passed


def test_a_golden_frame_judged_wrong_ends_it() -> None:
    one = proving(GOOD, golden=3)
    one.saw_golden()
    one.saw_golden("It sees other things.")
    assert (one.over, one.message, one.sample) == (True, "It sees other things.", None)


def test_a_sample_with_a_name_is_known_by_it() -> None:
    one = proving(Sample(good=False, name="B-7"))
    assert one.message == "Put the known bad workpiece B-7 under the camera."
    one.present("G-1", 0)
    see(one, NOT_OK)
    assert one.message == "This is G-1. Put the known bad workpiece B-7 under the camera."
    one.present("B-7", 2)
    see(one, NOT_OK, times_s=(3, 3.1))
    assert one.proof("b", NOW).passed


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        (Sample(good=True, name="G-1"), "Put the known good workpiece G-1 under the camera."),
        (
            Sample(good=False, lacks="tape"),
            "Put a known bad workpiece under the camera, one whose 'tape' alone is wrong.",
        ),
        (
            Sample(good=False, lacks="tape", name="B-7"),
            "Put the known bad workpiece B-7 under the camera: its 'tape' alone is wrong.",
        ),
    ],
)
def test_what_to_put_there_is_said(sample: Sample, told: str) -> None:
    assert proving(sample).message == told


def test_nothing_seen_before_a_fault_counts_after_it() -> None:
    one = proving(GOOD)
    one.present("", 0)
    see(one, OK, times_s=(1.0,))
    one.interrupt()
    see(one, OK, times_s=(1.2,))
    assert not one.over
    see(one, OK, times_s=(1.3,))
    assert one.over


def test_a_sample_that_is_not_decided_in_time_is_judged_unsure() -> None:
    one = proving(GOOD)
    one.present("", 0)
    see(one, OK, times_s=(1.0,))
    see(one, NOT_OK, times_s=(2.5,))
    assert one.message.startswith("The known good workpiece was judged UNSURE")


def test_without_samples_and_golden_frames_it_has_passed_at_once() -> None:
    assert proving().over
    one = proving(GOOD)
    one.drop_samples()
    assert one.proof("b", NOW).passed
