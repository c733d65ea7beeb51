"""Teaching a detector from a dataset: until the plateau, until the time is up, or until somebody stops it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.backend import joined
from inspector.bundle import Ledger
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.checkpoint import Checkpoint
from inspector.learning.distribution import Alone, Devices, devices_for
from inspector.learning.families import build, design, settle, taught_under
from inspector.learning.network import Network
from inspector.learning.pace import Progress, enough_steps
from inspector.learning.precision import computing_in, plain
from inspector.learning.run import Course, Run
from inspector.learning.second_look.first_look import as_seen_first
from inspector.learning.settings import TrainingSettings
from inspector.quiet import quiet
from inspector.recipe import Label, Recipe


@dataclass(frozen=True, eq=False)
class Trained:
    """A taught network and how it was taught.

    architecture: what `families.build` makes the same network from. stopped: somebody stopped it before its schedule
    ended. batch: pictures in one at the end, fewer than asked for where the memory did not suffice. kept: the step
    whose state it is: the last, but for one whose loss on held-out frames is much lower.
    """

    network: Network
    architecture: dict[str, Any]
    settings: TrainingSettings
    ledger: Ledger
    steps: int
    seconds: float
    loss: float
    stopped: bool
    batch: int
    kept: int


@dataclass(frozen=True, eq=False)
class Further:
    """What a training goes on with: a network as an earlier one left it, what teaches it now, and which frames of that
    fooled it.
    """

    network: Network
    part: Part
    hard: tuple[int, ...]


def _nobody(_: Any) -> None:
    """Hears nothing."""


def train(
    dataset: Dataset,
    recipe: Recipe,
    settings: TrainingSettings | None = None,
    progress: Callable[[Progress], None] = _nobody,
    further: Further | None = None,
    *,
    checkpoint: Checkpoint | None = None,
    expected: Callable[[float], None] | None = None,
    say: Callable[[str], None] = _nobody,
) -> Trained:
    """A detector taught from a dataset, or a taught one taught further.

    Ctrl-C, or a KeyboardInterrupt out of `progress`, ends it early: the best state that held-out frames know is
    returned, or the network as it then stands where there is none.

    Args: progress: is told after each step. checkpoint: where the run keeps its state, and goes on from the one that is
    there. expected: is told, before the first step, how many seconds the run will take, where one machine trains alone.
    say: hears a sentence for a person now and then.
    Raises: InputError where frames are missing or the weights do not fit; Unbegun where Ctrl-C leaves nothing to keep;
    Lost where the weights become no numbers; MachineError where the memory does not suffice for two pictures, or the
    device is lost.
    """
    settings = settings or TrainingSettings()
    start = _start(dataset, recipe, settings, further, say)
    run = start.run
    state = checkpoint.load() if checkpoint else None
    if state:
        run.restore(state)
    elif expected and joined() == (1, 0):
        # A step of several machines is one that all of them do: the others rehearse nothing.
        expected(run.expected_seconds())
    run.learn(progress, checkpoint)
    kept, pace = run.take_the_best(), run.pace
    once_more = start.devices.several or run.network.compute_dtype != "float32"
    return Trained(
        plain(run.network, start.architecture, start.settings) if once_more else run.network,
        start.architecture,
        start.settings,
        _ledger(start.part, pace.counts),
        pace.step,
        pace.seconds,
        pace.loss,
        pace.stopped,
        pace.batch,
        kept,
    )


def expected_seconds(dataset: Dataset, recipe: Recipe, settings: TrainingSettings) -> float:
    """How long such a training would take here, from a few steps of it. Raises: as `train` does."""
    return _start(dataset, recipe, settings, None, _nobody).run.expected_seconds()


@dataclass(frozen=True, eq=False)
class _Start:
    """A training before its first step. settings: what became of those that were asked for; part: what teaches."""

    run: Run
    architecture: dict[str, Any]
    settings: TrainingSettings
    part: Part
    devices: Devices


def _start(
    dataset: Dataset,
    recipe: Recipe,
    settings: TrainingSettings,
    further: Further | None,
    say: Callable[[str], None],
) -> _Start:
    dataset = as_seen_first(dataset, settings)
    settings, remarks = settle(settings, int((further.part if further else dataset.train).empty.sum()))
    for remark in remarks:
        say(remark)
    # A network that learned before is on one device.
    devices = Alone() if further else devices_for(settings)
    if joined() != (1, 0):
        # Each machine would decide for itself whether to come to an end.
        settings = settings.model_copy(update={"patience": 0})
    architecture = design(dataset, recipe, settings)
    begun = further or Further(_untaught(architecture, settings, devices), dataset.train, ())
    course = _course(begun, dataset, recipe, settings)
    run = Run(taught_under(begun.network, settings), architecture, dataset, course, settings, devices, say)
    return _Start(run, architecture, settings, begun.part, devices)


def _untaught(architecture: Mapping[str, Any], settings: TrainingSettings, devices: Devices) -> Network:
    """The network before its first step, the same for the same seed."""
    # The names of layers count up within a process, and TensorFlow orders sums by name: without this, a second run in
    # one process would round otherwise than the first.
    keras.utils.clear_session()
    keras.utils.set_random_seed(settings.seed)
    with quiet():
        keras.ops.zeros(1)  # with the first tensor the backend looks for devices, and tells of those it does not find
    with devices.scope(), computing_in(settings.precision):
        return build(architecture, settings)


def _course(begun: Further, dataset: Dataset, recipe: Recipe, settings: TrainingSettings) -> Course:
    _refuse_untaught(begun.part, dataset.labels)
    steps = settings.steps or enough_steps(len(begun.part), len(recipe.components), settings)
    turns = may_turn(begun.part, dataset.labels, recipe)
    return Course(begun.part, turns, begun.hard, steps, settings.seed, settings.augmentation)


def _refuse_untaught(part: Part, labels: tuple[Label, ...]) -> None:
    """Raises: InputError where a label has no example: nothing would be learned of it but silence."""
    shown = {int(label) for classes in part.classes for label in classes}
    wanted = [number for number in range(len(labels)) if number not in part.lookalikes]
    missing = [f"'{labels[number]}'" for number in wanted if number not in shown]
    if missing and shown:
        raise InputError(
            f"No training frame holds a box of {', '.join(missing)}. Annotate frames that show it, or take it out of "
            "the recipe."
        )


def may_turn(part: Part, labels: tuple[Label, ...], recipe: Recipe) -> NDArray[np.bool_]:
    """`(n,)` whether a frame may be turned: each component that it teaches may lie at any quarter turn."""
    turning = np.array([recipe.component(label.component).turns for label in labels], bool)
    return (~part.taught | turning).all(axis=1)


def _ledger(part: Part, counts: Mapping[str, int]) -> Ledger:
    empty = int(part.empty.sum())
    return Ledger.model_validate({"images_with_boxes": len(part) - empty, "empty_images": empty, **counts})
