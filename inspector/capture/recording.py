"""One video, or one folder of pictures, of one component: positive or negative, never altered after capture."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from inspector.files import Document, Section, read_document
from inspector.settings import check_name

FILE = "recording.yaml"


class Media(Section):
    """One file of a recording, in playing order.

    file: its path inside the recording's folder; sha256: in hexadecimal; frames: how many pictures it holds.
    """

    file: str
    sha256: str
    frames: int = Field(ge=0)

    @field_validator("file")
    @classmethod
    def _stays_inside(cls, value: str) -> str:
        path = Path(value)
        if path.is_absolute() or ".." in path.parts or "\\" in value:
            raise ValueError(f"'{value}' leaves the recording's folder")
        return value


class Recording(Document):
    """`recording.yaml`, beside its media in `recordings/<id>/`.

    components: the components that it teaches, nearly always one; an imported set of annotated pictures may teach more.
    positive: whether the component is there. pattern: which pattern it shows, for a component that has patterns.
        Positive without a pattern: the component is in it. Negative without a pattern: it is nowhere in it, as
        `attested_by` says, so that every frame is verified empty of it. With a pattern, positive or negative says
        whether that pattern passes, and every frame holds it.
    source: what was recorded or imported; settings: of the camera, as read back.
    kind: `video` where media are video segments, `pictures` where each is one picture.
    frame_size: (width, height) in pixels; None where pictures differ.
    """

    id: str
    recipe: str
    components: tuple[str, ...] = Field(min_length=1)
    positive: bool
    pattern: str | None = None
    kind: Literal["video", "pictures"] = "video"
    source: str
    settings: dict[str, Any] = {}
    frame_size: tuple[int, int] | None = None
    recorded_by: str
    recorded_at: datetime
    attested_by: str | None = None
    media: tuple[Media, ...] = Field(min_length=1)

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        return check_name(value, "the recording")

    @model_validator(mode="after")
    def _attested(self) -> Self:
        if self.verified_empty and not self.attested_by:
            raise ValueError("a negative recording needs 'attested_by', the person who says that the component is nowhere in it")
        return self

    @property
    def verified_empty(self) -> bool:
        """Whether every frame is known to hold none of its components."""
        return not self.positive and self.pattern is None


def read_recording(folder: Path) -> Recording:
    """Raises: InputError where it is no recording; FileProblems with all faults."""
    return read_document(folder / FILE, Recording)


def recordings_of(folder: Path, recipe: str, component: str | None = None) -> list[tuple[Path, Recording]]:
    """The recordings in a workspace's `recordings/` that teach a recipe (and component), oldest first.

    Raises: FileProblems for a recording that cannot be read: skipping it would train on less than the person thinks.
    """
    found = [(path.parent, read_recording(path.parent)) for path in sorted(folder.glob(f"*/{FILE}"))]
    mine = [
        (path, recording)
        for path, recording in found
        if recording.recipe == recipe and (component is None or component in recording.components)
    ]
    return sorted(mine, key=lambda pair: pair[1].recorded_at)
