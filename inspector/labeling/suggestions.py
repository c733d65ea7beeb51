"""Boxes that were proposed for frames and wait for a person, beside a recording's annotations."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from inspector.errors import InputError
from inspector.files import MOST_BYTES_OF_FRAMES, Document, Section, read_document, write_document
from inspector.labeling.annotation import (
    ATTESTATION,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.settings import pick

FILE = "suggestions.yaml"
LEARNABLE = 20
"""Confirmed frames with boxes of a component, from which a detector learns to propose others."""


def confirmed_frames(frames: Iterable[Annotation]) -> Counter[str]:
    """Of each component, how many of these frames hold a box of it that somebody stands for; a lookalike is none."""
    return Counter(
        name
        for known in frames
        if known.confirmed
        for name in {box.component for box in known.boxes if not box.label.lookalike}
    )


def enough_of(frames: Mapping[str, int], components: Iterable[str]) -> list[str]:
    """Which of the components a detector can learn. Args: frames: as `confirmed_frames` counts them."""
    return [name for name in components if frames.get(name, 0) >= LEARNABLE]


class Origin(StrEnum):
    """What boxes were proposed from: the contrast between positive and negative videos, annotated frames around, or a
    detector that annotated frames taught.
    """

    CONTRAST = "contrast"
    TRACKING = "tracking"
    DETECTOR = "detector"


class Suggested(Section):
    """What is proposed for one frame, and how sure it is in [0, 1]."""

    boxes: tuple[Box, ...] = Field(min_length=1)
    sure: float = Field(ge=0, le=1)
    origin: Origin

    @property
    def lookalikes(self) -> bool:
        """Whether it shows nothing but lookalikes."""
        return all(box.label.lookalike for box in self.boxes)

    def as_annotation(self, by: str) -> Annotation:
        """As it is once somebody takes it as true."""
        return Annotation(state=State.BOXES, boxes=self.boxes, by=by, confidence=round(self.sure, 4))

    @property
    def digest(self) -> str:
        """What tells its boxes from others that may be proposed for the same frame."""
        boxes = "".join(box.model_dump_json() for box in self.boxes)
        return hashlib.sha256(boxes.encode()).hexdigest()[:12]

    def rejected(self, known: Annotation) -> Annotation:
        """What is known of the frame once a person refused these boxes: as much as before, and that these are wrong."""
        return known.model_copy(update={"rejected": self.digest})

    def waits(self, known: Annotation) -> bool:
        """Whether a person has still to say what becomes of it."""
        return waits(known, self.lookalikes) and (known.rejected is None or known.rejected != self.digest)


class Suggestions(Document):
    """`suggestions.yaml` of a recording. frames: by the name of the extracted picture."""

    most_bytes: ClassVar[int] = MOST_BYTES_OF_FRAMES
    frames: dict[str, Suggested] = {}


def waits(known: Annotation, lookalikes: bool) -> bool:
    """Whether nobody looked at the frame yet; a frame of lookalikes was attested to show no component."""
    return known.state is State.UNLABELED or (lookalikes and known.by == ATTESTATION)


def waiting(folder: Path, annotations: Annotations) -> dict[str, Suggested]:
    """What waits for a person, by frame: what was annotated since does not any more.

    Raises: FileProblems where the file has faults.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    remedy = "move this file away, and boxes are proposed again with: inspector suggest"
    frames = read_document(path, Suggestions, remedy).frames
    return {name: one for name, one in frames.items() if one.waits(annotations.of(name))}


def forget(folder: Path, origin: Origin) -> None:
    """Let nothing wait any more that comes from there: what it came from may be known better by now."""
    annotations = read_annotations(folder)
    found = waiting(folder, annotations)
    kept = {name: one for name, one in found.items() if one.origin is not origin}
    if kept != found:
        write_document(folder / FILE, Suggestions(frames=kept))


def put(folder: Path, annotations: Annotations, news: Mapping[str, Suggested]) -> None:
    """Let these wait too, in the place of what was proposed for the same frames."""
    write_document(folder / FILE, Suggestions(frames=dict(sorted({**waiting(folder, annotations), **news}.items()))))


def accept(folder: Path, names: Iterable[str] | None, by: str) -> list[str]:
    """Take what waits for the named frames as true, or where None for all but those of which nothing is sure: there a
    box is known to be missing. Returns: their names.

    Args: by: the person who looked. Raises: InputError for a frame for which nothing waits; FileProblems.
    """
    from inspector.labeling.extraction import read_frames  # with OpenCV behind it, which the window starts without

    annotations = read_annotations(folder)
    frames = {frame.name for frame in read_frames(folder).frames}
    found = {name: one for name, one in waiting(folder, annotations).items() if name in frames}
    if names is None:
        taken = [name for name, one in found.items() if one.sure]
    else:
        taken = [_picked(name, found, annotations) for name in dict.fromkeys(names)]
    write_annotations(folder, annotations.with_frames({name: found[name].as_annotation(by) for name in taken}))
    return taken


def reject(folder: Path, names: Iterable[str]) -> None:
    """Let what waits for the named frames wait no longer; what else is proposed for them later does.

    Raises: InputError for a frame for which nothing waits; FileProblems.
    """
    annotations = read_annotations(folder)
    found = waiting(folder, annotations)
    refused = [_picked(name, found, annotations) for name in names]
    news = {name: found[name].rejected(annotations.of(name)) for name in refused}
    write_annotations(folder, annotations.with_frames(news))


def _picked(name: str, found: Mapping[str, Suggested], annotations: Annotations) -> str:
    state = annotations.of(name).state
    if name not in found and state is not State.UNLABELED:
        raise InputError(f"{name} is annotated already: {state}. Nothing was changed.")
    return pick(name, list(found), "frame with a suggestion")
