"""Teaching a detector from a dataset: until the plateau, until the time is up, or until somebody stops it."""

import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.bundle import Ledger
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.network import COUNTS, Network
from inspector.learning.sampling import Batches
from inspector.learning.settings import TrainingSettings
from inspector.quiet import quiet
from inspector.recipe import Label, Recipe

WARM_UP = 0.05


@dataclass(frozen=True)
class Progress:
    """How far a run is. loss: of the last batches; images_per_s: since the first step."""

    step: int
    steps: int
    loss: float
    images_per_s: float
    seconds_left: float


@dataclass(frozen=True, eq=False)
class Trained:
    """A taught network and how it was taught.

    architecture: what `families.build` makes the same network from. stopped: somebody stopped it before its schedule
    ended.
    """

    network: Network
    architecture: dict[str, Any]
    settings: TrainingSettings
    ledger: Ledger
    steps: int
    seconds: float
    loss: float
    stopped: bool


@dataclass(frozen=True, eq=False)
class Further:
    """What a training goes on with: a network as an earlier one left it, what teaches it now, and which frames of that
    fooled it.
    """

    network: Network
    part: Part
    hard: tuple[int, ...]


def train(
    dataset: Dataset,
    recipe: Recipe,
    settings: TrainingSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
    further: Further | None = None,
) -> Trained:
    """A detector taught from a dataset, or a taught one taught further.

    Ctrl-C, or a KeyboardInterrupt out of `progress`, ends it early: the network as it then stands is returned.

    Raises: InputError where no frame holds a box or the weights do not fit.
    """
    settings = settings or TrainingSettings()
    architecture = design(dataset, recipe, settings)
    begun = further or Further(_untaught(architecture, settings), dataset.train, ())
    network, part = begun.network, begun.part
    steps = settings.steps or enough_steps(len(part), len(recipe.components), settings)
    turns = may_turn(part, dataset.labels, recipe)
    batches = Batches(part, turns, settings.batch, steps, settings.seed, begun.hard)
    lesson = Lesson(network)
    optimizer = keras.optimizers.AdamW(weight_decay=settings.decay, clipnorm=settings.clip)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # XLA halves the speed of convolutions on a processor, and JAX knows nothing else.
    lesson.compile(optimizer=optimizer, jit_compile=keras.backend.backend() == "jax")
    pace = Pace(settings, steps)
    try:
        with closing(_run(lesson, batches, pace)) as run:
            for logs in run:
                pace.note(logs)
                if progress is not None:
                    progress(pace.progress())
    except KeyboardInterrupt:
        pace.stopped = True
    if not pace.step:
        raise InputError("The training was stopped before it had begun; there is nothing to keep.")
    return Trained(
        network, architecture, settings, _ledger(part, pace.counts), pace.step, pace.seconds, pace.loss, pace.stopped
    )


def _untaught(architecture: Mapping[str, Any], settings: TrainingSettings) -> Network:
    """The network before its first step, the same for the same seed."""
    # The names of layers count up within a process, and TensorFlow orders sums by name: without this, a second run in
    # one process would round otherwise than the first.
    keras.utils.clear_session()
    keras.utils.set_random_seed(settings.seed)
    with quiet():
        keras.ops.zeros(1)  # with the first tensor the backend looks for devices, and tells of those it does not find
    return build(architecture, settings)


def _run(lesson: Lesson, batches: Batches, pace: "Pace") -> Generator[dict[str, float]]:
    """Each step's loss and counts; the next batch is made while the network learns from this one."""
    with ThreadPoolExecutor(1, thread_name_prefix="batches") as loader:
        upcoming = loader.submit(batches.__getitem__, 0)
        while not pace.over:
            batch = upcoming.result()
            upcoming = loader.submit(batches.__getitem__, (pace.step + 1) % len(batches))
            lesson.optimizer.learning_rate = pace.rate
            logs = lesson.train_on_batch(batch, return_dict=True)
            yield {key: float(value) for key, value in logs.items()}


def enough_steps(frames: int, components: int, settings: TrainingSettings) -> int:
    """Batches until the plateau: more frames need more, but ever less for each; components share every batch, so each
    further one needs a quarter as many again.
    """
    images = (3200 + 24 * min(frames, 150)) * (3 + components) // 4
    # Pretrained features are nearly there: on the screws half the pictures taught as much.
    return max(1, images // settings.batch // (1 if settings.weights is None else 2))


def may_turn(part: Part, labels: tuple[Label, ...], recipe: Recipe) -> NDArray[np.bool_]:
    """`(n,)` whether a frame may be turned: each component that it teaches may lie at any quarter turn."""
    turning = np.array([recipe.component(label.component).turns for label in labels], bool)
    return (~part.taught | turning).all(axis=1)


def rate_at(done: float, highest: float) -> float:
    """The learning rate when a share `done` in [0, 1] of the run is over: a short warm-up, then half a cosine."""
    if done < WARM_UP:
        return highest * (0.05 + 0.95 * done / WARM_UP)
    return float(highest * 0.5 * (1 + np.cos(np.pi * min(1.0, (done - WARM_UP) / (1 - WARM_UP)))))


class Pace:
    """Where a run stands between its first step and its last, by count and by the clock."""

    def __init__(self, settings: TrainingSettings, steps: int) -> None:
        self._batch, self._steps = settings.batch, steps
        self._most_seconds = settings.minutes * 60 if settings.minutes else float("inf")
        self._highest = settings.highest_rate
        self.counts = dict.fromkeys(COUNTS, 0)
        self._start = time.monotonic()
        self._begun = self._start
        self.step, self.loss, self.stopped = 0, float("nan"), False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    @property
    def over(self) -> bool:
        return self.step >= self._steps or (self.step > 0 and self.seconds >= self._most_seconds)

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        return rate_at(max(self.step / self._steps, self.seconds / self._most_seconds), self._highest)

    def note(self, logs: dict[str, float]) -> None:
        """A step is done."""
        self.step += 1
        self.loss = logs["loss"] if self.step == 1 else 0.9 * self.loss + 0.1 * logs["loss"]
        for name in self.counts:
            self.counts[name] += round(logs[name])
        if self.step == 1:
            self._begun = time.monotonic()  # the first step compiles the network; it says nothing of the others

    def progress(self) -> Progress:
        since = time.monotonic() - self._begun
        each = since / (self.step - 1) if self.step > 1 else self.seconds
        left = min(each * (self._steps - self.step), max(0.0, self._most_seconds - self.seconds))
        return Progress(self.step, self._steps, self.loss, self._batch / each, left)


def _ledger(part: Part, counts: Mapping[str, int]) -> Ledger:
    empty = int(part.empty.sum())
    return Ledger.model_validate({"images_with_boxes": len(part) - empty, "empty_images": empty, **counts})
