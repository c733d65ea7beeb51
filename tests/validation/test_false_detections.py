"""What is seen on negatives, and what a person makes of it."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.bundle import Bundle
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.errors import InputError
from inspector.files import write_document
from inspector.frame import Image
from inspector.labeling.annotation import ATTESTATION, Annotation, Box, State, read_annotations, write_annotations
from inspector.labeling.extraction import extract
from inspector.recipe import Component, Label, Recipe
from inspector.settings import Workspace
from inspector.validation.false_detections import false_detections, take_as_lookalikes
from inspector.validation.held_out import held_out_frames
from tests.test_bundle import halves, make

LAMP = Recipe(name="lamp", components=(Component(name="lamp"), Component(name="wire")))
LOOKALIKE = Label("lamp", "lookalike")


@pytest.fixture
def bundle(workspace: Workspace, red_network: Path) -> Bundle:
    """It sees a lamp in each half of a picture, as sure as the half is red."""
    alone = LAMP.model_copy(update={"components": LAMP.components[:1]})
    write_document(workspace.recipes / "lamp.yaml", alone)
    return Bundle.open(make(workspace.bundles / "lamp-1", red_network, alone))


def recorded(
    place: Workspace, *pictures: Image, positive: bool = False, components: tuple[str, ...] = ("lamp",)
) -> Path:
    source = place.folder / "source"
    source.mkdir(parents=True)
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(source / f"{number}.png"), picture)
    folder = import_media(source, place, LAMP, components, positive=positive, pattern=None, by="maria")
    shutil.rmtree(source)
    extract(folder, read_recording(folder))
    return folder


def seen(place: Workspace, bundle: Bundle) -> list[tuple[str, float, list[float], bool]]:
    """(frame, score, box, known) of each, in order."""
    found = false_detections(place, bundle, bundle.detector(), bundle.working)
    return [(one.shot.name, round(one.score, 2), one.seen.boxes[0].tolist(), one.known) for one in found]


LEFT, RIGHT = [0, 0, 64, 64], [64, 0, 128, 64]


def test_what_counts_on_a_negative_is_listed_the_surest_first(workspace: Workspace, bundle: Bundle) -> None:
    recorded(workspace, halves(0, 0), halves(153, 51), halves(204, 255))
    assert seen(workspace, bundle) == [
        ("2.png", 1.0, RIGHT, False),
        ("2.png", 0.8, LEFT, False),
        ("1.png", 0.6, LEFT, False),
    ]


def test_positives_and_frames_that_nobody_vouches_for_are_not_looked_at(workspace: Workspace, bundle: Bundle) -> None:
    recorded(workspace, halves(255, 0), positive=True)
    with pytest.raises(InputError, match="no frame of a negative recording for 'lamp'"):
        seen(workspace, bundle)
    folder = recorded(workspace, halves(255, 0), halves(0, 204), halves(153, 0))
    aside = {"0.png": Annotation(state=State.IGNORED, by="maria"), "1.png": Annotation()}
    write_annotations(folder, read_annotations(folder).with_frames(aside))
    assert [name for name, *_ in seen(workspace, bundle)] == ["2.png"]


def test_a_negative_of_another_component_says_nothing_of_this_one(workspace: Workspace, bundle: Bundle) -> None:
    recorded(workspace, halves(255, 0), components=("wire",))
    assert seen(workspace, bundle) == []


def test_what_is_taken_becomes_a_lookalike_of_its_frame(workspace: Workspace, bundle: Bundle) -> None:
    folder = recorded(workspace, halves(0, 0), halves(153, 51), halves(204, 255))
    before = false_detections(workspace, bundle, bundle.detector(), bundle.working)
    assert take_as_lookalikes(before[:2], "maria") == 2
    frames = read_annotations(folder).frames
    taken = frames["2.png"]
    assert taken.boxes == (Box.of(LOOKALIKE, (64, 0, 128, 64)), Box.of(LOOKALIKE, (0, 0, 64, 64)))
    assert (taken.by, taken.empty) == ("maria", True)
    assert taken.at is not None
    assert {frames["0.png"].by, frames["1.png"].by} == {ATTESTATION}
    # The numbers stay, and taking twice changes nothing.
    assert [known for *_, known in seen(workspace, bundle)] == [True, True, False]
    again = false_detections(workspace, bundle, bundle.detector(), bundle.working)
    assert take_as_lookalikes(again[:2], "jo") == 0
    assert read_annotations(folder).frames == frames


def test_a_frame_with_lookalikes_is_examined_as_one_without_the_component(workspace: Workspace, bundle: Bundle) -> None:
    recorded(workspace, halves(204, 255))
    take_as_lookalikes(false_detections(workspace, bundle, bundle.detector(), bundle.working), "maria")
    (frame,) = held_out_frames(workspace, bundle)
    assert frame.by == "maria"
    assert frame.truth.count(LAMP.components[0]) == 0
    assert len(frame.truth.boxes) == 0
    np.testing.assert_array_equal(frame.truth.classes, np.zeros(0, np.int32))
