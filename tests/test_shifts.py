"""Which shift it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inspector.shifts import Shifts

THREE = Shifts(at=("06:00", "14:00", "22:00"))


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        ((2026, 3, 2, 6, 0), (2026, 3, 2, 6, 0)),
        ((2026, 3, 2, 5, 59), (2026, 3, 1, 22, 0)),
        ((2026, 3, 2, 13, 59), (2026, 3, 2, 6, 0)),
        ((2026, 3, 2, 23, 30), (2026, 3, 2, 22, 0)),
        ((2026, 3, 1, 0, 0), (2026, 2, 28, 22, 0)),
    ],
)
def test_the_shift_is_the_last_that_began(now: tuple[int, ...], begun: tuple[int, ...]) -> None:
    assert THREE.begun(datetime(*now, tzinfo=UTC)) == datetime(*begun, tzinfo=UTC)


def test_without_shifts_a_day_is_one() -> None:
    zone = timezone(timedelta(hours=-3))
    assert Shifts().begun(datetime(2026, 3, 2, 1, 0, tzinfo=zone)) == datetime(2026, 3, 2, tzinfo=zone)


@pytest.mark.parametrize("text", ["6:00", "24:00", "06:00:00", "morning", "06-00"])
def test_what_is_no_time_of_the_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="should be a time of the day"):
        Shifts(at=(text,))


@given(
    st.lists(st.times().map(lambda t: f"{t:%H:%M}"), max_size=5),
    st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1)),
)
def test_a_shift_began_less_than_a_day_ago(at: list[str], now: datetime) -> None:
    aware = now.replace(tzinfo=UTC)
    began = Shifts(at=tuple(at)).begun(aware)
    assert timedelta(0) <= aware - began < timedelta(days=1)
