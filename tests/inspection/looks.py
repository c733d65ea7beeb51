"""Looks at a workpiece that asks for four of `a`, made of what a detector saw."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.frame import Frame, Image, freeze
from inspector.inspection.aspect import Aspect
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Ballot, Decision, Look, Votes
from inspector.recipe import Component, Recipe, Vote

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
GREY: Image = freeze(np.full((48, 64, 3), 90, np.uint8))
RECIPE = Recipe(name="box", components=(Component(name="a", count=4, threshold=0.5),))

Thing = tuple[int, float]
"""Which place of a row, each 20 pixels wide and none touching another, and the score there."""

FOUR: tuple[Thing, ...] = tuple((place, 0.9) for place in range(4))
SAID: dict[Verdict, tuple[Thing, ...]] = {
    Verdict.OK: FOUR,
    Verdict.NOT_OK: FOUR[:3],
    Verdict.NOT_DECIDABLE: (*FOUR, (4, 0.45)),
}
"""What is seen where a frame alone says so."""


def without(place: int) -> tuple[Thing, ...]:
    """All four but one."""
    return tuple(thing for thing in FOUR if thing[0] != place)


DEFECTS = [
    without(0),
    without(3),
    (),
    (*FOUR, (4, 0.9)),
    (*FOUR, (4, 0.45)),
    (*FOUR[:3], (3, 0.45)),
    (*FOUR[:3], (4, 0.9), (5, 0.9)),
]
SEEN = st.one_of(st.just(FOUR), st.sampled_from(DEFECTS), st.just((*FOUR[:3], (7, 0.9))))
"""What may be seen in one frame: the last is right by itself, with the fourth at another place."""


def detections(things: Sequence[Thing], recipe: Recipe = RECIPE, label: int = 0) -> Detections:
    boxes = as_boxes([(30 * place, 0, 30 * place + 20, 20) for place, _ in things])
    scores = np.array([score for _, score in things], np.float32)
    return Detections(boxes, scores, np.full(len(things), label, np.int32), recipe.labels)


def look(number: int, things: Sequence[Thing], time_s: float | None = None, recipe: Recipe = RECIPE) -> Look:
    """A look of that number, ten a second where no time is said."""
    return look_at(number, detections(things, recipe), time_s, recipe)


def look_at(number: int, seen: Detections, time_s: float | None = None, recipe: Recipe = RECIPE) -> Look:
    frame = Frame(GREY, number, number / 10 if time_s is None else time_s, MOMENT, "made")
    return Look.at(recipe, {"": Aspect.of(recipe, "", frame, seen)})


def saying(number: int, verdict: Verdict, time_s: float | None = None) -> Look:
    """A look that alone says that."""
    return look(number, SAID[verdict], time_s)


def votes_on(vote: Vote) -> Votes:
    return Votes(RECIPE, vote)


def add(votes: Votes, look: Look, image: Image = GREY) -> Decision | None:
    return votes.add({"": image}, look)


def first_decision(vote: Vote, looks: list[Look]) -> Decision | None:
    ballot = Ballot(RECIPE, vote)
    return next((decision for each in looks if (decision := ballot.cast(each))), None)
