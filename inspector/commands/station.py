"""`inspector station`: a station under a supervisor, for months. What it loads stays small."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer

from inspector.commands.console import SOURCES, JsonOption, WorkspaceOption, printable, workspace_of
from inspector.errors import InputError, InspectorError
from inspector.interruption import on_signals
from inspector.people.chain import LOG, newest_in, tail_of
from inspector.plant.opening import opened
from inspector.settings import Workspace
from inspector.supervisor.choice import Choice
from inspector.supervisor.notifier import Notifier
from inspector.supervisor.supervisor import Command, Supervisor
from inspector.supervisor.unsent import unsent


class Screen(StrEnum):
    """What the station shows where it stands."""

    KIOSK = "kiosk"
    NONE = "none"


def station(
    recipe: Annotated[str | None, typer.Argument(help="The recipe's name. Default: the settings'.")] = None,
    source: Annotated[str | None, typer.Option(help=f"{SOURCES}. Default: the settings'.")] = None,
    screen: Annotated[Screen, typer.Option(help="The operator's screen, full and for good, or none.")] = Screen.NONE,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Keep a station running, and tell the plant what may be said of it."""
    place = workspace_of(workspace)
    settings = place.settings()
    named = recipe or settings.recipe
    if named is None:
        raise InputError("Name the recipe that the station runs, or write it into settings.yaml: recipe: NAME")
    choice = Choice(place, named, _say)
    _tell_head(place)
    with unsent(place.records) as source_of, opened(settings.outputs, place.folder, source_of) as outputs:
        supervisor = Supervisor(
            _command(place, source, screen, json),
            choice.recipe,
            tuple(outputs.values()),
            choose=choice.choose,
            say=_say,
            notifier=Notifier(),
        )
        with on_signals(supervisor.stop, signal.SIGINT, signal.SIGTERM):
            supervisor.run()


def _tell_head(workspace: Workspace) -> None:
    """The end of the audit log: a service manager keeps it where whoever may write the workspace may not."""
    try:
        head = newest_in(tail_of(workspace.folder / LOG))
    except InspectorError as error:  # no reason to inspect nothing
        _say(str(error))
    else:
        _say(f"The audit log ends with {head}." if head else "The audit log is empty, or damaged at its end.")


def _command(workspace: Workspace, source: str | None, screen: Screen, json: bool) -> Command:
    """How the station of a recipe is started."""
    options = ["--workspace", str(workspace.folder)]
    if source is not None:
        options += ["--source", source]

    def command(recipe: str) -> Sequence[str]:
        if screen is Screen.KIOSK:
            return [sys.executable, "-m", "inspector", "ui", "--kiosk", "--recipe", recipe, *options]
        said = ["--json"] if json else []
        return [sys.executable, "-m", "inspector", "run", recipe, *options, *said]

    return command


def _say(text: str) -> None:
    """On standard error; that nobody reads it is no reason to end."""
    with suppress(OSError):
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()
