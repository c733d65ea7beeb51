"""All the reasons why recordings make no dataset."""

import shutil

import cv2
import numpy as np
import pytest

from inspector.capture.recording import recordings_of
from inspector.errors import InputError
from inspector.labeling.annotation import Annotation, Box, State, read_annotations, write_annotations
from inspector.labeling.dataset import build
from inspector.recipe import Component, Label, Recipe
from inspector.settings import Workspace
from tests.labeling.recorded import INPUT, ON, SCREW, STRIP, TAPE, doubt, recipe, recorded, refusal, restate


def test_no_recording_at_all(workspace: Workspace) -> None:
    told = refusal(workspace, recipe(SCREW, TAPE))
    assert told[0] == (
        "there is no recording of 'screw/on'. "
        "Record one with: inspector record --recipe block --component screw --pattern on"
    )
    assert "--component screw --pattern off" in told[1]
    assert "--component tape --positive" in told[2]
    assert "--component tape --negative" in told[3]
    assert len(told) == 4


def test_a_positive_recording_and_no_negative_one(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    (told,) = refusal(workspace, wanted)
    assert "Pictures that show it are not enough: the detector would learn the place, not the part" in told
    assert told.endswith("inspector record --recipe block --component tape --negative")
    assert len(build(workspace, wanted, input_size=INPUT, allow_missing_negatives=True).train) == 8


def test_pictures_of_several_components_are_each_others_negatives(workspace: Workspace) -> None:
    wanted = recipe(TAPE, Component(name="seal"))
    for label in (STRIP, Label("seal")):
        recorded(workspace, wanted, ["tape", "seal"], label=label)
    dataset = build(workspace, wanted, input_size=INPUT)
    assert dataset.train.taught.all()
    assert len(dataset.train) + len(dataset.held_out) == 20


def test_verified_empty_photos_among_others_are_negatives_too(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP, frames=12)
    restate(folder, **{f"_{number}": State.VERIFIED_EMPTY for number in range(4)})
    assert refusal(workspace, wanted)[0].startswith("only 4 frames are verified empty of 'tape', and it takes 5")
    restate(folder, _4=State.VERIFIED_EMPTY)
    assert build(workspace, wanted, input_size=INPUT).train.empty.sum() == 4


def test_a_pattern_without_boxes(workspace: Workspace) -> None:
    wanted = recipe(SCREW)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    (told,) = refusal(workspace, wanted)
    assert told.startswith("there is no recording of 'screw/off'")


def test_recordings_without_frames_or_labels_are_told_together(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    first, _ = recorded(workspace, wanted, "tape", extracted=False)
    second, _ = recorded(workspace, wanted, "tape")
    recorded(workspace, wanted, "tape", positive=False)
    told = refusal(workspace, wanted)
    assert sorted(told) == sorted(
        [
            f"recording {first.name} has no frames yet. Take them with: inspector extract block",
            f"none of the 10 frames of recording {second.name} says what is in it. Have boxes proposed with: "
            f"inspector suggest block, or bring your own: inspector annotations import {second.name}",
        ]
    )


def test_fewer_than_a_handful(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, frames=4)
    recorded(workspace, wanted, "tape", positive=False, frames=3)
    first, second = refusal(workspace, wanted)
    assert first.startswith("only 4 frames hold a box of 'tape', and it takes 5 at least")
    assert second.startswith("only 3 frames are verified empty of 'tape'")


def test_a_recording_of_a_component_that_the_recipe_lost(workspace: Workspace, tape: Recipe) -> None:
    recorded(workspace, recipe(TAPE, Component(name="tap")), "tap", label=Label("tap"))
    first, *boxes = refusal(workspace, tape)
    assert "is of 'tap', which the recipe does not have. Did you mean 'tape'?" in first
    assert len(boxes) == 10


def test_boxes_that_cannot_be(workspace: Workspace, tape: Recipe) -> None:
    folder, _ = recorded(workspace, tape, "tape", label=STRIP)
    wide = Annotation(state=State.BOXES, boxes=(Box.of(STRIP, (8, 6, 82, 30)),), by="maria")
    strange = Annotation(state=State.BOXES, boxes=(Box.of(Label("tape", "on"), (8, 6, 40, 30)),), by="maria")
    write_annotations(folder, read_annotations(folder).with_frames({"0.png": wide, "1.png": strange}))
    first, second = refusal(workspace, tape)
    assert first == f"{folder.name}/0.png is 80x60 pixels, and its box [8.0, 6.0, 82.0, 30.0] of 'tape' lies outside"
    assert second.startswith(f"{folder.name}/1.png holds a box of 'tape/on', which that recording does not teach.")


def test_a_box_a_pixel_too_wide_is_cut_to_its_frame(workspace: Workspace, tape: Recipe) -> None:
    folder, _ = recorded(workspace, tape, "tape", label=STRIP)
    wide = Annotation(state=State.BOXES, boxes=(Box.of(STRIP, (-0.5, 6, 81, 30)),), by="maria")
    write_annotations(
        folder, read_annotations(folder).with_frames(dict.fromkeys(map("{}.png".format, range(10)), wide))
    )
    dataset = build(workspace, tape, input_size=INPUT)
    boxes = {tuple(b) for part in (dataset.train, dataset.held_out) for o in part.originals for b in o.boxes.tolist()}
    assert boxes == {(8, 6, 40, 30), (0, 6, 80, 30)}


def test_a_picture_changed_after_extraction_is_told(workspace: Workspace, tape: Recipe) -> None:
    (folder, *_) = sorted(workspace.recordings.iterdir())
    cv2.imwrite(str(folder / "pictures" / "3.png"), np.zeros((20, 20, 3), np.uint8))
    with pytest.raises(InputError, match=r"3\.png was altered since it was imported"):
        build(workspace, tape)
    assert list(workspace.datasets.iterdir()) == []


def test_a_picture_exchanged_for_another_of_its_size_is_told(workspace: Workspace, tape: Recipe) -> None:
    (positive, _), (negative, _) = recordings_of(workspace.recordings, tape.name)
    shutil.copy(positive / "pictures" / "7.png", negative / "pictures" / "3.png")
    with pytest.raises(InputError, match=r"3\.png was altered since it was imported"):
        build(workspace, tape)
    assert list(workspace.datasets.iterdir()) == []


def test_what_is_left_out_since_nobody_looked_is_to_be_looked_at(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    folder, _ = recorded(workspace, wanted, "tape", positive=False)
    doubt(folder, *range(7))
    look = "Look at the frames that seem to contradict their recording: inspector review block"
    assert refusal(workspace, wanted) == [
        f"only 3 frames are verified empty of 'tape', and it takes 5 at least. {look}"
    ]
    doubt(folder, *range(10))
    assert refusal(workspace, wanted) == [
        f"all that is known of recording {folder.name} seems to contradict what was said of it. {look}"
    ]


def test_boxes_that_are_left_out_since_nobody_looked_are_to_be_looked_at(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP, frames=6)
    recorded(workspace, wanted, "tape", positive=False)
    imported = read_annotations(folder).of("0.png").model_copy(update={"by": "import"})
    write_annotations(folder, read_annotations(folder).with_frames({f"{n}.png": imported for n in range(6)}))
    doubt(folder, 0, 1)
    (told,) = refusal(workspace, wanted)
    assert told.startswith("only 4 frames hold a box of 'tape'")
    assert told.endswith("Look at the frames that seem to contradict their recording: inspector review block")
