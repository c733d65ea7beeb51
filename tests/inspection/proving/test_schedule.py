from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.proving.schedule import Schedule, Why
from inspector.settings import ProofTimes

MORNING = datetime(2026, 6, 1, 5, 50)


def test_nothing_asked_is_never_due() -> None:
    assert Schedule(ProofTimes(), MORNING, 0).due(MORNING + timedelta(days=3), 3 * 86400) is None


def test_each_shift_is_due_once() -> None:
    schedule = Schedule(ProofTimes(at=("22:00", "06:00", "14:00")), MORNING, 0)
    found = []
    for minutes in range(0, 2 * 24 * 60, 10):
        now = MORNING + timedelta(minutes=minutes)
        if schedule.due(now, 60 * minutes) is Why.SHIFT:
            found.append(f"{now:%d %H:%M}")
            schedule.begun(now, 60 * minutes)
    assert found == ["01 06:00", "01 14:00", "01 22:00", "02 06:00", "02 14:00", "02 22:00"]


def test_a_shift_that_passed_while_nobody_looked_is_due_when_somebody_does() -> None:
    schedule = Schedule(ProofTimes(at=("06:00",)), MORNING, 0)
    assert schedule.due(MORNING.replace(hour=11), 0) is Why.SHIFT


def test_hours_count_from_the_last_proof() -> None:
    schedule = Schedule(ProofTimes(every_hours=8), MORNING, 100)
    assert schedule.due(MORNING, 100 + 8 * 3600 - 1) is None
    assert schedule.due(MORNING, 100 + 8 * 3600) is Why.HOURS
    schedule.begun(MORNING, 50_000)
    assert schedule.due(MORNING, 50_000 + 3600) is None


def test_a_clock_set_back_over_a_shift_does_not_call_for_it_again() -> None:
    schedule = Schedule(ProofTimes(at=("06:00",)), MORNING, 0)
    later = MORNING + timedelta(minutes=15)
    assert schedule.due(later, 900) is Why.SHIFT
    schedule.begun(later, 900)
    assert schedule.due(MORNING, 960) is None
    assert schedule.due(later, 1000) is None


@given(st.lists(st.integers(0, 1439), min_size=1, max_size=4, unique=True), st.lists(st.integers(1, 700), max_size=40))
def test_each_time_of_the_day_is_due_at_most_once(minutes: list[int], steps: list[int]) -> None:
    schedule = Schedule(ProofTimes(at=tuple(f"{m // 60:02}:{m % 60:02}" for m in minutes)), MORNING, 0)
    now, due = MORNING, 0
    for step in steps:
        now += timedelta(minutes=step)
        if schedule.due(now, 0) is not None:
            due += 1
            schedule.begun(now, 0)
    passed = sum(
        MORNING < (MORNING + timedelta(days=day)).replace(hour=m // 60, minute=m % 60) <= now
        for m in minutes
        for day in range((now - MORNING).days + 2)
    )
    assert due <= passed
    assert bool(due) == bool(passed)
