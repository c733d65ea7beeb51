"""Public sets of pictures, each with a part that teaches nothing: our detector, and a peer taught for as long."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from inspector.detections import Detections
from inspector.validation.metrics import Truth, mean_average_precision
from tests.benchmarks import peer, peer_training, screws
from tests.benchmarks.cell import SEEDS, cell, to_the_end
from tests.benchmarks.marked import Case, of_kinds, read_coco, read_voc, seen, workspace
from tests.benchmarks.table import Table

PUBLISHED_IOU = 0.33
COCO = np.linspace(0.5, 0.95, 10)
RESAMPLED = 100
PASSAGE, EVERY = 8, 5
"""Photos next to each other show one scene: of passages of so many, every fifth is judged."""
BOARDS = ("Arduino_Nano", "ESP8266", "Heltec_ESP32_Lora", "Raspberry_Pi_3")
OURS, PEER = "ours, compact, one stage", "YOLO11n"
FIGURES = ("published", "half", "coco")


def measure(data: Path, work: Path) -> list[Table]:
    """Every set, seed by seed, each training a cell that is kept."""
    python = _peer(work.parent / "peer")
    return [_table(case, work / case.slug, python) for case in (_screws(data), _microcontrollers(data), _boards(data))]


def _peer(folder: Path) -> str | None:
    """The interpreter of its environment; None where it cannot be had on this machine."""
    try:
        return peer.python(folder)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"   the peer is left out: {error}", flush=True)
        return None


def _screws(data: Path) -> Case:
    taught, judged = screws.photographs(data)
    component = of_kinds("screw", ("screw", "hole"), count=4, turns=True)
    return Case("screws", component, taught, judged, "The source's own split. Two kinds of place.")


def _microcontrollers(data: Path) -> Case:
    images = data / "microcontrollers" / "images"
    own, others = (sorted((images / side).glob("*.jpg")) for side in ("test", "train"))
    judged = {*own, *(photo for i, photo in enumerate(others) if i // PASSAGE % EVERY == EVERY // 2)}
    marked = {photo: read_voc(photo.with_suffix(".xml"), BOARDS) for photo in (*own, *others)}
    taught = {photo: some for photo, some in marked.items() if photo not in judged}
    asked = {photo: some for photo, some in marked.items() if photo in judged}
    note = (
        f"Four kinds of board. The source's own split judges {len(own)} photos with a board each, which say little: "
        f"every fifth passage of {PASSAGE} photos of its others teaches nothing either."
    )
    return Case("microcontrollers", of_kinds("board", BOARDS), taught, asked, note)


def _boards(data: Path) -> Case:
    marked, kinds = read_coco(data / "deeppcb")
    numbers = sorted({_number(path) for path, (boxes, _) in marked.items() if len(boxes)})
    held_out = set(numbers[EVERY // 2 :: EVERY])
    taught = {path: some for path, some in marked.items() if _number(path) not in held_out}
    judged = {path: some for path, some in marked.items() if _number(path) in held_out and len(some[0])}
    empty = sum(not len(boxes) for boxes, _ in taught.values())
    note = (
        f"Six kinds of defect. Of the published training pictures every fifth is judged, and its template teaches "
        f"nothing; {empty} templates of the others teach as verified empty. Published by the source: 98.6 % at IoU "
        f"{PUBLISHED_IOU}, taught on all 1,000, judged on 500 others, each time given the template too."
    )
    return Case("deeppcb", of_kinds("defect", kinds, turns=True), taught, judged, note)


def _number(path: Path) -> str:
    """What a picture with defects and its template have in common."""
    return path.stem.split("_")[0]


def _table(case: Case, work: Path, python: str | None) -> Table:
    ours, theirs = [], []
    for seed in SEEDS:
        ours.append(cell(f"public_sets/{case.slug}.ours.{seed}", lambda seed=seed: _taught(case, work, seed)))
        if python:
            theirs.append(cell(f"public_sets/{case.slug}.peer.{seed}", _peered(case, work, python, ours[-1], seed)))
    missing = [PEER, "not to be had on this machine", *[""] * 4]
    width, height = ours[0]["input"]
    boxes = sum(len(boxes) for boxes, _ in case.judged.values())
    return Table(
        f"{case.name}: {len(case.taught)} pictures taught, {len(case.judged)} judged ({boxes} boxes)",
        [
            "detector",
            f"mAP at IoU {PUBLISHED_IOU}",
            "mAP at IoU 0.5 (95 %)",
            "mAP of COCO, IoU 0.5 to 0.95",
            "passes over the taught pictures",
            "taught for, minutes",
        ],
        [[OURS, *_row(ours)], [f"{PEER}, ultralytics {theirs[0]['version']}", *_row(theirs)] if theirs else missing],
        [
            case.note,
            f"Both from random weights, in batches of {peer_training.BATCH}, ours at {width}x{height}, the peer at "
            f"{max(width, height)}; seeds {', '.join(map(str, SEEDS))}, their median.",
            f"The interval is of judged pictures drawn anew {RESAMPLED} times; of several seeds it is the outermost.",
            "Ours stops by itself, and holds a fifth of the taught pictures out for that; the peer is given the same "
            "time, learns from all, and steps after every batch: its own 64 pictures a step would leave it few steps. "
            "It is made to be taught for far longer; this says what either knows after minutes on a processor.",
        ],
    )


def _row(cells: Sequence[dict[str, Any]]) -> list[str]:
    published, half, coco = (f"{median(one[name] for one in cells):.3f}" for name in FIGURES)
    low, high = min(one["low"] for one in cells), max(one["high"] for one in cells)
    passes, seconds = (median(one[name] for one in cells) for name in ("passes", "seconds"))
    return [published, f"{half} ({low:.3f} to {high:.3f})", coco, f"{passes:.1f}", f"{seconds / 60:.1f}"]


def _taught(case: Case, work: Path, seed: int) -> dict[str, Any]:
    from inspector.bundle import Bundle
    from inspector.labeling.dataset import build
    from inspector.learning.bundling import make_bundle
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    place, recipe = workspace(case, work / "workspace")
    dataset = build(place, recipe, tiles=case.tiles, allow_missing_negatives=True, seed=seed)
    trained = to_the_end(train(dataset, recipe, TrainingSettings(seed=seed)))
    bundle = Bundle.open(make_bundle(dataset, recipe, trained, place.bundles))
    found, _ = seen(case.judged, bundle.detector())
    return {
        "input": dataset.input_size,
        "seconds": round(trained.seconds, 1),
        "passes": trained.steps * trained.batch / len(dataset.train),
        **_figures(case.truths, found),
    }


def _peered(case: Case, work: Path, python: str, ours: dict[str, Any], seed: int) -> Callable[[], dict[str, Any]]:
    def make() -> dict[str, Any]:
        taught = peer_training.teach(case, python, work / "peer", max(ours["input"]), ours["seconds"], seed)
        told = {"seconds": round(taught.seconds, 1), "passes": taught.epochs, "version": taught.version}
        return {**told, **_figures(case.truths, taught.found)}

    return make


def _figures(truths: Sequence[Truth], found: Sequence[Detections]) -> dict[str, float]:
    random = np.random.default_rng(0)
    again = []
    for _ in range(RESAMPLED):
        drawn = random.integers(0, len(truths), len(truths))
        again.append(mean_average_precision([truths[i] for i in drawn], [found[i] for i in drawn]))
    low, high = np.quantile(again, (0.025, 0.975))
    each = [mean_average_precision(truths, found, float(iou)) for iou in COCO]
    published = mean_average_precision(truths, found, PUBLISHED_IOU)
    known = (("published", published), ("half", each[0]), ("coco", np.mean(each)), ("low", low), ("high", high))
    return {name: round(float(value), 4) for name, value in known}
