"""The picture that decided an inspection, with what was seen in it and what is missing, as a still to look at."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from inspector.bundle import Sighting
from inspector.inspection.usual import Box, detections_of, missing_places
from inspector.inspection.verdict import Finding
from inspector.recipe import Label, Recipe
from ui.translation import translate
from ui.widgets.outlines import Kind, Outline, Still
from ui.widgets.picture import caption, failing

NOWHERE: Mapping[str, tuple[Box, ...]] = MappingProxyType({})


def still_of(
    picture: str,
    recipe: Recipe | None,
    findings: Sequence[Finding] = (),
    places: Mapping[str, tuple[Box, ...]] = NOWHERE,
    scores: bool = False,
) -> Still | None:
    """The evidence at that path, boxes out of the file beside it; None where it is not there, or cannot be read.

    Args: findings: of what the picture shows; places: where each component should lie, marked where it is missing;
    scores: each stands beside what it is of.
    """
    try:
        kept = json.loads(Path(picture).with_suffix(".json").read_bytes()) if picture else None
        if kept is None or not Path(picture).is_file():
            return None
        seen = [Sighting.model_validate(one) for one in kept["detections"]]
        size = kept["width"], kept["height"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    lacking = _lacking(recipe, findings, places, seen) if recipe else ()
    return Still(picture, size, (*lacking, *outlines_of(seen, recipe, scores)))


def outlines_of(seen: Sequence[Sighting], recipe: Recipe | None, scores: bool) -> Iterator[Outline]:
    """A box around each, of another kind where it must not be seen."""
    bad = failing(recipe)
    for one in seen:
        label = Label(one.component, one.pattern)
        score = f" {one.score:.2f}" if scores else ""
        yield Outline(one.xyxy, Kind.WRONG if label in bad else Kind.RIGHT, f"{caption(label)}{score}")


def _lacking(
    recipe: Recipe, findings: Sequence[Finding], places: Mapping[str, tuple[Box, ...]], seen: Sequence[Sighting]
) -> Iterator[Outline]:
    """Where something should be and is not."""
    for missing in missing_places(recipe, places, findings, detections_of(seen)):
        words = translate("Sights", "%1 missing").replace("%1", missing.component)
        yield Outline(missing.box, Kind.MISSED, words)
