"""When a training is said to know enough, and what is said where it never does."""

from typing import Any

from tests.benchmarks.race import _columns


def exams(*precisions: float) -> dict[str, Any]:
    """One each 30 steps, which take a minute, and two of the processor."""
    told = enumerate(precisions, 1)
    return {"exams": [{"step": 30 * i, "seconds": 60.0 * i, "processor_s": 120.0 * i, "precision": p} for i, p in told]}


def test_the_first_exam_that_says_enough_counts_and_of_seeds_the_median() -> None:
    # Reached after 2, 3 and 4 exams.
    cells = [exams(0.5, 0.95), exams(0.1, 0.2, 0.97), exams(0.1, 0.2, 0.3, 0.99)]
    assert _columns(cells) == ["90", "180", "360", "0.970"]


def test_where_most_seeds_never_say_enough_none_is_told() -> None:
    assert _columns([exams(0.96), exams(0.1, 0.94), exams(0.3)]) == ["not within 600", "", "", "0.940"]
