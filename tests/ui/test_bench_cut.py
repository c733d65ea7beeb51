"""Every page of the technician's bench in each language, in the smallest window: no word on a button is cut."""

from collections.abc import Iterator

import pytest
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from inspector.files import write_document
from inspector.settings import Workspace
from tests.ui.given import RECIPE, account_for, shelve
from ui import preferences, translation
from ui.bench import Bench
from ui.technician import bench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(params=list(preferences.LANGUAGES))
def opened(request: pytest.FixtureRequest, qtbot: QtBot, workspace: Workspace) -> Iterator[Bench]:
    translation.use(request.param)
    write_document(workspace.recipes / f"{RECIPE.name}.yaml", RECIPE)
    shelve(workspace, "lid-1")
    account_for(workspace, "lid-1")
    made = bench(workspace, source="simulator")

    def end(_: object) -> None:
        with qtbot.waitSignal(made.ended, timeout=60_000):
            made.close_down()

    qtbot.addWidget(made, before_close_func=end)
    made.resize(1280, 800)
    made.show()
    made.enter()
    yield made
    translation.use("en")


def cut(bench: Bench) -> set[str]:
    """What stands on visible buttons that are narrower than it takes."""
    buttons = (button for button in bench.findChildren(QPushButton) if button.isVisible() and button.text())
    return {button.text() for button in buttons if button.width() < button.sizeHint().width()}


def test_no_word_on_a_button_is_cut(opened: Bench, qtbot: QtBot) -> None:
    for tab in opened.buttons:
        tab.click()
        qtbot.wait(300)
        errands = getattr(opened.page, "errands", None)
        qtbot.waitUntil(lambda errands=errands: errands is None or not errands.busy, timeout=20_000)
        assert not cut(opened), tab.text()
