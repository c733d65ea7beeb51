"""How long wrong PINs cost, whatever the clock says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.people.pause import FREE, MOST_S, NONE, Failures, from_now, left_s, pause_s

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1))
COUNTS = st.integers(0, 10**9)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (10**9, 900)]
)
def test_the_pause_grows_up_to_a_quarter_of_an_hour(count: int, seconds: float) -> None:
    assert pause_s(count) == seconds


@pytest.mark.parametrize(
    ("seconds_later", "left"), [(0, 60), (20, 40), (59.5, 0.5), (60, 0), (10**8, 0), (-1, 60), (-(10**8), 60)]
)
def test_what_is_left_is_never_less_than_nothing_nor_more_than_all(seconds_later: float, left: float) -> None:
    assert left_s(Failures(count=6, last_at=NOON), after(seconds_later)) == left


def test_without_a_failure_nobody_waits() -> None:
    assert left_s(NONE, NOON) == 0
    assert from_now(NONE, NOON) is NONE


@given(COUNTS, MOMENTS, MOMENTS)
def test_whatever_the_clock_says_a_pause_ends(count: int, failed: datetime, now: datetime) -> None:
    failures = from_now(Failures(count=count, last_at=failed), now)
    assert 0 <= left_s(failures, now) <= pause_s(count) <= MOST_S
    assert left_s(failures, now + timedelta(seconds=MOST_S)) == 0


@given(COUNTS, MOMENTS)
def test_more_failures_never_cost_less(count: int, moment: datetime) -> None:
    assert pause_s(count) <= pause_s(count + 1)
    if count >= FREE:
        assert left_s(Failures(count=count, last_at=moment), moment) > 0
