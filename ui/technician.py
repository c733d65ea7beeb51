"""The pages of the technician's bench, in the order of the work. Each is imported when it is first opened."""

from collections.abc import Callable

from inspector.bundle import PROMOTED
from inspector.settings import Workspace
from ui.bench import Bench, Tab
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.station import StationPage
from ui.stations import WorkspaceStations
from ui.translation import translate
from ui.widgets.shapes import Sign


def bench(workspace: Workspace, recipe: str = "", source: str = "") -> Bench:
    """The bench on a workspace. The first page is the station where it has something to run; else that of the recipes
    where there is none, and the one that records them.
    """
    desk = Desk(workspace, recipe)
    first_recipe = desk.name

    def station() -> StationPage:
        page = StationPage(WorkspaceStations(workspace, session=desk.session), first_recipe, source)
        page.follow(desk)
        return page

    def recipes() -> Page:
        from ui.pages.recipes import RecipesPage

        return RecipesPage(desk, source)

    def record() -> Page:
        from ui.pages.record import RecordPage

        return RecordPage(desk, source)

    def label() -> Page:
        from ui.pages.label import LabelPage

        return LabelPage(desk)

    def train() -> Page:
        from ui.pages.train import TrainPage

        page = TrainPage(desk)
        page.wanted.connect(show_validation)
        return page

    def validate() -> Page:
        from ui.pages.validate import ValidatePage

        return ValidatePage(desk)

    def show_validation(bundle: str) -> None:
        from ui.pages.validate import ValidatePage

        made.open([tab.make for tab in tabs].index(validate))
        if isinstance(made.page, ValidatePage):
            made.page.choose(bundle)

    tabs = (
        Tab(translate("Bench", "Recipes"), Sign.COPY, recipes),
        Tab(translate("Bench", "Record"), Sign.RECORD, record),
        Tab(translate("Bench", "Label"), Sign.BOX, label),
        Tab(translate("Bench", "Train"), Sign.STAR, train),
        Tab(translate("Bench", "Validate"), Sign.CHECK, validate),
        Tab(translate("Bench", "Station"), Sign.PLAY, station),
        *_looking_back(desk, lambda: made.restyled.emit()),
    )
    runs = any(workspace.bundles.glob(f"*{PROMOTED}"))
    first = [tab.make for tab in tabs].index(station if runs else record if desk.names else recipes)
    made = Bench(desk, tabs, first)
    desk.setParent(made)
    return made


def office(workspace: Workspace) -> Bench:
    """What was inspected, and the settings, in a window beside a station that goes on."""
    desk = Desk(workspace)
    later = translate("Bench", "It changes at the next start, since the station runs.")
    made = Bench(desk, _looking_back(desk, lambda: made.tell(later)))
    made.look.hide()
    made.language.hide()
    desk.setParent(made)
    return made


def _looking_back(desk: Desk, restyle: Callable[[], None]) -> tuple[Tab, ...]:
    """The pages that look back at what was done. restyle: another look or language was chosen."""

    def history() -> Page:
        from ui.pages.history import HistoryPage

        return HistoryPage(desk, desk.session)

    def settings() -> Page:
        from ui.pages.settings import SettingsPage

        page = SettingsPage(desk, desk.session)
        page.restyled.connect(restyle)
        return page

    return (
        Tab(translate("Bench", "History"), Sign.CLOCK, history),
        Tab(translate("Bench", "Settings"), Sign.SLIDERS, settings),
    )
