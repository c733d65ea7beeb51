"""Real photographs of screws and bare holes: taught on 70, judged on 30, from random weights and from ImageNet's."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inspector.boxes import as_boxes, iou
from inspector.detections import Detections
from inspector.recipe import Label
from inspector.validation.metrics import Truth, mean_average_precision
from tests.benchmarks.marked import Marked, read_voc
from tests.benchmarks.stages import Bench, Lines, folder_of, share
from tests.benchmarks.table import Table

LABELS = (Label("screw", "screw"), Label("screw", "hole"))
NAMES = [label.name for label in LABELS]
WEIGHTS = Path("weights") / "mobilenet_v2_1.0_224_imagenet_notop.weights.h5"


def measure(data: Path, work: Path) -> list[Table]:
    """Train both ways on the source's own split and judge the rest."""
    bench = Bench(work)
    split = json.loads((data / "screws" / "split.json").read_text())
    images = data / "screws" / "images"
    teach(bench, folder_of([images / name for name in split["train"]], work / "taught"), images)
    judged = [name for name in sorted(p.name for p in images.glob("*.jpg")) if name not in split["train"]]
    asked = folder_of([images / name for name in judged], work / "judged")
    truths = {name: truth_of(images / f"{Path(name).stem}.xml") for name in judged}
    arms = {"random weights, compact": (), "ImageNet weights, MobileNetV2": _pretrained(data)}
    rows = [_row(arm, bench, bench.train("block", *options), asked, truths) for arm, options in arms.items()]
    places = sum(len(truth.boxes) for truth in truths.values())
    return [
        Table(
            f"Taught on {len(split['train'])} photographs, judged on {len(judged)} ({places} places)",
            ["weights at the start", "mAP at IoU 0.5", "places judged wrong", "training, minutes"],
            rows,
            ["A place is right where exactly one working detection lies on it (IoU 0.5), with its pattern."],
        )
    ]


def photographs(data: Path) -> tuple[Marked, Marked]:
    """Those that the source's own split teaches, and those that it judges."""
    images = data / "screws" / "images"
    split = json.loads((data / "screws" / "split.json").read_text())["train"]
    marked = {path: read_voc(path.with_suffix(".xml"), NAMES) for path in sorted(images.glob("*.jpg"))}
    taught = {path: some for path, some in marked.items() if path.name in split}
    return taught, {path: some for path, some in marked.items() if path not in taught}


def teach(bench: Bench, pictures: Path, annotations: Path) -> None:
    """Recipe, pictures and their boxes."""
    bench.run("recipe", "new", "block", "--component", "screw=screw/hole", "--count", "screw=4", "--turns", "screw")
    recording = bench.import_(pictures, "block", "screw", "--positive")
    bench.run("extract", "block")
    options = ("--format", "voc", "--without-boxes", "unlabeled")
    bench.run("annotations", "import", recording, str(annotations), *options)


def truth_of(path: Path) -> Truth:
    """A picture's boxes out of its VOC file."""
    boxes, classes = read_voc(path, NAMES)
    return Truth(path.stem, boxes, np.array(classes, np.int32), LABELS, ("screw",))


def detections_of(line: dict[str, object]) -> Detections:
    """A line of `inspector detect` as detections."""
    seen: list[dict[str, object]] = line["detections"]  # type: ignore[assignment]
    return Detections(
        as_boxes([d["box"] for d in seen]),  # type: ignore[misc]
        np.array([d["score"] for d in seen], np.float32),
        np.array([NAMES.index(str(d["label"])) for d in seen], np.int32),
        LABELS,
    )


def places_wrong(truth: Truth, working: Detections) -> int:
    """How many of the frame's places do not hold exactly one detection, of the right pattern."""
    overlaps = iou(truth.boxes, working.boxes) >= 0.5
    return sum(working.classes[row].tolist() != [label] for row, label in zip(overlaps, truth.classes, strict=True))


def _row(arm: str, bench: Bench, bundle: Path, asked: Path, truths: dict[str, Truth]) -> list[str]:
    everything = bench.run("detect", str(bundle), str(asked), "--threshold", "0.01")
    working = bench.run("detect", str(bundle), str(asked))
    precision = mean_average_precision(*_paired(everything, truths))
    wrong = sum(places_wrong(truth, seen) for truth, seen in zip(*_paired(working, truths), strict=True))
    places = sum(len(truth.boxes) for truth in truths.values())
    minutes = _minutes(bundle)
    return [arm, f"{precision:.3f}", share(wrong, places), f"{minutes:.1f}"]


def _paired(lines: Lines, truths: dict[str, Truth]) -> tuple[Sequence[Truth], Sequence[Detections]]:
    return [truths[line["name"]] for line in lines], [detections_of(line) for line in lines]


def _minutes(bundle: Path) -> float:
    from inspector.bundle import Bundle

    return float(Bundle.open(bundle).manifest.training["seconds"] or 0) / 60


def _pretrained(data: Path) -> tuple[str, ...]:
    return ("--backbone", "mobilenet_v2", "--weights", str(data / WEIGHTS))
