"""What a detector of minutes is taught by, and what becomes of what it sees. Its training is in test_quick.py."""

import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.errors import InputError
from inspector.labeling.annotation import (
    IMPORT,
    SUGGESTION,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.by_detector import detect_recordings, proposed
from inspector.labeling.proposal import Proposal
from inspector.labeling.quick import Lesson
from inspector.labeling.suggestions import LEARNABLE, Origin
from inspector.labeling.takes import takes_of
from inspector.recipe import LOOKALIKE, Label
from inspector.settings import Workspace
from tests.labeling.recorded import OFF, ON, SCREW, STRIP, TAPE, doubt, recipe, recorded

LEAST = {"tape": 0.4, "screw": 0.4}


def seen(*scored: tuple[Label, float, float]) -> Detections:
    """Things of a label, each with its score, so far from the left."""
    labels = tuple(dict.fromkeys(label for label, _, _ in scored))
    boxes = as_boxes([[x, 5, x + 10, 15] for _, _, x in scored])
    scores = np.array([score for _, score, _ in scored], np.float32)
    return Detections(boxes, scores, np.array([labels.index(label) for label, _, _ in scored], np.int32), labels)


def on_a_frame(place: Workspace, detections: Detections, **recording: object) -> list[Proposal]:
    wanted = recipe(SCREW, TAPE)
    recorded(place, wanted, frames=1, **recording)  # type: ignore[arg-type]
    (take,) = takes_of(place, wanted)
    return list(proposed(take, take.shots[0], detections, LEAST))


def test_it_is_as_sure_as_its_least_sure_box(workspace: Workspace) -> None:
    (one,) = on_a_frame(workspace, seen((STRIP, 0.75, 0), (STRIP, 0.875, 30)), component="tape")
    assert [box.xyxy for box in one.suggested.boxes] == [(0, 5, 10, 15), (30, 5, 40, 15)]
    assert (one.suggested.sure, one.suggested.origin) == (0.75, Origin.DETECTOR)


def test_what_nearly_counts_makes_it_less_sure(workspace: Workspace) -> None:
    (one,) = on_a_frame(workspace, seen((STRIP, 0.875, 0), (STRIP, 0.375, 30)), component="tape")
    assert (len(one.suggested.boxes), one.suggested.sure) == (1, 0.625)


def test_where_nothing_counts_nothing_is_proposed(workspace: Workspace) -> None:
    assert on_a_frame(workspace, seen((STRIP, 0.375, 0)), component="tape") == []


def test_another_pattern_than_the_recording_s_is_no_box_and_a_doubt(workspace: Workspace) -> None:
    (one,) = on_a_frame(workspace, seen((ON, 0.875, 0), (OFF, 0.75, 30)), component="screw", pattern="on")
    assert [box.label for box in one.suggested.boxes] == [ON]
    assert one.suggested.sure == 0.25


def test_taught_without_patterns_it_finds_that_of_the_recording(workspace: Workspace) -> None:
    (one,) = on_a_frame(workspace, seen((Label("screw"), 0.875, 0)), component="screw", pattern="on")
    assert [box.label for box in one.suggested.boxes] == [ON]


def test_what_the_recording_does_not_teach_says_nothing(workspace: Workspace) -> None:
    (one,) = on_a_frame(workspace, seen((STRIP, 0.875, 0), (ON, 0.9375, 30)), component="tape")
    assert ([box.label for box in one.suggested.boxes], one.suggested.sure) == ([STRIP], 0.875)


def test_with_no_frame_left_nobody_waits_for_a_training(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, frames=LEARNABLE)
    recorded(workspace, wanted, "tape", positive=False)
    with pytest.raises(InputError, match="There is no frame left to propose boxes of 'tape' for"):
        detect_recordings(workspace, wanted, ["tape"])
    assert not workspace.datasets.exists()


def test_a_frame_of_lookalikes_alone_teaches_no_component(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, frames=LEARNABLE - 1)
    recorded(workspace, wanted, "tape", label=Label("tape", LOOKALIKE), pattern=LOOKALIKE, positive=False)
    recorded(workspace, wanted, "tape")
    with pytest.raises(InputError, match="19 frames hold a box of 'tape'"):
        detect_recordings(workspace, wanted, ["tape"])
    assert Lesson.of(wanted, takes_of(workspace, wanted), ["tape"], lambda take, shot: take.of(shot)).holding == 19


def test_what_seems_to_contradict_teaches_it_nothing(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP, frames=LEARNABLE)
    known = read_annotations(folder)
    imported = {name: one.model_copy(update={"by": IMPORT}) for name, one in known.frames.items()}
    write_annotations(folder, known.with_frames(imported))
    recorded(workspace, wanted, "tape")
    doubt(folder, 3, 4)
    with pytest.raises(InputError, match="18 frames hold a box of 'tape'"):
        detect_recordings(workspace, wanted, ["tape"])


def test_too_few_confirmed_frames_are_told_with_how_many_more_it_takes(workspace: Workspace) -> None:
    wanted = recipe(TAPE, SCREW)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP, frames=LEARNABLE + 1)
    said = Annotation(state=State.BOXES, boxes=(Box.of(STRIP, (8, 6, 40, 30)),), by=SUGGESTION, confidence=0.9)
    taken = {f"{number}.png": said for number in range(4)}
    drawn = {f"{number}.png": said.model_copy(update={"by": "maria"}) for number in range(4, LEARNABLE + 1)}
    write_annotations(folder, Annotations(frames={**taken, **drawn}))
    with pytest.raises(InputError) as caught:
        detect_recordings(workspace, wanted, ["tape", "screw"])
    assert "17 frames hold a box of 'tape' that a person drew or confirmed" in str(caught.value)
    assert "a detector learns from 20: confirm 3 more." in str(caught.value)
    assert "0 frames hold a box of 'screw'" in str(caught.value)
    assert not workspace.datasets.exists()
