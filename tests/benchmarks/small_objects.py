"""Small things in large pictures: whole frames against tiles, and two ideas that shall help small things."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import cv2
import numpy as np

from inspector.boxes import Boxes, as_boxes
from inspector.bundle import Bundle
from inspector.capture.pictures import read_picture
from inspector.recipe import Component
from inspector.validation.metrics import mean_average_precision
from inspector.validation.thresholds import tally
from tests.benchmarks.cell import SEEDS, cell, to_the_end
from tests.benchmarks.marked import Case, Marked, read_coco, seen, workspace
from tests.benchmarks.stages import share
from tests.benchmarks.table import Table

STEPS = 400
ARMS: dict[str, tuple[bool, dict[str, float]]] = {
    "whole frames": (False, {}),
    "tiles": (True, {}),
    "tiles, outlines learned beside": (True, {"boundary": 0.5}),
    "tiles, loss boosting": (True, {"boosting": 0.5}),
}
"""Whether frames are cut, and what else is wished of the training."""

JUDGED_PHOTOS = ("DJI-00760-00021", "DJI-00760-00022", "DJI-00760-00023", "DJI_0762-00031", "DJI_0762-00032")
"""One passage of each of the two flights: photos next to each other show the same vehicles, so none is split."""
PCB_TAUGHT, PCB_JUDGED = slice(0, None, 8), slice(4, None, 16)
"""Of the numbers of the boards' pictures, in order."""


def measure(data: Path, work: Path) -> list[Table]:
    """Each arm on both sets of pictures, each seed a cell that is kept."""
    return [_table(case, work / case.name) for case in (_cars(data), _boards(data))]


def _cars(data: Path) -> Case:
    """All kinds of vehicle are one component."""
    marked = {photo: _yolo(photo) for photo in sorted((data / "aerial_cars" / "images").glob("*.jpg"))}
    taught = {photo: some for photo, some in marked.items() if photo.stem not in JUDGED_PHOTOS}
    judged = {photo: some for photo, some in marked.items() if photo.stem in JUDGED_PHOTOS}
    note = (
        f"{len(taught)} photos of 1920x1080 taught, {len(judged)} judged, other passages of the same two flights; all "
        "kinds of vehicle are one component; no photo, and no tile of one, is without vehicles."
    )
    return Case("aerial_cars", Component(name="vehicle"), taught, judged, note, "auto")


def _yolo(photo: Path) -> tuple[Boxes, list[int]]:
    height, width = read_picture(photo).shape[:2]
    rows = np.array([line.split()[1:] for line in photo.with_suffix(".txt").read_text().splitlines()], float)
    center, size = rows[:, :2] * (width, height), rows[:, 2:] * (width, height)
    boxes = np.concatenate([center - size / 2, center + size / 2], axis=1)
    return _alike(as_boxes(np.clip(boxes, 0, [width, height, width, height])))


def _alike(boxes: Boxes) -> tuple[Boxes, list[int]]:
    """All of the one kind."""
    return boxes, [0] * len(boxes)


def _boards(data: Path) -> Case:
    """A part of the pictures, evenly over all boards: a processor takes long enough for these."""
    marked, _ = read_coco(data / "deeppcb")
    # A picture with defects and its template have one number, and so stay on one side.
    numbers = sorted({_number(path) for path in marked})
    taught, judged = (
        {path: _alike(boxes) for path, (boxes, _) in marked.items() if _number(path) in set(numbers[part])}
        for part in (PCB_TAUGHT, PCB_JUDGED)
    )
    note = (
        f"Of {len(marked)} pictures of 640x640, {_kinds(taught)} taught, {_kinds(judged)} judged, other places of the "
        "same boards; the six kinds of defect are one component."
    )
    return Case("deeppcb", Component(name="defect"), taught, judged, note, (320, 320))


def _number(path: Path) -> str:
    return path.stem.split("_")[0]


def _kinds(marked: Marked) -> str:
    empty = sum(not len(boxes) for boxes, _ in marked.values())
    return f"{len(marked) - empty} with and {empty} without"


def _table(case: Case, work: Path) -> Table:
    rows = []
    for arm, (cut, wishes) in ARMS.items():
        cells = [
            cell(f"small_objects/{case.name}.{_slug(arm)}.{STEPS}.{seed}", _run(case, work, cut, wishes, seed))
            for seed in SEEDS
        ]
        rows.append([arm, *_columns(cells)])
    return Table(
        f"Small things: {case.name}",
        [
            "taught and judged on",
            "network runs a frame",
            "mAP at IoU 0.5, mean and range",
            "found at the working score",
            "wrong detections a picture",
        ],
        rows,
        [
            case.note,
            f"Compact backbone, random weights, {STEPS} batches of 8, seeds {', '.join(map(str, SEEDS))}.",
            "Found: of all true boxes, for each seed; those of one picture hang together: the interval is too narrow.",
        ],
    )


def _columns(cells: Sequence[dict[str, Any]]) -> list[str]:
    precision = [one["precision"] for one in cells]
    spread = f"{mean(precision):.3f} ({min(precision):.3f} to {max(precision):.3f})"
    return [
        str(cells[0]["tiles"]),
        spread,
        share(sum(one["found"] for one in cells), sum(one["boxes"] for one in cells)),
        f"{sum(one['wrong'] for one in cells) / sum(one['pictures'] for one in cells):.2f}",
    ]


def _run(case: Case, work: Path, cut: bool, wishes: dict[str, float], seed: int) -> Callable[[], dict[str, Any]]:
    def make() -> dict[str, Any]:
        from inspector.labeling.dataset import build
        from inspector.learning.bundling import make_bundle
        from inspector.learning.settings import TrainingSettings
        from inspector.learning.training import train

        place, recipe = workspace(case, work / "workspace")
        tiles = case.tiles if cut else "off"
        dataset = build(place, recipe, tiles=tiles, allow_missing_negatives=True, seed=seed)
        settings = TrainingSettings.model_validate({"steps": STEPS, "seed": seed, **wishes})
        trained = to_the_end(train(dataset, recipe, settings))
        bundle = Bundle.open(make_bundle(dataset, recipe, trained, place.bundles))
        figures = _judged(case, bundle)
        shutil.rmtree(dataset.folder)  # a cell's tiles fill a disk, and are made again in seconds
        return {"seconds": round(trained.seconds, 1), "loss": round(trained.loss, 4), **figures}

    return make


def _judged(case: Case, bundle: Bundle) -> dict[str, Any]:
    truths, (found, _) = case.truths, seen(case.judged, bundle.detector())
    working = [tally(bundle.working(one), t.boxes, t.classes) for one, t in zip(found, truths, strict=True)]
    height, width = cv2.imread(str(next(iter(case.judged)))).shape[:2]
    tiling = bundle.manifest.tiles
    return {
        "tiles": len(tiling.tiles((width, height))) if tiling else 1,
        "precision": round(mean_average_precision(truths, found), 4),
        "found": sum(sum(score > 0 for score in one.right) for one in working),
        "boxes": sum(len(truth.boxes) for truth in truths),
        "wrong": sum(len(one.wrong) for one in working),
        "pictures": len(truths),
        "threshold": bundle.threshold(case.component.name),
    }


def _slug(arm: str) -> str:
    return arm.replace(", ", "_").replace(" ", "-")
