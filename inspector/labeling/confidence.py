"""How sure a proposed box is: it differs clearly, it lasts, there are as many as usual, and nothing else differs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, clip
from inspector.labeling.background import Map
from inspector.labeling.blobs import SATURATED, SURE
from inspector.labeling.persistence import Sight, boxes_of

LASTS = 0.5
LEAST_SHARE = 0.1
OTHER_COUNT = 0.4
RIVAL = 0.75
RIVAL_WEIGHT = 0.25
RIM = 4
FORGIVEN = 0.15
STRAY, STRAY_AGAIN = 1.2, 2.5
ROUND = 0.4


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
    lasting = ([sight for sight in sights if sight.share > LEAST_SHARE] for sights in settled)
    counts = Counter(len(sights) for sights in lasting if sights)
    return counts.most_common(1)[0][0] if counts else 0


def weigh(sights: Sequence[Sight], values: Map, expected: int, familiar: float) -> Suggestion:
    """The best of a picture's things, as many as expected, each with its confidence. Boxes in working pixels.

    familiar: how much of what all pictures show this one shows, in [0, 1]; little of it where all is in motion.
    """
    ranked = sorted(sights, key=lambda sight: (-round(sight.share, 1), -sight.blob.energy))
    best = [sight for sight in ranked[:expected] if sight.share > LEAST_SHARE]
    if not best:
        return NONE
    height, width = values.shape
    boxes = clip(boxes_of([sight.blob for sight in best]), width, height)
    drawn = clip(boxes_of([sight.own or sight.blob for sight in best]), width, height)
    strength = np.clip([_inside(values, box) - 1 for box in boxes], 0, 1)
    lasting = np.clip([sight.share / LASTS for sight in best], 0, 1)
    agreement = OTHER_COUNT if len(best) < expected or _rivalled(best, ranked[expected:]) else 1.0
    # What was told apart here is doubted less for its neighbours than what something may hide.
    doubt = [STRAY_AGAIN if sight.again else STRAY for sight in best]
    alone = np.clip([1 + FORGIVEN - doubt[i] * _stray(values, boxes, i) for i in range(len(best))], 0, 1)
    sure = strength * lasting * alone * agreement * familiar
    # A thing set again from the other pictures may lie outside this one.
    there = (drawn[:, 2:] - drawn[:, :2]).min(axis=1) >= 1
    return Suggestion(drawn[there], sure[there].astype(np.float32))


def _rivalled(best: Sequence[Sight], others: Sequence[Sight]) -> bool:
    """Whether something else could be the component.

    What keeps its place is known by it; where it may lie anywhere, another thing of some size might be the right one.
    """
    least = min(best, key=lambda sight: sight.share)
    weight = max(sight.blob.energy for sight in best)
    loose = least.placed < LASTS
    return any(
        other.share > RIVAL * least.share or (loose and other.blob.energy > RIVAL_WEIGHT * weight) for other in others
    )


def _inside(values: Map, box: NDArray[np.float32]) -> float:
    """The mean difference inside a box where there is one, in thresholds."""
    xmin, ymin, xmax, ymax = np.round(box).astype(int).tolist()
    cut = values[max(ymin, 0) : ymax, max(xmin, 0) : xmax]
    return float(np.minimum(cut[cut > 1], SATURATED).mean()) if (cut > 1).any() else 0.0


def _stray(values: Map, boxes: Boxes, index: int) -> float:
    """How much differs round a box, as a share of what differs in it: a hand, another thing."""
    xmin, ymin, xmax, ymax = np.round(boxes[index]).astype(int).tolist()
    reach = RIM + round(ROUND * (xmax - xmin + ymax - ymin) / 2)
    left, top = max(xmin - reach, 0), max(ymin - reach, 0)
    cut = values[top : ymax + reach, left : xmax + reach]
    energy = np.where(cut > SURE, np.minimum(cut, SATURATED), 0)
    for x0, y0, x1, y1 in np.round(boxes).astype(int).tolist():
        if (x0, y0, x1, y1) != (xmin, ymin, xmax, ymax):
            energy[
                max(y0 - RIM - top, 0) : max(y1 + RIM - top, 0), max(x0 - RIM - left, 0) : max(x1 + RIM - left, 0)
            ] = 0
    total = float(energy.sum())
    held = float(
        energy[max(ymin - RIM - top, 0) : ymax + RIM - top, max(xmin - RIM - left, 0) : xmax + RIM - left].sum()
    )
    return (total - held) / max(held, 1e-6)
