"""Places over several frames, and what a vote makes of them: worked windows, and what no defect may ever pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.verdict import Kind, Verdict
from inspector.inspection.vote import Ballot, Decision
from inspector.recipe import Component, Recipe, Vote
from tests.inspection.looks import (
    DEFECTS,
    FOUR,
    RECIPE,
    SEEN,
    Thing,
    add,
    first_decision,
    look,
    saying,
    votes_on,
    without,
)

OK, NOT_OK, NOT_DECIDABLE = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE


def decided(looks: list[tuple[Thing, ...]], **vote: int) -> Decision | None:
    return first_decision(Vote(**vote), [look(i, things) for i, things in enumerate(looks)])


def test_one_flicker_does_not_break_a_part() -> None:
    decision = decided([FOUR, without(2), FOUR, FOUR, FOUR], frames=5, agree=4)
    assert decision is not None
    assert (decision.verdict, decision.last.number) == (OK, 4)


def test_one_flicker_does_not_make_a_part() -> None:
    decision = decided([without(2), FOUR, without(2), without(2), without(2)], frames=5, agree=4)
    assert decision is not None
    assert (decision.verdict, decision.last.number) == (NOT_OK, 4)
    assert (decision.findings[0].kind, decision.findings[0].found) == (Kind.MISSING, 3)


ONE = Recipe(name="box", components=(Component(name="screw", threshold=0.5),))
HERE = 0


@pytest.mark.parametrize(
    ("seen", "fresh", "expected"),
    [
        ([0.9, 0.9, 0.9, 0.9], 1, (3, OK, 0.9)),
        ([0.9, None, 0.9, 0.9, 0.9], 1, (4, OK, 0.9)),
        ([None, 0.9, None, None, None], 1, (4, NOT_OK, None)),
        ([0.9, 0.9, 0.9, None, 0.9], 1, (4, OK, 0.9)),
        ([0.9, 0.9, 0.9, 0.9, None], 5, None),
        ([0.9, None, 0.9, None, 0.9], 1, None),
        ([0.45, 0.45, 0.45, 0.45], 1, (3, NOT_OK, None)),
        ([0.55, 0.95, 0.6, 0.7], 1, (3, OK, 0.6)),
    ],
)
def test_the_worked_numbers_of_the_page_on_verdicts(
    seen: list[float | None], fresh: int, expected: tuple[int, Verdict, float | None] | None
) -> None:
    looks = [look(i, [] if score is None else [(HERE, score)], recipe=ONE) for i, score in enumerate(seen)]
    ballot = Ballot(ONE, Vote(frames=5, agree=4, fresh=fresh))
    decision = next((found for each in looks if (found := ballot.cast(each))), None)
    assert (decision and (decision.last.number, decision.verdict, decision.findings[0].score)) == expected


def test_counts_that_agree_on_parts_that_do_not_decide_nothing() -> None:
    """Three of four in each frame, but never the same one missing: no frame is right, and yet each part was seen."""
    looks = [without(i % 4) for i in range(5)]
    assert decided(looks, frames=5, agree=4) is None


def test_a_part_that_is_never_twice_at_one_place_is_not_there() -> None:
    """A fourth that each frame sees elsewhere: each frame alone is OK, all of them together are not."""
    looks = [(*FOUR[:3], (4 + i, 0.9)) for i in range(5)]
    assert {look(i, things).verdict for i, things in enumerate(looks)} == {OK}
    assert decided(looks, frames=5, agree=3) is None


def test_a_place_that_changes_is_said_to_when_the_time_is_over() -> None:
    ballot = Ballot(RECIPE, Vote(frames=3, agree=2, decide_within_s=0.55))
    decisions = [ballot.cast(look(i, (*FOUR[:3], (4 + i, 0.9)))) for i in range(7)]
    last = decisions[-1]
    assert decisions[:-1] == [None] * 6
    assert last is not None
    assert last.verdict is NOT_DECIDABLE
    assert last.findings[0].reason == "a: its place changed from picture to picture within 0.55 s"


def test_a_decision_tells_the_median_of_the_weakest() -> None:
    weak = [(*FOUR[:3], (3, score)) for score in (0.55, 0.95, 0.6, 0.7, 0.8)]
    decision = decided(weak, frames=5, agree=5)
    assert decision is not None
    assert decision.findings[0].score == 0.7


def test_nothing_is_decided_before_enough_fresh_frames() -> None:
    decision = decided([FOUR] * 7, frames=7, agree=4, fresh=6)
    assert decision is not None
    assert decision.last.number == 5


def test_a_fault_begins_the_count_of_fresh_frames_anew() -> None:
    votes = votes_on(Vote(frames=5, agree=3, fresh=4))
    for i in range(3):
        assert add(votes, saying(i, OK)) is None
    votes.clear()
    assert [add(votes, saying(i, OK)) is None for i in range(3, 7)] == [True, True, True, False]


def test_a_part_that_was_there_before_does_not_stay() -> None:
    """A good workpiece, not yet decided, is exchanged for one that lacks a part: no frame of it passes."""
    assert decided([FOUR, FOUR, FOUR, *[without(1)] * 3], frames=6, agree=4) is None
    decision = decided([FOUR, FOUR, FOUR, *[without(1)] * 4], frames=6, agree=4)
    assert decision is not None
    assert decision.verdict is NOT_OK


SIZES = st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(n // 2 + 1, n), st.integers(1, n)))
LOOKS = st.lists(SEEN, min_size=1, max_size=12)


def verdict_of(looks: list[tuple[Thing, ...]], vote: Vote) -> Verdict | None:
    """What the last look decides, where none before it did."""
    ballot, decision = Ballot(RECIPE, vote), None
    for i, things in enumerate(looks):
        if decision is not None:
            return None
        decision = ballot.cast(look(i, things))
    return decision.verdict if decision else None


@given(SIZES, LOOKS)
def test_a_pass_means_that_most_frames_saw_each_of_exactly_four_places(
    sizes: tuple[int, int, int], looks: list[tuple[Thing, ...]]
) -> None:
    frames, agree, fresh = sizes
    if verdict_of(looks, Vote(frames=frames, agree=agree, fresh=fresh)) is not OK:
        return
    last = [dict(things) for things in looks[-frames:]]
    confirmed = [p for p in range(9) if sum(things.get(p, 0) >= 0.5 for things in last) > len(last) / 2]
    suspected = [p for p in range(9) if sum(things.get(p, 0) >= 0.4 for things in last) > len(last) / 2]
    assert len(confirmed) == 4
    assert suspected == confirmed
    assert len(last) >= max(agree, fresh)
    assert sum(look(0, tuple(things.items())).verdict is OK for things in last) >= agree


@given(SIZES, LOOKS, st.sampled_from(DEFECTS))
def test_one_more_frame_with_a_defect_is_never_a_pass(
    sizes: tuple[int, int, int], looks: list[tuple[Thing, ...]], defect: tuple[Thing, ...]
) -> None:
    frames, agree, fresh = sizes
    assert verdict_of([*looks, defect], Vote(frames=frames, agree=agree, fresh=fresh)) is not OK


@given(SIZES, LOOKS, st.sampled_from(DEFECTS), st.data())
def test_a_defect_in_any_frame_never_makes_a_pass(
    sizes: tuple[int, int, int], looks: list[tuple[Thing, ...]], defect: tuple[Thing, ...], data: st.DataObject
) -> None:
    """Within one window: what does not pass passes even less where one of its frames shows a defect instead."""
    frames, agree, fresh = sizes
    vote = Vote(frames=frames, agree=agree, fresh=fresh)
    window = looks[-frames:]
    index = data.draw(st.integers(0, len(window) - 1))
    if passes_whole(window, vote):
        return
    assert not passes_whole([*window[:index], defect, *window[index + 1 :]], vote)


def passes_whole(window: list[tuple[Thing, ...]], vote: Vote) -> bool:
    """Whether the window's last look would pass, had nothing been decided before it."""
    ballot = Ballot(RECIPE, vote.model_copy(update={"fresh": max(vote.fresh, len(window))}))
    decisions = [ballot.cast(look(i, things)) for i, things in enumerate(window)]
    last = decisions[-1]
    return last is not None and last.verdict is OK and len(window) >= vote.fresh


@given(SIZES, st.data())
def test_a_part_that_too_many_frames_miss_never_passes(sizes: tuple[int, int, int], data: st.DataObject) -> None:
    """Wherever they lie: of the N frames fewer than M are left that could say OK."""
    frames, agree, fresh = sizes
    good = data.draw(st.sets(st.integers(0, frames - 1), max_size=agree - 1))
    window = [FOUR if number in good else without(1) for number in range(frames)]
    assert not passes_whole(window, Vote(frames=frames, agree=agree, fresh=fresh))
