"""A verdict that was marked as wrong: its picture waits, becomes a recording, and claims nothing."""

import json
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.capture.recording import read_recording, verify
from inspector.detections import Detections
from inspector.errors import FileProblems, InputError, MachineError
from inspector.frame import Frame, freeze
from inspector.inspection.records import Records
from inspector.inspection.verdict import Inspection, Verdict
from inspector.labeling import tasks
from inspector.labeling.annotation import State, read_annotations
from inspector.labeling.reel import Standing, read_reel
from inspector.labeling.suggestions import accept
from inspector.labeling.tasks import Objection, Task, open_task, take, tasks_of, waiting
from inspector.recipe import Label, Recipe, Viewpoint
from inspector.settings import Workspace
from tests.labeling.recorded import ON, SCREW, STRIP, TAPE, recipe

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
OBJECTION = Objection(reason="the screw is there", by="olga", at=NOON)
IDS = [f"20261126T1200000000{number}-00000{number}" for number in range(4)]


@pytest.fixture
def wanted() -> Recipe:
    return recipe(SCREW, TAPE)


def judged(place: Workspace, number: int, *seen: Label) -> Path:
    """The picture of an inspection in the records."""
    image = freeze(np.full((60, 80, 3), 40 + 10 * number, np.uint8))
    labels = (ON, STRIP)
    boxes = as_boxes([(5 + 20 * i, 6, 20 + 20 * i, 30) for i in range(len(seen))])
    classes = np.array([labels.index(label) for label in seen], np.int32)
    inspection = Inspection(
        id=IDS[number],
        recipe="block",
        bundle="block-1",
        first_frame=0,
        last_frame=3,
        started_at=NOON,
        verdict=Verdict.NOT_OK,
        findings=(),
        latency_ms=20.0,
    )
    with closing(Records(place.records)) as kept:
        frame = Frame(image, 3, 0.1, NOON, "simulator")
        kept.add(inspection, frame, Detections(boxes, np.full(len(seen), 0.9, np.float32), classes, labels))
        return kept.evidence(inspection)


def marked(place: Workspace, number: int, *seen: Label, objection: Objection = OBJECTION) -> Task:
    return open_task(place, judged(place, number, *seen), IDS[number], "block", "FAIL", objection)


def test_a_marked_verdict_waits_with_its_picture_and_what_was_said(workspace: Workspace) -> None:
    evidence = judged(workspace, 0, ON, STRIP)
    before = evidence.read_bytes()
    task = open_task(workspace, evidence, IDS[0], "block", "FAIL", OBJECTION)
    assert (task.inspection, task.recipe, task.verdict, task.objections) == (IDS[0], "block", "FAIL", (OBJECTION,))
    assert [(one.component, one.pattern, one.xyxy) for one in task.detections] == [
        ("screw", "on", (5, 6, 20, 30)),
        ("tape", None, (25, 6, 40, 30)),
    ]
    assert evidence.read_bytes() == before
    shutil.rmtree(workspace.records)  # as retention does
    assert waiting(workspace) == waiting(workspace, "block") == [task]
    assert waiting(workspace, "other") == []


def test_whoever_marks_it_after_another_is_noted_in_the_same_task(workspace: Workspace) -> None:
    marked(workspace, 0)
    again = marked(workspace, 0, objection=Objection(reason="no glare", by="tom", at=NOON))
    assert [one.by for one in again.objections] == ["olga", "tom"]
    assert waiting(workspace) == [again]


def test_what_was_seen_is_not_needed(workspace: Workspace) -> None:
    evidence = judged(workspace, 0, ON)
    for content in (None, "{", "[]", json.dumps({"detections": [{"label": "x"}]})):
        seen = evidence.with_suffix(".json")
        seen.unlink() if content is None else seen.write_text(content)
        assert open_task(workspace, evidence, IDS[0], "block", "FAIL", OBJECTION).detections == ()
        shutil.rmtree(workspace.tasks)


def test_without_a_picture_there_is_no_task(workspace: Workspace) -> None:
    with pytest.raises(InputError, match=f"The picture of the inspection {IDS[0]} is not kept any more"):
        open_task(workspace, workspace.records / "gone.jpg", IDS[0], "block", "FAIL", OBJECTION)
    with pytest.raises(ValueError, match="the inspection"):
        open_task(workspace, judged(workspace, 0), "../0", "block", "FAIL", OBJECTION)
    assert waiting(workspace) == []


def test_all_that_wait_become_a_recording_of_which_nothing_is_known(workspace: Workspace, wanted: Recipe) -> None:
    for number, seen in enumerate(((ON, STRIP), (), (STRIP,))):
        marked(workspace, number, *seen)
    (folder,) = take(workspace, wanted, "tom")
    recording = read_recording(folder)
    verify(folder, recording)
    assert (recording.components, recording.pattern, recording.kind) == (("screw", "tape"), None, "pictures")
    assert (recording.verified_empty, recording.attested_by, recording.recorded_by) == (False, None, "tom")
    assert [Path(media.file).stem for media in recording.media] == IDS[:3]
    assert (folder / recording.media[1].file).read_bytes() == judged(workspace, 1).read_bytes()
    assert read_annotations(folder).frames == {}
    reel = read_reel(folder, recording)
    assert reel.standings == (Standing.DOUBTFUL, Standing.UNLABELED, Standing.DOUBTFUL)
    assert [box.label for box in reel.boxes(0)] == [ON, STRIP]

    assert waiting(workspace) == []
    assert [task.recording for task in tasks_of(workspace, "block")] == [folder.name] * 3
    assert not list(workspace.tasks.glob("*/*.jpg"))
    with pytest.raises(InputError, match="No picture of 'block' waits"):
        take(workspace, wanted, "tom")


