"""What comes in, one child process after the other."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inspector.capture.claim import Claim
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.files import write_document
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.ui.given import SaidCommand
from ui.intake import Intake

BOX = Recipe(name="box", components=(Component(name="tape"),))
PATIENCE_MS = 60_000


@pytest.fixture
def intake(workspace: Workspace) -> Intake:
    write_document(workspace.recipes / "box.yaml", BOX)
    return Intake(workspace)


def pictures(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), 80 + number, np.uint8))
    return folder


def test_what_cannot_be_imported_is_told_and_the_rest_comes_in(
    intake: Intake, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    intake.failed.connect(told.append)
    paths = [str(tmp_path / "nothing.mp4"), str(pictures(tmp_path / "set"))]
    intake.take_in(paths, "box", Claim("tape", True), "ann")
    assert intake.importing
    assert intake.work is not None
    assert intake.work.what == "Importing nothing.mp4"
    qtbot.waitUntil(lambda: not intake.running, timeout=PATIENCE_MS)
    assert told == [f"There is no file or folder {paths[0]}."]
    (made,) = workspace.recordings.iterdir()
    assert (made / "frames.yaml").exists()


def test_pictures_that_come_together_are_one_recording(
    intake: Intake, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    intake.failed.connect(pytest.fail)
    first, second, _ = sorted(pictures(tmp_path / "some").iterdir())
    paths = [str(first), str(pictures(tmp_path / "set")), str(second)]
    intake.take_in(paths, "box", Claim("tape", True), "ann")
    qtbot.waitUntil(lambda: not intake.running, timeout=PATIENCE_MS)
    made = [read_recording(folder) for folder in workspace.recordings.iterdir()]
    assert {one.source: len(one.media) for one in made} == {"set": 3, "some": 2}


def test_of_several_that_fail_each_is_told_at_the_end(workspace: Workspace) -> None:
    intake = Intake(workspace, None, SaidCommand)  # type: ignore[arg-type]
    told: list[str] = []
    intake.failed.connect(told.append)
    command: SaidCommand = intake._command  # type: ignore[assignment]
    paths = [f"{number}.mp4" for number in range(7)]
    intake.take_in(paths, "box", Claim("tape", True), "ann")
    for path in paths:
        assert told == []
        command.finish(2, f"{path} cannot be read.")
    assert told == ["\n".join([*(f"{number}.mp4 cannot be read." for number in range(3, 7)), "… and 3 more."])]
    intake.cancel()
    command.finish(130)
    assert len(told) == 1


def test_nothing_is_moved_under_the_hands_of_who_takes_frames_out_of_it(workspace: Workspace) -> None:
    intake = Intake(workspace, None, SaidCommand)  # type: ignore[arg-type]
    intake.failed.connect(pytest.fail)
    intake.troubled.connect(pytest.fail)
    command: SaidCommand = intake._command  # type: ignore[assignment]
    moved: list[int] = []
    intake.extract("box", "a")
    intake.meanwhile(lambda: moved.append(len(command.started)))
    assert (command.cancelled, moved) == (1, [])
    command.finish(130, "There is no video any more.")
    assert moved == [1]
    assert [one[0] for one in command.started] == ["extract", "extract"]
    while intake.running:
        command.finish()
    intake.meanwhile(lambda: moved.append(0))
    assert moved == [1, 0]


def test_extracting_waits_while_a_recording_is_made(
    intake: Intake, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    made = import_media(pictures(tmp_path / "set"), workspace, BOX, ["tape"], True, None, "ann")
    intake.failed.connect(pytest.fail)
    intake.extract("box", made.name)
    assert intake.running
    intake.hold()
    qtbot.waitUntil(lambda: not intake.running, timeout=PATIENCE_MS)
    intake.extract("box", made.name)
    assert not intake.running
    intake.go_on()
    assert intake.running
    intake.cancel()
    qtbot.waitUntil(lambda: not intake.running, timeout=PATIENCE_MS)
    assert intake.work is None


def test_what_is_extracted_is_held_against_what_was_said_of_it(workspace: Workspace) -> None:
    intake = Intake(workspace, None, SaidCommand)  # type: ignore[arg-type]
    counts: list[int] = []
    intake.contradicting.connect(counts.append)
    told: list[str] = []
    intake.failed.connect(pytest.fail)
    intake.troubled.connect(told.append)
    command: SaidCommand = intake._command  # type: ignore[assignment]
    intake.extract("box", "one")
    command.finish()
    assert command.started == [("extract", "box"), ("review", "box")]
    command.told.emit({"recordings": 1, "moments": 2, "most": 5})
    command.finish()
    assert (counts, intake.running) == ([2], False)
    intake.extract("box", "another")
    command.finish()
    command.finish(2, "annotations.yaml: 'frames' is missing")
    assert (told, intake.running) == (["annotations.yaml: 'frames' is missing"], False)
