"""Boxes between two frames that are annotated: followed from both sides, and sure where both ways agree.

Of a frame in which a box of either side is lost, or comes from one side alone, nothing is sure: something came, went,
or was hidden, and a person is asked. Neither where a box no longer looks as it does at both ends, nor where there is
another thing like it that neither end shows. A change that looks nearly the same, a pattern for a very similar one
and back again, is not noticed.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, as_boxes, iou
from inspector.frame import Frame
from inspector.labeling.extraction import thumb_of
from inspector.labeling.flow import Grey, alike, follow, like_it
from inspector.recipe import Label

WORK_SIDE = 800
"""Pixels of the longer side of what is looked at."""
REACH = 300
"""Frames that a box is followed for, at most: what is further from an annotated frame nobody vouches for."""
ONE_THING = 0.3
"""IoU from which what comes from before and what comes from after is one thing."""

STILL_ALIKE = 0.7
"""Correlation with what is in the box at either end."""
ANOTHER, CLEARLY = 0.8, 0.1
"""Correlation from which something beside the boxes is a thing like them, and by how much it is more so than what the
ends show there.
"""

Marks = Sequence[tuple[Label, NDArray[np.float32]]]
"""What a frame shows: each label and its box `(4,)` xyxy in pixels of the frame."""


@dataclass(frozen=True, eq=False)
class Tracked:
    """What was followed into one frame, and how sure each is in [0, 1]; of a frame in which any is missing, none is."""

    number: int
    marks: Marks
    confidence: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """What comes from one annotated frame: its labels, and where its boxes are in frames that follow it, or that it
    follows: `(F, n, 4)` in pixels of the frame, NaN where a box is lost.
    """

    labels: tuple[Label, ...]
    places: NDArray[np.float32]

    def at(self, away: int) -> list[tuple[Label, NDArray[np.float32]]]:
        """What is still known so many frames away."""
        if away >= len(self.places):
            return []
        return [(label, box) for label, box in zip(self.labels, self.places[away], strict=True) if box[0] == box[0]]


def track(
    frames: Iterable[Frame],
    annotated: Mapping[int, Marks],
    wanted: Sequence[int],
    progress: Callable[[int], object] = lambda number: None,
) -> Iterator[Tracked]:
    """What the wanted frames show, where any box can be followed there.

    Args: frames: all of a recording, in order; annotated: what is known of frames, by number, nothing of an empty one;
    progress: is told the number of each frame that was looked at.
    """
    stretch = Stretch(())
    for frame in frames:
        if not stretch.fits(frame):  # a camera that came back with another size
            yield from stretch.ended(None, wanted)
            stretch = Stretch(())
        stretch.add(frame)
        progress(frame.number)
        if frame.number in annotated:
            yield from stretch.ended(annotated[frame.number], wanted)
            stretch = Stretch(annotated[frame.number])
            stretch.add(frame)
    yield from stretch.ended(None, wanted)


class Stretch:
    """The frames from one that is annotated up to the next one, as far as a box is followed from either."""

    def __init__(self, before: Marks) -> None:
        self._before = before
        self._head, self._tail = list[Grey](), deque[Grey](maxlen=REACH + 1)
        self._first, self._last, self._scale, self._size = 0, 0, 1.0, (0, 0)

    def fits(self, frame: Frame) -> bool:
        """Whether the frame is as large as those before it."""
        return not self._head or frame.size == self._size

    def add(self, frame: Frame) -> None:
        """The next frame."""
        if not self._head:
            self._first, self._size = frame.number, frame.size
            self._scale = min(1.0, WORK_SIDE / max(frame.size))
        picture, self._last = thumb_of(frame.image, WORK_SIDE), frame.number
        self._tail.append(picture)
        if len(self._head) <= REACH:
            self._head.append(picture)

    def ended(self, after: Marks | None, wanted: Sequence[int]) -> Iterator[Tracked]:
        """What the wanted frames between the two show. after: of the frame added last; None where it is not known."""
        inner = [number for number in wanted if self._first <= number <= self._last]
        if not inner:
            return
        forth, back = self._side(self._before, self._head), self._side(after or (), list(self._tail)[::-1])
        for number in inner:
            since, until = number - self._first, self._last - number
            share = since / max(1, since + until)
            marks, confidence = merged(forth.at(since), back.at(until), share)
            whole = after is not None and len(self._before) == len(after) == len(marks) and all(confidence)
            if marks:
                sure = whole and self._as_at_its_ends(self._head[since], marks, after or ())
                yield Tracked(number, marks, confidence if sure else (0.0,) * len(marks))

    def _as_at_its_ends(self, picture: Grey, marks: Marks, after: Marks) -> bool:
        """Whether each box looks as at both ends, and nothing else looks more like one than there."""
        for end, known in ((self._head[0], self._before), (self._tail[-1], after)):
            for label in dict.fromkeys(label for label, _ in known):
                mine, its = self._of(marks, label), self._of(known, label)
                if any(max(alike(picture, box, end, other) for other in its) < STILL_ALIKE for box in mine):
                    return False
                template = _cut(end, its[0])
                beside = like_it(picture, template, mine)
                if beside >= ANOTHER and beside > like_it(end, template, its) + CLEARLY:
                    return False
        return True

    def _of(self, marks: Marks, label: Label) -> Boxes:
        """The boxes of a label, in pixels of what is looked at."""
        return as_boxes([box for its, box in marks if its == label]) * self._scale

    def _side(self, marks: Marks, pictures: Sequence[Grey]) -> Side:
        if not marks:
            return Side((), np.zeros((0, 0, 4), np.float32))
        labels, boxes = zip(*marks, strict=True)
        return Side(labels, follow(pictures, as_boxes(boxes) * self._scale) / self._scale)


def merged(before: Marks, after: Marks, share: float) -> tuple[Marks, tuple[float, ...]]:
    """What comes from before and from after as one, and how well they agree: IoU, 0 for what comes from one side alone.

    Args: share: where the frame lies between both, in [0, 1]; the nearer side outweighs the other.
    """
    marks: list[tuple[Label, NDArray[np.float32]]] = []
    agreed: list[float] = []
    left = list(after)
    for label, box in before:
        overlaps = [_overlap(box, other) if label == its else 0.0 for its, other in left]
        best = max(overlaps, default=0.0)
        if best < ONE_THING:
            marks.append((label, box))
        else:
            _, other = left.pop(overlaps.index(best))
            marks.append((label, (1 - share) * box + share * other))
        agreed.append(best if best >= ONE_THING else 0.0)
    return [*marks, *left], (*agreed, *(0.0 for _ in left))


def _overlap(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(iou(one[None], other[None])[0, 0])


def _cut(picture: Grey, box: NDArray[np.float32]) -> Grey:
    xmin, ymin, xmax, ymax = (max(0, round(float(value))) for value in box)
    return picture[ymin : max(ymax, ymin + 1), xmin : max(xmax, xmin + 1)]
