"""`inspector annotations`, and `inspector import` of TFRecords: what is kept, and what a person is told."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture.recording import read_recording
from inspector.commands.annotations import NAMES
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.extraction import read_frames
from inspector.settings import Workspace

Inspector = Any
HEAD = "filename,width,height,class,xmin,ymin,xmax,ymax\n"


@pytest.fixture
def block(inspector: Inspector) -> None:
    inspector("recipe", "new", "block", "--component", "screw=screw/hole")


@pytest.fixture
def recording(inspector: Inspector, block: None, tmp_path: Path) -> str:
    """Three pictures of a screw, two of them annotated: one with a box, one verified empty."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), 80 + number, np.uint8))
    said = inspector("import", str(folder), "--recipe", "block", "--component", "screw", "--positive", "--json")
    (line,) = said.lines
    inspector("extract", "block")
    table = tmp_path / "boxes.csv"
    table.write_text(HEAD + "0.png,80,60,nut,4,5,40,20\n1.png,80,60,,-1,-1,-1,-1\n")
    options = ("--format", "csv", "--without-boxes", "verified empty", "--map", "nut=hole", "--json")
    said = inspector("annotations", "import", line["recording"], str(table), *options)
    assert said.code == 0, said.err
    assert (said.lines[0]["boxes"], said.lines[0]["verified empty"]) == (1, 2)
    return str(line["recording"])


def test_annotations_go_out_and_come_in_again_in_every_format(
    inspector: Inspector, workspace: Workspace, recording: str, tmp_path: Path
) -> None:
    before = read_annotations(workspace.recordings / recording)
    for form in NAMES:
        out = tmp_path / form
        assert inspector("annotations", "export", recording, str(out), "--format", form).code == 0
        options = ("--format", form, "--without-boxes", "verified empty", "--json")
        (line,) = inspector("annotations", "import", recording, str(out), *options).lines
        assert (line["changed"], line["unmatched"]) == (0, [])
    assert read_annotations(workspace.recordings / recording) == before


def test_a_recording_goes_out_in_shards_and_comes_in_as_another(
    inspector: Inspector, workspace: Workspace, recording: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert inspector("annotations", "export", recording, str(out), "--format", "tfrecord", "--shards", "2").code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "annotations.record-00000-of-00002",
        "annotations.record-00001-of-00002",
        "label_map.pbtxt",
    ]
    options = ("--recipe", "block", "--component", "screw", "--without-boxes", "verified empty", "--json")
    said = inspector("import", str(out / "annotations.record"), *options)
    assert said.code == 0, said.err
    (line,) = said.lines
    assert (line["frames"], line["boxes"], line["verified empty"]) == (3, 1, 2)
    made, twin = workspace.recordings / line["recording"], workspace.recordings / recording
    assert read_recording(made).source == "annotations.record"
    for name, annotation in read_annotations(twin).frames.items():
        assert read_annotations(made).of(name).says_the_same_as(annotation)
        assert (made / "pictures" / name).read_bytes() == (twin / "pictures" / name).read_bytes()


def test_a_picture_that_is_missing_is_told_and_not_the_disk(
    inspector: Inspector, workspace: Workspace, recording: str, tmp_path: Path
) -> None:
    gone = workspace.recordings / recording / "pictures" / "1.png"
    gone.unlink()
    said = inspector("annotations", "export", recording, str(tmp_path / "out"), "--format", "tfrecord")
    assert (said.code, said.err.startswith(f"There is no picture {gone}. ")) == (2, True)
    assert "inspector extract" in said.err
    assert not (tmp_path / "out").exists()


def test_pictures_without_boxes_are_unlabeled_until_somebody_says_that_they_are_empty(
    inspector: Inspector, recording: str, tmp_path: Path
) -> None:
    inspector("annotations", "export", recording, str(tmp_path / "out"), "--format", "tfrecord")
    said = inspector(
        "import", str(tmp_path / "out" / "annotations.record"), "--recipe", "block", "--component", "screw"
    )
    assert said.code == 0, said.err
    assert ": 3 frames: 1 boxes, 0 verified empty, 0 ignored, 2 unlabeled." in said.out


@pytest.mark.usefixtures("block")
def test_the_screws_of_the_api_become_a_recording(
    inspector: Inspector, workspace: Workspace, shared_data: Path
) -> None:
    path = shared_data / "tf_object_detection_api" / "screw_val.record"
    said = inspector("import", str(path), "--recipe", "block", "--component", "screw", "--json")
    assert said.code == 0, said.err
    (line,) = said.lines
    assert (line["frames"], line["boxes"]) == (30, 30)
    folder = workspace.recordings / line["recording"]
    assert (read_recording(folder).kind, read_recording(folder).frame_size) == ("pictures", (600, 789))
    frames = read_annotations(folder).frames
    counts = Counter(box.pattern for annotation in frames.values() for box in annotation.boxes)
    digits = Counter(digit for name in frames for digit in Path(name).stem.rsplit("_", 1)[1])
    assert counts == {"screw": digits["1"], "hole": digits["0"]}


