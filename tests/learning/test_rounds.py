from dataclasses import replace

import cv2
import numpy as np
import pytest

from inspector.bundle import Ledger, Search
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.detections import Detections
from inspector.frame import freeze
from inspector.labeling.negatives import Negative
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.mining import Mining
from inspector.learning.objective import Objective
from inspector.learning.rounds import Error, Eye, Hardening, Looked, harden, worst
from inspector.learning.settings import Rounds, TrainingSettings
from inspector.learning.ssd import Ssd
from inspector.learning.training import train
from inspector.preprocess import letterbox
from inspector.recipe import Label
from inspector.tiles import Tiling
from tests.learning.conftest import as_they_are

SIDE = 96

ON, OFF = Label("square", "on"), Label("square", "off")
HERE, THERE = np.array([0, 0, 10, 10], np.float32), np.array([50, 50, 60, 60], np.float32)


def error(frame, score, box=HERE, label=ON, view="a"):
    return Error(frame, view, label, score, box)


def test_each_thing_that_fools_gives_its_worst_frame_before_any_gives_its_second():
    errors = [error(0, 0.9), error(1, 0.8), error(2, 0.7), error(3, 0.3, THERE), error(4, 0.2, THERE)]
    assert worst(errors, 10) == [0, 3, 1, 4, 2]
    assert worst(errors, 2) == [0, 3]


def test_a_thing_is_one_place_of_one_label_in_one_recording():
    near = HERE + np.array([2, 0, 2, 0], np.float32)
    errors = [error(0, 0.9), error(1, 0.8, near), error(2, 0.7, label=OFF), error(3, 0.6, view="b")]
    assert worst(errors, 3) == [0, 2, 3]


def test_one_place_in_two_tiles_is_two_things():
    labels = (ON,)
    seen = Detections(HERE[None], np.array([0.9], np.float32), np.zeros(1, np.int32), labels)
    names = ("a/000001@64x64+0+0", "a/000001@64x64+32+0", "a/000002@64x64+0+0")
    looked = Looked(names, np.zeros((3, 4, 4, 3), np.uint8), np.ones((3, 1), bool), (seen,) * 3)
    assert [e.view for e in looked.errors()] == ["a64x64+0+0", "a64x64+32+0", "a64x64+0+0"]
    assert worst(looked.errors(), 2) == [0, 1]


def test_a_frame_is_taken_once():
    assert worst([error(0, 0.9), error(0, 0.8, THERE), error(1, 0.1)], 5) == [0, 1]


def test_nothing_found_is_nothing_to_learn():
    assert worst([], 5) == []


def test_a_search_in_numbers():
    labels = (ON,)
    seen = Detections(np.array([HERE, THERE]), np.array([0.75, 0.5], np.float32), np.zeros(2, np.int32), labels)
    looked = Looked(
        ("a/0", "a/1"), np.zeros((2, 4, 4, 3), np.uint8), np.ones((2, 1), bool), (Detections.none(labels), seen)
    )
    assert looked.search == Search(frames=2, found=2, highest=0.75)
    assert str(looked.search) == "2 things on 2 frames (highest score 0.75)"
    assert str(looked.only([0]).search) == "nothing on 1 frame"
    assert (looked + looked).names == ("a/0", "a/1", "a/0", "a/1")
    assert [(e.frame, e.view, e.score) for e in looked.errors()] == [(1, "a", 0.75), (1, "a", 0.5)]


@pytest.fixture
def recorded(workspace, recipe):
    """Pictures as a negative recording."""

    def record(images, absent=(ON, OFF)):
        source = workspace.folder / "source"
        source.mkdir()
        for number, image in enumerate(images):
            cv2.imwrite(str(source / f"{number:06d}.png"), image)
        folder = import_media(source, workspace, recipe, ["square"], positive=False, pattern=None, by="maria")
        return Negative(folder, read_recording(folder), tuple(range(len(images))), absent)

    return record


def rings(count):
    """A look that the training never saw: rings, which are no squares."""
    rng = np.random.default_rng(9)
    y, x = np.mgrid[:SIDE, :SIDE]
    images = []
    for _ in range(count):
        picture = rng.normal(110, 12, (SIDE, SIDE, 3))
        a, b = rng.uniform(20, SIDE - 20, 2)
        away = np.maximum(abs(x - a), abs(y - b) * 0.6)
        picture[(away < 13) & (away > 4)] += 90
        images.append(np.clip(picture, 0, 255).astype(np.uint8))
    return images


