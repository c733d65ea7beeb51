"""What goes wrong most often, with the shares worked out."""

from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.records.pareto import NOTHING, Bar, pareto
from inspector.inspection.records.wanted import Cause

CAUSES = (
    Cause("screw", "off", "", "screw: 1 is off", 30),
    Cause("screw", "off", "", "screw: 2 are off", 12),
    Cause("tape", None, "", "tape missing", 38),
    Cause("clip", None, "missing", "clip missing", 15),
    Cause("clip", None, "extra", "clip: 2 found, 1 expected", 5),
)


def test_findings_that_differ_in_numbers_alone_are_one_bar() -> None:
    found = pareto(CAUSES)
    assert found.bars == (
        Bar("screw", "off", "", "screw: 1 is off", 42, 0.42),
        Bar("tape", None, "", "tape missing", 38, 0.8),
        Bar("clip", None, "missing", "clip missing", 15, 0.95),
        Bar("clip", None, "extra", "clip: 2 found, 1 expected", 5, 1.0),
    )
    assert found.rest == 0


def test_what_is_rare_is_the_rest() -> None:
    found = pareto(CAUSES, most=2)
    assert ([bar.up_to for bar in found.bars], found.rest) == ([0.42, 0.8], 20)


def test_nothing_wrong_has_no_bar() -> None:
    assert pareto(()) == NOTHING


def test_a_component_is_missing_in_whichever_of_its_patterns_and_seen_in_a_failing_one_by_its_name() -> None:
    causes = (
        Cause("lid", "blue", "missing", "lid missing", 3),
        Cause("lid", None, "missing", "lid: 0 found, 1 expected", 4),
        Cause("lid", "red", "wrong", "lid is red", 2),
        Cause("lid", "green", "wrong", "lid is green", 1),
    )
    told = [(bar.pattern, bar.kind, bar.times) for bar in pareto(causes).bars]
    assert told == [(None, "missing", 7), ("red", "wrong", 2), ("green", "wrong", 1)]


@given(
    st.lists(
        st.builds(
            Cause,
            st.sampled_from("abc"),
            st.sampled_from([None, "x"]),
            st.sampled_from(["", "missing", "wrong"]),
            st.text(),
            st.integers(1, 99),
        )
    ),
    st.integers(1, 8),
)
def test_no_finding_is_lost_or_counted_twice(causes: list[Cause], most: int) -> None:
    found = pareto(causes, most)
    assert sum(bar.times for bar in found.bars) + found.rest == sum(cause.times for cause in causes)
    assert [bar.times for bar in found.bars] == sorted((bar.times for bar in found.bars), reverse=True)
    assert all(0 < bar.up_to <= 1 for bar in found.bars)
