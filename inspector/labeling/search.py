"""Where pictures show the component by its own looks: in those said to be empty, and in those that should hold it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, intersection
from inspector.frame import Image
from inspector.labeling.background import Map, look_of

SIDE = 160
"""Pixels of a picture's longer side that tell a component of some size."""
LEAST_SIDE, CLEAR_SIDE = 6, 12
"""Pixels of a look's shorter side: fewer tell nothing; larger pictures are taken until most looks have as many."""
MOST_SIDE = 640
LOOKS = 6
DISTINCT = 0.15
ROUND = 0.15
TURN = 30
"""Degrees between two looks of a component that may lie any way round."""
RESHAPED = 2.0
"""How many times wider for its height one box is than another of a thing that lies now so, now so."""
CLEAR = 0.6
"""The correlation from which a place away from the component's own is taken for it."""
SHOWS, HIDES = 0.5, 0.3
"""From how much alike a place is taken for the component, and under how much it is out of sight."""
PLACES = 4
"""Places of a picture that are looked for, at most."""
BARE = 10.0
"""Per cent of the pictures said to be empty of which that is believed before they are looked at."""


T = TypeVar("T", float, Map)


@dataclass(frozen=True)
class Trace:
    """The place in a picture that looks most like the component. box: xyxy in pixels. alike: 0 as the empty place is,
    1 as the component usually is to its other looks.
    """

    box: tuple[float, float, float, float]
    alike: float


@dataclass(frozen=True, eq=False)
class _Look:
    """One look of the component, `(h, w, 3)` patches of it the ways round that it may lie, and where it was.

    own: what it scores on the component's other looks, empty: where the component was taken away, up to `reach` from
    its place.
    """

    patches: tuple[NDArray[np.float32], ...]
    place: tuple[int, int]
    own: float = 0.0
    empty: float = 0.0
    reach: int = 0

    def alike(self, scores: Map) -> Map:
        """`(H, W)` how much each place of a picture looks like the component; of its scores.

        Away from its place nobody knows what the empty place scores: there it must be a clear match by itself, since
        looks that hardly resemble each other resemble other things as much.
        """
        alike = np.where(scores >= CLEAR, _share(scores, self.empty, self.own), 0.0).astype(np.float32)
        (x, y), reach = self.place, self.reach
        about = np.s_[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1]
        alike[about] = _share(scores[about], self.empty, self.own)
        return alike

    def scores(self, traits: NDArray[np.float32]) -> Map:
        """`(H, W)` correlation of each place of a picture, by its upper left corner, with the patch that fits best."""
        height, width = (max(patch.shape[axis] for patch in self.patches) for axis in (0, 1))
        if height > traits.shape[0] or width > traits.shape[1]:
            return np.zeros((1, 1), np.float32)
        each = [cv2.matchTemplate(traits, patch, cv2.TM_CCOEFF_NORMED) for patch in self.patches]
        return np.asarray(np.max(each, axis=0), np.float32)


