"""Where a training stands between its first step and its last, by count and by the clock."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inspector.learning.network import COUNTS
from inspector.learning.settings import TrainingSettings
from inspector.learning.sight import Sight

WARM_UP = 0.05
SMOOTHED = 0.9
EXAMS = 20
LEAST_BETWEEN = 25
COOL_DOWN = 4
"""Exams that the cool-down takes after the patience ran out."""

Clock = Callable[[], float]
"""Seconds that only ever grow."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    loss and losses, by part: of the last batches. images_per_s: since the first step, exams not counted. rate: the
    learning rate. held_out: what the newest exam said (`exam.Marks`), at the step that asked for one; None at the
    others. sights: what it saw in a few of the frames, none at the other steps. cooling: the held-out frames get no
    better, and the run comes to its end.
    """

    step: int
    steps: int
    loss: float
    images_per_s: float
    seconds_left: float
    losses: dict[str, float]
    rate: float
    held_out: dict[str, float | None] | None = None
    sights: tuple[Sight, ...] = ()
    cooling: bool = False


def enough_steps(frames: int, components: int, settings: TrainingSettings) -> int:
    """Batches until the plateau: more frames need more, but ever less for each; components share every batch, so each
    further one needs a quarter as many again.
    """
    images = (3200 + 24 * min(frames, 150)) * (3 + components) // 4
    # Pretrained features are nearly there: on the screws half the pictures taught as much.
    return max(1, int(images * settings.effort) // settings.batch // (1 if settings.weights is None else 2))


def rate_at(done: float, highest: float) -> float:
    """The learning rate when a share `done` in [0, 1] of the run is over: a short warm-up, then half a cosine."""
    if done < WARM_UP:
        return highest * (0.05 + 0.95 * done / WARM_UP)
    return cooled((done - WARM_UP) / (1 - WARM_UP), highest)


def cooled(done: float, highest: float) -> float:
    """Half a cosine from the highest rate to none."""
    return highest * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


class Pace:
    """Where a run stands.

    Held-out frames that get no better at a high rate say that the rate is too high, not that all is learned. So
    `cool_down` ends a run by lowering the rate to none over a few steps more, from where it then is.
    """

    def __init__(self, settings: TrainingSettings, steps: int, clock: Clock = time.monotonic) -> None:
        self.batch, self.steps = settings.batch, steps
        self.between_exams = max(LEAST_BETWEEN, -(-steps // EXAMS))
        self._most_seconds = settings.minutes * 60 if settings.minutes else math.inf
        self._highest = settings.highest_rate
        self._clock = clock
        self.counts = dict.fromkeys(COUNTS, 0)
        self.losses: dict[str, float] = {}
        self._start = clock()
        self._timed: tuple[float, int] | None = None
        self._exam_s = 0.0
        self.step, self.stopped = 0, False
        self._cooling: tuple[int, float, float] | None = None

    @property
    def seconds(self) -> float:
        return self._clock() - self._start

    @property
    def loss(self) -> float:
        return self.losses.get("loss", math.nan)

    @property
    def cooling(self) -> bool:
        """Whether the run comes to its end before its steps are done."""
        return self._cooling is not None

    @property
    def over(self) -> bool:
        return self.step >= self.steps or (self.step > 0 and self.seconds >= self._most_seconds)

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        if self._cooling is not None:
            since, since_s, rate = self._cooling
            by_clock = (self.seconds - since_s) / max(self._most_seconds - since_s, 1e-9)
            return cooled(max((self.step - since) / (self.steps - since), by_clock), rate)
        return rate_at(max(self.step / self.steps, self.seconds / self._most_seconds), self._highest)

    def note(self, logs: Mapping[str, float]) -> None:
        """A step is done. logs: its losses, and COUNTS."""
        self.step += 1
        for name in self.counts:
            self.counts[name] += round(logs[name])
        # A step in float16 that ran over is left out by the optimizer, and says nothing.
        for name in [name for name in logs.keys() - self.counts.keys() if math.isfinite(logs[name])]:
            before = self.losses.get(name, logs[name])
            self.losses[name] = SMOOTHED * before + (1 - SMOOTHED) * logs[name]
        if self._timed is None:
            # The first step compiles the network; it says nothing of the others.
            self._timed = (self._clock(), self.step)

    def examined(self, seconds: float) -> None:
        """An exam took so long: that is no part of a step."""
        self._exam_s = seconds
        if self._timed is not None:
            self._timed = (self._timed[0] + seconds, self._timed[1])

    def cool_down(self) -> None:
        """End COOL_DOWN exams from now, unless the run ends before."""
        end = self.step + COOL_DOWN * self.between_exams
        if not self.cooling and end < self.steps:
            self._cooling, self.steps = (self.step, self.seconds, self.rate), end

    def end(self) -> None:
        """This step is the last."""
        self.steps = self.step

    def halve(self, least: int = 2) -> float:
        """Go on with half as many pictures in a batch, and twice as many batches, so that as many pictures teach.

        Args: least: pictures that a batch must have. Returns: how many times as many batches that is.
        """
        smaller = max(least, self.batch // 2)
        more = self.batch / smaller
        self.steps, self.step = math.ceil(self.steps * more), math.ceil(self.step * more)
        self.between_exams = math.ceil(self.between_exams * more)
        if self._cooling is not None:
            self._cooling = (math.ceil(self._cooling[0] * more), *self._cooling[1:])
        self.batch, self._timed = smaller, None
        return more

    def progress(self, held_out: dict[str, float | None] | None = None, sights: tuple[Sight, ...] = ()) -> Progress:
        """How far it is. held_out, sights: what an exam just said."""
        each = self.seconds_each
        left = min(self.seconds_for(self.steps - self.step), max(0.0, self._most_seconds - self.seconds))
        speed = self.batch / each if each else math.inf
        losses = {name: value for name, value in self.losses.items() if name != "loss"}
        said = held_out, sights, self.cooling
        return Progress(self.step, self.steps, self.loss, speed, left, losses, self.rate, *said)

    def seconds_for(self, steps: int) -> float:
        """How long so many steps take, with their exams."""
        return self.seconds_each * steps + self._exam_s * (steps // self.between_exams)

    @property
    def seconds_each(self) -> float:
        """What a step takes."""
        since, first = self._timed or (self._start, 0)
        if self.step <= first:
            since, first = self._start, 0
        return (self._clock() - since) / max(1, self.step - first)

    def kept(self) -> dict[str, Any]:
        """What a checkpoint keeps of it."""
        names = ("batch", "steps", "step", "between_exams", "counts", "losses", "seconds")
        return {name: getattr(self, name) for name in names} | {"cooling": self._cooling}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Stand where a checkpoint was made."""
        self.batch, self.steps, self.step = kept["batch"], kept["steps"], kept["step"]
        self.between_exams = kept["between_exams"]
        self.counts, self.losses = dict(kept["counts"]), dict(kept["losses"])
        self._cooling = None
        if kept["cooling"]:
            since, since_s, rate = kept["cooling"]
            self._cooling = since, since_s, rate
        self._start = self._clock() - kept["seconds"]
