"""What is true of each frame of a recording: boxes, verified empty, ignored or unlabeled, four different things."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from inspector.files import Document, Section, read_document, write_document

FILE = "annotations.yaml"


class State(StrEnum):
    """What is known of a frame, and so what it teaches."""

    BOXES = "boxes"
    VERIFIED_EMPTY = "verified empty"
    IGNORED = "ignored"
    UNLABELED = "unlabeled"


class Box(Section):
    """One component seen. xyxy in pixels of the frame, xmax and ymax exclusive; pattern where the component has patterns."""

    component: str
    pattern: str | None = None
    xyxy: tuple[float, float, float, float]

    @model_validator(mode="after")
    def _right_way_round(self) -> Self:
        xmin, ymin, xmax, ymax = self.xyxy
        if not (xmin < xmax and ymin < ymax):
            raise ValueError(f"a box must have xmin < xmax and ymin < ymax, this one is {list(self.xyxy)}")
        return self


class Annotation(Section):
    """What is true of one frame.

    by: who said so: a person, `attestation` (a negative recording), `suggestion` (accepted above a confidence), `import`.
    confidence: of the suggestion that it came from, in [0, 1]; None where a person drew it.
    """

    state: State = State.UNLABELED
    boxes: tuple[Box, ...] = ()
    by: str | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _boxes_as_stated(self) -> Self:
        if (self.state is State.BOXES) != bool(self.boxes):
            raise ValueError(f"a frame with {len(self.boxes)} boxes cannot be '{self.state}'")
        return self


class Annotations(Document):
    """`annotations.yaml` of a recording. frames: by the name of the extracted picture (`000123.png`)."""

    frames: dict[str, Annotation] = {}


def read_annotations(folder: Path) -> Annotations:
    """A recording's annotations; none where nobody has made any yet.

    Raises: FileProblems where the file has faults: it is never taken for empty, and so never overwritten.
    """
    path = folder / FILE
    return read_document(path, Annotations) if path.exists() else Annotations()


def write_annotations(folder: Path, annotations: Annotations) -> None:
    """Whole or not at all."""
    write_document(folder / FILE, annotations)