@pytest.mark.usefixtures("block")
def test_a_damaged_record_is_one_sentence_and_nothing_is_imported(
    inspector: Inspector, workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.record"
    shutil.copy(shared_data / "tf_object_detection_api" / "screw_val.record", path)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\0\0\0\0")
    said = inspector("import", str(path), "--recipe", "block", "--component", "screw")
    assert said.code == 2
    (told,) = [line for line in said.err.splitlines() if not line.endswith("...")]
    assert told == (
        f"{path}: example 16 is damaged or cut short, and whatever follows it cannot be read; copy the file again"
    )
    assert not workspace.recordings.exists()
    made = {entry.name for entry in workspace.folder.iterdir() if not entry.name.startswith(("audit", ".audit"))}
    assert made == {"recipes"}


def test_a_record_whose_labels_mean_nothing_leaves_no_recording(
    inspector: Inspector, workspace: Workspace, recording: str, tmp_path: Path
) -> None:
    inspector("annotations", "export", recording, str(tmp_path / "out"), "--format", "tfrecord")
    inspector("recipe", "new", "lid", "--component", "tape")
    record = str(tmp_path / "out" / "annotations.record")
    said = inspector("import", record, "--recipe", "lid", "--component", "tape")
    assert said.code == 2
    assert (
        "the recipe has no label 'hole'. Known: tape, tape/lookalike. Say which it is with --map hole=LABEL" in said.err
    )
    assert [entry.name for entry in workspace.recordings.iterdir()] == [recording]
    said = inspector("import", record, "--recipe", "lid", "--component", "tape", "--map", "hole=tape", "--json")
    assert said.lines[0]["boxes"] == 1


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("annotations", "import", "ID", "x", "--format", "yola", "--without-boxes", "unlabeled"),
            "Did you mean 'yolo'?",
        ),
        (("annotations", "export", "ID", "OUT", "--format", "csv", "--shards", "2"), "belong to --format tfrecord"),
        (("annotations", "accept", "ID", "--all", "--by", "suggestion"), "name the person who looked"),
        (("import", "OUT", "--recipe", "block", "--component", "screw", "--map", "a=b"), "is no .record file"),
        (("import", "no.record", "--recipe", "block", "--component", "screw"), "There is no file no.record."),
        (("import", "no.record", "--recipe", "block", "--component", "screw", "--map", "a"), "There is no file"),
    ],
)
def test_options_that_do_not_fit(
    inspector: Inspector, recording: str, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    there = {"ID": recording, "OUT": str(tmp_path / "out")}
    said = inspector(*(there.get(word, word) for word in arguments))
    assert said.code == 2
    assert sentence in said.err
    assert not (tmp_path / "out").exists()


def test_what_was_suggested_is_listed_accepted_or_overruled(
    inspector: Inspector, workspace: Workspace, tmp_path: Path
) -> None:
    inspector("recipe", "new", "lid", "--component", "screw=on/off")
    source = "simulator:screw=on,tape=on,seed=1,frames=60,pace=0,hand=0"
    options = ("--recipe", "lid", "--component", "screw", "--pattern", "on", "--seconds", "2")
    line = inspector("record", *options, "--source", source, "--json").lines[-1]
    recording, folder = line["recording"], Path(line["path"])
    inspector("extract", "lid", "--most", "8")
    said = inspector("suggest", "lid", "--from", "tracking")
    assert (said.code, "Annotate some frames of a video first" in said.err) == (2, True)
    first, *others = read_frames(folder).frames
    box = Box(component="screw", pattern="on", xyxy=(100, 100, 140, 140))
    write_annotations(folder, Annotations(frames={first.name: Annotation(state=State.BOXES, boxes=(box,), by="maria")}))
    *progress, line = inspector("suggest", "lid", "--from", "tracking", "--json").lines
    assert progress[-1] == {"stage": "suggest", "done": 60, "total": 60, "text": ""}
    # From one side alone nothing is sure.
    assert (line["accepted"], line["left"] > 0, len(line["questions"])) == (0, True, 1)
    lines = inspector("annotations", "list", recording, "--json").lines
    assert [one["state"] for one in lines] == ["boxes", *["unlabeled"] * len(others)]
    waits = [one["frame"] for one in lines if one["suggested"]]
    assert "1 by tracking, 0.00 sure" in inspector("annotations", "list", recording).out
    assert inspector("annotations", "reject", recording, waits[0], "--json").lines[0]["rejected"] == waits[:1]
    assert not any(one["suggested"] for one in inspector("annotations", "list", recording, "--json").lines[:2])
    assert inspector("annotations", "reject", recording, waits[0]).code == 2
    assert inspector("annotations", "undo", recording).code == 0
    assert inspector("annotations", "accept", recording).code == 2
    assert inspector("annotations", "accept", recording, waits[0], "--by", "jo").code == 0
    assert inspector("annotations", "state", recording, waits[1], "--is", "ignored").code == 0
    known = read_annotations(folder)
    assert (known.of(waits[0]).by, known.of(waits[1]).state) == ("jo", State.IGNORED)
    said = inspector("annotations", "state", recording, waits[1], "--is", "boxes")
    assert (said.code, "There is no state 'boxes'." in said.err) == (2, True)
    said = inspector("annotations", "state", recording, "nothing.png", "--is", "ignored")
    assert (said.code, "There is no frame 'nothing.png'" in said.err) == (2, True)
    assert inspector("annotations", "accept", recording, "--all", "--json").lines[0]["accepted"] == waits[2:]
    assert inspector("annotations", "undo", recording, "--json").lines[0]["frames"] == waits[1:2]
    assert read_annotations(folder).of(waits[1]).state is State.UNLABELED
    assert inspector("annotations", "redo", recording).code == 0
    assert read_annotations(folder) == known
    assert (inspector("annotations", "redo", recording).code) == 2
