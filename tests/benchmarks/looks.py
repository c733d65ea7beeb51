"""Detection and classification, two ways: patterns as classes of the detector, and a second look at what it found."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import cv2
import numpy as np

from inspector.boxes import iou
from inspector.bundle import Bundle
from inspector.capture.simulator import open_simulator
from inspector.detections import Detections
from inspector.labeling.dataset import build
from inspector.validation.metrics import Truth, mean_average_precision
from tests.benchmarks import screws
from tests.benchmarks.cell import SEEDS, cell, to_the_end
from tests.benchmarks.marked import Case, Marked, of_kinds, seen, workspace
from tests.benchmarks.stages import share
from tests.benchmarks.table import Table

STEPS = 300
FEW = 12
"""Photographs of screws in the small case: every sixth of those that the source's split teaches."""
ARMS = {
    "none": "patterns are classes of the detector",
    "confirms": "so they are, and a second look confirms",
    "decides": "the detector finds the component, a second look decides on the pattern",
}
STRIDE, TAUGHT_FRAMES, JUDGED_FRAMES = 15, 600, 900
TAUGHT_SEED, JUDGED_SEED = 11, 1011


def measure(data: Path, work: Path) -> list[Table]:
    """Every arm on every case and seed, each training a cell that is kept."""
    return [_table(case, work) for case in _cases(data, work)]


def _cases(data: Path, work: Path) -> Iterator[Case]:
    yield from _photographs(data)
    taught, judged = (_simulated(work / name, seed, n) for name, seed, n in _scenes())
    yield Case("simulator", of_kinds("screw", ("on", "off"), count=4), taught, judged)


def _scenes() -> Iterator[tuple[str, int, int]]:
    yield "simulated_taught", TAUGHT_SEED, TAUGHT_FRAMES
    yield "simulated_judged", JUDGED_SEED, JUDGED_FRAMES


def _photographs(data: Path) -> Iterator[Case]:
    taught, judged = screws.photographs(data)
    few = {path: taught[path] for path in list(taught)[:: len(taught) // FEW][:FEW]}
    for name, some in (("few photographs", few), ("photographs", taught)):
        yield Case(name, of_kinds("screw", ("screw", "hole"), count=4, turns=True), some, judged)


def _simulated(folder: Path, seed: int, frames: int) -> Marked:
    """Frames at rest of two recordings, screws on and screws off, and their truth."""
    folder.mkdir(parents=True, exist_ok=True)
    found: Marked = {}
    for pattern in ("on", "off"):
        camera = open_simulator(f"simulator:screw={pattern},tape=mixed,seed={seed},frames={frames},pace=0,hand=0")
        while (frame := camera.read()) is not None:
            true = camera.truth(frame.number)
            if frame.number % STRIDE or true.moving:
                continue
            path = folder / f"{pattern}-{frame.number:04}.png"
            cv2.imwrite(str(path), frame.image)
            mine = [i for i, label in enumerate(true.labels) if label.component == "screw"]
            found[path] = true.boxes[mine], [int(true.labels[i].pattern == "off") for i in mine]
    return found


def _table(case: Case, work: Path) -> Table:
    cells = {arm: [_cell(case, work, arm, seed) for seed in SEEDS] for arm in ARMS}
    places = sum(len(boxes) for boxes, _ in case.judged.values())
    return Table(
        f"{case.name}: {len(case.taught)} pictures taught, {len(case.judged)} judged ({places} places)",
        [
            "who says what it is",
            "mAP at IoU 0.5",
            "places judged wrong",
            "strays",
            "bundle made, s of processor",
            "a frame, ms of processor",
        ],
        [_row(ARMS[arm], some, places) for arm, some in cells.items()],
        [
            f"Detectors taught in {STEPS} steps from random weights; seeds {', '.join(map(str, SEEDS))}, added up; mAP "
            "and times: the median.",
            "To make a bundle is to export the detector, to teach the second look, and to choose working scores.",
            "A place is right where exactly one working detection lies on it (IoU 0.5), with its pattern; a stray is a "
            "working detection on no place.",
        ],
    )


def _row(arm: str, cells: list[dict[str, Any]], places: int) -> list[str]:
    return [
        arm,
        f"{median(one['precision'] for one in cells):.3f}",
        share(sum(one["wrong"] for one in cells), places * len(cells)),
        str(sum(one["strays"] for one in cells)),
        f"{median(one['bundle_s'] for one in cells):.0f}",
        f"{median(one['frame_ms'] for one in cells):.1f}",
    ]


def _cell(case: Case, work: Path, arm: str, seed: int) -> dict[str, Any]:
    """The first two arms share a detector, and so a cell."""
    name = f"{case.slug}-{'decides' if arm == 'decides' else 'patterns'}-{STEPS}-{seed}"
    arms = ("decides",) if arm == "decides" else ("none", "confirms")
    made = cell(f"looks/{name}", lambda: _taught(case, work / name, arms, seed))
    one: dict[str, Any] = made[arm]
    return one


def _taught(case: Case, work: Path, arms: tuple[str, ...], seed: int) -> dict[str, Any]:
    """One detector, and what each arm makes of it."""
    from inspector.learning.bundling import make_bundle
    from inspector.learning.settings import Second, TrainingSettings
    from inspector.learning.training import train

    place, recipe = workspace(case, work)
    dataset = build(place, recipe, tiles=case.tiles)
    settings = TrainingSettings(seed=seed, steps=STEPS, second_look=Second(arms[0]), rounds={"most": 0})
    trained = to_the_end(train(dataset, recipe, settings))
    cells = {}
    for arm in arms:
        wanted = replace(trained, settings=settings.model_copy(update={"second_look": Second(arm)}))
        begun = process_time()
        bundle = Bundle.open(make_bundle(dataset, recipe, wanted, place.bundles))
        cells[arm] = {"bundle_s": round(process_time() - begun, 1), **_judged(case, bundle)}
    return cells


def _judged(case: Case, bundle: Bundle) -> dict[str, Any]:
    truths, (found, taken) = case.truths, seen(case.judged, bundle.detector(), process_time)
    working = [bundle.working(one) for one in found]
    return {
        "precision": mean_average_precision(truths, found),
        "wrong": sum(screws.places_wrong(truth, one) for truth, one in zip(truths, working, strict=True)),
        "strays": sum(_strays(truth, one) for truth, one in zip(truths, working, strict=True)),
        "threshold": bundle.threshold("screw"),
        "frame_ms": 1000 * median(taken),
    }


def _strays(truth: Truth, working: Detections) -> int:
    overlaps = np.column_stack([np.zeros(len(working), np.float32), iou(working.boxes, truth.boxes)])
    return int((overlaps.max(axis=1) < 0.5).sum())