class Search:
    """What a component looks like, and what its place looks like without it.

    A place is as much like the component as its correlation with a look lies nearer to what that look scores on the
    others than to what it scores where the component is not: at its own place, if it has one. It finds the component
    in its size, upright or, where it `turns`, any way round, as a neighbouring place or a forgotten part shows it; it
    is no detector.

    Args: positive: pictures with their boxes `(n, 4)`, those one is sure of; negative: said to be empty, by which is
    told what the empty place scores; turns: it may lie any way round. So it does, too, where its boxes say so.
    """

    def __init__(self, positive: Sequence[tuple[Image, Boxes]], negative: Sequence[Image], turns: bool = False) -> None:
        holding = [(image, boxes) for image, boxes in positive if len(boxes)]
        some = [holding[round(i)] for i in np.linspace(0, len(holding) - 1, min(LOOKS, len(holding))).tolist()]
        shown = [(image, boxes[number % len(boxes)]) for number, (image, boxes) in enumerate(some)]
        self._scale, self._looks, self._tried = _scale(shown), list[_Look](), False
        turns = turns or _is_turned(shown)
        anywhere = turns or _wanders(shown)
        traits = [self._traits(image) for image, _ in shown]
        empty = [self._traits(image) for image in negative]
        for number, (image, box) in enumerate(shown):
            others = [one for i, one in enumerate(traits) if i != number] or [traits[number]]
            look = self._look(image, box, turns)
            if look is not None and empty:
                self._tried = True
                self._keep_distinct(look, others, empty, anywhere)

    def __bool__(self) -> bool:
        """Whether it can tell the component from its empty place at all."""
        return bool(self._looks)

    @property
    def is_indistinct(self) -> bool:
        """Whether there was all it takes, and yet pictures said to be empty look as those with the component do."""
        return self._tried and not self._looks

    def best(self, image: Image) -> Trace | None:
        """The place of a picture that looks most like the component; None where nothing can be told."""
        return next(iter(self.traces(image)), None)

    def traces(self, image: Image) -> list[Trace]:
        """The places of a picture that look like the component, none on another, the most alike first; that one
        however little alike it is. None where nothing can be told.
        """
        traits = self._traits(image)
        found = [trace for look in self._looks for trace in self._peaks(look, look.alike(look.scores(traits)))]
        apart: list[Trace] = []
        for trace in sorted(found, key=lambda trace: trace.alike, reverse=True):
            if len(apart) < PLACES and (not apart or trace.alike >= SHOWS) and not _touches(trace, apart):
                apart.append(trace)
        return apart

    def alike(self, image: Image, box: NDArray[np.float32]) -> float:
        """How much the component the place of a box looks like, give or take a little. Only where it can be told."""
        traits, (xmin, ymin, xmax, ymax) = self._traits(image), (box * self._scale).tolist()
        reach = max(2.0, (xmax - xmin + ymax - ymin) / 4)
        found = []
        for look in self._looks:
            height, width = look.patches[0].shape[:2]
            corner = (xmin + xmax - width) / 2, (ymin + ymax - height) / 2
            found.append(_share(_near(look.scores(traits), corner, round(reach)), look.empty, look.own))
        return max(found)

    def _traits(self, image: Image) -> NDArray[np.float32]:
        """`(H, W, 3)` edges of the lightness and the two colour ratios: what a smooth ground has none of."""
        # Of a strip at least one row stays.
        scale = max(self._scale, 1 / min(image.shape[:2]))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        look = look_of(np.asarray(small, np.uint8))
        across = cv2.Sobel(look[..., 0], cv2.CV_32F, 1, 0, scale=0.25)
        down = cv2.Sobel(look[..., 0], cv2.CV_32F, 0, 1, scale=0.25)
        return np.dstack([np.hypot(across, down), look[..., 1:]]).astype(np.float32)

    def _look(self, image: Image, box: NDArray[np.float32], turns: bool) -> _Look | None:
        xmin, ymin, xmax, ymax = np.maximum(np.round(box * self._scale).astype(int), 0).tolist()
        ways = range(0, 360, TURN) if turns else (0,)
        patches = tuple(self._traits(_turned(image, box, way))[ymin:ymax, xmin:xmax] for way in ways)
        return _Look(patches, (xmin, ymin)) if min(patches[0].shape[:2]) >= LEAST_SIDE else None

    def _keep_distinct(
        self,
        look: _Look,
        others: Sequence[NDArray[np.float32]],
        empty: Sequence[NDArray[np.float32]],
        anywhere: bool,
    ) -> None:
        own = float(np.median([look.scores(one).max() for one in others]))
        scores = [look.scores(one) for one in empty]
        # What may lie anywhere has no place of its own: of the empty pictures all is its place.
        reach = max(scores[0].shape) if anywhere else round(ROUND * max(scores[0].shape))
        without = _bare(np.array([_near(one, look.place, reach) for one in scores]), own)
        # A look that is mostly ground, a thin strip lying aslant, finds the ground.
        if own - without >= DISTINCT:
            self._looks.append(_Look(look.patches, look.place, own, without, reach))

    def _peaks(self, look: _Look, alike: Map) -> Iterator[Trace]:
        left, (height, width) = alike.copy(), look.patches[0].shape[:2]
        for number in range(PLACES):
            trace = self._trace(look, left)
            if number and trace.alike < SHOWS:
                return
            yield trace
            y, x = divmod(int(left.argmax()), left.shape[1])
            left[max(y - height + 1, 0) : y + height, max(x - width + 1, 0) : x + width] = -1

    def _trace(self, look: _Look, alike: Map) -> Trace:
        y, x = divmod(int(alike.argmax()), alike.shape[1])
        height, width = look.patches[0].shape[:2]
        xmin, ymin, xmax, ymax = (edge / self._scale for edge in (x, y, x + width, y + height))
        return Trace((xmin, ymin, xmax, ymax), float(alike[y, x]))


