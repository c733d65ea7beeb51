"""What each means against false positives buys: arms taught on the same frames, asked about frames never seen.

Hours on a processor: each cell (component, arm, seed) is kept when it is done, and the measurement goes on where it
stopped. The first seed of every arm comes first, so that a stopped measurement compares all arms.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from inspector.boxes import center, clip
from inspector.bundle import Bundle
from inspector.capture.simulator import open_simulator
from inspector.capture.video import decode
from inspector.frame import Image, freeze
from inspector.labeling.dataset import build
from inspector.labeling.negatives import negatives_of
from inspector.recipe import find_recipe
from inspector.settings import Workspace
from inspector.validation.metrics import component_score, escapes_at
from tests.benchmarks import bottles, screws
from tests.benchmarks.cell import SEEDS, cell, is_kept, to_the_end
from tests.benchmarks.stages import Bench, share
from tests.benchmarks.table import Table

STEPS = 400
OVERKILL = 0.005
NO_ROUNDS = {"most": 0}
RANDOM = {"objective": {"random_examples": {"positive_sample_fraction": 0.25, "min_negatives_per_image": 16}}}
TWO_STAGE = {"family": "faster_rcnn"}
QUALITY = {"objective": {"classification": "quality", "localization": "giou", "localization_weight": 2}}
WITHOUT_ANCHORS = {"family": "anchor_free"}
OHEM = {"second_stage": {"hard_example_miner": {"num_hard_examples": 64}}}


@dataclass(frozen=True)
class Arm:
    """How a detector is taught. settings: of the training; lookalikes: what the arm `mining` found where nothing is,
    taken over as a class of its own. seeds: each is a training.
    """

    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    with_empty: bool = True
    lookalikes: bool = False
    rounds: bool = False
    seeds: tuple[int, ...] = SEEDS


MINING = Arm("+ hard example mining")
ARMS = (
    Arm("positives alone", RANDOM, with_empty=False),
    Arm("+ verified-empty frames", RANDOM),
    MINING,
    Arm("+ mining, lookalike class", lookalikes=True),
    Arm("+ mining, hard-negative rounds", rounds=True),
    Arm("without anchors, mining", WITHOUT_ANCHORS, seeds=SEEDS[:1]),
    Arm("without anchors, quality loss", {**WITHOUT_ANCHORS, **QUALITY}, seeds=SEEDS[:1]),
    Arm("two stages, positives alone", TWO_STAGE, with_empty=False, seeds=SEEDS[:1]),
    Arm("two stages, + verified-empty frames", TWO_STAGE, seeds=SEEDS[:1]),
    Arm("two stages, + verified-empty frames, OHEM", {**TWO_STAGE, **OHEM}, seeds=SEEDS[:1]),
)


@dataclass(frozen=True)
class Asked:
    """Frames that the training never saw: with the component, and without."""

    positive: list[Image]
    negative: list[Image]


Case = Callable[[Path, Bench], tuple[str, Asked]]


def measure(data: Path, work: Path) -> list[Table]:
    """Every arm on every case, seed by seed. Ctrl-C ends the measuring, and the tables say what is missing."""
    cases: dict[str, Case] = {
        "bottle on its place": _bottles,
        "screw in its place": _screws,
        "tape anywhere (simulator)": _tape,
    }
    stands = {name: Stand(name, case, data, work / _slug(name)) for name, case in cases.items()}
    with suppress(KeyboardInterrupt):
        for seed in SEEDS:
            for stand in stands.values():
                for arm in (arm for arm in ARMS if seed in arm.seeds):
                    stand.figures(arm, seed)
    return [_table(stand) for stand in stands.values()]


class Stand:
    """One case: its workspace, made when it is first needed, and the cells that are kept of it."""

    def __init__(self, name: str, case: Case, data: Path, work: Path) -> None:
        self.name, self._case, self._data, self._work = name, case, data, work
        self._ready: tuple[Workspace, str, Asked] | None = None

    def figures(self, arm: Arm, seed: int) -> dict[str, Any]:
        """What that arm showed, measured now where it never was."""
        return cell(self._cell(arm, seed), lambda: self._measured(arm, seed))

    def has(self, arm: Arm) -> bool:
        """Whether that arm was measured with every seed of its own."""
        return all(is_kept(self._cell(arm, seed)) for seed in arm.seeds)

    def _cell(self, arm: Arm, seed: int) -> str:
        return f"claim/{_slug(self.name)}.{_slug(arm.name)}.{STEPS}.{seed}"

    def ready(self) -> tuple[Workspace, str, Asked]:
        """The workspace with its recordings, the recipe's name, and the frames to ask about."""
        if self._ready is None:
            bench = Bench(self._work)
            recipe, asked = self._case(self._data, bench)
            self._ready = Workspace(bench.folder), recipe, asked
        return self._ready

    def _measured(self, arm: Arm, seed: int) -> dict[str, Any]:
        place, recipe, asked = self.ready()
        if not arm.lookalikes:
            return figures(train_arm(place, recipe, arm, seed), asked)
        place, taken = _with_lookalikes(place, recipe, seed)
        # Without any, the training would be that of the mining arm.
        known = figures(train_arm(place, recipe, arm, seed), asked) if taken else self.figures(MINING, seed)
        return known | {"lookalikes": taken}


