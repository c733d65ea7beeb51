"""Where the time of a frame goes, how fast training is, and a peer beside it in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from inspector.bundle import Bundle
from inspector.capture.video import decode
from inspector.detections import suppress
from inspector.detector import FLOOR, LiteRtDetector
from inspector.edition import NETWORK
from inspector.labeling.dataset import open_dataset
from inspector.learning.anchors import plan
from inspector.learning.editions.export import to_tflite
from inspector.learning.settings import TrainingSettings
from inspector.learning.ssd import Ssd
from inspector.learning.training import train
from inspector.preprocess import letterbox
from tests.benchmarks import peer
from tests.benchmarks.table import Table

ROUNDS = 300
TRAINING_STEPS = 60
OURS = "ours, compact, LiteRT"


def measure(data: Path, work: Path) -> list[Table]:
    """A frame from file to detections, step by step; training; the peer."""
    bundle = Bundle.open(_any_bundle(work))
    work.mkdir(parents=True, exist_ok=True)
    video = data / "bottles" / "left_bench_1.mp4"
    return [_steps(bundle, video), _beside_peer(bundle, work), _training(bundle, work.parent / "bottles")]


def _any_bundle(work: Path) -> Path:
    """The bundle that the bottles' measurement trained."""
    made = sorted((work.parent / "bottles" / "bundles").glob("*/bundle.yaml"))
    if not made:
        raise SystemExit("Measure the bottles first: make bench ARGS=bottles")
    return made[-1].parent


def milliseconds(action: Callable[[], object], rounds: int = ROUNDS) -> np.ndarray:
    """How long each of `rounds` calls took, after ten that are not counted."""
    taken = []
    for i in range(rounds + 10):
        began = time.perf_counter()
        action()
        if i >= 10:
            taken.append(1000 * (time.perf_counter() - began))
    return np.array(taken)


def _cells(taken: np.ndarray) -> list[str]:
    return [f"{np.percentile(taken, 50):.2f}", f"{np.percentile(taken, 99):.2f}"]


def _steps(bundle: Bundle, video: Path) -> Table:
    detector = LiteRtDetector(bundle.folder / NETWORK, bundle.manifest.labels)
    image = next(decode(video)).image()
    picture, fit = letterbox(image, detector.input_size)
    boxes, scores = detector.run(picture)
    labels = bundle.manifest.labels
    pictures = decode(video)
    parts = {
        "decode the video to BGR": milliseconds(lambda: next(pictures).image()),
        "preprocess (letterbox, RGB)": milliseconds(lambda: letterbox(image, detector.input_size)),
        "network (LiteRT)": milliseconds(lambda: detector.run(picture)),
        "suppress and map back": milliseconds(lambda: fit.to_frame(suppress(boxes, scores, labels, FLOOR).boxes)),
    }
    whole = sum(float(np.percentile(taken, 50)) for taken in parts.values())
    rows = [[name, *_cells(taken), f"{100 * np.percentile(taken, 50) / whole:.0f} %"] for name, taken in parts.items()]
    rows.append(["detect, whole (without decoding)", *_cells(milliseconds(lambda: detector.detect(image))), ""])
    width, height = detector.input_size
    return Table(
        f"One frame of {image.shape[1]}x{image.shape[0]}, input {width}x{height}, milliseconds",
        ["step", "p50", "p99", "share of the sum of p50"],
        rows,
        [f"n = {ROUNDS} each, 2 threads for the network."],
    )


def _beside_peer(bundle: Bundle, work: Path) -> Table:
    """Both at 320x320, in turn, in one run: the machine's noise then falls on both."""
    picture = np.random.default_rng(0).integers(0, 255, (320, 320, 3), np.uint8)
    ours = _untaught(bundle, work)
    others, close = peer.timers(work.parent / "peer")
    contenders = {OURS: lambda rounds: milliseconds(lambda: ours.run(picture), rounds), **others}
    taken: dict[str, list[np.ndarray]] = {name: [] for name in contenders}
    for _ in range(3):
        for name, timed in contenders.items():
            taken[name].append(timed(100))
    close()
    base = np.median(np.concatenate(taken[OURS]))
    rows = [
        [name, *_cells(np.concatenate(times)), f"{np.median(np.concatenate(times)) / base:.2f}"]
        for name, times in taken.items()
    ]
    return Table(
        "Networks beside each other at 320x320, milliseconds a picture, network alone",
        ["network", "p50", "p99", "ratio to ours"],
        rows,
        ["n = 300 each, 2 threads; the peer has random weights: its speed is compared, not what it sees."],
    )


def _untaught(bundle: Bundle, work: Path) -> LiteRtDetector:
    """Our network at 320x320 with random weights: as fast as a taught one."""
    path = work / "ours.tflite"
    network = Ssd((320, 320), plan([np.array([[60, 100]])]), len(bundle.manifest.labels))
    path.write_bytes(to_tflite(network))
    return LiteRtDetector(path, bundle.manifest.labels)


def _training(bundle: Bundle, workspace: Path) -> Table:
    dataset = open_dataset(workspace / "datasets" / bundle.manifest.dataset)
    paces: list[float] = []
    settings = TrainingSettings(steps=TRAINING_STEPS)
    train(dataset, bundle.manifest.recipe, settings, lambda progress: paces.append(progress.images_per_s))
    width, height = dataset.input_size
    return Table(
        "Training from random weights",
        ["input", "batch", "steps", "images per second"],
        [[f"{width}x{height}", str(settings.batch), str(TRAINING_STEPS), f"{paces[-1]:.1f}"]],
        ["Augmentation included; the first step, which compiles the network, is not counted."],
    )
