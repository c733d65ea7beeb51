"""What is said of a workpiece: findings for each component, one verdict, one inspection."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Verdict(IntEnum):
    """The values of OPC 40001-101. Only OK is OK: whoever switches something asks `is Verdict.OK` and nothing else."""

    UNDEFINED = 0
    OK = 1
    NOT_OK = 2
    NOT_DECIDABLE = 3

    @property
    def word(self) -> str:
        """What the screen says; nothing where nothing was judged."""
        return ("", "PASS", "FAIL", "UNSURE")[self]


class Kind(StrEnum):
    """What a finding is about. Of a component with several faults the first that applies, in this order.

    WRONG, MISSING and EXTRA are NOT_OK: seen in a failing pattern; fewer than asked for; more. DOUBTFUL, UNDECIDED and
    UNJUDGED are NOT_DECIDABLE: something is nearly seen that would be a fault; the pictures did not agree in time; the
    picture says nothing, for it is dark, old, or of another size than what was taught.
    """

    FINE = "fine"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    DOUBTFUL = "doubtful"
    UNDECIDED = "undecided"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Finding:
    """What was found of one component.

    pattern: the pattern that the finding is about: a failing one that was seen, else the one that passes; None for a
        component without patterns.
    expected: how many there should be, in a passing pattern where it has patterns; found: how many there are.
    reason: a short plain sentence for the line operator; where all is well "", or what was seen and does not count.
    kind: the same for a program. score: the least score of those that it rests on, which are all that were found, or
        those in `pattern` where that fails; of a decision their medians over the frames that voted. None without any.
    """

    component: str
    pattern: str | None
    expected: int
    found: int
    verdict: Verdict
    reason: str = ""
    kind: Kind = Kind.FINE
    score: float | None = None


@dataclass(frozen=True)
class Inspection:
    """One workpiece judged.

    id: sorts by time. recipe: its name; bundle: its id. first_frame, last_frame: numbers of the frames that were looked
    at, both included, -1 where none came; where there are several cameras, of the first one. started_at: aware UTC,
    when the first one was taken. latency_ms: from the grab of the deciding frame to the verdict, of several cameras
    from the first grab. camera: JSON of what `cameras` gives. serial: the workpiece's number, "" where nobody told it.
    trigger: what began it, the recipe's own trigger or who asked: `key`, `timer`, `file:NAME`, `plc`. station: where it
    was judged, "" where nobody said.
    """

    id: str
    recipe: str
    bundle: str
    first_frame: int
    last_frame: int
    started_at: datetime
    verdict: Verdict
    findings: tuple[Finding, ...]
    latency_ms: float
    camera: str = ""
    serial: str = ""
    trigger: str = ""
    station: str = ""

    @property
    def cameras(self) -> list[dict[str, Any]]:
        """Each camera: its `name` in the recipe, "" where it is the only one; its `source`; the `frame` that decided,
        by its number there; its `settings` as read back.
        """
        return list(json.loads(self.camera or "[]"))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not OK, each once; none where it is."""
        said = (f.reason for f in self.findings if f.reason and f.verdict is not Verdict.OK)
        return tuple(dict.fromkeys(said))

    @property
    def reason(self) -> str:
        """The same in one line."""
        return "; ".join(self.reasons)


def as_json(inspection: Inspection) -> dict[str, Any]:
    """The line that `inspector run --json` prints, and the keys of the records' export."""
    return {
        "id": inspection.id,
        "first_frame": inspection.first_frame,
        "last_frame": inspection.last_frame,
        "verdict": inspection.verdict.name,
        "findings": [{**asdict(finding), "verdict": finding.verdict.name} for finding in inspection.findings],
        "latency_ms": round(inspection.latency_ms, 1),
        "cameras": inspection.cameras,
    }
