"""What two quick detectors see, each in the frames that taught the other: nobody judges what he learned by heart."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import iou
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.errors import InputError
from inspector.frame import Image, freeze
from inspector.labeling.annotation import Annotation
from inspector.labeling.quick import Lesson, Says, Tell, quick_detector
from inspector.labeling.refusals import HANDFUL
from inspector.labeling.takes import Take
from inspector.recipe import Recipe
from inspector.settings import Workspace

BLOCKS = 6
"""Stretches of a recording, which teach one detector and the other in turn. Neighbours are nearly the same frame, so
few of them should lie where two stretches meet.
"""
ASIDE, DIMMED = 0.03, 0.85
"""Of the picture's sides and of its light: what is not seen again so much aside and darker was not seen steadily."""
SAME = 0.5

Judged = dict[str, Detections]
"""What is seen in each frame, by `recording/frame`."""


def fold_of(frames: int) -> NDArray[np.intp]:
    """`(n,)` which of the two detectors, 0 or 1, each of a recording's frames teaches; the other one judges it."""
    return np.arange(frames) * BLOCKS // max(frames, 1) % 2


def cross_fitted(
    place: Workspace,
    recipe: Recipe,
    takes: Sequence[Take],
    components: Sequence[str],
    says: Says,
    minutes: float,
    tell: Tell = lambda done, total, doing: None,
) -> Judged:
    """What is seen steadily in each frame of these recordings.

    Args: says: what a frame teaches; minutes: as of `quick_detector`, for both together; tell: is told how far it is.
    Raises: InputError where half of the frames holds too few boxes of each component to learn it; as `quick_detector`.
    """
    folds = {take.name_of(shot): fold for take in takes for shot, fold in zip(take.shots, _folds(take), strict=True)}

    def lesson(fold: int, names: Sequence[str]) -> Lesson:
        nothing = Annotation()
        return Lesson.of(
            recipe, takes, names, lambda take, shot: says(take, shot) if folds[take.name_of(shot)] == fold else nothing
        )

    ready = [name for name in components if all(lesson(fold, [name]).holding >= HANDFUL for fold in (0, 1))]
    if not ready:
        raise InputError(
            f"Two detectors judge each other's frames, and each learns from {HANDFUL} frames with boxes at least: "
            "confirm or draw more, or review without a detector."
        )
    judged: Judged = {}
    for fold in (0, 1):
        told = _numbered(tell, fold)
        with quick_detector(place, lesson(fold, ready), minutes / 2, told) as bundle:
            detector = bundle.detector(place.settings().threads)
            theirs = [(take, shot) for take in takes for shot in take.shots if folds[take.name_of(shot)] != fold]
            for done, (take, shot) in enumerate(theirs, 1):
                judged[take.name_of(shot)] = steady(detector, shot.image())
                told(done, len(theirs), "looking")
    return judged


def _folds(take: Take) -> list[int]:
    return fold_of(len(take.shots)).tolist()


def _numbered(tell: Tell, fold: int) -> Tell:
    return lambda done, total, doing: tell(done, total, f"{doing}, detector {fold + 1} of 2")


def steady(detector: Detector, image: Image) -> Detections:
    """What is seen in a picture and again a little aside and in less light, each with the lower of its two scores."""
    seen, (height, width) = detector.detect(image), image.shape[:2]
    x, y = round(ASIDE * width), round(ASIDE * height)
    moved = cv2.warpAffine(
        image, np.array([[1, 0, x], [0, 1, y]], np.float32), (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    again = detector.detect(freeze(cv2.convertScaleAbs(moved, alpha=DIMMED).astype(np.uint8))).moved(-x, -y)
    same = (iou(seen.boxes, again.boxes) >= SAME) & (seen.classes[:, None] == again.classes[None])
    scores = np.minimum(seen.scores, np.where(same, again.scores[None], 0).max(axis=1, initial=0))
    both = Detections(seen.boxes, scores.astype(np.float32), seen.classes, seen.labels)
    return both.where(both.scores > 0)
