"""`inspector tasks`: pictures of the line that somebody said were judged wrong, and what becomes of them."""

from typing import Annotated

import typer

from inspector.capture.recording import read_recording
from inspector.commands.console import ByOption, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.labeling import tasks
from inspector.recipe import find_recipe
from inspector.settings import person

app = typer.Typer(no_args_is_help=True, help="Pictures of the line that somebody said were judged wrong.")


@app.command("list")
def list_(
    recipe: Annotated[str | None, typer.Argument(help="Only those of this recipe.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that were taken into a recording.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """What waits to be labeled, and what was said of it."""
    voice, place = Voice(json), workspace_of(workspace)
    found = (tasks.tasks_of if every else tasks.waiting)(place, recipe)
    for one in found:
        voice.tell(one.model_dump(mode="json", exclude={"format"}))
    rows = [
        (one.inspection, one.camera, one.recipe, one.verdict, f"{said.reason} ({said.by})", one.recording or "")
        for one in found
        for said in one.objections
    ]
    voice.table(
        f"{len(found)} judged wrong", ["inspection", "camera", "recipe", "verdict", "what was said", "taken into"], rows
    )


@app.command("take")
def take(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make a recording of those that wait, of several cameras one for each, to be labeled like any other.

    Nothing is known yet of any frame of it.
    """
    place, voice = workspace_of(workspace), Voice(json)
    wanted = find_recipe(place.recipes, recipe)
    with voice.bar("Taking pictures") as tick:
        folders = tasks.take(place, wanted, by or person(), tick)
    for folder in folders:
        frames = read_recording(folder).frames
        voice.tell(
            {"recording": folder.name, "path": str(folder), "frames": frames},
            f"{folder.name}: {frames} pictures to label. What they show is known once somebody has said it of each.",
        )
