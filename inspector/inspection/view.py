"""What a screen may know of a station at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from inspector.detections import Detections
from inspector.frame import Frame
from inspector.inspection.aspect import Aspect
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.sample import Sample

NO_COUNTS: Mapping[Verdict, int] = MappingProxyType(dict.fromkeys(Verdict, 0))
NO_ASPECTS: Mapping[str, Aspect] = MappingProxyType({})


class State(StrEnum):
    """Where a station is in its life."""

    STOPPED = "stopped"
    STARTING = "starting"
    PROVING = "proving"
    READY = "ready"
    RUNNING = "running"
    ERROR = "error"


@dataclass(frozen=True, eq=False)
class View:
    """One moment of a station, handed over by reference: pull the newest with a timer, compare it with `is`.

    message: a sentence for the person, "" when all is fine. frame, detections and findings belong together; detections
    are those at or above their component's working score, boxes in pixels of the frame. Where there are several cameras
    these two are the first one's, the findings are of all components, and `seen_by` tells the cameras apart; aspects:
    what each of them showed, by its name in the recipe. verdict: what the screen may
    show now; it is UNDEFINED as soon as the last verdict is no longer true of what lies there. inspection: the last one
    decided, with its reasons. counts: inspections since the start, by verdict. skipped: frames of a live camera that
    nobody had time for. latency_ms: grab to judged, of the newest frame. frames_per_s: judged. busy: a trigger is
    pending, or a decision waits for its serial number. scanned: the serial number that a scanner read for the workpiece
    whose decision comes next, as long as it counts. taken_s: when the newest frame was taken, of a file's when it was
    read, in monotonic seconds. sample: the known workpiece that is to be put under the camera now.
    golden: golden frames judged right since the start. unchecked: what of the picture cannot be checked, in a sentence.
    remark: what a person should know and takes nothing from the verdict, in a sentence.
    """

    state: State = State.STOPPED
    message: str = ""
    frame: Frame | None = None
    detections: Detections | None = None
    findings: tuple[Finding, ...] = ()
    verdict: Verdict = Verdict.UNDEFINED
    inspection: Inspection | None = None
    counts: Mapping[Verdict, int] = field(default_factory=lambda: NO_COUNTS)
    skipped: int = 0
    latency_ms: float = 0.0
    frames_per_s: float = 0.0
    aspects: Mapping[str, Aspect] = field(default_factory=lambda: NO_ASPECTS)
    busy: bool = False
    scanned: str = ""
    taken_s: float = 0.0
    sample: Sample | None = None
    golden: int = 0
    unchecked: str = ""
    remark: str = ""

    def seen_by(self, camera: str) -> "View":
        """The same with the frame, the detections and the findings of that camera, which is one of `aspects`."""
        aspect = self.aspects[camera]
        return replace(self, frame=aspect.frame, detections=aspect.detections, findings=aspect.findings)