def cut(part, most):
    """The first frames of it; those with squares come first."""
    fields = ("images", "boxes", "classes", "taught", "names")
    return replace(part, **{name: getattr(part, name)[:most] for name in fields})


@pytest.fixture
def learner(taught):
    """The taught network, given back as it was."""
    before = taught.network.get_weights()
    yield taught
    taught.network.set_weights(before)


@pytest.fixture
def glanced(glance, squares, recipe):
    """What a training of a moment leaves, which every picture fools."""
    rounds = Rounds(most=1, found=1e-6, share=1)
    return train(squares, recipe, as_they_are(steps=2, batch=4, rounds=rounds))


def test_it_sees_only_what_is_known_to_be_absent(learner, squares, recorded):
    eye = Eye(KerasDetector(learner.network, squares.labels), squares.input_size, 0.1)
    shown = list(squares.held_out.images[:4, :, :, ::-1])  # squares, filled and hollow in turn
    negative = recorded(shown)
    both, filled = eye.look([negative]), eye.look([replace(negative, absent=(ON,))])
    assert {e.label for e in both.errors()} == {ON, OFF}
    assert {e.label for e in filled.errors()} == {ON}
    assert both.absent.tolist() == [[True, True]] * 4
    assert filled.absent.tolist() == [[True, False]] * 4


class Blind:
    """Sees nothing in however many pictures."""

    labels = taught = (ON, OFF)

    def see(self, pictures):
        return (Detections.none(self.labels) for _ in pictures)


def test_frames_are_looked_at_as_they_are_taught_in_tiles(recorded):
    images = rings(2)
    tiling = Tiling(size=(64, SIDE), overlap=(20, 0))
    looked = Eye(Blind(), (32, 48), 0.1, tiling).look([recorded(images)])
    recording = looked.names[0].split("/")[0]
    frames = ("000000", "000001")
    assert looked.names == tuple(f"{recording}/{name}@64x96+{x}+0" for name in frames for x in (0, 32))
    np.testing.assert_array_equal(looked.pictures[1], letterbox(freeze(images[0][:, 32:].copy()), (32, 48))[0])
    assert looked.absent.all()


def test_a_round_silences_what_fooled_the_detector(learner, squares, recipe, recorded):
    wanted = replace(
        learner, settings=learner.settings.model_copy(update={"rounds": Rounds(most=1, found=0.3, share=0.3)})
    )
    negative = recorded(rings(24))
    hardened = harden(squares, recipe, wanted, [negative])
    ledger = hardened.ledger
    assert ledger.first is not None
    assert ledger.first.found > 0
    (told,) = ledger.rounds
    assert told.before == ledger.first
    assert told.after.found < told.before.found / 2
    assert told.fresh.frames == 12
    assert told.steps == 0.3 * learner.steps
    assert set(told.taken) <= {f"{negative.recording.id}/{n:06d}" for n in range(12)}
    assert ledger.empty_images_drawn - learner.ledger.empty_images_drawn == told.steps * 4
    assert hardened.network is learner.network
    assert told.kept


def test_a_round_takes_as_many_pictures_at_a_time_as_the_training_ended_with(glanced, squares, recipe, recorded):
    alone = replace(squares, held_out=cut(squares.held_out, 0))
    hardened = harden(alone, recipe, replace(glanced, batch=2), [recorded(rings(4))])
    (told,) = hardened.ledger.rounds
    assert told.steps == 2
    assert hardened.ledger.empty_images_drawn - glanced.ledger.empty_images_drawn == 2 * 1  # the other has a box


def test_a_round_that_costs_what_was_known_is_taken_back(untraced, learner, squares, recipe, recorded):
    steps_too_far = {"rounds": Rounds(most=2, found=0.3, share=0.02), "rate": 3.0, "augmentation": Augmentation.none()}
    wanted = replace(learner, settings=learner.settings.model_copy(update=steps_too_far))
    known = learner.network.get_weights()
    hardened = harden(squares, recipe, wanted, [recorded(rings(24))])
    (told,) = hardened.ledger.rounds  # and no second one
    assert not told.kept
    assert all((now == then).all() for now, then in zip(hardened.network.get_weights(), known, strict=True))
    assert hardened.ledger.negatives_in_loss == learner.ledger.negatives_in_loss
    assert hardened.loss == learner.loss
    assert hardened.seconds > learner.seconds


