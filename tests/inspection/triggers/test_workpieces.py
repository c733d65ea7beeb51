"""One decision for each workpiece, whatever passes over it."""

from collections.abc import Iterable
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings

from inspector.frame import Image
from inspector.inspection.triggers.workpieces import Workpieces
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Decision
from inspector.recipe import Trigger, Vote
from tests.inspection.looks import RECIPE, saying
from tests.inspection.scripted import NOT_DECIDABLE, NOT_OK, OK, UNDEFINED
from tests.inspection.triggers.bench import LIES_AT, scene

PLACE = (60.0, 60.0, 260.0, 180.0)
VOTE = Vote(frames=3, agree=2, trigger=Trigger.WORKPIECE, place=PLACE, still_s=0.2)


class Line:
    """Shows pictures at ten a second, and keeps what is decided."""

    def __init__(self, empty: bool = True, **vote: Any) -> None:
        shown = scene(None, seed=999_999) if empty else None
        recipe = RECIPE.model_copy(update={"vote": VOTE.model_copy(update=vote)})
        self.workpieces = Workpieces(recipe, shown)
        self.decided: list[Decision] = []
        self.number = 0

    def show(self, pictures: Iterable[Image], verdict: Verdict = OK) -> int:
        """How many decisions came of the pictures, all of which are judged so."""
        before = len(self.decided)
        for picture in pictures:
            decision = self.workpieces.add({"": picture}, saying(self.number, verdict))
            self.decided += [decision] if decision else []
            self.number += 1
        return len(self.decided) - before

    def watch(self, pictures: Iterable[Image]) -> None:
        """Show pictures that must not vote."""
        for picture in pictures:
            self.workpieces.watch({"": picture}, self.number / 10)
            self.number += 1

    def rests(self, count: int = 15, **shown: Any) -> list[Image]:
        return [scene(seed=self.number + i, **shown) for i in range(count)]

    def comes(self, **shown: Any) -> list[Image]:
        """It slides in from the left and lies."""
        way = [scene(x, seed=self.number + i, **shown) for i, x in enumerate([-80, -40, 0, 40, 80])]
        return way + self.rests(**shown)

    def leaves(self, **shown: Any) -> list[Image]:
        return [scene(x, seed=self.number + i, **shown) for i, x in enumerate([150, 190, 230, 270, 330])]

    def hand(self, **shown: Any) -> list[Image]:
        """A hand goes over it and away."""
        way = [scene(hand=to, seed=self.number + i, **shown) for i, to in enumerate([40, 80, 120, 90, 120, 80, 40])]
        return way + self.rests(**shown)


def test_each_workpiece_that_comes_rests_and_leaves_is_decided_once() -> None:
    line = Line()
    for marks in range(4):
        assert line.show(line.comes(marks=marks)) == 1
        assert line.show(line.leaves(marks=marks)) == 0
        assert line.show(line.rests(x=None)) == 0


def test_a_hand_that_passes_over_it_makes_no_second_decision() -> None:
    line = Line()
    line.show(line.comes())
    assert [line.show(line.hand()) for _ in range(5)] == [0] * 5


def test_a_hand_that_stays_a_moment_makes_none_either() -> None:
    line = Line()
    line.show(line.comes())
    assert line.show([*[scene(hand=120, seed=line.number + i) for i in range(5)], *line.rests()]) == 0


def test_one_exchanged_for_another_is_decided_also_where_it_lies_alike() -> None:
    line = Line()
    assert line.show(line.comes(marks=1)) == 1
    assert line.show([*line.hand(marks=1)[:4], *line.rests(marks=2)]) == 1


def test_one_from_which_a_screw_was_taken_is_decided_anew() -> None:
    line = Line()
    line.show(line.comes())
    assert line.show([*line.hand()[:4], *line.rests(screw=False)], NOT_OK) == 1


def test_one_that_is_identical_is_decided_where_the_empty_place_was_seen_between() -> None:
    line = Line()
    line.show(line.comes())
    line.show(line.leaves())
    line.show([scene(None, seed=line.number + i) for i in range(2)])
    assert line.show(line.comes()) == 1


def test_the_empty_place_may_be_seen_under_way() -> None:
    """A hand elsewhere keeps the picture from resting; the place in it is empty all the same."""
    line = Line()
    line.show(line.comes())
    line.show([scene(None, hand=to, seed=line.number + i) for i, to in enumerate([20, 50, 25, 55, 20, 50])])
    assert line.show(line.comes()) == 1


