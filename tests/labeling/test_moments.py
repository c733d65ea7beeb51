"""Moments beside a recording: what a person's answer makes of their frames, and who is asked again."""

from pathlib import Path

import pytest

from inspector.errors import FileProblems, InputError
from inspector.files import write_document
from inspector.labeling.annotation import (
    ATTESTATION,
    SUGGESTION,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    restate,
    undo,
    write_annotations,
)
from inspector.labeling.extraction import FILE as FRAMES
from inspector.labeling.moments import (
    FILE,
    Moment,
    Moments,
    answer,
    is_dismissed,
    read_moments,
    read_review,
    unanswered,
)
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.labeling.suspicion import Searcher, Seems
from inspector.recipe import Label
from tests.labeling.recorded import ask, moment_of

NAMES = ("a.png", "b.png", "c.png")
TAPE = Box.of(Label("tape"), (1, 2, 30, 40))


def moment(frame: str = "a.png", seems: Seems = Seems.THERE, frames: tuple[str, ...] = ("a.png", "b.png")) -> Moment:
    return moment_of(*frames, frame=frame, seems=seems, time_s=1.5, xyxy=(1, 2, 30, 40))


def stated(folder: Path, state: State, by: str) -> None:
    """All frames in one state."""
    boxes = (TAPE,) if state is State.BOXES else ()
    write_annotations(folder, Annotations(frames={name: Annotation(state=state, boxes=boxes, by=by) for name in NAMES}))


@pytest.fixture
def negative(tmp_path: Path) -> Path:
    """A recording that is attested to be empty, with a moment of two frames."""
    stated(tmp_path, State.VERIFIED_EMPTY, ATTESTATION)
    ask(tmp_path, moment())
    return tmp_path


@pytest.fixture
def positive(tmp_path: Path) -> Path:
    """A recording with a box on each frame, in which the component seems to be out of sight in two."""
    stated(tmp_path, State.BOXES, SUGGESTION)
    ask(tmp_path, moment(seems=Seems.OUT_OF_SIGHT))
    return tmp_path


def waits(folder: Path) -> list[Moment]:
    return unanswered(folder, read_annotations(folder))


def test_a_negative_that_shows_the_component_is_never_taken_for_empty(negative: Path) -> None:
    assert answer(negative, moment(), there=True, by="maria") is State.IGNORED
    said = read_annotations(negative)
    assert [said.of(name).state for name in NAMES] == [State.IGNORED, State.IGNORED, State.VERIFIED_EMPTY]
    assert said.of("b.png").by == "maria"
    assert waits(negative) == []
    assert not is_dismissed(moment(), said)


def test_a_negative_that_does_not_is_verified_by_whoever_looked(negative: Path) -> None:
    assert answer(negative, moment(), there=False, by="maria") is State.VERIFIED_EMPTY
    said = read_annotations(negative)
    assert [said.of(name).by for name in NAMES] == ["maria", ATTESTATION, ATTESTATION]
    assert waits(negative) == []
    assert is_dismissed(moment(), said)


def test_a_positive_in_which_it_is_hidden_teaches_nothing_there(positive: Path) -> None:
    hidden = moment(seems=Seems.OUT_OF_SIGHT)
    assert answer(positive, hidden, there=False, by="maria") is State.IGNORED
    assert [read_annotations(positive).of(name).state for name in NAMES[:2]] == [State.IGNORED] * 2


def test_a_positive_in_which_it_is_seen_after_all_keeps_its_boxes(positive: Path) -> None:
    hidden = moment(seems=Seems.OUT_OF_SIGHT)
    assert answer(positive, hidden, there=True, by="maria") is State.BOXES
    said = read_annotations(positive)
    assert (said.of("a.png").boxes, said.of("a.png").by) == ((TAPE,), "maria")
    assert is_dismissed(hidden, said)


def test_what_was_proposed_is_accepted_where_the_component_is_seen(tmp_path: Path) -> None:
    kept = "number: 1, time_s: 0, media: video.mkv, sharpness: 1, sha256: ''"
    (tmp_path / FRAMES).write_text(f"format: 1\nmost: 1\nframes:\n  a.png: {{file: frames/a.png, {kept}}}\n")
    hidden = moment(seems=Seems.OUT_OF_SIGHT, frames=("a.png",))
    with pytest.raises(InputError, match=r"Look at all of a\.png, and draw or accept"):
        answer(tmp_path, hidden, there=True, by="maria")
    put(tmp_path, Annotations(), {"a.png": Suggested(boxes=(TAPE,), sure=0.4, origin=Origin.CONTRAST)})
    assert answer(tmp_path, hidden, there=True, by="maria") is State.BOXES
    assert read_annotations(tmp_path).of("a.png").by == "maria"


