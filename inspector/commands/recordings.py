"""`inspector recordings`: what was recorded, and what of it is thrown away or put back."""

from pathlib import Path
from typing import Annotated

import typer

from inspector.capture.claim import claim_of
from inspector.capture.recording import find_recording, recordings_of
from inspector.capture.trash import put_back, throw_away, thrown_recordings
from inspector.commands.console import ByOption, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.recipe import find_recipe
from inspector.settings import pick

app = typer.Typer(no_args_is_help=True, help="List recordings, throw them away, and put them back.")
NamesArgument = Annotated[list[str], typer.Argument(help="The recordings' names, as `list` shows them.")]


@app.command("list")
def list_(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    thrown: Annotated[bool, typer.Option("--thrown-away", help="Those that were thrown away instead.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """What teaches a recipe, the oldest first."""
    voice, place = Voice(json), workspace_of(workspace)
    name = find_recipe(place.recipes, recipe).name
    if thrown:
        kept = (one.recording for one in thrown_recordings(place) if one.recording is not None)
        found = sorted((one for one in kept if one.recipe == name), key=lambda one: one.recorded_at)
    else:
        found = [recording for _, recording in recordings_of(place.recordings, name)]
    for one in found:
        voice.tell({**one.model_dump(mode="json", exclude={"format", "media", "settings"}), "frames": one.frames})
    rows = [
        (
            one.id,
            " ".join(claim_of(one).options[1:]),
            one.frames,
            "" if one.seconds is None else f"{one.seconds:.1f}",
            one.recorded_by,
            f"{one.recorded_at.astimezone():%Y-%m-%d %H:%M}",
        )
        for one in found
    ]
    title = f"{len(found)} thrown away of {name}" if thrown else f"{len(found)} recordings of {name}"
    voice.table(title, ["name", "what it shows", "frames", "seconds", "by", "when"], rows)


@app.command("throw-away")
def throw_away_(
    names: NamesArgument, by: ByOption = None, workspace: WorkspaceOption = None, json: JsonOption = False
) -> None:
    """Move recordings to the trash, with their frames and boxes. Bundles that learned from them stay as they are."""
    voice, place = Voice(json), workspace_of(workspace)
    for name in [find_recording(place.recordings, name).name for name in dict.fromkeys(names)]:
        lies = throw_away(place, name, by)
        voice.tell({"recording": name, "lies": str(lies)}, f"{name} is in the trash: {lies}.")


@app.command("put-back")
def put_back_(
    names: NamesArgument, by: ByOption = None, workspace: WorkspaceOption = None, json: JsonOption = False
) -> None:
    """Put recordings back that were thrown away; of several with one name, that which was thrown away last."""
    voice, place = Voice(json), workspace_of(workspace)
    newest: dict[str, Path] = {}
    for one in thrown_recordings(place):
        newest.setdefault(one.name, one.path)
    for name in [pick(name, sorted(newest), "recording in the trash") for name in dict.fromkeys(names)]:
        folder = put_back(place, newest[name], by)
        voice.tell({"recording": name, "path": str(folder)}, f"{name} is back.")
