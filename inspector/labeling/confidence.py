"""How sure a proposed box is: it differs clearly, it lasts, there are as many as usual, and nothing else differs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, clip
from inspector.labeling.background import Map
from inspector.labeling.blobs import SATURATED, SURE
from inspector.labeling.persistence import Sight, boxes_of

LASTS = 0.5
OTHER_COUNT = 0.4
RIM = 4
STRAY = 1.3


@dataclass(frozen=True, eq=False)
class Suggestion:
    """Boxes proposed for one frame, and how sure each is in [0, 1]: `(n, 4)` and `(n,)` float32."""

    boxes: Boxes
    confidence: NDArray[np.float32]

    @property
    def sure(self) -> float:
        """How sure the frame is as a whole: as its least sure box; 0 without a box."""
        return float(self.confidence.min()) if len(self.confidence) else 0.0

    def moved(self, scale: float, x: float, y: float) -> "Suggestion":
        """The same in another picture: boxes times scale, then shifted."""
        return replace(self, boxes=(self.boxes * scale + np.array([x, y, x, y])).astype(np.float32))


NONE = Suggestion(EMPTY, np.zeros(0, np.float32))


def usual_count(settled: Sequence[Sequence[Sight]]) -> int:
    """How many things most pictures show; 0 where none shows any."""
    counts = Counter(len(sights) for sights in settled if sights)
    return counts.most_common(1)[0][0] if counts else 0


def weigh(sights: Sequence[Sight], values: Map, expected: int) -> Suggestion:
    """The best of a picture's things, as many as expected, each with its confidence. Boxes in working pixels."""
    best = sorted(sights, key=lambda sight: -sight.share * sight.blob.energy)[:expected]
    if not best:
        return NONE
    height, width = values.shape
    boxes = clip(boxes_of([sight.blob for sight in best]), width, height)
    strength = np.clip([_inside(values, box) - 1 for box in boxes], 0, 1)
    lasting = np.clip([sight.share / LASTS for sight in best], 0, 1)
    agreement = 1.0 if len(best) == expected else OTHER_COUNT
    sure = strength * lasting * agreement * _clean(values, boxes)
    # A thing set again from the other pictures may lie outside this one.
    there = (boxes[:, 2:] - boxes[:, :2]).min(axis=1) >= 1
    return Suggestion(boxes[there], sure[there].astype(np.float32))


def _inside(values: Map, box: NDArray[np.float32]) -> float:
    """The mean difference inside a box where there is one, in thresholds."""
    xmin, ymin, xmax, ymax = np.round(box).astype(int).tolist()
    cut = values[max(ymin, 0) : ymax, max(xmin, 0) : xmax]
    return float(np.minimum(cut[cut > 1], SATURATED).mean()) if (cut > 1).any() else 0.0


def _clean(values: Map, boxes: Boxes) -> float:
    """1 where all that differs lies in the boxes, 0 where as much differs outside them (a hand, another thing)."""
    mask = np.zeros(values.shape, np.uint8)
    for xmin, ymin, xmax, ymax in np.round(boxes).astype(int).tolist():
        cv2.rectangle(mask, (xmin - RIM, ymin - RIM), (xmax + RIM, ymax + RIM), 1, cv2.FILLED)
    energy = np.where(values > SURE, np.minimum(values, SATURATED), 0)
    held = float(energy[mask > 0].sum())
    stray = float(energy[mask == 0].sum())
    return float(np.clip(STRAY - STRAY * stray / max(held, 1e-6), 0, 1))
