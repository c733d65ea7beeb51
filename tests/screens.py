"""`make screenshots`: a person teaches the simulator's tape in the window, and each page is kept as a picture.

Every press and every key goes through Qt as a hand's would, and is counted. Needs Xvfb.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import preferences

if TYPE_CHECKING:
    from PyQt5.QtWidgets import QWidget

    from inspector.settings import Workspace
    from ui.bench import Bench
    from ui.pages.label import LabelPage
    from ui.pages.record import RecordPage
    from ui.pages.station import StationPage
    from ui.pages.train import TrainPage

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
MEASURED = ROOT / "docs" / "measured" / "screens"
SIZE = (1280, 800)
RECORDED_S = 20
PATIENCE_S = 900
RECIPES, RECORD, LABEL, TRAIN, VALIDATE, STATION, HISTORY, SETTINGS = range(8)
OUTPUTS = 3
"""Of the sections of the settings."""


@dataclass(frozen=True)
class Product:
    """What is taught: a recipe of one component, and where it is seen with it and without it: sources that a camera is
    opened for, or videos that are dropped on the page.
    """

    recipe: str
    component: str
    present: str
    absent: str

    @property
    def is_dropped(self) -> bool:
        return Path(self.present).exists()

    @property
    def measured(self) -> Path:
        """What it took the last time."""
        return MEASURED / f"{self.component}.json"


TAPE = Product("housing", "tape", "simulator:tape=on,screw=on,seed=1", "simulator:tape=off,screw=on,seed=1")


def bottle(data: Path) -> Product:
    """The left place of the crate. data: the folder of real pictures."""
    videos = (str(data / "bottles" / f"left_{kind}.mp4") for kind in ("positive", "negative"))
    return Product("crate", "bottle", *videos)


def main() -> None:
    """The whole job in the first language, and its pages in all of them."""
    with tempfile.TemporaryDirectory() as workspace, _display() as display:
        for language in preferences.LANGUAGES:
            _drive(display, workspace, language)


def teach_bottle(data: Path) -> None:
    """The same job on videos of a real crate; no page is kept."""
    with tempfile.TemporaryDirectory() as workspace, _display() as display:
        _drive(display, workspace, "en", str(data))


def _drive(display: str, workspace: str, *arguments: str) -> None:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_CONFIG_HOME": workspace}
    command = [sys.executable, "-m", "tests.screens", workspace, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@contextmanager
def _display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Person:
    """Presses, types and waits as a person does. presses, keys: how many it took."""

    def __init__(self, bench: "Bench", language: str, folder: Path | None) -> None:
        """folder: of the pictures that are kept; None keeps none."""
        self.bench, self._language, self._folder = bench, language, folder
        self.presses = self.keys = 0
        self._began = time.monotonic()

    @property
    def minutes(self) -> float:
        return (time.monotonic() - self._began) / 60

    def open(self, index: int) -> Any:
        """Turn to a page by its tab."""
        self.press(self.bench.buttons[index])
        return self.bench.page

    def press(self, widget: "QWidget") -> None:
        """With the mouse, in the middle, once it can be pressed."""
        from PyQt5.QtCore import Qt
        from PyQt5.QtTest import QTest

        self.until(lambda: widget.isVisible() and widget.isEnabled())
        QTest.mouseClick(widget, Qt.LeftButton)
        self.presses += 1

    def type(self, widget: "QWidget", text: str) -> None:
        """In the place of what stands there."""
        from PyQt5.QtTest import QTest

        widget.setFocus()
        widget.selectAll()  # type: ignore[attr-defined]
        QTest.keyClicks(widget, text)
        self.keys += len(text)

    def until(self, true: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Raises: SystemExit where it does not come."""
        from PyQt5.QtTest import QTest

        end = time.monotonic() + patience_s
        while not true():
            if time.monotonic() > end:
                raise SystemExit(f"The window did not come so far in {patience_s:.0f} s: {self.bench.foot.text}")
            QTest.qWait(50)

    def drop(self, widget: "QWidget", path: str) -> None:
        """A file, out of the system's own window of files: counted as a press."""
        from PyQt5.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
        from PyQt5.QtGui import QDragEnterEvent, QDropEvent

        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path)])
        buttons = Qt.LeftButton, Qt.NoModifier
        widget.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.CopyAction, mime, *buttons))
        widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.CopyAction, mime, *buttons, QEvent.Drop))
        self.presses += 1

    def wait(self, seconds: float) -> None:
        from PyQt5.QtTest import QTest

        QTest.qWait(round(seconds * 1000))

    def keep(self, name: str, window: "QWidget | None" = None) -> None:
        """A picture of the whole window, by default the bench's."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (window or self.bench).grab().save(str(self._folder / f"{name}.{self._language}.png"))


def one_language(workspace: Path, language: str, data: Path | None = None) -> None:
    """The job where the workspace is empty; then a picture of each page. data: teach the bottle, and keep none."""
    from inspector.settings import Workspace
    from ui import app, theme, translation
    from ui.technician import bench

    running = app._application()
    theme.use("light" if language == "de" else "dark")
    preferences.keep("language", language)
    preferences.keep("look", "light" if language == "de" else "dark")
    translation.use(language)
    place = Workspace(workspace / "workspace")
    made = bench(place, source=TAPE.present)
    made.resize(*SIZE)
    made.show()
    made.enter()
    person = Person(made, language, None if data else SCREENS)
    if not place.bundles.exists():
        _teach(person, bottle(data) if data else TAPE)
    if data is None:
        _show(person)
    ended = []
    made.ended.connect(lambda: ended.append(True))
    made.close_down()
    person.until(lambda: ended)
    made.hide()
    if data is None:
        _show_operator(person, place)
        _show_kiosk(person, place)
    running.processEvents()


def _teach(person: Person, product: Product) -> None:
    """From an empty workspace to a station that runs with a bundle; what it took is kept."""
    bench, took = person.bench, {}

    def note(name: str) -> None:
        took[name] = {"presses": person.presses, "keys": person.keys, "minutes": round(person.minutes, 1)}

    recipes = person.open(RECIPES)
    person.keep("recipes-first")
    person.press(recipes.welcome.make)
    person.type(recipes.form.name, product.recipe)
    person.press(recipes.form.make)
    person.until(lambda: recipes.editor.cards and recipes.editor.cards[0].isVisible())
    person.type(recipes.editor.cards[0].name, product.component)
    person.until(lambda: bench.desk.recipe is not None and bench.desk.recipe.components[0].name == product.component)
    note("recipe")
    record = person.open(RECORD)
    for number, source in enumerate((product.present, product.absent), start=1):
        (_drop if product.is_dropped else _record)(person, record, source, number == 1)
        person.until(lambda number=number: len(record.panel.list.cards) == number)
    person.until(lambda: not record.intake.running)
    note("recordings")
    label = person.open(LABEL)
    person.until(lambda: label.idle and label.extents)
    person.press(label.bar.suggest)
    person.until(lambda: not label.proposing.running and label.idle)
    while _waits(label):
        _answer(person, label)
    note("labels")
    train = person.open(TRAIN)
    person.press(train.preparation.presets.cards["quick"])
    person.press(train.preparation.train)
    person.until(lambda: train.learning is not None and train.learning.previews.sights)
    person.wait(30)
    person.keep("train-running")
    person.until(lambda: not train.training.running)
    note("bundle")
    person.press(train.learning.validate)
    validate = bench.page
    # It validates what nobody has validated yet.
    person.until(lambda: validate.validating.running)
    person.until(lambda: not validate.validating.running and not validate.errands.busy)
    note("validation")
    train = person.open(TRAIN)
    person.press(train.bundles)
    person.until(lambda: _of_promoting(train))
    person.press(_of_promoting(train)[0])
    person.press(train.question.yes)
    person.until(lambda: not train.promoting.running)
    note("promoted")
    product.measured.parent.mkdir(parents=True, exist_ok=True)
    product.measured.write_text(json.dumps(took, indent=1))
    print(json.dumps(took), flush=True)


def _record(person: Person, record: "RecordPage", source: str, positive: bool) -> None:
    # With a camera it is the product that a person changes here.
    record.bar.choice.choose(source)
    record.bar.chosen.emit()
    person.wait(3)
    person.until(lambda: record.can_record)
    person.press(record.shooting.record)
    _vouch(person, record, positive)
    person.wait(RECORDED_S)
    person.keep("record-on" if positive else "record-off")
    person.press(record.shooting.record)


def _drop(person: Person, record: "RecordPage", video: str, positive: bool) -> None:
    person.until(lambda: record.claim is not None and record.claim.positive is positive)
    person.drop(record, video)
    _vouch(person, record, positive)


def _vouch(person: Person, record: "RecordPage", positive: bool) -> None:
    """For a negative video a person says by name that nothing is in it."""
    if not positive:
        person.type(record.attestation.name, "Ann")
        person.press(record.attestation.yes)


def _answer(person: Person, label: "LabelPage") -> None:
    """The driver sees nothing: what a person would have to look at teaches nothing."""

    def button() -> "QWidget":
        asked = label.board.contradiction
        return asked.not_there if asked.isVisible() else label.board.tools.accept_

    # A review may end meanwhile, and ask.
    person.until(lambda: not _waits(label) or (button().isVisible() and button().isEnabled()))
    if _waits(label):
        person.press(button())
        person.until(lambda: label.idle)


def _of_promoting(train: "TrainPage") -> list["QWidget"]:
    """The buttons that give a bundle to the station: the second one of each bundle."""
    return train.comparison.findChildren(type(train.bundles))[1::2]


def _waits(label: "LabelPage") -> bool:
    """Whether something waits for an answer."""
    from inspector.labeling.reel import Standing

    waiting = (Standing.WAITING, Standing.DOUBTFUL, Standing.CONTRADICTING)
    return any(one in waiting for one in label.board.timeline.standings)


def _show(person: Person) -> None:
    """A picture of each page, as it is after the work."""
    for index, name in enumerate(("recipes", "record", "label", "train", "validate", "station", "history", "settings")):
        page = person.open(index)
        person.wait(4)
        if index == TRAIN:
            person.press(page.bundles)
            person.wait(1)
        if index == STATION:
            person.press(page.start)
            person.wait(12)
        person.keep(name)
        if index == HISTORY:
            person.press(page.views.buttons[1])
            person.wait(2)
            person.keep("figures")
        if index == SETTINGS:
            person.press(page.tabs[OUTPUTS])
            person.wait(1)
            person.keep("outputs")


def _station_alone(place: "Workspace") -> "StationPage":
    """The station without the bench, which begins by itself."""
    from ui.pages.station import StationPage
    from ui.stations import WorkspaceStations

    return StationPage(WorkspaceStations(place), source=TAPE.present, start=True)


def _show_operator(person: Person, place: "Workspace") -> None:
    """The operator's screen: with a verdict, an inspection looked at closer, and what is asked beside it."""
    page = _station_alone(place)
    page.resize(*SIZE)
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
    _leave(person, page)


def _show_kiosk(person: Person, place: "Workspace") -> None:
    """The kiosk over the whole screen, and the way out, for which somebody has to be registered."""
    from inspector.people.register import Register
    from inspector.people.role import Role
    from ui.kiosk import Kiosk

    register = Register(place.folder)
    if not register.people:
        register.add("Ann", Role.ENGINEER, "481516")
    kiosk = Kiosk(_station_alone(place))
    kiosk.begin()
    kiosk.page.enter()
    person.until(lambda: kiosk.page.shown.verdict.word)
    person.keep("kiosk", kiosk)
    person.press(kiosk.band.lock)
    person.wait(0.3)
    person.keep("kiosk-pin", kiosk)
    ended: list[bool] = []
    kiosk.finished.connect(lambda: ended.append(True))
    kiosk.end()
    person.until(lambda: ended)


def _leave(person: Person, page: "StationPage") -> None:
    ended: list[bool] = []
    page.ended.connect(lambda: ended.append(True))
    page.close_down()
    person.until(lambda: ended)
    page.hide()


if __name__ == "__main__":
    if sys.argv[1:]:
        place, spoken, *pictures = sys.argv[1:]
        one_language(Path(place), spoken, *map(Path, pictures))
    else:
        main()
