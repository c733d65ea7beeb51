"""A second look: taught behind a detector, held against itself on LiteRT, put into a bundle, and refused."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from inspector.boxes import iou
from inspector.bundle import Bundle, Manifest, at_least, write_manifest
from inspector.errors import InputError, MachineError
from inspector.files import read_document, sha256
from inspector.frame import freeze
from inspector.learning.bundling import find_thresholds, make_bundle
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.second_look.classifier import teach
from inspector.learning.second_look.cutouts import gather
from inspector.learning.second_look.looking_again import WEIGHTS as SECOND_WEIGHTS
from inspector.learning.second_look.looking_again import check_second, look_again
from inspector.learning.settings import Second, TrainingSettings
from inspector.learning.training import train
from inspector.recipe import Component, Label, Mode, Pattern, Recipe
from inspector.second_look import NETWORK, Lens, SecondLook, TwoLooks
from tests.test_bundle import FILE, halves, make


def frame(part, index):
    return freeze(np.ascontiguousarray(part.images[index][:, :, ::-1]))


def right(detector, part, working):
    """On how many frames it sees exactly what is there."""
    count = 0
    for index in range(len(part)):
        found = working(detector.detect(frame(part, index)))
        same = found.classes.tolist() == part.classes[index].tolist()
        count += same and bool((iou(found.boxes, part.boxes[index]).diagonal() > 0.5).all())
    return count


@pytest.fixture(scope="module")
def looked(taught, squares, recipe, tmp_path_factory):
    """The folder of a second look behind the taught network, and both together."""
    folder = tmp_path_factory.mktemp("second")
    settings = TrainingSettings(second_look=Second.CONFIRMS, second_steps=40)
    first = KerasDetector(taught.network, squares.labels)
    second, lens = look_again(squares, recipe, first, settings, folder)
    detector = TwoLooks(first, second, squares.labels, lens)
    assert lens == Lens(side=64, context=0.25, decides=False)
    return folder, detector


def test_without_a_wish_there_is_one_look(taught, squares, recipe, tmp_path):
    first = KerasDetector(taught.network, squares.labels)
    assert look_again(squares, recipe, first, TrainingSettings(), tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_both_looks_find_what_they_never_saw(looked, squares):
    _, detector = looked
    assert isinstance(detector, TwoLooks)
    thresholds = find_thresholds(squares, detector, frames=True)
    assert right(detector, squares.held_out, lambda seen: at_least(seen, thresholds)) >= 38


def test_litert_and_keras_say_the_same_and_another_network_is_not_let_through(looked, squares, recipe):
    folder, detector = looked
    second = SecondLook(folder / NETWORK)
    cutouts = gather(squares.held_out, squares.labels, recipe, detector, Lens(), seed=0)
    network = teach(cutouts, 64, seed=1, steps=1)
    with pytest.raises(MachineError, match="The exported second look differs from the taught one"):
        check_second(network, second, cutouts)
    network.load_weights(folder / SECOND_WEIGHTS)
    assert check_second(network, second, cutouts) < 1e-3


@pytest.fixture
def lamp(looked, red_network, tmp_path):
    """A bundle whose detector finds lamps, and leaves it to a second look whether they are lit."""
    patterns = (Pattern(name="lit", passes=True), Pattern(name="unlit", passes=False))
    recipe = Recipe(name="lamp", components=(Component(name="lamp", mode=Mode.CLASSIFICATION, patterns=patterns),))
    folder = make(tmp_path / "lamp-1", red_network, recipe)
    shutil.copy(looked[0] / NETWORK, folder / NETWORK)
    manifest = read_document(folder / FILE, Manifest)
    files = manifest.files | {NETWORK: sha256(folder / NETWORK)}
    write_manifest(folder, manifest.model_copy(update={"second_look": Lens(decides=True), "files": files}))
    return Bundle.open(folder)


def test_a_bundle_puts_both_looks_together(lamp):
    assert lamp.manifest.network_labels == (Label("lamp"),)
    detector = lamp.detector()
    assert detector.labels == (Label("lamp", "lit"), Label("lamp", "unlit"))
    found = detector.detect(halves(204, 0))
    assert (found.scores <= 0.8).all()  # the first look says 0.8


@pytest.mark.parametrize("change", [{"second_look": Lens(side=48, decides=True)}, {"lookalikes": ("lamp",)}])
def test_another_second_look_than_the_manifest_describes_is_refused(lamp, change):
    other = Bundle(lamp.folder, lamp.manifest.model_copy(update=change))
    with pytest.raises(InputError, match=r"is not the network that bundle\.yaml describes"):
        other.detector()


def test_a_manifest_with_a_second_look_must_name_its_file(lamp):
    files = {name: digest for name, digest in lamp.manifest.files.items() if name != NETWORK}
    with pytest.raises(ValueError, match=f"files should name '{NETWORK}'"):
        Manifest.model_validate({**lamp.manifest.model_dump(), "files": files})


@pytest.mark.slow
def test_a_bundle_with_a_second_look_is_made_and_proved(taught, squares, recipe, tmp_path):
    settings = taught.settings.model_copy(update={"second_look": Second.CONFIRMS})
    bundle = Bundle.open(make_bundle(squares, recipe, replace(taught, settings=settings), tmp_path))
    assert bundle.manifest.second_look == Lens()
    assert bundle.manifest.training["second_look"] == "confirms"
    assert {NETWORK, SECOND_WEIGHTS} < bundle.manifest.files.keys()
    assert bundle.prove(bundle.detector()) == 6
    assert right(bundle.detector(), squares.held_out, bundle.working) >= 38


@pytest.mark.slow
def test_a_second_look_decides_on_patterns_that_the_detector_was_never_taught(squares, recipe, tmp_path):
    trained = train(squares, recipe, TrainingSettings(steps=200, second_look=Second.DECIDES))
    assert trained.network.labels == 1
    bundle = Bundle.open(make_bundle(squares, recipe, trained, tmp_path))
    assert bundle.manifest.network_labels == (Label("square"),)
    assert right(bundle.detector(), squares.held_out, bundle.working) >= 38
