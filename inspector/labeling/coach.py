"""Watches while somebody records: what is wrong with the picture, what is missing, and when it is enough."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from inspector.capture.checks import BLOWN_OUT, STEP, light
from inspector.frame import Frame, Image
from inspector.labeling.extraction import block_change, same_level, sharpness_of, thumb_of

EVERY_S = 0.2
GLARE = 0.03
"""Share of the picture that is blown out."""
SOFT = 0.5
"""Of the sharpness that the better part of the frames had."""
LATELY = 10
"""Samples that count as now: two seconds."""
TIRED = 3 * LATELY
"""Samples without a new view after which none is to be expected."""
REMEMBERED = 600
"""Samples of two minutes, by which is told what is usual."""
MOST_VIEWS = 60
ENOUGH = 12
"""Views that a recording should hold."""

ALMOST_RIGHT = "the empty place, another variant, the component half seated, a hand or a tool in its place"
"""What a detector takes for the component where nobody recorded it as a negative."""


class Coach:
    """views: how many looks of the place it has seen that differ by more than noise."""

    def __init__(self) -> None:
        self._views: list[NDArray[np.uint8]] = []
        self._before: NDArray[np.uint8] | None = None
        self._changes: deque[float] = deque(maxlen=REMEMBERED)
        self._sharpness: deque[float] = deque(maxlen=REMEMBERED)
        self._glare = 0.0
        self._light: str | None = None
        self._new: deque[bool] = deque(maxlen=TIRED)
        self._next_s: float | None = None

    @property
    def views(self) -> int:
        return len(self._views)

    @property
    def enough(self) -> bool:
        """Whether it holds enough, and nothing new has come for a while."""
        tired = len(self._new) == TIRED and not any(self._new)
        return self.views >= MOST_VIEWS or (self.views >= ENOUGH and tired)

    def see(self, frame: Frame) -> None:
        """Look at a frame, if it is time to look at one again."""
        if self._next_s is not None and frame.time_s < self._next_s:
            return
        self._next_s = frame.time_s + EVERY_S
        self._look(frame.image)

    def _look(self, image: Image) -> None:
        self._light = light(image)
        self._glare = float((image[::STEP, ::STEP].min(axis=2) >= BLOWN_OUT).mean())
        self._sharpness.append(sharpness_of(image))
        thumb = thumb_of(image)
        if self._before is not None and self._before.shape == thumb.shape:
            self._changes.append(block_change(thumb, self._before))
        self._before = thumb
        self._new.append(self._is_new(thumb))
        if self._new[-1]:
            self._views.append(thumb)

    def _is_new(self, thumb: NDArray[np.uint8]) -> bool:
        same, known = self._same, (view for view in self._views if view.shape == thumb.shape)
        return self.views < MOST_VIEWS and all(block_change(thumb, view) > same for view in known)

    @property
    def _same(self) -> float:
        return same_level(np.array(self._changes))

    @property
    def advice(self) -> str:
        """What matters most now; "" where nothing does."""
        if self._light:
            return self._light
        if self._glare > GLARE:
            return "A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure."
        if self._blurred:
            return "The picture is blurred: move slower, or look after the focus."
        if self.enough:
            return "Enough: nothing new comes any more."
        if len(self._new) >= LATELY and not any(list(self._new)[-LATELY:]):
            return "Nothing new: move and turn the product a little, and shade the light with a hand."
        if self._restless:
            return "Let it rest now and then: the station judges what rests."
        return ""

    @property
    def _blurred(self) -> bool:
        lately = list(self._sharpness)[-LATELY:]
        if len(lately) < LATELY:
            return False
        usual = float(np.percentile(self._sharpness, 80))
        return sum(value < SOFT * usual for value in lately) > LATELY / 2

    @property
    def _restless(self) -> bool:
        lately = list(self._changes)[-TIRED:]
        return len(lately) == TIRED and min(lately) > self._same
