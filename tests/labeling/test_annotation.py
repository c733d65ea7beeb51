"""The four states of a frame, kept apart on disk and in memory."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from inspector.errors import FileProblems
from inspector.labeling.annotation import (
    ATTESTATION,
    DETECTOR,
    FILE,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.recipe import Label

ON = Box(component="screw", pattern="on", xyxy=(1, 2, 3, 4))
OFF = Box(component="screw", pattern="off", xyxy=(5, 6, 7, 8))


def test_a_box_is_kept_to_a_thousandth_of_a_pixel() -> None:
    assert Box(component="tape", xyxy=(1 / 3, 2 / 3, 10.00049, 20)).xyxy == (0.333, 0.667, 10.0, 20.0)


def test_a_box_thinner_than_that_is_none() -> None:
    with pytest.raises(ValidationError, match="xmin < xmax"):
        Box(component="tape", xyxy=(1, 1, 1.0004, 2))


@pytest.mark.parametrize("edge", [float("nan"), float("-inf")])
def test_a_box_of_no_finite_size_is_none(edge: float) -> None:
    with pytest.raises(ValidationError, match="finite number"):
        Box(component="tape", xyxy=(edge, 1, 5, 2))


def test_a_box_knows_its_label() -> None:
    assert Box.of(Label("screw", "on"), (1, 2, 3, 4)) == ON
    assert ON.label == Label("screw", "on")


@pytest.mark.parametrize("state", [State.VERIFIED_EMPTY, State.IGNORED, State.UNLABELED])
def test_only_a_frame_with_boxes_has_boxes(state: State) -> None:
    with pytest.raises(ValidationError):
        Annotation(state=state, boxes=(ON,))
    with pytest.raises(ValidationError):
        Annotation(state=State.BOXES)


def test_a_frame_of_lookalikes_alone_is_empty() -> None:
    tape, lookalike = (Box.of(Label("tape", pattern), (1, 2, 3, 4)) for pattern in (None, "lookalike"))
    said = {
        boxes: Annotation(state=State.BOXES, boxes=boxes).empty for boxes in ((lookalike,), (tape,), (lookalike, tape))
    }
    assert list(said.values()) == [True, False, False]
    assert [Annotation(state=s).empty for s in (State.VERIFIED_EMPTY, State.IGNORED, State.UNLABELED)] == [
        True,
        False,
        False,
    ]


def test_who_is_a_person() -> None:
    assert Annotation(state=State.IGNORED, by="maria").by_person
    assert not Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION).by_person
    assert not Annotation().by_person
    assert not Annotation(state=State.IGNORED, by=DETECTOR).by_person


def test_the_same_is_said_whoever_says_it_in_whatever_order() -> None:
    one = Annotation(state=State.BOXES, boxes=(ON, OFF), by="maria")
    assert one.says_the_same_as(Annotation(state=State.BOXES, boxes=(OFF, ON), by="import"))
    assert not one.says_the_same_as(Annotation(state=State.BOXES, boxes=(ON,)))
    assert not Annotation(state=State.VERIFIED_EMPTY).says_the_same_as(Annotation(state=State.IGNORED))


def test_a_frame_nobody_looked_at_is_unlabeled_and_not_empty() -> None:
    annotations = Annotations().with_frames({"a.png": Annotation(state=State.VERIFIED_EMPTY)})
    assert annotations.of("b.png").state is State.UNLABELED
    assert annotations.count(["a.png", "b.png", "c.png"]) == {
        State.BOXES: 0,
        State.VERIFIED_EMPTY: 1,
        State.IGNORED: 0,
        State.UNLABELED: 2,
    }


def test_restating_one_frame_leaves_the_others() -> None:
    before = Annotations(frames={"a": Annotation(state=State.IGNORED), "b": Annotation(state=State.IGNORED)})
    after = before.with_frames({"b": Annotation(state=State.BOXES, boxes=(ON,))})
    assert (after.of("a").state, after.of("b").boxes) == (State.IGNORED, (ON,))
    assert before.of("b").state is State.IGNORED


def test_annotations_come_back_from_disk(tmp_path: Path) -> None:
    annotations = Annotations(
        frames={
            "a.png": Annotation(state=State.BOXES, boxes=(ON, OFF), by="suggestion", confidence=0.75),
            "b.png": Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION),
            "c.png": Annotation(state=State.IGNORED, by="maria"),
        }
    )
    write_annotations(tmp_path, annotations)
    assert read_annotations(tmp_path) == annotations


def test_a_faulty_file_is_told_line_by_line_and_never_taken_for_empty(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("format: 1\nframes:\n  a.png:\n    state: emty\n  b.png:\n    stat: boxes\n")
    with pytest.raises(FileProblems) as caught:
        read_annotations(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [4, 6]
    assert "Did you mean 'state'?" in str(caught.value)
