"""Settings of a training out of a `pipeline.config`: what a person hears of each, and how large the input becomes."""

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.commands.console import Voice
from inspector.labeling.formats.entry import Size
from inspector.labeling.takes import USABLE, takes_of
from inspector.recipe import Recipe
from inspector.settings import Workspace

if TYPE_CHECKING:
    from inspector.learning.pipeline.takeover import Pipeline


def take_over(voice: Voice, path: Path) -> "Pipeline":
    """Read a pipeline and tell what became of each of its settings.

    Raises: InputError where it is another program's file; FileProblems with all that cannot be read.
    """
    from inspector.learning.pipeline.listing import HEADS
    from inspector.learning.pipeline.takeover import read_pipeline

    pipeline = read_pipeline(path)
    pipeline.check()
    listing = pipeline.listing
    for setting in listing.settings:
        voice.tell({"stage": "pipeline", **setting.model_dump(mode="json")})
    voice.table(f"What is taken from {path}", HEADS, listing.rows)
    words = ", ".join(f"{count} {fate}" for fate, count in listing.counts.items())
    voice.tell({"pipeline": str(path), **listing.counts}, f"Of {len(listing.settings)} settings: {words}.")
    return pipeline


def input_size(place: Workspace, recipe: Recipe, pipeline: "Pipeline") -> Size | None:
    """(width, height) in pixels of the input that a pipeline wants for the recipe's frames; None where it says nothing.

    Raises: FileProblems where a recording cannot be read.
    """
    frames = {shot.size for take in takes_of(place, recipe) for shot in take.in_state(*USABLE)}
    return pipeline.resizer.input_size(sorted(frames)) if pipeline.resizer and frames else None
