"""`inspector recipe`: make, check and show what a correctly assembled product shows."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from inspector.capture.snapshot import snapshot
from inspector.commands.console import SOURCES, ByOption, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import InputError
from inspector.faults import in_one_sentence
from inspector.inspection.sources import source_of
from inspector.inspection.triggers.empty import keep_empty_place
from inspector.recipe import Component, Mode, Pattern, Recipe, Trigger, Viewpoint, Vote, find_recipe, read_recipe
from inspector.shelf import make

app = typer.Typer(no_args_is_help=True, help="Make, check and show a recipe.")


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The recipe's name.")],
    component: Annotated[
        list[str],
        typer.Option(
            help="NAME for detection; NAME=PASSING/FAILING for patterns: 'screw=on/off', 'lid=blue,red/none'."
        ),
    ],
    count: Annotated[list[str] | None, typer.Option(help="NAME=N: exactly how many; 1 where not given.")] = None,
    turns: Annotated[list[str] | None, typer.Option(help="NAME: it may lie mirrored or at any quarter turn.")] = None,
    camera: Annotated[
        list[str] | None, typer.Option(help="NAME=CAMERA: which of several cameras sees it; for all or for none.")
    ] = None,
    trigger: Annotated[
        Trigger, typer.Option(help="What begins an inspection; `continuous` counts looks, and `workpiece` workpieces.")
    ] = Trigger.CONTINUOUS,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make a recipe."""
    counts, cameras = dict(_count(text) for text in count or []), dict(_camera(text) for text in camera or [])
    components = [_component(text, counts, turns or [], cameras) for text in component]
    recipe = _make(name, components, cameras.values(), trigger)
    for wanted in [*counts, *(turns or []), *cameras]:
        recipe.component(wanted)  # a count for a component that is not there is a slip of the pen
    place = workspace_of(workspace)
    path = place.recipes / f"{recipe.name}.yaml"
    if path.exists():
        raise InputError(f"There is already a recipe '{name}': {path}. Edit that file, or choose another name.")
    make(place, recipe, by=by)
    Voice(json).tell({"recipe": str(path)}, f"Made {path}.")


@app.command("check")
def check(
    recipe: Annotated[str, typer.Argument(help="The recipe's name, or its file.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Say all that is wrong with a recipe, at once."""
    found = _find(recipe, workspace)
    Voice(json).tell({"recipe": found.name, "faults": []}, f"The recipe '{found.name}' is in order.")


@app.command("show")
def show(
    recipe: Annotated[str, typer.Argument(help="The recipe's name, or its file.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Show a recipe."""
    found = _find(recipe, workspace)
    voice = Voice(json)
    voice.tell(found.model_dump(mode="json"))
    rows = [
        (
            c.name,
            c.mode,
            c.count,
            ", ".join(f"{p.name} ({'pass' if p.passes else 'fail'})" for p in c.patterns) or "-",
            " ".join([c.camera, str(c.region or "anywhere")]).strip(),
            c.threshold or "from the bundle",
        )
        for c in found.components
    ]
    voice.table(found.name, ["component", "mode", "count", "patterns", "region", "least score"], rows)
    vote = found.vote
    voice.say(f"{vote.agree} of {vote.frames} frames decide, within {vote.decide_within_s:g} s.")


@app.command("empty")
def empty(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    source: Annotated[
        str | None, typer.Option(help=f"{SOURCES}. Default: the settings', of several cameras the first one's.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take a picture of the place with no workpiece in it, so that the trigger `workpiece` knows it."""
    place = workspace_of(workspace)
    found = find_recipe(place.recipes, recipe)
    picture = snapshot(source or source_of(found.first_view, place.settings()))
    path = keep_empty_place(place.places, found, picture)
    Voice(json).tell({"picture": str(path)}, f"Made {path}. Look at it: there should be no workpiece in it.")


def _find(recipe: str, workspace: Path | None) -> Recipe:
    path = Path(recipe)
    return read_recipe(path) if path.suffix == ".yaml" else find_recipe(workspace_of(workspace).recipes, recipe)


def _make(name: str, components: list[Component], cameras: Iterable[str], trigger: Trigger) -> Recipe:
    try:
        views = tuple(Viewpoint(name=camera) for camera in dict.fromkeys(cameras))
        return Recipe(name=name, components=tuple(components), cameras=views, vote=Vote(trigger=trigger))
    except ValidationError as error:
        raise InputError(in_one_sentence(error, Recipe)) from None


def _component(text: str, counts: dict[str, int], turns: list[str], cameras: dict[str, str]) -> Component:
    name, _, looks = text.partition("=")
    passing, _, failing = looks.partition("/")
    words = [(word, True) for word in passing.split(",") if word]
    words += [(word, False) for word in failing.split(",") if word]
    try:
        return Component(
            name=name,
            mode=Mode.CLASSIFICATION if looks else Mode.DETECTION,
            patterns=tuple(Pattern(name=word, passes=passes) for word, passes in words),
            count=counts.get(name, 1),
            camera=cameras.get(name, ""),
            turns=name in turns,
        )
    except ValidationError as error:
        raise InputError(f"--component {text}: {in_one_sentence(error, Component)}") from None


def _count(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if not (number.isdecimal() and len(number) < 10):
        raise InputError(f"--count should be NAME=N, got '{text}'.")
    return name, int(number)


def _camera(text: str) -> tuple[str, str]:
    name, sign, camera = text.partition("=")
    if not (sign and camera):
        raise InputError(f"--camera should be NAME=CAMERA, got '{text}'.")
    return name, camera
