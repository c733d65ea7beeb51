"""One network in every format and precision: how near it stays, how large it is, and how long a picture takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from inspector.bundle import Bundle
from inspector.detector import LiteRtDetector, NetworkDetector, OpenVinoDetector
from inspector.edition import FILES, NETWORK, Format, Precision
from inspector.learning.anchors import plan
from inspector.learning.editions.export import to_int8, to_openvino, to_tflite
from inspector.learning.ssd import Ssd
from inspector.recipe import Label
from tests.benchmarks import bottles
from tests.benchmarks.speed import milliseconds
from tests.benchmarks.stages import Bench
from tests.benchmarks.table import Table

SIZES = ((320, 320), (192, 320))
ROUNDS = 5
EACH = 60
LABELS = (Label("bottle"),)
WITHOUT_VNNI = "ONEDNN_MAX_CPU_ISA"

COMPARE = """
import json, sys
from pathlib import Path
from inspector.bundle import Bundle
from inspector.labeling.dataset import open_dataset
from inspector.learning.editions.parity import box_iou, score_difference
from inspector.validation.thresholds import LOWEST
first, second = (Bundle.open(Path(folder)) for folder in sys.argv[1:3])
pictures = open_dataset(Path(sys.argv[3]) / first.manifest.dataset).held_out.images
a, b = first.network(), second.network()
pairs = [(a.run(picture), b.run(picture)) for picture in pictures]
try:
    second.prove(second.around(b))
    proved = "yes"
except Exception as error:
    proved = "no"
difference, overlap = max(score_difference(*p) for p in pairs), min(box_iou(*p, LOWEST) for p in pairs)
print(json.dumps([len(pairs), difference, overlap, proved]))
"""


def measure(data: Path, work: Path) -> list[Table]:
    """Train on the bottles, export to all there is; then an untaught network's speed at two sizes."""
    bench = Bench(work)
    bottles.teach(bench, data)
    bench.run("suggest", "crate", "--accept", "0.5")
    bundle = Bundle.open(bench.train("crate"))
    made = {wish: _export(bench, bundle, *wish) for wish in _wishes()}
    return [_parity(bundle, made), _older_processor(bench, bundle, made), *(_speed(work, size) for size in SIZES)]


def _wishes() -> list[tuple[Format, Precision]]:
    every = [(kind, precision) for kind in Format for precision in Precision]
    return [wish for wish in every if wish != (Format.TFLITE, Precision.FLOAT)]


def _export(bench: Bench, bundle: Bundle, kind: Format, precision: Precision) -> tuple[Path, dict[str, float]]:
    """The folder that came out, and its parity, through the product's own command."""
    out = bench.folder / f"{kind}-{precision}"
    options = ("--out", str(out)) if kind is Format.ONNX else ()
    said = bench.run("export", bundle.manifest.id, "--format", kind, "--precision", precision, *options)[-1]
    return Path(said.get("bundle", out)), said["parity"]


def _parity(bundle: Bundle, made: dict[tuple[Format, Precision], tuple[Path, dict[str, float]]]) -> Table:
    size = (bundle.folder / NETWORK).stat().st_size
    rows = [["tflite", "float", f"{size / 1e6:.2f}", "1.00", "-", "-", "-"]]
    for (kind, precision), (folder, parity) in made.items():
        bytes_ = sum((folder / file).stat().st_size for file in FILES[kind])
        figures = [f"{parity['score_difference']:.4f}", f"{parity['box_iou']:.4f}", str(parity["pictures"])]
        rows.append([kind, precision, f"{bytes_ / 1e6:.2f}", f"{bytes_ / size:.2f}", *figures])
    return Table(
        "A network taught by the bottles' two videos, in every format and precision",
        ["format", "precision", "MB", "ratio", "largest score difference", "least box IoU", "pictures"],
        rows,
        [
            "Against the bundle's own network on LiteRT, on held-out frames, on none of which int8 was calibrated. On "
            "the 6 golden frames every verdict is the same, or the export would have been refused."
        ],
    )


def _older_processor(
    bench: Bench, bundle: Bundle, made: dict[tuple[Format, Precision], tuple[Path, dict[str, float]]]
) -> Table:
    rows = []
    for isa in ("", "AVX2"):
        environment = {**os.environ, **({WITHOUT_VNNI: isa} if isa else {})}
        folder, _ = made[(Format.OPENVINO, Precision.INT8)]
        arguments = [sys.executable, "-c", COMPARE, bundle.folder, folder, bench.folder / "datasets"]
        said = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
        n, difference, overlap, proved = json.loads(said.stdout)
        rows.append([isa or "all that this processor has", f"{difference:.4f}", f"{overlap:.4f}", str(n), proved])
    return Table(
        "OpenVINO in int8, on a processor that has no VNNI",
        ["instructions", "largest score difference", "least box IoU", "held-out frames", "golden frames prove it"],
        rows,
        [f"The same bundle, OpenVINO held to AVX2 by {WITHOUT_VNNI}: there int8 products can run over."],
    )


def _networks(folder: Path, size: tuple[int, int]) -> dict[str, NetworkDetector]:
    """Compact networks with random weights: as fast as taught ones."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = np.random.default_rng(0).integers(0, 255, (4, size[1], size[0], 3), np.uint8)
    files = {precision: folder / f"{precision}.tflite" for precision in Precision}
    files[Precision.FLOAT].write_bytes(to_tflite(Ssd(size, plan([np.array([[60, 100]])]), len(LABELS))))
    files[Precision.INT8].write_bytes(to_int8(files[Precision.FLOAT].read_bytes(), pictures))
    found: dict[str, NetworkDetector] = {f"LiteRT, {p}": LiteRtDetector(file, LABELS) for p, file in files.items()}
    for precision, file in files.items():
        target = folder / f"{precision}.xml"
        to_openvino(file, target)
        found[f"OpenVINO, {precision}"] = OpenVinoDetector(target, LABELS)
    return found


def _speed(work: Path, size: tuple[int, int]) -> Table:
    """All in turn, in one run: the machine's noise then falls on each."""
    networks = _networks(work / f"untaught-{size[0]}x{size[1]}", size)
    picture = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8)
    taken: dict[str, list[np.ndarray]] = {name: [] for name in networks}
    for _ in range(ROUNDS):
        for name, network in networks.items():
            taken[name].append(milliseconds(lambda run=network.run: run(picture), EACH))
    times = {name: np.concatenate(some) for name, some in taken.items()}
    base = np.median(times["LiteRT, float"])
    rows = [
        [
            name,
            f"{some.min():.2f}",
            f"{np.median(some):.2f}",
            f"{np.percentile(some, 99):.2f}",
            f"{np.median(some) / base:.2f}",
        ]
        for name, some in times.items()
    ]
    return Table(
        f"The compact network at {size[0]}x{size[1]}, milliseconds a picture, network alone",
        ["runs on", "least", "p50", "p99", "ratio of p50"],
        rows,
        [f"n = {ROUNDS * EACH} each, in turns of {EACH}, 2 threads; random weights: only speed is compared."],
    )
