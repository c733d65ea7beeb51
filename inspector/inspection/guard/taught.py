"""What a bundle keeps of how its recordings looked, camera by camera."""

from collections.abc import Iterator

import numpy as np

from inspector.bundle import Bundle
from inspector.capture.recording import FILE as STATEMENT
from inspector.capture.recording import read_recording
from inspector.frame import Image
from inspector.labeling.dataset import RECORDINGS
from inspector.labeling.fingerprint import FILE, Seen, read_fingerprint
from inspector.recipe import Recipe

MOST_VIEWS = 8


def seen_by(bundle: Bundle, recipe: Recipe, camera: str) -> list[Seen]:
    """How a camera saw its place in the bundle's recordings, MOST_VIEWS of them at most; none in a bundle that does not
    keep it.
    """
    folders = [bundle.folder / RECORDINGS / name for name in bundle.manifest.recordings]
    known = [folder for folder in folders if (folder / FILE).exists()]
    if recipe.cameras:
        names = set(recipe.seen_by(camera))
        known = [f for f in known if (f / STATEMENT).exists() and names.issuperset(read_recording(f).components)]
    picked = np.linspace(0, len(known) - 1, min(MOST_VIEWS, len(known))).round().astype(int)
    return [seen for i in picked if (seen := read_fingerprint(known[i])) is not None]


def golden_of(bundle: Bundle, recipe: Recipe, camera: str) -> Iterator[Image]:
    """The golden frames that a camera took: of several cameras, those in which nothing but its components is seen."""
    names = set(recipe.seen_by(camera))
    for golden in bundle.manifest.golden:
        shown = {sighting.component for sighting in golden.sightings}
        if not recipe.cameras or (shown and shown <= names):
            yield bundle.picture(golden)
