"""The recipe that a plant chose outlives the supervisor, but not a person who starts another."""

import threading
import time
from collections.abc import Iterator

import pytest

from inspector.errors import FileProblems, InputError
from inspector.lock import alone
from inspector.people.audit import LOCK, audit_of
from inspector.people.role import Deed
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


def notes() -> Iterator[threading.Thread]:
    return (thread for thread in threading.enumerate() if thread.name == "note")


def written() -> None:
    """Wait until what was chosen is in the audit log, or cannot be."""
    for thread in notes():
        thread.join(20)


@pytest.fixture(autouse=True)
def _all_written() -> Iterator[None]:
    yield
    written()


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


def test_what_the_plant_chose_is_in_the_audit_log(place: Workspace) -> None:
    Choice(place, "box").choose("lid")
    written()
    (entry,) = audit_of(place).entries()
    assert (entry.who, entry.deed) == ("plant", Deed.CHOOSE)
    assert entry.what == {"recipe": "lid", "started_with": "box"}


def test_nobody_waits_for_the_audit_log_to_be_free(place: Workspace) -> None:
    choice = Choice(place, "box")
    with alone(place.folder / LOCK, ""):
        began_s = time.monotonic()
        choice.choose("lid")
        assert choice.recipe == "lid"
        assert list(notes()), "it waits"
        assert time.monotonic() - began_s < 5, "and nobody else"
        assert not list(audit_of(place).entries())
    written()
    assert len(list(audit_of(place).entries())) == 1


def test_a_line_goes_on_without_an_audit_log_and_that_is_said(place: Workspace) -> None:
    (place.folder / "audit.jsonl").mkdir()
    said: list[str] = []
    choice = Choice(place, "box", said.append)
    choice.choose("lid")
    written()
    assert choice.recipe == "lid"
    assert "audit.jsonl" in said[0]
