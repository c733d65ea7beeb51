"""A training on an NVIDIA GPU: what a step costs, and how long it takes from recordings to taught weights.

`python -m tests.benchmarks.gpu` on the machine that has one; TensorFlow need not be there. Each cell is kept, and so
are the taught weights. `make bench ARGS=gpu`, where TensorFlow is, then makes bundles of them, asks these about frames
of another seed, and writes the tables.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from inspector.backend import VARIABLE, find
from inspector.bundle import Bundle, Ledger
from inspector.labeling.dataset import Dataset, build
from inspector.labeling.negatives import Negative, negatives_of
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace
from tests.benchmarks import claim, steps
from tests.benchmarks.cell import cell, is_kept
from tests.benchmarks.stages import Bench, share
from tests.benchmarks.table import Table

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench" / "gpu"
RECORDED = 4500
"""Frames of the simulated camera in each of the two recordings."""
MOST = 300
"""Taken from each, where so many are different."""
BACKENDS = ("jax", "torch")
MACHINE = "The GPU's machine: 16 processor cores, driver 580, JAX 0.11.2 and torch 2.11.0 for CUDA 13."
DEEP = ("faster_rcnn", "resnet101", 8)
NETWORKS = {
    "jax": (
        ("ssd", "compact", 8),
        ("ssd", "compact", 32),
        ("faster_rcnn", "compact", 8),
        DEEP,
        ("ssd", "compact", 32, "mixed_bfloat16"),
        (*DEEP, "mixed_bfloat16"),
        ("ssd", "mobilenet_v2", 8),
        ("anchor_free", "compact", 8),
    ),
    "torch": (("ssd", "compact", 8), ("faster_rcnn", "compact", 8), DEEP),
}


def on_the_gpu() -> None:
    """Every cell that needs the GPU, one after the other; the camera is recorded beside the first ones."""
    there = [backend.name for backend in find(BACKENDS) if backend.gpus]
    if not there:
        raise SystemExit("No GPU was found here.")
    recording = threading.Thread(target=_record, args=(WORK,))
    recording.start()
    for backend in there:
        for network in NETWORKS[backend]:
            _steps(backend, network)
    recording.join()
    for backend in there:
        cell(_taught(backend), lambda backend=backend: _in_a_process(backend))


def measure(_: Path, work: Path) -> list[Table]:
    """The tables of what was measured on a GPU, with bundles made here. Raises: SystemExit where nothing was."""
    taught = [backend for backend in BACKENDS if is_kept(_taught(backend))]
    if not taught:
        raise SystemExit("Nothing was taught on a GPU yet: python -m tests.benchmarks.gpu, on a machine with one.")
    return [_table_of_trainings(taught, work), _table_of_steps()]


def _taught(backend: str) -> str:
    return f"gpu/taught.{backend}"


def _steps(backend: str, network: tuple[Any, ...]) -> dict[str, Any]:
    return steps.timed(sys.executable, backend, *network, where="gpu")


def _record(work: Path) -> None:
    """The recordings, extracted and annotated, unless they are there."""
    if not (work / "recipes").exists():
        claim.record_tape(Bench(work), RECORDED, MOST)


def _in_a_process(backend: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.gpu", "teach", str(_weights(backend))]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, VARIABLE: backend}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"The training on {backend} failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _weights(backend: str) -> Path:
    return WORK.parent / f"gpu-{backend}.weights.h5"


def _teach(weights: Path) -> dict[str, Any]:
    """A training as `inspector train` does it, up to the weights, which are kept; what it took, in seconds."""
    began = perf_counter()
    from inspector.learning.rounds import harden
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    loaded = perf_counter()
    recipe, dataset, negatives = _ready(WORK)
    packed = perf_counter()
    exams: list[dict[str, Any]] = []
    trained = train(dataset, recipe, TrainingSettings(), lambda now: now.held_out and exams.append(asdict(now)))
    taught = perf_counter()
    trained = harden(dataset, recipe, trained, negatives)
    hardened = perf_counter()
    trained.network.save_weights(str(weights))
    return {
        "loading": loaded - began,
        "packing": packed - loaded,
        "training": taught - packed,
        "rounds": hardened - taught,
        "images_per_s": exams[-1]["images_per_s"],
        "trained": {name: getattr(trained, name) for name in ("steps", "seconds", "loss", "batch", "kept")},
        "architecture": trained.architecture,
        "ledger": trained.ledger.model_dump(mode="json"),
        **steps.gpu(),
    }


def _ready(work: Path) -> tuple[Recipe, Dataset, list[Negative]]:
    place = Workspace(work)
    recipe = find_recipe(place.recipes, "housing")
    dataset = build(place, recipe)
    return recipe, dataset, negatives_of(place, recipe, dataset)


def _table_of_trainings(taught: list[str], work: Path) -> Table:
    _record(work)
    rows = []
    for backend in taught:
        told = cell(_taught(backend), dict)
        made = cell(f"gpu/bundle.{backend}", lambda told=told, backend=backend: _bundle(told, backend, work))
        rows.append(_row(backend, told, made))
    return Table(
        f"A tape that lies anywhere, from two recordings of {RECORDED} frames to a bundle",
        [
            "backend, GPU",
            "frames that taught: with, empty",
            "steps",
            "images per second",
            "loading and packing, s",
            "training, s",
            "rounds of hard negatives, s",
            "the bundle, elsewhere on a processor, s",
            "altogether, s",
            "unseen negative frames with a detection",
            "highest score on one",
            "recall on unseen positive frames",
        ],
        rows,
        [
            "The preset `standard`, seed 0, in float32. Recordings of the simulator; the frames asked are of another "
            "seed. The time of the training counts the compiling of its first step and the exams on held-out frames; "
            "beyond 150 frames it takes no more steps, so that more of them cost their packing alone.",
            MACHINE,
        ],
    )


def _row(backend: str, told: dict[str, Any], made: dict[str, Any]) -> list[str]:
    before = told["loading"] + told["packing"]
    parts = (before, told["training"], told["rounds"], made["making"])
    return [
        f"{backend}, {told['gpu']}",
        f"{made['with']}, {made['empty']}",
        str(told["trained"]["steps"]),
        f"{told['images_per_s']:.0f}",
        *(f"{seconds:.0f}" for seconds in (*parts, sum(parts))),
        share(made["fired_frames"], made["negative"]),
        f"{made['highest']:.3f}",
        share(made["recalled"], made["positive"]),
    ]


def _bundle(told: dict[str, Any], backend: str, work: Path) -> dict[str, Any]:
    """The bundle of what was taught, in how many seconds, and what it sees."""
    from inspector.learning.bundling import make_bundle
    from inspector.learning.families import build as build_network
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import Trained

    recipe, dataset, negatives = _ready(work)
    network = build_network(told["architecture"])
    network.load_weights(str(_weights(backend)))
    known = {**told["trained"], "ledger": Ledger.model_validate(told["ledger"]), "stopped": False}
    trained = Trained(network=network, architecture=told["architecture"], settings=TrainingSettings(), **known)
    began = perf_counter()
    made = make_bundle(dataset, recipe, trained, Workspace(work).bundles, negatives=negatives)
    seconds = perf_counter() - began
    return {"making": seconds, **claim.figures(Bundle.open(made), claim.unseen_tape())}


def _table_of_steps() -> Table:
    kept = [_steps(backend, network) for backend in BACKENDS for network in NETWORKS[backend]]
    return Table(
        f"A training step at {steps.SIDE}x{steps.SIDE} on a GPU",
        [
            *("backend, GPU", "family", "backbone", "batch", "numbers", "a step, ms", "images per second"),
            *("first step, s", "most memory of the GPU, MiB"),
        ],
        [
            [
                f"{one['backend']}, {one['gpu']}",
                *(str(one[name]) for name in ("family", "backbone", "batch", "precision")),
                f"{1000 * one['wall']:.1f}",
                f"{one['batch'] / one['wall']:.0f}",
                f"{one['first']:.1f}",
                f"{one['gpu_mib']:.0f}",
            ]
            for one in kept
        ],
        ["As on a processor, below. Memory: what arrays took of what the backend had set aside for them.", MACHINE],
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["teach"]:
        print(json.dumps(_teach(Path(sys.argv[2]))))
    else:
        on_the_gpu()
