"""The bench: pages made when they are first opened, one recipe for all of them, and how it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector.settings import Workspace
from ui import preferences
from ui.bench import Bench, Tab
from ui.desk import Desk
from ui.pages.page import Page
from ui.widgets.shapes import Sign
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

RECIPE = "format: 1\nname: {name}\ncomponents:\n  - name: tape\n"


class Sheet(Page):
    """A page that notes what it is told, and ends when the test says so."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self.name, self.heard, self.work = name, [], ""
        self.text = QLabel(name, self)

    def enter(self) -> None:
        self.heard.append("enter")

    def leave(self) -> None:
        self.heard.append("leave")

    @property
    def busy(self) -> str:
        return self.work

    def close_down(self) -> None:
        self.heard.append("close")
        if not self.work:
            self.ended.emit()

    def scale(self, em: int) -> None:
        self.em = em


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = Workspace(tmp_path)
    place.recipes.mkdir()
    for name in ("housing", "lid"):
        (place.recipes / f"{name}.yaml").write_text(RECIPE.format(name=name))
    return place


@pytest.fixture
def made() -> list[Sheet]:
    return []


@pytest.fixture
def bench(qtbot: QtBot, workspace: Workspace, made: list[Sheet]) -> Bench:
    desk = Desk(workspace)

    def page(name: str) -> Sheet:
        made.append(Sheet(desk, name))
        return made[-1]

    tabs = [Tab(name, Sign.PLAY, lambda name=name: page(name)) for name in ("one", "two")]
    bench = Bench(desk, tabs)
    qtbot.addWidget(bench)
    bench.resize(1280, 800)
    bench.show()
    bench.enter()
    return bench


def test_a_page_is_made_when_it_is_first_opened(bench: Bench, made: list[Sheet]) -> None:
    assert [sheet.name for sheet in made] == ["one"]
    bench.open(1)
    bench.open(0)
    assert [sheet.name for sheet in made] == ["one", "two"]
    assert made[0].heard == ["enter", "leave", "enter"]
    assert made[1].heard == ["enter", "leave"]
    assert bench.buttons[0].isChecked()
    assert made[1].em == 15


def test_a_page_has_a_key(bench: Bench, made: list[Sheet], qtbot: QtBot) -> None:
    bench.activateWindow()
    qtbot.keyClick(bench, Qt.Key_2, Qt.ControlModifier)
    assert bench.page is made[1]


def test_type_follows_the_window(bench: Bench, made: list[Sheet]) -> None:
    bench.resize(2560, 1600)
    assert made[0].em == 30


def test_the_recipe_is_that_of_all_pages(bench: Bench, made: list[Sheet], workspace: Workspace) -> None:
    desk = bench.desk
    assert (desk.names, desk.name, bench.recipe.currentText()) == (("housing", "lid"), "housing", "housing")
    bench.recipe.activated[str].emit("lid")
    assert desk.recipe is not None
    assert desk.recipe.name == "lid"
    (workspace.recipes / "lid.yaml").write_text("format: 1\nname: lid\n")
    desk.refresh()
    assert desk.recipe is None
    assert "components" in desk.fault
    (workspace.recipes / "lid.yaml").unlink()
    desk.refresh()
    assert (desk.name, desk.fault, bench.recipe.currentText()) == ("housing", "", "housing")


def test_an_empty_workspace_has_no_recipe(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(Desk(Workspace(tmp_path / "nothing")), [])
    qtbot.addWidget(bench)
    assert (bench.desk.names, bench.desk.name, bench.recipe.isEnabled()) == ((), "", False)


def test_what_a_page_says_stands_in_the_foot(bench: Bench, made: list[Sheet]) -> None:
    made[0].told.emit("Saved.")
    assert bench.foot.text == "Saved."
    bench.open(1)
    assert bench.foot.text == ""


@pytest.fixture
def window(bench: Bench, qtbot: QtBot) -> Iterator[Window]:
    made = Window(lambda: bench)
    qtbot.addWidget(made)
    made.show()
    yield made
    bench.setParent(None)


def test_a_busy_bench_asks_before_it_closes(window: Window, bench: Bench, made: list[Sheet], qtbot: QtBot) -> None:
    made[0].work = "A recording is running."
    window.close()
    assert window.isVisible()
    assert window.question.isVisible()
    window.question.no.click()
    assert not window.question.isVisible()
    window.close()
    window.question.yes.click()
    assert window.isHidden()
    with qtbot.waitSignal(window.finished):
        made[0].ended.emit()


def test_an_idle_bench_closes_at_once(window: Window, made: list[Sheet], qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.finished):
        window.close()
    assert made[0].heard == ["enter", "close"]


def test_another_look_makes_all_anew(qtbot: QtBot, workspace: Workspace) -> None:
    window = Window(lambda: Bench(Desk(workspace), []))
    qtbot.addWidget(window)
    before = window.content
    assert isinstance(before, Bench)
    before.look.click()
    assert preferences.look() == "light"
    assert window.content is not before


def test_while_something_runs_the_look_stays(window: Window, bench: Bench, made: list[Sheet]) -> None:
    made[0].work = "A recording is running."
    bench.look.click()
    assert window.content is bench
    assert bench.foot.text == "It changes at the next start, since something runs."