def test_one_that_is_identical_and_was_not_seen_to_be_another_is_not_told_apart() -> None:
    """What cannot be seen is not guessed: without a picture of the empty place, this one goes uninspected."""
    line = Line(empty=False)
    line.show(line.comes())
    assert line.show([*line.hand()[:4], *line.rests()]) == 0


def test_without_a_picture_of_the_empty_place_it_is_decided_like_a_workpiece() -> None:
    line = Line(empty=False)
    line.show(line.comes())
    line.show(line.leaves())
    assert line.show(line.rests(x=None), NOT_OK) == 1
    assert line.show(line.comes()) == 1


def test_one_that_is_pushed_is_taken_for_another() -> None:
    line = Line()
    line.show(line.comes())
    assert line.show(line.rests(x=LIES_AT + 15)) == 1


def test_the_verdict_comes_back_with_the_workpiece() -> None:
    line = Line()
    line.show(line.comes(), NOT_OK)
    assert line.workpieces.verdict is NOT_OK
    line.show(line.hand()[:3], NOT_OK)
    assert line.workpieces.verdict is UNDEFINED
    line.show(line.rests(), NOT_OK)
    assert line.workpieces.verdict is NOT_OK


def test_no_verdict_is_shown_over_an_empty_place() -> None:
    line = Line()
    line.show(line.comes())
    line.show(line.leaves())
    line.show(line.rests(x=None), NOT_OK)
    assert line.workpieces.verdict is UNDEFINED


def test_nobody_turns_a_fail_into_a_pass_by_waving() -> None:
    for said in (NOT_OK, NOT_DECIDABLE):
        line = Line()
        line.show(line.comes(), said)
        assert line.show(line.hand(), OK) == 0
        assert line.workpieces.verdict is said


def test_an_ok_that_is_no_longer_found_is_a_new_decision() -> None:
    line = Line()
    line.show(line.comes(), OK)
    assert line.show(line.hand(), NOT_OK) == 1
    assert line.decided[-1].verdict is NOT_OK
    assert line.workpieces.verdict is NOT_OK


def test_an_ok_is_shown_again_only_after_a_vote_that_says_so() -> None:
    line = Line()
    line.show(line.comes(), OK)
    line.show(line.hand()[:7], OK)
    shown = []
    for picture in line.rests():
        line.show([picture], OK)
        shown.append(line.workpieces.verdict)
    assert shown[0] is UNDEFINED
    assert shown[-1] is OK
    line.show(line.rests(2), NOT_OK)
    assert line.workpieces.verdict is UNDEFINED


def test_a_fault_between_makes_no_second_decision_of_what_lies_there() -> None:
    line = Line()
    line.show(line.comes())
    line.workpieces.clear()
    assert line.workpieces.verdict is UNDEFINED
    assert line.show(line.rests()) == 0
    assert line.workpieces.verdict is OK
    line.workpieces.clear()
    assert line.show(line.rests(marks=3)) == 1


def test_one_exchanged_in_pictures_that_must_not_vote_is_decided() -> None:
    line = Line()
    line.show(line.comes())
    line.watch([*line.leaves(), *line.rests(x=None)])
    assert line.workpieces.verdict is UNDEFINED
    assert line.show(line.rests()) == 1


def test_pictures_that_must_not_vote_and_do_not_move_change_nothing() -> None:
    line = Line()
    line.show(line.comes())
    line.watch(line.rests())
    assert line.workpieces.verdict is OK
    assert line.show(line.rests()) == 0


def test_one_that_rests_too_shortly_is_not_decided() -> None:
    line = Line(still_s=1.0)
    assert line.show(line.comes()[:14]) == 0
    assert line.show(line.rests(20)) == 1


@settings(max_examples=8)
@given(st.lists(st.sampled_from(["hand", "exchange", "empty", "fault", "wait"]), max_size=6))
def test_never_two_never_none(steps: list[str]) -> None:
    line, marks, lies = Line(), 0, False
    for step in steps:
        if step == "exchange":
            marks, lies = marks + 1, True
            assert line.show(line.comes(marks=marks)) == 1
        elif step == "empty":
            assert line.show([*(line.leaves(marks=marks) if lies else []), *line.rests(x=None)]) == 0
            lies = False
        elif step == "fault":
            line.workpieces.clear()
        shown = {"marks": marks} if lies else {"x": None}
        assert line.show(line.hand(**shown) if step == "hand" else line.rests(**shown)) == 0
