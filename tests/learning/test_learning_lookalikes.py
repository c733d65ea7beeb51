"""Lookalikes on their way through a training: a class that is learned, and counts as empty of the component."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.labeling.formats.entry import Picture
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.bundling import find_thresholds
from inspector.learning.exam import Exam
from inspector.learning.families import design, shapes_of
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.sampling import Batches
from inspector.learning.settings import Rounds, TrainingSettings
from inspector.learning.tfrecord import Records
from inspector.learning.training import train
from inspector.recipe import Label

DISC = Label("square", "lookalike")


def disc(picture):
    """Where an empty picture's disc is."""
    blurred = cv2.GaussianBlur(picture.astype(np.float32).mean(axis=2), (0, 0), 4)
    y, x = divmod(int(blurred.argmax()), picture.shape[1])
    return as_boxes([[x - 12, y - 12, x + 12, y + 12]])


def with_discs(part):
    """The part, its empty frames' discs boxed as lookalikes; every frame speaks of them."""
    boxes = tuple(disc(part.images[i]) if part.empty[i] else part.boxes[i] for i in range(len(part)))
    classes = tuple(np.array([2], np.int32) if part.empty[i] else part.classes[i] for i in range(len(part)))
    taught = np.column_stack([part.taught, np.ones(len(part), bool)])
    return replace(part, boxes=boxes, classes=classes, taught=taught, lookalikes=(2,))


@pytest.fixture(scope="module")
def discs(squares):
    labels = (*squares.labels, DISC)
    return replace(squares, labels=labels, train=with_discs(squares.train), held_out=with_discs(squares.held_out))


def test_frames_of_lookalikes_are_drawn_among_the_empty_ones(discs):
    part = discs.train
    plain = replace(
        part,
        boxes=(*part.boxes[:-5], *(as_boxes([]) for _ in range(5))),
        classes=(*part.classes[:-5], *(np.zeros(0, np.int32) for _ in range(5))),
        taught=np.vstack([part.taught[:-5], np.tile([True, True, False], (5, 1))]),
    )
    batches = Batches(plain, np.zeros(len(part), bool), 8, 10, 0, Augmentation())
    for step in range(10):
        shown = [tuple(set(row[row >= 0].tolist())) for row in batches[step]["truth"]["classes"]]
        # Half squares; of the other half, one half discs and one half nothing, though there are 25 discs to 5.
        assert sum(kind in ((0,), (1,)) for kind in shown) == 4
        assert shown.count((2,)) == shown.count(()) == 2
        # The ledger counts frames of lookalikes as empty, as often as they are drawn.
        assert batches[step]["truth"]["empty"].sum() == 4


def test_the_anchors_fit_lookalikes_too(discs, recipe):
    (shapes,) = shapes_of(discs.train, discs.labels, recipe)
    assert len(shapes) == 2 * len(discs.train)  # lying on their side as well: squares may turn
    assert design(discs, recipe, TrainingSettings())["labels"] == 3


class Sees:
    """Sees `on` in each picture at the scores of a script, where the truth is."""

    def __init__(self, labels, boxes, scores):
        self.labels = labels
        self._boxes, self._scores = iter(boxes), iter(scores)

    def detect(self, image):
        box, score = next(self._boxes), next(self._scores)
        return Detections(box, np.full(1, score, np.float32), np.zeros(1, np.int32), self.labels)


def test_a_detection_on_a_lookalike_is_wrong_and_sets_the_working_score(discs, squares):
    part = discs.held_out
    right = [not empty and classes[0] == 0 for empty, classes in zip(part.empty, part.classes, strict=True)]
    scores = [0.9 if one else 0.6 for one in right]
    detector = Sees(squares.labels, part.boxes, scores)
    # Half way between 0.9 and 0.6 in log-odds: sqrt(9 * 1.5) = 3.674 to 1.
    assert find_thresholds(discs, detector, enough=1)["square"] == pytest.approx(0.7861, abs=2e-4)


def test_an_exam_and_a_training_take_lookalikes_for_nothing(untraced, discs, recipe):
    unseen = replace(discs.train, classes=tuple(c[c != 2] for c in discs.train.classes))
    unseen = replace(unseen, boxes=tuple(b[: len(c)] for b, c in zip(unseen.boxes, unseen.classes, strict=True)))
    # No lookalike among the frames that teach: nothing is refused for that, as it would be for a component.
    settings = TrainingSettings(steps=2, batch=4, rounds=Rounds(most=0))
    trained = train(replace(discs, train=unseen), recipe, settings)
    assert trained.network.labels == 3
    assert (trained.ledger.images_with_boxes, trained.ledger.empty_images) == (40, 30)
    marks = Exam(discs, trained.network).sit()
    assert marks.loudest is not None
    assert 0 <= marks.average_precision <= 1
    detector = KerasDetector(trained.network, discs.labels)
    assert detector.labels == discs.labels[:2]
    assert all(seen.labels == discs.labels[:2] for seen in detector.see(discs.held_out.images[:3]))


def test_a_lookalike_goes_out_into_records_and_comes_in_again(tmp_path):
    file = tmp_path / "a.png"
    cv2.imwrite(str(file), np.zeros((80, 100, 3), np.uint8))
    labels = ["tape", "tape/lookalike"]
    Records().write(
        tmp_path / "out", [Picture("a.png", (100, 80), (("tape/lookalike", (5, 8, 15, 28)),), file)], labels
    )
    (entry,) = Records().read(tmp_path / "out", lambda _: (100, 80))
    assert [mark.label for mark in entry.boxes] == ["tape/lookalike"]


@pytest.mark.slow
def test_what_was_taken_for_a_square_is_not_any_more(discs, recipe):
    trained = train(discs, recipe, TrainingSettings(steps=200))
    part, detector = discs.held_out, KerasDetector(trained.network, discs.labels)
    loudest = [float(seen.scores.max(initial=0)) for seen in detector.see(part.images)]
    on_discs = [score for score, empty in zip(loudest, part.empty, strict=True) if empty]
    on_squares = [score for score, empty in zip(loudest, part.empty, strict=True) if not empty]
    assert max(on_discs) < 0.3
    assert np.median(on_squares) > 0.7
