"""Boxes proposed on recordings: what is accepted, what is left alone, what is refused."""

import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import cv2
import pytest

from inspector.boxes import as_boxes, iou
from inspector.capture.importing import import_media
from inspector.capture.recorder import record
from inspector.capture.recording import read_recording
from inspector.capture.simulator import SIMULATOR_RECIPE, open_simulator
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.annotation import (
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    restate,
    write_annotations,
)
from inspector.labeling.by_contrast import suggest_recordings
from inspector.labeling.extraction import extract, read_frames
from inspector.recipe import Component, Label, Recipe
from inspector.settings import Workspace
from tests.labeling.test_search import shelf

TAPE = Label("tape")
SECONDS = 3


Film = Callable[[str, bool], tuple[Path, str]]


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Three seconds of the simulator, recorded and extracted, each kind once; and the scene, for its truth."""
    place = Workspace(tmp_path_factory.mktemp("filmed"))

    @cache
    def film(tape: str, positive: bool) -> tuple[Path, str]:
        scene = f"simulator:tape={tape},screw=on,seed=3,frames={SECONDS * 30},pace=0,hand=0"
        source, seconds = open_simulator(scene), float(SECONDS)
        folder = record(source, place, SIMULATOR_RECIPE, ["tape"], positive, None, seconds=seconds, by="maria")
        extract(folder, read_recording(folder), most=10)
        return folder, scene

    return film


@pytest.fixture
def recorded(workspace: Workspace, filmed: Film) -> Film:
    """The same in the test's own workspace."""

    def copied(tape: str, positive: bool) -> tuple[Path, str]:
        folder, scene = filmed(tape, positive)
        return Path(shutil.copytree(folder, workspace.recordings / folder.name)), scene

    return copied


def test_boxes_are_found_with_no_click_and_accepted_from_a_confidence(workspace: Workspace, recorded: Film) -> None:
    folder, scene = recorded("on", True)
    recorded("off", False)
    made = suggest_recordings(workspace, SIMULATOR_RECIPE, "tape", accept=0.5)
    assert made.accepted >= 5
    assert made.counts()["left"] == len(made.proposals) - made.accepted
    truth, found = open_simulator(scene), read_annotations(folder).frames
    boxed = [frame for frame in read_frames(folder).frames if frame.name in found]
    assert len(boxed) == made.accepted
    right = 0
    for frame in boxed:
        (box,) = found[frame.name].boxes
        true = truth.truth(frame.number)
        mine = true.boxes[[label == TAPE for label in true.labels]]
        right += bool(iou(as_boxes([box.xyxy]), mine).max() > 0.5)
    assert right >= 0.9 * len(boxed)
    assert {found[frame.name].by for frame in boxed} == {"suggestion"}


def test_without_a_confidence_nothing_is_written_and_a_person_s_word_stands(
    workspace: Workspace, recorded: Film
) -> None:
    folder, _ = recorded("on", True)
    recorded("off", False)
    first, second, *_ = read_frames(folder).frames
    drawn = Annotation(state=State.BOXES, boxes=(Box.of(TAPE, (1, 2, 30, 40)),), by="maria")
    said = {first.name: drawn, second.name: Annotation(state=State.IGNORED, by="maria")}
    write_annotations(folder, Annotations(frames=said))
    made = suggest_recordings(workspace, SIMULATOR_RECIPE, "tape")
    assert (made.accepted, read_annotations(folder).frames) == (0, said)
    suggest_recordings(workspace, SIMULATOR_RECIPE, "tape", accept=0.5)
    after = read_annotations(folder).frames
    assert {name: after[name] for name in said} == said
    assert len(after) > len(said)


def test_a_negative_that_holds_the_component_is_named(workspace: Workspace, recorded: Film) -> None:
    recorded("on", True)
    folder, _ = recorded("mixed", False)
    with pytest.raises(InputError, match=f"{folder.name} seems to show 'tape' in [0-9]+ of its") as caught:
        suggest_recordings(workspace, SIMULATOR_RECIPE, "tape", accept=0.5)
    assert "record it again" in str(caught.value)


def test_one_side_alone_is_nothing_to_compare(workspace: Workspace, recorded: Film) -> None:
    recorded("off", False)
    with pytest.raises(InputError, match="no frames of a video that shows 'tape'"):
        suggest_recordings(workspace, SIMULATOR_RECIPE, "tape")


BOTTLES = Recipe(name="crate", components=(Component(name="bottle"),))


def film(
    place: Workspace, images: Sequence[Image], positive: bool, recipe: Recipe = BOTTLES, component: str = "bottle"
) -> Path:
    """A video of these pictures, half a second each, extracted: `000000.png` is the first."""
    path = place.folder / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 2, (240, 120))
    for image in images:
        writer.write(image)
    writer.release()
    folder = import_media(path, place, recipe, [component], positive=positive, pattern=None, by="maria")
    path.unlink()
    extract(folder, read_recording(folder))
    return folder


@pytest.mark.parametrize("said", [State.IGNORED, State.VERIFIED_EMPTY])
def test_what_a_person_has_looked_at_is_no_remains_of_the_component(workspace: Workspace, said: State) -> None:
    film(workspace, [shelf(number, 30) for number in range(10)], positive=True)
    negative = film(
        workspace, [shelf(number, *([160] if number > 26 else [])) for number in range(20, 30)], positive=False
    )
    shows = [f"{number:06}.png" for number in (7, 8, 9)]
    with pytest.raises(InputError, match=r"seems to show 'bottle' in 3 of its 10 frames \(000007.png, 000008.png"):
        suggest_recordings(workspace, BOTTLES, "bottle")
    restate(negative, shows, said, "maria")
    assert suggest_recordings(workspace, BOTTLES, "bottle").left == 10


def test_frames_that_are_ignored_are_no_background(workspace: Workspace) -> None:
    film(workspace, [shelf(number, 30) for number in range(10)], positive=True)
    negative = film(
        workspace, [shelf(number, *([30] if number > 26 else [])) for number in range(20, 30)], positive=False
    )
    with pytest.raises(InputError, match="look alike"):
        suggest_recordings(workspace, BOTTLES, "bottle")
    restate(negative, [f"{number:06}.png" for number in (7, 8, 9)], State.IGNORED, "maria")
    assert suggest_recordings(workspace, BOTTLES, "bottle").left == 10
    restate(negative, [f"{number:06}.png" for number in range(7)], State.IGNORED, "maria")
    with pytest.raises(InputError, match="nothing to compare 'bottle' with"):
        suggest_recordings(workspace, BOTTLES, "bottle")
