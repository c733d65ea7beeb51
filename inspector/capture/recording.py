"""One video, or one folder of pictures, of one component: positive or negative, never altered after capture."""

import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, field_validator, model_validator

from inspector.capture.pictures import read_picture
from inspector.capture.video import decode
from inspector.errors import FileProblems, InputError, Problem
from inspector.files import MOST_BYTES_OF_FRAMES, Document, Section, read_document, sha256, write_document
from inspector.frame import Frame
from inspector.recipe import LOOKALIKE
from inspector.settings import check_name, pick

FILE = "recording.yaml"
UNFINISHED = ".partial"
"""What `recording.yaml` will say, but for its media: there while the recording is being written. A recorder touches it
every second, so that another program can tell one at work from one that was killed."""
SILENT_S = 10.0
SEGMENTS = "video-*.mkv"


def _stays_inside(value: str) -> str:
    path = Path(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value:
        raise ValueError(f"'{value}' leaves the recording's folder")
    return value


Inside = Annotated[str, AfterValidator(_stays_inside)]
"""A path inside a recording's folder."""


class Media(Section):
    """One file of a recording, in playing order.

    file: its path inside the recording's folder; sha256: in hexadecimal; frames: how many pictures it holds.
    """

    file: Inside
    sha256: str
    frames: int = Field(ge=0)


class Draft(Document):
    """What is known of a recording before its first frame.

    components: the components that it teaches, nearly always one; an imported set of annotated pictures may teach more.
    positive: whether the component is there. pattern: which pattern it shows, for a component that has patterns.
        Positive without a pattern: the component is in it. Negative without a pattern: it is nowhere in it, as
        `attested_by` says, so that every frame is verified empty of it; so too where the pattern is `lookalike`: the
        frames then hold what could be taken for it. With a pattern, positive or negative says whether that pattern
        passes, and every frame holds it.
    source: what was recorded or imported; settings: of the camera, as read back.
    kind: `video` where media are video segments, `pictures` where each is one picture.
    """

    most_bytes: ClassVar[int] = MOST_BYTES_OF_FRAMES
    id: str
    recipe: str
    components: tuple[str, ...] = Field(min_length=1)
    positive: bool
    pattern: str | None = None
    kind: Literal["video", "pictures"] = "video"
    source: str
    settings: dict[str, Any] = {}
    recorded_by: str
    recorded_at: AwareDatetime
    attested_by: str | None = None

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        return check_name(value, "the recording")

    @model_validator(mode="after")
    def _attested(self) -> Self:
        if self.verified_empty and not self.attested_by:
            raise ValueError(
                "a negative recording needs 'attested_by', the person who says that the component is nowhere in it"
            )
        return self

    @property
    def verified_empty(self) -> bool:
        """Whether every frame is known to hold none of its components."""
        return is_empty(self.positive, self.pattern)

    @property
    def of_lookalikes(self) -> bool:
        """Whether it was made to show what could be taken for its component."""
        return self.pattern == LOOKALIKE


def is_empty(positive: bool, pattern: str | None) -> bool:
    """Whether a recording of that claim shows its components nowhere."""
    return not positive and pattern in (None, LOOKALIKE)


class Recording(Draft):
    """`recording.yaml`, beside its media in `recordings/<id>/`.

    frame_size: (width, height) in pixels; None where pictures differ. seconds: from its first frame to its last; None
    for pictures, and in recordings of old.
    dropped: frames that the camera gave and a slow disk had no time for.
    """

    frame_size: tuple[int, int] | None = None
    seconds: float | None = Field(default=None, ge=0)
    dropped: int = Field(default=0, ge=0)
    media: tuple[Media, ...] = Field(min_length=1)

    @property
    def frames(self) -> int:
        """How many it holds."""
        return sum(media.frames for media in self.media)


def finish(
    folder: Path,
    draft: Draft,
    media: Sequence[Media],
    frame_size: tuple[int, int] | None,
    dropped: int = 0,
    seconds: float | None = None,
) -> Recording:
    """Write `recording.yaml`, with which the recording begins to exist.

    Raises: MachineError where the disk is full.
    """
    lasts_s = None if seconds is None else round(seconds, 3)
    recording = Recording(**dict(draft), media=tuple(media), frame_size=frame_size, seconds=lasts_s, dropped=dropped)
    write_document(folder / FILE, recording)
    (folder / UNFINISHED).unlink(missing_ok=True)
    return recording


def read_recording(folder: Path) -> Recording:
    """Raises: InputError where it is no recording; FileProblems with all faults."""
    return read_document(folder / FILE, Recording)


def find_recording(folder: Path, wanted: str) -> Path:
    """The folder of one of a workspace's `recordings/`, by its name. Raises: InputError with the nearest known name."""
    known = sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))
    return folder / pick(wanted, known, "recording")


