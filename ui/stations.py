"""The stations that the window can open, and what is missing for those that it cannot."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from inspector.errors import InspectorError
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace
from inspector.triggers import Scanner
from ui.book import Book, WorkspaceBook
from ui.bridge import Deliver, Watched
from ui.engine_words import translated
from ui.translation import translate

if TYPE_CHECKING:
    from inspector.bundle import Bundle
    from inspector.inspection.triggers.prompter import Tell
    from inspector.inspection.usual import Box
    from inspector.people.session import Session
    from inspector.supervisor.reporting import Reporting

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Advice:
    """What a person can do next: a title, a sentence, and the command to type or the button to press, "" where there is
    none.
    """

    title: str
    text: str
    command: str = ""
    button: str = ""


@dataclass(frozen=True)
class Offer:
    """A recipe that the window lists. recipe is None where its file has faults; advice is None where it can start."""

    name: str
    recipe: Recipe | None = None
    advice: Advice | None = None


class Stations(Protocol):
    """Where the window's stations come from. Both functions run on a thread of their own and may load."""

    sources: tuple[str, ...]
    book: Book
    scanner: Scanner
    usual: "Mapping[str, tuple[Box, ...]]"
    """Of the station that was opened last: where each component lies that always lies at the same places."""

    def survey(self) -> tuple[Offer, ...]:
        """Every recipe there is; never empty, for an offer without a name says how to make the first one."""
        ...

    def open(self, offer: Offer, source: str, deliver: Deliver, complain: "Tell") -> Watched:
        """A station that is not started yet. complain: told on any thread what a timer, a folder or a key was refused,
        and of what is kept for nobody. Raises: InspectorError with a sentence for the person.
        """
        ...


class WorkspaceStations:
    """The recipes of a workspace, each with its promoted bundle; with `bundle`, that one and its recipe only."""

    sources: tuple[str, ...] = ("simulator", "usb:0", "usb:1")

    def __init__(
        self,
        workspace: Workspace,
        bundle: str | None = None,
        patient: bool = False,
        reporting: "Reporting | None" = None,
        session: "Callable[[], Session] | None" = None,
    ) -> None:
        """patient: a camera that does not answer at the start is waited for. reporting: tells the supervisor. session:
        as in `WorkspaceBook`.
        """
        self.workspace = workspace
        self.book: Book = WorkspaceBook(workspace, session)
        self.scanner = workspace.settings().triggers.scanner
        self.usual: Mapping[str, tuple[Box, ...]] = {}
        self._bundle, self._patient, self._reporting = bundle, patient, reporting

    def survey(self) -> tuple[Offer, ...]:
        if self._bundle is not None:
            return (self._offer_of_bundle(self._bundle),)
        names = sorted(path.stem for path in self.workspace.recipes.glob("*.yaml"))
        return tuple(self._offer(name) for name in names) or (Offer("", advice=self._no_recipe()),)

    def open(self, offer: Offer, source: str, deliver: Deliver, complain: "Tell") -> Watched:
        # What the station needs is imported here, on the thread that opens it: the window is there before.
        from inspector.bundle import promoted
        from inspector.inspection.usual import usual_places
        from inspector.supervisor.manned import manned

        # Read anew, not taken from the offer: the recipe may have become stricter since the window listed it.
        if self._bundle is None:
            recipe = find_recipe(self.workspace.recipes, offer.name)
            bundle = promoted(self.workspace.bundles, offer.name)
        else:
            bundle = self._open_bundle(self._bundle)
            recipe = bundle.manifest.recipe
        settings = self.workspace.settings()
        self.usual = usual_places(recipe, bundle.manifest.golden)

        def said(sentence: str) -> None:
            log.warning(sentence)
            complain(sentence)

        return manned(
            self.workspace,
            settings,
            recipe,
            bundle,
            deliver,
            said,
            # One source is chosen in the window; which cameras several are is said in the settings.
            sources=() if recipe.cameras else (source,),
            patient=self._patient,
            reporting=self._reporting,
        )

    def _offer(self, name: str) -> Offer:
        from inspector.bundle import promotions

        try:
            recipe = find_recipe(self.workspace.recipes, name)
            taught = bool(promotions(self.workspace.bundles, name).bundles)
        except InspectorError as error:
            advice = Advice(
                translate("Stations", "This recipe cannot be read"), translated(error), f"inspector recipe check {name}"
            )
            return Offer(name, advice=advice)
        return Offer(name, recipe, None if taught else _not_taught(recipe))

    def _offer_of_bundle(self, bundle: str) -> Offer:
        try:
            recipe = self._open_bundle(bundle).manifest.recipe
        except InspectorError as error:
            return Offer("", advice=Advice(translate("Stations", "This bundle cannot be used"), translated(error)))
        return Offer(recipe.name, recipe)

    def _open_bundle(self, bundle: str) -> "Bundle":
        from inspector.bundle import Bundle

        return Bundle.open(Path(bundle) if Path(bundle).is_dir() else self.workspace.bundles / bundle)

    def _no_recipe(self) -> Advice:
        return Advice(
            translate("Stations", "No recipe yet"),
            translate(
                "Stations",
                "A recipe says what a correctly assembled product shows. Make the first one, then teach it with two "
                "short videos per component. The workspace is %1.",
            ).replace("%1", str(self.workspace.folder)),
            "inspector recipe new NAME --component PART",
        )


def _not_taught(recipe: Recipe) -> Advice:
    from inspector.labeling.refusals import record_command  # with OpenCV behind it: not before the window is open

    component = recipe.components[0]
    videos = [record_command(recipe, label) for label in component.labels]
    if not component.patterns:
        videos.append(f"inspector record --recipe {recipe.name} --component {component.name} --negative")
    stages = [f"inspector {stage} {recipe.name}" for stage in ("extract", "suggest --accept 0.8", "train")]
    return Advice(
        translate("Stations", "“%1” is not taught yet").replace("%1", recipe.name),
        translate(
            "Stations",
            "Record each component once where it is there and once where it is not, train, and give its bundle to the "
            "station: on the pages of the bench, or with these commands.",
        ),
        "\n".join([*videos, *stages, "inspector promote BUNDLE"]),
    )
