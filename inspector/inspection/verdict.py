"""What is said of a workpiece: findings for each component, one verdict, one inspection."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
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


@dataclass(frozen=True)
class Finding:
    """What was found of one component.

    pattern: the pattern that the finding is about: a failing one that was seen, else the one that passes; None for a
        component without patterns.
    expected: how many there should be, in a passing pattern where it has patterns; found: how many there are.
    reason: a short plain sentence for the line operator; where all is well "", or what was seen and does not count.
    """

    component: str
    pattern: str | None
    expected: int
    found: int
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Inspection:
    """One workpiece judged.

    id: sorts by time. recipe: its name; bundle: its id. first_frame, last_frame: numbers of the frames that were looked
    at, both included. started_at: aware UTC, when the first one was taken. latency_ms: from the grab of the deciding
    frame to the verdict. serial: the workpiece's number; trigger: what began it; camera: what each camera said
    of itself, as JSON; station: where it was judged; each "" where nobody said.
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
    serial: str = ""
    trigger: str = ""
    camera: str = ""
    station: str = ""

    @property
    def reason(self) -> str:
        """Why it is not OK, in one line; "" where it is."""
        reasons = (f.reason for f in self.findings if f.reason and f.verdict is not Verdict.OK)
        return "; ".join(dict.fromkeys(reasons))


def as_json(inspection: Inspection) -> dict[str, Any]:
    """The line that `inspector run --json` prints, and the keys of the records' export."""
    return {
        "id": inspection.id,
        "first_frame": inspection.first_frame,
        "last_frame": inspection.last_frame,
        "verdict": inspection.verdict.name,
        "findings": [{**asdict(finding), "verdict": finding.verdict.name} for finding in inspection.findings],
        "latency_ms": round(inspection.latency_ms, 1),
    }
