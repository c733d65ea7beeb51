"""What a quick detector is taught, and with real trainings in child processes that nothing of it stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector.boxes import as_boxes, iou
from inspector.capture.recorder import record
from inspector.capture.recording import read_recording
from inspector.capture.simulator import Simulator, open_simulator
from inspector.files import write_document
from inspector.labeling.annotation import (
    DETECTOR,
    Annotation,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.extraction import extract, read_frames
from inspector.labeling.quick import Lesson
from inspector.labeling.suggestions import Origin, waiting
from inspector.labeling.takes import takes_of
from inspector.recipe import Component, Label, Mode, Recipe
from inspector.settings import Workspace
from tests.labeling.recorded import OFF, ON, SCREW, STRIP, TAPE, recipe, recorded

Inspector = Any
HOUSING = Recipe(name="housing", components=(Component(name="tape", turns=True),))


def as_said(take: Any, shot: Any) -> Annotation:
    return take.of(shot)  # type: ignore[no-any-return]


def test_a_component_is_taught_with_its_patterns_once_each_is_boxed(workspace: Workspace) -> None:
    wanted = recipe(SCREW, TAPE)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    lesson = Lesson.of(wanted, takes_of(workspace, wanted), ["screw"], as_said)
    assert lesson.recipe.labels == (Label("screw"),)
    assert lesson.recipe.components[0].mode is Mode.DETECTION
    (take,) = lesson.takes
    assert {label for shot in take.shots for label in take.labels_in(shot)} == {Label("screw")}
    recorded(workspace, wanted, "screw", positive=False, pattern="off", label=OFF)
    lesson = Lesson.of(wanted, takes_of(workspace, wanted), ["screw"], as_said)
    assert lesson.recipe.labels == (ON, OFF)
    assert lesson.holding == 20


def test_of_a_frame_that_teaches_several_only_what_is_asked_for_counts(workspace: Workspace) -> None:
    wanted = recipe(SCREW, TAPE)
    folder, _ = recorded(workspace, wanted, ["screw", "tape"], frames=3)
    boxes = {
        "0.png": (Box.of(ON, (8, 6, 40, 30)), Box.of(STRIP, (50, 6, 60, 30))),
        "1.png": (Box.of(ON, (8, 6, 40, 30)),),
    }
    said = {name: Annotation(state=State.BOXES, boxes=some, by="maria") for name, some in boxes.items()}
    write_annotations(folder, read_annotations(folder).with_frames(said))
    (take,) = Lesson.of(wanted, takes_of(workspace, wanted), ["tape"], as_said).takes
    assert [take.of(shot).state for shot in take.shots] == [State.BOXES, State.VERIFIED_EMPTY, State.UNLABELED]
    assert take.labels_in(take.shots[0]) == [STRIP]
    assert take.recording.components == ("tape",)


def test_recordings_that_teach_nothing_of_it_are_left_out(workspace: Workspace) -> None:
    wanted = recipe(SCREW, TAPE)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    recorded(workspace, wanted, "tape")
    assert Lesson.of(wanted, takes_of(workspace, wanted), ["tape"], as_said).takes == ()


def housing(place: Workspace, confirmed: int) -> tuple[Path, Simulator]:
    """A positive and a negative recording of tape; a person drew the boxes of so many frames of the first."""
    write_document(place.recipes / "housing.yaml", HOUSING)
    folders = []
    for tape, positive in (("on", True), ("off", False)):
        scene = f"simulator:tape={tape},screw=mixed,seed=5,frames=240,pace=0,hand=0"
        folder = record(open_simulator(scene), place, HOUSING, ["tape"], positive, None, seconds=8, by="maria")
        extract(folder, read_recording(folder))
        folders.append((folder, open_simulator(scene)))
    (folder, truth), _ = folders
    frames = read_frames(folder).frames
    said = {}
    for frame in [frames[round(i * (len(frames) - 1) / (confirmed - 1))] for i in range(confirmed)]:
        boxes = tuple(Box.of(STRIP, tuple(box)) for box in strips(truth, frame.number))
        said[frame.name] = Annotation(state=State.BOXES, boxes=boxes, by="maria")
    write_annotations(folder, read_annotations(folder).with_frames(said))
    return folder, truth


def strips(truth: Simulator, number: int) -> list[list[float]]:
    true = truth.truth(number)
    return true.boxes[[label == STRIP for label in true.labels]].tolist()  # type: ignore[no-any-return]


def left_of_it(place: Workspace) -> list[Path]:
    """What is in the folders that a training writes, hidden or not."""
    return [path for folder in (place.datasets, place.bundles, place.trainings) for path in folder.glob("*")]


@pytest.mark.slow
def test_a_detector_of_minutes_proposes_the_rest_and_nothing_of_it_stays(
    inspector: Inspector, workspace: Workspace
) -> None:
    folder, truth = housing(workspace, 22)
    said = inspector("suggest", "housing", "--from", "detector", "--minutes", "3", "--json")
    assert said.code == 0, said.err
    *told, last = said.lines
    assert {line["stage"] for line in told} == {"suggest"}
    assert {line["text"] for line in told} >= {"learning", "looking"}
    found = waiting(folder, read_annotations(folder))
    assert last["left"] == len(found) == last["frames"] > 0
    assert {one.origin for one in found.values()} == {Origin.DETECTOR}
    numbers = {frame.name: frame.number for frame in read_frames(folder).frames}
    every = [(as_boxes([one.xyxy]), strips(truth, numbers[name])) for name, some in found.items() for one in some.boxes]
    right = [bool(true) and iou(box, as_boxes(true)).max() > 0.5 for box, true in every]
    assert sum(right) > 0.5 * len(right)
    assert left_of_it(workspace) == []
    before = read_annotations(folder).frames
    taken = inspector("suggest", "housing", "--from", "detector", "--minutes", "1", "--accept", "0", "--json").lines[-1]
    after = read_annotations(folder).frames
    assert sum(one.by == DETECTOR for one in after.values()) == taken["accepted"]
    assert {name: after[name] for name in before} == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there, a process cannot be sent Ctrl-C alone")
def test_a_cancelled_one_leaves_nothing_and_changes_nothing(workspace: Workspace) -> None:
    folder, _ = housing(workspace, 22)
    before = read_annotations(folder)
    command = [sys.executable, "-m", "inspector", "suggest", "housing", "--from", "detector", "--json"]
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if '"learning"' in line:
                    os.kill(child.pid, number)
            assert child.wait() in (128 + number, -number, 130)
        assert left_of_it(workspace) == []
        assert read_annotations(folder) == before
        assert waiting(folder, before) == {}


@pytest.mark.slow
def test_two_detectors_find_what_is_hidden_in_a_negative(inspector: Inspector, workspace: Workspace) -> None:
    housing(workspace, 22)
    scene = "simulator:tape=mixed,screw=mixed,seed=9,frames=240,pace=0,hand=0"
    folder = record(open_simulator(scene), workspace, HOUSING, ["tape"], False, None, seconds=8, by="maria")
    extract(folder, read_recording(folder))
    said = inspector("review", "housing", "--quick-detector", "--minutes", "6", "--json")
    assert said.code == 0, said.err
    found = [line for line in said.lines if line.get("recording") == folder.name and "seems" in line]
    assert any("detector" in line["by"] for line in found)
    assert left_of_it(workspace) == []
