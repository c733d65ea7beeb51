"""Recordings that were thrown away: moved aside within the workspace, so that they can be put back."""

import time
from pathlib import Path

from inspector.capture.recording import FILE, UNFINISHED
from inspector.errors import InputError, MachineError
from inspector.files import sync_folder
from inspector.settings import Workspace

AGAIN = "~"
"""No name of a recording holds it."""


def throw_away(workspace: Workspace, name: str) -> Path:
    """Move a recording to the trash; returns where it lies there.

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
    move(folder, thrown)
    return thrown


def put_back(workspace: Workspace, thrown: Path) -> Path:
    """Undo `throw_away`; returns the recording's folder.

    Raises: InputError where another one has taken its place, or it is gone; MachineError where it cannot be moved.
    """
    folder = workspace.recordings / thrown.name.partition(AGAIN)[0]
    if folder.exists():
        raise InputError(f"There is a recording {folder.name} again; nothing was put back.")
    if not thrown.exists():
        raise InputError(f"{thrown} is gone: the trash was emptied.")
    move(thrown, folder)
    return folder


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
