"""What truly is in the frames that are taught: a person at the window sees it, the driver of the window does not."""

from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.pictures import read_picture
from inspector.capture.simulator import open_simulator
from inspector.frame import Image
from inspector.labeling.annotation import Box
from inspector.labeling.extraction import ExtractedFrame
from inspector.recipe import Label
from tests.benchmarks import bottles
from tests.benchmarks.marked import read_voc

Seen = tuple[Box, ...] | None
"""The boxes of all that a frame shows; None where it is to be left out: a hand is before it, or it is in the air."""

Witness = Callable[[ExtractedFrame], Seen]

THUMB = (64, 48)
LONGEST_S = 60
FRAMES_PER_S = 30


def of_simulator(source: str, component: str) -> Witness:
    """Finds which picture of the scene a frame is, and asks the simulator about that one."""
    truths = open_simulator(source)
    playing = open_simulator(f"{source},pace=0")
    frames = (playing.read() for _ in range(LONGEST_S * FRAMES_PER_S))
    thumbs = np.array([_thumb(frame.image) for frame in frames if frame is not None])

    def witness(frame: ExtractedFrame) -> Seen:
        apart = np.abs(thumbs - _thumb(read_picture(frame.path))).mean(axis=(1, 2, 3))
        true = truths.truth(int(apart.argmin()))
        mine = [i for i, label in enumerate(true.labels) if label.component == component]
        boxes = tuple(Box.of(true.labels[i], tuple(map(float, true.boxes[i]))) for i in mine)
        return None if true.hand else boxes

    return witness


def of_bottle(data: Path, component: str, first: int) -> Witness:
    """Of the left place of the crate, in a video that begins at that frame of the whole one."""
    truth = bottles.truth_of(data)

    def witness(frame: ExtractedFrame) -> Seen:
        moment = truth[first + frame.number]
        boxes = (Box.of(Label(component), moment.box),) if moment.box else ()
        return None if moment.verdict is None else boxes

    return witness


def of_photographs(images: Path, labels: Mapping[str, Label]) -> Witness:
    """By the boxes that lie beside them. labels: by the names that these have there."""

    def witness(frame: ExtractedFrame) -> Seen:
        path = images / Path(frame.media).with_suffix(".xml").name
        boxes, classes = read_voc(path, list(labels))
        named = list(labels.values())
        return tuple(Box.of(named[i], tuple(map(float, box))) for i, box in zip(classes, boxes, strict=True))

    return witness


def _thumb(image: Image) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(image, THUMB, interpolation=cv2.INTER_AREA), np.float32)
