"""The curves of a training, read back as TensorBoard would."""

import importlib.util

import pytest

from inspector.learning.curves import curves
from inspector.learning.pace import Progress


def at(step, held_out=None):
    return Progress(step, 40, 1 / step, 20.0, 1.0, {"classification": 0.5 / step}, 1e-3, held_out)


@pytest.fixture
def read():
    pytest.importorskip("tensorboard", reason="the extra 'tensorboard' is not installed")
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    def points(folder):
        (path,) = folder.glob("events.out.tfevents.*")
        said = {}
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                said.setdefault(value.tag, []).append((event.step, round(value.tensor.float_val[0], 4)))
        return said

    return points


def test_every_tenth_step_and_every_exam_is_a_point(tmp_path, read):
    with curves(tmp_path) as drawn:
        for step in range(1, 21):
            drawn.draw(at(step, {"loss": 0.25, "loudest": None} if step == 15 else None))
        drawn.draw(at(10))  # a round of hard negatives counts from 1 again
    said = read(tmp_path)
    assert said["loss"] == [(10, 0.1), (15, 0.0667), (20, 0.05), (30, 0.1)]
    assert said["loss/classification"][0] == (10, 0.05)
    assert said["held_out/loss"] == [(15, 0.25)]
    assert "held_out/loudest" not in said


def test_without_tensorboard_there_are_none(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with curves(tmp_path) as drawn:
        assert drawn is None
    assert not list(tmp_path.iterdir())
