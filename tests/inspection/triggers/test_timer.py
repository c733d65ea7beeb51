"""Every so many seconds, counted from the first look."""

from inspector.inspection.triggers.timer import Timer
from inspector.inspection.triggers.wish import Wish


def wishes(timer: Timer, looks_s: list[float]) -> list[float]:
    return [now_s for now_s in looks_s for wish in timer.look(now_s) if wish == Wish("timer")]


def test_it_wishes_at_equal_distances() -> None:
    looks = [100 + i / 8 for i in range(80)]
    assert wishes(Timer(2.0), looks) == [102.0, 104.0, 106.0, 108.0]


def test_a_late_look_does_not_put_off_the_next() -> None:
    assert wishes(Timer(2.0), [10.0, 13.5, 14.0, 15.0, 16.0]) == [13.5, 14.0, 16.0]


def test_what_it_slept_through_comes_once() -> None:
    assert wishes(Timer(1.0), [0.0, 60.5, 60.75, 61.0]) == [60.5, 61.0]
