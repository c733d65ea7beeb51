"""What a negative video buys: a detector taught by positives alone, and one with verified-empty frames beside them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import cv2
import numpy as np

from inspector.boxes import center, clip
from inspector.bundle import Bundle
from inspector.capture.video import decode
from inspector.frame import Image, freeze
from inspector.recipe import find_recipe
from inspector.settings import Workspace
from tests.benchmarks import bottles, screws
from tests.benchmarks.stages import Bench, share
from tests.benchmarks.table import Table

SEED = 0
ARMS = {"positives alone": False, "with verified-empty frames": True}


@dataclass(frozen=True)
class Asked:
    """Frames that the training never saw: with the component, and without."""

    positive: list[Image]
    negative: list[Image]


def measure(data: Path, work: Path) -> list[Table]:
    """Bottles and screws, each arm on the same frames."""
    cases = {"bottle on its place": _bottles, "screw in its place": _screws}
    rows = [row for name, case in cases.items() for row in _rows(name, case, data, work / name.split()[0])]
    heads = [
        "component",
        "taught by",
        "frames taught: with, empty",
        "working score",
        "detections per negative frame",
        "highest score on a negative frame",
        "recall on positive frames",
    ]
    return [
        Table(
            "Detections on frames without the component, which the training never saw",
            heads,
            rows,
            [
                "A screw in its place: the screws' photographs cut in four, a quarter with a screw as positive, one "
                "with a bare hole as verified empty; the source's own split.",
                "The working score of positives alone is chosen on positives alone: that training has nothing else.",
                f"One seed ({SEED}); random weights; the compact backbone.",
            ],
        )
    ]


def _rows(name: str, case: Callable[[Path, Bench], tuple[str, Asked]], data: Path, work: Path) -> Iterator[list[str]]:
    bench = Bench(work)
    recipe, asked = case(data, bench)
    for arm, with_empty in ARMS.items():
        bundle = train_arm(Workspace(bench.folder), recipe, with_empty)
        yield [name, arm, *_figures(bundle, asked)]


def train_arm(place: Workspace, recipe: str, with_empty: bool) -> Bundle:
    """A bundle taught with or without the verified-empty frames; the product itself refuses the latter."""
    from inspector.labeling.dataset import build
    from inspector.learning.export import make_bundle
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    wanted = find_recipe(place.recipes, recipe)
    dataset = build(place, wanted, include_empty=with_empty, allow_missing_negatives=not with_empty)
    return Bundle.open(make_bundle(dataset, wanted, train(dataset, wanted, TrainingSettings(seed=SEED)), place.bundles))


def _figures(bundle: Bundle, asked: Asked) -> list[str]:
    detector = bundle.detector()
    (component,) = bundle.manifest.recipe.components
    on_negative = [detector.detect(image) for image in asked.negative]
    on_positive = [bundle.working(detector.detect(image)) for image in asked.positive]
    fired = mean(len(bundle.working(seen)) for seen in on_negative)
    highest = max((float(seen.scores.max()) for seen in on_negative if len(seen)), default=0.0)
    ledger = bundle.manifest.ledger
    return [
        f"{ledger.images_with_boxes}, {ledger.empty_images}",
        f"{bundle.threshold(component.name):.3f}",
        f"{fired:.2f} (n = {len(on_negative)})",
        f"{highest:.3f}",
        share(sum(len(seen) > 0 for seen in on_positive), len(on_positive)),
    ]


def _bottles(data: Path, bench: Bench) -> tuple[str, Asked]:
    bottles.teach(bench, data)
    bench.run("suggest", "crate", "--accept", "0.5")
    truth = bottles.truth_of(data)
    frames = [picture.image() for picture in decode(data / "bottles" / "left_bench_1.mp4")]
    unseen = {
        state: [frames[i] for i, m in enumerate(truth) if m.state == state and i not in taught]
        for state, taught in bottles.TAUGHT.items()
    }
    return "crate", Asked(unseen["present"], unseen["absent"])


def _screws(data: Path, bench: Bench) -> tuple[str, Asked]:
    """Each photograph cut in four: a quarter with a screw is a positive, one with a bare hole is verified empty."""
    images, quarters = data / "screws" / "images", bench.folder / "quarters"
    taught = set(json.loads((data / "screws" / "split.json").read_text())["train"])
    asked = Asked([], [])
    rows = ["filename,width,height,class,xmin,ymin,xmax,ymax"]
    for quarter in (q for picture in sorted(images.glob("*.jpg")) for q in _cut(picture)):
        if quarter.picture not in taught:
            (asked.positive if quarter.label == "screw" else asked.negative).append(quarter.image)
            continue
        rows += quarter.keep(quarters)
    (quarters / "screws.csv").write_text("\n".join(rows))
    bench.run("recipe", "new", "block", "--component", "screw", "--turns", "screw")
    positive = bench.import_(quarters / "screw", "block", "screw", "--positive")
    bench.import_(quarters / "hole", "block", "screw", "--negative")
    bench.run("extract", "block")
    options = ("--format", "csv", "--without-boxes", "unlabeled")
    bench.run("annotations", "import", positive, str(quarters / "screws.csv"), *options)
    return "block", asked


@dataclass(frozen=True)
class Quarter:
    """A quarter of a photograph with its one place. box: xyxy in pixels of the quarter."""

    picture: str
    place: int
    label: str
    image: Image
    box: tuple[float, ...]

    def keep(self, folder: Path) -> list[str]:
        """Write the picture into the folder of its kind; returns the CSV rows of its box, none for a bare hole."""
        file = folder / self.label / f"{Path(self.picture).stem}-{self.place}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(file), self.image)
        height, width = self.image.shape[:2]
        corners = ",".join(f"{value:g}" for value in self.box)
        return [f"{file.name},{width},{height},screw,{corners}"] if self.label == "screw" else []


def _cut(picture: Path) -> Iterator[Quarter]:
    truth = screws.truth_of(picture.with_suffix(".xml"))
    image = cv2.imread(str(picture))
    middle = np.array([image.shape[1] // 2, image.shape[0] // 2], np.float32)
    for place, (box, label) in enumerate(zip(truth.boxes, truth.classes, strict=True)):
        left, top = (int(v) for v in np.where(center(box[None])[0] < middle, 0, middle))
        cut = np.ascontiguousarray(image[top : top + int(middle[1]), left : left + int(middle[0])])
        inner = clip(box[None] - np.array([left, top, left, top], np.float32), cut.shape[1], cut.shape[0])[0]
        yield Quarter(picture.name, place, screws.NAMES[label], freeze(cut), tuple(float(v) for v in inner))
