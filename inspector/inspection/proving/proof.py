"""What came of a station's proof, and where that is kept."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inspector.errors import MachineError
from inspector.inspection.proving.schedule import Why
from inspector.inspection.verdict import Verdict

FILE = "proofs.jsonl"


@dataclass(frozen=True)
class Showing:
    """One thing that the station was shown.

    what: a golden frame's file, or `good` or `bad`. name: what is written on the workpiece. verdict: what was said of
    it; UNDEFINED of a golden frame, which is held against what was seen in it where it was made. right: whether that is
    so; reason: why it was judged so.
    """

    what: str
    name: str
    verdict: Verdict
    right: bool
    reason: str = ""


@dataclass(frozen=True)
class Proof:
    """A proof that is over.

    started_at, ended_at: aware UTC. by: who asked for it, "" where nobody did. fault: why it failed, "" where it
    passed.
    """

    started_at: datetime
    ended_at: datetime
    why: Why
    by: str
    recipe: str
    bundle: str
    showings: tuple[Showing, ...]
    fault: str

    @property
    def passed(self) -> bool:
        return not self.fault

    def as_json(self) -> dict[str, Any]:
        """The line that is kept of it."""
        return {
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
            "why": self.why.value,
            "by": self.by,
            "recipe": self.recipe,
            "bundle": self.bundle,
            "passed": self.passed,
            "fault": self.fault,
            "showings": [_showing(showing) for showing in self.showings],
        }


Hear = Callable[[Proof], None]


def keeping(folder: Path | None, hear: Hear | None) -> Hear:
    """Keeps each proof in a folder, where there is one, and then tells of it."""

    def heard(proof: Proof) -> None:
        if folder is not None:
            keep(folder, proof)
        if hear is not None:
            hear(proof)

    return heard


def keep(folder: Path, proof: Proof) -> None:
    """Append it to `proofs.jsonl` in a folder; it is on the disk when this returns.

    Raises: MachineError where it cannot be written.
    """
    path = folder / FILE
    try:
        with path.open("ab+") as file:
            # What a power cut left of a line must not spoil the next one.
            torn = file.tell() > 0 and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n"
            file.write(b"\n" * torn + json.dumps(proof.as_json()).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise MachineError(
            f"Cannot write {path}: {error.strerror or error}. Free some space, then start again."
        ) from error


def _showing(showing: Showing) -> dict[str, Any]:
    return {
        "what": showing.what,
        "name": showing.name,
        "verdict": showing.verdict.name,
        "right": showing.right,
        "reason": showing.reason,
    }
