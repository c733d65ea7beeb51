"""`make bench` and `make bench-learning`: measurements on real pictures, written into `docs/measurements.md`.

`make bench ARGS=bottles` makes one of them again; the others keep the tables that they had. Those of `bench-learning`
take hours on a processor: each cell of theirs is kept when it is done, and the command goes on where it stopped.
"""

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
WORK = ROOT / "build" / "bench"
DOCUMENT = ROOT / "docs" / "measurements.md"
sys.path.insert(0, str(ROOT))

# The project's root must be on the path first.
from tests.benchmarks import (  # noqa: E402
    bottles,
    claim,
    editor,
    exports,
    failsafe,
    gpu,
    job,
    looks,
    public_sets,
    race,
    recording,
    records,
    review,
    screws,
    small_objects,
    speed,
    station,
    steps,
    tracking,
    workpieces,
)
from tests.benchmarks.cell import MEASURED  # noqa: E402
from tests.benchmarks.table import Table, keep, kept  # noqa: E402

MEASUREMENTS = {
    "bottles": ("Bottles: two videos in, verdicts out, no box drawn by hand", bottles.measure),
    "screws": ("Screws: on or a bare hole", screws.measure),
    "tracking": ("Boxes followed through a video", tracking.measure),
    "recording": ("Recording with the window in use", recording.measure),
    "review": ("What contradicts a recording, and what a detector of minutes proposes", review.measure),
    "speed": ("Speed", speed.measure),
    "workpieces": ("Each workpiece once", workpieces.measure),
    "failsafe": ("What a station checks beside the network", failsafe.measure),
    "editor": ("The box editor under a person's hand", editor.measure),
    "exports": ("Formats and precisions", exports.measure),
    "gpu": ("On a GPU", gpu.measure),
    "job": ("From an empty workspace to the station, in the window", job.measure),
}
LEARNING = {
    "claim": ("What each means against false positives buys", claim.measure),
    "small_objects": ("Small objects in large pictures", small_objects.measure),
    "public_sets": ("Public sets of pictures, and a peer taught for as long", public_sets.measure),
    "race": ("From the first step to a detector that knows", race.measure),
    "steps": ("A training step", steps.measure),
    "looks": ("Detection and classification, two ways", looks.measure),
}
STATION = {
    "verdicts": ("The station, from camera to verdict", station.measure),
    "records": ("Records", records.measure),
    "endurance": ("The station's memory", station.endure),
}
ALL = MEASUREMENTS | LEARNING | STATION

INTRODUCTION = """# Measurements

Every figure here was printed by `make bench`, `make bench-learning` or `make bench-station` (one part alone:
`make bench ARGS=bottles`).
Intervals are exact binomial ones at 95 %, where a table does not say otherwise. The pictures are public and not part of
the repository:

- bottles: `bottle-detection.mp4` of intel-iot-devkit/sample-videos, CC-BY-4.0, cut and re-encoded;
- screws: the photographs of aaronzink/tensorflow-visual-inspection, Apache-2.0, boxes drawn anew;
- circuit boards: tangsanli5201/DeepPCB, MIT; microcontrollers: TannerGilbert's, MIT;
- aerial photos: jekhor/aerial-cars-dataset, CC-BY-SA, (c) Yauhen Kharuzhy and the Minsk OSM community;
- ImageNet weights of MobileNetV2: google-coral/test_data, Apache-2.0, de-quantised.
"""


def main(wanted: list[str]) -> None:
    """Measure what is named, `learning` or `station` for all of that, then write the document."""
    groups = {"learning": LEARNING, "station": STATION}
    names = list(groups[wanted[0]]) if len(wanted) == 1 and wanted[0] in groups else wanted or list(MEASUREMENTS)
    for name in names:
        print(f"== {ALL[name][0]}", flush=True)
        tables = ALL[name][1](DATA, WORK / name)
        keep(MEASURED / f"{name}.json", [*tables, _stamp()])
        for table in tables:
            print(table.as_markdown(), flush=True)
    DOCUMENT.write_text(_document())


def _stamp() -> Table:
    machine = f"{platform.machine()}, {os.cpu_count()} threads, Python {platform.python_version()}"
    # What else ran beside it stretches every time.
    load = f", load {os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else ""
    return Table("", [], [], [f"Measured on {datetime.now(UTC):%Y-%m-%d} on {machine}{load}."])


def _document() -> str:
    parts = [INTRODUCTION]
    for name, (title, _) in ALL.items():
        tables = kept(MEASURED / f"{name}.json")
        if not tables:
            continue
        *shown, stamp = tables
        parts.append(f"## {title}\n\n{stamp.notes[0]}\n")
        parts += [table.as_markdown() for table in shown]
    return "\n".join(parts)


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"The real pictures are not at {DATA}: nothing can be measured.")
    main([name for name in sys.argv[1:] if name])
