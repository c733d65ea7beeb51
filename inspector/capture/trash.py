"""What was thrown away: moved aside within the workspace, so that it can be put back until the trash is emptied."""

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inspector.capture.recording import FILE, UNFINISHED, Recording, read_recording
from inspector.errors import InputError, InspectorError, MachineError
from inspector.files import sync_folder
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.settings import Workspace, person

AGAIN = "~"
"""No name of a recording holds it."""


@dataclass(frozen=True)
class Thrown:
    """One thing in the trash. name: what it was called; path: where it lies; at: when it was thrown away; recording:
    None for a recipe, and where it cannot be read.
    """

    name: str
    path: Path
    at: datetime
    recording: Recording | None = None


def throw_away(workspace: Workspace, name: str, by: str | None = None) -> Path:
    """Move a recording to the trash; returns where it lies there.

    Args: by: who does it, for the audit log; None is whom the system knows.
    Raises: InputError where there is no such recording, or it is still being made; MachineError where it cannot be
    moved. It then stays where it was.
    """
    folder = workspace.recordings / name
    if (folder / UNFINISHED).exists() and not (folder / FILE).exists():
        raise InputError(f"The recording {name} is still being made: end it first.")
    if not (folder / FILE).exists():
        raise InputError(f"There is no recording {name} any more.")
    thrown = workspace.trash / name
    if thrown.exists():
        # An imported workspace may bring back what lies in the trash already.
        thrown = workspace.trash / f"{name}{AGAIN}{time.time_ns()}"
    with audit_of(workspace).around(Deed.THROW_AWAY, by or person(), recording=name):
        move(folder, thrown)
    # A folder that is moved keeps its time: it is to tell when that was. The system's own "now" ticks in milliseconds,
    # and of two thrown in one tick nobody could say which came last.
    with suppress(OSError):
        now = time.time_ns()
        os.utime(thrown, ns=(now, now))
    return thrown


def put_back(workspace: Workspace, thrown: Path, by: str | None = None) -> Path:
    """Undo `throw_away`; returns the recording's folder. Args: by: as there.

    Raises: InputError where another one has taken its place, or it is gone; MachineError where it cannot be moved.
    """
    folder = workspace.recordings / thrown.name.partition(AGAIN)[0]
    if folder.exists():
        raise InputError(f"There is a recording {folder.name} again; nothing was put back.")
    with audit_of(workspace).around(Deed.THROW_AWAY, by or person(), recording=folder.name, back=True):
        take_out(thrown, folder)
    return folder


def take_out(thrown: Path, target: Path) -> None:
    """Move something out of the trash. Raises: InputError where it is gone; MachineError where it cannot be moved."""
    if not thrown.exists():
        raise InputError(f"{thrown} is gone: the trash was emptied.")
    move(thrown, target)


def thrown_recordings(workspace: Workspace) -> tuple[Thrown, ...]:
    """All that lie in the trash, what was thrown away last first."""
    found = [_thrown(path.parent) for path in workspace.trash.glob(f"*/{FILE}")]
    return tuple(sorted(found, key=lambda thrown: thrown.at, reverse=True))


def _thrown(folder: Path) -> Thrown:
    recording = None
    with suppress(InspectorError):
        recording = read_recording(folder)
    at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return Thrown(folder.name.partition(AGAIN)[0], folder, at, recording)


def destroy(workspace: Workspace, thrown: Iterable[Thrown], by: str | None = None) -> None:
    """Delete it for good. Args: by: as in `throw_away`.

    Raises: MachineError for the first that cannot be deleted; those before it are gone.
    """
    audit = audit_of(workspace)
    for one in thrown:
        with audit.around(Deed.DELETE, by or person(), name=one.name, lay=one.path.name):
            _delete(one.path)


def _delete(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(
            f"Cannot delete {path}: {error.strerror or error}. Close what uses it, or look after the folder's "
            "permissions."
        ) from error


def move(source: Path, target: Path) -> None:
    """Move a file or a folder within the workspace. Raises: MachineError where it cannot be moved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        sync_folder(target.parent)
        sync_folder(source.parent)
    except OSError as error:
        raise MachineError(
            f"Cannot move {source.name} to {target.parent}: {error.strerror or error}. Close what uses it, or look "
            "after the folder's permissions."
        ) from error
