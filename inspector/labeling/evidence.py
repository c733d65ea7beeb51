"""What the searchers say of a frame: whether a component is in it, and whether it is where a box says."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import iou
from inspector.detections import Detections
from inspector.frame import Image
from inspector.labeling.annotation import Box
from inspector.labeling.search import HIDES, SHOWS, Search
from inspector.labeling.suspicion import Place, Searcher, Seems, Suspicion, is_same_place
from inspector.recipe import Label

NEAR = 0.3
"""IoU from which a detection may be what a box says."""

Sight = tuple[float, Place]
"""How much something is like the component, in [0, 1], and where it is."""


class Evidence:
    """What is to be known of one frame.

    Args: index: of the frame, among its recording's; looks: by how each label looks; seen: what a detector sees that
    was not taught by the frame, None where none looked.
    """

    def __init__(self, index: int, image: Image, looks: Mapping[Label, Search], seen: Detections | None) -> None:
        self._index, self._image, self._looks, self._seen = index, image, looks, seen

    def there(self, label: Label) -> Iterator[Suspicion]:
        """That a label is in the frame, once for each place where it seems to be."""
        sights = [(sight, searcher) for searcher, some in self._sights(label).items() for sight in some]
        left = sorted((one for one in sights if one[0][0] >= SHOWS), key=lambda one: one[0][0], reverse=True)
        while left:
            (score, place), _ = left[0]
            by = {searcher for (_, other), searcher in left if is_same_place(place, other)}
            yield Suspicion(self._index, Seems.THERE, label, place, score, tuple(one for one in Searcher if one in by))
            left = [one for one in left if not is_same_place(place, one[0][1])]

    def not_at(self, box: Box) -> Iterator[Suspicion]:
        """That what a box says is not there."""
        place = np.array(box.xyxy, np.float32)
        if found := self._at(box.label, place):
            yield from self._hidden(box.label, box.xyxy, found)

    def nowhere(self, labels: Sequence[Label]) -> Iterator[Suspicion]:
        """That none of the labels, all of one component, is in the frame."""
        each = [self._sights(label) for label in labels]
        searchers = {searcher for sights in each for searcher in sights}
        found = {one: max(_best(sights[one]) for sights in each if one in sights) for one in sorted(searchers)}
        if found:
            yield from self._hidden(labels[0], None, found)

    def _hidden(self, label: Label, place: Place | None, found: Mapping[Searcher, float]) -> Iterator[Suspicion]:
        if max(found.values()) < HIDES:
            yield Suspicion(self._index, Seems.OUT_OF_SIGHT, label, place, 1 - max(found.values()), tuple(found))

    def _sights(self, label: Label) -> dict[Searcher, list[Sight]]:
        """Where each searcher that can tell sees most of a label."""
        found: dict[Searcher, list[Sight]] = {}
        if traces := self._looks[label].traces(self._image):
            found[Searcher.TEMPLATE] = [(_share(trace.alike), trace.box) for trace in traces]
        if (seen := self._of(label)) is not None:
            found[Searcher.DETECTOR] = _seen(seen)
        return found

    def _at(self, label: Label, place: NDArray[np.float32]) -> dict[Searcher, float]:
        found: dict[Searcher, float] = {}
        if self._looks[label]:
            found[Searcher.TEMPLATE] = _share(self._looks[label].alike(self._image, place))
        if (seen := self._of(label)) is not None:
            found[Searcher.DETECTOR] = _best(_seen(seen.where(iou(seen.boxes, place[None])[:, 0] >= NEAR)))
        return found

    def _of(self, label: Label) -> Detections | None:
        """What it sees of a label, or of its component if it was taught no patterns; None if it was taught neither."""
        taught = () if self._seen is None else self._seen.labels
        known = next((one for one in (label, Label(label.component)) if one in taught), None)
        if self._seen is None or known is None:
            return None
        return self._seen.where(self._seen.classes == taught.index(known))


def _seen(seen: Detections) -> list[Sight]:
    boxes = seen.boxes.tolist()
    return [(score, (x1, y1, x2, y2)) for score, (x1, y1, x2, y2) in zip(seen.scores.tolist(), boxes, strict=True)]


def _best(sights: Sequence[Sight]) -> float:
    return max((score for score, _ in sights), default=0.0)


def _share(alike: float) -> float:
    return min(max(alike, 0.0), 1.0)
