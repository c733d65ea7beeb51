"""`inspector train, promote, validate`: from annotated frames to a bundle that is proved and used."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inspector.backend import join, use
from inspector.bundle import Bundle, Manifest, bundle_before, promotions, step_back
from inspector.bundle import promote as promote_bundle
from inspector.commands.bundles import find_bundle
from inspector.commands.console import (
    PATH,
    ByOption,
    JsonOption,
    Voice,
    WorkspaceOption,
    ended_in_order,
    uninterrupted,
    workspace_of,
)
from inspector.commands.pipeline import input_size, take_over
from inspector.commands.training import (
    assist,
    dataset_of,
    last_unfinished,
    settings_of,
    teach,
    tell_expected,
    tell_unanswered,
    tell_unfinished,
)
from inspector.commands.wishes import beside, read_wishes
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, build
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.presets import BACKBONES, DECIDES, FAMILIES, PRESETS, QUICK, SECOND_LOOKS, STANDARD, Preset
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace, person, pick
from inspector.tiles import Wish, read_wish
from inspector.trainings import Training
from inspector.validation.account import account_of, write_account
from inspector.validation.held_out import held_out_frames, what_was_tuned
from inspector.validation.replay import figures, replay
from inspector.validation.report import figures_table, write_report
from inspector.validation.thresholds import SURE

if TYPE_CHECKING:
    from inspector.learning.settings import TrainingSettings

AS_NEEDED = "auto"


@ended_in_order()
def train(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    preset: Annotated[str | None, typer.Option(help="quick, standard or thorough.", show_default=STANDARD)] = None,
    family: Annotated[
        str | None, typer.Option(help="ssd, anchor_free, or faster_rcnn (two stages).", show_default="ssd")
    ] = None,
    backbone: Annotated[
        str | None, typer.Option(help="compact (learns from random weights), mobilenet_v2, resnet50, resnet101.")
    ] = None,
    weights: Annotated[
        Path | None, typer.Option(help="A .weights.h5 file for the backbone; else random.", **PATH)
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Batches; default: as many as the frames need.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.1, help="The most time it may take.")] = None,
    rounds: Annotated[int | None, typer.Option(min=0, max=20, help="Rounds of hard negatives, at most.")] = None,
    tiles: Annotated[
        str, typer.Option(help="auto: where things are small in large frames, cut those; off: never; or WxH pixels.")
    ] = AS_NEEDED,
    second_look: Annotated[
        str | None,
        typer.Option(
            help="none; confirms (it must agree with the detector); decides (it tells patterns apart).",
            show_default="none",
        ),
    ] = None,
    pipeline: Annotated[
        Path | None,
        typer.Option(
            help="A pipeline.config of the TensorFlow Object Detection API, for all that no option says.", **PATH
        ),
    ] = None,
    wishes: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any other setting, NAME=VALUE, as boosting=0.5; see docs/settings.md."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same run.", show_default="0")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last one that was killed.")] = False,
    previews: Annotated[
        Path | None,
        typer.Option(
            help="A folder for pictures of a few held-out frames; --json then tells what is seen in them.", **PATH
        ),
    ] = None,
    expect: Annotated[bool, typer.Option("--expect", help="Only say how long it would take here.")] = False,
    workers: Annotated[
        str | None, typer.Option(help="Machines that train together: HOST:PORT,HOST:PORT, the same on each.")
    ] = None,
    worker: Annotated[int, typer.Option(min=0, help="Which of them this is, from 0, which makes the bundle.")] = 0,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Train a detector and make it a bundle. Ctrl-C ends it early and keeps what was learned.

    quick takes minutes on a processor and shows whether the recordings teach, standard is for a station, thorough
    looks at larger pictures for longer, on a machine with a GPU; each option takes the place of the preset's own.
    Machines that train together need the same recipe and recordings, and the same command but for --worker.
    """
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    given: dict[str, Any] = {
        "family": family and pick(family, FAMILIES, "family"),
        "backbone": backbone and pick(backbone, BACKBONES, "backbone"),
        "second_look": second_look and pick(second_look, SECOND_LOOKS, "second look"),
        "weights": weights,
        "steps": steps,
        "minutes": minutes,
        "seed": seed,
        "rounds": None if rounds is None else {"most": rounds},
    }
    options = {name: value for name, value in given.items() if value is not None}
    said = beside(options, read_wishes(wishes or ()))
    voice = Voice(json)
    start: Training | str
    _join(workers, worker, expect)
    if resume:
        # To say how long it would take ends with the dataset thrown away, which here is that of the training.
        others = {"preset": preset, "pipeline": pipeline, "workers": workers, "expect": expect or None, "set": wishes}
        others["tiles"] = None if tiles == AS_NEEDED else tiles
        start = resumed = last_unfinished(place, wanted.name, given | others)
        dataset, settings = dataset_of(place, resumed), settings_of(place, resumed.begun.settings, {})
    else:
        start = pick(preset or STANDARD, list(PRESETS), "preset")
        if not expect:
            tell_unfinished(voice, place, wanted.name)
            tell_unanswered(voice, place, wanted)
        dataset, settings = _prepare(voice, place, wanted, PRESETS[start], read_wish(tiles), pipeline, said)
    if expect:
        tell_expected(voice, dataset, settings)
    elif worker:
        assist(voice, dataset, settings)
    else:
        _tell_bundle(voice, dataset, teach(voice, place, dataset, settings, start, previews))