def test_what_was_detected_is_never_taken_as_true_without_a_look(workspace: Workspace, wanted: Recipe) -> None:
    marked(workspace, 0, ON)
    (folder,) = take(workspace, wanted, "tom")
    assert accept(folder, None, "tom") == []
    assert accept(folder, [f"{IDS[0]}.jpg"], "tom") == [f"{IDS[0]}.jpg"]
    assert read_annotations(folder).of(f"{IDS[0]}.jpg").state is State.BOXES


def test_what_the_recipe_does_not_have_any_more_is_not_proposed(workspace: Workspace) -> None:
    marked(workspace, 0, ON, STRIP)
    (folder,) = take(workspace, recipe(TAPE), "tom")
    assert [box.label for box in read_reel(folder, read_recording(folder)).boxes(0)] == [STRIP]


def test_what_was_taken_and_is_marked_again_is_not_taken_twice(workspace: Workspace, wanted: Recipe) -> None:
    marked(workspace, 0)
    (folder,) = take(workspace, wanted, "tom")
    again = marked(workspace, 0, objection=Objection(reason="really", by="tom", at=NOON))
    assert (again.recording, len(again.objections)) == (folder.name, 2)
    marked(workspace, 1)
    assert [Path(media.file).stem for media in read_recording(*take(workspace, wanted, "tom")).media] == [IDS[1]]


def test_a_kill_after_the_recording_was_made_takes_no_picture_twice(
    workspace: Workspace, wanted: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        marked(workspace, number)
    with monkeypatch.context() as context:
        context.setattr(tasks, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            take(workspace, wanted, "tom")
    assert len(waiting(workspace)) == 2
    marked(workspace, 2)
    (folder,) = take(workspace, wanted, "tom")
    assert [Path(media.file).stem for media in read_recording(folder).media] == [IDS[2]]
    assert waiting(workspace) == []
    assert len({task.recording for task in tasks_of(workspace)}) == 2


def test_what_goes_wrong_on_the_way_leaves_all_waiting(
    workspace: Workspace, wanted: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(workspace, 0)

    def full(*_: object) -> None:
        raise MachineError("the disk is full")

    monkeypatch.setattr(tasks, "extract", full)
    with pytest.raises(MachineError, match="the disk is full"):
        take(workspace, wanted, "tom")
    assert len(waiting(workspace)) == 1
    assert not list(workspace.recordings.iterdir())
    assert not list(workspace.folder.glob(".tasks-*"))


def test_a_picture_that_is_another_one_is_told_and_nothing_taken(workspace: Workspace, wanted: Recipe) -> None:
    for number in range(3):
        marked(workspace, number)
    cv2.imwrite(str(workspace.tasks / IDS[0] / "picture.jpg"), np.zeros((60, 80, 3), np.uint8))
    (workspace.tasks / IDS[2] / "picture.jpg").unlink()
    with pytest.raises(FileProblems, match="not the one that was kept") as told:
        take(workspace, wanted, "tom")
    assert [problem.path.parent.name for problem in told.value.problems] == [IDS[0], IDS[2]]
    assert len(waiting(workspace)) == 3


def test_each_of_several_cameras_has_a_recording_of_what_it_sees(workspace: Workspace) -> None:
    parts = (SCREW.model_copy(update={"camera": "top"}), TAPE.model_copy(update={"camera": "side"}))
    both = Recipe(name="block", components=parts, cameras=(Viewpoint(name="top"), Viewpoint(name="side")))
    first, second = judged(workspace, 0, ON), judged(workspace, 1, STRIP)
    for camera, evidence in (("top", first), ("side", second)):
        open_task(workspace, evidence, IDS[0], "block", "FAIL", OBJECTION, camera)
    marked(workspace, 2)  # as before tasks told of their cameras: it was the first one's
    open_task(workspace, first, IDS[3], "block", "FAIL", OBJECTION, "gone")
    top, side = map(read_recording, take(workspace, both, "tom"))
    assert (top.components, side.components) == (("screw",), ("tape",))
    assert [Path(media.file).name for media in top.media] == [f"{IDS[0]}.top.jpg", f"{IDS[2]}.jpg"]
    assert [Path(media.file).name for media in side.media] == [f"{IDS[0]}.side.jpg"]
    assert [task.camera for task in waiting(workspace)] == ["gone"]


def test_half_a_task_that_a_kill_left_is_none(workspace: Workspace) -> None:
    marked(workspace, 0)
    shutil.copytree(workspace.tasks / IDS[0], workspace.tasks / f".{IDS[0]}.abcd1234")
    assert len(waiting(workspace)) == 1


@pytest.mark.parametrize("fault", [{"reason": ""}, {"by": ""}, {"at": datetime(2026, 1, 1)}])
def test_an_objection_has_a_reason_a_name_and_a_moment(fault: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(fault))):
        Objection.model_validate({"reason": "wrong", "by": "olga", "at": NOON} | fault)
