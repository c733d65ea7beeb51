"""Where a component that is missing should be. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from inspector.boxes import Boxes, as_boxes, iou
from inspector.bundle import Golden, Sighting
from inspector.detections import Detections
from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Component, Label, Recipe

SAME_PLACE = 0.5
"""The overlap (intersection over union) of boxes in two golden frames that lie at one place."""

Box = tuple[float, float, float, float]


class Missing(NamedTuple):
    """Where a component should be and is not seen; box: xyxy in pixels of the frame."""

    component: str
    box: Box


def usual_places(recipe: Recipe, golden: Iterable[Golden]) -> Mapping[str, tuple[Box, ...]]:
    """Where each component lies in the golden frames that show as many as there should be, in patterns that pass.

    Only of a component that lies at the same places in two of them or more: one that may lie anywhere has no usual
    place, and nobody should be sent there.
    """
    frames = list(golden)
    found = {c.name: _agreed([_in_order(c, frame.sightings) for frame in frames]) for c in recipe.components}
    return {name: places for name, places in found.items() if places}


def or_regions(recipe: Recipe, usual: Mapping[str, tuple[Box, ...]]) -> Mapping[str, tuple[Box, ...]]:
    """The usual places, and of a component without any its region, if it has one: it must lie somewhere in there."""
    regions = {c.name: (c.region,) for c in recipe.components if c.region is not None}
    return {**regions, **usual}


def detections_of(kept: Sequence[Sighting]) -> Detections:
    """What was kept of them, with the labels that were seen."""
    labels = tuple(dict.fromkeys(Label(one.component, one.pattern) for one in kept))
    return Detections(
        np.array([one.xyxy for one in kept], np.float32).reshape(-1, 4),
        np.array([one.score for one in kept], np.float32),
        np.array([labels.index(Label(one.component, one.pattern)) for one in kept], np.int32),
        labels,
    )


def missing_places(
    recipe: Recipe, usual: Mapping[str, tuple[Box, ...]], findings: Sequence[Finding], seen: Detections
) -> tuple[Missing, ...]:
    """The usual places, of each component of which too few were found, at which none of it is seen.

    Args: findings, seen: of one frame, as a view gives them, or the records.
    """
    lacking = [f.component for f in findings if f.verdict is Verdict.NOT_OK and f.found < f.expected]
    known = {component.name for component in recipe.components}
    return tuple(
        Missing(name, box)
        for name in lacking
        if name in known
        for box in usual.get(name, ())
        if not _is_covered(box, seen.of(name).boxes)
    )


def _in_order(component: Component, sightings: Sequence[Sighting]) -> tuple[Box, ...]:
    """Its boxes in a frame, from left to right; none where there are not as many as there should be."""
    passing: set[str | None] = {pattern.name for pattern in component.patterns if pattern.passes} or {None}
    here = [s.xyxy for s in sightings if s.component == component.name and s.pattern in passing]
    return tuple(sorted(here)) if len(here) == component.count else ()


def _agreed(frames: Sequence[tuple[Box, ...]]) -> tuple[Box, ...]:
    """The boxes of the first frame that has any, where all others that have any show the same, and there is another."""
    shown = [boxes for boxes in frames if boxes]
    if len(shown) < 2:
        return ()
    first = shown[0]
    agree = all(all(_is_covered(box, as_boxes(other)) for box in first) for other in shown[1:])
    return first if agree else ()


def _is_covered(box: Box, boxes: Boxes) -> bool:
    return len(boxes) > 0 and bool(iou(as_boxes([box]), boxes).max() >= SAME_PLACE)
