"""What is shown of held-out frames while a network learns."""

import json

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.learning.exam import Exam
from inspector.learning.families import build
from inspector.learning.sight import MOST_SEEN, Previews, sight_of
from inspector.learning.training import train
from inspector.recipe import Label
from inspector.validation.metrics import Truth
from tests.learning.conftest import as_they_are

LABELS = (Label("tape"), Label("seal"))
HERE, THERE = [10, 10, 30, 20], [40, 10, 60, 20]


def seen(*found):
    boxes, scores, classes = zip(*found, strict=True) if found else ((), (), ())
    return Detections(as_boxes(list(boxes)), np.array(scores, np.float32), np.array(classes, np.int32), LABELS)


def truth(*there):
    boxes, classes = zip(*there, strict=True) if there else ((), ())
    return Truth("a/0.png", as_boxes(list(boxes)), np.array(classes, np.int32), LABELS, ("tape", "seal"))


def test_right_wrong_and_missed_are_told_apart():
    sight = sight_of(3, seen((HERE, 0.9, 0), (THERE, 0.8, 0), (HERE, 0.4, 1)), truth((HERE, 0), (THERE, 1)))
    assert [(one.component, one.score) for one in sight.seen] == [("tape", 0.9), ("tape", 0.8)]
    assert sight.right == (True, False)
    assert [(one.component, one.score, one.xyxy) for one in sight.missed] == [("seal", 0.0, (40, 10, 60, 20))]
    assert sight.as_json()["seen"][1] == {
        "component": "tape",
        "pattern": None,
        "score": 0.8,
        "box": [40.0, 10.0, 60.0, 20.0],
        "right": False,
    }


def test_an_empty_frame_shows_nothing_and_a_hundred_things_are_too_many():
    nothing = sight_of(0, seen(), truth())
    assert (nothing.seen, nothing.missed) == ((), ())
    many = sight_of(0, seen(*[(HERE, 0.9, 0)] * 100), truth((HERE, 0)))
    assert len(many.seen) == MOST_SEEN
    assert many.right == (True, *(False,) * (MOST_SEEN - 1))


def test_an_exam_shows_the_same_few_frames_each_time(untraced, squares, taught):
    exam = Exam(squares, taught.network)
    assert exam.sights() == ()
    exam.sit()
    sights = exam.sights(4)
    assert [len(one.seen) + len(one.missed) for one in sights[:2]] == [1, 1]
    assert [one.missed for one in sights[2:]] == [(), ()]
    assert all(all(one.right) for one in sights[:2])
    unable = Exam(squares, build(taught.architecture))
    unable.sit()
    assert [one.frame for one in unable.sights(4)] == [one.frame for one in sights]


def test_a_training_tells_them_at_each_exam(glance, squares, recipe, monkeypatch):
    monkeypatch.setattr("inspector.learning.pace.LEAST_BETWEEN", 2)
    told = []
    train(squares, recipe, as_they_are(steps=5, batch=2), told.append)
    assert [(now.step, len(now.sights)) for now in told] == [(1, 0), (2, 6), (3, 0), (4, 6), (5, 6)]


def test_each_picture_is_written_once(squares, tmp_path):
    previews = Previews(tmp_path / "new", squares.held_out)
    sights = [sight_of(0, seen(), truth((HERE, 0))), sight_of(25, seen(), truth())]
    told = previews.told(sights)
    json.dumps(told)
    assert [one["frame"] for one in told] == ["with/0", "without/5"]
    written = cv2.imread(told[0]["picture"])
    assert np.abs(written.astype(int) - squares.held_out.images[0][:, :, ::-1]).mean() < 15
    before = (tmp_path / "new" / "0.jpg").stat().st_mtime_ns
    previews.told(sights)
    assert (tmp_path / "new" / "0.jpg").stat().st_mtime_ns == before
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["0.jpg", "25.jpg"]


def test_a_full_disk_is_no_reason_for_half_a_picture(squares, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MachineError):
        Previews(tmp_path / "file", squares.held_out).told([sight_of(0, seen(), truth())])
