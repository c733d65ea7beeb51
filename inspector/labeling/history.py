"""What was changed in a recording's annotations, one change after the other, so that each can be taken back.

`history.jsonl` is only ever added to, a line for each change, each one that is taken back, and each one that is made
again. The line of a change is on disk before the annotations are, the others after it: whatever ends the program in
between, what the next one finds there tells which was done.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import refuse_endless
from inspector.frame import utc_now

FILE = "history.jsonl"
MAX_BYTES = 256 * 2**20
Frames = Mapping[str, Any]
"""What is known of frames, by name, as plain values; None where nothing was."""


class Line(BaseModel):
    """One line of the file."""

    what: str
    before: dict[str, dict[str, Any] | None] = {}
    after: dict[str, dict[str, Any] | None] = {}


@dataclass(frozen=True)
class Change:
    """What frames were before, and what they are after."""

    before: Frames
    after: Frames

    def made(self, now: Frames) -> bool:
        """Whether the frames are as it left them."""
        return all(now.get(name) == value for name, value in self.after.items())

    @property
    def back(self) -> "Change":
        return Change(self.after, self.before)


@dataclass
class History:
    """done: what can be taken back, the newest last; undone: what was, and can be made again, the newest last."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def step(self, what: str) -> Change | None:
        """What "undo" or "redo" would change now; None where there is nothing for it."""
        if what == "undo":
            return self.done[-1].back if self.done else None
        return self.undone[-1] if self.undone else None

    def follow(self, what: str, change: Change) -> None:
        """Take note of a line. Raises: ValueError where none can follow."""
        match what:
            case "change":
                self.done.append(change)
                self.undone.clear()
            case "undo" if self.done:
                self.undone.append(self.done.pop())
            case "redo" if self.undone:
                self.done.append(self.undone.pop())
            case _:
                raise ValueError(f"'{what}' cannot stand here")


def read_history(folder: Path) -> History:
    """What was changed until now. Raises: FileProblems where a line is damaged, but for the last one, which a power cut
    may have cut off: what it tells was not done yet.
    """
    path, history = _path(folder), History()
    if not path.exists():
        return history
    *whole, _torn = path.read_bytes().split(b"\n")
    for number, line in enumerate(whole, 1):
        try:
            told = Line.model_validate_json(line)
            history.follow(told.what, Change(told.before, told.after))
        except ValueError:
            text = "this line is damaged: move the file away, and what was changed until now stays as it is"
            raise FileProblems([Problem(path, text, number)]) from None
    return history


def _path(folder: Path) -> Path:
    """Raises: InputError for what is no file of ours, and for one that is too large to be."""
    path = folder / FILE
    refuse_endless(path)
    if path.is_symlink() or path.is_dir() or (path.exists() and path.stat().st_size > MAX_BYTES):
        raise InputError(f"{path} is not the file that this program made: move it away.")
    return path


def note(folder: Path, what: str, change: Change | None = None) -> None:
    """Add a line: a change, or "undo" or "redo" of the newest one. Raises: MachineError where the disk is full."""
    told = {"what": what, "at": utc_now().isoformat(timespec="seconds")}
    line = json.dumps(told | ({"before": change.before, "after": change.after} if change else {}), ensure_ascii=False)
    path = _path(folder)
    try:
        with path.open("ab+") as file:
            _cut_torn(file)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise MachineError(f"Cannot write {path}: {error.strerror or error}. Nothing was changed.") from error


def _cut_torn(file: Any) -> None:
    """Leave out the rest of a line that a power cut tore."""
    size = whole = file.seek(0, os.SEEK_END)
    while size:
        start = max(0, size - 4096)
        file.seek(start)
        end = file.read(size - start).rfind(b"\n")
        if end >= 0:
            if start + end + 1 < whole:
                file.truncate(start + end + 1)
            return
        size = start
    file.truncate(0)
