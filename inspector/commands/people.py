"""`inspector people`: who is registered at this workspace's station, with which role, and who may do what."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from inspector.commands.console import JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import InputError
from inspector.people.pin import refuse_weak
from inspector.people.role import NEEDS, Deed, Role
from inspector.people.session import EVERYBODY, Session, session_of
from inspector.people.staff import Staff
from inspector.settings import person, pick

app = typer.Typer(no_args_is_help=True, help="Who is registered at the station, and who may do what.")

NameArgument = Annotated[str, typer.Argument(help="The person's name.")]
EngineerOption = Annotated[
    str | None, typer.Option("--by", help="The engineer who does it, by name. Default: who is logged in.")
]
ROLES = ", ".join(map(str, Role))


@app.command("add")
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", help=f"{ROLES}. Who is first is an engineer.")],
    by: EngineerOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Register somebody. PINs are asked for, or read from standard input, a line each: the engineer's, then theirs."""
    given = _role(role)
    session = _engineers(workspace, by)
    pin = _new_pin(name)
    Staff(workspace_of(workspace)).add(session.demand(Deed.PEOPLE), name, given, pin)
    Voice(json).tell({"name": name, "role": str(given)}, f"{name} is registered with the role {given}.")


@app.command("list")
def list_(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Who is registered."""
    voice, register = Voice(json), session_of(workspace_of(workspace)).register
    rows = []
    for name, one in register.people.items():
        wait_s = round(register.wait_s(name))
        voice.tell({"name": name, "role": str(one.role), "since": one.since.isoformat(), "wait_s": wait_s})
        rows.append((name, one.role, f"{one.since.astimezone():%Y-%m-%d}", f"waits for {wait_s} s" if wait_s else ""))
    if rows:
        voice.table(f"{len(rows)} registered", ["name", "role", "since", ""], rows)
    else:
        voice.say(EVERYBODY)


@app.command("rights")
def rights(json: JsonOption = False) -> None:
    """The least role that each deed needs."""
    voice = Voice(json)
    for deed, role in NEEDS.items():
        voice.tell({"deed": str(deed), "role": str(role)})
    voice.table("The least role that it takes", ["to", "role"], list(NEEDS.items()))


@app.command("remove")
def remove(
    name: NameArgument, by: EngineerOption = None, workspace: WorkspaceOption = None, json: JsonOption = False
) -> None:
    """Register somebody no more. The last engineer stays."""
    session = _engineers(workspace, by)
    Staff(workspace_of(workspace)).remove(session.demand(Deed.PEOPLE), name)
    Voice(json).tell({"name": name, "role": None}, f"{name} is not registered any more.")


@app.command("role")
def role_(
    name: NameArgument,
    role: Annotated[str, typer.Argument(help=ROLES)],
    by: EngineerOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Give somebody another role."""
    given = _role(role)
    session = _engineers(workspace, by)
    Staff(workspace_of(workspace)).give(session.demand(Deed.PEOPLE), name, given)
    Voice(json).tell({"name": name, "role": str(given)}, f"{name} has the role {given} now.")


@app.command("pin")
def pin(
    name: NameArgument, by: EngineerOption = None, workspace: WorkspaceOption = None, json: JsonOption = False
) -> None:
    """Set your own PIN anew, or as an engineer (--by) somebody else's. PINs are asked for, or read as by add."""
    if by in (None, name):
        deed, session = Deed.PIN, session_of(workspace_of(workspace))
        session.enter(name, _ask(f"PIN of {name} until now: "))
    else:
        deed, session = Deed.PEOPLE, _engineers(workspace, by)
    new = _new_pin(name)
    Staff(workspace_of(workspace)).set_pin(session.demand(deed), name, new, deed)
    Voice(json).tell({"name": name}, f"{name} has a new PIN.")


@app.command("unlock")
def unlock(
    name: NameArgument, by: EngineerOption = None, workspace: WorkspaceOption = None, json: JsonOption = False
) -> None:
    """Let somebody try again at once after PINs that were wrong."""
    session = _engineers(workspace, by)
    Staff(workspace_of(workspace)).end_pause(session.demand(Deed.PEOPLE), name)
    Voice(json).tell({"name": name, "wait_s": 0}, f"{name} may try again at once.")


def _role(word: str) -> Role:
    return Role(pick(word, [str(role) for role in Role], "role"))


def _engineers(workspace: Path | None, by: str | None) -> Session:
    """A session of whoever may manage people; of nobody as long as nobody is registered.

    Raises: InputError for anybody else, before they are asked for more.
    """
    session = session_of(workspace_of(workspace))
    if session.open:
        return session
    name = by or person()
    if by is None and name not in session.register.people:
        raise InputError("Say which engineer does it: --by NAME.")
    session.enter(name, _ask(f"PIN of {name}: "))
    session.demand(Deed.PEOPLE)
    return session


def _new_pin(name: str) -> str:
    """Raises: InputError for a weak one, and where it was not typed twice alike."""
    given = _ask(f"New PIN of {name}: ")
    refuse_weak(given)
    if sys.stdin.isatty() and _ask("The same again: ") != given:
        raise InputError("These were two different PINs: nothing was changed.")
    return given


def _ask(prompt: str) -> str:
    """A PIN: typed unseen, or a line of the standard input. No option takes one, which others could read."""
    if sys.stdin.isatty():
        return getpass(prompt)
    line = sys.stdin.readline()
    if not line:
        raise InputError("A PIN is missing: give each on a line of the standard input, or do it in a terminal.")
    return line.rstrip("\r\n")
