"""What a network is asked while it learns: a sample of the frames that it never learns from."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import area, intersection
from inspector.detections import Detections
from inspector.labeling.dataset import Dataset
from inspector.learning.keras_detector import BATCH, KerasDetector
from inspector.learning.lesson import Lesson
from inspector.learning.network import DOUBTFUL, Network
from inspector.learning.sampling import padded
from inspector.learning.scenes import evenly
from inspector.learning.sight import Sight, sight_of
from inspector.validation.metrics import Truth, mean_average_precision
from inspector.validation.thresholds import Tally, choose_threshold, tally

MOST_FRAMES = 64
MOST_SIGHTS = 6


@dataclass(frozen=True)
class Marks:
    """What an exam found.

    loss: that of training, in which nothing was learned. recall: the share of the components that score enough, at
    scores chosen on the same frames. loudest: the highest score on an empty frame; None where none was asked.
    average_precision: COCO's, at an IoU of 0.5.
    """

    loss: float
    recall: float
    loudest: float | None
    average_precision: float

    def as_json(self) -> dict[str, float | None]:
        """The figures, rounded, with None for those that are not known."""
        values = asdict(self).items()
        return {name: None if value is None or np.isnan(value) else round(value, 4) for name, value in values}


class Exam:
    """Held-out frames, evenly spread, half of them with boxes and half empty where there are both.

    What is seen in them goes through the same suppression as at the station.
    Args: batch: frames at a time; most: frames in all.
    """

    def __init__(self, dataset: Dataset, network: Network, batch: int = BATCH, most: int = MOST_FRAMES) -> None:
        self._part = dataset.held_out
        self._frames = evenly(self._part.empty, most)
        self._batch = min(batch, len(self._frames))
        self._detector = KerasDetector(network, dataset.labels)
        self._labels = self._detector.labels
        self._lesson = Lesson(network)
        self._lesson.compile(jit_compile=keras.backend.backend() == "jax")
        self._seen: list[Detections] = []

    def __bool__(self) -> bool:
        """Whether there is anything to ask."""
        return len(self._frames) > 0

    @property
    def boxes(self) -> int:
        """How many components the frames show."""
        return sum(len(self._truth(int(frame)).boxes) for frame in self._frames)

    def sit(self) -> Marks:
        """What the network, as it now stands, makes of the frames."""
        pictures = self._part.images[self._frames]
        seen = [self._taught(frame, one) for frame, one in zip(self._frames, self._detector.see(pictures), strict=True)]
        self._seen = seen
        empty = [one for frame, one in zip(self._frames, seen, strict=True) if self._part.empty[frame]]
        return Marks(
            loss=float(
                np.mean([self._lesson.test_on_batch(batch, return_dict=True)["loss"] for batch in self._batches()])
            ),
            recall=self._recall(seen),
            loudest=max((float(one.scores.max(initial=0)) for one in empty), default=None),
            average_precision=mean_average_precision([self._truth(int(frame)) for frame in self._frames], seen),
        )

    def sights(self, most: int = MOST_SIGHTS) -> tuple[Sight, ...]:
        """What was seen the last time in a few of the frames, the same ones each time; none before the first time."""
        if not self._seen:
            return ()
        picked = evenly(self._part.empty[self._frames], most)
        return tuple(sight_of(int(self._frames[i]), self._seen[i], self._truth(int(self._frames[i]))) for i in picked)

    def _batches(self) -> Iterator[dict[str, Any]]:
        """The frames as a lesson takes them. Another number of them would be compiled anew: the last few are asked
        with some of those before.
        """
        rows = max(len(boxes) for boxes in self._part.boxes) or 1
        for start in range(0, len(self._frames), self._batch):
            some = self._frames[min(start, len(self._frames) - self._batch) :][: self._batch]
            each = [padded(self._part.boxes[frame], self._part.classes[frame], rows) for frame in some]
            truth = {key: np.stack([one[key] for one in each]) for key in each[0]}
            yield {"pictures": self._part.images[some], "truth": truth | {"taught": self._part.taught[some]}}

    def _taught(self, frame: np.intp, seen: Detections) -> Detections:
        """Without that of which the frame is silent: labels that it does not teach, and what it shows too little of."""
        doubtful = self._part.boxes[frame][self._part.classes[frame] == DOUBTFUL]
        hidden = intersection(seen.boxes, doubtful) > 0.5 * area(seen.boxes)[:, None]
        return seen.where(self._part.taught[frame][seen.classes] & ~hidden.any(axis=1))

    def _recall(self, seen: list[Detections]) -> float:
        found = wanted = 0
        for component in dict.fromkeys(label.component for label in self._labels):
            columns = np.flatnonzero([label.component == component for label in self._labels])
            marks = sum((self._tally(f, one, columns) for f, one in zip(self._frames, seen, strict=True)), Tally())
            least = choose_threshold(marks.right, marks.wrong)
            found += sum(score >= least for score in marks.right)
            wanted += len(marks.right)
        return found / wanted if wanted else float("nan")

    def _tally(self, frame: np.intp, seen: Detections, columns: NDArray[np.intp]) -> Tally:
        mine = np.isin(self._part.classes[frame], columns)
        found = seen.where(np.isin(seen.classes, columns))
        return tally(found, self._part.boxes[frame][mine], self._part.classes[frame][mine])

    def _truth(self, frame: int) -> Truth:
        part = self._part
        taught = [label.component for label, says in zip(self._labels, part.taught[frame], strict=False) if says]
        components = tuple(dict.fromkeys(taught))
        sure = ~np.isin(part.classes[frame], (DOUBTFUL, *part.lookalikes))
        return Truth(part.names[frame], part.boxes[frame][sure], part.classes[frame][sure], self._labels, components)
