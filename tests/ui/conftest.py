"""A station made by hand, and a page on it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import QSettings
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.detections import Detections
from inspector.errors import InspectorError
from inspector.files import write_document
from inspector.frame import Frame, freeze
from inspector.inspection.triggers.prompter import Tell
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.usual import Box
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict
from inspector.inspection.view import State, View
from inspector.people.session import session_of
from inspector.recipe import Component, Mode, Pattern, Recipe
from inspector.settings import Workspace
from inspector.triggers import Scanner
from tests.labeling import recorded as labeled
from tests.ui.opened_label import Open, open_page
from tests.ui.opened_recipes import BOX, BY_HAND, Opened
from tests.ui.shoot import Shoot
from ui import theme, translation
from ui.book import Shift
from ui.bridge import Deliver, OpenStation, Phase, Watched
from ui.pages.station import StationPage
from ui.stations import Offer

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
TAPE = Component(name="tape", region=(200, 20, 300, 90))
RECIPE = Recipe(name="gearbox", frame_size=(320, 200), components=(SCREW, TAPE))
FINDINGS = {
    Verdict.OK: (Finding("screw", "on", 4, 4, Verdict.OK), Finding("tape", None, 1, 1, Verdict.OK)),
    Verdict.NOT_OK: (
        Finding("screw", "off", 4, 3, Verdict.NOT_OK, "screw: 1 is off", Kind.WRONG),
        Finding("tape", None, 1, 0, Verdict.NOT_OK, "tape missing", Kind.MISSING),
    ),
    Verdict.NOT_DECIDABLE: (
        Finding("screw", "on", 4, 4, Verdict.OK),
        Finding("tape", None, 1, 2, Verdict.NOT_DECIDABLE, "perhaps tape: 2 found, 1 expected", Kind.DOUBTFUL),
    ),
}


def frame(width: int = 320, height: int = 200) -> Frame:
    """A picture whose blue grows to the right and whose red is 200."""
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)
    image[..., 2] = 200
    return Frame(freeze(image), 0, 0.0, datetime.now(UTC), "test")


def detections() -> Detections:
    """One screw that is on, one that is off, one tape; one box leaves the picture at its upper edge."""
    boxes = np.array([[10, 0, 60, 40], [100, 100, 150, 150], [210, 30, 290, 80]], np.float32)
    return Detections(boxes, np.array([0.99, 0.9, 0.8], np.float32), np.array([0, 1, 2], np.int32), RECIPE.labels)


def inspection(verdict: Verdict, name: str = "1") -> Inspection:
    return Inspection(name, "gearbox", "bundle", 0, 4, datetime.now(UTC), verdict, FINDINGS[verdict], 30.0)


def view(verdict: Verdict = Verdict.OK, state: State = State.RUNNING, message: str = "") -> View:
    """A moment with that verdict."""
    counts = {Verdict.UNDEFINED: 0, Verdict.OK: 1284, Verdict.NOT_OK: 17, Verdict.NOT_DECIDABLE: 3}
    judged = verdict is not Verdict.UNDEFINED
    return View(
        state,
        message,
        frame(),
        detections(),
        FINDINGS[verdict] if judged else (),
        verdict,
        inspection(verdict) if judged else None,
        counts,
        2,
        24.0,
        29.8,
    )


class HandMade:
    """A station that shows what the test says; `slow` makes start and stop wait until the test lets them go."""

    def __init__(self, slow: bool = False) -> None:
        self.now = View(State.STARTING)
        self.go_on = threading.Event()
        self.stopped = 0
        self.over = False
        self.asked: list[tuple[str, ...]] = []
        self.asked_s: float | None = None
        self.refusal = ""
        self.deliver: Deliver | None = None
        if not slow:
            self.go_on.set()

    def opened(self, deliver: Deliver) -> "HandMade":
        self.deliver, self.over = deliver, False
        return self

    def start(self) -> None:
        self.go_on.wait(10)

    def stop(self) -> None:
        self.go_on.wait(10)
        self.stopped += 1
        self.over = True

    def wait(self, timeout_s: float | None = None) -> bool:
        return self.over

    def view(self) -> View:
        return self.now

    def trigger(self, serial: str = "", by: str = "", at_s: float | None = None) -> str:
        self.asked.append(("trigger", serial, by))
        self.asked_s = at_s
        return self.refusal

    def scan(self, serial: str) -> Receipt:
        self.asked.append(("scan", serial))
        if not self.refusal:
            self.now = replace(self.now, scanned=serial)
        return Receipt(not self.refusal, self.refusal)

    def prove(self, by: str = "") -> None:
        self.asked.append(("prove", by))

    def present(self, name: str = "") -> None:
        self.asked.append(("present", name))


@pytest.fixture(autouse=True, scope="session")
def _runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Qt warns where the system gave the user none, as in a container."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture(autouse=True)
def _preferences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A person's own are neither read nor changed."""
    QSettings.setPath(QSettings.IniFormat, QSettings.UserScope, str(tmp_path_factory.mktemp("preferences")))
    yield
    theme.use("dark")


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """`translation.use`; in the end it is English again."""
    yield translation.use
    translation.use("en")


