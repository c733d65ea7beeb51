"""`inspector recipe`: what a person types, and what they are told."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.files import write_document
from inspector.inspection.triggers.empty import empty_place
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.recipe import Mode, Trigger, find_recipe
from inspector.settings import Settings, Workspace

Inspector = Any
SCREW = ("--component", "screw=on/off", "--count", "screw=4", "--turns", "screw")


def test_new_makes_what_was_asked_for(inspector: Inspector, workspace: Workspace) -> None:
    said = inspector("recipe", "new", "lid", *SCREW, "--component", "tape", "--json")
    assert said.code == 0
    assert said.lines == [{"recipe": str(workspace.recipes / "lid.yaml")}]
    screw, tape = find_recipe(workspace.recipes, "lid").components
    assert (screw.mode, screw.count, screw.turns) == (Mode.CLASSIFICATION, 4, True)
    assert [(p.name, p.passes) for p in screw.patterns] == [("on", True), ("off", False)]
    assert (tape.mode, tape.count, tape.patterns) == (Mode.DETECTION, 1, ())


def test_new_says_what_begins_an_inspection(inspector: Inspector, workspace: Workspace) -> None:
    assert inspector("recipe", "new", "lid", "--component", "tape", "--trigger", "workpiece").code == 0
    assert find_recipe(workspace.recipes, "lid").vote.trigger is Trigger.WORKPIECE


def test_new_names_the_camera_of_each_component(inspector: Inspector, workspace: Workspace) -> None:
    options = ("--component", "lid", "--component", "seal", "--component", "tape")
    cameras = ("--camera", "lid=top", "--camera", "seal=side", "--camera", "tape=top")
    assert inspector("recipe", "new", "box", *options, *cameras).code == 0
    recipe = find_recipe(workspace.recipes, "box")
    assert list(recipe.views) == ["top", "side"]
    assert [component.camera for component in recipe.components] == ["top", "side", "top"]
    assert "top anywhere" in inspector("recipe", "show", "box").out
    said = inspector("recipe", "new", "lid", *options, *cameras[:4])
    assert said.code == 2
    assert "'tape' is seen by one of the cameras: top, side" in said.err
    assert "--camera should be NAME=CAMERA" in inspector("recipe", "new", "lid", *options, "--camera", "top").err


def test_who_made_it_is_in_the_audit_log(inspector: Inspector, workspace: Workspace) -> None:
    assert inspector("recipe", "new", "lid", "--component", "tape", "--by", "maria").code == 0
    (entry,) = audit_of(workspace).entries()
    assert (entry.who, entry.deed) == ("maria", Deed.RECIPE)
    assert entry.what == {"recipe": "lid", "made": True, "components": "tape"}


def test_new_never_overwrites(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    before = (workspace.recipes / "lid.yaml").read_bytes()
    said = inspector("recipe", "new", "lid", "--component", "screw")
    assert said.code == 2
    assert "There is already a recipe 'lid'" in said.err
    assert (workspace.recipes / "lid.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--component", "screw=on/"), "needs at least two patterns"),
        (("--component", "screw=on,tight/"), "needs a pattern that passes and one that does not"),
        (("--component", "a b"), "should hold letters, digits"),
        (("--component", "tape", "--component", "Tape"), "two components are called"),
        (("--component", "tape", "--count", "tape=many"), "--count should be NAME=N"),
        (("--component", "tape", "--count", "tape=²"), "--count should be NAME=N"),
        (("--component", "tape", "--count", f"tape={'9' * 5000}"), "--count should be NAME=N"),
        (("--component", "tape", "--count", "tap=2"), "Did you mean 'tape'?"),
    ],
)
def test_new_says_what_is_wrong(
    inspector: Inspector, workspace: Workspace, options: tuple[str, ...], sentence: str
) -> None:
    said = inspector("recipe", "new", "lid", *options)
    assert said.code == 2
    assert sentence in said.err
    assert not list(workspace.recipes.iterdir())


def test_check_tells_all_faults_at_once(inspector: Inspector, workspace: Workspace) -> None:
    text = "format: 1\nname: lid\nvotes: 3\ncomponents:\n  - name: screw\n    count: -1\n    colour: red\n"
    (workspace.recipes / "lid.yaml").write_text(text)
    said = inspector("recipe", "check", "lid")
    assert said.code == 2
    path = workspace.recipes / "lid.yaml"
    assert f"{path}:3: unknown key 'votes'. Did you mean 'vote'?" in said.err
    assert f"{path}:6: components.0.count" in said.err
    assert f"{path}:7: unknown key 'colour'" in said.err


def test_show_says_it_to_a_person_and_to_a_program(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", *SCREW)
    assert "on (pass), off (fail)" in " ".join(inspector("recipe", "show", "lid").out.split())
    (values,) = inspector("recipe", "show", "lid", "--json").lines
    assert values["components"][0]["count"] == 4


def test_an_unknown_recipe_has_a_neighbour(inspector: Inspector) -> None:
    inspector("recipe", "new", "housing", "--component", "tape")
    said = inspector("recipe", "show", "hosing")
    assert said.code == 2
    assert said.err == "There is no recipe 'hosing'. Did you mean 'housing'?\n"


def test_a_wrong_option_is_the_user_s_mistake(inspector: Inspector) -> None:
    said = inspector("recipe", "show", "--colour", "red")
    assert said.code == 2
    assert "No such option" in said.err


def test_a_name_that_no_file_can_have_is_refused(inspector: Inspector, workspace: Workspace) -> None:
    for name in ("../lid", "a" * 300):
        said = inspector("recipe", "new", name, "--component", "tape")
        assert said.code == 2
        assert "should hold letters, digits" in said.err
    assert not list(workspace.recipes.iterdir())


def test_empty_takes_a_picture_of_the_place(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("recipe", "empty", "lid", "--source", "simulator:seed=1,pace=0", "--json")
    assert said.lines == [{"picture": str(workspace.places / "lid.png")}]
    shown = empty_place(workspace.places, find_recipe(workspace.recipes, "lid"))
    assert shown is not None
    assert shown.shape == (480, 640, 3)


def test_of_several_cameras_the_first_one_takes_the_empty_place(
    inspector: Inspector, workspace: Workspace, tmp_path: Path
) -> None:
    for name, width in (("source", 20), ("top", 40), ("side", 60)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.zeros((30, width, 3), np.uint8))
    sources = {name: str(tmp_path / f"{name}.png") for name in ("top", "side")}
    write_document(workspace.folder / "settings.yaml", Settings(source=str(tmp_path / "source.png"), cameras=sources))
    parts = ("--component", "lid", "--camera", "lid=top", "--component", "seal", "--camera", "seal=side")
    inspector("recipe", "new", "box", *parts)
    assert inspector("recipe", "empty", "box").code == 0
    shown = empty_place(workspace.places, find_recipe(workspace.recipes, "box"))
    assert shown is not None
    assert shown.shape == (30, 40, 3)
    write_document(workspace.folder / "settings.yaml", Settings(cameras={"side": sources["side"]}))
    said = inspector("recipe", "empty", "box")
    assert said.code == 2
    assert "Nothing says which source the camera 'top' is" in said.err
