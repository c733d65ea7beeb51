"""What a network sees in a few held-out frames while it learns, for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from inspector.bundle import Sighting, sightings
from inspector.detections import Detections
from inspector.files import written_whole
from inspector.labeling.dataset import Part
from inspector.validation.metrics import Truth
from inspector.validation.thresholds import matched

SHOWN = 0.5
"""The least score that is shown: what the network holds for more likely than not."""
MOST_SEEN = 20
"""Of one frame: a network that knows nothing yet may see a hundred things."""
QUALITY = 85


@dataclass(frozen=True)
class Sight:
    """What was seen in one held-out frame, best first, and what is there and was not seen, scored 0.

    frame: its index among them; right: in step with seen. xyxy in pixels of the packed picture.
    """

    frame: int
    seen: tuple[Sighting, ...]
    right: tuple[bool, ...]
    missed: tuple[Sighting, ...]

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        told = [{**_as_json(one), "right": right} for one, right in zip(self.seen, self.right, strict=True)]
        return {"seen": told, "missed": [_as_json(one) for one in self.missed]}


def _as_json(one: Sighting) -> dict[str, Any]:
    return {"component": one.component, "pattern": one.pattern, "score": one.score, "box": list(one.xyxy)}


def sight_of(frame: int, found: Detections, truth: Truth) -> Sight:
    """Args: found: best first, in the pixels and labels of the truth."""
    shown = found.where(np.flatnonzero(found.scores >= SHOWN)[:MOST_SEEN])
    taken = matched(shown, truth.boxes, truth.classes)
    left = np.setdiff1d(np.arange(len(truth.boxes)), taken)
    missed = Detections(truth.boxes[left], np.zeros(len(left), np.float32), truth.classes[left], truth.labels)
    return Sight(frame, sightings(shown), tuple((taken >= 0).tolist()), sightings(missed))


class Previews:
    """Pictures of the frames that are looked at, each written once, into a folder.

    Args: part: the frames that `Sight.frame` counts.
    """

    def __init__(self, folder: Path, part: Part) -> None:
        self._folder, self._part = folder, part

    def told(self, sights: Sequence[Sight]) -> list[dict[str, Any]]:
        """Each sight as a program reads it, with its picture and the frame's name. Raises: MachineError."""
        return [
            {"picture": str(self._picture(one.frame)), "frame": self._part.names[one.frame], **one.as_json()}
            for one in sights
        ]

    def _picture(self, frame: int) -> Path:
        path = self._folder / f"{frame}.jpg"
        if not path.exists():
            picture = np.ascontiguousarray(self._part.images[frame][:, :, ::-1])
            with written_whole(path) as file:
                file.write(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes())
        return path