def test_nobody_vouches_for_boxes_that_the_question_was_not_about(positive: Path) -> None:
    hidden, other = moment(seems=Seems.OUT_OF_SIGHT), Box(component="tape", xyxy=(50, 0, 60, 10))
    two = Annotation(state=State.BOXES, boxes=(TAPE, other), by=SUGGESTION)
    write_annotations(positive, read_annotations(positive).with_frames({"a.png": two}))
    with pytest.raises(InputError, match="Look at all of a"):
        answer(positive, hidden, there=True, by="maria")
    assert read_annotations(positive).of("a.png") == two
    assert answer(positive, hidden, there=False, by="maria") is State.IGNORED


def test_who_says_that_it_is_not_there_vouches_for_no_box(positive: Path) -> None:
    other = Annotation(state=State.BOXES, boxes=(Box(component="screw", xyxy=(50, 0, 60, 10)),), by=SUGGESTION)
    write_annotations(positive, read_annotations(positive).with_frames({"a.png": other}))
    with pytest.raises(InputError, match="Look at all of a"):
        answer(positive, moment(), there=False, by="maria")
    assert read_annotations(positive).of("a.png") == other


def test_a_suggestion_of_which_a_box_is_known_to_be_missing_is_not_taken(tmp_path: Path) -> None:
    put(tmp_path, Annotations(), {"a.png": Suggested(boxes=(TAPE,), sure=0, origin=Origin.TRACKING)})
    with pytest.raises(InputError, match="Look at all of a"):
        answer(tmp_path, moment(seems=Seems.OUT_OF_SIGHT, frames=("a.png",)), there=True, by="maria")


def test_what_a_person_said_of_another_frame_of_the_moment_stands(negative: Path) -> None:
    restate(negative, ["b.png"], State.VERIFIED_EMPTY, "anna")
    answer(negative, moment(), there=True, by="maria")
    assert read_annotations(negative).of("b.png") == Annotation(state=State.VERIFIED_EMPTY, by="anna")


def test_an_answer_that_is_taken_back_is_asked_for_again(negative: Path) -> None:
    answer(negative, moment(), there=True, by="maria")
    undo(negative)
    assert waits(negative) == [moment()]


def test_any_word_of_a_person_on_the_frame_is_an_answer_as_drawing_a_box_is(negative: Path) -> None:
    drawn = Annotation(state=State.BOXES, boxes=(TAPE,), by="maria")
    write_annotations(negative, read_annotations(negative).with_frames({"a.png": drawn}))
    assert waits(negative) == []
    # Only one of its two frames was looked at, and it did show the component.
    assert not is_dismissed(moment(), read_annotations(negative))


def test_a_new_review_replaces_what_was_not_answered_and_keeps_what_was(negative: Path) -> None:
    answer(negative, moment(), there=False, by="maria")
    ask(negative, moment("c.png", frames=("c.png",)))
    ask(negative)
    assert [one.frame for one in read_moments(negative)] == ["a.png"]


def test_that_nothing_was_found_is_kept_too(tmp_path: Path) -> None:
    assert read_review(tmp_path) == Moments()
    ask(tmp_path)
    assert read_moments(tmp_path) == ()
    searched = read_review(tmp_path).searched
    assert searched is not None
    assert (searched.found, searched.by, searched.components) == (0, (Searcher.TEMPLATE,), ("tape",))


def test_what_was_written_before_searches_were_kept_is_read(negative: Path) -> None:
    write_document(negative / FILE, Moments(moments=(moment(),)))
    assert "searched" not in (negative / FILE).read_text()
    assert (read_review(negative).searched, waits(negative)) == (None, [moment()])


def test_two_questions_about_one_frame_are_each_asked(negative: Path) -> None:
    other = moment_of("a.png", "c.png", xyxy=(50, 2, 70, 40))
    lone = moment_of("a.png", "c.png", component="screw")
    write_document(negative / FILE, Moments(moments=(moment(), other, lone)))
    asked = [moment(), other.model_copy(update={"frame": "c.png"})]
    assert waits(negative) == asked, "of the third one every frame is asked about"
    answer(negative, asked[0], there=False, by="maria")
    assert waits(negative) == asked[1:]
    answer(negative, asked[1], there=True, by="maria")
    said = read_annotations(negative)
    assert [said.of(name).by for name in NAMES] == ["maria", ATTESTATION, "maria"]
    assert waits(negative) == []


def test_a_damaged_file_is_told_and_not_overwritten(negative: Path) -> None:
    (negative / FILE).write_text("format: 1\nmoments: [{frame: a.png}]\n")
    with pytest.raises(FileProblems, match=r"(?s)moments\.0\.time_s.*move this file away"):
        ask(negative, moment())
