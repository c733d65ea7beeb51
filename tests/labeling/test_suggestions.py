"""Suggestions that wait for a person, and stop waiting once anything is known of their frame."""

from pathlib import Path

import pytest

from inspector.errors import FileProblems, InputError
from inspector.labeling.annotation import (
    ATTESTATION,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    restate,
    write_annotations,
)
from inspector.labeling.extraction import FILE as FRAMES
from inspector.labeling.suggestions import FILE, Origin, Suggested, accept, forget, put, waiting
from inspector.recipe import LOOKALIKE, Label

TAPE, OTHER = Box.of(Label("tape"), (1, 2, 3, 4)), Box.of(Label("tape", LOOKALIKE), (1, 2, 3, 4))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recording of which four frames are extracted."""
    kept = "number: 1, time_s: 0, media: video.mkv, sharpness: 1, sha256: ''"
    frames = "".join(f"  {name}.png: {{file: frames/{name}.png, {kept}}}\n" for name in ("a", "b", "c", "000001"))
    (tmp_path / FRAMES).write_text(f"format: 1\nmost: 4\nframes:\n{frames}")
    return tmp_path


def suggested(sure: float = 0.25, box: Box = TAPE) -> Suggested:
    return Suggested(boxes=(box,), sure=sure, origin=Origin.TRACKING)


def test_what_waits_is_found_again_until_the_frame_is_annotated(tmp_path: Path) -> None:
    assert waiting(tmp_path, Annotations()) == {}
    put(tmp_path, Annotations(), {"b.png": suggested(), "a.png": suggested()})
    put(tmp_path, Annotations(), {"c.png": suggested(), "a.png": suggested(0.5)})
    found = waiting(tmp_path, Annotations())
    assert {name: one.sure for name, one in found.items()} == {"a.png": 0.5, "b.png": 0.25, "c.png": 0.25}
    restate(tmp_path, ["a.png"], State.IGNORED, "maria")
    assert list(waiting(tmp_path, read_annotations(tmp_path))) == ["b.png", "c.png"]
    restate(tmp_path, ["a.png"], State.UNLABELED, "maria")
    assert list(waiting(tmp_path, read_annotations(tmp_path))) == ["a.png", "b.png", "c.png"]


def test_on_attested_frames_only_lookalikes_wait(tmp_path: Path) -> None:
    attested = Annotations(frames={"a.png": Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)})
    put(tmp_path, attested, {"a.png": suggested(box=OTHER)})
    assert list(waiting(tmp_path, attested)) == ["a.png"]
    put(tmp_path, attested, {"a.png": suggested()})
    assert waiting(tmp_path, attested) == {}


def test_whoever_accepts_has_said_so(folder: Path) -> None:
    put(folder, Annotations(), {"a.png": suggested(), "b.png": suggested()})
    assert accept(folder, ["b.png"], "maria") == ["b.png"]
    said = read_annotations(folder)
    assert said.frames == {"b.png": Annotation(state=State.BOXES, boxes=(TAPE,), by="maria", confidence=0.25)}
    assert said.of("b.png").by_person
    assert accept(folder, None, "maria") == ["a.png"]
    assert accept(folder, None, "maria") == []


def test_all_are_all_but_those_in_which_a_box_is_missing(folder: Path) -> None:
    put(folder, Annotations(), {"a.png": suggested(0.0), "b.png": suggested()})
    assert accept(folder, None, "maria") == ["b.png"]
    assert accept(folder, ["a.png"], "maria") == ["a.png"]


def test_what_came_from_elsewhere_goes_on_waiting(tmp_path: Path) -> None:
    other = suggested().model_copy(update={"origin": Origin.CONTRAST})
    put(tmp_path, Annotations(), {"a.png": suggested(), "b.png": other})
    forget(tmp_path, Origin.TRACKING)
    assert list(waiting(tmp_path, Annotations())) == ["b.png"]


def test_a_frame_for_which_nothing_waits_is_told_and_nothing_is_accepted(folder: Path) -> None:
    with pytest.raises(InputError, match=r"There is no frame with a suggestion 'a\.png'"):
        accept(folder, ["a.png"], "maria")
    put(folder, Annotations(), {"000001.png": suggested()})
    with pytest.raises(InputError, match=r"no frame with a suggestion '000002\.png'\. Did you mean '000001\.png'"):
        accept(folder, ["000001.png", "000002.png"], "maria")
    assert read_annotations(folder) == Annotations()
    restate(folder, ["a.png"], State.IGNORED, "maria")
    with pytest.raises(InputError, match=r"a\.png is annotated already: ignored"):
        accept(folder, ["a.png"], "maria")


def test_only_frames_that_are_extracted_are_accepted_and_each_once(folder: Path) -> None:
    put(folder, Annotations(), {"a.png": suggested(), "gone.png": suggested(), "../b.png": suggested()})
    assert accept(folder, ["a.png", "a.png"], "maria") == ["a.png"]
    assert accept(folder, None, "maria") == []


def test_a_damaged_file_is_told_and_never_overwritten(folder: Path) -> None:
    (folder / FILE).write_text("format: 1\nframes: {a.png: {sure: 2}}\n")
    for attempt in (
        lambda: waiting(folder, Annotations()),
        lambda: put(folder, Annotations(), {"a.png": suggested()}),
        lambda: accept(folder, None, "maria"),
    ):
        with pytest.raises(FileProblems, match=r"frames\.a\.png"):
            attempt()
    assert "sure: 2" in (folder / FILE).read_text()


def test_nobody_says_of_a_frame_that_it_has_boxes(tmp_path: Path) -> None:
    write_annotations(tmp_path, Annotations(frames={"a.png": Annotation(state=State.IGNORED, by="maria")}))
    with pytest.raises(InputError, match="Boxes are drawn"):
        restate(tmp_path, ["a.png"], State.BOXES, "maria")
    assert read_annotations(tmp_path).of("a.png").state is State.IGNORED
