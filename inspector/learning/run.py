"""One training between its first step and its last: learn, sit exams, keep the state, mind the memory."""

import json
import math
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.errors import InputError, MachineError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.accelerator import gone, of_the_device, out_of_memory
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.best import Best
from inspector.learning.checkpoint import Checkpoint, State, put_back, values_of
from inspector.learning.distribution import Devices
from inspector.learning.exam import Exam, Marks
from inspector.learning.lesson import Lesson
from inspector.learning.network import Network
from inspector.learning.pace import Pace, Progress
from inspector.learning.precision import computing_in, plain
from inspector.learning.sampling import Batches
from inspector.learning.settings import TrainingSettings, Xla

REHEARSED = 4
"""Steps that are done to see how long one takes; the first of them compiles the network, and is not counted."""

T = TypeVar("T")


class Lost(InputError):
    """Nothing more can be learned, and nothing of what was learned is kept."""


class Unbegun(InputError):
    """It was stopped before its first step was done."""


@dataclass(frozen=True, eq=False)
class Course:
    """What is taught: the frames, whether each may be turned `(n,)`, those that fooled an earlier network, for how many
    steps, the seed of what is drawn, and how far pictures are changed.
    """

    part: Part
    turns: NDArray[np.bool_]
    hard: tuple[int, ...]
    steps: int
    seed: int
    augmentation: Augmentation

    def batches(self, pace: Pace) -> Batches:
        """Its batches at the pace's size."""
        return Batches(self.part, self.turns, pace.batch, pace.steps, self.seed, self.augmentation, self.hard)


