"""Where a training stands, on a clock that does what it is told."""

import math

import numpy as np
import pytest

from inspector.learning.network import COUNTS
from inspector.learning.pace import Pace, enough_steps, rate_at
from inspector.learning.settings import TrainingSettings

LOGS = {"loss": 1.0, "classification": 0.75, **dict.fromkeys(COUNTS, 2.0)}


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def take(pace, clock, steps, each):
    for _ in range(steps):
        clock.now += each
        pace.note(LOGS)


def test_the_rate_warms_up_and_cools_down():
    rates = [rate_at(done, 1.0) for done in np.linspace(0, 1, 101)]
    assert rates[0] == pytest.approx(0.05)
    assert max(rates) == rates[5] == pytest.approx(1.0)
    assert rates[100] == pytest.approx(0.0)
    assert (np.diff(rates[:6]) > 0).all()
    assert (np.diff(rates[5:]) < 0).all()


def test_a_run_ends_with_its_steps_or_its_time():
    logs = {"loss": 1.0, **dict.fromkeys(COUNTS, 2.0)}
    hurried, long, short = (
        Pace(TrainingSettings(minutes=1e-9), 100),
        Pace(TrainingSettings(minutes=10), 100),
        Pace(TrainingSettings(), 1),
    )
    assert not any(pace.over for pace in (hurried, long, short))
    for pace in (hurried, long, short):
        pace.note(logs)
    assert [pace.over for pace in (hurried, long, short)] == [True, False, True]
    assert hurried.rate == pytest.approx(0)
    assert long.counts == dict.fromkeys(COUNTS, 2)


def test_more_frames_take_more_steps_but_ever_less_for_each():
    few, some, many = (enough_steps(n, 1, TrainingSettings()) for n in (20, 200, 2000))
    assert few < some <= many < 10 * few
    assert enough_steps(20, 5, TrainingSettings()) == 2 * few


def test_effort_is_a_share_of_the_steps():
    assert enough_steps(20, 1, TrainingSettings(effort=0.25)) == enough_steps(20, 1, TrainingSettings()) // 4


def test_the_first_step_compiles_and_tells_nothing_of_the_others(clock):
    pace = Pace(TrainingSettings(batch=8), 21, clock)
    take(pace, clock, 1, each=10)
    take(pace, clock, 10, each=0.5)
    now = pace.progress()
    assert (now.step, now.steps, now.images_per_s, now.seconds_left) == (11, 21, 16, 5)
    assert now.losses == {"classification": 0.75}


def test_exams_are_no_part_of_the_speed_but_of_the_time_left(clock):
    pace = Pace(TrainingSettings(batch=8), 100, clock)
    take(pace, clock, 11, each=1)
    clock.now += 30
    pace.examined(30)
    take(pace, clock, 9, each=1)
    now = pace.progress()
    assert now.images_per_s == 8
    assert now.seconds_left == 80 + 3 * 30  # of 80 steps, each 25th sits an exam


def test_a_loss_is_that_of_the_last_batches():
    pace = Pace(TrainingSettings(), 9)
    pace.note(LOGS)
    pace.note(LOGS | {"loss": 2.0})
    assert pace.loss == pytest.approx(1.1)  # 0.9 x 1 + 0.1 x 2


def test_the_cool_down_lowers_the_rate_from_where_it_is_and_then_ends(clock):
    pace = Pace(TrainingSettings(rate=1.0), 1000, clock)
    take(pace, clock, 300, each=1)
    before = pace.rate
    pace.cool_down()
    assert (pace.between_exams, pace.steps) == (50, 500)
    rates = []
    while not pace.over:
        rates.append(pace.rate)
        take(pace, clock, 1, each=1)
    assert rates[0] == before
    assert rates[100] == pytest.approx(before / 2)
    assert (np.diff(rates) < 0).all()
    assert pace.rate == pytest.approx(0)
    assert pace.progress().cooling


def test_the_cool_down_is_done_when_the_minutes_are_over(clock):
    pace = Pace(TrainingSettings(rate=1.0, minutes=6), 1000, clock)
    take(pace, clock, 300, each=1)
    before = pace.rate
    pace.cool_down()  # over 200 steps, of which there is time for 60
    take(pace, clock, 30, each=1)
    assert pace.rate == pytest.approx(before / 2)
    take(pace, clock, 30, each=1)
    assert pace.over
    assert pace.rate == pytest.approx(0)


def test_no_cool_down_ends_later_than_the_run_does(clock):
    pace = Pace(TrainingSettings(), 1000, clock)
    take(pace, clock, 800, each=1)
    pace.cool_down()
    assert (pace.steps, pace.cooling) == (1000, False)


def test_half_the_batch_takes_twice_the_steps_at_the_same_rate(clock):
    pace = Pace(TrainingSettings(batch=8), 100, clock)
    take(pace, clock, 40, each=1)
    before = pace.rate
    pace.halve()
    assert (pace.batch, pace.step, pace.steps, pace.between_exams) == (4, 80, 200, 50)
    assert pace.rate == before
    pace.halve()
    pace.halve()
    assert (pace.batch, pace.step, pace.steps) == (2, 160, 400)


def test_an_odd_batch_leaves_no_picture_out():
    pace = Pace(TrainingSettings(batch=5), 7)
    pace.halve()
    assert (pace.batch, pace.steps) == (2, 18)  # 35 pictures are 17 and a half batches of two


def test_what_a_checkpoint_keeps_is_where_it_stood(clock):
    pace = Pace(TrainingSettings(), 1000, clock)
    take(pace, clock, 300, each=1)
    pace.cool_down()
    kept = pace.kept()
    clock.now += 5000  # nobody worked on it meanwhile
    again = Pace(TrainingSettings(), 1000, clock)
    again.restore(kept)
    assert again.kept() == kept
    assert again.rate == pace.rate
    take(again, clock, 2, each=3)
    assert again.progress().images_per_s == pytest.approx(8 / 3)


def test_nothing_done_yet():
    assert math.isnan(Pace(TrainingSettings(), 10).progress().loss)
