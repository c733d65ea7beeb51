"""How long until a detector knows the screws, from random weights and from ImageNet's; and a ResNet-101's first steps.

The photographs that the source's own split judges are held out whole, and each exam on them is written down.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from inspector.labeling.dataset import Dataset, build
from inspector.recipe import Recipe
from tests.benchmarks import screws
from tests.benchmarks.cell import SEEDS, cell
from tests.benchmarks.marked import Case, of_kinds, record, workspace
from tests.benchmarks.table import Table

STEPS = 600
ENOUGH = 0.95
PIPELINE = Path("tf_object_detection_api") / "faster_rcnn_resnet101_screws.config"
DEEP_STEPS, DEEP_SIDE, DEEP_EVERY = 100, 192, 3
"""Of the ResNet-101: few and small, and each third photograph asked, as it takes seconds for each on a processor."""
BATCH, REGIONS, PROPOSALS = 8, 16, 50
"""Its too. The file has one picture with 64 regions: too few pictures where normalisation learns from nothing."""


def measure(data: Path, work: Path) -> list[Table]:
    """Every start, seed by seed, then the short run; each training a cell that is kept."""
    taught, judged = screws.photographs(data)
    case = Case("screws", of_kinds("screw", ("screw", "hole"), count=4, turns=True), taught, judged)
    return [_race(case, data, work), _deep(case, data, work)]


def _arms(data: Path) -> dict[str, dict[str, Any]]:
    pretrained = {"backbone": "mobilenet_v2", "weights": data / screws.WEIGHTS}
    return {
        "random weights, compact": {},
        "random weights, MobileNetV2": {"backbone": "mobilenet_v2"},
        "ImageNet weights, MobileNetV2": pretrained,
    }


def _race(case: Case, data: Path, work: Path) -> Table:
    rows = []
    for arm, settings in _arms(data).items():
        slug = arm.replace(", ", ".").replace(" ", "-")
        cells = [
            cell(f"race/{slug}.{STEPS}.{seed}", _run(case, work, {**settings, "steps": STEPS, "seed": seed}))
            for seed in SEEDS
        ]
        rows.append([arm, *_columns(cells)])
    return Table(
        f"Until {ENOUGH} mAP (IoU 0.5) on {len(case.judged)} photographs of screws that teach nothing",
        ["weights at the start", "steps", "seconds", "seconds of processor", "best mAP until then"],
        rows,
        [
            f"{len(case.taught)} photographs taught in batches of 8, on a schedule of {STEPS} steps, with an exam each "
            f"{STEPS // 20}; seeds {', '.join(map(str, SEEDS))}, their median. Time counts from the start "
            "of the training, with the compiling of its first step and with the exams.",
        ],
    )


def _columns(cells: Sequence[dict[str, Any]]) -> list[str]:
    """Steps, seconds, seconds of the processor, and mAP: of the exam that first says ENOUGH, for each seed."""
    best = f"{median(max(mark['precision'] for mark in one['exams']) for one in cells):.3f}"
    first = [next((mark for mark in one["exams"] if mark["precision"] >= ENOUGH), None) for one in cells]
    steps, seconds, processor = (
        median(mark[name] if mark else inf for mark in first) for name in ("step", "seconds", "processor_s")
    )
    if steps == inf:
        return [f"not within {STEPS}", "", "", best]
    return [f"{steps:.0f}", f"{seconds:.0f}", f"{processor:.0f}", best]


def _run(case: Case, work: Path, settings: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    def make() -> dict[str, Any]:
        dataset, recipe = _dataset(case, work / "workspace")
        return {"exams": _exams(dataset, recipe, settings, ENOUGH)}

    return make


def _dataset(case: Case, folder: Path, long_side: int = 320) -> tuple[Dataset, Recipe]:
    """Two recordings of one component: the longer one teaches, the other is held out."""
    place, recipe = workspace(case, folder)
    record(place, recipe, case.judged)
    dataset = build(place, recipe, tiles=case.tiles, long_side=long_side)
    if (len(dataset.train), len(dataset.held_out)) != (len(case.taught), len(case.judged)):
        raise SystemExit(f"The dataset is not split as the source's: {dataset.split}")
    return dataset, recipe


def _exams(dataset: Dataset, recipe: Recipe, settings: dict[str, Any], enough: float) -> list[dict[str, Any]]:
    """Each exam of a training that goes on to its last step, or until one says enough."""
    from inspector.learning.pace import Progress
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    exams: list[dict[str, Any]] = []
    began = perf_counter(), process_time()

    def note(progress: Progress) -> None:
        if progress.held_out is None:
            return
        precision = progress.held_out["average_precision"] or 0.0
        seconds, processor_s = round(perf_counter() - began[0], 1), round(process_time() - began[1], 1)
        told = {"step": progress.step, "seconds": seconds, "processor_s": processor_s, "precision": precision}
        losses = {"loss": progress.held_out["loss"], "taught_loss": round(progress.loss, 4)}
        exams.append({**told, **losses, "recall": progress.held_out["recall"]})
        if precision >= enough:
            raise KeyboardInterrupt

    train(dataset, recipe, TrainingSettings.model_validate({**settings, "patience": 0}), note)
    return exams


def _deep(case: Case, data: Path, work: Path) -> Table:
    asked = replace(case, judged=dict(list(case.judged.items())[::DEEP_EVERY]))

    def make() -> dict[str, Any]:
        dataset, recipe = _dataset(asked, work / "deep", DEEP_SIDE)
        settings = _settings(data / PIPELINE, dataset)
        return {"input": dataset.input_size, "exams": _exams(dataset, recipe, settings, inf)}

    one = cell(f"race/resnet101.{DEEP_SIDE}.{DEEP_STEPS}.{SEEDS[0]}", make)
    width, height = one["input"]
    return Table(
        f"Faster R-CNN on a ResNet-101: a short run, examined on {len(asked.judged)} of these photographs",
        [
            "after steps",
            "loss of the batches",
            "loss on held-out photographs",
            "mAP at IoU 0.5",
            "recall at the working score",
            "seconds",
            "seconds of processor",
        ],
        [_exam_row(exam) for exam in one["exams"]],
        [
            f"The settings of `{PIPELINE.name}`, its anchors as much smaller as the input ({width}x{height}). But from "
            f"random weights, seed {SEEDS[0]}, in batches of {BATCH}; {REGIONS} regions of each picture teach, and "
            f"{PROPOSALS} are looked at, where the file has batches of 1, 64 regions and 300.",
            "So few steps teach little: they show that it learns. The loss of the batches is smoothed over the last "
            "ones; on held-out photographs normalisation goes by the averages that it kept, which lag at first.",
        ],
    )


def _settings(path: Path, dataset: Dataset) -> dict[str, Any]:
    """What is taken from the file, for fewer steps and for a smaller input."""
    from inspector.learning.pipeline.takeover import read_pipeline

    pipeline = read_pipeline(path)
    meant = pipeline.resizer.input_size([original.size for original in dataset.train.originals])  # type: ignore[union-attr]
    first = pipeline.options["first_stage"]
    grid = first["anchor_generator"]
    smaller = {name: grid[name] * max(dataset.input_size) / max(meant) for name in ("width", "height")}
    changed = {
        "first_stage": {**first, "anchor_generator": {**grid, **smaller}, "max_proposals": PROPOSALS},
        "second_stage": {**pipeline.options["second_stage"], "batch_size": REGIONS},
    }
    return {**pipeline.options, **changed, "batch": BATCH, "steps": DEEP_STEPS, "seed": SEEDS[0]}


def _exam_row(exam: dict[str, Any]) -> list[str]:
    known = (f"{exam[name]:.3f}" for name in ("taught_loss", "loss", "precision", "recall"))
    return [str(exam["step"]), *known, f"{exam['seconds']:.0f}", f"{exam['processor_s']:.0f}"]
