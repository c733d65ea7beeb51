"""Shifts by the clock on the wall, also in the nights in which it is set; worked by hand."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inspector.errors import FileProblems
from inspector.settings import Workspace
from inspector.shifts import DAY, HOUR, Period, Shifts, Span, days, hours

BERLIN = ZoneInfo("Europe/Berlin")
THREE = Shifts(at=("06:00", "14:00", "22:00"))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def utc(day: int, hour: int, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        (utc(10, 4), utc(10, 4), utc(10, 12)),  # 06:00 in Berlin's summer: the early shift begins
        (utc(10, 11), utc(10, 4), utc(10, 12)),
        (utc(10, 12), utc(10, 12), utc(10, 20)),
        (utc(10, 23), utc(10, 20), utc(11, 4)),
        (utc(11, 3), utc(10, 20), utc(11, 4)),
    ],
)
def test_the_shift_of_a_moment(moment: datetime, start: datetime, end: datetime) -> None:
    assert THREE.around(moment, BERLIN) == Span(start, end)


def test_the_night_in_which_the_clock_is_set_is_another_hour_long() -> None:
    spring, autumn = THREE.around(utc(29, 0, 3), BERLIN), THREE.around(utc(25, 0, 10), BERLIN)
    assert spring.end - spring.start == 7 * HOUR
    assert autumn.end - autumn.start == 9 * HOUR
    assert (len(hours(spring)), len(hours(autumn))) == (7, 9)


def test_without_times_a_shift_is_a_day() -> None:
    assert (
        Shifts(at=()).around(utc(10, 12), BERLIN)
        == Span(utc(9, 22), utc(10, 22))
        == days(*[date(2026, 6, 10)] * 2, BERLIN)
    )


def test_periods_reach_to_the_end_of_what_runs() -> None:
    now = utc(10, 12)
    assert THREE.span(Period.SHIFT, now, BERLIN) == Span(utc(10, 12), utc(10, 20))
    assert THREE.span(Period.TODAY, now, BERLIN) == Span(utc(9, 22), utc(10, 22))
    assert THREE.span(Period.WEEK, now, BERLIN) == Span(utc(3, 22), utc(10, 22))


def test_the_shifts_that_a_span_touches_are_cut_to_it() -> None:
    found = THREE.within(Span(utc(10, 6), utc(10, 21)), BERLIN)
    assert found == [Span(utc(10, 6), utc(10, 12)), Span(utc(10, 12), utc(10, 20)), Span(utc(10, 20), utc(10, 21))]


def test_the_last_hour_may_be_shorter() -> None:
    half = timedelta(minutes=30)
    assert hours(Span(utc(10, 6), utc(10, 7) + half))[-1] == Span(utc(10, 7), utc(10, 7) + half)
    assert hours(Span(utc(10, 6), utc(10, 6))) == []


@given(MOMENTS, st.lists(st.integers(0, 1439), unique=True, max_size=6), st.integers(1, 10 * 24))
def test_shifts_follow_each_other_without_a_gap(moment: datetime, minutes: list[int], length: int) -> None:
    shifts = Shifts(at=tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in minutes))
    shift = shifts.around(moment, BERLIN)
    assert shift.start <= moment < shift.end
    assert shift.end - shift.start <= DAY + HOUR
    span = Span(moment, moment + length * HOUR)
    found = shifts.within(span, BERLIN)
    assert (found[0].start, found[-1].end) == span
    assert all(one.end == after.start for one, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "fault"),
    [("[6:00]", "'6:00' should be a time of the day"), ("[24:00]", "24:00"), ("[06:00, 06:00]", "begin at the same")],
)
def test_a_faulty_time_is_told(workspace: Workspace, text: str, fault: str) -> None:
    (workspace.folder / "settings.yaml").write_text(f"format: 1\nshifts:\n  at: {text}\n")
    with pytest.raises(FileProblems, match=fault):
        workspace.settings()


def test_times_need_no_quotes(workspace: Workspace) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\nshifts:\n  at: [05:30, 17:30]\n")
    assert workspace.settings().shifts.at == ("05:30", "17:30")


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
    st.lists(st.times().map(lambda t: f"{t:%H:%M}"), max_size=5, unique=True),
    st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1)),
)
def test_a_shift_began_less_than_a_day_ago(at: list[str], now: datetime) -> None:
    aware = now.replace(tzinfo=UTC)
    began = Shifts(at=tuple(at)).begun(aware)
    assert timedelta(0) <= aware - began < timedelta(days=1)
