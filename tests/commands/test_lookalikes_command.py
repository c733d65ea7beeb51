"""`inspector record --lookalike` and `inspector lookalikes`: how a person says what is not the component."""

import os
import signal
from pathlib import Path
from typing import Any

import cv2
import pytest

import inspector.commands.lookalikes as command
from inspector.capture.recording import read_recording
from inspector.labeling.annotation import State, read_annotations
from inspector.settings import Workspace
from tests.test_bundle import LAMP, halves, make

Inspector = Any


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, (left, right) in enumerate([(0, 0), (204, 0), (25, 255)]):
        cv2.imwrite(str(folder / f"{number}.png"), halves(left, right))
    return folder


@pytest.fixture
def negative(inspector: Inspector, workspace: Workspace, pictures: Path, red_network: Path) -> Path:
    """A negative recording of lamps, and a bundle that sees lamps in what is red."""
    inspector("recipe", "new", "lamp", "--component", "lamp")
    make(workspace.bundles / "lamp-1", red_network, LAMP)
    said = inspector("import", str(pictures), "--recipe", "lamp", "--component", "lamp", "--negative", "--json")
    inspector("extract", "lamp")
    return workspace.recordings / said.lines[0]["recording"]


def test_a_recording_of_lookalikes_is_attested(inspector: Inspector, workspace: Workspace, pictures: Path) -> None:
    inspector("recipe", "new", "lid", "--component", "screw=on/off")
    said = inspector(
        "import", str(pictures), "--recipe", "lid", "--component", "screw", "--lookalike", "--by", "ann", "--json"
    )
    recording = read_recording(workspace.recordings / said.lines[0]["recording"])
    assert (recording.positive, recording.pattern, recording.attested_by) == (False, "lookalike", "ann")
    assert recording.of_lookalikes
    options = ("--recipe", "lid", "--component", "screw", "--lookalike", "--source", "simulator:frames=9,pace=0")
    assert inspector("record", *options).code == 0
    inspector("extract", "lid")
    for folder in workspace.recordings.iterdir():
        assert {one.state for one in read_annotations(folder).frames.values()} == {State.VERIFIED_EMPTY}


def test_a_lookalike_is_neither_positive_nor_a_pattern(inspector: Inspector, pictures: Path) -> None:
    inspector("recipe", "new", "lid", "--component", "screw=on/off")
    options = ("import", str(pictures), "--recipe", "lid", "--component", "screw", "--lookalike")
    said = inspector(*options, "--positive")
    assert said.code == 2
    assert said.err.endswith("What looks like 'screw' and is none is recorded as --negative.\n")
    said = inspector(*options, "--pattern", "off")
    assert said.code == 2
    assert "Say --pattern off or --lookalike" in said.err


def test_false_detections_are_numbered_and_picked(inspector: Inspector, workspace: Workspace, negative: Path) -> None:
    told = inspector("lookalikes", "lamp-1", "--json").lines
    looked = [one for one in told if "stage" in one]
    assert (looked[-1]["stage"], looked[-1]["done"], looked[-1]["total"]) == ("negatives", 3, 3)
    *found, end = [one for one in told if "stage" not in one]
    assert [(one["number"], one["frame"], one["score"], one["lookalike"]) for one in found] == [
        (1, "2.png", 1.0, False),
        (2, "1.png", 0.8, False),
    ]
    assert (end["found"], end["taken"]) == (2, 0)
    assert cv2.imread(end["sheet"]) is not None
    assert Path(end["sheet"]).parent == workspace.reports
    *_, end = inspector("lookalikes", "lamp-1", "--take", "2", "--by", "ann", "--json").lines
    assert end["taken"] == 1
    frames = read_annotations(negative).frames
    assert [(box.component, box.pattern, box.xyxy) for box in frames["1.png"].boxes] == [
        ("lamp", "lookalike", (0, 0, 64, 64))
    ]
    assert frames["1.png"].by == "ann"
    assert not frames["2.png"].boxes
    *_, end = inspector("lookalikes", "lamp-1", "--take", "all", "--json").lines
    assert (end["found"], end["taken"]) == (2, 1)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_takes_nothing_while_it_looks_and_all_once_it_takes(
    inspector: Inspector, negative: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, take = command.false_detections, command.take_as_lookalikes

    def before(maker: Any) -> Any:
        def made(*arguments: Any) -> Any:
            os.kill(os.getpid(), signal.SIGINT)
            return maker(*arguments)

        return made

    with monkeypatch.context() as patched:
        patched.setattr(command, "false_detections", before(look))
        assert inspector("lookalikes", "lamp-1", "--take", "all").code == 130
    assert not read_annotations(negative).of("2.png").boxes
    monkeypatch.setattr(command, "take_as_lookalikes", before(take))
    said = inspector("lookalikes", "lamp-1", "--take", "all", "--json")
    assert (said.code, said.lines[-1]["taken"]) == (0, 2)
    assert all(read_annotations(negative).of(f"{number}.png").boxes for number in (1, 2))
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("negative")
def test_a_lower_threshold_shows_what_nearly_counts(inspector: Inspector) -> None:
    told = inspector("lookalikes", "lamp-1", "--threshold", "0.09", "--json").lines
    assert [one["score"] for one in told if "number" in one] == [1.0, 0.8, 0.098]


def test_a_frame_is_taken_by_its_name(inspector: Inspector, negative: Path) -> None:
    said = inspector("lookalikes", "lamp-1", "--take", f"{negative.name}/0.png")
    assert said.code == 2
    assert f"Nothing that is listed was seen in {negative.name}/0.png" in said.err
    *_, end = inspector("lookalikes", "lamp-1", "--take", f"{negative.name}/1.png,1", "--json").lines
    assert end["taken"] == 2
    assert all(read_annotations(negative).of(f"{number}.png").boxes for number in (1, 2))


@pytest.mark.usefixtures("negative")
@pytest.mark.parametrize("text", ["0", "3", "1,x", "", "1.5", "-1", "9" * 5000])
def test_a_number_that_is_none_changes_nothing(inspector: Inspector, negative: Path, text: str) -> None:
    before = read_annotations(negative)
    said = inspector("lookalikes", "lamp-1", f"--take={text}")
    assert said.code == 2
    assert "--take should be numbers" in said.err
    assert read_annotations(negative) == before


def test_where_nothing_is_seen_a_person_is_told(
    inspector: Inspector, workspace: Workspace, red_network: Path, tmp_path: Path
) -> None:
    inspector("recipe", "new", "lamp", "--component", "lamp")
    make(workspace.bundles / "lamp-1", red_network, LAMP)
    said = inspector("lookalikes", "lamp-1")
    assert said.code == 2
    assert "There is no frame of a negative recording for 'lamp'" in said.err
    dark = tmp_path / "dark"
    dark.mkdir()
    cv2.imwrite(str(dark / "0.png"), halves(10, 0))
    inspector("import", str(dark), "--recipe", "lamp", "--component", "lamp", "--negative")
    inspector("extract", "lamp")
    said = inspector("lookalikes", "lamp-1", "--take", "nonsense")
    assert (said.code, said.out) == (2, "")
    said = inspector("lookalikes", "lamp-1")
    assert (said.code, said.out) == (
        0,
        "Nothing scores 0.1 or more on the negative recordings.\n",
    )
    said = inspector("lookalikes", "lamp-1", "--take", "2", "--threshold", "0.9")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("There is no number 2 to take. Nothing scores 0.9 or more on the negative recordings.\n")
