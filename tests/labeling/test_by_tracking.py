"""Boxes followed through a recording of the simulator, whose truth is known, from a few that a person drew."""

import shutil
from pathlib import Path

import pytest

from inspector.boxes import as_boxes, iou
from inspector.capture.recorder import record
from inspector.capture.recording import read_recording
from inspector.capture.simulator import SIMULATOR_RECIPE, Simulator, open_simulator
from inspector.errors import InputError
from inspector.labeling.annotation import (
    Annotation,
    Box,
    State,
    read_annotations,
    restate,
    undo,
    write_annotations,
)
from inspector.labeling.by_tracking import track_recordings
from inspector.labeling.extraction import extract, read_frames
from inspector.labeling.suggestions import waiting
from inspector.settings import Workspace

SCENE = "simulator:screw=on,tape=on,seed=1,frames=150,pace=0,hand=0"
DRAWN = 5
"""Every so many of the extracted frames a person draws the boxes."""


Recorded = tuple[Path, Simulator]


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    place, truth = Workspace(tmp_path_factory.mktemp("filmed")), open_simulator(SCENE)
    folder = record(open_simulator(SCENE), place, SIMULATOR_RECIPE, ["screw"], True, "on", seconds=5, by="maria")
    extract(folder, read_recording(folder), most=30)
    return folder, truth


@pytest.fixture
def recorded(workspace: Workspace, filmed: Recorded) -> Recorded:
    """The recording in the test's own workspace, and its truth."""
    folder, truth = filmed
    return Path(shutil.copytree(folder, workspace.recordings / folder.name)), truth


def draw(folder: Path, truth: Simulator, every: int = DRAWN) -> None:
    said = {}
    for frame in read_frames(folder).frames[::every]:
        true = truth.truth(frame.number)
        boxes = (Box.of(label, tuple(box)) for label, box in zip(true.labels, true.boxes.tolist(), strict=True))
        mine = tuple(box for box in boxes if box.component == "screw")
        said[frame.name] = Annotation(state=State.BOXES, boxes=mine, by="maria")
    write_annotations(folder, read_annotations(folder).with_frames(said))


def test_what_is_sure_is_right_and_the_rest_waits(workspace: Workspace, recorded: Recorded) -> None:
    folder, truth = recorded
    draw(folder, truth)
    before = read_annotations(folder)
    made = track_recordings(workspace, SIMULATOR_RECIPE, ["screw"], accept=0.7)
    after = read_annotations(folder)
    numbers = {frame.name: frame.number for frame in read_frames(folder).frames}
    accepted = {name: one for name, one in after.frames.items() if one.by == "tracking"}
    assert len(accepted) == made.accepted >= 8
    for name, one in accepted.items():
        true = truth.truth(numbers[name])
        screws = true.boxes[[label.component == "screw" for label in true.labels]]
        assert iou(as_boxes([box.xyxy for box in one.boxes]), screws).max(axis=1).min() > 0.6
        assert len(one.boxes) == len(screws)
    assert {name: after.frames[name] for name in before.frames} == before.frames
    waits = waiting(folder, after)
    assert len(waits) == made.left
    assert all(one.sure < 0.7 for one in waits.values())
    # One question for each stretch of frames that are still open.
    open_now = [name for name in numbers if after.of(name).state is State.UNLABELED]
    assert {name.partition("/")[2] for name in made.questions} <= set(open_now)
    assert bool(made.questions) == bool(open_now)


def test_each_answer_leaves_fewer_questions_until_none_is_left(
    workspace: Workspace, recorded: tuple[Path, Simulator]
) -> None:
    folder, truth = recorded
    draw(folder, truth, every=29)
    numbers = {frame.name: frame.number for frame in read_frames(folder).frames}
    for _ in range(len(numbers)):
        made = track_recordings(workspace, SIMULATOR_RECIPE, ["screw"], accept=0.7)
        if not made.questions:
            break
        for name in (question.partition("/")[2] for question in made.questions):
            true = truth.truth(numbers[name])
            boxes = (Box.of(label, tuple(box)) for label, box in zip(true.labels, true.boxes.tolist(), strict=True))
            mine = tuple(box for box in boxes if box.component == "screw")
            said = Annotation(state=State.BOXES if mine else State.VERIFIED_EMPTY, boxes=mine, by="maria")
            write_annotations(folder, read_annotations(folder).with_frames({name: said}))
    assert not made.questions
    by = [read_annotations(folder).of(name).by for name in numbers]
    assert by.count("maria") < len(numbers) / 2


def test_with_nothing_annotated_there_is_nothing_to_follow(
    workspace: Workspace, recorded: tuple[Path, Simulator]
) -> None:
    with pytest.raises(InputError, match="Annotate some frames of a video first"):
        track_recordings(workspace, SIMULATOR_RECIPE, ["screw"])


def test_what_a_person_says_while_boxes_are_followed_stands(
    workspace: Workspace, recorded: tuple[Path, Simulator]
) -> None:
    folder, truth = recorded
    draw(folder, truth)
    name = next(frame.name for frame in read_frames(folder).frames if frame.name not in read_annotations(folder).frames)

    def meanwhile(done: int, total: int | None) -> None:
        if done == 140:
            restate(folder, [name], State.IGNORED, "maria")

    track_recordings(workspace, SIMULATOR_RECIPE, ["screw"], accept=0.0, progress=meanwhile)
    assert read_annotations(folder).of(name).by == "maria"


def test_what_was_followed_before_waits_until_boxes_are_followed_anew(
    workspace: Workspace, recorded: tuple[Path, Simulator]
) -> None:
    folder, truth = recorded
    draw(folder, truth)
    track_recordings(workspace, SIMULATOR_RECIPE, ["screw"])
    before = waiting(folder, read_annotations(folder))
    assert before

    def cancelled(done: int, total: int | None) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        track_recordings(workspace, SIMULATOR_RECIPE, ["screw"], progress=cancelled)
    assert waiting(folder, read_annotations(folder)) == before
    undo(folder)
    with pytest.raises(InputError, match="Annotate some frames"):
        track_recordings(workspace, SIMULATOR_RECIPE, ["screw"])
    assert waiting(folder, read_annotations(folder)) == before
    first, second, *_ = read_frames(folder).frames
    drawn = Annotation(state=State.BOXES, boxes=before[second.name].boxes, by="maria")
    rest = {frame.name: Annotation(state=State.IGNORED, by="maria") for frame in read_frames(folder).frames[6:]}
    write_annotations(folder, read_annotations(folder).with_frames({first.name: drawn, **rest}))
    track_recordings(workspace, SIMULATOR_RECIPE, ["screw"])
    after = waiting(folder, read_annotations(folder))
    assert after
    assert all(before.get(name) != one for name, one in after.items())


def test_what_was_followed_itself_is_nothing_to_follow_from(
    workspace: Workspace, recorded: tuple[Path, Simulator]
) -> None:
    folder, truth = recorded
    draw(folder, truth)
    known = read_annotations(folder)
    followed = {name: one.model_copy(update={"by": "tracking"}) for name, one in known.frames.items()}
    write_annotations(folder, known.with_frames(followed))
    with pytest.raises(InputError, match="Annotate some frames"):
        track_recordings(workspace, SIMULATOR_RECIPE, ["screw"])
