"""`inspector record, import, extract, suggest, annotations`: from a camera to annotated frames."""

from pathlib import Path
from typing import Annotated

import typer

from inspector.capture.camera import open_camera
from inspector.capture.importing import import_media
from inspector.capture.recorder import record as record_from
from inspector.capture.recording import Recording, read_recording, recordings_of
from inspector.commands.console import JsonOption, Voice, WorkspaceOption, person, workspace_of
from inspector.errors import InputError
from inspector.labeling.annotation import State
from inspector.labeling.extraction import extract as extract_frames
from inspector.labeling.formats import FORMATS, export_annotations, import_annotations
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace, pick

annotations = typer.Typer(no_args_is_help=True, help="Take over or hand out annotations in other programs' formats.")

MOST_S = 24 * 3600.0

RecipeOption = Annotated[str, typer.Option("--recipe", help="The recipe that it teaches.")]
ComponentOption = Annotated[
    list[str], typer.Option("--component", help="The component that it teaches; again for pictures that teach more.")
]
SignOption = Annotated[
    bool | None,
    typer.Option("--positive/--negative", help="The component is in it, or nowhere in it; --pattern may say it."),
]
PatternOption = Annotated[str | None, typer.Option("--pattern", help="The pattern that every frame shows.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who records and attests. Default: who is logged in.")]


def record(
    recipe: RecipeOption,
    component: ComponentOption,
    source: Annotated[str | None, typer.Option(help="The camera; default: the settings'.")] = None,
    seconds: Annotated[float, typer.Option(min=0.5, max=MOST_S, help="How long.")] = 10.0,
    positive: SignOption = None,
    pattern: PatternOption = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Record one short video of a component. With --negative you attest that the component is nowhere in it."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    sign = _sign(wanted, component, positive, pattern)
    voice = Voice(json)
    camera = open_camera(place.settings().source if source is None else source)
    try:
        with voice.bar("Recording") as tick:
            folder = record_from(
                camera,
                place,
                wanted,
                component,
                positive=sign,
                pattern=pattern,
                seconds=seconds,
                by=by or person(),
                progress=tick,
            )
    finally:
        camera.close()
    _tell_recording(voice, folder, "Recorded")


def import_(
    path: Annotated[Path, typer.Argument(help="A video, or a folder of pictures.")],
    recipe: RecipeOption,
    component: ComponentOption,
    positive: SignOption = None,
    pattern: PatternOption = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take over a video or a folder of pictures. With --negative you attest that the component is nowhere in it."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    sign = _sign(wanted, component, positive, pattern)
    voice = Voice(json)
    with voice.bar("Importing") as tick:
        folder = import_media(
            path, place, wanted, component, positive=sign, pattern=pattern, by=by or person(), progress=tick
        )
    _tell_recording(voice, folder, "Imported")


def extract(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    most: Annotated[int, typer.Option(min=1, help="The most frames taken from one recording.")] = 120,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take sharp, different, evenly spread frames out of the recordings."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    voice = Voice(json)
    for folder, recording in _recordings(place, wanted):
        with voice.bar(f"Extracting {recording.id}") as tick:
            frames = extract_frames(folder, recording, region=_region(wanted, recording), most=most, progress=tick)
        voice.tell(
            {"recording": recording.id, "frames": len(frames.frames)}, f"{recording.id}: {len(frames.frames)} frames"
        )


def suggest(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    component: Annotated[list[str] | None, typer.Option(help="Only these; default: all that can be.")] = None,
    accept: Annotated[
        float | None, typer.Option(min=0, max=1, help="Take suggestions of at least this confidence as true.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Propose boxes from the contrast between positive and negative recordings."""
    from inspector.labeling.proposal import suggest_recordings

    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    voice = Voice(json)
    for name in component or [c.name for c in wanted.components]:
        with voice.bar(f"Suggesting {name}") as tick:
            made = suggest_recordings(place, wanted, name, accept=accept, progress=tick)
        voice.tell({"component": name, **made.counts()}, f"{name}: {made}")


@annotations.command("import")
def import_annotations_(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    path: Annotated[Path, typer.Argument(help="A folder or a file, as the format has it.")],
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))],
    without_boxes: Annotated[
        State, typer.Option(help="What a picture without boxes is: 'verified empty' or 'unlabeled'. Say it once.")
    ],
    rename: Annotated[list[str] | None, typer.Option("--map", help="THEIRS=OURS, for labels of other names.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put them in the place of what is there.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take over annotations onto a recording's frames."""
    place = workspace_of(workspace)
    folder, found = _recording(place, recording)
    made = import_annotations(
        folder,
        found,
        find_recipe(place.recipes, found.recipe),
        path,
        pick(form, list(FORMATS), "format"),
        without_boxes=without_boxes,
        label_map=dict(_pair(text) for text in rename or []),
        replace=replace,
    )
    counts = {str(state): sum(a.state is state for a in made.frames.values()) for state in State}
    words = ", ".join(f"{n} {state}" for state, n in counts.items())
    missed = f"; {len(made.unmatched)} pictures of the files are not in it" if made.unmatched else ""
    values = {"recording": recording, **counts, "changed": made.changed, "unmatched": list(made.unmatched)}
    Voice(json).tell(values, f"{recording}: {words}{missed}.")


@annotations.command("export")
def export_annotations_(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    path: Annotated[Path, typer.Argument(help="The folder or file to write, as the format has it.")],
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Hand out a recording's annotations, verified-empty frames included."""
    place = workspace_of(workspace)
    folder, found = _recording(place, recording)
    wanted = find_recipe(place.recipes, found.recipe)
    export_annotations(folder, found, wanted, path, pick(form, list(FORMATS), "format"))
    Voice(json).tell({"recording": recording, "path": str(path)}, f"Wrote {path}.")


def _sign(recipe: Recipe, components: list[str], positive: bool | None, pattern: str | None) -> bool:
    """Positive or negative: as said, else as the pattern passes or not."""
    if positive is not None:
        return positive
    if pattern is None:
        raise InputError("Say --positive (the component is in it) or --negative (it is nowhere in it).")
    return recipe.component(components[0]).pattern(pattern).passes


def _recordings(place: Workspace, recipe: Recipe) -> list[tuple[Path, Recording]]:
    found = recordings_of(place.recordings, recipe.name)
    if not found:
        raise InputError(
            f"There is no recording for '{recipe.name}' yet. Make one with: "
            f"inspector record --recipe {recipe.name} --component {recipe.components[0].name} --positive"
        )
    return found


def _recording(place: Workspace, wanted: str) -> tuple[Path, Recording]:
    known = sorted(path.parent.name for path in place.recordings.glob("*/recording.yaml"))
    folder = place.recordings / pick(wanted, known, "recording")
    return folder, read_recording(folder)


def _region(recipe: Recipe, recording: Recording) -> tuple[float, float, float, float] | None:
    """The region in which frames are compared: the component's, where the recording teaches one alone."""
    return recipe.component(recording.components[0]).region if len(recording.components) == 1 else None


def _pair(text: str) -> tuple[str, str]:
    theirs, sign, ours = text.partition("=")
    if not sign:
        raise InputError(f"--map should be THEIRS=OURS, got '{text}'.")
    return theirs, ours


def _tell_recording(voice: Voice, folder: Path, done: str) -> None:
    recording = read_recording(folder)
    values = {"recording": recording.id, "path": str(folder), "frames": recording.frames, "dropped": recording.dropped}
    lost = f", {recording.dropped} more were lost because the disk is too slow" if recording.dropped else ""
    voice.tell(values, f"{done} {recording.id}: {recording.frames} frames{lost}.")