def train_arm(place: Workspace, recipe: str, arm: Arm, seed: int) -> Bundle:
    """A bundle of that arm; the product itself would refuse to teach without verified-empty frames."""
    from inspector.learning.bundling import make_bundle
    from inspector.learning.rounds import harden
    from inspector.learning.settings import TrainingSettings
    from inspector.learning.training import train

    wanted = find_recipe(place.recipes, recipe)
    dataset = build(place, wanted, include_empty=arm.with_empty, allow_missing_negatives=not arm.with_empty)
    settings = TrainingSettings.model_validate({"seed": seed, "steps": STEPS, **arm.settings})
    trained = to_the_end(train(dataset, wanted, settings))
    if arm.rounds:
        trained = to_the_end(harden(dataset, wanted, trained, negatives_of(place, wanted, dataset)))
    return Bundle.open(make_bundle(dataset, wanted, trained, place.bundles))


def _with_lookalikes(place: Workspace, recipe: str, seed: int) -> tuple[Workspace, int]:
    """A copy of the workspace in which all that the mining arm finds on negatives is a lookalike, and how many."""
    copy = Bench(place.folder.with_name(f"{place.folder.name}-lookalikes"))
    for name in ("recipes", "recordings"):
        shutil.copytree(place.folder / name, copy.folder / name)
    bundle = train_arm(place, recipe, MINING, seed)
    return Workspace(copy.folder), int(copy.run("lookalikes", str(bundle.folder), "--take", "all")[-1]["taken"])


def figures(bundle: Bundle, asked: Asked) -> dict[str, Any]:
    """What a bundle of one component sees in frames that taught it nothing."""
    detector = bundle.detector()
    (component,) = bundle.manifest.recipe.components
    on_negative = [detector.detect(image) for image in asked.negative]
    on_positive = [detector.detect(image) for image in asked.positive]
    good, bad = ([component_score(component, seen) for seen in some] for some in (on_positive, on_negative))
    ledger = bundle.manifest.ledger
    return {
        "with": ledger.images_with_boxes,
        "empty": ledger.empty_images,
        "negatives_in_loss_from_empty": ledger.negatives_in_loss_from_empty,
        "rounds": len(ledger.rounds),
        "threshold": bundle.threshold(component.name),
        "negative": len(on_negative),
        "fired": sum(len(bundle.working(seen)) for seen in on_negative),
        "fired_frames": sum(len(bundle.working(seen)) > 0 for seen in on_negative),
        "highest": round(max((float(seen.scores.max()) for seen in on_negative if len(seen)), default=0.0), 4),
        "escapes": escapes_at(good, bad, OVERKILL).escapes.k,
        "positive": len(on_positive),
        "recalled": sum(len(bundle.working(seen)) > 0 for seen in on_positive),
        "seconds": bundle.manifest.training["seconds"],
    }


