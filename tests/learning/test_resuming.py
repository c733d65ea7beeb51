"""A training that is killed and goes on ends as if nothing had happened; one that fails says why, and keeps it."""

import errno
import io
import os
from dataclasses import replace

import numpy as np
import pytest

from inspector.errors import InputError, MachineError
from inspector.learning import pace
from inspector.learning.checkpoint import Checkpoint, State
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import train
from tests.learning.conftest import as_they_are

LOST = r"^The device failed at step 3 \(CUDA error: an illegal memory access was encountered\)\. Look whether"


class Killed(BaseException):
    """What no handler of ours catches, as little as a power cut."""


@pytest.fixture(scope="module")
def squares(squares):
    """With few frames held out: an exam is asked here for its moment, not for its marks."""
    few, part = [0, 1, 20, 21], squares.held_out
    rest = {name: tuple(getattr(part, name)[i] for i in few) for name in ("boxes", "classes", "names")}
    return replace(squares, held_out=replace(part, images=part.images[few], taught=part.taught[few], **rest))


def killed_after(step):
    def progress(now):
        if now.step == step:
            raise Killed

    return progress


def weights(trained):
    return [np.array(weight) for weight in trained.network.get_weights()]


def test_a_killed_training_goes_on_to_the_same_weights(glance, squares, recipe, tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "LEAST_BETWEEN", 2)
    settings = TrainingSettings(steps=12, batch=4, seed=3, patience=1)
    whole = train(squares, recipe, settings)
    for step in (3, 8):
        with pytest.raises(Killed):
            train(squares, recipe, settings, killed_after(step), checkpoint=Checkpoint(tmp_path / "c.npz", every_s=0))
    seen = []
    resumed = train(squares, recipe, settings, seen.append, checkpoint=Checkpoint(tmp_path / "c.npz"))
    assert [now.step for now in seen] == list(range(9, whole.steps + 1))
    assert all((one == other).all() for one, other in zip(weights(whole), weights(resumed), strict=True))
    assert (whole.ledger, whole.loss, whole.kept) == (resumed.ledger, resumed.loss, resumed.kept)
    assert whole.ledger.empty_images_drawn == 2 * whole.steps


def test_a_training_killed_before_its_bundle_was_made_learns_nothing_twice(glance, squares, recipe, tmp_path):
    settings = as_they_are(steps=4, batch=4)
    first = train(squares, recipe, settings, checkpoint=Checkpoint(tmp_path / "c.npz"))
    again = train(squares, recipe, settings, pytest.fail, checkpoint=Checkpoint(tmp_path / "c.npz"))
    assert all((one == other).all() for one, other in zip(weights(first), weights(again), strict=True))


def test_a_full_disk_costs_no_training_and_is_told_once(glance, squares, recipe, tmp_path, monkeypatch):
    path, said = tmp_path / "c.npz", []
    with pytest.raises(Killed):
        train(squares, recipe, as_they_are(steps=6, batch=4), killed_after(2), checkpoint=Checkpoint(path, every_s=0))
    before = path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    train(squares, recipe, as_they_are(steps=6, batch=4), checkpoint=Checkpoint(path, said.append, every_s=0))
    assert len(said) == 1
    assert said[0].startswith(f"Cannot write {path}: No space left on device. Free some space")
    assert said[0].endswith("The training goes on; until then a kill would take it back to what was kept last.")
    assert [left.name for left in tmp_path.iterdir()] == ["c.npz"]
    assert path.read_bytes() == before


def test_a_checkpoint_of_something_else(glance, squares, recipe, tmp_path):
    path = tmp_path / "c.npz"
    train(squares, recipe, as_they_are(steps=1, batch=2), checkpoint=Checkpoint(path))
    with pytest.raises(InputError, match="does not fit: it is that of another network"):
        train(squares, recipe, as_they_are(steps=1, backbone="mobilenet_v2"), checkpoint=Checkpoint(path))


def array(values):
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\3\4", array(np.zeros(3))])
def test_a_damaged_checkpoint_is_named_in_our_own_words(tmp_path, content):
    path = tmp_path / "c.npz"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        Checkpoint(path).load()
    assert str(refused.value) == (
        f"{path} cannot be read: it is damaged, or no checkpoint. Remove its folder, and train anew."
    )


def test_a_checkpoint_that_says_too_little(glance, squares, recipe, tmp_path):
    checkpoint, settings = Checkpoint(tmp_path / "c.npz"), as_they_are(steps=1, batch=2)
    train(squares, recipe, settings, checkpoint=checkpoint)
    kept = checkpoint.load()
    for notes in ([], {"pace": {}}):
        checkpoint.save(replace(kept, notes=notes and notes | {"architecture": kept.notes["architecture"]}))
        with pytest.raises(InputError, match="The training that was kept does not fit"):
            train(squares, recipe, settings, checkpoint=checkpoint)


def test_what_a_kill_left_half_written_goes_away(tmp_path):
    (tmp_path / ".c.npz.abc.tmp").write_bytes(b"half")
    assert Checkpoint(tmp_path / "c.npz").load() is None
    assert not list(tmp_path.iterdir())


