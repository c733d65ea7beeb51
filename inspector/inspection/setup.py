"""What a station was given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inspector.bundle import Bundle
from inspector.detector import Detector
from inspector.frame import Image
from inspector.inspection.delivery import Hear
from inspector.inspection.proving.proof import Hear as HearProof
from inspector.inspection.records import Records
from inspector.inspection.rig import Opener
from inspector.recipe import Recipe
from inspector.settings import ProofTimes
from inspector.triggers import Triggers


@dataclass(frozen=True)
class Setup:
    """What a station was given; the recipe is a settled one, and cameras opens each of its cameras.

    remark: what a person should know of what is around it, "" where all is well.
    """

    recipe: Recipe
    bundle: Bundle
    cameras: Mapping[str, Opener]
    records: Records | None
    hear: Hear | None
    detector: Detector | None
    threads: int
    every_frame: bool
    wait_for_camera: bool
    triggers: Triggers
    empty: Image | None
    proof: ProofTimes
    hear_proof: HearProof
    remark: Callable[[], str]
