"""Sentences that tell a person what went wrong."""

from pathlib import Path

from inspector.errors import FileProblems, InputError, MachineError, Problem, did_you_mean


def test_the_users_mistake_and_the_machines_have_their_own_exit_codes() -> None:
    assert (InputError.exit_code, MachineError.exit_code) == (2, 3)
    assert FileProblems([]).exit_code == InputError.exit_code


def test_a_problem_says_where_it_stands() -> None:
    assert str(Problem(Path("a.yaml"), "no count", 7)) == "a.yaml:7: no count"
    assert str(Problem(Path("a.png"), "not a picture")) == "a.png: not a picture"


def test_all_problems_are_told_at_once() -> None:
    error = FileProblems(Problem(Path("a"), text, line) for line, text in enumerate(("one", "two"), 1))
    assert str(error) == "a:1: one\na:2: two"
    assert len(error.problems) == 2


def test_what_nobody_would_read_to_the_end_is_counted() -> None:
    error = FileProblems(Problem(Path("a"), "wrong", line) for line in range(1, 301))
    lines = str(error).splitlines()
    assert (lines[99], lines[100:]) == ("a:100: wrong", ["... and 200 more."])
    assert len(error.problems) == 300


def test_the_nearest_known_word_is_offered() -> None:
    assert did_you_mean("scerw", ["tape", "screw"]) == " Did you mean 'screw'?"


def test_where_no_word_is_near_the_known_ones_are_listed() -> None:
    assert did_you_mean("xyz", ["tape", "screw"]) == " Known: tape, screw."
    assert did_you_mean("xyz", []) == ""
