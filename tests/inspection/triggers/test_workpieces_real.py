"""Workpieces on a real bench: bottles that are taken out and put back by hand, in compressed pictures."""

import json
from pathlib import Path

import pytest

from inspector.capture.video import VideoFile
from inspector.frame import Image
from inspector.inspection.triggers.workpieces import Workpieces
from inspector.inspection.verdict import Verdict
from inspector.recipe import Trigger, Vote
from tests.inspection.looks import RECIPE, saying

LEFT = (0.0, 0.0, 208.0, 360.0)
FRAMES_PER_S = 29.83
EMPTY = 270
PUT_BACK = 413
GONE = 224


@pytest.fixture(scope="module")
def bench(shared_data: Path) -> tuple[list[Image], list[bool]]:
    """The pictures, and whether the left bottle stands in each."""
    video = VideoFile(shared_data / "bottles" / "bench_1.mp4")
    images = [frame.image for frame in iter(video.read, None)]
    video.close()
    truth = json.loads((shared_data / "bottles" / "bench_1.truth.json").read_text())["frames"]
    return images, [any(box[0] < LEFT[2] for box in frame["boxes"]) for frame in truth]


def decided(bench: tuple[list[Image], list[bool]], empty: bool) -> list[int]:
    """The frames that began a decision."""
    images, stands = bench
    vote = Vote(trigger=Trigger.WORKPIECE, place=LEFT)
    workpieces = Workpieces(RECIPE.model_copy(update={"vote": vote}), images[EMPTY] if empty else None)
    found = []
    for number, (image, there) in enumerate(zip(images, stands, strict=True)):
        look = saying(number, Verdict.OK if there else Verdict.NOT_OK, number / FRAMES_PER_S)
        decision = workpieces.add({"": image}, look)
        found += [decision.first.number] if decision else []
    return found


def test_a_bottle_that_is_taken_out_and_put_back_is_two(bench: tuple[list[Image], list[bool]]) -> None:
    """Shadows of hands, light that adjusts itself, and water that moves are no other workpiece."""
    first, second = decided(bench, empty=True)
    assert first < 30
    assert second >= PUT_BACK


def test_without_a_picture_of_the_empty_place_the_gap_is_one_more(bench: tuple[list[Image], list[bool]]) -> None:
    first, gap, second = decided(bench, empty=False)
    assert first < GONE <= gap < PUT_BACK <= second
