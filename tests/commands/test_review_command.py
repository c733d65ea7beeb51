"""`inspector review`: what it tells, and what answers become."""

from pathlib import Path
from typing import Any

import cv2
import pytest

from inspector.labeling.annotation import State, read_annotations
from inspector.settings import Workspace
from tests.labeling.test_review import BOTTLES, bare, boxed, full, pictures
from tests.labeling.test_search import shelf

Inspector = Any


@pytest.fixture
def negative(inspector: Inspector, workspace: Workspace) -> Path:
    """A crate's positive, boxed, and its negative, in which one frame shows a bottle."""
    assert inspector("recipe", "new", "crate", "--component", "bottle").code == 0
    boxed(pictures(workspace, BOTTLES, full(range(8)), positive=True), 8)
    images = [*bare(range(20, 25)), shelf(25, 160), *bare(range(26, 30))]
    return pictures(workspace, BOTTLES, images, positive=False)


def moments(inspector: Inspector) -> list[dict[str, Any]]:
    said = inspector("review", "crate", "--json")
    assert said.code == 0, said.err
    return [line for line in said.lines if "seems" in line]


def test_a_moment_is_told_with_all_that_a_screen_needs(inspector: Inspector, negative: Path) -> None:
    said = inspector("review", "crate", "--json")
    assert said.code == 0, said.err
    *told, moment, last = said.lines
    assert {line["stage"] for line in told} == {"review"}
    box = moment.pop("box")
    score = moment.pop("score")
    assert moment == {
        "recording": negative.name,
        "frame": "05.png",
        "time_s": 5.0,
        "seems": "there",
        "label": "bottle",
        "component": "bottle",
        "pattern": None,
        "by": ["template"],
        "frames": ["05.png"],
    }
    assert box == pytest.approx([160, 26, 185, 96], abs=3)
    assert 0.5 < score <= 1
    assert last == {"recordings": 2, "moments": 1, "most": 5}
    text = inspector("review", "crate").out
    assert f"{negative.name}/05.png" in text
    assert "bottle there" in text
    assert "--there FRAME, or --not-there FRAME" in text


def test_an_answer_is_taken_down_once(inspector: Inspector, negative: Path) -> None:
    (moment,) = moments(inspector)
    name = f"{moment['recording']}/{moment['frame']}"
    said = inspector("review", "crate", "--there", name, "--by", "anna")
    assert said.code == 0, said.err
    assert "it is ignored from now on, and will not be taken for empty" in said.out
    known = read_annotations(negative).of("05.png")
    assert (known.state, known.by) == (State.IGNORED, "anna")
    assert moments(inspector) == []
    again = inspector("review", "crate", "--not-there", name)
    assert again.code == 2
    assert f"There is no unanswered moment '{name}'" in again.err


def test_what_is_not_there_stays_as_it_was_said(inspector: Inspector, negative: Path) -> None:
    (moment,) = moments(inspector)
    name = f"{moment['recording']}/{moment['frame']}"
    (line,) = inspector("review", "crate", "--not-there", name, "--by", "anna", "--json").lines
    assert line == {
        "recording": negative.name,
        "frame": "05.png",
        "there": False,
        "state": "verified empty",
        "left": 0,
    }
    assert read_annotations(negative).of("05.png").by == "anna"
    assert moments(inspector) == []


@pytest.mark.usefixtures("negative")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--there", "a/1.png", "--not-there", "a/1.png"), "a/1.png cannot be both"),
        (("--there", "a/1.png"), "There is no unanswered moment 'a/1.png'"),
        (("--there", "a/1.png", "--quick-detector"), "answer what was found before"),
        (("--minutes", "2"), "--minutes belongs to --quick-detector"),
        (("--component", "botle"), "Did you mean 'bottle'?"),
        (("--quick-detector",), "each learns from 5 frames with boxes at least"),
    ],
)
def test_what_cannot_be(inspector: Inspector, options: tuple[str, ...], sentence: str) -> None:
    said = inspector("review", "crate", *options)
    assert said.code == 2
    assert sentence in said.err


def test_where_nothing_tells_yet_how_a_component_looks_that_is_said_and_no_fault(
    inspector: Inspector, workspace: Workspace
) -> None:
    inspector("recipe", "new", "crate", "--component", "bottle", "--component", "tin")
    pictures(workspace, BOTTLES, full(range(8)), positive=True)
    said = inspector("review", "crate", "--json")
    assert said.code == 0, said.err
    bottle, tin, last = said.lines[-3:]
    assert (bottle["component"], bottle["labels"], bottle["searched"]) == ("bottle", ["bottle"], False)
    assert bottle["says"].startswith("Nothing tells yet how bottle looks beside its empty place.")
    assert (tin["component"], tin["searched"]) == ("tin", False)
    assert last == {"recordings": 0, "moments": 0, "most": 5}
    for_a_person = inspector("review", "crate")
    assert for_a_person.code == 0
    assert "Nothing tells yet how tin looks" in for_a_person.err
    assert "contradicts" not in for_a_person.out


def test_annotations_that_cannot_be_read_are_a_fault(inspector: Inspector, negative: Path) -> None:
    (negative / "annotations.yaml").write_text("format: 1\nframes: {05.png: {state: emty}}\n")
    said = inspector("review", "crate", "--json")
    assert said.code == 2
    assert "annotations.yaml" in said.err


def test_a_negative_that_shows_it_all_the_time_is_told(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "crate", "--component", "bottle")
    boxed(pictures(workspace, BOTTLES, full(range(8)), positive=True), 8)
    pictures(workspace, BOTTLES, full(range(20, 28)), positive=False)
    told, last = inspector("review", "crate", "--json").lines[-2:]
    assert (told["component"], told["searched"]) == ("bottle", False)
    assert told["says"].startswith("The negative recording looks like the positive one: ")
    assert last["moments"] == 0


def test_nothing_found_is_said(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "crate", "--component", "bottle")
    boxed(pictures(workspace, BOTTLES, full(range(8)), positive=True), 8)
    pictures(workspace, BOTTLES, bare(range(20, 28)), positive=False)
    assert "Nothing in 2 recordings contradicts what was said of them." in inspector("review", "crate").out


def test_minutes_are_for_a_detector_alone(inspector: Inspector) -> None:
    inspector("recipe", "new", "crate", "--component", "bottle")
    said = inspector("suggest", "crate", "--minutes", "2")
    assert said.code == 2
    assert "--minutes belongs to --from detector" in said.err
    assert "learns from 20: confirm 20 more" in inspector("suggest", "crate", "--from", "detector").err


def test_a_picture_that_is_gone_is_one_sentence(inspector: Inspector, negative: Path) -> None:
    assert cv2.imread(str(negative / "pictures" / "03.png")) is not None
    (negative / "pictures" / "03.png").unlink()
    said = inspector("review", "crate")
    assert said.code in (2, 3)
    assert "03.png" in said.err
    assert len(said.err.strip().splitlines()) <= 2


def test_before_a_training_what_nobody_looked_at_is_told(inspector: Inspector, negative: Path) -> None:
    (moment,) = moments(inspector)
    said = inspector("train", "crate", "--second-look", "decides")  # refused once that is told
    assert said.code == 2
    sentence = f"One moment in which a recording seems to contradict what was said of it, first {negative.name}/05.png"
    assert sentence in said.err
    assert "Frames left out until then: 1." in said.err
    assert inspector("review", "crate", "--not-there", f"{negative.name}/{moment['frame']}").code == 0
    assert "contradict" not in inspector("train", "crate", "--second-look", "decides").err
