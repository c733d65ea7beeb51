"""The picture that decided, with what was seen in it, and one of a good workpiece to hold it against."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt5.QtGui import QImage

from inspector.bundle import FILE, Manifest
from inspector.errors import InspectorError
from inspector.files import read_document
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.usual import or_regions, usual_places
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Recipe
from inspector.settings import Workspace
from ui.archive import LOOKED_THROUGH, Sight
from ui.evidence import outlines_of, still_of
from ui.translation import translate
from ui.widgets.outlines import Kind, Still

if TYPE_CHECKING:
    from inspector.inspection.records import Records

NO_SIZE = (4, 3)
"""Where there is no picture, its place has this shape."""


def manifest_of(workspace: Workspace, bundle: str) -> Manifest | None:
    """What is known of a bundle; None where it is there no more."""
    try:
        return read_document(workspace.bundles / bundle / FILE, Manifest)
    except InspectorError:
        return None


def evidence_of(records: "Records", inspection: Inspection, recipe: Recipe | None, bundle: Manifest | None) -> Sight:
    """Its picture, of several cameras the first one's, with each box, and each place where something is missing."""
    words = translate("Sights", "This workpiece")
    usual = usual_places(recipe, bundle.golden) if recipe and bundle else {}
    places = or_regions(recipe, usual) if recipe else {}
    still = still_of(str(records.evidence(inspection)), recipe, inspection.findings, places, scores=True)
    return _sight(still, words) or Sight(Still("", NO_SIZE, caption=words), None)


def reference_of(
    workspace: Workspace,
    records: "Records",
    inspection: Inspection,
    recipe: Recipe | None,
    bundle: Manifest | None,
) -> Sight | None:
    """The last one before it that passed, of the same recipe: the same camera saw all of it; else a golden frame of the
    bundle, which may show one component alone.
    """
    before = Wanted(until=inspection.started_at, verdict=Verdict.OK)
    for passed in (one for one in records.list(LOOKED_THROUGH, before) if one.recipe == inspection.recipe):
        when = f"{passed.started_at.astimezone():%Y-%m-%d %H:%M}"
        words = translate("Sights", "The last one that passed, %1").replace("%1", when)
        still = still_of(str(records.evidence(passed)), recipe, scores=True)
        if (sight := _sight(still, words)) is not None:
            return sight
    return _golden(workspace, bundle, recipe) if bundle else None


def _sight(still: Still | None, words: str) -> Sight | None:
    image = QImage(still.picture) if still else QImage()
    return None if still is None or image.isNull() else Sight(replace(still, caption=words), image)


def _golden(workspace: Workspace, bundle: Manifest, recipe: Recipe | None) -> Sight | None:
    """The one in which most is seen that passes."""
    shown = [(one.file, tuple(outlines_of(one.sightings, recipe, scores=True))) for one in bundle.golden]
    good = [(file, boxes) for file, boxes in shown if boxes and all(box.kind is Kind.RIGHT for box in boxes)]
    if not good:
        return None
    file, outlines = max(good, key=lambda one: len(one[1]))
    path = str(workspace.bundles / bundle.id / file)
    size = QImage(path).size()
    return _sight(Still(path, (size.width(), size.height()), outlines), translate("Sights", "As it was taught"))
