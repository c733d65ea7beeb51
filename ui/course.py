"""What a training has said until now, line by line: where it stands, and what its curves and pictures show. Pure."""

import math
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

MOST_SAID = 50


class Stage(Enum):
    """What a training is doing."""

    STARTING = auto()
    PACKING = auto()
    TIMING = auto()
    LEARNING = auto()
    LOOKING = auto()
    AGAIN = auto()
    BUNDLING = auto()


@dataclass(frozen=True)
class Exam:
    """What held-out frames said after that many steps; None where nobody asked."""

    step: int
    loss: float | None
    recall: float | None
    loudest: float | None


@dataclass(frozen=True)
class Sight:
    """What is seen in one held-out frame. seen: (xyxy in pixels of the picture, score, whether it is right); missed:
    xyxy.
    """

    picture: str
    frame: str
    seen: tuple[tuple[tuple[float, ...], float, bool], ...]
    missed: tuple[tuple[float, ...], ...]

    @property
    def right(self) -> bool:
        """Whether all is found, and nothing else."""
        return not self.missed and all(right for *_, right in self.seen)


@dataclass
class Course:
    """How one training goes. done, total: of the stage, 0 where nobody knows. expected_s: the whole, told before the
    first step. losses: (step, loss); steps of a round of hard negatives count on from those before, and rounds holds
    where each began. bundle: the id of what was made, "" until then.
    """

    recipe: str
    stage: Stage = Stage.STARTING
    done: int = 0
    total: int = 0
    images_per_s: float = 0.0
    seconds_left: float | None = None
    expected_s: float | None = None
    losses: list[tuple[int, float]] = field(default_factory=list)
    exams: list[Exam] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)
    sights: tuple[Sight, ...] = ()
    said: list[str] = field(default_factory=list)
    bundle: str = ""
    _before: int = 0

    @property
    def end(self) -> int:
        """The step at which the curves will end, as far as anybody knows."""
        last = self.losses[-1][0] if self.losses else 0
        return max(last, self._before + self.total if self.stage in (Stage.LEARNING, Stage.AGAIN) else last)

    def hear(self, line: dict[str, Any]) -> None:
        """Take note of one line of `inspector train --json`."""
        match line:
            case {"says": text}:
                self.said = [*self.said, str(text)][-MOST_SAID:]
            case {"stage": "pack", "done": done, "total": total}:
                self._enter(Stage.PACKING, done, total or 0)
            case {"stage": "train", "expected_s": seconds}:
                self.expected_s = seconds
                self._enter(Stage.LEARNING, 0, 0)
            case {"stage": "train"}:
                self._step(line)
            case {"stage": "look"}:
                self._enter(Stage.LOOKING, 0, 0)
            case {"stage": "bundle", "done": done, "total": total}:
                self._enter(Stage.BUNDLING, done, total or 0)
            case {"bundle": _, "id": name}:
                self.bundle = str(name)
            case {"dataset": _}:
                self._enter(Stage.TIMING, 0, 0)

    def _enter(self, stage: Stage, done: int, total: int) -> None:
        self.stage, self.done, self.total, self.seconds_left = stage, done, total, None

    def _step(self, line: dict[str, Any]) -> None:
        again = self.stage in (Stage.LOOKING, Stage.AGAIN)
        last = self.losses[-1][0] if self.losses else 0
        if self._before + line["step"] <= last:
            self._before = last
            self.rounds.append(last)
        self._enter(Stage.AGAIN if again else Stage.LEARNING, line["step"], line["steps"])
        self.seconds_left, self.images_per_s = line["seconds_left"], line["images_per_s"]
        step = self._before + line["step"]
        if math.isfinite(line["loss"]):
            self.losses.append((step, line["loss"]))
        if held_out := line["held_out"]:
            self.exams.append(Exam(step, held_out["loss"], held_out["recall"], held_out["loudest"]))
        if previews := line.get("previews"):
            self.sights = tuple(_sight(one) for one in previews)


def _sight(line: dict[str, Any]) -> Sight:
    seen = tuple((tuple(one["box"]), one["score"], one["right"]) for one in line["seen"])
    return Sight(line["picture"], line["frame"], seen, tuple(tuple(one["box"]) for one in line["missed"]))
