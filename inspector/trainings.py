"""The trainings of a workspace: one folder for each, from its first step until its bundle is made."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, field_validator

from inspector import lock
from inspector.errors import InputError
from inspector.files import Document, read_document, write_document
from inspector.frame import utc_now
from inspector.settings import check_name, new_name

FILE = "training.yaml"
CHECKPOINT = "checkpoint"
LOCK = ".lock"


class Begun(Document):
    """`training.yaml`: what it takes to go on with a training. settings: `TrainingSettings`, each as it was; preset:
    the name of the one that they were made by, "" where nobody knows.
    """

    id: str
    recipe: str
    dataset: str
    began_at: AwareDatetime
    settings: dict[str, Any]
    preset: str = ""

    @field_validator("id", "dataset")
    @classmethod
    def _stays_inside(cls, value: str) -> str:
        return check_name(value, "the training")


@dataclass(frozen=True, eq=False)
class Training:
    """One folder `trainings/<id>/`: `training.yaml`, checkpoints, and the curves where they are drawn."""

    folder: Path
    begun: Begun

    def checkpoint(self, number: int) -> Path:
        """The file that the training goes on from, 0, or one of its rounds of hard negatives, from 1."""
        return self.folder / f"{CHECKPOINT}-{number}.npz"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """While it lasts nobody else goes on with this training, or removes it; a kill ends that too.

        Raises: InputError where somebody does already.
        """
        with lock.alone(self.folder / LOCK, f"The training {self.begun.id} is running already."):
            yield

    @property
    def running(self) -> bool:
        """Whether a process works on it."""
        return lock.is_taken(self.folder / LOCK)


def begin(trainings: Path, recipe: str, dataset: str, settings: dict[str, Any], preset: str = "") -> Training:
    """A new training. Args: trainings: the workspace's folder of them. Raises: MachineError on a full disk."""
    name = new_name(recipe)
    begun = Begun(id=name, recipe=recipe, dataset=dataset, began_at=utc_now(), settings=settings, preset=preset)
    write_document(trainings / name / FILE, begun)
    return Training(trainings / name, begun)


def unfinished(trainings: Path, recipe: str) -> list[Training]:
    """The recipe's trainings that were ended before their bundle was made, the newest last.

    One whose `training.yaml` is damaged is none: nobody could go on with it, and it may be another recipe's.
    """
    return [training for training in _begun(trainings, recipe) if not training.running]


def running(trainings: Path, recipe: str | None = None) -> list[Training]:
    """The recipe's trainings that a process works on, or those of all recipes, the newest last."""
    return [training for training in _begun(trainings, recipe) if training.running]


def _begun(trainings: Path, recipe: str | None) -> list[Training]:
    found: list[Training] = []
    for path in sorted(trainings.glob(f"*/{FILE}")):
        with contextlib.suppress(InputError):
            found.append(Training(path.parent, read_document(path, Begun)))
    mine = [training for training in found if recipe in (None, training.begun.recipe)]
    return sorted(mine, key=lambda training: training.begun.began_at)


def tidy(trainings: Path, recipe: str, done: Training) -> None:
    """The recipe has its bundle: what was kept to go on with, of this training and of those before it, goes away.

    The curves stay where there are any.
    """
    for training in [*unfinished(trainings, recipe), done]:
        if training.begun.began_at > done.begun.began_at:
            continue
        for path in (*training.folder.glob(f"*{CHECKPOINT}-*"), training.folder / FILE):
            path.unlink(missing_ok=True)
        if not [path for path in training.folder.iterdir() if path.name != LOCK]:
            shutil.rmtree(training.folder, ignore_errors=True)
