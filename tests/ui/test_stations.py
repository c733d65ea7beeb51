"""What the window offers of a workspace, and what it advises where something is missing."""

from pathlib import Path
from typing import Any

import pytest

from inspector.bundle import Promotions
from inspector.errors import FileProblems, InputError
from inspector.files import write_document
from inspector.inspection.verdict import Inspection
from inspector.recipe import Component, Recipe, Viewpoint
from inspector.settings import Settings, Workspace
from tests.inspection.scripted import until
from tests.test_bundle import LAMP, make
from ui.stations import Offer, WorkspaceStations


def test_a_workspace_without_a_recipe_says_how_to_make_one(workspace: Workspace) -> None:
    (offer,) = WorkspaceStations(workspace).survey()
    assert offer.advice is not None
    assert offer.advice.command.startswith("inspector recipe new")
    assert str(workspace.folder) in offer.advice.text


def test_a_recipe_without_a_bundle_says_how_to_teach_it(workspace: Workspace, recipe: Recipe) -> None:
    write_document(workspace.recipes / "gearbox.yaml", recipe)
    (offer,) = WorkspaceStations(workspace).survey()
    assert (offer.name, offer.recipe) == ("gearbox", recipe)
    assert offer.advice is not None
    assert "inspector train gearbox" in offer.advice.command


def test_a_promoted_recipe_can_start(workspace: Workspace, recipe: Recipe) -> None:
    write_document(workspace.recipes / "gearbox.yaml", recipe)
    write_document(workspace.bundles / "gearbox.promoted.yaml", Promotions(bundles=("gearbox-1",)))
    assert WorkspaceStations(workspace).survey() == (Offer("gearbox", recipe),)


def test_a_recipe_with_faults_is_listed_with_them(workspace: Workspace, recipe: Recipe) -> None:
    write_document(workspace.recipes / "gearbox.yaml", recipe)
    (workspace.recipes / "axle.yaml").write_text("format: 1\nnam: axle\n")
    axle, gearbox = WorkspaceStations(workspace).survey()
    assert (axle.name, axle.recipe, gearbox.recipe) == ("axle", None, recipe)
    assert axle.advice is not None
    assert "unknown key 'nam'" in axle.advice.text


def test_a_bundle_that_is_none_is_said_so(workspace: Workspace, tmp_path: Path) -> None:
    (offer,) = WorkspaceStations(workspace, str(tmp_path)).survey()
    assert offer.advice is not None
    assert "is not a bundle" in offer.advice.text


def test_opening_reads_the_recipe_as_it_is_by_then(workspace: Workspace, recipe: Recipe) -> None:
    write_document(workspace.recipes / "gearbox.yaml", recipe)
    stations = WorkspaceStations(workspace)
    (offer,) = stations.survey()
    (workspace.recipes / "gearbox.yaml").write_text("format: 1\nnam: gearbox\n")
    with pytest.raises(FileProblems, match="unknown key 'nam'"):
        stations.open(offer, "simulator", lambda inspection: None, print)


def test_opening_without_a_bundle_refuses(workspace: Workspace, recipe: Recipe) -> None:
    write_document(workspace.recipes / "gearbox.yaml", recipe)
    with pytest.raises(InputError, match="has no bundle yet"):
        WorkspaceStations(workspace).open(Offer("gearbox", recipe), "simulator", lambda inspection: None, print)


def test_what_several_cameras_are_is_said_in_the_settings(workspace: Workspace, red_network: Path) -> None:
    parts = (Component(name="lid", camera="top"), Component(name="seal", camera="side"))
    recipe = Recipe(name="box", components=parts, cameras=(Viewpoint(name="top"), Viewpoint(name="side")))
    write_document(workspace.recipes / "box.yaml", recipe)
    make(workspace.bundles / "box-1", red_network, recipe)
    write_document(workspace.bundles / "box.promoted.yaml", Promotions(bundles=("box-1",)))
    stations = WorkspaceStations(workspace)
    with pytest.raises(InputError, match="Nothing says which source the camera 'top' is"):
        stations.open(Offer("box", recipe), "usb:0", lambda inspection: None, print)
    write_document(workspace.folder / "settings.yaml", Settings(cameras={"top": "usb:1", "side": "usb:2"}))
    opened = stations.open(Offer("box", recipe), "usb:0", lambda inspection: None, print)
    assert opened.view().frame is None
    opened.stop()
    assert opened.wait()


class Troubled:
    """A supervisor's ear that says what is wrong with a way to the plant."""

    trouble = "The broker does not answer."

    def watch(self, *about: object) -> None: ...

    def tell(self, inspection: Inspection) -> None: ...


def test_what_the_supervisor_says_is_wrong_stands_at_the_station(workspace: Workspace, red_network: Path) -> None:
    make(workspace.bundles / "lamp-1", red_network)
    write_document(workspace.bundles / "lamp.promoted.yaml", Promotions(bundles=("lamp-1",)))
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    supervisor: Any = Troubled()
    opened = WorkspaceStations(workspace, patient=True, reporting=supervisor).open(
        Offer("lamp", LAMP), "simulator:seed=1", lambda inspection: None, print
    )
    opened.start()
    until(lambda: opened.view().remark == supervisor.trouble)
    opened.stop()
    assert opened.wait()
