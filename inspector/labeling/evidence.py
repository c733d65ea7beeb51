"""What the searchers say of a frame: whether a component is in it, and whether it is where a box says."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import iou
from inspector.detections import Detections
from inspector.frame import Image
from inspector.labeling.annotation import Box
from inspector.labeling.search import HIDES, SHOWS, Search
from inspector.labeling.suspicion import Place, Searcher, Seems, Suspicion
from inspector.recipe import Label

NEAR = 0.3
"""IoU from which a detection may be what a box says."""

Sight = tuple[float, Place | None]
"""How much something is like the component, in [0, 1], and where it is."""


class Evidence:
    """What is to be known of one frame.

    Args: index: of the frame, among its recording's; looks: by how each label looks; seen: what a detector sees that
    was not taught by the frame, None where none looked.
    """

    def __init__(self, index: int, image: Image, looks: Mapping[Label, Search], seen: Detections | None) -> None:
        self._index, self._image, self._looks, self._seen = index, image, looks, seen

    def there(self, label: Label) -> Iterator[Suspicion]:
        """That a label is in the frame."""
        sights = {searcher: sight for searcher, sight in self._anywhere(label).items() if sight[0] >= SHOWS}
        if sights:
            score, place = max(sights.values(), key=lambda sight: sight[0])
            yield Suspicion(self._index, Seems.THERE, label, place, score, tuple(sights))

    def not_at(self, box: Box) -> Iterator[Suspicion]:
        """That what a box says is not there."""
        place = np.array(box.xyxy, np.float32)
        if found := self._at(box.label, place):
            yield from self._hidden(box.label, box.xyxy, found)

    def nowhere(self, labels: Sequence[Label]) -> Iterator[Suspicion]:
        """That none of the labels, all of one component, is in the frame."""
        each = [self._anywhere(label) for label in labels]
        searchers = {searcher for sights in each for searcher in sights}
        found = {one: max(sights[one][0] for sights in each if one in sights) for one in sorted(searchers)}
        if found:
            yield from self._hidden(labels[0], None, found)

    def _hidden(self, label: Label, place: Place | None, found: Mapping[Searcher, float]) -> Iterator[Suspicion]:
        if max(found.values()) < HIDES:
            yield Suspicion(self._index, Seems.OUT_OF_SIGHT, label, place, 1 - max(found.values()), tuple(found))

    def _anywhere(self, label: Label) -> dict[Searcher, Sight]:
        found: dict[Searcher, Sight] = {}
        if trace := self._looks[label].best(self._image):
            found[Searcher.TEMPLATE] = _share(trace.alike), trace.box
        if (seen := self._of(label)) is not None:
            found[Searcher.DETECTOR] = _best(seen)
        return found

    def _at(self, label: Label, place: NDArray[np.float32]) -> dict[Searcher, float]:
        found: dict[Searcher, float] = {}
        if self._looks[label]:
            found[Searcher.TEMPLATE] = _share(self._looks[label].alike(self._image, place))
        if (seen := self._of(label)) is not None:
            found[Searcher.DETECTOR] = _best(seen.where(iou(seen.boxes, place[None])[:, 0] >= NEAR))[0]
        return found

    def _of(self, label: Label) -> Detections | None:
        """What it sees of a label, or of its component if it was taught no patterns; None if it was taught neither."""
        taught = () if self._seen is None else self._seen.labels
        known = next((one for one in (label, Label(label.component)) if one in taught), None)
        if self._seen is None or known is None:
            return None
        return self._seen.where(self._seen.classes == taught.index(known))


def _best(seen: Detections) -> Sight:
    if not len(seen):
        return 0.0, None
    first = int(seen.scores.argmax())
    xmin, ymin, xmax, ymax = seen.boxes[first].tolist()
    return float(seen.scores[first]), (xmin, ymin, xmax, ymax)


def _share(alike: float) -> float:
    return min(max(alike, 0.0), 1.0)
