"""The technician's bench as it opens."""

from pytestqt.qtbot import QtBot

from inspector.bundle import PROMOTED
from inspector.files import write_document
from inspector.settings import Workspace
from tests.ui.given import RECIPE
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