@pytest.fixture
def shoot(qtbot: QtBot, workspace: Workspace) -> Shoot:
    """A record page; it is closed at the end."""
    return Shoot(qtbot, workspace)


@pytest.fixture
def moment() -> Callable[..., View]:
    """`view`, for the tests."""
    return view


@pytest.fixture
def inspected() -> Callable[..., Inspection]:
    """`inspection`, for the tests."""
    return inspection


@pytest.fixture
def recipe() -> Recipe:
    return RECIPE


@pytest.fixture
def station() -> HandMade:
    return HandMade()


class HandMadeBook:
    """A book that the test writes; `lost`: its records cannot be read."""

    def __init__(self, workspace: Workspace) -> None:
        self.session = session_of(workspace)
        self.now = Shift(datetime(2026, 3, 2, 6, 0, tzinfo=UTC), dict.fromkeys(Verdict, 0), ())
        self.lost: InspectorError | None = None
        self.kept: dict[str, dict[str, Path]] = {}
        self.objections: list[tuple[str, str, str]] = []

    def shift(self) -> Shift:
        if self.lost is not None:
            raise self.lost
        return self.now

    def pictures(self, inspection: Inspection) -> dict[str, Path]:
        return self.kept.get(inspection.id, {"": Path("gone.jpg")})

    def object_to(self, inspection: Inspection, reason: str, by: str) -> bool:
        if self.lost is not None:
            raise self.lost
        self.objections.append((inspection.id, reason, by))
        return inspection.id in self.kept


class GivenStation:
    """One recipe and one source that are already decided."""

    scanner = Scanner()

    def __init__(self, recipe: Recipe, source: str, open_station: OpenStation, book: HandMadeBook) -> None:
        self.sources, self.book = (source,), book
        self.usual: dict[str, tuple[Box, ...]] = {}
        self._offer = Offer(recipe.name, recipe)
        self._open_station = open_station

    def survey(self) -> tuple[Offer, ...]:
        return (self._offer,)

    def open(self, offer: Offer, source: str, deliver: Deliver, complain: Tell) -> Watched:
        self.complain = complain
        return self._open_station(deliver)


@pytest.fixture
def book(workspace: Workspace) -> HandMadeBook:
    return HandMadeBook(workspace)


@pytest.fixture
def given(station: HandMade, book: HandMadeBook) -> GivenStation:
    return GivenStation(RECIPE, "simulator", station.opened, book)


@pytest.fixture
def page(qtbot: QtBot, station: HandMade, given: GivenStation) -> StationPage:
    """A page of 1280x800 on that station, surveyed but not started; it is stopped at the end."""

    def stop(made: StationPage) -> None:
        station.go_on.set()
        with qtbot.waitSignal(made.ended):
            made.close_down()

    made = StationPage(given)
    qtbot.addWidget(made, before_close_func=stop)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitSignal(made.bridge.surveyed):
        made.survey()
    return made


@pytest.fixture
def show(qtbot: QtBot, page: StationPage, station: HandMade) -> Callable[[View], None]:
    """Start the page's station if need be, and wait until the page shows a view."""

    def shown(moment: View) -> None:
        station.now = moment
        if page.bridge.phase is Phase.IDLE:
            page.toggle()
        qtbot.waitUntil(lambda: page.shown.frame is moment.frame and page.shown.verdict is moment.verdict)

    return shown


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace) -> Callable[..., Opened]:
    """Open the recipes page, with the recipe `box` and `lid`, which was written by hand, or on nothing."""

    def make(name: str = "box", empty: bool = False) -> Opened:
        if not empty:
            write_document(workspace.recipes / "box.yaml", BOX)
            (workspace.recipes / "lid.yaml").write_text(BY_HAND)
        return Opened(qtbot, workspace, name)

    return make


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace with two recipes: `block`, of a tape and a screw, and `bare`."""
    write_document(workspace.recipes / "block.yaml", labeled.recipe(labeled.TAPE, labeled.SCREW))
    write_document(workspace.recipes / "bare.yaml", labeled.recipe(labeled.TAPE).model_copy(update={"name": "bare"}))
    return workspace


@pytest.fixture
def open_label(qtbot: QtBot, place: Workspace) -> Open:
    """Opens a label page on the recipe `block`."""
    return lambda: open_page(qtbot, place)
