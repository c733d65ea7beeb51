"""The recordings of a recipe as a person looks through them: what each shows, how much of it, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from inspector.capture.claim import Claim, claim_of, missing
from inspector.capture.pictures import read_picture
from inspector.capture.recording import Recording, frames_of, recordings_of
from inspector.frame import Image, freeze
from inspector.labeling.extraction import FILE, read_frames
from inspector.recipe import Recipe
from inspector.settings import Workspace

EARLY = 15
"""The frame of a video by which it is known before its frames are extracted: the first ones may be dark."""


@dataclass(frozen=True)
class Kept:
    """One recording that is kept. views: as in ExtractedFrames, None before its frames are extracted."""

    folder: Path
    recording: Recording
    views: int | None

    @property
    def claim(self) -> Claim:
        return claim_of(self.recording)


@dataclass(frozen=True)
class Collection:
    """kept: a recipe's recordings, the newest first. missing: what must still be recorded."""

    kept: tuple[Kept, ...] = ()
    missing: tuple[Claim, ...] = ()


def collection_of(workspace: Workspace, recipe: Recipe) -> Collection:
    """Raises: FileProblems for a recording that cannot be read."""
    found = recordings_of(workspace.recordings, recipe.name)
    kept = [Kept(folder, recording, _views(folder)) for folder, recording in reversed(found)]
    return Collection(tuple(kept), tuple(missing(recipe, [recording for _, recording in found])))


def _views(folder: Path) -> int | None:
    return read_frames(folder).views if (folder / FILE).exists() else None


def picture_of(kept: Kept, width: int) -> Image:
    """One of its frames, so many pixels wide: from its middle, once frames are extracted.

    Raises: FileProblems or InputError where it cannot be read.
    """
    image = _middle(kept.folder, kept.recording)
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    return freeze(np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8))


def _middle(folder: Path, recording: Recording) -> Image:
    extracted = read_frames(folder).frames if (folder / FILE).exists() else ()
    if extracted:
        return read_picture(extracted[len(extracted) // 2].path)
    return next(frames_of(folder, recording, _early(recording))).image


def _early(recording: Recording) -> Sequence[int]:
    return [min(EARLY, recording.frames - 1)]
