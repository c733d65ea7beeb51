"""A picture of each page and window, as it is after the work."""

from typing import Any

from inspector.people.register import Register
from inspector.people.role import Role
from inspector.settings import Workspace
from tests.screens.lesson import HISTORY, LABEL, RECIPES, RECORD, SETTINGS, STATION, TRAIN, VALIDATE
from tests.screens.person import Person
from tests.screens.product import Product
from ui.kiosk import Kiosk
from ui.pages.station import StationPage
from ui.stations import WorkspaceStations

PAGES = {
    RECIPES: "recipes",
    RECORD: "record",
    LABEL: "label",
    TRAIN: "train",
    VALIDATE: "validate",
    STATION: "station",
    HISTORY: "history",
    SETTINGS: "settings",
}
OUTPUTS = 3
"""Of the sections of the settings."""


def show_pages(person: Person, product: Product) -> None:
    """Those of the bench; of photographs nothing is recorded, and what is said about the whole plant is the same."""
    for index, name in PAGES.items():
        if product.is_filmed or index in (RECIPES, LABEL, TRAIN, VALIDATE, STATION):
            page = _turn_to(person, index)
            person.keep(name)
            _look_closer(person, index, page)


def _look_closer(person: Person, index: int, page: Any) -> None:
    if index == HISTORY:
        person.press(page.views.buttons[1])
        person.wait(2)
        person.keep("figures")
    if index == SETTINGS:
        person.press(page.tabs[OUTPUTS])
        person.wait(1)
        person.keep("outputs")


def _turn_to(person: Person, index: int) -> Any:
    page = person.open(index)
    person.wait(4)
    if index == TRAIN:
        person.press(page.bundles)
        person.wait(1)
    if index == STATION:
        person.press(page.start)
        person.wait(12)
    return page


def _station_alone(place: Workspace, product: Product) -> StationPage:
    """The station without the bench, which begins by itself."""
    return StationPage(WorkspaceStations(place), source=product.station, start=True)


def show_operator(person: Person, place: Workspace, product: Product) -> None:
    """The operator's screen: with a verdict, an inspection looked at closer, and what is asked beside it."""
    page = _station_alone(place, product)
    page.resize(person.bench.size())
    page.show()
    page.enter()
    person.until(lambda: page.shown.inspection is not None and page.recent.inspections)
    person.until(lambda: page.shown.verdict.word)
    person.keep("operator", page)
    page.recent.opened.emit(page.recent.inspections[-1])
    person.until(lambda: page.operating.closer.picture.still is not None)
    person.press(page.operating.closer.wrong)
    person.wait(0.3)
    person.keep("operator-closer", page)
    person.press(page.sound)
    person.keep("operator-tones", page)
    person.leave(page, page.close_down, page.ended)


def show_kiosk(person: Person, place: Workspace, product: Product) -> None:
    """The kiosk over the whole screen, and the way out, for which somebody has to be registered."""
    register = Register(place.folder)
    if not register.people:
        register.add("Ann", Role.ENGINEER, "481516")
    kiosk = Kiosk(_station_alone(place, product))
    kiosk.begin()
    kiosk.page.enter()
    person.until(lambda: kiosk.page.shown.verdict.word)
    person.keep("kiosk", kiosk)
    person.press(kiosk.band.lock)
    person.wait(0.3)
    person.keep("kiosk-pin", kiosk)
    person.leave(kiosk, kiosk.end, kiosk.finished)
