"""`inspector record, import, extract, suggest`: from a camera to frames with boxes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from inspector.capture.camera import open_camera
from inspector.capture.importing import import_media
from inspector.capture.proof import what_to_know
from inspector.capture.recorder import record as record_from
from inspector.capture.recording import Recording, read_recording, recordings_of
from inspector.commands.annotations import LabelMapOption, MapOption, counted, pairs, unpacked
from inspector.commands.console import (
    PATH,
    SOURCES,
    ByOption,
    JsonOption,
    Voice,
    WorkspaceOption,
    ended_in_order,
    workspace_of,
)
from inspector.errors import InputError
from inspector.inspection.sources import source_for
from inspector.labeling.annotated import annotate_new
from inspector.labeling.annotation import State
from inspector.labeling.coach import ENOUGH, AlmostRight, Coach
from inspector.labeling.extraction import extract as extract_frames
from inspector.labeling.fingerprint import Seen, differences, read_fingerprint, take_fingerprint
from inspector.labeling.formats.shards import is_records
from inspector.labeling.proposal import Proposals
from inspector.labeling.quick import MINUTES
from inspector.labeling.suggestions import Origin
from inspector.recipe import LOOKALIKE, Recipe, find_recipe
from inspector.settings import Workspace, person, pick

MOST_S = 24 * 3600.0
MOST_NAMED = 5

RecipeOption = Annotated[str, typer.Option("--recipe", help="The recipe that it teaches.")]
ComponentOption = Annotated[
    list[str], typer.Option("--component", help="The component that it teaches; again for pictures that teach more.")
]
SignOption = Annotated[
    bool | None,
    typer.Option("--positive/--negative", help="The component is in it, or nowhere in it; --pattern may say it."),
]
PatternOption = Annotated[str | None, typer.Option("--pattern", help="The pattern that every frame shows.")]
LookalikeOption = Annotated[
    bool, typer.Option("--lookalike", help="It shows what could be taken for the component, and the component nowhere.")
]


def record(
    recipe: RecipeOption,
    component: ComponentOption,
    source: Annotated[str | None, typer.Option(help=f"{SOURCES}. Default: the settings'.")] = None,
    seconds: Annotated[float, typer.Option(min=0.5, max=MOST_S, help="How long.")] = 10.0,
    positive: SignOption = None,
    pattern: PatternOption = None,
    lookalike: LookalikeOption = False,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Record one short video of a component. With --negative you attest that the component is nowhere in it."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    sign, shows = _claim(wanted, component, positive, pattern, lookalike)
    voice = Voice(json)
    camera, coach = open_camera(source_for(wanted, component, place.settings()) if source is None else source), Coach()
    try:
        with voice.bar("Recording") as tick:
            folder = record_from(
                camera,
                place,
                wanted,
                component,
                positive=sign,
                pattern=shows,
                seconds=seconds,
                by=by or person(),
                progress=lambda done, total: tick(done, total, coach.advice),
                watch=coach.see,
            )
    finally:
        camera.close()
    for sentence in what_to_know(camera.settings):
        voice.advise(sentence)
    if coach.advice or coach.views < ENOUGH:
        advice = coach.advice or "Record longer, and move and turn the product a little."
        voice.advise(f"It shows {coach.views} different views. {advice}")
    _tell_recording(voice, folder, "Recorded", {"views": coach.views, "enough": coach.enough})
    if not sign:
        voice.say(f"Record what is almost right as a negative too: {', '.join(AlmostRight)}.")


def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="A video, a folder of pictures, pictures, or a .record file with its boxes.",
            **PATH,
        ),
    ],
    recipe: RecipeOption,
    component: ComponentOption,
    positive: SignOption = None,
    pattern: PatternOption = None,
    lookalike: LookalikeOption = False,
    by: ByOption = None,
    without_boxes: Annotated[
        State | None, typer.Option(help="What a picture without boxes in a .record is. Default: unlabeled.")
    ] = None,
    rename: MapOption = None,
    label_map: LabelMapOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take over a video, pictures or TFRecords. With --negative you attest that the component is nowhere in it."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    voice, who = Voice(json), by or person()
    path = paths[0]
    if len(paths) == 1 and is_records(path):
        # The boxes in it say themselves what each picture shows.
        boxes_say = not lookalike and (positive, pattern) == (None, None)
        sign, shows = (True, None) if boxes_say else _claim(wanted, component, positive, pattern, lookalike)
        with unpacked(voice, path, place, label_map) as (pictures, records):
            folder = _import_media(voice, pictures, place, wanted, component, sign, shows, who)
            empty = without_boxes or State.UNLABELED
            made = annotate_new(folder, wanted, path, records, without_boxes=empty, label_map=pairs(rename))
        _tell_recording(voice, folder, "Imported", *counted(made))
        return
    if without_boxes or rename or label_map:
        raise InputError(f"{path} is no .record file: its boxes are for inspector annotations import, once it is in.")
    sign, shows = _claim(wanted, component, positive, pattern, lookalike)
    folder = _import_media(voice, paths, place, wanted, component, sign, shows, who)
    _tell_recording(voice, folder, "Imported")


def _import_media(
    voice: Voice,
    path: Path | list[Path],
    place: Workspace,
    recipe: Recipe,
    components: list[str],
    positive: bool,
    pattern: str | None,
    by: str,
) -> Path:
    with voice.bar("Importing") as tick:
        return import_media(path, place, recipe, components, positive, pattern, by, tick)


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
    reference: dict[str, tuple[Seen, str]] = {}
    for folder, recording in _recordings(place, wanted):
        with voice.bar(f"Extracting {recording.id}", "extract") as tick:
            frames = extract_frames(folder, recording, region=_region(wanted, recording), most=most, progress=tick)
        voice.tell(
            {"recording": recording.id, "frames": len(frames.frames)}, f"{recording.id}: {len(frames.frames)} frames"
        )
        if recording.kind == "video" and recording.frame_size is not None:
            seen = read_fingerprint(folder) or take_fingerprint(folder, frames)
            _tell_differences(voice, recording, seen, reference)


def _tell_differences(voice: Voice, recording: Recording, seen: Seen, reference: dict[str, tuple[Seen, str]]) -> None:
    """Recordings that differ in more than the component teach that difference too. reference: the first of each."""
    first, name = reference.setdefault(recording.components[0], (seen, recording.id))
    if found := differences(first, seen):
        voice.advise(
            f"{recording.id} differs from {name} in more than what it shows: {'; '.join(found)}. Record it again, or "
            "what tells the two apart may be that.",
            {"differs": recording.id, "from": name, "in": found},
        )


@ended_in_order()
def suggest(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    component: Annotated[list[str] | None, typer.Option(help="Only these; default: all that can be.")] = None,
    accept: Annotated[
        float | None, typer.Option(min=0, max=1, help="Take suggestions of at least this confidence as true.")
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--from",
            help="contrast; tracking: between frames of a video that are annotated; detector: taught by those that you "
            "confirmed.",
        ),
    ] = Origin.CONTRAST,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="That a detector may take.", show_default=f"{MINUTES:g}")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Propose boxes: from the contrast between positive and negative recordings, followed from frame to frame, or by a
    detector that is taught for a few minutes.

    What is not taken as true waits for a person: inspector annotations list, accept, state.
    """
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    names = [wanted.component(name).name for name in component or [c.name for c in wanted.components]]
    origin = Origin(pick(by, list(Origin), "way to suggest"))
    if origin is Origin.DETECTOR:
        _suggest_by_detector(Voice(json), place, wanted, names, accept, minutes or MINUTES)
        return
    if minutes:
        raise InputError(f"--minutes belongs to --from {Origin.DETECTOR}: nothing else learns.")
    by_origin = {Origin.CONTRAST: _suggest_by_contrast, Origin.TRACKING: _suggest_by_tracking}
    by_origin[origin](Voice(json), place, wanted, names, accept)