def search_negative(positive: Sequence[tuple[Image, Boxes]], negative: Sequence[Image]) -> dict[int, Trace]:
    """Which negative pictures show what the boxes on positive ones show, by index, and where.

    Args: as of `Search`.
    """
    search = Search(positive, negative)
    found = {number: search.best(image) for number, image in enumerate(negative)} if search else {}
    return {number: trace for number, trace in found.items() if trace and trace.alike >= SHOWS}


def _scale(shown: Sequence[tuple[Image, NDArray[np.float32]]]) -> float:
    """Working pixels per pixel, so that most looks are large enough to tell."""
    if not shown:
        return 1.0
    longest = max(shown[0][0].shape[:2])
    shorter = float(np.median([(box[2:] - box[:2]).min() for _, box in shown]))
    return min(1.0, MOST_SIDE / longest, max(SIDE / longest, CLEAR_SIDE / shorter))


def _wanders(shown: Sequence[tuple[Image, NDArray[np.float32]]]) -> bool:
    """Whether the boxes lie too far apart to be of one place."""
    if not shown:
        return False
    corners = np.stack([box[:2] for _, box in shown])
    return bool(np.ptp(corners, axis=0).max() > 2 * ROUND * max(shown[0][0].shape[:2]))


def _is_turned(shown: Sequence[tuple[Image, NDArray[np.float32]]]) -> bool:
    """Whether the boxes are as wide now as they are high then: a thing that is not round, and lies now so, now so."""
    shapes = [float((box[2] - box[0]) / (box[3] - box[1])) for _, box in shown]
    return bool(shapes) and max(shapes) > RESHAPED * min(shapes)


def _turned(image: Image, box: NDArray[np.float32], degrees: int) -> Image:
    """The picture, turned about the middle of a box."""
    if not degrees:
        return image
    x, y = ((box[:2] + box[2:]) / 2).tolist()
    matrix = cv2.getRotationMatrix2D((x, y), degrees, 1)
    turned = cv2.warpAffine(image, matrix, (image.shape[1], image.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _touches(trace: Trace, others: Sequence[Trace]) -> bool:
    boxes = np.array([other.box for other in others], np.float32).reshape(-1, 4)
    return bool(intersection(np.array([trace.box], np.float32), boxes).any())


def _bare(scores: NDArray[np.float64], own: float) -> float:
    """What the empty place usually scores, in those of the pictures that do not show the component themselves.

    Args: scores: of pictures said to be empty; own: what the component scores.
    """
    least = np.percentile(scores, BARE)
    return float(np.median(scores[scores - least <= max(SHOWS * (own - least), 0)]))


def _near(scores: Map, corner: tuple[float, float], reach: int) -> float:
    """The best score about a place."""
    x, y = (min(max(round(at), 0), most - 1) for at, most in zip(corner, scores.shape[::-1], strict=True))
    return float(scores[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1].max())


def _share(scores: T, empty: float, own: float) -> T:
    """How much nearer to the component than to its empty place a score lies, or each of many: 0 to 1."""
    return (scores - empty) / (own - empty)
