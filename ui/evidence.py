"""The pictures that decided an inspection, each with what was seen in it and what is missing, as stills to look at."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from PyQt5.QtGui import QImage

from inspector.bundle import Sighting
from inspector.inspection.judge import overall
from inspector.inspection.usual import Box, detections_of, missing_places
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.recipe import Label, Recipe
from ui.translation import translate
from ui.widgets.outlines import Kind, Outline, Still
from ui.widgets.picture import caption, failing

NOWHERE: Mapping[str, tuple[Box, ...]] = MappingProxyType({})
NO_SIZE = (4, 3)
"""Where there is no picture, its place has this shape."""


@dataclass(frozen=True)
class Sight:
    """A picture with its boxes, and its caption; image: a null one where it is not kept."""

    still: Still
    image: QImage


@dataclass(frozen=True)
class Seen:
    """What one camera saw of a workpiece. camera: its name in the recipe, "" where it is the only one; verdict: on what
    it looks at; reference: a good one to hold it against, None where there is none.
    """

    camera: str
    verdict: Verdict
    evidence: Sight
    reference: Sight | None = None


def seen_by_each(
    pictures: Mapping[str, Path],
    inspection: Inspection,
    recipe: Recipe | None,
    places: Mapping[str, tuple[Box, ...]] = NOWHERE,
    words: str = "",
    scores: bool = False,
) -> tuple[Seen, ...]:
    """What each camera saw, in their order. Args: pictures: by camera; words: the caption; the others as `still_of`."""
    seen = []
    for camera, picture in pictures.items():
        names = recipe.seen_by(camera) if recipe else ()
        findings = tuple(finding for finding in inspection.findings if finding.component in names)
        still = still_of(picture, recipe, findings, places, scores)
        seen.append(Seen(camera, overall(findings), sight_of(still, words)))
    return tuple(seen)


def worst_of(seen: Sequence[Seen]) -> int:
    """The number of the first camera that saw what is wrong, or else unsure; the first one where all is well."""
    verdicts = [one.verdict for one in seen]
    wrong = (verdicts.index(bad) for bad in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE) if bad in verdicts)
    return next(wrong, 0)


def sight_of(still: Still | None, words: str) -> Sight:
    """Read the picture of a still. words: its caption."""
    if still is None:
        return Sight(Still("", NO_SIZE, caption=words), QImage())
    return Sight(replace(still, caption=words), QImage(still.picture))


def still_of(
    picture: Path,
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
        if not picture.is_file():
            return None
        kept = json.loads(picture.with_suffix(".json").read_bytes())
        seen = [Sighting.model_validate(one) for one in kept["detections"]]
        size = kept["width"], kept["height"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    lacking = _lacking(recipe, findings, places, seen) if recipe else ()
    return Still(str(picture), size, (*lacking, *outlines_of(seen, recipe, scores)))


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