def _join(workers: str | None, worker: int, expect: bool) -> None:
    """Make this machine one of several where that is asked for. Raises: InputError where it cannot be."""
    if worker and workers is None:
        raise InputError("--worker says which of several machines this is: name all of them with --workers.")
    if workers is not None and expect:
        raise InputError("--expect times the training on this machine alone: leave --workers away.")
    if workers is not None:
        join(workers.split(","), worker)


def _prepare(
    voice: Voice,
    place: Workspace,
    recipe: Recipe,
    chosen: Preset,
    cut: Wish,
    pipeline: Path | None,
    said: dict[str, Any],
) -> tuple[Dataset, "TrainingSettings"]:
    """The dataset to learn from, and the settings: what was said outweighs the pipeline, and that the preset.

    Raises: InputError where they contradict each other or the recipe, before anything is packed; as `build` does.
    """
    if said.get("second_look") == DECIDES and not any(component.patterns for component in recipe.components):
        raise InputError(f"No component of '{recipe.name}' has patterns to decide on: take --second-look confirms.")
    use(place.settings().backend)
    taken = take_over(voice, pipeline) if pipeline else None
    size = input_size(place, recipe, taken) if taken else None
    settings = settings_of(place, {**chosen.settings, **(taken.options if taken else {})}, said)
    with voice.bar("Packing frames", "pack") as tick:
        dataset = build(place, recipe, input_size=size, long_side=chosen.long_side, tiles=cut, progress=tick)
    told = {"dataset": dataset.id, "split": dataset.split, "tiles": dataset.tiles and dataset.tiles.model_dump()}
    voice.tell(told, f"Dataset {dataset.id}{_cut(dataset)}.\n{dataset.split}")
    return dataset, settings


def _tell_bundle(voice: Voice, dataset: Dataset, bundle: Bundle) -> None:
    manifest, ledger = bundle.manifest, bundle.manifest.ledger
    tell_narrow(voice, manifest)
    tell_unproved(voice, manifest)
    voice.tell(
        {"bundle": str(bundle.folder), "id": manifest.id, "thresholds": manifest.thresholds}
        | {"training": manifest.training, "ledger": ledger.model_dump()},
        f"Bundle {manifest.id}: taught by {ledger.images_with_boxes} {_pictures(dataset)} with boxes and "
        f"{ledger.empty_images} verified-empty ones; {ledger.negatives_in_loss} negatives reached the loss, "
        f"{ledger.negatives_in_loss_from_empty} of them from verified-empty {_pictures(dataset)}.\n"
        f"See what it does: inspector validate {manifest.id}. Use it: inspector promote {manifest.id}",
    )