def _suggest_by_contrast(
    voice: Voice, place: Workspace, recipe: Recipe, components: list[str], accept: float | None
) -> None:
    from inspector.labeling.by_contrast import suggest_recordings

    for name in components:
        with voice.bar(f"Suggesting {name}", "suggest") as tick:
            made = suggest_recordings(place, recipe, name, accept=accept, progress=tick)
        voice.tell({"component": name, **made.counts()}, f"{name}: {made}")


def _suggest_by_tracking(
    voice: Voice, place: Workspace, recipe: Recipe, components: list[str], accept: float | None
) -> None:
    from inspector.labeling.by_tracking import track_recordings

    with voice.bar("Following boxes", "suggest") as tick:
        made = track_recordings(place, recipe, components, accept=accept, progress=tick)
    _tell_proposals(voice, components, made)


def _suggest_by_detector(
    voice: Voice, place: Workspace, recipe: Recipe, components: list[str], accept: float | None, minutes: float
) -> None:
    from inspector.labeling.by_detector import detect_recordings

    with voice.bar("Teaching a detector", "suggest") as tick:
        made = detect_recordings(place, recipe, components, accept, minutes, tick)
    _tell_proposals(voice, components, made)


def _tell_proposals(voice: Voice, components: list[str], made: Proposals) -> None:
    voice.tell({**made.counts(), "questions": list(made.questions)}, f"{', '.join(components)}: {made}")
    if made.questions:
        voice.say(f"To settle the most at once, annotate next: {', '.join(made.questions[:MOST_NAMED])}")


def _claim(
    recipe: Recipe, components: list[str], positive: bool | None, pattern: str | None, lookalike: bool
) -> tuple[bool, str | None]:
    """Positive or negative, and the pattern: as said, else as the pattern passes or not."""
    if lookalike and pattern is not None:
        raise InputError(f"Say --pattern {pattern} or --lookalike: what only looks like a component has no pattern.")
    if lookalike:
        return bool(positive), LOOKALIKE
    if positive is not None:
        return positive, pattern
    if pattern is None:
        raise InputError("Say --positive (the component is in it) or --negative (it is nowhere in it).")
    return recipe.component(components[0]).pattern(pattern).passes, pattern


def _recordings(place: Workspace, recipe: Recipe) -> list[tuple[Path, Recording]]:
    found = recordings_of(place.recordings, recipe.name)
    if not found:
        raise InputError(
            f"There is no recording for '{recipe.name}' yet. Make one with: "
            f"inspector record --recipe {recipe.name} --component {recipe.components[0].name} --positive"
        )
    return found


def _region(recipe: Recipe, recording: Recording) -> tuple[float, float, float, float] | None:
    """The region in which frames are compared: the component's, where the recording teaches one alone."""
    return recipe.component(recording.components[0]).region if len(recording.components) == 1 else None


def _tell_recording(
    voice: Voice, folder: Path, done: str, known: Mapping[str, int] | None = None, words: str = ""
) -> None:
    """known, words: what is known of its frames already."""
    recording = read_recording(folder)
    values = {"recording": recording.id, "path": str(folder), "frames": recording.frames, "dropped": recording.dropped}
    lost = f", {recording.dropped} more were lost because the disk is too slow" if recording.dropped else ""
    told = f": {words}" if words else ""
    voice.tell(values | dict(known or {}), f"{done} {recording.id}: {recording.frames} frames{lost}{told}.")