def _table(stand: Stand) -> Table:
    cells = [(arm, [stand.figures(arm, seed) for seed in arm.seeds]) for arm in ARMS if stand.has(arm)]
    rows = [[_name(arm, some), ", ".join(map(str, arm.seeds)), *_row(some)] for arm, some in cells]
    missing = [arm.name for arm in ARMS if not stand.has(arm)]
    return Table(
        stand.name[0].upper() + stand.name[1:],
        [
            "taught by",
            "seeds",
            "frames: with, empty",
            "working score",
            "detections per negative frame",
            "negative frames with a detection, worst seed",
            "highest score on a negative frame",
            "escapes at 0.5 % overkill, worst seed",
            "recall on positive frames, worst seed",
        ],
        rows,
        [
            f"{STEPS} batches of 8 from random weights, compact backbone. A range is over the seeds; an interval is of "
            "the worst seed alone, since all seeds are asked the same frames.",
            "All that scores 0.1 or more on the negative recordings after mining is taken as lookalikes, and teaches "
            "rounds; where that is nothing, both are the mining arm.",
            "The working score of positives alone is chosen on positives alone: that training has nothing else.",
            *([f"Not measured yet: {'; '.join(missing)}."] if missing else []),
        ],
    )


def _name(arm: Arm, cells: Sequence[dict[str, Any]]) -> str:
    """Of an arm that adds what it finds, with how much that was, seed by seed: it may be nothing."""
    if arm.lookalikes:
        return f"{arm.name} (taken: {', '.join(str(one['lookalikes']) for one in cells)})"
    return f"{arm.name} (done: {', '.join(str(one['rounds']) for one in cells)})" if arm.rounds else arm.name


def _row(cells: Sequence[dict[str, Any]]) -> list[str]:
    def spread(values: list[float], digits: int) -> str:
        low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
        return low if low == high else f"{low} to {high}"

    worst = max(cells, key=lambda one: one["fired_frames"])
    least = min(cells, key=lambda one: one["recalled"])
    passed = max(cells, key=lambda one: one["escapes"])
    return [
        f"{cells[0]['with']}, {cells[0]['empty']}",
        spread([one["threshold"] for one in cells], 3),
        spread([one["fired"] / one["negative"] for one in cells], 2),
        share(worst["fired_frames"], worst["negative"]),
        spread([one["highest"] for one in cells], 3),
        share(passed["escapes"], passed["negative"]),
        share(least["recalled"], least["positive"]),
    ]


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name).split())


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


FRAMES = 900
EVERY = 5
UNSEEN = 1000


def _tape(data: Path, bench: Bench) -> tuple[str, Asked]:
    return record_tape(bench), unseen_tape()


def record_tape(bench: Bench, frames: int = FRAMES, most: int = 120) -> str:
    """The simulator's tape, which lies anywhere; the screws beside it are now on and now off, and say nothing.

    Args: frames: in each of the two recordings; most: taken from each. Returns: the recipe's name.
    """
    bench.run("recipe", "new", "housing", "--component", "tape", "--turns", "tape")
    for look, sign in (("on", "--positive"), ("off", "--negative")):
        source = f"simulator:tape={look},screw=mixed,seed=1,frames={frames},pace=0"
        options = ("--component", "tape", sign, "--source", source, "--seconds", str(frames / 30))
        bench.run("record", "--recipe", "housing", *options)
    bench.run("extract", "housing", "--most", str(most))
    bench.run("suggest", "housing", "--accept", "0.8")
    return "housing"


def unseen_tape() -> Asked:
    """The same place, of another seed."""
    return Asked(list(_simulated("on")), list(_simulated("off")))


def _simulated(look: str) -> Iterator[Image]:
    """Frames of another seed; where something moves or a hand is in the picture, nobody expects a verdict."""
    camera = open_simulator(f"simulator:tape={look},screw=mixed,seed={UNSEEN},frames={FRAMES},pace=0,hand=0")
    while (frame := camera.read()) is not None:
        true = camera.truth(frame.number)
        if frame.number % EVERY == 0 and not (true.moving or true.hand):
            yield frame.image


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
