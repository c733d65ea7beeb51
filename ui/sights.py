"""The picture that decided, with what was seen in it, and one of a good workpiece to hold it against."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtGui import QImage

from inspector.bundle import Sighting
from inspector.errors import InspectorError
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace
from ui.archive import LOOKED_THROUGH, Sight
from ui.evidence import still_of
from ui.translation import translate
from ui.widgets.outlines import Kind, Outline, Still
from ui.widgets.picture import caption, failing

if TYPE_CHECKING:
    from inspector.inspection.records import Records

NO_SIZE = (4, 3)
"""Where there is no picture, its place has this shape."""


def evidence_of(records: "Records", inspection: Inspection, recipe: Recipe | None) -> Sight:
    """Its picture, of several cameras the first one's, with each box, and each place where something should be."""
    words = translate("Sights", "This workpiece")
    sight = _kept(records.evidence(inspection), recipe, words)
    if sight is None:
        return Sight(Still("", NO_SIZE, caption=words), None)
    lacking = tuple(_lacking(inspection, recipe))
    return replace(sight, still=replace(sight.still, outlines=(*lacking, *sight.still.outlines)))


def reference_of(
    workspace: Workspace, records: "Records", inspection: Inspection, recipe: Recipe | None
) -> Sight | None:
    """The last one before it that passed, of the same recipe: the same camera saw all of it; else a golden frame of the
    bundle, which may show one component alone.
    """
    before = Wanted(until=inspection.started_at, verdict=Verdict.OK)
    for passed in records.list(LOOKED_THROUGH, before):
        when = f"{passed.started_at.astimezone():%Y-%m-%d %H:%M}"
        words = translate("Sights", "The last one that passed, %1").replace("%1", when)
        sight = _kept(records.evidence(passed), recipe, words) if passed.recipe == inspection.recipe else None
        if sight is not None:
            return sight
    return _golden(workspace, inspection.bundle, recipe)


def _kept(path: Path, recipe: Recipe | None, words: str) -> Sight | None:
    still = still_of(str(path), recipe, scores=True)
    image = QImage(str(path))
    return None if still is None or image.isNull() else Sight(replace(still, caption=words), image)


def _golden(workspace: Workspace, bundle: str, recipe: Recipe | None) -> Sight | None:
    """The one in which most is seen that passes."""
    from inspector.bundle import FILE, Manifest
    from inspector.files import read_document

    folder, bad = workspace.bundles / bundle, failing(recipe)
    try:
        golden = read_document(folder / FILE, Manifest).golden
    except InspectorError:
        return None
    good = [one for one in golden if one.sightings and not any(_label(s) in bad for s in one.sightings)]
    if not good:
        return None
    best = max(good, key=lambda one: len(one.sightings))
    image = QImage(str(folder / best.file))
    outlines = tuple(Outline(s.xyxy, Kind.RIGHT, f"{caption(_label(s))} {s.score:.2f}") for s in best.sightings)
    size = (image.width(), image.height())
    words = translate("Sights", "As it was taught")
    return None if image.isNull() else Sight(Still(str(folder / best.file), size, outlines, words), image)


def _lacking(inspection: Inspection, recipe: Recipe | None) -> Iterator[Outline]:
    """The regions of what was not found where it should be."""
    wrong = {f.component for f in inspection.findings if f.verdict is not Verdict.OK and f.found < f.expected}
    for component in recipe.components if recipe else ():
        if component.name in wrong and component.region is not None:
            words = translate("Sights", "%1 missing").replace("%1", component.name)
            yield Outline(component.region, Kind.MISSED, words)


def _label(one: Sighting) -> Label:
    return Label(one.component, one.pattern)
