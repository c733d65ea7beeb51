"""Each recording of a recipe with what is known of its frames: what a dataset is gathered from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from inspector.capture.pictures import read_picture
from inspector.capture.recording import Recording, recordings_of
from inspector.frame import Image
from inspector.labeling import extraction
from inspector.labeling.annotation import Annotation, Annotations, State, read_annotations
from inspector.labeling.moments import in_doubt, read_moments
from inspector.labeling.split import Footage
from inspector.recipe import LOOKALIKE, Component, Label, Recipe
from inspector.settings import Workspace

USABLE = (State.BOXES, State.VERIFIED_EMPTY)


@dataclass(frozen=True)
class Shot:
    """One extracted frame. known_size: (width, height) in pixels where it is known without opening the picture;
    sha256: of the picture's file when it was extracted, in hexadecimal; None where nobody knows.
    """

    name: str
    path: Path
    time_s: float
    known_size: tuple[int, int] | None = None
    sha256: str | None = None

    @cached_property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels. Raises: as `image`."""
        if self.known_size is not None:
            return self.known_size
        height, width = self.image().shape[:2]
        return width, height

    def image(self) -> Image:
        """The full picture. Raises: InputError where it cannot be read, or is not the one that was extracted."""
        return read_picture(self.path, self.sha256)


def shots_of(folder: Path, recording: Recording) -> list[Shot]:
    """The extracted frames of a recording.

    Raises: InputError where it was not extracted yet.
    """
    frames = extraction.read_frames(folder).frames
    return [Shot(frame.name, frame.path, frame.time_s, recording.frame_size, frame.sha256) for frame in frames]


@dataclass(frozen=True)
class Take:
    """A recording, its extracted frames and their annotations; shots are empty where it was not extracted yet.

    contradicting: the names of frames that are unlabeled here, whatever was said of them: see `as_taught`.
    """

    folder: Path
    recording: Recording
    shots: tuple[Shot, ...]
    annotations: Annotations
    contradicting: frozenset[str] = frozenset()

    def of(self, shot: Shot) -> Annotation:
        """What is known of the frame."""
        return self.annotations.of(shot.name)

    def in_state(self, *states: State) -> list[Shot]:
        """The frames in one of the states."""
        return [shot for shot in self.shots if self.of(shot).state in states]

    def labels_in(self, shot: Shot) -> list[Label]:
        """The label of each box of the frame."""
        return [box.label for box in self.of(shot).boxes]

    def tells(self, shot: Shot, label: Label) -> bool:
        """Whether the frame holds the label, or is empty and so free of it; an empty one is silent about lookalikes."""
        return label in self.labels_in(shot) or (self.of(shot).empty and not label.lookalike)

    def about(self, label: Label) -> bool:
        """Whether it was made to show the label or its absence, or holds it anyway."""
        if label.component not in self.recording.components:
            return False
        shows = self.recording.pattern
        meant = shows == LOOKALIKE if label.lookalike else shows in (None, LOOKALIKE, label.pattern)
        return meant or any(label in self.labels_in(shot) for shot in self.shots)

    def name_of(self, shot: Shot) -> str:
        """The frame's name among all recordings, `recording/frame`."""
        return f"{self.recording.id}/{shot.name}"

    @property
    def group(self) -> str:
        """What it shows, for the split and for people: `screw negative`, `screw positive (on)`."""
        pattern = f" ({self.recording.pattern})" if self.recording.pattern else ""
        return f"{'+'.join(self.recording.components)} {'positive' if self.recording.positive else 'negative'}{pattern}"

    def footage(self, shots: Sequence[Shot]) -> Footage:
        """These of its frames, as the split wants them."""
        empty = np.array([self.of(shot).empty for shot in shots], bool)
        times = np.array([shot.time_s for shot in shots], np.float64)
        return Footage(self.recording.id, self.group, times, empty, self.recording.kind == "pictures")


def takes_of(workspace: Workspace, recipe: Recipe) -> list[Take]:
    """All recordings of the recipe, oldest first.

    Raises: FileProblems where a recording, its frames or its annotations cannot be read.
    """
    return [_take(folder, recording) for folder, recording in recordings_of(workspace.recordings, recipe.name)]


def _take(folder: Path, recording: Recording) -> Take:
    extracted = (folder / extraction.FILE).exists()
    shots = shots_of(folder, recording) if extracted else []
    return Take(folder, recording, tuple(shots), read_annotations(folder))


def as_taught(take: Take) -> Take:
    """As it teaches: frames of moments that no person has answered seem to contradict what was said of them, and count
    as unlabeled until then, but for those that a person has looked at.

    Raises: FileProblems where its moments cannot be read.
    """
    names = in_doubt(read_moments(take.folder), take.annotations)
    doubted = {shot.name for shot in take.in_state(*USABLE)} & names
    annotations = take.annotations.with_frames(dict.fromkeys(doubted, Annotation()))
    return replace(take, annotations=annotations, contradicting=frozenset(doubted))


def teaching(takes: Sequence[Take], component: Component) -> Iterator[Take]:
    """Those that say something about the component."""
    return (take for take in takes if component.name in take.recording.components)


def lookalikes_in(takes: Sequence[Take]) -> set[str]:
    """The components of which a lookalike is boxed in any frame."""
    labels = (label for take in takes for shot in take.shots for label in take.labels_in(shot))
    return {label.component for label in labels if label.lookalike}
