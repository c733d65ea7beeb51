"""What a training says, as it is understood."""

import math
from typing import Any

from ui.course import MOST_SAID, Course, Exam, Stage
from ui.durations import brief


def step(number: int, steps: int, loss: float = 1.0, **more: Any) -> dict[str, Any]:
    return {
        "stage": "train",
        "step": number,
        "steps": steps,
        "loss": loss,
        "images_per_s": 14.0,
        "seconds_left": 30.0,
        "held_out": None,
        **more,
    }


def heard(*lines: dict[str, Any]) -> Course:
    course = Course("lid")
    for line in lines:
        course.hear(line)
    return course


MARKS = {"loss": 0.5, "recall": 0.9, "loudest": None, "average_precision": 0.8}


def test_stages_follow_each_other() -> None:
    course, seen = Course("lid"), []
    for line in (
        {"stage": "pack", "done": 0, "total": None, "text": ""},
        {"stage": "pack", "done": 5, "total": 9, "text": ""},
        {"dataset": "lid-1"},
        {"stage": "train", "expected_s": 40.0},
        step(10, 20),
        {"stage": "look"},
        step(5, 5),
        {"stage": "search", "frames": 3, "found": 0, "highest": 0.0},
        {"stage": "bundle", "done": 1, "total": 5, "text": "looking"},
        {"bundle": "/w/bundles/lid-2", "id": "lid-2"},
    ):
        course.hear(line)
        seen.append((course.stage, course.done, course.total))
    assert seen == [
        (Stage.PACKING, 0, 0),
        (Stage.PACKING, 5, 9),
        (Stage.TIMING, 0, 0),
        (Stage.LEARNING, 0, 0),
        (Stage.LEARNING, 10, 20),
        (Stage.LOOKING, 0, 0),
        (Stage.AGAIN, 5, 5),
        (Stage.AGAIN, 5, 5),
        (Stage.BUNDLING, 1, 5),
        (Stage.BUNDLING, 1, 5),
    ]
    assert (course.expected_s, course.bundle) == (40.0, "lid-2")


def test_a_round_is_drawn_behind_what_went_before() -> None:
    course = heard(step(10, 20, 2.0), step(20, 20, 1.0, held_out=MARKS), {"stage": "look"}, step(5, 15, 0.8))
    assert course.losses == [(10, 2.0), (20, 1.0), (25, 0.8)]
    assert course.exams == [Exam(20, 0.5, 0.9, None)]
    assert course.rounds == [20]
    assert course.end == 35
    assert heard(step(20, 20), {"stage": "look"}, step(15, 15), {"stage": "bundle", "done": 0, "total": 5}).end == 35


def test_a_loss_that_is_no_number_is_no_point() -> None:
    assert heard(step(10, 20, math.nan)).losses == []


def test_what_is_seen_is_the_newest() -> None:
    seen = {"component": "tape", "pattern": None, "score": 0.9, "box": [1, 2, 3, 4]}
    first = {"picture": "/p/0.jpg", "frame": "a/0", "seen": [{**seen, "right": False}], "missed": [seen]}
    second = {"picture": "/p/0.jpg", "frame": "a/0", "seen": [{**seen, "right": True}], "missed": []}
    course = heard(step(25, 50, held_out=MARKS, previews=[first]))
    assert not course.sights[0].right
    course.hear(step(30, 50))
    course.hear(step(50, 50, held_out=MARKS, previews=[second]))
    (sight,) = course.sights
    assert sight.right
    assert sight.seen == (((1, 2, 3, 4), 0.9, True),)


def test_sentences_are_kept_but_not_without_end() -> None:
    course = heard(*({"says": f"{number}"} for number in range(MOST_SAID + 5)))
    assert (len(course.said), course.said[-1]) == (MOST_SAID, f"{MOST_SAID + 4}")


def test_durations_are_short() -> None:
    told = [brief(seconds) for seconds in (0.2, 40, 89, 90, 3000, 7800, 7200, 200_000)]
    assert told == ["1 s", "40 s", "89 s", "2 min", "50 min", "2 h 10 min", "2 h", "2 d"]
