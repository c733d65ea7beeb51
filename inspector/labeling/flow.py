"""Follows boxes from picture to picture of a video, and says where it lost them.

Source: Kalal, Mikolajczyk, Matas 2010, "Forward-Backward Error: Automatic Detection of Tracking Failures": points of a
box are followed to the next picture and back again, those that come back best tell how the box moved and grew.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes

Grey = NDArray[np.uint8]
GRID = 10
"""Points of a box are so many by so many."""
RIM = 0.1
"""Of a box's side: what lies nearer to its edge may be what is behind."""
ASTRAY = 4.0
"""Pixels by which half of the points miss where they came from: more, and the box is lost."""
FEWEST = 8
GROWTH = 0.1
"""The most by which a box grows or shrinks from one picture to the next."""
SIDE, ALIKE = 24, 0.4
"""What is in the box at `SIDE` pixels, and its correlation with what was there at first: less, and the box is lost."""
FLAT = 4.0
"""Grey values of standard deviation under which a template has nothing to be told by."""
SEARCH = {"winSize": (15, 15), "maxLevel": 3, "criteria": (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.03)}


def follow(pictures: Sequence[Grey], boxes: Boxes) -> NDArray[np.float32]:
    """Where the boxes of the first picture are in each: `(F, n, 4)` xyxy in pixels, NaN from where one is lost.

    Args: pictures: F of `(H, W)` uint8, each soon after the one before.
    """
    found = np.full((len(pictures), len(boxes), 4), np.nan, np.float32)
    found[0] = boxes
    looks = [_look(pictures[0], box) for box in boxes]
    for i in range(1, len(pictures)):
        known = np.flatnonzero(~np.isnan(found[i - 1, :, 0]))
        if not len(known):
            break
        for n, box in zip(known, _moved(pictures[i - 1], pictures[i], found[i - 1, known]), strict=True):
            if box is not None and _correlation(looks[n], _look(pictures[i], box)) >= ALIKE:
                found[i, n] = box
    return found


def alike(picture: Grey, box: NDArray[np.float32], other: Grey, its: NDArray[np.float32]) -> float:
    """How much a box of one picture looks like a box of another: the correlation of both, in [-1, 1]."""
    return _correlation(_look(picture, box), _look(other, its))


def like_it(picture: Grey, template: Grey, boxes: Boxes) -> float:
    """How much the place outside of the boxes that looks most like the template does: its correlation, in [0, 1].

    0 too for a template in which there is nothing to tell it by.
    """
    height, width = template.shape
    if not template.size or template.std() < FLAT or height > picture.shape[0] or width > picture.shape[1]:
        return 0.0
    found = cv2.matchTemplate(picture, template, cv2.TM_CCOEFF_NORMED)
    for xmin, ymin, xmax, ymax in boxes:
        # Of a window there is told by its upper left corner; one that lies half in a box is that box's.
        x, y = (xmin + xmax - width) / 2, (ymin + ymax - height) / 2
        left, top = max(0, round(x - width / 2)), max(0, round(y - height / 2))
        found[top : max(0, round(y + height / 2) + 1), left : max(0, round(x + width / 2) + 1)] = 0
    return max(0.0, float(found.max()))


def _moved(before: Grey, after: Grey, boxes: Boxes) -> list[NDArray[np.float32] | None]:
    """Each box in the next picture, None where its points do not agree."""
    points = np.concatenate([_points(box) for box in boxes])
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, points, None, **SEARCH)  # type: ignore[call-overload]
    back, found_back, _ = cv2.calcOpticalFlowPyrLK(after, before, there, None, **SEARCH)  # type: ignore[call-overload]
    missed = np.where((found & found_back)[:, 0] > 0, np.linalg.norm(points - back, axis=1), np.inf)
    each = (values.reshape(len(boxes), GRID * GRID, -1) for values in (points, there, missed))
    return [_box(*one) for one in zip(boxes, *each, strict=True)]


def _points(box: NDArray[np.float32]) -> NDArray[np.float32]:
    """`(GRID * GRID, 2)` points of a box, evenly spread."""
    xmin, ymin, xmax, ymax = box
    share = np.linspace(RIM, 1 - RIM, GRID)
    x, y = np.meshgrid(xmin + share * (xmax - xmin), ymin + share * (ymax - ymin))
    return np.stack([x, y], axis=-1).reshape(-1, 2).astype(np.float32)


def _box(
    box: NDArray[np.float32], points: NDArray[np.float32], there: NDArray[np.float32], missed: NDArray[np.float32]
) -> NDArray[np.float32] | None:
    usual = np.median(missed)
    if not usual <= ASTRAY:
        return None
    good = missed[:, 0] <= usual
    if good.sum() < FEWEST:
        return None
    shift = np.median(there[good] - points[good], axis=0)
    growth = np.clip(_growth(points[good], there[good]), 1 - GROWTH, 1 + GROWTH)
    center, half = (box[:2] + box[2:]) / 2 + shift, (box[2:] - box[:2]) / 2 * growth
    return np.concatenate([center - half, center + half]).astype(np.float32)


def _growth(points: NDArray[np.float32], there: NDArray[np.float32]) -> float:
    """By which pairs of points usually moved apart."""
    one, other = np.triu_indices(len(points), 1)
    apart = np.linalg.norm(points[one] - points[other], axis=1)
    return float(np.median(np.linalg.norm(there[one] - there[other], axis=1) / apart))


def _look(picture: Grey, box: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is in the box, `(SIDE, SIDE)`, less its mean."""
    (xmin, ymin), (width, height) = box[:2], (box[2:] - box[:2]) / SIDE
    place = np.array([[width, 0, xmin], [0, height, ymin]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(picture, place, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    return cut - cut.mean()


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    both = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float((one * other).sum()) / both if both else 0.0
