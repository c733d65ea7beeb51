"""Frames that a bundle never learned from, with what is true of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from inspector.boxes import as_boxes
from inspector.bundle import Bundle
from inspector.errors import InputError
from inspector.labeling.dataset import FILE, open_dataset
from inspector.labeling.takes import USABLE, Shot, Take, takes_of
from inspector.settings import Workspace
from inspector.validation.metrics import Truth


@dataclass(frozen=True, eq=False)
class KnownFrame:
    """An annotated frame of a recording, opened when asked. by: who says what is true of it. tuned: the working scores
    were chosen on it, so that figures at those scores flatter.
    """

    truth: Truth
    take: Take
    shot: Shot
    by: str
    tuned: bool


def held_out_frames(place: Workspace, bundle: Bundle) -> list[KnownFrame]:
    """The held-out side of the bundle's own dataset, and every annotated frame of recordings that it does not know.

    Raises: InputError where there is none; FileProblems where a recording cannot be read.
    """
    kept = _held_out_names(place, bundle)
    known = set(bundle.manifest.recordings)
    frames = [
        _known(bundle, take, shot, tuned=take.name_of(shot) in kept)
        for take in takes_of(place, bundle.manifest.recipe)
        for shot in take.in_state(*USABLE)
        if take.recording.id not in known or take.name_of(shot) in kept
    ]
    if not frames:
        raise InputError(
            f"There is no annotated frame that {bundle.manifest.id} did not learn from. "
            "Record one more video of each component, then extract and annotate it."
        )
    return frames


def _held_out_names(place: Workspace, bundle: Bundle) -> set[str]:
    folder = place.datasets / bundle.manifest.dataset
    return set(open_dataset(folder).held_out.frame_names) if (folder / FILE).exists() else set()


def _known(bundle: Bundle, take: Take, shot: Shot, tuned: bool) -> KnownFrame:
    annotation, labels = take.of(shot), bundle.manifest.labels
    seen = [box for box in annotation.boxes if not box.label.lookalike]
    boxes = as_boxes([box.xyxy for box in seen])
    classes = np.array([labels.index(box.label) for box in seen], np.int32)
    truth = Truth(take.name_of(shot), boxes, classes, labels, take.recording.components)
    return KnownFrame(truth, take, shot, annotation.by or "unknown", tuned)


def sources_of_truth(frames: list[KnownFrame]) -> Iterator[str]:
    """Who says what is true, and of how many frames: a figure is no better than its truth."""
    for who in sorted({frame.by for frame in frames}):
        yield f"{sum(frame.by == who for frame in frames)} by {who}"


def what_was_tuned(frames: Sequence[KnownFrame]) -> str:
    """A sentence on the frames that set the working scores; "" where none did."""
    tuned = sum(frame.tuned for frame in frames)
    if not tuned:
        return ""
    return (
        f"On {tuned} of the {len(frames)} frames the working scores were chosen, so overkill and escapes flatter: "
        "record, extract and annotate one more video of each component, and validate again."
    )