def test_a_large_checkpoint_is_written_less_often(tmp_path):
    times = iter([0, 29, 30, 30, 34, 113, 114])  # made, asked twice, written from 30 to 34, asked twice
    checkpoint = Checkpoint(tmp_path / "c.npz", every_s=30, clock=lambda: next(times))
    asked = [checkpoint.due, checkpoint.due]
    checkpoint.save(State([], [], [], {}))
    assert [*asked, checkpoint.due, checkpoint.due] == [False, True, False, True]  # 4 s are a twentieth of 80 s


class AcceleratorError(RuntimeError):
    """As torch names it."""


def failing(glance, monkeypatch, error, above=0, at=lambda: True):
    """Trainings fail with the error wherever a batch is larger."""
    learn = glance.learn

    def overtaxed(self, pictures, truth, training=True):
        if training and pictures.shape[0] > above and at():
            raise error
        return learn(self, pictures, truth, training)

    monkeypatch.setattr(glance, "learn", overtaxed)


def test_out_of_memory_is_answered_with_a_smaller_batch(glance, squares, recipe, monkeypatch):
    failing(glance, monkeypatch, MemoryError("Unable to allocate 4.00 GiB for an array"), above=2)
    said = []
    trained = train(squares, recipe, as_they_are(steps=3, batch=8), say=said.append)
    assert (trained.batch, trained.steps) == (2, 12)  # as many pictures: 3 x 8 = 12 x 2
    assert trained.ledger.empty_images_drawn == 12
    assert said == [
        f"The memory does not suffice for {asked} pictures at a time. The training goes on with {fewer}, and as many "
        "more steps as it takes for the same pictures."
        for asked, fewer in ((8, 4), (4, 2))
    ]


def test_the_best_state_is_counted_in_the_smaller_steps_too(glance, squares, recipe, monkeypatch):
    monkeypatch.setattr(pace, "LEAST_BETWEEN", 4)

    def progress(now):
        if now.step == 4:  # after its exam
            raise MemoryError
        if now.step == 9:  # before the next
            raise KeyboardInterrupt

    trained = train(squares, recipe, as_they_are(steps=6, batch=8), progress)
    assert (trained.batch, trained.steps, trained.kept) == (4, 9, 8)


def test_not_even_two_pictures_fit(glance, squares, recipe, monkeypatch):
    failing(glance, monkeypatch, MemoryError())
    with pytest.raises(MachineError, match=r"does not suffice for 2 pictures at a time\. Close other programs"):
        train(squares, recipe, as_they_are(steps=3, batch=4))


def test_a_gpu_that_disappears_costs_only_what_was_not_kept(glance, squares, recipe, monkeypatch, tmp_path):
    error = AcceleratorError("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be")
    settings = as_they_are(steps=6, batch=4)
    path, lost = tmp_path / "c.npz", []
    with monkeypatch.context() as patch:
        failing(glance, patch, error, at=lambda: bool(lost))
        with pytest.raises(Killed):
            train(squares, recipe, settings, killed_after(3), checkpoint=Checkpoint(path, every_s=0))
        lost.append(True)
        with pytest.raises(MachineError, match=LOST) as told:
            train(squares, recipe, settings, checkpoint=Checkpoint(path, every_s=0))
    assert told.value.exit_code == 3
    assert train(squares, recipe, settings, checkpoint=Checkpoint(path)).steps == 6


def test_a_network_that_is_lost_teaches_no_bundle(glance, squares, recipe, tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "LEAST_BETWEEN", 2)
    learn, lost, said = glance.learn, [], []

    def lost_at_last(self, pictures, truth, training=True):
        losses = learn(self, pictures, truth, training)
        return losses | {"loss": losses["loss"] * float("nan")} if lost else losses

    monkeypatch.setattr(glance, "learn", lost_at_last)
    settings, path = as_they_are(steps=6, batch=4, rate=0.02), tmp_path / "c.npz"
    with pytest.raises(Killed):
        train(squares, recipe, settings, killed_after(3), checkpoint=Checkpoint(path, every_s=0))
    lost.append(True)
    found = "At step {} the loss is no number any more, and nothing more can be learned."
    way = "Train anew with a lower learning rate, as --set rate=0.002."
    trained = train(squares, recipe, settings, pytest.fail, checkpoint=Checkpoint(path), say=said.append)
    assert said == [f"{found.format(4)} What was best on held-out frames, after step 2, is kept. {way}"]
    assert (trained.steps, trained.kept) == (4, 2)
    assert all(np.isfinite(weight).all() for weight in (*weights(trained), trained.loss))
    with pytest.raises(InputError) as refused:
        train(squares, recipe, settings, pytest.fail)
    assert str(refused.value) == f"{found.format(1)} {way}"


def test_another_failure_is_not_taken_for_the_device(glance, squares, recipe, monkeypatch):
    failing(glance, monkeypatch, KeyError("deltas"))
    with pytest.raises(KeyError, match="deltas"):
        train(squares, recipe, as_they_are(steps=3, batch=4))
