"""What looks like a component and is none: taught, counted as empty of the component, and carried in and out."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes, iou
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.errors import FileProblems
from inspector.files import read_document, write_document
from inspector.labeling.annotation import (
    ATTESTATION,
    SUGGESTION,
    Annotation,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.by_contrast import suggest_recordings
from inspector.labeling.counts import Count
from inspector.labeling.dataset import FILE, Contents, build, open_dataset
from inspector.labeling.extraction import extract
from inspector.labeling.formats import FORMATS, export_annotations, import_annotations
from inspector.labeling.takes import takes_of
from inspector.recipe import Component, Label, Recipe
from inspector.settings import Workspace
from tests.labeling.recorded import INPUT, OFF, ON, SCREW, STRIP, TAPE, recipe, recorded, refusal

PAPER, NUT = Label("tape", "lookalike"), Label("screw", "lookalike")


def with_lookalikes(place: Workspace, wanted: Recipe, boxed: int, frames: int = 10) -> Path:
    """A recording of lookalikes of the tape, so many of its frames boxed."""
    folder, _ = recorded(place, wanted, "tape", positive=False, pattern="lookalike", frames=frames)
    box = Annotation(state=State.BOXES, boxes=(Box.of(PAPER, (50, 10, 70, 30)),), by="maria")
    names = [f"{number}.png" for number in range(boxed)]
    write_annotations(folder, read_annotations(folder).with_frames(dict.fromkeys(names, box)))
    return folder


def test_frames_of_lookalikes_are_verified_empty_until_they_are_boxed(workspace: Workspace) -> None:
    folder = with_lookalikes(workspace, recipe(TAPE), boxed=0)
    assert read_recording(folder).attested_by == "maria"
    assert {one.state for one in read_annotations(folder).frames.values()} == {State.VERIFIED_EMPTY}


def test_a_lookalike_is_a_class_of_the_dataset_and_its_frame_stays_empty(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False)
    folder = with_lookalikes(workspace, wanted, boxed=6)
    dataset = build(workspace, wanted, input_size=INPUT)
    assert dataset.labels == (STRIP, PAPER)
    assert dataset.contents.lookalikes == ("tape",)
    part = dataset.train
    said = {
        name: (classes.tolist(), taught.tolist(), bool(empty))
        for name, classes, taught, empty in zip(part.names, part.classes, part.taught, part.empty, strict=True)
    }
    # A frame that holds neither says nothing of lookalikes: one may stand in it that nobody boxed.
    of = {kind: [v for k, v in said.items() if k.startswith(folder.name) is kind] for kind in (True, False)}
    assert [v for v in of[True] if v[0]] == [([1], [True, True], True)] * 5
    assert [v for v in of[True] if not v[0]] == [([], [True, False], True)] * 3
    assert [v for v in of[False] if v[0]] == [([0], [True, True], False)] * 8
    assert [v for v in of[False] if not v[0]] == [([], [True, False], True)] * 8


def test_lookalikes_are_counted_for_themselves(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False)
    with_lookalikes(workspace, wanted, boxed=6)
    tape, paper = build(workspace, wanted, input_size=INPUT).summary()
    assert (tape.recordings, tape.with_boxes, tape.verified_empty) == (3, 10, 20)
    assert (tape.train, tape.held_out) == (24, 6)
    assert paper.model_copy(update={"train": 0, "held_out": 0}) == Count(
        component="tape", pattern="lookalike", recordings=1, with_boxes=6
    )
    assert paper.train + paper.held_out == 6


def test_without_verified_empty_frames_those_of_lookalikes_stay_out_too(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    with_lookalikes(workspace, wanted, boxed=10)
    dataset = build(workspace, wanted, input_size=INPUT, include_empty=False)
    assert not dataset.train.empty.any()
    assert len(dataset.train) + len(dataset.held_out) == 10


def test_a_dataset_made_before_there_were_lookalikes_opens_unchanged(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    text = (dataset.folder / FILE).read_text()
    assert "lookalike" not in text
    assert open_dataset(dataset.folder).labels == (STRIP,)
    contents = read_document(dataset.folder / FILE, Contents)
    write_document(dataset.folder / FILE, contents.model_copy(update={"lookalikes": ("tape",)}))
    assert open_dataset(dataset.folder).labels == (STRIP, PAPER)


def test_frames_with_lookalikes_are_negatives_enough(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    with_lookalikes(workspace, wanted, boxed=4, frames=4)
    (told,) = refusal(workspace, wanted)
    assert told.startswith("only 4 frames are verified empty of 'tape'")
    with_lookalikes(workspace, wanted, boxed=5, frames=5)
    assert len(build(workspace, wanted, input_size=INPUT).labels) == 2


def test_lookalikes_are_no_component(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    with_lookalikes(workspace, wanted, boxed=10)
    (told,) = refusal(workspace, wanted)
    assert told.startswith("there is no recording of 'tape'. Record one with: inspector record")


def test_a_lookalike_of_another_component_is_refused(workspace: Workspace, tape: Recipe) -> None:
    wanted = recipe(TAPE, SCREW)
    for pattern, label in (("on", ON), ("off", OFF)):
        recorded(workspace, wanted, "screw", positive=pattern == "on", pattern=pattern, label=label)
    folder = with_lookalikes(workspace, wanted, boxed=1)
    nut = Annotation(state=State.BOXES, boxes=(Box.of(NUT, (1, 1, 9, 9)),), by="maria")
    write_annotations(folder, read_annotations(folder).with_frames({"0.png": nut}))
    assert refusal(workspace, wanted) == [
        f"{folder.name}/0.png holds a box of 'screw/lookalike', which that recording does not teach."
        " Did you mean 'tape/lookalike'?"
    ]


def scene(strip: int | None, paper: int | None, number: int) -> np.ndarray:
    """A noisy shelf with a strip, or a round thing, at that place."""
    rng = np.random.default_rng(number)
    image = rng.normal(90, 3, (120, 160, 3))
    image[40:44] += 50
    image[:, 75:79] -= 40
    if strip is not None:
        image[50:66, strip : strip + 50] = (40, 180, 60)
    if paper is not None:
        cv2.circle(image, (paper, 90), 14, (200, 60, 160), cv2.FILLED)
    return np.clip(image, 0, 255).astype(np.uint8)


def filmed(place: Workspace, wanted: Recipe, positive: bool, pattern: str | None, **thing: int) -> Path:
    """Eight frames as a video: the thing moves a little."""
    path = place.folder / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"FFV1"), 10, (160, 120))
    for number in range(8):
        things = {"strip": None, "paper": None} | {name: x + 4 * number for name, x in thing.items()}
        writer.write(scene(**things, number=number + len(thing) * 50))
    writer.release()
    folder = import_media(path, place, wanted, ["tape"], positive=positive, pattern=pattern, by="maria")
    extract(folder, read_recording(folder))
    return folder


def test_lookalikes_are_proposed_against_the_bare_place(workspace: Workspace) -> None:
    wanted = recipe(TAPE.model_copy(update={"count": 0}))
    positive = filmed(workspace, wanted, True, None, strip=20)
    negative = filmed(workspace, wanted, False, None)
    lookalikes = filmed(workspace, wanted, False, "lookalike", paper=30)
    made = suggest_recordings(workspace, wanted, "tape", accept=0.3)
    assert {(one.take.folder, box.label) for one in made.proposals for box in one.suggested.boxes} == {
        (positive, STRIP),
        (lookalikes, PAPER),
    }
    boxed = [one for one in read_annotations(lookalikes).frames.values() if one.boxes]
    assert len(boxed) >= 4
    assert {one.by for one in boxed} == {SUGGESTION}
    for name, one in read_annotations(lookalikes).frames.items():
        x = 30 + 4 * int(Path(name).stem)
        if one.boxes:
            assert iou(as_boxes([one.boxes[0].xyxy]), as_boxes([[x - 14, 76, x + 15, 105]]))[0, 0] > 0.5
    assert {one.by for one in read_annotations(negative).frames.values()} == {ATTESTATION}


@pytest.mark.parametrize("form", FORMATS)
def test_lookalikes_go_out_and_come_in_again(workspace: Workspace, tmp_path: Path, form: str) -> None:
    wanted = recipe(SCREW, TAPE)
    folder = with_lookalikes(workspace, wanted, boxed=3, frames=5)
    recording, before = read_recording(folder), read_annotations(folder)
    assert export_annotations(folder, recording, wanted, tmp_path / form, FORMATS[form]) == 5
    (folder / "annotations.yaml").unlink()
    options = {"without_boxes": State.VERIFIED_EMPTY}
    import_annotations(folder, recording, wanted, tmp_path / form, FORMATS[form], **options)
    after = read_annotations(folder)
    assert after.frames.keys() == before.frames.keys()
    for name, annotation in after.frames.items():
        assert annotation.says_the_same_as(before.of(name))


def test_without_a_lookalike_an_export_names_the_labels_that_it_always_did(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = with_lookalikes(workspace, recipe(TAPE), boxed=0, frames=2)
    export_annotations(folder, read_recording(folder), recipe(TAPE), tmp_path / "out", FORMATS["yolo"])
    assert (tmp_path / "out" / "classes.txt").read_text() == "tape\n"


def test_boxes_on_a_negative_recording_are_lookalikes_or_refused(workspace: Workspace, tmp_path: Path) -> None:
    wanted = recipe(TAPE)
    folder = with_lookalikes(workspace, wanted, boxed=0, frames=2)
    recording, table = read_recording(folder), tmp_path / "boxes.csv"
    head = "filename,width,height,class,xmin,ymin,xmax,ymax\n"
    table.write_text(f"{head}0.png,80,60,paper,4,5,40,20\n")
    states = {"without_boxes": State.VERIFIED_EMPTY}
    with pytest.raises(FileProblems, match="attested to show nothing; call what only looks like it 'tape/lookalike'"):
        import_annotations(folder, recording, wanted, table, FORMATS["csv"], **states, label_map={"paper": "tape"})
    import_annotations(
        folder, recording, wanted, table, FORMATS["csv"], **states, label_map={"paper": "tape/lookalike"}
    )
    assert read_annotations(folder).of("0.png").boxes == (Box.of(PAPER, (4, 5, 40, 20)),)


def test_a_recording_of_lookalikes_is_a_group_of_its_own(workspace: Workspace) -> None:
    wanted = recipe(Component(name="tape"))
    with_lookalikes(workspace, wanted, boxed=1)
    (take,) = takes_of(workspace, wanted)
    assert take.group == "tape negative (lookalike)"
    assert take.footage(list(take.shots)).empty.all()
