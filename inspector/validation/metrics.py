"""Figures of a detector on frames whose truth is known, each with its n and its interval."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from inspector.boxes import Boxes
from inspector.detections import Detections
from inspector.recipe import Component, Label


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true of one frame. boxes `(n, 4)` in pixels of the frame, classes `(n,)` indices into labels, in step.

    components: those that the frame says something about; it is silent on the others.
    """

    name: str
    boxes: Boxes
    classes: NDArray[np.int32]
    labels: tuple[Label, ...]
    components: tuple[str, ...]

    def count(self, component: Component) -> int:
        """How many of the component it holds, in a passing pattern where it has patterns."""
        return int(np.isin(self.classes, _passing(component, self.labels)).sum())

    def complete(self, component: Component) -> bool:
        """Whether the component is as it shall be: the right number of it, and none in a failing pattern."""
        mine = sum(self.labels[int(k)].component == component.name for k in self.classes)
        return mine == self.count(component) == component.count


@dataclass(frozen=True)
class Rate:
    """k of n, with the exact (Clopper and Pearson 1934) 95 % interval."""

    k: int
    n: int

    @property
    def value(self) -> float:
        """The share; NaN where n is 0."""
        return self.k / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """(low, high) of the share; (0, 1) where n is 0."""
        if not self.n:
            return 0.0, 1.0
        # The quantile of the beta distribution. It takes long to load, and every command imports this file.
        from scipy.special import betaincinv

        low = float(betaincinv(self.k, self.n - self.k + 1, 0.025)) if self.k else 0.0
        high = float(betaincinv(self.k + 1, self.n - self.k, 0.975)) if self.k < self.n else 1.0
        return low, high

    def __str__(self) -> str:
        if not self.n:
            return "none to count"
        low, high = self.interval
        return f"{self.k} of {self.n} ({100 * low:.1f} to {100 * high:.1f} %)"


def component_score(component: Component, detections: Detections) -> float:
    """The score at which the component would just count as complete: the count-th best of its passing detections.

    0 where there are fewer. It makes "is it there?" a single number, so that one threshold trades escapes for overkill.
    What must not be there has none.
    """
    passing = np.isin(detections.classes, _passing(component, detections.labels))
    scores = np.sort(detections.scores[passing])[::-1]
    return float(scores[component.count - 1]) if len(scores) >= component.count else 0.0


@dataclass(frozen=True)
class Tradeoff:
    """Escapes at a stated overkill: the threshold, and what it costs on each side."""

    threshold: float
    escapes: Rate
    overkill: Rate


def escapes_at(good: Sequence[float], bad: Sequence[float], most_overkill: float) -> Tradeoff:
    """The highest threshold that rejects at most that share of the good, and the bad that then pass.

    Args: good and bad: `component_score` of frames with and without the complete component.
    """
    ranked = sorted(good)
    may_reject = int(most_overkill * len(ranked) + 1e-9)
    threshold = ranked[may_reject] if may_reject < len(ranked) else 1.0
    rejected = sum(score < threshold for score in ranked)
    # A bad frame without a single detection scores 0: it never passes, whatever the threshold.
    passed = sum(score >= threshold and score > 0 for score in bad)
    return Tradeoff(threshold, Rate(passed, len(bad)), Rate(rejected, len(ranked)))


def mean_average_precision(truths: Sequence[Truth], found: Sequence[Detections], iou: float = 0.5) -> float:
    """COCO's mean average precision (101 recall points) at one IoU, over the labels that occur; NaN where none does.

    A label on which a frame is silent is not counted against the detector there.
    """
    if not any(len(truth.boxes) for truth in truths):
        return float("nan")
    rows = _as_rows(truths, found)
    if not len(rows):
        return 0.0  # pycocotools cannot read an empty list of detections
    with contextlib.redirect_stdout(io.StringIO()):
        reference = COCO()
        reference.dataset = _as_coco(truths)
        reference.createIndex()
        evaluation = COCOeval(reference, reference.loadRes(rows), "bbox")
        evaluation.params.iouThrs = np.array([iou])
        evaluation.params.areaRng = [[0, 1e10]]
        evaluation.params.areaRngLbl = ["all"]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][0, :, :, 0, -1]
    return float(precision[precision > -1].mean())


def _as_coco(truths: Sequence[Truth]) -> dict[str, object]:
    annotations: list[dict[str, object]] = []
    for number, truth in enumerate(truths):
        for box, label in zip(truth.boxes, truth.classes, strict=True):
            sides = _sides(box)
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": number,
                    "category_id": int(label),
                    "bbox": sides,
                    "area": sides[2] * sides[3],
                    "iscrowd": 0,
                }
            )
    labels = truths[0].labels
    return {
        "info": {},
        "images": [{"id": number} for number in range(len(truths))],
        "categories": [{"id": number, "name": str(label)} for number, label in enumerate(labels)],
        "annotations": annotations,
    }


def _as_rows(truths: Sequence[Truth], found: Sequence[Detections]) -> NDArray[np.float64]:
    """`(n, 7)` rows of image, x, y, width, height, score, category, as pycocotools takes them."""
    rows = [
        (number, *_sides(detections.boxes[i]), float(detections.scores[i]), int(detections.classes[i]))
        for number, (truth, detections) in enumerate(zip(truths, found, strict=True))
        for i in range(len(detections))
        if detections.label(i).component in truth.components
    ]
    return np.array(rows, np.float64).reshape(-1, 7)


def _sides(box: NDArray[np.float32]) -> list[float]:
    xmin, ymin, xmax, ymax = (float(value) for value in box)
    return [xmin, ymin, xmax - xmin, ymax - ymin]


def _passing(component: Component, labels: tuple[Label, ...]) -> NDArray[np.intp]:
    """The indices of the component's labels that pass."""
    failing = {pattern.name for pattern in component.patterns if not pattern.passes}
    mine = [i for i, label in enumerate(labels) if label.component == component.name and label.pattern not in failing]
    return np.array(mine, np.intp)