def recordings_of(folder: Path, recipe: str, component: str | None = None) -> list[tuple[Path, Recording]]:
    """The recordings in a workspace's `recordings/` that teach a recipe (and component), oldest first.

    One that was killed is recovered first.

    Raises: FileProblems for a recording that cannot be read: skipping it would train on less than the person thinks;
    and for one that is not called like its folder, as a copy is not: it would teach twice under one name.
    """
    for killed in unfinished(folder):
        # One without a single whole frame stays as it is; it holds nothing to teach with.
        with suppress(InputError):
            recover(killed)
    found = [(path.parent, read_recording(path.parent)) for path in sorted(folder.glob(f"*/{FILE}"))]
    _refuse_misnamed(found)
    mine = [
        (path, recording)
        for path, recording in found
        if recording.recipe == recipe and (component is None or component in recording.components)
    ]
    return sorted(mine, key=lambda pair: pair[1].recorded_at)


def _refuse_misnamed(found: Sequence[tuple[Path, Recording]]) -> None:
    problems = [
        Problem(
            path / FILE,
            f"the recording is called {recording.id} and its folder {path.name}: rename the folder back, or remove it "
            "where it is a copy",
        )
        for path, recording in found
        if recording.id != path.name
    ]
    if problems:
        raise FileProblems(problems)


def unfinished(folder: Path) -> list[Path]:
    """The recordings in a workspace's `recordings/` whose recorder was killed, or has not moved for SILENT_S."""
    drafts = sorted(folder.glob(f"*/{UNFINISHED}"))
    return [path.parent for path in drafts if not (path.parent / FILE).exists() and _is_silent(path)]


def _is_silent(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > SILENT_S
    except FileNotFoundError:
        # It was finished between the listing and now.
        return False


def recover(folder: Path) -> Recording:
    """Make a recording of what a killed recorder left; the segments are only read.

    Raises: InputError where there is not one whole frame.
    """
    draft = read_document(folder / UNFINISHED, Draft)
    media: list[Media] = []
    sizes: set[tuple[int, int]] = set()
    last_s = 0.0
    for path in sorted(folder.glob(SEGMENTS)):
        frames = 0
        # The last segment ends where the power did: its whole frames count.
        with suppress(InputError):
            for picture in decode(path):
                frames += 1
                sizes.add(picture.size)
                last_s = picture.time_s
        if frames:
            media.append(Media(file=path.name, sha256=sha256(path), frames=frames))
    if not media:
        raise InputError(f"The recording in {folder} was ended before its first frame was written; delete the folder.")
    return finish(folder, draft, media, sizes.pop() if len(sizes) == 1 else None, seconds=last_s)


def verify(folder: Path, recording: Recording) -> None:
    """Raises: FileProblems with each medium that is missing or was altered since it was recorded."""
    problems = []
    for media in recording.media:
        path = folder / media.file
        if not path.is_file():
            problems.append(Problem(path, "this file of the recording is missing"))
        elif sha256(path) != media.sha256:
            problems.append(Problem(path, "this file was altered after it was recorded; take it from a backup"))
    if problems:
        raise FileProblems(problems)


def frames_of(folder: Path, recording: Recording, numbers: Sequence[int] | None = None) -> Iterator[Frame]:
    """The recording's frames, numbered over all its media; of `numbers` only those are converted.

    `time_s` counts from the recording's first frame on, as the media say; of pictures it is their number.

    Raises: InputError for a number that the recording does not have; FileProblems where a medium is missing or damaged
    or holds fewer frames than when it was recorded.
    """
    total = recording.frames
    wanted: Sequence[int] = range(total) if numbers is None else sorted(set(numbers))
    if wanted and not (wanted[0] >= 0 and wanted[-1] < total):
        raise InputError(
            f"The recording {recording.id} has the frames 0 to {total - 1}; one asked for is not among them."
        )
    first = 0
    for media in recording.media:
        inside = wanted[bisect_left(wanted, first) : bisect_left(wanted, first + media.frames)]
        if inside:
            yield from _frames_in(folder / media.file, recording, first, {number - first for number in inside})
        first += media.frames


def _frames_in(path: Path, recording: Recording, first: int, wanted: set[int]) -> Iterator[Frame]:
    """Of one medium, those of its frames, counted from 0 in it, that are wanted."""
    left, last = len(wanted), max(wanted)
    try:
        if recording.kind == "pictures":
            yield Frame(read_picture(path), first, float(first), recording.recorded_at, path.name)
            return
        for picture in decode(path):
            if picture.number in wanted:
                taken_at = recording.recorded_at + timedelta(seconds=picture.time_s)
                yield Frame(picture.image(), first + picture.number, picture.time_s, taken_at, recording.source)
                left -= 1
            if picture.number == last:
                return
    except InputError as error:
        raise FileProblems([Problem(path, str(error))]) from None
    if left:
        raise FileProblems([Problem(path, f"{left} frames are missing that were there when it was recorded")])
