"""Every frame of the negative recordings that may be looked at while a detector learns, extracted or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.capture.recording import Recording, frames_of, verify
from inspector.frame import Frame
from inspector.labeling.annotation import State
from inspector.labeling.dataset import Dataset
from inspector.labeling.extraction import read_frames, stem_of_frame
from inspector.labeling.takes import Take, as_taught, takes_of
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace


@dataclass(frozen=True)
class Negative:
    """A negative recording, and the frames of it that teach or might.

    numbers: in the whole recording, ascending. absent: what is nowhere in them, as the person says who recorded it: its
    components, in whichever pattern, and of one in a failing pattern every other pattern. Nobody says it of lookalikes.
    """

    folder: Path
    recording: Recording
    numbers: tuple[int, ...]
    absent: tuple[Label, ...]

    def frames(self) -> Iterator[Frame]:
        """Its frames. Raises: FileProblems where a medium is missing or damaged."""
        return frames_of(self.folder, self.recording, self.numbers)

    def name_of(self, frame: Frame) -> str:
        """The frame's name among all recordings, whether it was ever extracted or not."""
        return f"{self.recording.id}/{stem_of_frame(frame.number)}"


def negatives_of(workspace: Workspace, recipe: Recipe, dataset: Dataset) -> list[Negative]:
    """The negative recordings that a dataset teaches from; what it holds out is not among their frames.

    A recording that is held out in part ends with its last frame that teaches: what comes after it is the gap and what
    examines the detector. Frames that nobody extracted are taken for what the nearest extracted one is: where a person
    said otherwise of that (a hand, a blur, the part after all), they are left out with it.

    Raises: FileProblems where a medium is missing or not the one that was recorded.
    """
    teaching = set(dataset.train.frame_names)
    takes = [as_taught(take) for take in takes_of(workspace, recipe) if not take.recording.positive]
    found = [
        Negative(take.folder, take.recording, _numbers(take, teaching), absent_labels(take.recording, recipe))
        for take in takes
    ]
    looked_at = [negative for negative in found if negative.numbers]
    for negative in looked_at:
        verify(negative.folder, negative.recording)
    return looked_at


def absent_labels(recording: Recording, recipe: Recipe) -> tuple[Label, ...]:
    """What is nowhere in a recording, as the person says who recorded it."""
    labels = [label for name in recording.components for label in recipe.component(name).labels]
    if recording.verified_empty:
        return tuple(dict.fromkeys([*labels, *map(Label, recording.components)]))
    return tuple(label for label in labels if recording.pattern not in (None, label.pattern))


def _numbers(take: Take, teaching: set[str]) -> tuple[int, ...]:
    extracted = read_frames(take.folder).frames if take.shots else ()
    known = [(frame, take.annotations.of(frame.name)) for frame in extracted]
    empty = take.recording.verified_empty
    as_recorded = [frame for frame, one in known if (one.empty if empty else one.state is State.BOXES)]
    taught = sorted(f.number for f in as_recorded if f"{take.recording.id}/{f.name}" in teaching)
    if take.recording.kind == "pictures" or not taught:
        return tuple(taught)
    nearest = _nearest(np.array([frame.number for frame in extracted]), taught[-1] + 1)
    return tuple(np.flatnonzero(np.isin(nearest, [frame.number for frame in as_recorded])).tolist())


def _nearest(numbers: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """For each of the first `count` frames, which of the numbered ones is nearest; of two, the earlier."""
    apart = np.abs(np.arange(count)[:, None] - np.sort(numbers)[None])
    return np.sort(numbers)[apart.argmin(axis=1)]


def block(negatives: Sequence[Negative], number: int, blocks: int, most: int) -> list[Negative]:
    """One of several stretches of each recording, thinned evenly to `most` frames in all.

    number: from 0; the blocks together hold every frame, and no frame lies in two.
    """
    parts = [_stretch(np.array(negative.numbers), number, blocks) for negative in negatives]
    total = sum(map(len, parts))
    kept = [_thinned(part, max(1, most * len(part) // total) if total > most else len(part)) for part in parts]
    return [
        replace(negative, numbers=tuple(part.tolist()))
        for negative, part in zip(negatives, kept, strict=True)
        if len(part)
    ]


def _stretch(numbers: NDArray[np.intp], number: int, blocks: int) -> NDArray[np.intp]:
    return numbers[number * len(numbers) // blocks : (number + 1) * len(numbers) // blocks]


def _thinned(numbers: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    return numbers[np.unique(np.linspace(0, len(numbers) - 1, most).astype(int))] if len(numbers) > most else numbers
