"""`inspector people`: PINs come from standard input, and are nowhere else."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector.people.audit import audit_of
from inspector.people.register import Register
from inspector.people.role import NEEDS, Role
from inspector.settings import Workspace, person
from tests.people.cheap import cheap_pins

Inspector = Any
PINS = {"maria": "482915", "tom": "739164"}
NEW = "604283"
Asked = Callable[..., Any]


class Terminal(io.StringIO):
    """What a person types into."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_pins(monkeypatch)


@pytest.fixture
def asked(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """`inspector people …` with these lines on its standard input."""

    def run(*arguments: str, pins: tuple[str, ...] = (), standing_in: io.StringIO | None = None) -> Any:
        monkeypatch.setattr(sys, "stdin", standing_in or io.StringIO("".join(f"{pin}\n" for pin in pins)))
        return inspector("people", *arguments)

    return run


@pytest.fixture
def register(workspace: Workspace, asked: Asked) -> Register:
    """With an engineer, maria, and a technician, tom."""
    assert asked("add", "maria", "--role", "engineer", pins=(PINS["maria"],)).code == 0
    added = asked("add", "tom", "--role", "technician", "--by", "maria", pins=(PINS["maria"], PINS["tom"]))
    assert (added.code, added.out, added.err) == (0, "tom is registered with the role technician.\n", "")
    return Register(workspace.folder)


def told(workspace: Workspace) -> list[tuple[str, str, object]]:
    return [(one.who, one.deed, one.what.get("change")) for one in audit_of(workspace).entries()]


def test_the_first_is_made_by_anybody_and_the_others_by_an_engineer(register: Register, workspace: Workspace) -> None:
    assert {name: one.role for name, one in register.people.items()} == {
        "maria": Role.ENGINEER,
        "tom": Role.TECHNICIAN,
    }
    assert told(workspace) == [
        (person(), "manage people", "add"),
        ("maria", "entered", None),
        ("maria", "manage people", "add"),
    ]


def test_the_first_must_be_an_engineer(asked: Asked, workspace: Workspace) -> None:
    said = asked("add", "tom", "--role", "operator", pins=(PINS["tom"],))
    assert said.code == 2
    assert "must be an engineer" in said.err
    assert not (workspace.folder / "people.yaml").exists()


def test_nobody_else_may_manage_people(register: Register, asked: Asked) -> None:
    for arguments in (
        ("add", "eve", "--role", "engineer"),
        ("remove", "maria"),
        ("role", "tom", "engineer"),
        ("unlock", "tom"),
        ("pin", "maria"),
    ):
        said = asked(*arguments, "--by", "tom", pins=(PINS["tom"], NEW, NEW))
        assert (said.code, said.out) == (2, "")
        assert "It takes the role engineer to manage people, and tom has the role technician." in said.err
        said = asked(*arguments, "--by", "maria", pins=(NEW, NEW, NEW))
        assert (said.code, said.err) == (2, "This PIN is wrong.\n")
        assert asked("unlock", "maria", "--by", "maria", pins=(PINS["maria"],)).code == 0
    assert set(register.people) == {"maria", "tom"}
    assert register.prove("maria", PINS["maria"])


def test_who_does_it_must_be_said(register: Register, asked: Asked) -> None:
    said = asked("remove", "tom")
    assert (said.code, said.err) == (2, "Say which engineer does it: --by NAME.\n")
    said = asked("remove", "tom", "--by", "maria")
    assert said.code == 2
    assert "A PIN is missing" in said.err


def test_people_are_listed_given_roles_and_removed(register: Register, asked: Asked, workspace: Workspace) -> None:
    by = ("--by", "maria")
    assert asked("role", "tom", "operator", *by, pins=(PINS["maria"],)).out == "tom has the role operator now.\n"
    lines = asked("list", "--json").lines
    assert [(line["name"], line["role"], line["wait_s"]) for line in lines] == [
        ("maria", "engineer", 0),
        ("tom", "operator", 0),
    ]
    assert asked("remove", "tom", *by, pins=(PINS["maria"],)).code == 0
    said = asked("remove", "maria", *by, pins=(PINS["maria"],))
    assert said.code == 2
    assert "maria is the last engineer" in said.err
    assert told(workspace)[-2:] == [("maria", "manage people", "remove"), ("maria", "did not do it after all", None)]


def test_a_wrong_role_has_a_neighbour(asked: Asked) -> None:
    assert "Did you mean 'engineer'" in asked("add", "maria", "--role", "enginer").err


def test_a_pin_is_changed_by_oneself_or_by_an_engineer(register: Register, asked: Asked) -> None:
    assert asked("pin", "tom", pins=(PINS["tom"], NEW)).out == "tom has a new PIN.\n"
    assert register.prove("tom", NEW)
    said = asked("pin", "tom", pins=(PINS["tom"], NEW))
    assert (said.code, said.err) == (2, "This PIN is wrong.\n")
    assert asked("pin", "tom", "--by", "maria", pins=(PINS["maria"], PINS["tom"])).code == 0
    assert register.prove("tom", PINS["tom"])
    assert "There is no person 'eve'" in asked("pin", "eve", pins=(NEW, NEW)).err


def test_an_engineer_ends_a_pause(register: Register, asked: Asked) -> None:
    for _ in range(5):
        asked("pin", "tom", pins=(NEW, NEW))
    assert "After 5 wrong PINs tom has to wait" in asked("pin", "tom", pins=(PINS["tom"], NEW)).err
    assert "waits for" in asked("list").out
    assert asked("unlock", "tom", "--by", "maria", pins=(PINS["maria"],)).out == "tom may try again at once.\n"
    assert asked("pin", "tom", pins=(PINS["tom"], NEW)).code == 0


def test_no_pin_is_anywhere(register: Register, asked: Asked, workspace: Workspace) -> None:
    weak = "123456"
    outputs = [
        asked("add", "eve", "--role", "operator", "--by", "maria", pins=(PINS["maria"], weak)),
        asked("pin", "tom", pins=(NEW, weak)),
        asked("list"),
        asked("list", "--json"),
    ]
    said = "".join(one.out + one.err for one in outputs)
    kept = b"".join(path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file()).decode()
    for pin in (*PINS.values(), weak, NEW):
        assert pin not in said
        assert pin not in kept
    assert "argon2" not in said


def test_a_terminal_is_asked_twice_and_shows_nothing(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PINS["maria"], NEW, PINS["maria"], PINS["maria"]])
    prompts: list[str] = []

    def unseen(prompt: str) -> str:
        prompts.append(prompt)
        return next(typed)

    monkeypatch.setattr("inspector.commands.people.getpass", unseen)
    said = asked("add", "maria", "--role", "engineer", standing_in=Terminal())
    assert (said.code, said.err) == (2, "These were two different PINs: nothing was changed.\n")
    assert asked("add", "maria", "--role", "engineer", standing_in=Terminal()).code == 0
    assert prompts == ["New PIN of maria: ", "The same again: "] * 2


def test_where_nobody_is_registered_that_is_said(asked: Asked) -> None:
    assert "Nobody is registered, so everybody may do everything" in asked("list").out
    assert asked("list", "--json").lines == []


def test_rights_are_those_of_the_table(asked: Asked) -> None:
    assert asked("rights", "--json").lines == [{"deed": str(d), "role": str(role)} for d, role in NEEDS.items()]
    assert "promote a bundle" in asked("rights").out


def test_a_workspace_that_is_not_there_yet_is_made(asked: Asked, tmp_path: Path) -> None:
    there = tmp_path / "new" / "place"
    assert asked("add", "maria", "--role", "engineer", "--workspace", str(there), pins=(PINS["maria"],)).code == 0
    assert list(Register(there).people) == ["maria"]
