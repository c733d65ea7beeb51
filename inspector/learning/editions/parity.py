"""The gate: a network in another format or precision is let through only where it still sees the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, area
from inspector.detector import FLOOR, Detector, NetworkDetector, Seen
from inspector.edition import Parity, Precision
from inspector.errors import MachineError
from inspector.frame import Image
from inspector.inspection.judge import look_at
from inspector.inspection.verdict import Verdict
from inspector.recipe import Recipe
from inspector.validation.thresholds import LOWEST

MOST_SCORE_DIFFERENCE = {Precision.FLOAT: 0.01, Precision.INT8: 0.05}
LEAST_BOX_IOU = 0.98


@dataclass(frozen=True, eq=False)
class Trial:
    """What a network is tried on.

    pictures: `(n, H, W, 3)` uint8 RGB, letterboxed, on none of which it was calibrated. golden: whole frames, judged by
    the recipe, which is a settled one; around: makes of a network what sees such frames, tiles and all.
    """

    pictures: NDArray[np.uint8]
    golden: Sequence[Image]
    recipe: Recipe
    around: Callable[[NetworkDetector], Detector]


def prove(first: NetworkDetector, second: NetworkDetector, trial: Trial, precision: Precision, what: str) -> Parity:
    """How far the second is from the first, where that is near enough. Args: what: the second's name, in the sentence.

    Raises: MachineError with every reason where it is not.
    """
    pairs = list(zip(first.say(trial.pictures), second.say(trial.pictures), strict=True))
    # NumPy's extremes, not Python's: with these, one value that is not a number makes the whole so.
    difference = float(np.max([score_difference(a, b) for a, b in pairs], initial=0.0))
    least = _counted(trial.recipe)
    overlap = float(np.min([box_iou(a, b, least) for a, b in pairs], initial=1.0))
    # What says no numbers cannot be judged by.
    golden = trial.golden if np.isfinite([difference, overlap]).all() else ()
    flipped = sum(verdicts(first, trial, image) != verdicts(second, trial, image) for image in golden)
    faults = list(_faults(difference, overlap, flipped, precision))
    if faults:
        way = " Train it for longer, or leave it in float." if precision is Precision.INT8 else ""
        raise MachineError(f"{what} does not see the same, and was not kept: {'; '.join(faults)}.{way}")
    return Parity(
        pictures=len(pairs), golden=len(trial.golden), score_difference=round(difference, 5), box_iou=round(overlap, 5)
    )


def score_difference(expected: Seen, seen: Seen) -> float:
    """The largest difference of any score; NaN where one is."""
    return float(np.abs(seen[1] - expected[1]).max(initial=0.0))


def box_iou(expected: Seen, seen: Seen, least: float = FLOOR) -> float:
    """The least IoU of boxes with their counterparts, of those that either side scores at least that and that hold at
    least a pixel on either. NaN where a box holds one.
    """
    judged = np.maximum(expected[1], seen[1]).max(axis=1) >= least
    judged &= _solid(expected[0]) | _solid(seen[0])
    a, b = expected[0][judged], seen[0][judged]
    shared = np.maximum(np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2]), 0).prod(axis=1)
    return float((shared / (area(a) + area(b) - shared)).min(initial=1.0))


def _counted(recipe: Recipe) -> float:
    """The score below which no box can ever count: no bundle works with less, but a person may ask for it."""
    return min([LOWEST, *(component.threshold or LOWEST for component in recipe.components)])


def _solid(boxes: Boxes) -> NDArray[np.bool_]:
    return np.all(boxes[:, 2:] - boxes[:, :2] >= 1, axis=1)


def verdicts(detector: NetworkDetector, trial: Trial, image: Image) -> list[Verdict]:
    """What a station would say of one frame, component by component."""
    everything = trial.around(detector).detect(image)
    _, findings = look_at(trial.recipe, everything, (image.shape[1], image.shape[0]))
    return [finding.verdict for finding in findings]


def _faults(difference: float, overlap: float, flipped: int, precision: Precision) -> Iterator[str]:
    # Asked this way round, a network that says "not a number" fails too.
    if not difference <= MOST_SCORE_DIFFERENCE[precision]:
        yield f"scores differ by up to {difference:.4f}, where {MOST_SCORE_DIFFERENCE[precision]} is allowed"
    if not overlap >= LEAST_BOX_IOU:
        yield f"boxes have an IoU of {overlap:.3f}, where {LEAST_BOX_IOU} is needed"
    if flipped:
        yield f"{flipped} golden {'frame gets' if flipped == 1 else 'frames get'} another verdict"
