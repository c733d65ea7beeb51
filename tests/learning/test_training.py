from dataclasses import replace

import keras
import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.errors import InputError
from inspector.learning.families import shapes_of
from inspector.learning.network import COUNTS
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import Pace, enough_steps, may_turn, rate_at, train
from inspector.recipe import Component, Recipe


def stop_after(steps, seen):
    def progress(now):
        seen.append(now)
        if now.step == steps:
            raise KeyboardInterrupt

    return progress


@pytest.fixture(scope="module")
def twins(squares, recipe):
    """Two runs alike, each stopped by Ctrl-C after its third step of six."""
    seen = []
    settings = TrainingSettings(steps=6, batch=4, seed=5)
    return [train(squares, recipe, settings, stop_after(3, seen)) for _ in range(2)], seen


def test_the_same_seed_gives_the_same_run(twins):
    (one, other), _ = twins
    for a, b in zip(one.network.weights, other.network.weights, strict=True):
        assert (keras.ops.convert_to_numpy(a) == keras.ops.convert_to_numpy(b)).all()
    assert one.loss == other.loss


def test_ctrl_c_leaves_the_network_as_it_stands(twins):
    (one, _), seen = twins
    assert one.stopped
    assert one.steps == 3
    assert one.ledger.empty_images_drawn == 3 * 2
    assert [now.step for now in seen[:3]] == [1, 2, 3]
    assert seen[2].steps == 6
    assert seen[2].images_per_s > 0
    assert np.isfinite(seen[2].seconds_left)


def test_stopped_before_it_began(squares, recipe, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("inspector.learning.sampling.Batches.__getitem__", interrupted)
    with pytest.raises(InputError, match="stopped before it had begun"):
        train(squares, recipe, TrainingSettings(steps=2, batch=4))


def test_the_loss_falls(taught, losses):
    assert len(losses) == 200
    assert losses[-1] < 0.3 * losses[0]
    assert not taught.stopped


def test_the_ledger_counts_what_reached_the_loss(taught):
    ledger = taught.ledger
    assert (ledger.images_with_boxes, ledger.empty_images) == (40, 30)
    # Half of what is drawn; some pictures become empty when they are changed, and some cease to be.
    assert ledger.empty_images_drawn == pytest.approx(200 * 4, rel=0.05)
    assert ledger.negatives_in_loss_from_empty == ledger.empty_images_drawn * 16  # the minimum for each empty picture
    assert ledger.negatives_in_loss > ledger.negatives_in_loss_from_empty


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


def test_shapes_are_of_one_component_each_and_lie_on_their_side_where_it_may_turn(squares):
    recipe = Recipe(name="two", components=(Component(name="screw"), Component(name="tape", turns=True)))
    boxes = (as_boxes([[0, 0, 10, 12]]), as_boxes([[0, 0, 40, 8], [5, 5, 15, 17]]), as_boxes([]))
    classes = (np.array([0], np.int32), np.array([1, 0], np.int32), np.zeros(0, np.int32))
    part = replace(squares.train, boxes=boxes, classes=classes)
    screw, tape = shapes_of(part, recipe.labels, recipe)
    assert screw.tolist() == [[10, 12], [10, 12]]
    assert tape.tolist() == [[40, 8], [8, 40]]


def test_only_what_may_turn_is_turned(squares):
    recipe = Recipe(name="two", components=(Component(name="screw", turns=True), Component(name="tape")))
    taught = np.array([[True, False], [False, True], [True, True]])
    part = replace(squares.train, taught=taught)
    assert may_turn(part, recipe.labels, recipe).tolist() == [True, False, False]