class Run:
    """One training from its first step to its last."""

    def __init__(
        self,
        network: Network,
        architecture: dict[str, Any],
        dataset: Dataset,
        course: Course,
        settings: TrainingSettings,
        devices: Devices,
        say: Callable[[str], None],
    ) -> None:
        self.network, self._architecture, self._course = network, architecture, course
        self._settings, self._devices, self._say = settings, devices, say
        self.pace = Pace(settings, course.steps)
        self._batches = self._course.batches(self.pace)
        with devices.scope(), computing_in(settings.precision):
            self._lesson = _compiled(Lesson(network), settings)
        self.best, self._examined_at = Best(settings.patience), 0
        # Keras would have each of several devices see the same pictures.
        self._examined = plain(network, architecture, settings) if devices.several else network
        self._exam = Exam(dataset, self._examined)
        if not self._exam:
            say("No frame is held out: the training goes on to its last step, and nothing tells whether it overfits.")

    def expected_seconds(self) -> float:
        """How long it will take here, from a few steps that are then undone."""
        before = self._state()
        seconds = self._minding_memory(self._rehearse)
        self._put_back(before)
        return min(seconds, self._settings.minutes * 60 if self._settings.minutes else seconds)

    def learn(self, progress: Callable[[Progress], None], checkpoint: Checkpoint | None) -> None:
        """Learn until it is over, or until Ctrl-C. Raises: Unbegun where that comes before the first step is done."""
        try:
            self._minding_memory(lambda: self._learn(progress, checkpoint))
        except KeyboardInterrupt:
            self.pace.stopped = True
        if not self.pace.step:
            raise Unbegun("The training was stopped before it had begun; there is nothing to keep.")
        if checkpoint and not self.pace.stopped:
            checkpoint.save(self._state())

    def take_the_best(self) -> int:
        """Give the network its best state, where exams have found one; returns the step after which it was that."""
        if not self.best.weights:
            return self.pace.step
        put_back(self.best.weights, self.network.variables)
        return self.best.step

    def restore(self, state: State) -> None:
        """Stand where the state was made. Raises: InputError where it is that of another network."""
        try:
            if state.notes["architecture"] != json.loads(json.dumps(self._architecture)):
                raise ValueError("it is that of another network")
            self._put_back(state)
            self.pace.restore(state.notes["pace"])
            self.best.restore(state.notes["best"], state.best)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"The training that was kept does not fit: {error}. Train anew.") from error
        self._batches = self._course.batches(self.pace)

    def _put_back(self, state: State) -> None:
        put_back(state.network, self.network.variables)
        put_back(state.optimizer, self._lesson.optimizer.variables)

    def _state(self) -> State:
        notes = {"architecture": self._architecture, "pace": self.pace.kept(), "best": self.best.kept()}
        optimizer = self._lesson.optimizer
        return State(values_of(self.network.variables), values_of(optimizer.variables), self.best.weights, notes)

    def _learn(self, progress: Callable[[Progress], None], checkpoint: Checkpoint | None) -> None:
        with closing(lessons(self._devices, self._lesson, self._batches, self.pace)) as run:
            for logs in run:
                self.pace.note(logs)
                if self._is_lost(logs["loss"]):
                    break
                marks = self._sit()
                if checkpoint and checkpoint.due:
                    checkpoint.save(self._state())
                sights = self._exam.sights() if marks else ()
                progress(self.pace.progress(marks.as_json() if marks else None, sights))
            else:
                # The time ran out after the last step, at which no exam was due yet.
                if self.pace.step > self._examined_at and self.best.weights:
                    self._note_exam()

    def _is_lost(self, loss: float) -> bool:
        """Whether the network holds what is no number: from then on it learns nothing, and sees nothing.

        Raises: Lost where no exam has found a state to go back to.
        """
        # In float16 a step whose loss is none is left out, and the next one may be well again.
        if math.isfinite(loss) or all(np.isfinite(value).all() for value in values_of(self.network.variables)):
            return False
        found = f"At step {self.pace.step} the loss is no number any more, and nothing more can be learned."
        rate = self._settings.highest_rate
        way = f"Train anew with a lower learning rate, as --set rate={rate / 10:.1g}."
        if not self.best.weights:
            raise Lost(f"{found} {way}")
        self._say(f"{found} What was best on held-out frames, after step {self.best.step}, is kept. {way}")
        self.pace.end()
        return True

    def _sit(self) -> Marks | None:
        """The exam where it is time for one; a run too short for two needs none."""
        pace = self.pace
        if not (self._exam and self._devices.leads) or not (
            pace.step % pace.between_exams == 0 or (pace.over and self.best.weights)
        ):
            return None
        marks = self._note_exam()
        if self.best.out_of_patience and not pace.cooling:
            pace.cool_down()
        return marks

    def _note_exam(self) -> Marks:
        marks, self._examined_at = self._examine(self.pace), self.pace.step
        self.best.note(marks.loss, self.pace.step, self.network, self.pace.over)
        return marks

    def _examine(self, pace: Pace) -> Marks:
        began = pace.seconds
        if self._examined is not self.network:
            put_back(values_of(self.network.variables), self._examined.variables)
        marks = self._exam.sit()
        pace.examined(pace.seconds - began)
        return marks

    def _rehearse(self) -> float:
        """Seconds for all steps, from a few of them and from an exam; the first of each compiles and tells nothing."""
        few = self._settings.model_copy(update={"batch": self.pace.batch, "minutes": None})
        pace = Pace(few, REHEARSED)
        with closing(lessons(self._devices, self._lesson, self._batches, pace)) as run:
            for logs in run:
                pace.note(logs)
        for _ in range(2 if self._exam and self.pace.steps >= self.pace.between_exams else 0):
            self._examine(pace)
        pace.between_exams = self.pace.between_exams
        return pace.seconds_for(self.pace.steps)

    def _minding_memory(self, work: Callable[[], T]) -> T:
        """What the work gives, begun again with a smaller batch as long as the memory does not suffice."""
        while True:
            try:
                return work()
            except Exception as error:
                self._raise_unless_smaller_helps(error)
            # Outside of `except`, which would keep alive what filled the memory.
            asked = self.pace.batch
            self.best.count_in(self.pace.halve(self._devices.least_batch))
            self._batches = self._course.batches(self.pace)
            self._devices.begin_again(self._lesson)
            self._say(
                f"The memory does not suffice for {asked} pictures at a time. The training goes on with "
                f"{self.pace.batch}, and as many more steps as it takes for the same pictures."
            )

    def _raise_unless_smaller_helps(self, error: Exception) -> None:
        if out_of_memory(error):
            if self.pace.batch > self._devices.least_batch:
                return
            raise MachineError(
                f"The memory does not suffice for {self.pace.batch} pictures at a time. Close other programs, or take "
                "a smaller backbone or input."
            ) from error
        if gone(error):
            raise MachineError(
                f"The device failed at step {self.pace.step} ({of_the_device(error)}). Look whether it is still there."
            ) from error
        raise error


def _compiled(lesson: Lesson, settings: TrainingSettings) -> Lesson:
    optimizer = keras.optimizers.AdamW(weight_decay=settings.decay, clipnorm=settings.clip)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # XLA halves the speed of convolutions on a processor, and JAX knows nothing else.
    lesson.compile(optimizer=optimizer, jit_compile=settings.xla is Xla.ON or keras.backend.backend() == "jax")
    # Now and not with the first step, so that a checkpoint finds what it fills.
    lesson.optimizer.build(lesson.trainable_variables)
    return lesson


def lessons(devices: Devices, lesson: Lesson, batches: Batches, pace: Pace) -> Generator[dict[str, float]]:
    """Each step's losses and counts; the next batch is made while the network learns from this one."""
    with ThreadPoolExecutor(1, thread_name_prefix="batches") as loader:
        upcoming = loader.submit(batches.__getitem__, pace.step)
        while not pace.over:
            batch = upcoming.result()
            upcoming = loader.submit(batches.__getitem__, (pace.step + 1) % len(batches))
            lesson.optimizer.learning_rate = pace.rate
            yield {key: float(value) for key, value in devices.learn(lesson, batch).items()}
