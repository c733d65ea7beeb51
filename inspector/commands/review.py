"""`inspector review`: where recordings seem to contradict what was said of them, and what a person says to that."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector.commands.console import (
    ByOption,
    JsonOption,
    Voice,
    WorkspaceOption,
    ended_in_order,
    workspace_of,
)
from inspector.errors import InputError
from inspector.labeling.annotation import State, read_annotations
from inspector.labeling.moments import Moment, answer, unanswered
from inspector.labeling.review import MINUTES, MOST, Review, unanswered_in
from inspector.labeling.review import review as look_through
from inspector.labeling.suspicion import Seems
from inspector.labeling.takes import takes_of
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace, person, pick

FrameOption = Annotated[
    list[str] | None, typer.Option(help="RECORDING/FRAME of a moment, as listed; again for another one.")
]


@ended_in_order()
def review(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    component: Annotated[list[str] | None, typer.Option(help="Only these; default: all.")] = None,
    quick_detector: Annotated[
        bool, typer.Option("--quick-detector", help="Teach two detectors too, which judge each other's frames.")
    ] = False,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="That these may take.", show_default=f"{MINUTES:g}")
    ] = None,
    there: FrameOption = None,
    not_there: FrameOption = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Search negatives for the component, and positives for where it is out of sight; at most five moments of each.

    Look at them, and answer each with --there or --not-there. A frame of a negative that shows the component is ignored
    from then on, and never taken for empty. Nobody is asked twice.
    """
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    voice = Voice(json)
    if there or not_there:
        if component or quick_detector or minutes:
            raise InputError("--there and --not-there answer what was found before: leave the other options away.")
        _answer(voice, place, wanted, there or (), not_there or (), by or person())
        return
    if minutes and not quick_detector:
        raise InputError("--minutes belongs to --quick-detector: nothing else learns.")
    names = [wanted.component(name).name for name in component or [c.name for c in wanted.components]]
    given = (minutes or MINUTES) if quick_detector else None
    with voice.bar("Looking through recordings", "review") as tick:
        found = look_through(place, wanted, names, given, tick)
    _tell(voice, wanted, found)


def _tell(voice: Voice, recipe: Recipe, found: Review) -> None:
    rows = []
    for one in found.recordings:
        for moment in one.moments:
            voice.tell({"recording": one.take.recording.id, **as_json(moment)})
            name = f"{one.take.recording.id}/{moment.frame}"
            who = " and ".join(moment.by)
            rows.append((name, f"{moment.time_s:.1f} s", f"{moment.label} {moment.seems}", f"{moment.score:.2f}", who))
    if rows:
        voice.table(f"{len(rows)} moments to look at", ["frame", "at", "seems", "score", "says"], rows)
        voice.say(f"Answer each: inspector review {recipe.name} --there FRAME, or --not-there FRAME")
    for missed in found.unsearched:
        labels = [label.name for label in missed.labels]
        about = {"component": missed.component, "labels": labels, "searched": False, "alike": missed.alike}
        voice.advise(missed.says, about)
    count = len(found.recordings)
    nothing = f"Nothing in {count} recordings contradicts what was said of them."
    told = {"recordings": count, "moments": len(rows), "most": MOST}
    voice.tell(told, None if rows or not found.recordings else nothing)


def as_json(moment: Moment) -> dict[str, Any]:
    """A moment as a program reads it."""
    return {
        "frame": moment.frame,
        "time_s": moment.time_s,
        "seems": str(moment.seems),
        "label": moment.label.name,
        "component": moment.component,
        "pattern": moment.pattern,
        "score": moment.score,
        "box": moment.xyxy and list(moment.xyxy),
        "by": [str(searcher) for searcher in moment.by],
        "frames": list(moment.frames),
    }


def _answer(
    voice: Voice, place: Workspace, recipe: Recipe, there: Sequence[str], not_there: Sequence[str], by: str
) -> None:
    open_now = unanswered_in(takes_of(place, recipe))
    if twice := sorted({*there} & {*not_there}):
        raise InputError(f"{twice[0]} cannot be both: say --there or --not-there.")
    said = {pick(name, list(open_now), "unanswered moment"): name in there for name in (*there, *not_there)}
    for name, is_there in said.items():
        _take_down(voice, name, *open_now[name], is_there, by)


def _take_down(voice: Voice, name: str, folder: Path, moment: Moment, there: bool, by: str) -> None:
    state = answer(folder, moment, there, by)
    left = len(unanswered(folder, read_annotations(folder)))
    values = {"recording": folder.name, "frame": moment.frame, "there": there, "state": str(state), "left": left}
    voice.tell(values, f"{name}: {_what_it_is(moment, state)}")


def _what_it_is(moment: Moment, state: State) -> str:
    if state is not State.IGNORED:
        return f"{state}, as was said."
    frames = f"its {len(moment.frames)} frames are" if len(moment.frames) > 1 else "it is"
    what = "be taken for empty" if moment.seems is Seems.THERE else f"teach what {moment.label} looks like"
    return f"{frames} ignored from now on, and will not {what}."
