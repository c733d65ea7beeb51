"""Frames into decisions: worked ballots, and that OK needs M of the last N."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.frame import Image, freeze
from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.inspection.vote import EVERY_FRAME, Ballot, Decision, Look, Votes
from inspector.recipe import Component, Recipe, Trigger, Vote
from tests.inspection.looks import FOUR, RECIPE, SEEN, Thing, add, first_decision, look, saying, votes_on

OK, NOT_OK, NOT_DECIDABLE, UNDEFINED = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE, Verdict.UNDEFINED


def all_saying(verdicts: list[Verdict]) -> list[Look]:
    return [saying(number, verdict) for number, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "expected", "last"),
    [
        ([OK, OK, OK, OK, OK], OK, 3),
        ([OK, OK, NOT_OK, OK, OK], OK, 4),
        ([OK, NOT_OK, OK, NOT_OK, OK, OK, OK], OK, 6),  # the last five: OK, NOT_OK, OK, OK, OK
        ([NOT_OK, NOT_OK, NOT_OK, OK, NOT_OK], NOT_OK, 4),
        ([NOT_DECIDABLE] * 4, NOT_DECIDABLE, 3),
    ],
)
def test_four_of_five(verdicts: list[Verdict], expected: Verdict, last: int) -> None:
    decision = first_decision(Vote(frames=5, agree=4), all_saying(verdicts))
    assert decision is not None
    assert (decision.verdict, decision.first.number, decision.last.number) == (expected, 0, last)


def test_no_decision_before_enough_agree() -> None:
    assert first_decision(Vote(frames=5, agree=4), all_saying([OK, NOT_OK] * 5)) is None


def test_frames_that_found_different_things_do_not_agree() -> None:
    ballot = Ballot(RECIPE, Vote(frames=3, agree=2))
    assert ballot.cast(look(0, FOUR[:1])) is None
    assert ballot.cast(look(1, FOUR[:2])) is None
    decision = ballot.cast(look(2, FOUR[:1]))
    assert decision is not None
    assert decision.findings[0].found == 1


def test_out_of_time_is_not_decidable_even_if_the_late_frame_would_agree() -> None:
    ballot = Ballot(RECIPE, Vote(frames=2, agree=2, decide_within_s=3))
    assert ballot.cast(saying(0, OK, time_s=10.0)) is None
    decision = ballot.cast(saying(1, OK, time_s=13.1))
    assert decision is not None
    assert decision.verdict is NOT_DECIDABLE
    reason = "a: too few pictures came within 3 s: 2 must agree"
    assert decision.findings == (Finding("a", None, 4, 4, NOT_DECIDABLE, reason, Kind.UNDECIDED, 0.9),)


def test_the_last_moment_still_counts() -> None:
    ballot = Ballot(RECIPE, Vote(frames=2, agree=2, decide_within_s=3))
    ballot.cast(saying(0, OK, time_s=10.0))
    decision = ballot.cast(saying(1, OK, time_s=13.0))
    assert decision is not None
    assert decision.verdict is OK


def test_an_undecided_vote_names_what_wavered() -> None:
    both = Recipe(name="box", components=(*RECIPE.components, Component(name="b", count=0, threshold=0.5)))
    ballot = Ballot(both, Vote(frames=3, agree=3, decide_within_s=1))
    decision = None
    for i, things in enumerate([FOUR, FOUR[:3], FOUR, FOUR[:3]]):
        decision = ballot.cast(look(i, things, i * 0.4, both))
    assert decision is not None
    assert decision.verdict is NOT_DECIDABLE
    wavering, steady = decision.findings
    assert (wavering.reason, wavering.kind) == ("a: not 3 of 3 pictures agreed within 1 s", Kind.UNDECIDED)
    assert steady == Finding("b", None, 0, 0, OK)


def test_clear_forgets_the_looks_and_the_time() -> None:
    ballot = Ballot(RECIPE, Vote(frames=2, agree=2, decide_within_s=1))
    ballot.cast(saying(0, OK, time_s=0.0))
    ballot.clear()
    assert ballot.cast(saying(1, OK, time_s=50.0)) is None
    decision = ballot.cast(saying(2, OK, time_s=50.1))
    assert decision is not None
    assert (decision.verdict, decision.first.number) == (OK, 1)


def test_every_frame_decides_alone() -> None:
    votes = votes_on(EVERY_FRAME)
    decisions = [add(votes, saying(i, v, time_s=i * 100.0)) for i, v in enumerate([OK, NOT_OK, OK])]
    assert [(d.first.number, d.last.number, d.verdict) for d in decisions if d] == [
        (0, 0, OK),
        (1, 1, NOT_OK),
        (2, 2, OK),
    ]


def test_continuous_votes_follow_back_to_back() -> None:
    votes = votes_on(Vote(frames=3, agree=2))
    said = [OK, OK, NOT_OK, OK, NOT_OK, OK, OK]
    decisions = [d for i, v in enumerate(said) if (d := add(votes, saying(i, v)))]
    assert [(d.first.number, d.last.number, d.verdict) for d in decisions] == [(0, 1, OK), (2, 4, NOT_OK), (5, 6, OK)]


def test_a_pass_is_withdrawn_when_the_newest_frames_no_longer_say_so() -> None:
    votes = votes_on(Vote(frames=3, agree=2))
    shown = []
    for i, verdict in enumerate([OK, OK, NOT_OK, NOT_DECIDABLE]):
        add(votes, saying(i, verdict))
        shown.append(votes.verdict)
    assert shown == [UNDEFINED, OK, OK, UNDEFINED]


def test_a_fault_withdraws_the_verdict_until_a_fresh_decision() -> None:
    votes = votes_on(Vote(frames=3, agree=2))
    for i in range(3):
        add(votes, saying(i, OK))
    votes.clear()
    assert votes.verdict is UNDEFINED
    assert add(votes, saying(3, OK)) is None
    assert votes.verdict is UNDEFINED
    assert add(votes, saying(4, OK)) is not None
    assert votes.verdict is OK


def at_rest(votes: Votes, pictures: list[Image], verdict: Verdict = OK, first: int = 0) -> list[Decision]:
    return [d for i, p in enumerate(pictures, first) if (d := add(votes, saying(i, verdict), p))]


def block_at(x: int) -> Image:
    image = np.full((480, 640, 3), 90, np.uint8)
    image[100:300, x : x + 200] = 200
    return freeze(image)


REST = Vote(frames=3, agree=2, trigger=Trigger.REST)
MOTION = [block_at(x) for x in range(0, 400, 40)]


def test_one_decision_for_each_rest() -> None:
    votes = votes_on(REST)
    pictures = (MOTION + [block_at(400)] * 30) * 3
    decisions = at_rest(votes, pictures)
    assert len(decisions) == 3
    assert [d.first.number // 40 for d in decisions] == [0, 1, 2]
    assert all(d.first.number % 40 > len(MOTION) for d in decisions)


def test_motion_withdraws_the_verdict_of_the_workpiece_that_leaves() -> None:
    votes = votes_on(REST)
    at_rest(votes, [block_at(400)] * 10)
    assert votes.verdict is OK
    at_rest(votes, MOTION[:1], first=10)
    assert votes.verdict is UNDEFINED


def test_motion_before_the_decision_clears_the_ballot() -> None:
    votes = votes_on(Vote(frames=5, agree=5, trigger=Trigger.REST))
    assert at_rest(votes, [block_at(400)] * 6) == []
    (decision,) = at_rest(votes, [*MOTION, *[block_at(400)] * 12], first=6)
    assert decision.first.number > 6 + len(MOTION)


def test_a_rest_that_cannot_be_decided_ends_not_decidable_once() -> None:
    votes = votes_on(Vote(frames=3, agree=3, decide_within_s=1, trigger=Trigger.REST))
    decisions = [d for i in range(40) if (d := add(votes, saying(i, (OK, NOT_OK)[i % 2]), block_at(400)))]
    assert [d.verdict for d in decisions] == [NOT_DECIDABLE]


def test_after_a_fault_what_lies_there_is_judged_again() -> None:
    votes = votes_on(REST)
    assert len(at_rest(votes, [block_at(400)] * 20)) == 1
    votes.clear()
    assert len(at_rest(votes, [block_at(400)] * 20, first=20)) == 1


def test_before_several_cameras_all_must_rest() -> None:
    votes = votes_on(REST)
    still = block_at(400)
    moving = [*MOTION, *[still] * 10]
    decisions = [
        decision
        for i, picture in enumerate(moving)
        if (decision := votes.add({"top": still, "side": picture}, saying(i, OK)))
    ]
    assert [decision.first.number > len(MOTION) for decision in decisions] == [True]


@given(
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(n // 2 + 1, n))),
    st.lists(st.tuples(st.one_of(st.none(), SEEN), st.floats(0, 1)), max_size=60),
)
def test_ok_is_never_decided_nor_shown_without_m_of_the_last_n(
    sizes: tuple[int, int], steps: list[tuple[tuple[Thing, ...] | None, float]]
) -> None:
    frames, agree = sizes
    votes = votes_on(Vote(frames=frames, agree=agree, decide_within_s=2))
    since_clear: list[Look] = []
    time_s = 0.0
    for number, (things, pause) in enumerate(steps):
        time_s += pause
        if things is None:
            votes.clear()
            since_clear.clear()
            assert votes.verdict is UNDEFINED
            continue
        since_clear.append(look(number, things, time_s))
        decision = add(votes, since_clear[-1])
        last = since_clear[-frames:]
        if decision and decision.verdict is OK:
            mine = [each for each in last if each.number >= decision.first.number]
            assert sum(each.signature == decision.last.signature for each in mine) >= agree
            assert decision.last.time_s - decision.first.time_s <= 2
        if votes.verdict is OK:
            assert sum(each.verdict is OK for each in last) >= agree


@given(st.lists(st.sampled_from([OK, NOT_OK, NOT_DECIDABLE]), max_size=40))
def test_inspections_neither_overlap_nor_run_backwards(said: list[Verdict]) -> None:
    votes = votes_on(Vote(frames=4, agree=3, decide_within_s=0.55))
    decisions = [d for i, v in enumerate(said) if (d := add(votes, saying(i, v)))]
    ends = [-1, *(d.last.number for d in decisions)]
    assert [d.first.number for d in decisions] == [end + 1 for end in ends[:-1]]
