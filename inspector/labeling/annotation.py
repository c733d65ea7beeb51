"""What is true of each frame of a recording: boxes, verified empty, ignored or unlabeled, four different things."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, Field, FiniteFloat, PrivateAttr, ValidationError, field_validator, model_validator

from inspector.errors import FileProblems, InputError
from inspector.faults import in_one_sentence
from inspector.files import MOST_BYTES_OF_FRAMES, Document, Section, read_document, sweep_halves, write_document
from inspector.labeling.history import Change, Frames, History, note, read_history
from inspector.lock import alone
from inspector.recipe import Label
from inspector.settings import PROGRAMS

FILE = "annotations.yaml"
LOCK = ".annotations.lock"
WAIT_S = 10.0
"""For another program that writes too, which takes it no second."""
ATTESTATION, IMPORT, SUGGESTION, TRACKING, DETECTOR = PROGRAMS

OUTSIDE = 1.0
"""How far in pixels a box may reach out of its frame; it is cut off there. Other programs round, some count from 1."""

UNSEEN = (SUGGESTION, TRACKING, DETECTOR)
"""Who says so where boxes were taken as true above a confidence, and no person looked."""

MOST_PIXELS = 1e6
"""From the corner of a picture, of anything that may be in one."""
XYXY = tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat]


class State(StrEnum):
    """What is known of a frame, so what it teaches. Verified empty: of all components that its recording teaches."""

    BOXES = "boxes"
    VERIFIED_EMPTY = "verified empty"
    IGNORED = "ignored"
    UNLABELED = "unlabeled"


class Box(Section):
    """One component seen, or a lookalike of it. xyxy in pixels of the frame, xmax and ymax exclusive; pattern where it
    has patterns, `lookalike` for what is none.

    Coordinates are kept to a thousandth of a pixel, so that a box that goes out in any format comes back the same.
    """

    component: str
    pattern: str | None = None
    xyxy: XYXY

    @field_validator("xyxy")
    @classmethod
    def _to_a_thousandth(cls, value: XYXY) -> XYXY:
        xmin, ymin, xmax, ymax = (round(v, 3) for v in value)
        return xmin, ymin, xmax, ymax

    @model_validator(mode="after")
    def _right_way_round(self) -> Self:
        xmin, ymin, xmax, ymax = self.xyxy
        if max(map(abs, self.xyxy)) > MOST_PIXELS:
            raise ValueError(f"a box lies in a picture, this one is {list(self.xyxy)}")
        if not (xmin < xmax and ymin < ymax):
            raise ValueError(f"a box must have xmin < xmax and ymin < ymax, this one is {list(self.xyxy)}")
        return self

    @classmethod
    def of(cls, label: Label, xyxy: XYXY) -> Self:
        """A box of that label."""
        return cls(component=label.component, pattern=label.pattern, xyxy=xyxy)

    @property
    def label(self) -> Label:
        return Label(self.component, self.pattern)


class Annotation(Section):
    """What is true of one frame.

    by: who said so: a person, `attestation` (a negative recording), `suggestion`, `tracking` and `detector`
        (accepted above a confidence), `import`. at: when, aware, where a person took it from what a bundle reported.
    confidence: of the suggestion that it came from, in [0, 1]; None where a person drew it.
    rejected: which suggestion a person refused for the frame, by its digest; another one may still wait.
    """

    state: State = State.UNLABELED
    boxes: tuple[Box, ...] = ()
    by: str | None = None
    at: AwareDatetime | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    rejected: str | None = None

    @model_validator(mode="after")
    def _boxes_as_stated(self) -> Self:
        if (self.state is State.BOXES) != bool(self.boxes):
            raise ValueError(f"a frame with {len(self.boxes)} boxes cannot be '{self.state}'")
        return self

    @property
    def empty(self) -> bool:
        """Whether it is known to show no component: verified empty, or lookalikes are all that is boxed."""
        lookalikes = self.state is State.BOXES and all(box.label.lookalike for box in self.boxes)
        return self.state is State.VERIFIED_EMPTY or lookalikes

    @property
    def by_person(self) -> bool:
        """Whether a person looked at this very frame and said so."""
        return self.by is not None and self.by not in PROGRAMS

    @property
    def confirmed(self) -> bool:
        """Whether it teaches, and not only since nobody looked and a confidence sufficed."""
        return self.state in (State.BOXES, State.VERIFIED_EMPTY) and self.by not in UNSEEN

    def says_the_same_as(self, other: "Annotation") -> bool:
        """Whether both state the same, whoever said it and in whatever order."""
        return self.state is other.state and sorted(map(repr, self.boxes)) == sorted(map(repr, other.boxes))


class _AsRead:
    """What the file said when annotations were read from it, as plain values; None where they were not. It is no part
    of what they state, so all are equal.
    """

    def __init__(self, frames: Frames | None = None) -> None:
        self.frames = frames

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _AsRead)

    __hash__ = None  # type: ignore[assignment]


class Annotations(Document):
    """`annotations.yaml` of a recording. frames: by the name of the extracted picture (`000123.png`)."""

    most_bytes: ClassVar[int] = MOST_BYTES_OF_FRAMES
    frames: dict[str, Annotation] = {}
    _as_read: _AsRead = PrivateAttr(default_factory=_AsRead)

    def of(self, name: str) -> Annotation:
        """What is known of a frame: unlabeled where nobody has looked yet."""
        return self.frames.get(name, Annotation())

    def with_frames(self, frames: Mapping[str, Annotation]) -> Self:
        """These, with some frames stated anew."""
        return self.model_copy(update={"frames": {**self.frames, **frames}})

    def count(self, names: Iterable[str]) -> dict[State, int]:
        """How many of the named frames are in each state."""
        counts = dict.fromkeys(State, 0)
        for name in names:
            counts[self.of(name).state] += 1
        return counts


def read_annotations(folder: Path) -> Annotations:
    """A recording's annotations; none where nobody has made any yet.

    Raises: FileProblems where the file has faults: it is never taken for empty, and so never overwritten.
    """
    path = folder / FILE
    annotations = read_document(path, Annotations) if path.exists() else Annotations()
    annotations._as_read.frames = _plain(annotations)
    return annotations


def restate(folder: Path, names: Sequence[str], state: State, by: str) -> None:
    """Say of frames what they are, whatever was said before. Args: state: any but BOXES; by: the person who looked.

    Raises: InputError for BOXES, which somebody must draw; FileProblems.
    """
    if state is State.BOXES:
        raise InputError("Boxes are drawn, suggested or imported: a frame is not said to have some.")
    said = Annotation() if state is State.UNLABELED else Annotation(state=state, by=by)
    write_annotations(folder, read_annotations(folder).with_frames(dict.fromkeys(names, said)))


def write_annotations(folder: Path, annotations: Annotations) -> None:
    """Whole or not at all; what it changes can be taken back. What another program said of other frames, since these
    were read, stays.

    Raises: InputError where another program said something else of the same frames; FileProblems where the file there
    has faults.
    """
    with _writing(folder):
        now, after, read = _plain(read_annotations(folder)), _plain(annotations), annotations._as_read
        known = now if read.frames is None else read.frames
        mine = {name: after.get(name) for name in {**known, **after} if known.get(name) != after.get(name)}
        if both := [name for name, value in mine.items() if now.get(name) not in (known.get(name), value)]:
            raise InputError(
                f"Another program has changed {', '.join(sorted(both)[:5])} of {folder.name} meanwhile: nothing was "
                "changed now; look at them again."
            )
        names = [name for name, value in mine.items() if now.get(name) != value]
        if names:
            # A damaged history keeps from taking back, not from saying what is true.
            with suppress(FileProblems):
                _caught_up(folder, now)
            change = Change({name: now.get(name) for name in names}, {name: mine[name] for name in names})
            note(folder, "change", change)
            _write(folder, {**now, **mine})
        read.frames = after


def _writing(folder: Path) -> AbstractContextManager[None]:
    """One program at a time, for as long as it takes to write."""
    refusal = f"Another program is writing the annotations of {folder.name}: wait until it is done, then do it again."
    return alone(folder / LOCK, refusal, WAIT_S)


def undo(folder: Path) -> list[str]:
    """Take the newest change back that was not yet; returns the frames.

    Raises: InputError where there is none; FileProblems.
    """
    return _step(folder, "undo", "There is nothing to take back.")


def redo(folder: Path) -> list[str]:
    """Make the change again that was taken back last; returns the frames. Raises: as `undo`."""
    return _step(folder, "redo", "There is nothing to make again.")


def _step(folder: Path, what: str, nothing: str) -> list[str]:
    with _writing(folder):
        now = _plain(read_annotations(folder))
        change = _caught_up(folder, now).step(what)
        if change is None:
            raise InputError(nothing)
        _make(folder, change, now)
        note(folder, what)
    return sorted(change.after)


def _caught_up(folder: Path, now: Frames) -> History:
    """The history; where a kill kept the newest change from being made, or a step from being noted, with that noted."""
    history = read_history(folder)
    for what in ("undo", "redo"):
        change = history.step(what)
        if change is not None and change.made(now) and not change.back.made(now):
            note(folder, what)
            history.follow(what, change)
            break
    return history


def _make(folder: Path, change: Change, now: Frames) -> None:
    if not change.back.made(now):
        raise InputError(
            f"{', '.join(sorted(change.after)[:5])} of {folder.name} were changed since, and not by this program: "
            "nothing was changed now."
        )
    _write(folder, {**now, **change.after})


def _write(folder: Path, frames: Frames) -> None:
    sweep_halves(folder / FILE)
    write_document(folder / FILE, _made(folder, frames))


def _made(folder: Path, frames: Frames) -> Annotations:
    """Annotations of plain values, without the frames of which nothing is known."""
    known = {name: value for name, value in frames.items() if value is not None}
    try:
        return Annotations.model_validate({"format": 1, "frames": known})
    except ValidationError as error:
        raise InputError(f"The history of {folder.name} is damaged: {in_one_sentence(error, Annotations)}") from None


def _plain(annotations: Annotations) -> dict[str, Any]:
    """What is known of each frame, as plain values."""
    return {name: one.model_dump(mode="json", exclude_defaults=True) for name, one in annotations.frames.items()}
