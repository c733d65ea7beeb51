"""How often a workpiece of the simulator's line is inspected: once, as it should be, twice or not at all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from inspector.capture.scene.picture import Darkroom, Lay
from inspector.capture.scene.story import light_at
from inspector.capture.simulator import Truth, open_simulator
from inspector.frame import Image, freeze
from inspector.inspection.triggers.workpieces import Workpieces
from inspector.inspection.verdict import Verdict
from inspector.recipe import Trigger, Vote
from inspector.validation.metrics import Rate
from tests.benchmarks.table import Table
from tests.inspection.looks import RECIPE, saying

SEEDS = (1, 2, 3)
WORKPIECES = 100
HANDS = {"as ever": "", "with each": ",hand=1", "never": ",hand=0"}
RECIPE_BY_WORKPIECE = RECIPE.model_copy(update={"vote": Vote(trigger=Trigger.WORKPIECE)})


def measure(_: Path, __: Path) -> list[Table]:
    """Of the trigger alone: each frame is judged as it truly is."""
    return [
        Table(
            "Inspections of each workpiece of the simulator's line, trigger `workpiece`",
            ["a hand", "picture of the empty place", "inspected once", "never", "twice or more"],
            [row for hands, scene in HANDS.items() for row in _rows(hands, scene)],
            [
                "The line's light drifts, its pictures are noisy, and hands pass over the workpiece and cover it.",
                "Frames are judged as the simulator says they are: what is wrong here is wrong with the trigger.",
                "In brackets 95 % (Clopper and Pearson).",
            ],
        )
    ]


def _rows(hands: str, scene: str) -> Iterator[list[str]]:
    with_empty, without = Counter[int](), Counter[int]()
    for seed in SEEDS:
        line = f"simulator:line,pace=0,seed={seed},workpieces={WORKPIECES}{scene}"
        knowing, unknowing = Workpieces(RECIPE_BY_WORKPIECE, _empty_box(seed)), Workpieces(RECIPE_BY_WORKPIECE)
        found = _inspections(line, knowing, unknowing)
        with_empty += Counter(found[0])
        without += Counter(found[1])
    for told, times in (("with", with_empty), ("without", without)):
        n = times.total()
        yield [hands, told, *(str(Rate(k, n)) for k in (times[1], times[0], n - times[0] - times[1]))]


def _inspections(line: str, *ways: Workpieces) -> list[list[int]]:
    """How many there were of each workpiece, by each of them."""
    found: list[Counter[int]] = [Counter() for _ in ways]
    with closing(open_simulator(line)) as camera:
        while (frame := camera.read()) is not None:
            truth = camera.truth(frame.number)
            look = saying(frame.number, _verdict(truth), frame.time_s)
            for way, times in zip(ways, found, strict=True):
                if way.add({RECIPE.first_view: frame.image}, look) is not None:
                    times[truth.workpiece] += 1
    return [[times[number] for number in range(WORKPIECES)] for times in found]


def _verdict(truth: Truth) -> Verdict:
    if truth.hand or truth.moving:
        return Verdict.NOT_DECIDABLE
    return Verdict.OK if truth.good else Verdict.NOT_OK


def _empty_box(seed: int) -> Image:
    return freeze(Darkroom(seed).develop(Lay(), light_at(seed, 0), 0))
