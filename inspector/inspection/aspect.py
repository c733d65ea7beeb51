"""What one camera showed at one moment."""

from dataclasses import dataclass

from inspector.detections import Detections
from inspector.frame import Frame
from inspector.inspection.judge import DOUBT_ODDS, look_at, unjudged, working
from inspector.inspection.verdict import Finding
from inspector.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Aspect:
    """A camera's frame and what it says of the components that this camera sees, and of no others.

    detections: those at or above their working scores, boxes in pixels of the frame; perhaps: the same and the doubtful
    ones, with which it votes. findings: in the recipe's order.
    """

    frame: Frame
    detections: Detections
    perhaps: Detections
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, recipe: Recipe, camera: str, frame: Frame, everything: Detections) -> "Aspect":
        """What is true of the frame; nothing counts in one with a fault.

        Args: a settled recipe; everything, all that the detector saw, down to its floor.
        """
        names = recipe.seen_by(camera)
        mine = Detections.none(everything.labels) if frame.fault else everything.of(*names)
        seen, findings = look_at(recipe, mine, frame.size)
        if frame.fault:
            findings = unjudged(recipe, frame.fault)
        perhaps = working(recipe, mine, DOUBT_ODDS)
        return cls(frame, seen, perhaps, tuple(finding for finding in findings if finding.component in names))
