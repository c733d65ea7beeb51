from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.guard.clock import TOLD_S, Clock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Times:
    """Both clocks of a computer; the wall's can be set."""

    def __init__(self) -> None:
        self.wall, self.tick_s = NOON, 100.0

    def pass_s(self, seconds: float, jump_s: float = 0) -> None:
        self.wall += timedelta(seconds=seconds + jump_s)
        self.tick_s += seconds


def clock(times: Times, made_at: datetime = NOON - timedelta(days=1)) -> Clock:
    return Clock(made_at, lambda: times.wall, lambda: times.tick_s)


def test_time_that_passes_is_no_fault() -> None:
    times = Times()
    one = clock(times)
    for _ in range(5):
        times.pass_s(3600, jump_s=0.5)
        assert one.fault() is None
        assert one.jump == ""
    assert one.now() == times.wall


def test_a_clock_before_the_bundles_making_is_told_until_it_is_set() -> None:
    times = Times()
    one = clock(times, NOON + timedelta(days=2))
    assert one.fault() == (
        "The clock of this computer says 2026-06-01 12:00 UTC, and the bundle was made at 2026-06-03 12:00 UTC: "
        "set the clock."
    )
    times.pass_s(1, jump_s=3 * 86400)
    assert one.fault() is None


def test_a_bundle_made_on_a_computer_that_is_a_little_ahead_is_fine() -> None:
    assert clock(Times(), NOON + timedelta(minutes=4)).fault() is None


def test_a_jump_is_told_for_a_while_and_is_no_fault() -> None:
    times = Times()
    one = clock(times)
    times.pass_s(1, jump_s=-3600)
    assert one.fault() is None
    assert one.jump == "The clock of this computer was set back by 3600 s: see that it is right now."
    times.pass_s(TOLD_S - 1)
    assert one.fault() is None
    assert one.jump
    times.pass_s(2)
    assert one.fault() is None
    assert one.jump == ""


def test_what_is_recorded_goes_on_while_the_clock_is_behind_and_follows_it_again() -> None:
    times = Times()
    one = clock(times)
    before = one.now()
    times.pass_s(5, jump_s=-60)
    assert one.now() == before + timedelta(seconds=5)
    times.pass_s(120)
    assert one.now() == times.wall


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(-10_000, 10_000)), max_size=30))
def test_records_keep_their_order_whatever_is_done_to_the_clock(steps: list[tuple[float, float]]) -> None:
    times = Times()
    one = clock(times)
    said = []
    for seconds, jump_s in steps:
        times.pass_s(seconds, jump_s)
        said.append(one.now())
    assert said == sorted(said)
