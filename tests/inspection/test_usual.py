"""Where what is missing should be."""

import numpy as np
import pytest

from inspector.bundle import Golden, Sighting, sightings
from inspector.detections import Detections
from inspector.inspection.judge import judge
from inspector.inspection.usual import Box, Missing, detections_of, missing_places, or_regions, usual_places
from inspector.recipe import Component, Mode, Pattern, Recipe

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=2,
)
RECIPE = Recipe(name="gearbox", components=(SCREW, Component(name="tape")))
LEFT, RIGHT, TAPE = (10.0, 10.0, 30.0, 30.0), (110.0, 10.0, 130.0, 30.0), (50.0, 50.0, 90.0, 70.0)
USUAL = {"screw": (LEFT, RIGHT), "tape": (TAPE,)}


def golden(*shown: tuple[str, str | None, Box], by: float = 0.0) -> Golden:
    """A frame that shows that, all of it moved by so many pixels."""
    return Golden(
        file="1.png",
        sightings=tuple(
            Sighting(component=name, pattern=pattern, score=0.9, xyxy=tuple(value + by for value in box))
            for name, pattern, box in shown
        ),
    )


ALL = (("screw", "on", RIGHT), ("screw", "on", LEFT), ("tape", None, TAPE))


def seen(*shown: tuple[int, Box]) -> Detections:
    """By the number of the label: screw on, screw off, tape."""
    boxes = np.array([box for _, box in shown], np.float32).reshape(-1, 4)
    return Detections(
        boxes, np.full(len(shown), 0.9, np.float32), np.array([n for n, _ in shown], np.int32), RECIPE.labels
    )


def missing(*shown: tuple[int, Box]) -> tuple[Missing, ...]:
    found = seen(*shown)
    return missing_places(RECIPE, USUAL, judge(RECIPE, found), found)


def test_what_lies_at_one_place_in_all_golden_frames_has_a_usual_place() -> None:
    assert usual_places(RECIPE, [golden(*ALL), golden(*ALL, by=2)]) == USUAL


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param([golden(*ALL)], id="one frame agrees with itself only"),
        pytest.param([golden(*ALL), golden(*ALL, by=30)], id="it may lie anywhere"),
        pytest.param([golden(*ALL), golden()], id="nothing is shown a second time"),
        pytest.param([], id="no golden frames"),
    ],
)
def test_what_may_lie_anywhere_has_none(frames: list[Golden]) -> None:
    assert usual_places(RECIPE, frames) == {}


def test_frames_that_show_too_few_or_failing_ones_say_nothing() -> None:
    off = golden(("screw", "off", LEFT), ("screw", "on", RIGHT), ("tape", None, TAPE))
    assert usual_places(RECIPE, [golden(*ALL), off, golden(*ALL)]) == USUAL
    assert usual_places(RECIPE, [golden(*ALL), off]) == {"tape": (TAPE,)}


def test_the_place_is_shown_where_nothing_is_seen() -> None:
    assert missing((0, LEFT), (2, TAPE)) == (Missing("screw", RIGHT),)
    assert missing((0, LEFT), (0, RIGHT)) == (Missing("tape", TAPE),)
    assert missing() == (Missing("screw", LEFT), Missing("screw", RIGHT), Missing("tape", TAPE))
    assert missing((0, LEFT), (0, RIGHT), (2, TAPE)) == ()


def test_what_is_there_in_a_failing_pattern_is_not_missing() -> None:
    assert missing((0, LEFT), (1, RIGHT), (2, TAPE)) == ()


def test_what_lies_at_another_place_leaves_the_usual_one_empty() -> None:
    moved = (60.0, 10.0, 80.0, 30.0)
    found = seen((0, LEFT), (0, moved), (0, RIGHT))
    assert missing_places(RECIPE, USUAL, judge(RECIPE, found), found) == (Missing("tape", TAPE),)
    assert missing((0, moved), (2, TAPE)) == (Missing("screw", LEFT), Missing("screw", RIGHT))


def test_what_has_no_usual_place_should_lie_in_its_region() -> None:
    tape, lid = (Component(name=name, region=(0, 0, 100, 80)) for name in ("tape", "lid"))
    recipe = Recipe(name="gearbox", frame_size=(200, 100), components=(SCREW, tape, lid))
    assert or_regions(recipe, {"tape": (TAPE,)}) == {"tape": (TAPE,), "lid": ((0, 0, 100, 80),)}


def test_detections_come_back_out_of_sightings() -> None:
    boxes = ((0.0, 1.3, 10.0, 10.0), (2.0, 2.0, 4.0, 4.0), (5.0, 5.0, 9.0, 9.0))
    names = (("screw", "on"), ("tape", None), ("screw", "on"))
    kept = tuple(
        Sighting(component=name, pattern=pattern, score=0.5, xyxy=box)
        for (name, pattern), box in zip(names, boxes, strict=True)
    )
    assert sightings(detections_of(kept)) == kept
    assert len(detections_of(())) == 0
