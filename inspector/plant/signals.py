"""What the plant is told, as levels, and what it asks for."""

import time
from dataclasses import dataclass, field, replace
from enum import StrEnum

from inspector.inspection.verdict import Verdict

BEATS = 65536
"""A heartbeat is counted modulo this, so that it fits a register."""


class Phase(StrEnum):
    """What is shown of a station at a glance."""

    STARTING = "starting"
    PROVING = "proving"
    READY = "ready"
    RUNNING = "running"
    FAULT = "fault"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Signals:
    """One moment of a station, as the plant is told of it.

    ready: a trigger would be taken. busy: a workpiece is being judged. result_valid: the result that follows may be
    used. passed: that result is a PASS. code: its Verdict's value, 0 to 3. fault: something is wrong, message says what
    in a sentence. heartbeat: grows by one, modulo BEATS, with each progress from camera to verdict, never by a timer.
    recipe, bundle: what the station runs. serial, inspection, reasons: of the result that is valid, "" where none is.
    trigger: id of the Trigger that the result answers, "" where the station began by itself. refused: id of the one
    that comes to no result, until another is asked.

    Raises: ValueError where passed contradicts the rest: nobody has to guess which of the two is true.
    """

    phase: Phase
    ready: bool
    busy: bool
    result_valid: bool
    passed: bool
    code: int
    fault: bool
    message: str
    heartbeat: int
    recipe: str
    bundle: str
    serial: str
    inspection: str
    reasons: tuple[str, ...]
    trigger: str = ""
    refused: str = ""

    def __post_init__(self) -> None:
        if self.passed and (self.fault or not self.result_valid or self.code != Verdict.OK):
            raise ValueError(f"passed without a valid OK: {self}")


SAFE = Signals(
    phase=Phase.FAULT,
    ready=False,
    busy=False,
    result_valid=False,
    passed=False,
    code=Verdict.UNDEFINED.value,
    fault=True,
    message="The station is silent.",
    heartbeat=0,
    recipe="",
    bundle="",
    serial="",
    inspection="",
    reasons=(),
)
"""Not ready, nothing valid, not passed: what is shown when nothing is known."""


def safe(last: Signals, message: str = SAFE.message) -> Signals:
    """SAFE after the last signals: the heartbeat stands still, as a jump to 0 would look like one more beat."""
    return replace(SAFE, message=message, heartbeat=last.heartbeat, recipe=last.recipe, bundle=last.bundle)


@dataclass(frozen=True)
class Trigger:
    """Judge the workpiece that lies there now.

    serial: its serial number, "" where the plant does not know it. id: what the result is recognised by; the inspection
    that answers carries it, and so do the Signals that show its result. at_s: when the plant asked, in monotonic
    seconds, which all processes of a machine share: whoever is held up on the way must not take what lies there later
    for what was meant.
    """

    serial: str = ""
    id: str = ""
    at_s: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True)
class Acknowledge:
    """The result was read; it need not be shown any longer."""


@dataclass(frozen=True)
class Choose:
    """Run another recipe, by its name."""

    recipe: str


@dataclass(frozen=True)
class Prove:
    """Prove now, with golden frames and known workpieces, that the station judges right."""


Request = Trigger | Acknowledge | Choose | Prove
