"""The technician's bench as it opens."""

import pytest
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.bundle import PROMOTED
from inspector.files import write_document
from inspector.settings import Workspace
from tests.ui.given import PINS, RECIPE, register
from ui.doorkeeper import Doorkeeper
from ui.technician import bench


def test_it_opens_where_the_work_goes_on(qtbot: QtBot, workspace: Workspace) -> None:
    def first() -> str:
        made = bench(workspace)
        qtbot.addWidget(made)
        return made.tabs[made._first].title

    assert first() == "Recipes"
    write_document(workspace.recipes / f"{RECIPE.name}.yaml", RECIPE)
    assert first() == "Record"
    workspace.bundles.mkdir(parents=True, exist_ok=True)
    (workspace.bundles / f"{RECIPE.name}{PROMOTED}").touch()
    assert first() == "Station"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_who_gave_a_pin_on_one_page_is_there_on_all(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_document(workspace.recipes / f"{RECIPE.name}.yaml", RECIPE)
    register(workspace, monkeypatch)

    def close(made: QWidget) -> None:
        with qtbot.waitSignal(made.ended, timeout=20_000):  # type: ignore[attr-defined]
            made.close_down()  # type: ignore[attr-defined]

    made = bench(workspace)
    qtbot.addWidget(made, before_close_func=close)
    asking = [tab.title for tab in made.tabs if made._page(made.tabs.index(tab)).findChildren(Doorkeeper)]
    assert asking == ["Recipes", "Record", "Train", "Station", "History", "Settings"]
    made.desk.session().enter("ann", PINS["ann"])
    assert [door.who for door in made.findChildren(Doorkeeper)] == ["ann"] * len(asking)
