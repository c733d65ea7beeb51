"""What changing the pictures costs, kind by kind, beside a step of the training.

`python -m tests.benchmarks.augmentation` prints it. Processor time is told beside the clock's, as it stays nearly true
where other programs run, and all are measured in turn: what disturbs falls on each.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from inspector.learning.anchors import plan
from inspector.learning.augmentation.augment import augment
from inspector.learning.augmentation.changes import Augmentation, draw
from inspector.learning.lesson import Lesson
from inspector.learning.ssd import Ssd
from tests.benchmarks.table import Table

INPUT_SIZE = (192, 320)
BATCH = 8
ROUNDS = 20
KINDS = {
    "places exchanged": ("grafts",),
    "shift, scale, rotation": ("shift", "scale", "rotation"),
    "patches": ("patches",),
    "light and shadows": ("exposure", "white_balance", "contrast", "brightness", "gamma", "shadows"),
    "blur": ("blur",),
    "noise": ("noise",),
    "JPEG": ("jpeg",),
}


def measure() -> Table:
    """Each kind alone, all together, and a training step without and with them."""
    changed = keras.Sequential([keras.layers.Lambda(lambda batch: augment(*batch.values()), name="augment")])
    changed.compile()
    lesson = _lesson()
    actions: dict[str, Callable[[], object]] = {}
    for name, settings in _kinds().items():
        actions[f"{name}, alone"] = partial(changed.predict_on_batch, _batch(settings))
    for name, settings in (("without", Augmentation.none()), ("with all", Augmentation())):
        actions[f"a training step {name}"] = partial(lesson.train_on_batch, _batch(settings))
    rows = [_row(name, taken) for name, taken in zip(actions, _times(list(actions.values())), strict=True)]
    width, height = INPUT_SIZE
    return Table(
        f"Changing {BATCH} pictures of {width}x{height} on {keras.backend.backend()}",
        ["kind", "ms, median", "ms, least", "processor ms, median", "processor ms, least", "images per second"],
        rows,
        [f"n = {ROUNDS} each. The training step is that of the compact single-stage network, in 32 bit."],
    )


def _kinds() -> dict[str, Augmentation]:
    default = Augmentation()
    alone = {
        name: Augmentation.none().model_copy(update={field: getattr(default, field) for field in fields})
        for name, fields in KINDS.items()
    }
    return {"nothing": Augmentation.none(), **alone, "all": default}


def _batch(settings: Augmentation) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    width, height = INPUT_SIZE
    classes = np.array([[0]] * (BATCH // 2) + [[-1]] * (BATCH // 2), np.int32)
    boxes = np.where(classes[..., None] == 0, np.array([60, 80, 120, 200], np.float32), np.float32(0))
    truth = {"boxes": boxes, "classes": classes, "taught": np.ones((BATCH, 1), bool)}
    return {
        "pictures": rng.integers(0, 256, (BATCH, height, width, 3)).astype(np.uint8),
        "truth": truth,
        "changes": draw(rng, truth, np.zeros(BATCH, bool), INPUT_SIZE, settings),
    }


def _lesson() -> Lesson:
    lesson = Lesson(Ssd(INPUT_SIZE, plan([np.array([[60, 120]])]), 1))
    lesson.compile(optimizer=keras.optimizers.AdamW(), jit_compile=keras.backend.backend() == "jax")
    return lesson


def _times(actions: list[Callable[[], object]]) -> np.ndarray:
    """`(actions, ROUNDS, 2)`: seconds by the clock and of the processor, after two rounds that are not counted."""
    taken = np.zeros((len(actions), ROUNDS + 2, 2))
    for turn in range(ROUNDS + 2):
        for number, action in enumerate(actions):
            began = time.perf_counter(), time.process_time()
            action()
            taken[number, turn] = time.perf_counter() - began[0], time.process_time() - began[1]
    return taken[:, 2:]


def _row(name: str, taken: np.ndarray) -> list[str]:
    clock, processor = 1000 * taken.T
    values = (np.median(clock), clock.min(), np.median(processor), processor.min())
    return [name, *(f"{value:.1f}" for value in values), f"{1000 * BATCH / np.median(clock):.0f}"]


if __name__ == "__main__":
    print(measure().as_markdown())
