"""`inspector record, import, extract, suggest`: what is kept, and what a person is told."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture.recording import read_recording
from inspector.labeling.annotation import State, read_annotations
from inspector.labeling.suggestions import waiting
from inspector.recipe import find_recipe
from inspector.settings import Workspace
from tests.labeling.test_by_contrast import film as video
from tests.labeling.test_search import shelf

Inspector = Any


@pytest.fixture
def lid(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape", "--component", "screw=on/off")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), 80 + number, np.uint8))
    return folder


@pytest.mark.usefixtures("lid")
def test_a_negative_recording_is_attested_and_its_frames_are_verified_empty(
    inspector: Inspector, workspace: Workspace
) -> None:
    options = ("--recipe", "lid", "--component", "tape", "--negative", "--by", "maria")
    source = ("--source", "simulator:tape=off,frames=30,pace=0,hand=0", "--seconds", "1")
    said = inspector("record", *options, *source, "--json")
    assert said.code == 0, said.err
    advice, line = said.lines
    assert line["views"] > 0
    assert advice["says"].startswith(f"It shows {line['views']} different views.")
    assert (line["frames"], line["dropped"]) == (30, 0)
    folder = workspace.recordings / line["recording"]
    assert read_recording(folder).attested_by == "maria"
    assert inspector("extract", "lid").code == 0
    states = {annotation.state for annotation in read_annotations(folder).frames.values()}
    assert states == {State.VERIFIED_EMPTY}


@pytest.mark.usefixtures("lid")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--component", "tape"), "Say --positive"),
        (("--component", "tap", "--positive"), "Did you mean 'tape'?"),
        (("--component", "tape", "--pattern", "on"), "pattern of 'tape'"),
        (("--component", "screw", "--pattern", "onn"), "Did you mean 'on'?"),
        (("--component", "screw", "--pattern", "off", "--positive"), "is negative: the pattern does not pass"),
    ],
)
def test_a_claim_that_the_recipe_contradicts(
    inspector: Inspector, workspace: Workspace, options: tuple[str, ...], sentence: str
) -> None:
    said = inspector("record", "--recipe", "lid", *options, "--source", "simulator:frames=3,pace=0")
    assert said.code == 2
    assert sentence in said.err
    assert not workspace.recordings.exists()


@pytest.mark.usefixtures("lid")
def test_a_pattern_says_whether_it_is_positive(inspector: Inspector, workspace: Workspace, pictures: Path) -> None:
    options = ("--recipe", "lid", "--component", "screw", "--pattern", "off", "--json")
    (line,) = inspector("import", str(pictures), *options).lines
    recording = read_recording(workspace.recordings / line["recording"])
    assert (recording.positive, recording.pattern, recording.verified_empty) == (False, "off", False)


@pytest.mark.usefixtures("lid")
def test_extract_without_a_recording_says_how_to_make_one(inspector: Inspector) -> None:
    said = inspector("extract", "lid")
    assert said.code == 2
    assert "inspector record --recipe lid" in said.err


@pytest.mark.usefixtures("lid")
def test_suggest_with_one_side_only_says_what_is_missing(inspector: Inspector) -> None:
    options = ("--recipe", "lid", "--component", "tape", "--positive")
    inspector("record", *options, "--source", "simulator:tape=on,frames=30,pace=0,hand=0", "--seconds", "1")
    inspector("extract", "lid")
    said = inspector("suggest", "lid", "--component", "tape")
    assert said.code == 2
    assert "record a video of the same place without it" in said.err


def test_what_is_left_of_several_components_is_told_of_each(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "crate", "--component", "left", "--component", "right")
    wanted, folders = find_recipe(workspace.recipes, "crate"), []
    for component, x in (("left", 30), ("right", 160)):
        folders.append(video(workspace, [shelf(n, x) for n in range(8)], True, wanted, component))
        video(workspace, [shelf(n) for n in range(10, 18)], False, wanted, component)
    told = [line for line in inspector("suggest", "crate", "--json").lines if "left" in line]
    assert [line["component"] for line in told] == ["left", "right"]
    waits = [len(waiting(folder, read_annotations(folder))) for folder in folders]
    assert [line["left"] for line in told] == waits == [8, 8]


def film(path: Path, light: float) -> Path:
    """A second of noise on a pattern, as bright as said."""
    pattern = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (120, 160, 3)).astype(np.uint8), (0, 0), 2)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (160, 120))
    for number in range(30):
        noise = np.random.default_rng(number).integers(-3, 4, pattern.shape)
        writer.write(np.clip(pattern * light + noise, 0, 255).astype(np.uint8))
    writer.release()
    return path


def test_a_recording_in_another_light_is_told_once_it_is_extracted(inspector: Inspector, tmp_path: Path) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    for name, light, sign in (("a", 0.8, "--positive"), ("b", 0.8, "--negative"), ("c", 0.5, "--negative")):
        path = film(tmp_path / f"{name}.avi", light)
        assert inspector("import", str(path), "--recipe", "lid", "--component", "tape", sign).code == 0
    said = inspector("extract", "lid", "--json")
    (line,) = [line for line in said.lines if "says" in line]
    told, others = line["says"], {one["recording"] for one in said.lines if "recording" in one}
    assert {line["differs"], line["from"]} < others
    assert len(line["in"]) == 1
    assert "differs from" in told
    assert "only 6" in told
    assert "keep the light and the exposure as they are. Record it again" in told
