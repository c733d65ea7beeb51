"""Watches while somebody records: what is wrong with the picture, what is missing, and when it is enough."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.checks import BLOWN_OUT, STEP, light
from inspector.frame import Frame, Image
from inspector.labeling.extraction import BLOCK, block_change, is_new, same_level, sharpness_of, thumb_of

EVERY_S = 0.2
GLARE = 0.03
"""Share of the picture that is blown out."""
DIM = 50
"""Grey value that the brightest tenth of a picture should reach."""
SOFT = 0.5
"""Of the sharpness that the better part of the frames had."""
LATELY = 10
"""Samples that count as now: two seconds."""
TIRED = 3 * LATELY
"""Samples without a new view after which none is to be expected."""
REMEMBERED = 600
"""Samples of two minutes, by which is told what is usual."""
MOST_VIEWS = 60
REACHES = 40.0
"""Grey levels by which the picture's edge differs from what it usually is where something reaches in, in one whose
median is MIDDLE: between what a hand changes there and what light and a sensor do.
"""
MIDDLE = 128
USUAL = 50
"""Samples of ten seconds, by which is told what the edge usually is."""
ENOUGH = 12
"""Views that a recording should hold."""


class AlmostRight(StrEnum):
    """What a detector takes for the component where nobody recorded it as a negative."""

    EMPTY = "the empty place"
    VARIANT = "another variant"
    HALF_SEATED = "the component half seated"
    COVERED = "a hand or a tool in its place"


class Advice(StrEnum):
    """What a person who records is told, one thing at a time."""

    NONE = ""
    DARK = "The picture is dark: check the light and the lens cap."
    DIM = "The picture is dim: add light, or lengthen the exposure."
    BLOWN_OUT = "The picture is blown out: shorten the exposure or dim the light."
    GLARE = "A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure."
    BLURRED = "The picture is blurred: move slower, or look after the focus."
    ENOUGH = "Enough: nothing new comes any more."
    NOTHING_NEW = "Nothing new: move and turn the product a little, and shade the light with a hand."
    REACHES_IN = "Something reaches over the picture's edge: show the part whole, and take the hand away now and then."
    RESTLESS = "Let it rest now and then: the station judges what rests."


class Grade(StrEnum):
    """What a meter says in a word."""

    UNKNOWN = ""
    DARK = "too dark"
    BLOWN_OUT = "blown out"
    BLURRED = "blurred"
    GOOD = "good"


@dataclass(frozen=True)
class Level:
    """What a meter shows. value: where it stands, 0 to 1; least, most: between them it is good."""

    grade: Grade = Grade.UNKNOWN
    value: float = 0.0
    least: float = 0.0
    most: float = 1.0


class Coach:
    """views: how many looks of the place it has seen that differ by more than noise."""

    def __init__(self) -> None:
        self._views: list[NDArray[np.uint8]] = []
        self._before: NDArray[np.uint8] | None = None
        self._changes: deque[float] = deque(maxlen=REMEMBERED)
        self._sharpness: deque[float] = deque(maxlen=REMEMBERED)
        self._glare = 0.0
        self._brightness = 0.0
        self._light = Advice.NONE
        self._new: deque[bool] = deque(maxlen=TIRED)
        self._usual: deque[NDArray[np.float32]] = deque(maxlen=USUAL)
        self._reaches: deque[bool] = deque(maxlen=LATELY)
        self._next_s: float | None = None

    @property
    def views(self) -> int:
        return len(self._views)

    @property
    def enough(self) -> bool:
        """Whether it holds enough, and nothing new has come for a while."""
        tired = len(self._new) == TIRED and not any(self._new)
        return self.views >= MOST_VIEWS or (self.views >= ENOUGH and tired)

    def begin(self) -> None:
        """Count views from now on; how sharp the picture usually is stays known."""
        self._views.clear()
        self._new.clear()

    def see(self, frame: Frame) -> None:
        """Look at a frame, if it is time to look at one again."""
        if self._next_s is not None and frame.time_s < self._next_s:
            return
        self._next_s = frame.time_s + EVERY_S
        self._look(frame.image)

    def _look(self, image: Image) -> None:
        sample = image[::STEP, ::STEP]
        self._glare = float((sample.min(axis=2) >= BLOWN_OUT).mean())
        self._brightness = float(np.percentile(sample.mean(axis=2), 90))
        self._light = Advice(light(image) or (Advice.DIM if self._brightness < DIM else Advice.NONE))
        self._sharpness.append(sharpness_of(image))
        thumb = thumb_of(image)
        if self._before is not None and self._before.shape == thumb.shape:
            self._changes.append(block_change(thumb, self._before))
        self._before = thumb
        self._watch_edge(thumb)
        self._new.append(self._is_new(thumb))
        if self._new[-1]:
            self._views.append(thumb)

    def _watch_edge(self, thumb: NDArray[np.uint8]) -> None:
        edge = _edge_of(thumb)
        if self._usual and self._usual[-1].shape != edge.shape:
            self._usual.clear()
        if len(self._usual) >= LATELY:
            change = cv2.blur((edge - np.median(self._usual, axis=0))[None], (BLOCK, 1))
            self._reaches.append(float(np.abs(change).max()) > REACHES)
        self._usual.append(edge)

    def _is_new(self, thumb: NDArray[np.uint8]) -> bool:
        return self.views < MOST_VIEWS and is_new(thumb, self._views, self._same)

    @property
    def _same(self) -> float:
        return same_level(np.array(self._changes))

    @property
    def advice(self) -> Advice:
        """What matters most now."""
        if self.fault:
            return self.fault
        if self.enough:
            return Advice.ENOUGH
        if sum(self._reaches) > LATELY / 2:
            return Advice.REACHES_IN
        if len(self._new) >= LATELY and not any(list(self._new)[-LATELY:]):
            return Advice.NOTHING_NEW
        return Advice.RESTLESS if self._restless else Advice.NONE

    @property
    def fault(self) -> Advice:
        """What is wrong with the picture itself, whether or not anybody records."""
        if self._light:
            return self._light
        if self._glare > GLARE:
            return Advice.GLARE
        return Advice.BLURRED if self._blurred else Advice.NONE

    @property
    def light(self) -> Level:
        """How bright the brightest tenth of the picture is."""
        least, most = DIM / 255, BLOWN_OUT / 255
        value = self._brightness / 255
        if not self._sharpness:
            return Level(least=least, most=most)
        if self._light is Advice.BLOWN_OUT or self._glare > GLARE:
            return Level(Grade.BLOWN_OUT, max(value, most), least, most)
        if self._light:
            return Level(Grade.DARK, min(value, least), least, most)
        return Level(Grade.GOOD, min(value, most), least, most)

    @property
    def sharpness(self) -> Level:
        """Of the last two seconds, against what is usual here, which stands at three quarters."""
        least = 0.75 * SOFT
        if not self._sharpness:
            return Level(least=least)
        lately = float(np.median(list(self._sharpness)[-LATELY:]))
        value = min(1.0, 0.75 * lately / max(self._usual_sharpness, 1e-6))
        if self._blurred:
            return Level(Grade.BLURRED, min(value, least), least)
        return Level(Grade.GOOD, max(value, least), least)

    @property
    def _blurred(self) -> bool:
        lately = list(self._sharpness)[-LATELY:]
        if len(lately) < LATELY:
            return False
        return sum(value < SOFT * self._usual_sharpness for value in lately) > LATELY / 2

    @property
    def _usual_sharpness(self) -> float:
        return float(np.percentile(self._sharpness, 80))

    @property
    def _restless(self) -> bool:
        lately = list(self._changes)[-TIRED:]
        return len(lately) == TIRED and min(lately) > self._same


def _edge_of(thumb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """`(n,)` its outermost pixels, once round, as if its median were MIDDLE: a lamp that dims reaches nowhere."""
    round_it = np.concatenate([thumb[0], thumb[1:, -1], thumb[-1, -2::-1], thumb[-2:0:-1, 0]])
    return round_it.astype(np.float32) * np.float32(MIDDLE / max(float(np.median(thumb)), 1.0))
