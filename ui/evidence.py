"""The picture that decided an inspection, with what was seen in it, as a still to look at."""

import json
from pathlib import Path

from inspector.recipe import Label, Recipe
from ui.widgets.outlines import Kind, Outline, Still
from ui.widgets.picture import caption, failing


def still_of(picture: str, recipe: Recipe | None, scores: bool = False) -> Still | None:
    """The evidence at that path, boxes out of the file beside it; None where it is not there, or cannot be read.

    scores: each stands beside what it is of.
    """
    try:
        seen = json.loads(Path(picture).with_suffix(".json").read_bytes()) if picture else None
        if seen is None or not Path(picture).is_file():
            return None
        bad = failing(recipe)
        outlines = []
        for one in seen["detections"]:
            label = Label(one["component"], one["pattern"])
            kind = Kind.WRONG if label in bad else Kind.RIGHT
            score = f" {one['score']:.2f}" if scores else ""
            outlines.append(Outline(tuple(one["xyxy"]), kind, f"{caption(label)}{score}"))
        return Still(picture, (seen["width"], seen["height"]), tuple(outlines))
    except (OSError, ValueError, KeyError, TypeError):
        return None
