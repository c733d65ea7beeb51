"""What one step of a training costs: time and memory, for each family, backbone and backend.

Each is measured in a process of its own, `python -m tests.benchmarks.steps FAMILY BACKBONE BATCH PRECISION`, so that
the memory is that of this training alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from inspector.backend import VARIABLE
from tests.benchmarks.cell import cell
from tests.benchmarks.environment import environment
from tests.benchmarks.table import Table

ROOT = Path(__file__).resolve().parents[2]
SIDE, FRAMES = 320, 16
STEPS, COMPILED = 10, 2
"""Steps done, and how many of the first are not counted: they compile the network, and fill memory anew."""
FAMILIES = ("ssd", "anchor_free", "faster_rcnn")
BATCHES = {"compact": 8, "mobilenet_v2": 8, "resnet50": 2, "resnet101": 2}
"""Of each backbone. A ResNet takes seconds for each picture."""
BACKENDS = {"torch": ("torch==2.13.0",), "jax": ("jax",)}
"""Those that do not come with the product, and what is installed for each, in an environment of its own."""


def measure(_: Path, work: Path) -> list[Table]:
    """Every network on TensorFlow, and the default one on each backend; each a cell that is kept."""
    rows = [_row(timed(sys.executable, "tensorflow", *which)) for which in _networks()]
    return [_table("Family and backbone, on TensorFlow", rows, ""), _backends(work)]


def _networks() -> Iterator[tuple[str, str, int]]:
    for family in FAMILIES:
        for backbone, batch in BATCHES.items():
            yield family, backbone, batch


def _backends(work: Path) -> Table:
    rows = [_row(timed(sys.executable, "tensorflow", FAMILIES[0], "compact", BATCHES["compact"]))]
    left_out = ""
    for backend, packages in BACKENDS.items():
        try:
            python = environment(work / backend, packages, ours=True)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"   {backend} is left out: {error}", flush=True)
            left_out += f" {backend.capitalize()} could not be installed where this was measured."
            continue
        rows.append(_row(timed(python, backend, FAMILIES[0], "compact", BATCHES["compact"])))
    return _table("Backends", rows, left_out)


def _table(title: str, rows: list[list[str]], left_out: str) -> Table:
    return Table(
        f"A training step at {SIDE}x{SIDE}. {title}",
        [
            "backend",
            "family",
            "backbone",
            "batch",
            "a step, s",
            "a step, s of processor",
            "pictures per second",
            "first step, s",
            "most memory, MiB",
        ],
        rows,
        [
            f"As a training does it, with changed pictures, in float32. Median of {STEPS - COMPILED} steps after the "
            f"first {COMPILED}; the first one compiles the network. By the clock a step takes longer where the machine "
            "does other work beside, which the processor's seconds hardly tell of. Memory: the most that the process "
            f"held, with the libraries.{left_out}"
        ],
    )


def _row(one: dict[str, Any]) -> list[str]:
    return [
        *(str(one[name]) for name in ("backend", "family", "backbone", "batch")),
        f"{one['wall']:.2f}",
        f"{one['processor']:.2f}",
        f"{one['batch'] / one['wall']:.1f}",
        f"{one['first']:.1f}",
        f"{one['memory_mib']:.0f}",
    ]


def timed(
    python: str, backend: str, family: str, backbone: str, batch: int, precision: str = "float32", where: str = "steps"
) -> dict[str, Any]:
    """The cell of one network: its steps in a process of their own, on a GPU where the backend sees one."""

    def make() -> dict[str, Any]:
        command = [python, "-m", "tests.benchmarks.steps", family, backbone, str(batch), precision]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, VARIABLE: backend}, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed on {backend}:\n{done.stderr}")
        told = {"backend": backend, "family": family, "backbone": backbone, "batch": batch, "precision": precision}
        return told | json.loads(done.stdout.splitlines()[-1])

    return cell(f"{where}/{family}.{backbone}.{batch}.{precision}.{backend}", make)


def _steps(family: str, backbone: str, batch: int, precision: str) -> dict[str, float]:
    """A short training: what its steps take, in seconds by the clock and of the processor, and the memory."""
    from inspector.learning.pace import Progress
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    moments = [(time.perf_counter(), time.process_time())]

    def note(_: Progress) -> None:
        moments.append((time.perf_counter(), time.process_time()))

    dataset, recipe = _drawn()
    wanted = {"family": family, "backbone": backbone, "batch": batch, "steps": STEPS, "precision": precision}
    settings = TrainingSettings.model_validate(wanted)
    moments[0] = time.perf_counter(), time.process_time()
    train(dataset, recipe, settings, note)
    taken = np.diff(moments, axis=0)
    wall, processor = (median(column) for column in taken[COMPILED:].T)
    return {"wall": wall, "processor": processor, "first": taken[0, 0], "memory_mib": _most_memory_mib(), **gpu()}


def _drawn() -> tuple[Any, Any]:
    """Squares on noise, and noise alone: what a step costs hardly depends on what the pictures show."""
    from inspector.boxes import EMPTY, as_boxes
    from inspector.labeling.dataset import Dataset, Part
    from inspector.recipe import Component, Recipe

    recipe = Recipe(name="squares", components=(Component(name="square"),))
    rng = np.random.default_rng(0)
    images = rng.integers(60, 120, (FRAMES, SIDE, SIDE, 3)).astype(np.uint8)
    boxes, classes = [EMPTY] * FRAMES, [np.zeros(0, np.int32)] * FRAMES
    for i in range(0, FRAMES, 2):
        x, y = (int(corner) for corner in rng.integers(0, SIDE - 60, 2))
        images[i, y : y + 60, x : x + 60] += 100
        boxes[i], classes[i] = as_boxes([[x, y, x + 60, y + 60]]), np.zeros(1, np.int32)
    names = tuple(f"drawn/{i}" for i in range(FRAMES))
    taught = Part(images, tuple(boxes), tuple(classes), np.ones((FRAMES, 1), bool), names)
    nothing = Part(images[:0], (), (), np.ones((0, 1), bool), ())
    return Dataset(Path("drawn"), "drawn", recipe.labels, (SIDE, SIDE), taught, nothing), recipe


def _most_memory_mib() -> float:
    """Of this process since it began; what `getrusage` tells would count the process that started it too."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def gpu() -> dict[str, Any]:
    """The GPU where there is one, and the most of its memory that arrays took, of what the backend had set aside."""
    if os.environ[VARIABLE] == "jax":
        import jax

        device = jax.devices()[0]
        found, most = device.platform == "gpu", (device.memory_stats() or {}).get("peak_bytes_in_use", 0)
        name = device.device_kind
    elif os.environ[VARIABLE] == "torch":
        import torch

        found, most = torch.cuda.is_available(), torch.cuda.max_memory_allocated()
        name = torch.cuda.get_device_name() if found else ""
    else:
        return {}
    return {"gpu": name, "gpu_mib": most / 2**20} if found else {}


if __name__ == "__main__":
    print(json.dumps(_steps(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])))