@pytest.mark.slow
def test_a_round_that_loses_the_network_is_taken_back_and_told(learner, squares, recipe, recorded, monkeypatch):
    alone = replace(squares, held_out=cut(squares.held_out, 0))
    wanted = {"rounds": Rounds(most=2, found=0.3, share=0.02), "rate": 0.02}
    learner = replace(learner, settings=learner.settings.model_copy(update=wanted))
    known, learn = learner.network.get_weights(), Ssd.learn

    def lost(*given, **more):
        losses = learn(*given, **more)
        return losses | {"loss": losses["loss"] * float("nan")}

    monkeypatch.setattr(Ssd, "learn", lost)
    said = []
    hardened = harden(alone, recipe, learner, [recorded(rings(24))], say=said.append)
    assert said[-1] == (
        "In round 1 of hard negatives: At step 1 the loss is no number any more, and nothing more can be learned. "
        "Train anew with a lower learning rate, as --set rate=0.0006. What was known before that round is kept."
    )
    assert all((now == then).all() for now, then in zip(hardened.network.get_weights(), known, strict=True))
    assert hardened.ledger.first.found > 0
    assert hardened.ledger.rounds == ()


@pytest.mark.slow
def test_verified_empty_images_that_only_a_round_brings_teach_too(learner, squares, recipe, recorded, monkeypatch):
    positives = replace(squares, train=cut(squares.train, int((~squares.train.empty).sum())))
    as_many_as_positives = Objective(mining=Mining(max_negatives_per_positive=1))
    wanted = {"rounds": Rounds(most=1, found=0.3, share=0.02), "objective": as_many_as_positives}
    learner = replace(learner, settings=learner.settings.model_copy(update=wanted))
    monkeypatch.setattr(learner.network, "objective", as_many_as_positives)
    said = []
    hardened = harden(positives, recipe, learner, [recorded(rings(24))], say=said.append)
    assert said == [
        "mining lets negatives teach beside positives only, but there are 12 verified-empty images: "
        "min_negatives_per_image is taken as 16, so that they teach too. Set it, or set compatible."
    ]
    before, after = learner.ledger, hardened.ledger
    drawn = after.empty_images_drawn - before.empty_images_drawn
    assert after.negatives_in_loss_from_empty - before.negatives_in_loss_from_empty > 8 * drawn > 0


def test_ctrl_c_while_it_is_looked_at_keeps_what_was_learned(glanced, squares, recipe, recorded, monkeypatch):
    look, looks = Eye.look_again, []

    def interrupted(self, looked):
        looks.append(looked)
        if len(looks) == wanted:
            raise KeyboardInterrupt
        return look(self, looked)

    monkeypatch.setattr(Eye, "look_again", interrupted)
    known, negative = glanced.network.get_weights(), recorded(rings(4))
    for wanted in (1, 2):  # before any round, and after one whose gain nobody has seen yet
        looks.clear()
        stopped = harden(squares, recipe, glanced, [negative])
        assert stopped.stopped
        assert (stopped.ledger.first is None, stopped.ledger.rounds) == (wanted == 1, ())
        assert all((now == then).all() for now, then in zip(stopped.network.get_weights(), known, strict=True))


def test_silence_needs_no_round(learner, squares, recipe, recorded):
    quiet = [np.full((SIDE, SIDE, 3), 110, np.uint8)] * 6
    hardened = harden(squares, recipe, learner, [recorded(quiet)])
    # Two of three stretches are looked at; the last would have said whether a round helped.
    assert hardened.ledger.first == Search(frames=4, found=0)
    assert hardened.ledger.rounds == ()


