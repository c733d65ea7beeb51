"""The recipe that a plant chose outlives the supervisor, but not a person who starts another."""

import pytest

from inspector.errors import FileProblems, InputError
from inspector.settings import Workspace
from inspector.supervisor.choice import FILE, Choice


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace of three recipes, and one that somebody has begun to write."""
    for name in ("box", "lid", "tray"):
        recipe = f"format: 1\nname: {name}\ncomponents: [{{name: screw}}]\n"
        (workspace.recipes / f"{name}.yaml").write_text(recipe)
    (workspace.recipes / "draft.yaml").write_text("format: 1\nname: draft\ncomponent: []\n")
    return workspace


def test_it_is_the_recipe_that_was_named(place: Workspace) -> None:
    assert Choice(place, "box").recipe == "box"


def test_what_the_plant_chose_stays_chosen(place: Workspace) -> None:
    Choice(place, "box").choose("lid")
    assert Choice(place, "box").recipe == "lid"
    Choice(place, "box").choose("tray")
    assert Choice(place, "box").recipe == "tray"


def test_a_person_has_the_last_word(place: Workspace) -> None:
    Choice(place, "box").choose("lid")
    assert Choice(place, "tray").recipe == "tray"


@pytest.mark.parametrize("name", ["bos", "../recipes/lid", "", "lid.yaml"])
def test_a_recipe_that_is_not_there_is_refused_and_changes_nothing(place: Workspace, name: str) -> None:
    choice = Choice(place, "box")
    with pytest.raises(InputError, match="There is no recipe"):
        choice.choose(name)
    assert choice.recipe == "box"
    with pytest.raises(InputError, match="There is no recipe"):
        Choice(place, name)


def test_a_recipe_that_no_station_can_read_is_refused_and_changes_nothing(place: Workspace) -> None:
    choice = Choice(place, "box")
    choice.choose("lid")
    with pytest.raises(InputError, match=r"^The recipe 'draft' cannot be chosen\. .*draft\.yaml.*component") as told:
        choice.choose("draft")
    assert "\n" not in str(told.value)
    assert choice.recipe == "lid"


def test_a_workspace_without_recipes_says_so(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="There is no recipe in"):
        Choice(workspace, "box")


def test_a_choice_that_cannot_be_read_is_no_choice_of_the_first(place: Workspace) -> None:
    (place.folder / FILE).write_text("format: 1\nnamed: box\nchosen: 7\n")
    with pytest.raises(FileProblems):
        Choice(place, "box").recipe  # noqa: B018
