"""What a network is asked while it learns, on frames whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from inspector.learning.best import Best
from inspector.learning.exam import Exam, Marks
from inspector.learning.families import build
from inspector.learning.network import DOUBTFUL
from inspector.learning.pace import Pace
from inspector.learning.scenes import evenly
from inspector.learning.training import train
from tests.learning.conftest import as_they_are


class Weights:
    """A network of one weight."""

    def __init__(self, value):
        self.variables = [np.array([value])]


def wait(best, losses):
    seen = []
    for step, loss in enumerate(losses):
        best.note(loss, step, Weights(step), last=False)
        seen.append(best.out_of_patience)
    return seen


def test_the_best_state_is_kept_and_patience_ends():
    best = Best(patience=2)
    assert wait(best, [1.0, 0.5, 0.8, 0.6]) == [False, False, False, True]
    assert (best.step, best.loss) == (1, 0.5)
    assert best.weights[0].tolist() == [1]


def test_a_hair_better_is_kept_but_not_waited_for():
    best = Best(patience=3)
    assert wait(best, [1.0, 0.999, 0.998, 0.995]) == [False, False, False, True]
    assert best.step == 3


def test_a_loss_that_is_no_number_is_never_the_best():
    best = Best(patience=2)
    assert wait(best, [float("nan"), float("nan")]) == [False, True]
    assert not best.weights


@pytest.mark.parametrize(
    ("loss", "kept"), [(0.74, 2), (0.76, 1), (float("nan"), 1)], ids=["a little worse", "much worse", "no number"]
)
def test_the_last_state_is_kept_unless_it_is_much_worse(loss, kept):
    best = Best(patience=5)
    wait(best, [1.0, 0.5])
    best.note(loss, 2, Weights(2), last=True)
    assert (best.step, best.weights[0].tolist()) == (kept, [kept])


def test_without_patience_nothing_ends():
    assert not any(wait(Best(patience=0), [1.0, *[2.0] * 50]))


@pytest.mark.parametrize(
    ("most", "full", "empty"), [(100, 20, 20), (10, 5, 5), (7, 4, 3), (30, 15, 15)], ids=["all", "ten", "odd", "thirty"]
)
def test_the_sample_is_half_full_and_half_empty(squares, most, full, empty):
    picked = evenly(squares.held_out.empty, most)
    assert (~squares.held_out.empty[picked]).sum() in (full, empty)
    assert len(set(picked.tolist())) == len(picked) == full + empty


def test_few_empty_frames_leave_room_for_full_ones(squares):
    part = squares.held_out
    few = replace(
        part, **{name: getattr(part, name)[:22] for name in ("images", "boxes", "classes", "taught", "names")}
    )
    picked = evenly(few.empty, 12)
    assert few.empty[picked].sum() == 2
    assert len(picked) == 12


def test_a_taught_network_passes_and_an_untaught_one_fails(untraced, squares, taught):
    marks = Exam(squares, taught.network).sit()
    assert marks.recall > 0.9
    assert marks.average_precision > 0.9
    assert marks.loudest is not None
    assert marks.loudest < 0.8
    failed = Exam(squares, build(taught.architecture)).sit()
    assert failed.recall < 0.3
    assert failed.loss > 3 * marks.loss


def test_what_nobody_asked_is_none():
    assert Marks(0.25, float("nan"), None, float("nan")).as_json() == {
        "loss": 0.25,
        "recall": None,
        "loudest": None,
        "average_precision": None,
    }


def test_frames_that_get_no_better_end_the_run_and_the_best_state_is_what_is_kept(glance, squares, recipe, monkeypatch):
    monkeypatch.setattr("inspector.learning.pace.LEAST_BETWEEN", 1)
    losses = iter([5.0, 2.0, *[4.0] * 50])
    monkeypatch.setattr(Exam, "sit", lambda self: Marks(next(losses), 1.0, 0.0, 1.0))
    seen = []
    settings = as_they_are(steps=40, batch=2, patience=3)
    trained = train(squares, recipe, settings, seen.append)
    # An exam every 2 steps: the second is the best, three more find nothing better, four more cool down.
    assert trained.steps == (2 + 3 + 4) * 2
    assert trained.kept == 4
    assert [now.step for now in seen if now.cooling] == list(range(10, 19))
    assert [now.step for now in seen if now.held_out] == list(range(2, 19, 2))
    assert not trained.stopped


def test_where_the_time_runs_out_after_a_step_its_state_is_examined(glance, squares, recipe, monkeypatch):
    monkeypatch.setattr("inspector.learning.pace.LEAST_BETWEEN", 2)
    monkeypatch.setattr(Exam, "sit", lambda self: Marks(1.0, 1.0, 0.0, 1.0))
    late = []

    def told(now):
        if now.step == 3:  # between two exams
            late.append(now)

    monkeypatch.setattr(Pace, "over", property(lambda self: self.step >= self.steps or (self.step > 0 and bool(late))))
    trained = train(squares, recipe, as_they_are(steps=40, batch=2), told)
    assert (trained.steps, trained.kept) == (3, 3)


def test_without_held_out_frames_the_run_goes_on_and_says_so(glance, squares, recipe):
    none = {name: getattr(squares.held_out, name)[:0] for name in ("images", "boxes", "classes", "taught", "names")}
    said = []
    alone = replace(squares, held_out=replace(squares.held_out, **none))
    trained = train(alone, recipe, as_they_are(steps=2, batch=2), say=said.append)
    assert (trained.steps, trained.kept) == (2, 2)
    assert said == [
        "No frame is held out: the training goes on to its last step, and nothing tells whether it overfits."
    ]


def test_what_is_doubtful_counts_neither_as_missed_nor_as_wrong(untraced, squares, taught):
    held_out = squares.held_out
    # Two of three are called doubtful, though the network sees them as well as ever.
    doubted = tuple(np.full_like(c, DOUBTFUL) if i % 3 else c for i, c in enumerate(held_out.classes))
    whole = Exam(squares, taught.network).sit()
    marks = Exam(replace(squares, held_out=replace(held_out, classes=doubted)), taught.network).sit()
    assert marks.recall >= 0.9
    assert marks.average_precision >= whole.average_precision - 0.1
    assert marks.loudest == whole.loudest