def test_where_the_first_stretch_is_silent_the_next_one_teaches(glanced, squares, recipe, recorded, monkeypatch):
    labels = squares.labels
    fooled = Detections(HERE[None], np.array([0.9], np.float32), np.zeros(1, np.int32), labels)

    def look_again(self, looked):
        found = (fooled if name.endswith("000003") else Detections.none(labels) for name in looked.names)
        return replace(looked, found=tuple(found))

    monkeypatch.setattr(Eye, "look_again", look_again)
    alone = replace(squares, held_out=cut(squares.held_out, 0))
    wanted = glanced.settings.model_copy(update={"rounds": Rounds(most=2, found=0.3, share=0.5)})
    hardened = harden(alone, recipe, replace(glanced, settings=wanted), [recorded(rings(6))])
    (told,) = hardened.ledger.rounds
    assert hardened.ledger.first == told.before
    assert (told.before.frames, told.before.found, told.fresh) == (4, 1, Search(frames=2, found=0))
    assert [name[-6:] for name in told.taken] == ["000003"]


@pytest.mark.parametrize(("most", "stopped"), [(0, False), (2, True)])
def test_no_round_where_none_is_wanted_or_somebody_stopped(most, stopped, learner, squares, recipe, recorded):
    settings = TrainingSettings(rounds=Rounds(most=most))
    wanted = replace(learner, settings=settings, stopped=stopped)
    assert harden(squares, recipe, wanted, [recorded(rings(2))]) is wanted


class Interrupted(Negative):
    """Ctrl-C while its second stretch is looked at."""

    def frames(self):
        if self.numbers[0]:
            raise KeyboardInterrupt
        return super().frames()


@pytest.mark.slow
def test_ctrl_c_between_two_trainings_keeps_what_was_there_before(learner, squares, recipe, recorded):
    known = learner.network.get_weights()
    wanted = replace(learner, settings=learner.settings.model_copy(update={"rounds": Rounds(most=1, share=0.02)}))
    negative = recorded(rings(8))
    stopped = harden(squares, recipe, wanted, [Interrupted(**vars(negative))])
    assert stopped.stopped
    assert stopped.ledger.first is not None
    assert stopped.ledger.rounds == ()
    assert all((now == then).all() for now, then in zip(stopped.network.get_weights(), known, strict=True))


def test_ctrl_c_in_the_first_step_of_a_round_keeps_what_was_there_before(
    glanced, squares, recipe, recorded, monkeypatch
):
    def interrupted(*_):
        raise KeyboardInterrupt

    known = glanced.network.get_weights()
    monkeypatch.setattr("inspector.learning.sampling.Batches.__getitem__", interrupted)
    stopped = harden(squares, recipe, glanced, [recorded(rings(4))])
    assert stopped.stopped
    assert stopped.ledger.first.found > 0
    assert stopped.ledger.rounds == ()
    assert all((now == then).all() for now, then in zip(stopped.network.get_weights(), known, strict=True))


def test_nothing_is_looked_for_where_the_training_took_all_minutes(glanced, squares, recipe, recorded):
    wanted = replace(glanced, settings=glanced.settings.model_copy(update={"minutes": 0.5}), seconds=31.0)
    assert harden(squares, recipe, wanted, [recorded(rings(4))]) is wanted


class Slow(Negative):
    """Looking at a stretch of it takes some seconds, on a clock that stands still otherwise."""

    now, each = 0.0, 0.0

    @classmethod
    def clock(cls):
        return cls.now

    def frames(self):
        Slow.now += Slow.each
        return super().frames()


@pytest.mark.parametrize(("each", "steps"), [(10, [20]), (19.99, [1]), (21, [])])
def test_a_round_may_take_what_searches_leave_of_the_minutes(
    each, steps, glanced, squares, recipe, recorded, monkeypatch
):
    """Of sixty seconds, each search takes some: the first, and as much again twice to judge the round."""
    monkeypatch.setattr(Slow, "each", each)
    monkeypatch.setattr(Slow, "now", 0.0)
    settings = glanced.settings.model_copy(update={"minutes": 1.0})
    wanted, negative = replace(glanced, settings=settings, steps=20, seconds=0.0), recorded(rings(4))
    rounds = Hardening(squares, recipe, wanted, [Slow(**vars(negative))], pytest.fail, Slow.clock)
    hardened = rounds.run(lambda _: None, lambda _: None)
    assert hardened.ledger.first.found > 0
    assert [told.steps for told in hardened.ledger.rounds] == steps


def test_a_ledger_of_an_older_bundle_has_no_rounds():
    old = Ledger(
        images_with_boxes=1, empty_images=1, empty_images_drawn=1, negatives_in_loss=1, negatives_in_loss_from_empty=1
    )
    assert old.first is None
    assert old.rounds == ()
