"""What `inspector train` does once it has a dataset: it loads the learning code, trains, and makes the bundle."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from inspector.backend import joined, use
from inspector.bundle import Bundle, Ledger
from inspector.commands.console import Tick, Voice
from inspector.commands.wishes import over
from inspector.errors import InputError, InspectorError, MachineError
from inspector.faults import in_one_sentence
from inspector.labeling.dataset import Dataset, open_dataset
from inspector.labeling.negatives import Negative, negatives_of
from inspector.labeling.review import unanswered_in
from inspector.labeling.takes import as_taught, takes_of
from inspector.presets import in_words
from inspector.recipe import Recipe
from inspector.settings import Workspace
from inspector.trainings import Training, begin, running, tidy, unfinished

if TYPE_CHECKING:
    from inspector.learning.settings import TrainingSettings

EVERY = 10
"""Batches between two lines of progress for a program."""
SHORT = 10.0
"""Minutes of a training that nobody times first: a few steps, done only to be timed, are a good part of it."""


def last_unfinished(place: Workspace, recipe: str, given: Mapping[str, Any]) -> Training:
    """The training to go on with. given: options of the command, of which none may be said again.

    Raises: InputError where there is none, or where options would make another training of it.
    """
    said = sorted(f"--{name.replace('_', '-')}" for name, value in given.items() if value is not None)
    if said:
        raise InputError(f"A training goes on as it began: leave {', '.join(said)} away, or leave --resume away.")
    found = unfinished(place.trainings, recipe)
    if not found and (busy := running(place.trainings, recipe)):
        raise InputError(f"The training {busy[-1].begun.id} is running already: it needs nobody to go on with it.")
    if not found:
        raise InputError(f"There is no training of '{recipe}' to go on with. Begin one: inspector train {recipe}")
    return found[-1]


def dataset_of(place: Workspace, training: Training) -> Dataset:
    """What it learned from. Raises: InputError where that is gone or changed."""
    return open_dataset(place.datasets / training.begun.dataset)


def tell_unfinished(voice: Voice, place: Workspace, recipe: str) -> None:
    """Say that there is a training that could go on, before another one begins."""
    for training in unfinished(place.trainings, recipe)[-1:]:
        voice.tell(
            {"unfinished": training.begun.id},
            f"The training {training.begun.id} was ended before its bundle was made. To go on with it, press Ctrl-C "
            f"and type: inspector train {recipe} --resume. Now another one begins.",
        )


def tell_unanswered(voice: Voice, place: Workspace, recipe: Recipe) -> None:
    """Say that recordings seem to contradict what was said of them, and how many frames therefore teach nothing."""
    takes = takes_of(place, recipe)
    if unanswered := unanswered_in(takes):
        count = f"{len(unanswered)} moments" if len(unanswered) > 1 else "One moment"
        left_out = sum(len(as_taught(take).contradicting) for take in takes)
        voice.advise(
            f"{count} in which a recording seems to contradict what was said of it, first {next(iter(unanswered))}, "
            f"nobody has looked at yet. Frames left out until then: {left_out}. See them again: inspector review "
            f"{recipe.name}",
            {"left_out": left_out},
        )


def settings_of(place: Workspace, usual: Mapping[str, Any], said: Mapping[str, Any]) -> "TrainingSettings":
    """How to teach, with the backend of the workspace: as usual, but for what was said.

    Raises: InputError for what contradicts itself.
    """
    use(place.settings().backend)
    from inspector.learning.families import usual_objective
    from inspector.learning.settings import TrainingSettings

    try:
        if said.get("objective") and not usual.get("objective"):
            usual = {**usual, "objective": usual_objective(over(usual, said))}
        return TrainingSettings(**over(usual, said))
    except ValidationError as error:
        raise InputError(f"So it cannot be taught: {in_one_sentence(error, TrainingSettings)}") from None


def tell_expected(voice: Voice, dataset: Dataset, settings: "TrainingSettings") -> None:
    """Say how long a training would take, and leave nothing of it."""
    from inspector.learning.training import expected_seconds

    try:
        with voice.bar("Timing a few steps", "expect"):
            seconds = expected_seconds(dataset, dataset.contents.recipe, settings)
    finally:
        shutil.rmtree(dataset.folder, ignore_errors=True)
    voice.tell({"expected_s": round(seconds, 1)}, f"The training would take about {in_words(seconds)} on this machine.")


def teach(
    voice: Voice,
    place: Workspace,
    dataset: Dataset,
    settings: "TrainingSettings",
    begun: Training | str,
    previews: Path | None = None,
) -> Bundle:
    """The bundle of a training.

    Args: begun: what to go on with, or the name of the preset that a new one is made by; previews: where pictures of a
    few held-out frames go, None for nowhere.
    Raises: InputError or MachineError; then the training can be resumed, unless it had not begun to learn.
    """
    # Here and nowhere else a command loads the training libraries: they take seconds and half a gigabyte.
    from inspector.learning.bundling import make_bundle

    recipe = dataset.contents.recipe
    fresh = isinstance(begun, str)
    training = begun if isinstance(begun, Training) else _begin(place, dataset, settings, begun)
    with _left_in_order(voice, training, dataset if fresh else None), training.alone():
        negatives = negatives_of(place, recipe, dataset)
        trained = _train(voice, training, dataset, settings, negatives, previews)
        _tell_rounds(voice, trained.ledger)
        _tell_gone(voice, dataset)
        if trained.stopped:
            voice.say("Stopped early: what was learned until now is kept.")
        with voice.bar("Making the bundle", "bundle") as tick:
            made = make_bundle(
                dataset,
                recipe,
                trained,
                place.bundles,
                negatives=negatives,
                progress=tick,
                preset=training.begun.preset,
            )
            bundle = Bundle.open(made)
        tidy(place.trainings, recipe.name, training)
    return bundle


def _begin(place: Workspace, dataset: Dataset, settings: "TrainingSettings", preset: str) -> Training:
    recipe = dataset.contents.recipe.name
    return begin(place.trainings, recipe, dataset.id, settings.model_dump(mode="json"), preset)


def assist(voice: Voice, dataset: Dataset, settings: "TrainingSettings") -> None:
    """Train together with the first of several machines, which keeps what is learned and makes the bundle."""
    from inspector.learning.training import train

    with voice.bar("Training") as tick:
        trained = train(dataset, dataset.contents.recipe, settings, lambda now: _show(voice, tick, now))
    voice.tell({"steps": trained.steps}, f"{trained.steps} steps are done; worker 0 makes the bundle.")


def _train(
    voice: Voice,
    training: Training,
    dataset: Dataset,
    settings: "TrainingSettings",
    negatives: Sequence[Negative],
    previews: Path | None,
) -> Any:
    from inspector.learning.checkpoint import Checkpoint
    from inspector.learning.curves import curves
    from inspector.learning.pace import Progress
    from inspector.learning.rounds import harden
    from inspector.learning.sight import Previews
    from inspector.learning.training import train

    recipe = dataset.contents.recipe
    shown = Previews(previews, dataset.held_out) if previews else None

    told = set[str]()

    def say(text: str) -> None:
        # A round of hard negatives finds the same to say as the training before it.
        if text not in told:
            voice.advise(text)
        told.add(text)

    def expected(seconds: float) -> None:
        takes = f"The training takes about {in_words(seconds)} on this machine."
        voice.tell({"stage": "train", "expected_s": round(seconds, 1)}, f"{takes} Hard negatives come after it.")

    def kept(number: int) -> Checkpoint | None:
        # Several machines would have to go on from the same step.
        return Checkpoint(training.checkpoint(number), say) if joined() == (1, 0) else None

    with curves(training.folder) as drawn:

        def told_on(tick: Tick) -> Callable[[Progress], None]:
            def tell(progress: Progress) -> None:
                _show(voice, tick, progress, shown)
                if drawn:
                    drawn.draw(progress)

            return tell

        with voice.bar("Training") as tick:
            asked = None if settings.minutes and settings.minutes <= SHORT else expected
            trained = train(dataset, recipe, settings, told_on(tick), checkpoint=kept(0), expected=asked, say=say)
        voice.tell({"stage": "look"})
        with voice.bar("Looking for what fools it") as tick:
            return harden(dataset, recipe, trained, negatives, told_on(tick), kept, say)


def _show(voice: Voice, tick: Tick, progress: Any, previews: Any = None) -> None:
    # The first step has no pace yet.
    pace = f", {progress.images_per_s:.0f} images/s" if progress.images_per_s else ""
    tick(progress.step, progress.steps, f"loss {progress.loss:.3f}{pace}")
    if progress.held_out or progress.step % EVERY == 0 or progress.step == progress.steps:
        told = asdict(replace(progress, sights=()))
        del told["sights"]
        sights = {"previews": previews.told(progress.sights)} if previews and progress.sights else {}
        voice.tell({"stage": "train", **told, **sights})


def _tell_rounds(voice: Voice, ledger: Ledger) -> None:
    """What was found on negative recordings, before and after each round."""
    if ledger.first is None:
        return
    voice.tell({"stage": "search", **ledger.first.model_dump()}, f"Where nothing is, it found {ledger.first}.")
    for number, told in enumerate(ledger.rounds, 1):
        voice.tell(
            {"stage": "round", "round": number, **told.model_dump()},
            f"Round {number} of hard negatives, taught by {len(told.taken)} frames that had fooled it. Found where "
            f"nothing is, before: {told.before}; after: {told.after}; on frames that no round had seen: {told.fresh}."
            + ("" if told.kept else " It forgot what it knew of held-out frames, so the round was taken back."),
        )


def _tell_gone(voice: Voice, dataset: Dataset) -> None:
    """What was learned is not lost where somebody deletes recordings; what is made of whole frames is poorer."""
    if gone := dataset.gone:
        voice.advise(
            f"Deleted since its frames were packed: {', '.join(gone)}. Of these the bundle is made and proved with the "
            "packed pictures, which are smaller, and nothing more is looked for in them. To make it from whole frames, "
            "press Ctrl-C, bring the recordings back, and go on with --resume."
        )


@contextmanager
def _left_in_order(voice: Voice, training: Training, packed: Dataset | None) -> Iterator[None]:
    """Nobody can go on with what settings made impossible, or what Ctrl-C ended before there was anything to keep: it
    goes away. With what is kept, somebody can, and hears how.

    Args: packed: the dataset, where it was packed for this training and now.
    """
    try:
        yield
    except (InspectorError, KeyboardInterrupt) as end:
        kept = training.checkpoint(0).exists()
        if packed and not kept and not isinstance(end, MachineError):
            for folder in (training.folder, packed.folder):
                shutil.rmtree(folder, ignore_errors=True)
        elif kept and not isinstance(end, InputError):
            voice.warn(f"No bundle was made. To go on from there: inspector train {training.begun.recipe} --resume")
        raise
