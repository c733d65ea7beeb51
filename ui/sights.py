"""What each camera saw of a workpiece, and a good one to hold it against."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtGui import QImage

from inspector.bundle import FILE, Manifest
from inspector.errors import InspectorError
from inspector.files import read_document
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.usual import or_regions, usual_places
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace
from ui.archive import LOOKED_THROUGH
from ui.evidence import NOWHERE, Seen, Sight, outlines_of, seen_by_each, sight_of, still_of
from ui.translation import translate
from ui.widgets.outlines import Kind, Still

if TYPE_CHECKING:
    from inspector.inspection.records import Records


def sights_of(workspace: Workspace, records: "Records", inspection: Inspection) -> tuple[Seen, ...]:
    """Each camera's picture, with each box and each place where something is missing.

    Beside it the last one before it that passed, of the same recipe: the same camera saw all of it; else a golden frame
    of the bundle, which may show one component alone.
    """
    bundle = _manifest(workspace, inspection.bundle)
    recipe = _recipe(workspace, inspection.recipe) or (bundle.recipe if bundle else None)
    usual = usual_places(recipe, bundle.golden) if recipe and bundle else NOWHERE
    places = or_regions(recipe, usual) if recipe else NOWHERE
    words = translate("Sights", "This workpiece")
    seen = seen_by_each(records.pictures(inspection), inspection, recipe, places, words, scores=True)
    before = records.list(LOOKED_THROUGH, Wanted(until=inspection.started_at, verdict=Verdict.OK))
    passed = [one for one in before if one.recipe == inspection.recipe]

    def reference(camera: str) -> Sight | None:
        golden = _golden(workspace.bundles / inspection.bundle, bundle, recipe, camera) if bundle and recipe else None
        return _last(records, passed, recipe, camera) or golden

    return tuple(replace(one, reference=reference(one.camera)) for one in seen)


def _manifest(workspace: Workspace, bundle: str) -> Manifest | None:
    """What is known of a bundle; None where it is there no more."""
    try:
        return read_document(workspace.bundles / bundle / FILE, Manifest)
    except InspectorError:
        return None


def _recipe(workspace: Workspace, name: str) -> Recipe | None:
    """As it is now; None where it is gone or has faults."""
    try:
        return find_recipe(workspace.recipes, name)
    except InspectorError:
        return None


def _last(records: "Records", passed: Sequence[Inspection], recipe: Recipe | None, camera: str) -> Sight | None:
    """The first of them of which this camera's picture is kept."""
    for one in passed:
        picture = records.pictures(one).get(camera)
        still = still_of(picture, recipe, scores=True) if picture else None
        words = translate("Sights", "The last one that passed, %1")
        sight = sight_of(still, words.replace("%1", f"{one.started_at.astimezone():%Y-%m-%d %H:%M}"))
        if not sight.image.isNull():
            return sight
    return None


def _golden(folder: Path, bundle: Manifest, recipe: Recipe, camera: str) -> Sight | None:
    """The one in which most is seen of what this camera looks at, all of which passes."""
    names = recipe.seen_by(camera)
    own = [(one.file, [seen for seen in one.sightings if seen.component in names]) for one in bundle.golden]
    shown = [(file, tuple(outlines_of(seen, recipe, scores=True))) for file, seen in own]
    good = [(file, boxes) for file, boxes in shown if boxes and all(box.kind is Kind.RIGHT for box in boxes)]
    if not good:
        return None
    file, outlines = max(good, key=lambda one: len(one[1]))
    image = QImage(str(folder / file))
    words = translate("Sights", "As it was taught")
    still = Still(str(folder / file), (image.width(), image.height()), outlines, words)
    return None if image.isNull() else Sight(still, image)
