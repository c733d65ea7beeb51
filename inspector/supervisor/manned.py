"""A station with all that the settings put around it: what asks by itself, what carries and tidies its records."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import NamedTuple

from inspector.bundle import Bundle
from inspector.inspection.delivery import Hear
from inspector.inspection.records.upkeep import dropped, kept_up
from inspector.inspection.sources import sources_of
from inspector.inspection.station import Station
from inspector.inspection.triggers.empty import empty_place
from inspector.inspection.triggers.prompter import Prompter, Tell, wishers_of
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.triggers.wish import Wish, Wisher
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import View
from inspector.plant.signals import Prove
from inspector.recipe import Recipe
from inspector.settings import Settings, Workspace
from inspector.supervisor.reporting import Asking, Reporting
from inspector.supervisor.reports import PLANT
from inspector.triggers import KEY

BY_PLANT = "plant"
"""Who asks for a proof where the plant does."""


class Supervised(NamedTuple):
    """Whom to tell of a station, and by which names of its recipe and its bundle."""

    by: Reporting
    recipe: str
    bundle: str


class Manned:
    """A station as it stands at the line, whoever holds it: a window, or a command. What is around it ends with it.

    Args: make: the station that calls what it is given for each inspection; hear: hears each after the supervisor;
    complain: is told what was refused to a timer, a folder or a key; around: what is to be closed at its end;
    supervised: whom to tell of it, None where none started this program.
    """

    def __init__(
        self,
        make: Callable[[Hear], Station],
        wishers: Sequence[Wisher],
        hear: Hear,
        complain: Tell,
        around: ExitStack,
        supervised: Supervised | None = None,
    ) -> None:
        self._supervised = supervised
        self._prompter = around.enter_context(closing(Prompter(wishers, complain)))
        self._around = around
        self._told = hear
        self._station = make(self._hear)
        self._stopped = False

    def start(self) -> None:
        with ExitStack() as failing:
            failing.callback(self._around.close)
            self._start()
            failing.pop_all()

    def _start(self) -> None:
        self._station.start()
        self._prompter.start(self._ask)
        if self._supervised is not None:
            self._supervised.by.watch(self.view, self._supervised.recipe, self._supervised.bundle, self._ask_for_plant)

    def stop(self) -> None:
        self._stopped = True
        self._station.stop()

    def wait(self, timeout_s: float | None = None) -> bool:
        """As of every station; one that was stopped lets go of what is around it once it has ended. Raises: as it."""
        ended = True
        try:
            ended = self._station.wait(timeout_s)
        finally:
            if ended and self._stopped:
                self._around.close()
        return ended

    def view(self) -> View:
        return self._station.view()

    def trigger(self, serial: str = "", by: str = "") -> str:
        return self._station.trigger(serial, by)

    def scan(self, serial: str) -> Receipt:
        return self._station.scan(serial)

    def prove(self, by: str = "") -> None:
        self._station.prove(by)

    def present(self, name: str = "") -> None:
        self._station.present(name)

    def _hear(self, inspection: Inspection) -> None:
        if self._supervised is not None:
            self._supervised.by.tell(inspection)
        self._prompter.heard(inspection)
        self._told(inspection)

    def _ask(self, wish: Wish) -> str:
        """For what somebody wishes; a key says that the sample lies there while the station asks for one."""
        if wish.by == KEY and self.view().sample is not None:
            self.present(wish.serial)
            return ""
        return self.trigger(wish.serial, wish.by)

    def _ask_for_plant(self, request: Asking) -> str:
        if isinstance(request, Prove):
            self.prove(BY_PLANT)
            return ""
        return self._station.trigger(request.serial, f"{PLANT}{request.id}", request.at_s)


def manned(
    place: Workspace,
    settings: Settings,
    recipe: Recipe,
    bundle: Bundle,
    hear: Hear,
    complain: Tell,
    *,
    sources: Sequence[str] = (),
    every_frame: bool = False,
    keys: int | None = None,
    patient: bool = False,
    reporting: Reporting | None = None,
) -> Manned:
    """A workspace's station, with what its settings put around it; not started yet, and it holds the records.

    Args: settings: the workspace's, perhaps with other triggers. hear, complain: as of Manned; complain is also told
    of what waits for a destination that is none any more. sources: as of `sources_of`. keys: a file descriptor whose
    lines ask for inspections. patient: a camera that does not answer at the start is waited for. reporting: tells the
    supervisor, where there is one.
    Raises: InspectorError as the records and the station.
    """
    around = ExitStack()
    with ExitStack() as failing:
        failing.callback(around.close)
        kept = around.enter_context(kept_up(place.records, settings.records))
        for sentence in dropped(kept.records, settings.destinations):
            complain(sentence)

        def remark() -> str:
            return (reporting.trouble if reporting is not None else "") or kept.remark()

        def make(hear_first: Hear) -> Station:
            return Station(
                recipe,
                bundle,
                sources_of(recipe, settings, sources),
                records=kept.records,
                every_frame=every_frame,
                on_inspection=hear_first,
                threads=settings.threads,
                wait_for_camera=patient,
                triggers=settings.triggers,
                empty=empty_place(place.places, recipe),
                proof=settings.proof,
                remark=remark,
            )

        supervised = Supervised(reporting, recipe.name, bundle.manifest.id) if reporting is not None else None
        wishers = wishers_of(recipe, settings.triggers, keys)
        made = Manned(make, wishers, hear, complain, around, supervised)
        failing.pop_all()
    return made