def tell_narrow(voice: Voice, manifest: Manifest) -> None:
    """Where something scores that much where nothing is, hardly anything is left above it for what is there."""
    for component, score in manifest.thresholds.items():
        if score > SURE:
            voice.advise(
                f"{component} counts from a score of {score:.4f} only, since something scores nearly as much where it "
                "is not: where it is, it may be missed. Train longer or with more --rounds, or record more of both."
            )


def tell_unproved(voice: Voice, manifest: Manifest) -> None:
    """A detector that was hardly taught, or is asked for what it does not know, sees nothing and is wrong silently."""
    for label in manifest.unproved:
        voice.advise(f"It sees no {label} in any golden frame, so nothing proves that it sees it at all.")
    if manifest.unproved:
        voice.say(f"Look at what it misses: inspector validate {manifest.id}")


def _tell_hardly_taught(voice: Voice, manifest: Manifest) -> None:
    if manifest.training.get("preset") == QUICK:
        voice.advise(
            "It was taught with the preset quick, which shows whether the recordings teach and is not for a station."
        )
        voice.say(f"Teach it for a station: inspector train {manifest.recipe.name}")


def promote(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id; with --back, the recipe's name.")],
    back: Annotated[bool, typer.Option("--back", help="Give the recipe the bundle before this one.")] = False,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make it the recipe's bundle from now on. Ctrl-C while it is proved leaves the recipe as it is."""
    place = workspace_of(workspace)
    voice, audit, who = Voice(json), audit_of(place), by or person()
    if back:
        recipe, name = bundle, bundle_before(place.bundles, bundle)
        with uninterrupted():
            with audit.around(Deed.STEP_BACK, who, recipe=recipe, bundle=name):
                step_back(place.bundles, recipe)
            _tell_promoted(voice, recipe, name)
    else:
        opened = find_bundle(place, bundle)
        if opened.folder.absolute().parent != place.bundles:
            raise InputError(f"{opened.folder} lies outside the workspace; copy it into {place.bundles} first.")
        with voice.bar("Proving it on this machine", "prove") as tick:
            opened.prove(opened.detector(place.settings().threads), tick)
        tell_unproved(voice, opened.manifest)
        _tell_hardly_taught(voice, opened.manifest)
        recipe, name = opened.manifest.recipe.name, opened.manifest.id
        before = promotions(place.bundles, recipe).bundles[-1:]
        instead = next(iter(before), None)
        with uninterrupted():
            with audit.around(Deed.PROMOTE, who, recipe=recipe, bundle=name, instead=instead):
                promote_bundle(place.bundles, opened)
            _tell_promoted(voice, recipe, name)


def _tell_promoted(voice: Voice, recipe: str, bundle: str) -> None:
    voice.tell({"recipe": recipe, "bundle": bundle}, f"'{recipe}' runs with {bundle} from now on.")


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
    with voice.bar("Validating", "validate") as tick:
        known = ((frame.truth, frame.shot.image()) for frame in frames)
        run = replay(opened, detector, known, lambda done: tick(done, len(frames)))
    path = write_report(place.reports / f"{opened.manifest.id}.html", run, frames)
    account = write_account(place.reports, account_of(run, frames))
    for row in figures(run):
        voice.tell({"component": row.component, **row.as_json()})
    voice.table(f"On {len(frames)} frames that it never learned from", *figures_table(figures(run)))
    if flatters := what_was_tuned(frames):
        voice.say(flatters)
    tuned = sum(frame.tuned for frame in frames)
    kept = {"report": str(path), "account": str(account)}
    voice.tell({**kept, "frames": len(frames), "tuned": tuned}, f"The report: {path}")


def _pictures(dataset: Dataset) -> str:
    return "tiles" if dataset.tiles else "frames"


def _cut(dataset: Dataset) -> str:
    """What a frame costs from now on, where it is cut; "" where it is not."""
    if dataset.tiles is None:
        return ""
    return f", in {dataset.tiles}, {dataset.most_tiles} to a frame: each takes the time of one frame"
