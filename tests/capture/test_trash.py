"""What is thrown away can be put back."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.capture.recording import FILE, UNFINISHED, Draft, Media, finish, recordings_of
from inspector.capture.trash import Thrown, destroy, put_back, throw_away, thrown_recordings
from inspector.errors import InputError, MachineError
from inspector.files import write_document
from inspector.settings import Workspace


def draft_of(name: str) -> Draft:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    return Draft(
        id=name, recipe="box", components=("tape",), positive=True, source="s", recorded_by="ann", recorded_at=moment
    )


def recorded(workspace: Workspace, name: str) -> Path:
    folder = workspace.recordings / name
    finish(folder, draft_of(name), (Media(file="v.mkv", sha256="0", frames=3),), (64, 48))
    (folder / "v.mkv").write_bytes(b"frames")
    return folder


def names(workspace: Workspace) -> list[str]:
    return [recording.id for _, recording in recordings_of(workspace.recordings, "box")]


def test_it_is_gone_from_the_recordings_and_comes_back_whole(workspace: Workspace) -> None:
    folder = recorded(workspace, "a.b")
    recorded(workspace, "c")
    thrown = throw_away(workspace, "a.b")
    assert names(workspace) == ["c"]
    assert (thrown / "v.mkv").read_bytes() == b"frames"
    assert put_back(workspace, thrown) == folder
    assert names(workspace) == ["a.b", "c"]
    assert (folder / "v.mkv").read_bytes() == b"frames"


def test_the_same_name_can_be_thrown_away_twice(workspace: Workspace) -> None:
    recorded(workspace, "a")
    first = throw_away(workspace, "a")
    (recorded(workspace, "a") / "v.mkv").write_bytes(b"others")
    second = throw_away(workspace, "a")
    assert first != second
    assert (put_back(workspace, second) / "v.mkv").read_bytes() == b"others"
    with pytest.raises(InputError, match="again; nothing was put back"):
        put_back(workspace, first)
    assert (first / "v.mkv").read_bytes() == b"frames"


def test_the_trash_tells_what_lies_in_it_and_since_when(workspace: Workspace) -> None:
    for name in ("a", "b"):
        os.utime(recorded(workspace, name), (0, 0))
    for name in ("b", "a"):
        throw_away(workspace, name)
    (workspace.trash / "recipe-20261123-000000-aaaa.yaml").write_text("name: recipe")
    recorded(workspace, "a")
    damaged = throw_away(workspace, "a")
    (damaged / FILE).write_text("no recording")
    found = thrown_recordings(workspace)
    assert [one.name for one in found] == ["a", "a", "b"]
    assert [one.recording is None for one in found] == [True, False, False]
    assert all(abs(datetime.now(UTC) - one.at) < timedelta(minutes=1) for one in found)


def test_what_is_destroyed_is_gone_and_the_rest_stays(workspace: Workspace) -> None:
    for name in ("a", "b"):
        recorded(workspace, name)
        throw_away(workspace, name)
    kept, gone = thrown_recordings(workspace)
    destroy(workspace, [gone])
    assert thrown_recordings(workspace) == (kept,)
    destroy(workspace, [gone])
    workspace.trash.joinpath("file").touch()
    with pytest.raises(MachineError, match="Cannot delete"):
        destroy(workspace, [Thrown("x", workspace.trash / "file" / "x", gone.at)])


def test_what_is_not_there_or_still_being_made_stays(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="no recording a any more"):
        throw_away(workspace, "a")
    with pytest.raises(InputError, match="emptied"):
        put_back(workspace, workspace.trash / "a")
    write_document(workspace.recordings / "b" / UNFINISHED, draft_of("b"))
    with pytest.raises(InputError, match="still being made"):
        throw_away(workspace, "b")


def test_a_trash_that_cannot_be_made_is_told_and_nothing_is_lost(workspace: Workspace) -> None:
    folder = recorded(workspace, "a")
    workspace.trash.write_text("in the way")
    with pytest.raises(MachineError, match="Cannot move a"):
        throw_away(workspace, "a")
    assert (folder / "v.mkv").exists()
