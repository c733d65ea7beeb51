"""What came of a station's proof, and where that is kept."""

import json
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from inspector.errors import MachineError
from inspector.files import refuse_endless
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

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The proof of such a line. Raises: ValueError, KeyError or TypeError where it is none."""
        said = json.loads(line)
        began, ended = (datetime.fromisoformat(said[name]) for name in ("started_at", "ended_at"))
        showings = tuple(_shown(one) for one in said["showings"])
        return cls(began, ended, Why(said["why"]), said["by"], said["recipe"], said["bundle"], showings, said["fault"])


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


def kept_proofs(folder: Path, limit: int) -> list[Proof]:
    """The last that a folder keeps, so many at most, the newest first.

    What is no proof, a line that a power cut tore say, is left out. Raises: MachineError where they cannot be read.
    """
    path = folder / FILE
    refuse_endless(path)
    found: deque[Proof] = deque(maxlen=limit)
    try:
        for line in path.read_bytes().splitlines() if path.exists() else []:
            with suppress(ValueError, KeyError, TypeError):
                found.append(Proof.read(line))
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error
    return list(reversed(found))


def _shown(said: dict[str, Any]) -> Showing:
    return Showing(said["what"], said["name"], Verdict[said["verdict"]], said["right"], said["reason"])


def _showing(showing: Showing) -> dict[str, Any]:
    return {
        "what": showing.what,
        "name": showing.name,
        "verdict": showing.verdict.name,
        "right": showing.right,
        "reason": showing.reason,
    }
