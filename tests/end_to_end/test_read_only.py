"""A workspace that may only be read: what there is can be looked at, and what cannot be done is one sentence."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector.settings import Workspace

Inspector = Any
SCENE = "simulator:tape={},screw=on,seed=1,frames=20,pace=0,hand=0"
CLAIM = ("--recipe", "box", "--component", "tape")
RECORD = ("record", *CLAIM, "--seconds", "1", "--source")


@pytest.fixture
def locked(inspector: Inspector, workspace: Workspace) -> Iterator[Workspace]:
    """A workspace with two recordings, on a disk that was made read-only."""
    disk = ["mount", "-t", "tmpfs", "tmpfs", str(workspace.folder)]
    shutil.rmtree(workspace.folder)
    workspace.folder.mkdir()
    if os.name == "nt" or subprocess.run(disk, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    assert inspector("recipe", "new", "box", "--component", "tape", "--turns", "tape").code == 0
    for sign, tape in (("--positive", "on"), ("--negative", "off")):
        assert inspector(*RECORD, SCENE.format(tape), sign).code == 0
    assert inspector("extract", "box", "--most", "8").code == 0
    assert inspector("suggest", "box", "--accept", "0.1").code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(workspace.folder)], check=True)
    yield workspace
    subprocess.run(["umount", str(workspace.folder)], check=True)


def state(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_what_would_write_is_told_in_a_sentence_and_what_only_reads_works(
    locked: Workspace, inspector: Inspector, tmp_path: Path
) -> None:
    before = state(locked.folder)
    recordings = sorted(path.name for path in locked.recordings.iterdir())
    film = shutil.copy(locked.recordings / recordings[0] / "video-0001.mkv", tmp_path / "film.mkv")
    for command in (
        (*RECORD, SCENE.format("on"), "--positive"),
        ("import", str(film), *CLAIM, "--positive"),
        ("extract", "box", "--most", "9"),
        ("annotations", "undo", recordings[0]),
        ("train", "box", "--steps", "2"),
        ("recipe", "new", "other", "--component", "lid"),
    ):
        said = inspector(*command)
        assert said.code == 3, f"{command}: {said.err}"
        assert "Read-only file system" in said.err.strip().splitlines()[-1]
        assert "Traceback" not in said.err
    for command in (
        ("recipe", "check", "box"),
        ("extract", "box", "--most", "8"),
        ("annotations", "list", recordings[1]),
    ):
        said = inspector(*command)
        assert said.code == 0, f"{command}: {said.err}"
    assert state(locked.folder) == before
