from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inspector.boxes import iou
from inspector.bundle import Bundle
from inspector.edition import NETWORK, Precision
from inspector.errors import MachineError
from inspector.frame import Frame, freeze, utc_now
from inspector.labeling.dataset import Original
from inspector.labeling.negatives import Negative
from inspector.learning.bundling import STEPS, WEIGHTS, find_thresholds, found_on, frame_sizes, make_bundle
from inspector.learning.editions.parity import Trial, prove
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.scenes import whole
from inspector.recipe import Label


@pytest.fixture(scope="module")
def bundle(taught, squares, recipe, tmp_path_factory):
    folder = make_bundle(squares, recipe, taught, tmp_path_factory.mktemp("bundles"))
    return Bundle.open(folder)


def seen(bundle, detector, part, index):
    return bundle.working(detector.detect(freeze(np.ascontiguousarray(part.images[index][:, :, ::-1]))))


def test_it_finds_what_it_never_saw_and_is_silent_where_there_is_nothing(bundle, squares):
    detector, part = bundle.detector(), squares.held_out
    right = 0
    for index in range(len(part)):
        found = seen(bundle, detector, part, index)
        if part.empty[index]:
            right += len(found) == 0
        elif len(found) == 1:
            same_place = iou(found.boxes, part.boxes[index])[0, 0] > 0.5
            right += bool(same_place and found.classes[0] == part.classes[index][0])
    assert right >= 38


def test_litert_and_keras_see_the_same(bundle):
    parity = bundle.manifest.parity
    assert (parity.pictures, parity.golden) == (32, 6)
    assert parity.score_difference < 1e-3
    assert parity.box_iou > 0.999


def test_another_network_is_not_let_through(bundle, taught, squares, recipe):
    before = taught.network.get_weights()
    trial = Trial(squares.held_out.images[:2], [], recipe, lambda network: network)
    try:
        taught.network.set_weights([weight * 1.2 for weight in before])
        keras = KerasDetector(taught.network, squares.labels)
        with pytest.raises(MachineError, match="The exported network does not see the same, and was not kept: scores"):
            prove(keras, bundle.detector(), trial, Precision.FLOAT, "The exported network")
    finally:
        taught.network.set_weights(before)


def test_the_bundle_tells_where_it_comes_from(bundle, taught, squares, recipe):
    manifest = bundle.manifest
    assert manifest.id == bundle.folder.name
    assert manifest.recipe == recipe
    assert manifest.recordings == ("with", "without")
    assert manifest.input_size == squares.input_size
    assert manifest.training["steps"] == taught.steps
    assert manifest.ledger.empty_images == 30
    assert {"keras", "tensorflow", "numpy"} <= manifest.packages.keys()
    assert {NETWORK, WEIGHTS} < manifest.files.keys()


def test_the_bundle_proves_itself_on_frames_with_and_without(bundle):
    assert bundle.prove(bundle.detector()) == 6
    holding = [bool(golden.sightings) for golden in bundle.manifest.golden]
    assert holding == [True] * 3 + [False] * 3


def test_a_golden_frame_that_was_taken_away_costs_no_training(squares, tmp_path):
    held_out = squares.held_out
    gone = Original("gone/0.png", tmp_path / "gone.png", None, (64, 64), held_out.boxes[0], held_out.classes[0])
    part = replace(squares.held_out, originals=(gone,) * len(squares.held_out))
    kept = whole(part, 0)
    np.testing.assert_array_equal(kept.image[:, :, ::-1], part.images[0])
    np.testing.assert_array_equal(kept.boxes, part.boxes[0])


def test_weights_fit_the_same_architecture_again(bundle, taught, squares):
    before = taught.network.get_weights()
    taught.network.load_weights(bundle.folder / WEIGHTS)
    assert all((a == b).all() for a, b in zip(before, taught.network.get_weights(), strict=True))


def test_thresholds_lie_between_right_and_wrong(bundle, squares):
    thresholds = find_thresholds(squares, bundle.detector())
    assert thresholds == bundle.manifest.thresholds
    assert 0.05 <= thresholds["square"] <= 0.9999


def test_what_is_found_where_nothing_is_lies_under_the_working_score(bundle, squares):
    score = bundle.manifest.thresholds["square"] + 0.001
    strays = [(Label("square", "on"), score), (Label("other"), 1.0)]
    assert score < find_thresholds(squares, bundle.detector(), strays=strays)["square"] < 1


class Shown(Negative):
    """Two frames that show a square, one of each pattern, and are said not to."""

    pictures = ()

    def frames(self):
        return (Frame(picture, number, 0.0, utc_now(), "shown") for number, picture in enumerate(self.pictures))


@pytest.fixture
def shown(squares, monkeypatch):
    pictures = [freeze(np.ascontiguousarray(picture[:, :, ::-1])) for picture in squares.held_out.images[:2]]
    monkeypatch.setattr(Shown, "pictures", pictures)


def test_what_a_bundle_sees_on_negative_recordings_lies_under_its_working_score(
    bundle, taught, squares, recipe, tmp_path, shown
):
    said, told = Shown(Path(), None, (0, 1), squares.labels), []
    made = make_bundle(squares, recipe, taught, tmp_path, negatives=[said], progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == list(range(STEPS + 1))
    other = Bundle.open(made)
    seen_there = max(score for _, score in found_on([said], other.detector()))
    assert bundle.manifest.thresholds["square"] < seen_there < other.manifest.thresholds["square"]


def test_what_is_found_on_negative_frames_is_what_is_known_to_be_absent(bundle, squares, shown):
    on, off = squares.labels
    found = {
        absent: {
            label: score
            for label, score in found_on([Shown(Path(), None, (0, 1), absent)], bundle.detector())
            if score > 0.5
        }
        for absent in ((on, off), (off,), ())
    }
    assert {on, off} == found[on, off].keys()
    assert found[(off,)].keys() == {off}
    assert found[()] == {}


def test_nothing_half_written_stays_where_a_bundle_cannot_be_made(taught, squares, recipe, tmp_path, monkeypatch):
    def refuse(network, architecture):
        raise MachineError("no")

    monkeypatch.setattr("inspector.learning.bundling.converted", refuse)
    with pytest.raises(MachineError, match="no"):
        make_bundle(squares, recipe, taught, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (((64, 48), (64, 48)), {}),
        (((64, 48), (640, 480)), {"round": (64, 48), "square": (640, 480)}),
        (((64, 48), (640, 480), (32, 24)), {"round": (64, 48)}),
    ],
)
def test_where_frames_differ_each_component_has_the_size_that_taught_it(squares, sizes, expected):
    """The first frame teaches the round one, the others the square one."""
    labels = Label("round"), Label("square")
    nothing = squares.train.boxes[0][:0], squares.train.classes[0][:0]
    part = replace(
        squares.train,
        taught=np.array([[number == 0, number > 0] for number in range(len(sizes))]),
        originals=tuple(Original(f"a/{i}", Path(), None, size, *nothing) for i, size in enumerate(sizes)),
    )
    assert frame_sizes(replace(squares, labels=labels, train=part)) == expected
