from dataclasses import replace

import keras
import numpy as np
import pytest

from inspector.backend import MACHINES, join
from inspector.boxes import as_boxes
from inspector.errors import InputError
from inspector.learning import training
from inspector.learning.distribution import Alone
from inspector.learning.families import shapes_of
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import may_turn, train
from inspector.recipe import Component, Recipe
from tests.learning.conftest import as_they_are
from tests.learning.untraced import steps_untraced


def stop_after(steps, seen):
    def progress(now):
        seen.append(now)
        if now.step == steps:
            raise KeyboardInterrupt

    return progress


@pytest.fixture(scope="module")
def twins(squares, recipe):
    """Two runs alike, each stopped by Ctrl-C after its third step of six. That pictures are changed alike too, a
    training that is gone on with shows; that a traced one is the same again, one of a process of its own.
    """
    seen = []
    settings = as_they_are(steps=6, batch=4, seed=5)
    with steps_untraced():
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


def test_a_machine_among_several_rehearses_no_step_that_the_others_know_nothing_of(
    glance, squares, recipe, monkeypatch
):
    settings, told = as_they_are(steps=1, batch=2), []
    train(squares, recipe, settings, expected=told.append)
    monkeypatch.setenv(MACHINES, "")
    join(["127.0.0.1:1", "127.0.0.1:2"], 0)
    monkeypatch.setattr(training, "devices_for", lambda settings: Alone())  # nobody answers at these addresses
    train(squares, recipe, settings, expected=told.append)
    assert len(told) == 1


def test_the_loss_falls(taught, losses):
    assert len(losses) == taught.settings.steps == taught.steps
    assert losses[-1] < 0.3 * losses[0]
    assert not taught.stopped


def test_the_ledger_counts_what_reached_the_loss(taught):
    ledger = taught.ledger
    assert (ledger.images_with_boxes, ledger.empty_images) == (40, 30)
    # Half of what is drawn; some pictures become empty when they are changed, and some cease to be.
    assert ledger.empty_images_drawn == taught.steps * 4
    assert ledger.negatives_in_loss_from_empty >= taught.steps * 4 * 16  # the minimum for each empty picture
    assert ledger.negatives_in_loss > ledger.negatives_in_loss_from_empty


def only(part, frames):
    names = ("images", "boxes", "classes", "names")
    kept = {name: [getattr(part, name)[i] for i in frames] for name in names}
    images = np.stack(kept.pop("images"))
    return replace(part, images=images, taught=part.taught[frames], **{k: tuple(v) for k, v in kept.items()})


def test_a_label_without_an_example_is_told(squares, recipe):
    whole = [i for i in range(len(squares.train)) if 1 not in squares.train.classes[i]]
    with pytest.raises(
        InputError, match=r"^No training frame holds a box of 'square/off'\. Annotate frames that show it"
    ):
        train(replace(squares, train=only(squares.train, whole)), recipe, TrainingSettings(steps=1))


def test_negatives_alone_teach_nothing(squares, recipe):
    empty = np.flatnonzero(squares.train.empty).tolist()
    with pytest.raises(InputError, match="No training frame holds a box, so there is nothing to learn"):
        train(replace(squares, train=only(squares.train, empty)), recipe, TrainingSettings(steps=1))


def test_positives_alone_teach(glance, squares, recipe):
    """An experiment asks for it; a dataset for a station is refused before."""
    full = np.flatnonzero(~squares.train.empty).tolist()
    trained = train(replace(squares, train=only(squares.train, full)), recipe, TrainingSettings(steps=1, batch=2))
    assert (trained.ledger.empty_images, trained.ledger.empty_images_drawn) == (0, 0)


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
