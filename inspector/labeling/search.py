"""Pictures said to be empty that hold the component after all: looked for by its own looks."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.frame import Image
from inspector.labeling.background import Map, look_of

SIDE = 320
LOOKS = 6
LEAST_SIDE = 6
LEAST_SCORE = 0.75
DISTINCT = 0.15
NEARER_THE_PART = 0.6
ROUND = 0.15


@dataclass(frozen=True)
class Trace:
    """A place in a negative picture that shows the component. picture: its index; box in pixels; score in [-1, 1]."""

    picture: int
    box: tuple[float, float, float, float]
    score: float


@dataclass(frozen=True, eq=False)
class _Template:
    """One look of the component `(h, w, 3)` at working scale, where it was, and what it scores on its other looks."""

    patch: NDArray[np.float32]
    place: tuple[int, int]
    own: float


def search_negative(positive: Sequence[tuple[Image, Boxes]], negative: Sequence[Image]) -> list[Trace]:
    """Where negative pictures show what the boxes on positive ones show, the clearest place of each picture.

    A place is told when it is nearer to the component than to the empty place: its correlation with a look of the
    component lies nearer to what that look scores on the others than to what it scores where the component was taken
    away. It finds the component upright and in its size, as a neighbouring place or a forgotten part shows it; it is
    no detector.

    Args: positive pictures with their boxes `(n, 4)`, those one is sure of; negative: said to be empty; all one size.
    """
    some = [positive[round(i)] for i in np.linspace(0, len(positive) - 1, min(LOOKS, len(positive))).tolist()]
    if not negative or not any(len(boxes) for _, boxes in some):
        return []
    scale = min(1.0, SIDE / max(negative[0].shape[:2]))
    pictures = [_traits(image, scale) for image in negative]
    found: dict[int, Trace] = {}
    for template in _templates(some, scale):
        scores = [_correlation(one, template.patch) for one in pictures]
        empty = float(np.median([_near(one, template.place) for one in scores]))
        # A look that is mostly ground, a thin strip lying aslant, finds the ground.
        if template.own - empty < DISTINCT:
            continue
        wanted = max(LEAST_SCORE, empty + NEARER_THE_PART * (template.own - empty))
        for picture, one in enumerate(scores):
            best = _best(picture, one, template, scale)
            if best.score > max(wanted, found[picture].score if picture in found else -1.0):
                found[picture] = best
    return [found[picture] for picture in sorted(found)]


def _traits(image: Image, scale: float) -> NDArray[np.float32]:
    """`(H, W, 3)` edges of the lightness and the two colour ratios: what a smooth ground has none of."""
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    look = look_of(np.asarray(small, np.uint8))
    across = cv2.Sobel(look[..., 0], cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Sobel(look[..., 0], cv2.CV_32F, 0, 1, scale=0.25)
    return np.dstack([np.hypot(across, down), look[..., 1:]]).astype(np.float32)


def _templates(positive: Sequence[tuple[Image, Boxes]], scale: float) -> list[_Template]:
    """The looks of the component, each measured on the other pictures."""
    traits = [_traits(image, scale) for image, _ in positive]
    templates = []
    for index, (_, boxes) in enumerate(positive):
        others = [one for i, one in enumerate(traits) if i != index] or [traits[index]]
        for xmin, ymin, xmax, ymax in np.round(boxes * scale).astype(int).tolist():
            patch = traits[index][max(ymin, 0) : ymax, max(xmin, 0) : xmax]
            if min(patch.shape[:2]) >= LEAST_SIDE:
                scores = [float(_correlation(one, patch).max()) for one in others]
                templates.append(_Template(patch, (max(xmin, 0), max(ymin, 0)), float(np.median(scores))))
    return templates


def _correlation(traits: NDArray[np.float32], patch: NDArray[np.float32]) -> Map:
    return np.asarray(cv2.matchTemplate(traits, patch, cv2.TM_CCOEFF_NORMED), np.float32)


def _near(scores: Map, place: tuple[int, int]) -> float:
    """The best score about the place where the component was."""
    reach = round(ROUND * max(scores.shape))
    x, y = place
    return float(scores[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1].max())


def _best(picture: int, scores: Map, template: _Template, scale: float) -> Trace:
    y, x = divmod(int(scores.argmax()), scores.shape[1])
    height, width = template.patch.shape[:2]
    box = x / scale, y / scale, (x + width) / scale, (y + height) / scale
    return Trace(picture, box, float(scores[y, x]))
