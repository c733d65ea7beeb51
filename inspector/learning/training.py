"""Teaching a detector from a dataset: until the plateau, until the time is up, or until somebody stops it."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.bundle import Ledger
from inspector.errors import InputError, MachineError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.accelerator import gone, of_the_device, out_of_memory
from inspector.learning.best import Best
from inspector.learning.checkpoint import Checkpoint, State, put_back, values_of
from inspector.learning.exam import Exam, Marks
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.network import Network
from inspector.learning.pace import Pace, Progress, enough_steps
from inspector.learning.sampling import Batches
from inspector.learning.settings import Precision, TrainingSettings, Xla
from inspector.quiet import quiet
from inspector.recipe import Label, Recipe

REHEARSED = 4
"""Steps that are done to see how long one takes; the first of them compiles the network, and is not counted."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Trained:
    """A taught network and how it was taught.

    architecture: what `families.build` makes the same network from. stopped: somebody stopped it before its schedule
    ended. batch: pictures in one at the end, fewer than asked for where the memory did not suffice. kept: the step
    whose state it is, the best on held-out frames; the last where none were held out.
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


def _nobody(_: Any) -> None:
    """Hears nothing."""


def train(
    dataset: Dataset,
    recipe: Recipe,
    settings: TrainingSettings | None = None,
    progress: Callable[[Progress], None] = _nobody,
    *,
    checkpoint: Checkpoint | None = None,
    expected: Callable[[float], None] | None = None,
    say: Callable[[str], None] = _nobody,
) -> Trained:
    """A detector taught from a dataset.

    Ctrl-C, or a KeyboardInterrupt out of `progress`, ends it early: the best state that held-out frames know is
    returned, or the network as it then stands where there is none.

    Args: progress: is told after each step. checkpoint: where the run keeps its state, and goes on from the one that is
    there. expected: is told, before the first step, how many seconds the run will take. say: hears a sentence for a
    person now and then.
    Raises: InputError where no frame holds a box or the weights do not fit; MachineError where the memory does not
    suffice for two pictures, or the device is lost.
    """
    settings = settings or TrainingSettings()
    with _computing_in(settings.precision):
        run = Run(dataset, recipe, settings, say)
        state = checkpoint.load() if checkpoint else None
        if state:
            run.restore(state)
        elif expected:
            expected(run.expected_seconds())
        run.learn(progress, checkpoint)
    return run.trained()


def expected_seconds(dataset: Dataset, recipe: Recipe, settings: TrainingSettings) -> float:
    """How long such a training would take here, from a few steps of it. Raises: as `train` does."""
    with _computing_in(settings.precision):
        return Run(dataset, recipe, settings).expected_seconds()


@contextmanager
def _computing_in(precision: Precision) -> Iterator[None]:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32" if precision is Precision.AUTO else str(precision))
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


class Run:
    """One training from its first step to its last."""

    def __init__(
        self, dataset: Dataset, recipe: Recipe, settings: TrainingSettings, say: Callable[[str], None] = _nobody
    ) -> None:
        self._settings, self._say, self._part = settings, say, dataset.train
        self._turns = may_turn(dataset.train, dataset.labels, recipe)
        self.pace = Pace(settings, settings.steps or enough_steps(len(dataset.train), len(recipe.components), settings))
        self._batches = self._make_batches()
        # The names of layers count up within a process, and TensorFlow orders sums by name: without this, a second run
        # in one process would round otherwise than the first.
        keras.utils.clear_session()
        keras.utils.set_random_seed(settings.seed)
        with quiet():
            keras.ops.zeros(1)  # with the first tensor the backend looks for devices, and tells of those not found
        self.architecture = design(dataset, recipe, settings)
        self.network = build(self.architecture, settings)
        self._lesson = _compiled(Lesson(self.network), settings)
        self.best = Best(settings.patience)
        self._exam = Exam(dataset, self.network)
        if not self._exam:
            say("No frame is held out: the training goes on to its last step, and nothing tells whether it overfits.")

    def expected_seconds(self) -> float:
        """How long it will take here, from a few steps that are then undone."""
        before = self._state()
        each = self._minding_memory(self._rehearse)
        self.restore(before)
        most = self._settings.minutes * 60 if self._settings.minutes else float("inf")
        return min(most, self.pace.steps * each)

    def learn(self, progress: Callable[[Progress], None], checkpoint: Checkpoint | None) -> None:
        """Learn until it is over, or until Ctrl-C."""
        try:
            self._minding_memory(lambda: self._learn(progress, checkpoint))
        except KeyboardInterrupt:
            self.pace.stopped = True
        if not self.pace.step:
            raise InputError("The training was stopped before it had begun; there is nothing to keep.")
        if checkpoint and not self.pace.stopped:
            checkpoint.save(self._state())

    def trained(self) -> Trained:
        """What came of it."""
        kept = self.pace.step
        if self.best.weights:
            put_back(self.best.weights, self.network.variables)
            kept = self.best.step
        pace = self.pace
        return Trained(
            _in_float32(self.network, self.architecture, self._settings),
            self.architecture,
            self._settings,
            _ledger(self._part, pace.counts),
            pace.step,
            pace.seconds,
            pace.loss,
            pace.stopped,
            pace.batch,
            kept,
        )

    def restore(self, state: State) -> None:
        """Stand where the state was made. Raises: InputError where it is that of another network."""
        try:
            if state.notes["architecture"] != json.loads(json.dumps(self.architecture)):
                raise ValueError("it is that of another network")
            put_back(state.network, self.network.variables)
            put_back(state.optimizer, self._lesson.optimizer.variables)
        except (ValueError, KeyError) as error:
            raise InputError(f"The training that was kept does not fit: {error}. Train anew.") from error
        self.pace.restore(state.notes["pace"])
        self.best.restore(state.notes["best"], state.best)
        self._batches = self._make_batches()

    def _state(self) -> State:
        notes = {"architecture": self.architecture, "pace": self.pace.kept(), "best": self.best.kept()}
        optimizer = self._lesson.optimizer
        return State(values_of(self.network.variables), values_of(optimizer.variables), self.best.weights, notes)

    def _make_batches(self) -> Batches:
        return Batches(self._part, self._turns, self.pace.batch, self.pace.steps, self._settings.seed)

    def _learn(self, progress: Callable[[Progress], None], checkpoint: Checkpoint | None) -> None:
        with closing(lessons(self._lesson, self._batches, self.pace)) as run:
            for logs in run:
                self.pace.note(logs)
                marks = self._sit()
                if checkpoint and checkpoint.due:
                    checkpoint.save(self._state())
                progress(self.pace.progress(marks.as_json() if marks else None))

    def _sit(self) -> Marks | None:
        """The exam where it is time for one; a run too short for two needs none."""
        pace = self.pace
        if not self._exam or not (pace.step % pace.between_exams == 0 or (pace.over and self.best.weights)):
            return None
        marks = self._exam.sit()
        self.best.note(marks.loss, pace.step, self.network)
        if self.best.out_of_patience and not pace.cooling:
            pace.cool_down()
        return marks

    def _rehearse(self) -> float:
        pace = Pace(self._settings.model_copy(update={"batch": self.pace.batch, "minutes": None}), REHEARSED)
        with closing(lessons(self._lesson, self._batches, pace)) as run:
            for logs in run:
                pace.note(logs)
        return pace.seconds_each

    def _minding_memory(self, work: Callable[[], T]) -> T:
        """What the work gives, begun again with a smaller batch as long as the memory does not suffice."""
        while True:
            try:
                return work()
            except Exception as error:
                self._raise_unless_smaller_helps(error)
            # Outside of `except`, which would keep alive what filled the memory.
            asked = self.pace.batch
            self.pace.halve()
            self._batches = self._make_batches()
            self._lesson.make_train_function(force=True)
            self._say(
                f"The memory does not suffice for {asked} pictures at a time. The training goes on with "
                f"{self.pace.batch}, and as many more steps as it takes for the same pictures."
            )

    def _raise_unless_smaller_helps(self, error: Exception) -> None:
        if out_of_memory(error):
            if self.pace.batch > 2:
                return
            raise MachineError(
                "The memory does not suffice for two pictures at a time. Close other programs, or take a smaller "
                "backbone or input."
            ) from error
        if gone(error):
            raise MachineError(
                f"The device failed at step {self.pace.step} ({of_the_device(error)}). Look whether it is still there; "
                "what was kept of the training is not lost, and --resume goes on with it."
            ) from error
        raise error


def _compiled(lesson: Lesson, settings: TrainingSettings) -> Lesson:
    optimizer = keras.optimizers.AdamW(weight_decay=settings.decay, clipnorm=10.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # XLA halves the speed of convolutions on a processor, and JAX knows nothing else.
    lesson.compile(optimizer=optimizer, jit_compile=settings.xla is Xla.ON or keras.backend.backend() == "jax")
    # Now and not with the first step, so that a checkpoint finds what it fills.
    lesson.optimizer.build(lesson.trainable_variables)
    return lesson


def lessons(lesson: Lesson, batches: Batches, pace: Pace) -> Generator[dict[str, float]]:
    """Each step's losses and counts; the next batch is made while the network learns from this one."""
    with ThreadPoolExecutor(1, thread_name_prefix="batches") as loader:
        upcoming = loader.submit(batches.__getitem__, pace.step)
        while not pace.over:
            batch = upcoming.result()
            upcoming = loader.submit(batches.__getitem__, (pace.step + 1) % len(batches))
            lesson.optimizer.learning_rate = pace.rate
            logs = lesson.train_on_batch(batch, return_dict=True)
            yield {key: float(value) for key, value in logs.items()}


def _in_float32(network: Network, architecture: dict[str, Any], settings: TrainingSettings) -> Network:
    """The same network, built anew where it computes in less: only float32 is exported."""
    if network.compute_dtype == "float32":
        return network
    plain = build(architecture, settings.model_copy(update={"weights": None}))
    put_back(values_of(network.variables), plain.variables)
    return plain


def may_turn(part: Part, labels: tuple[Label, ...], recipe: Recipe) -> NDArray[np.bool_]:
    """`(n,)` whether a frame may be turned: each component that it teaches may lie at any quarter turn."""
    turning = np.array([recipe.component(label.component).turns for label in labels], bool)
    return (~part.taught | turning).all(axis=1)


def _ledger(part: Part, counts: Mapping[str, int]) -> Ledger:
    empty = int(part.empty.sum())
    return Ledger(images_with_boxes=len(part) - empty, empty_images=empty, **counts)
