"""Run in a process of its own for each backend: the losses of one batch, and the weights after one step.

`python one_step.py FAMILY START END`: START holds the weights to begin with; it is made where it is not there.
"""

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np

from inspector.learning.checkpoint import put_back, values_of
from inspector.learning.families import build
from inspector.learning.lesson import Lesson

SIDE, COUNT = 96, 4
LEVELS = [[8, [[20, 20], [30, 20]]], [16, [[40, 40]]]]


def batch() -> dict[str, Any]:
    """Two pictures with a brighter square, one of another label, and two empty ones."""
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


def main(family: str, start: Path, end: Path) -> None:
    """Learn once."""
    keras.utils.set_random_seed(1)
    architecture = {"family": family, "input_size": [SIDE, SIDE], "labels": 2, "backbone": "compact", "levels": LEVELS}
    network = build(architecture)
    if start.exists():
        with np.load(start) as kept:
            put_back([kept[name] for name in sorted(kept.files)], network.variables)
    else:
        np.savez(start, **{f"{i:04d}": value for i, value in enumerate(values_of(network.variables))})
    lesson = Lesson(network)
    # Adam divides by the size of a gradient: where that is nearly nothing, rounding would decide the direction.
    lesson.compile(optimizer=keras.optimizers.SGD(0.1), jit_compile=keras.backend.backend() == "jax")
    losses = {name: float(value) for name, value in lesson.train_on_batch(batch(), return_dict=True).items()}
    said = network.inference.predict_on_batch(batch()["pictures"])
    after = {f"weight/{i:04d}": value for i, value in enumerate(values_of(network.variables))}
    np.savez(end, boxes=said["boxes"], scores=said["scores"], **after, **{f"loss/{k}": v for k, v in losses.items()})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
