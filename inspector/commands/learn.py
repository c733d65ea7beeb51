"""`inspector train, promote, validate`: from annotated frames to a bundle that is proved and used."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector.bundle import Bundle, Ledger, step_back
from inspector.bundle import promote as promote_bundle
from inspector.commands.console import JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.commands.inspect import find_bundle
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, build
from inspector.labeling.negatives import negatives_of
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace, pick
from inspector.tiles import read_wish
from inspector.validation.held_out import held_out_frames, what_was_tuned
from inspector.validation.replay import figures, replay
from inspector.validation.report import figures_table, write_report

BACKBONES = ("compact", "mobilenet_v2", "resnet50", "resnet101")
"""Named here too, since asking the learning code for them would load TensorFlow to print a help text."""

EVERY = 10
"""Batches between two lines of progress for a program."""


def train(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    backbone: Annotated[
        str, typer.Option(help="compact (learns from random weights), mobilenet_v2, resnet50, resnet101.")
    ] = "compact",
    weights: Annotated[Path | None, typer.Option(help="A .weights.h5 file for the backbone; else random.")] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Batches; default: as many as the frames need.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.1, help="The most time it may take.")] = None,
    rounds: Annotated[
        int, typer.Option(min=0, max=20, help="Rounds of hard negatives at most; each ends early where none are left.")
    ] = 2,
    tiles: Annotated[
        str, typer.Option(help="auto: where things are small in large frames, cut those; off: never; or WxH pixels.")
    ] = "auto",
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same run.")] = 0,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Train a detector and make it a bundle. Ctrl-C ends it early and keeps what was learned."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    options: dict[str, Any] = {"backbone": pick(backbone, BACKBONES, "backbone"), "weights": weights, "steps": steps}
    cut = read_wish(tiles)
    voice = Voice(json)
    with voice.bar("Packing frames") as tick:
        dataset = build(place, wanted, tiles=cut, progress=tick)
    told = {"dataset": dataset.id, "split": dataset.split, "tiles": dataset.tiles and dataset.tiles.model_dump()}
    voice.tell(told, f"Dataset {dataset.id}{_cut(dataset)}. {dataset.split}")
    options |= {"minutes": minutes, "seed": seed, "rounds": {"most": rounds}}
    bundle = _train(voice, place, wanted, dataset, options)
    ledger = bundle.manifest.ledger
    voice.tell(
        {"bundle": str(bundle.folder), "id": bundle.manifest.id, "thresholds": bundle.manifest.thresholds}
        | {"training": bundle.manifest.training, "ledger": ledger.model_dump()},
        f"Bundle {bundle.manifest.id}: taught by {ledger.images_with_boxes} {_pictures(dataset)} with boxes and "
        f"{ledger.empty_images} verified-empty ones; {ledger.negatives_in_loss} negatives reached the loss, "
        f"{ledger.negatives_in_loss_from_empty} of them from verified-empty {_pictures(dataset)}.\n"
        f"See what it does: inspector validate {bundle.manifest.id}. Use it: inspector promote {bundle.manifest.id}",
    )


def promote(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id; with --back, the recipe's name.")],
    back: Annotated[bool, typer.Option("--back", help="Give the recipe the bundle before this one.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make it the recipe's bundle from now on."""
    place = workspace_of(workspace)
    voice = Voice(json)
    if back:
        recipe, name = bundle, step_back(place.bundles, bundle)
    else:
        opened = find_bundle(place, bundle)
        if opened.folder.absolute().parent != place.bundles:
            raise InputError(f"{opened.folder} lies outside the workspace; copy it into {place.bundles} first.")
        opened.prove(opened.detector(place.settings().threads))
        promote_bundle(place.bundles, opened)
        recipe, name = opened.manifest.recipe.name, opened.manifest.id
    voice.tell({"recipe": recipe, "bundle": name}, f"'{recipe}' runs with {name} from now on.")


def validate(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Report what the bundle does on frames that it never learned from."""
    place = workspace_of(workspace)
    opened = find_bundle(place, bundle)
    voice = Voice(json)
    frames = held_out_frames(place, opened)
    detector = opened.detector(place.settings().threads)
    with voice.bar("Validating") as tick:
        known = ((frame.truth, frame.shot.image()) for frame in frames)
        run = replay(opened, detector, known, lambda done: tick(done, len(frames)))
    path = write_report(place.reports / f"{opened.manifest.id}.html", run, frames)
    for row in figures(run):
        voice.tell({"component": row.component, **row.as_json()})
    voice.table(f"On {len(frames)} frames that it never learned from", *figures_table(figures(run)))
    if flatters := what_was_tuned(frames):
        voice.say(flatters)
    tuned = sum(frame.tuned for frame in frames)
    voice.tell({"report": str(path), "frames": len(frames), "tuned": tuned}, f"The report: {path}")


def _pictures(dataset: Dataset) -> str:
    return "tiles" if dataset.tiles else "frames"


def _cut(dataset: Dataset) -> str:
    """What a frame costs from now on, where it is cut; "" where it is not."""
    if dataset.tiles is None:
        return ""
    return f", in {dataset.tiles}, {dataset.most_tiles} to a frame: each takes the time of one frame"


def _train(voice: Voice, place: Workspace, recipe: Recipe, dataset: Dataset, options: dict[str, Any]) -> Bundle:
    # Here and nowhere else a command loads the training libraries: they take seconds and half a gigabyte.
    from inspector.learning.export import make_bundle
    from inspector.learning.rounds import harden
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import Progress, train

    with voice.bar("Training") as tick:

        def tell(progress: Progress) -> None:
            left = f"loss {progress.loss:.3f}, {progress.images_per_s:.0f} images/s"
            tick(progress.step, progress.steps, left)
            if progress.step % EVERY == 0 or progress.step == progress.steps:
                voice.tell({"stage": "train", **asdict(progress)})

        trained = train(dataset, recipe, TrainingSettings(**options), tell)
    with voice.bar("Looking for what fools it") as tick:
        trained = harden(dataset, recipe, trained, negatives_of(place, recipe, dataset), tell)
    _tell_rounds(voice, trained.ledger)
    if trained.stopped:
        voice.say("Stopped early: what was learned until now is kept.")
    with voice.bar("Making the bundle"):
        return Bundle.open(make_bundle(dataset, recipe, trained, place.bundles))


def _tell_rounds(voice: Voice, ledger: Ledger) -> None:
    """What was found on negative recordings, before and after each round."""
    if ledger.first is None:
        return
    voice.tell({"stage": "search", **ledger.first.model_dump()}, f"On negative recordings it found {ledger.first}.")
    for number, told in enumerate(ledger.rounds, 1):
        voice.tell(
            {"stage": "round", "round": number, **told.model_dump()},
            f"Round {number}, taught by {len(told.taken)} frames that fooled it: {told.before} before, {told.after} "
            f"after; on frames that no round has seen {told.fresh}.",
        )
