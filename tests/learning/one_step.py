"""A batch, and what a step on it makes of a network; run in a process of its own where that has another backend, or
several devices.

`python one_step.py FAMILY START END`: START holds the weights to begin with; it is made where it is not there.
"""

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np

from inspector.boxes import EMPTY, as_boxes
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.checkpoint import put_back, values_of
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.settings import TrainingSettings
from inspector.recipe import Component, Recipe

SIDE, COUNT = 96, 4
RECIPE = Recipe(name="two", components=(Component(name="screw"), Component(name="tape", turns=True)))


def batch() -> dict[str, Any]:
    """Two pictures with boxes, the second with something doubtful too, and two empty ones, one of which is silent on
    a label.
    """
    rng = np.random.default_rng(3)
    pictures = rng.integers(60, 120, (COUNT, SIDE, SIDE, 3)).astype(np.uint8)
    pictures[0, 20:44, 30:54] += 100
    pictures[1, 50:75, 8:33] += 100
    boxes = np.zeros((COUNT, 2, 4), np.float32)
    boxes[0, 0], boxes[1, 0], boxes[1, 1] = (30, 20, 54, 44), (8, 50, 33, 75), (60, 2, 90, 30)
    classes = np.full((COUNT, 2), -1, np.int32)
    classes[0, 0], classes[1, 0], classes[1, 1] = 0, 1, -2
    taught = np.array([[True, True], [True, True], [True, True], [True, False]])
    return {"pictures": pictures, "truth": {"boxes": boxes, "classes": classes, "taught": taught}}


def dataset() -> Dataset:
    """What networks are designed for."""
    full = batch()
    part = Part(
        images=full["pictures"],
        boxes=(as_boxes([[30, 20, 54, 44]]), as_boxes([[8, 50, 33, 75]]), EMPTY, EMPTY),
        classes=(*(np.array([label], np.int32) for label in (0, 1)), *[np.zeros(0, np.int32)] * 2),
        taught=full["truth"]["taught"],
        names=tuple(f"drawn/{number}" for number in range(COUNT)),
    )
    return Dataset(Path("drawn"), "drawn", RECIPE.labels, (SIDE, SIDE), part, part)


def compiled(lesson: Lesson) -> Lesson:
    """Adam divides by the size of a gradient: where that is nearly nothing, rounding would decide the direction."""
    lesson.compile(optimizer=keras.optimizers.SGD(0.05, clipnorm=1.0), jit_compile=keras.backend.backend() == "jax")
    lesson.optimizer.build(lesson.trainable_variables)
    return lesson


def main(family: str, start: Path, end: Path) -> None:
    """Learn once."""
    keras.utils.set_random_seed(1)
    settings = TrainingSettings(family=family)
    network = build(design(dataset(), RECIPE, settings), settings)
    if start.exists():
        with np.load(start) as kept:
            put_back([kept[name] for name in sorted(kept.files)], network.variables)
    else:
        np.savez(start, **{f"{i:04d}": value for i, value in enumerate(values_of(network.variables))})
    before = network.inference.predict_on_batch(batch()["pictures"])
    logs = compiled(Lesson(network)).train_on_batch(batch(), return_dict=True)
    after = {f"weight/{i:04d}": value for i, value in enumerate(values_of(network.variables))}
    losses = {f"loss/{name}": float(value) for name, value in logs.items()}
    np.savez(end, boxes=before["boxes"], scores=before["scores"], **after, **losses)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
