"""What a bundle sees where its component is known not to be: an error each, and what teaches it best."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import as_boxes, clip, iou
from inspector.bundle import Bundle
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.errors import InputError
from inspector.files import written_whole
from inspector.frame import utc_now
from inspector.labeling.annotation import Annotation, Box, State, read_annotations, write_annotations
from inspector.labeling.takes import USABLE, Shot, Take, takes_of
from inspector.recipe import LOOKALIKE, Label
from inspector.settings import Workspace
from inspector.validation.sheet import BAD, UNSURE, caption, draw, sheet

NEARLY = 0.1
"""The least score that is listed where nobody says another: the working score lies above all of them by its choice."""
SAME_PLACE = 0.5
AROUND = 1.0
MOST_PICTURES = 60

Counts = Callable[[Detections], Detections]


@dataclass(frozen=True, eq=False)
class FalseDetection:
    """One thing seen on a negative frame. seen: it alone; known: it is boxed as a lookalike already."""

    take: Take
    shot: Shot
    seen: Detections
    known: bool

    @property
    def name(self) -> str:
        """The frame's, `recording/frame`."""
        return self.take.name_of(self.shot)

    @property
    def label(self) -> Label:
        return self.seen.label(0)

    @property
    def score(self) -> float:
        return float(self.seen.scores[0])

    def as_json(self) -> dict[str, object]:
        """It as a program reads it."""
        return {
            "recording": self.take.recording.id,
            "frame": self.shot.name,
            "label": self.label.name,
            "component": self.label.component,
            "score": round(self.score, 4),
            "box": [round(float(edge), 1) for edge in self.seen.boxes[0]],
            "lookalike": self.known,
        }


def false_detections(
    place: Workspace,
    bundle: Bundle,
    detector: Detector,
    counts: Counts,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> list[FalseDetection]:
    """All that the bundle sees on the negative recordings of its recipe, the highest scores first.

    The order depends on the bundle and the recordings alone, so a number in it means the same until either changes.

    Args: counts: which of a frame's detections count as seen.
    Raises: InputError where there is no negative frame.
    """
    frames = list(_negative_frames(takes_of(place, bundle.manifest.recipe)))
    if not frames:
        raise InputError(
            f"There is no frame of a negative recording for '{bundle.manifest.recipe.name}'. Record the place without "
            "the component (inspector record --negative), then take its frames: inspector extract"
        )
    found: list[FalseDetection] = []
    for done, (take, shot) in enumerate(frames, 1):
        found += on_frame(take, shot, counts(detector.detect(shot.image())))
        progress(done, len(frames))
    return sorted(found, key=lambda one: -one.score)


def _negative_frames(takes: Sequence[Take]) -> Iterator[tuple[Take, Shot]]:
    for take in takes:
        if take.recording.verified_empty:
            yield from ((take, shot) for shot in take.in_state(*USABLE) if take.of(shot).empty)


def on_frame(take: Take, shot: Shot, seen: Detections) -> Iterator[FalseDetection]:
    """What of that is false on a frame of a negative recording that shows no component."""
    boxed = take.of(shot).boxes
    for i in range(len(seen)):
        label = seen.label(i)
        # The recording is attested to be empty of its own components; of the others nobody said anything.
        if label.component in take.recording.components:
            mine = as_boxes([box.xyxy for box in boxed if box.component == label.component])
            known = bool((iou(seen.boxes[i : i + 1], mine) > SAME_PLACE).any())
            yield FalseDetection(take, shot, seen.where(np.array([i])), known)


def take_as_lookalikes(picked: Sequence[FalseDetection], by: str) -> int:
    """Make them lookalike boxes of their frames; what is one already stays as it is.

    Args: by: the person who says that these are not the component.
    Returns: how many are new.
    """
    new = [one for one in picked if not one.known]
    for folder in {one.take.folder for one in new}:
        annotations = read_annotations(folder)
        for one in (one for one in new if one.take.folder == folder):
            annotations = annotations.with_frames(
                {one.shot.name: _with_lookalike(annotations.of(one.shot.name), one, by)}
            )
        write_annotations(folder, annotations)
    return len(new)


def _with_lookalike(known: Annotation, one: FalseDetection, by: str) -> Annotation:
    xmin, ymin, xmax, ymax = (float(edge) for edge in clip(one.seen.boxes, *one.shot.size)[0])
    box = Box.of(Label(one.label.component, LOOKALIKE), (xmin, ymin, xmax, ymax))
    return Annotation(state=State.BOXES, boxes=(*known.boxes, box), by=by, at=utc_now())


def write_sheet(path: Path, found: Sequence[FalseDetection]) -> None:
    """The first of them, each with its surroundings under its number and score.

    Raises: ValueError where there is none.
    """
    picture = sheet([_tile(number, one) for number, one in enumerate(found[:MOST_PICTURES], 1)])
    with written_whole(path) as file:
        file.write(cv2.imencode(path.suffix, picture)[1].tobytes())


def _tile(number: int, one: FalseDetection, side: int = 200) -> NDArray[np.uint8]:
    xmin, ymin, xmax, ymax = one.seen.boxes[0].tolist()
    reach = AROUND * max(xmax - xmin, ymax - ymin)
    drawn = draw(one.shot.image(), one.seen)
    left, top = max(0, round(xmin - reach)), max(0, round(ymin - reach))
    cut = drawn[top : round(ymax + reach), left : round(xmax + reach)]
    return caption(_square(cut), f"{number}: {one.label.name} {one.score:.2f}", UNSURE if one.known else BAD, side)


def _square(cut: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture padded below and right to a square, so that all tiles are as high."""
    height, width = cut.shape[:2]
    longest = max(height, width)
    return np.asarray(cv2.copyMakeBorder(cut, 0, longest - height, 0, longest - width, cv2.BORDER_REPLICATE), np.uint8)
