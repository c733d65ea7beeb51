"""How often a workpiece of the simulator's line is inspected: once, as it should be, twice or not at all."""

from collections import Counter
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

SEEDS = (1, 2, 3, 4)
WORKPIECES = 250
HANDS = {"as ever": "", "with each": ",hand=1", "never": ",hand=0"}
VOTE = Vote(trigger=Trigger.WORKPIECE)


def measure(_: Path, __: Path) -> list[Table]:
    """Of the trigger alone: each frame is judged as it truly is."""
    rows = [
        [hands, "with" if empty else "without", *_counted(scene, empty)]
        for hands, scene in HANDS.items()
        for empty in (True, False)
    ]
    return [
        Table(
            "Inspections of each workpiece of the simulator's line, trigger `workpiece`",
            ["a hand", "picture of the empty place", "inspected once", "never", "twice or more"],
            rows,
            [
                "The line's light drifts, its pictures are noisy, and hands pass over the workpiece and cover it.",
                "Frames are judged as the simulator says they are: what is wrong here is wrong with the trigger.",
                "In brackets 95 % (Clopper and Pearson).",
            ],
        )
    ]


def _counted(hands: str, empty: bool) -> list[str]:
    times = Counter[int]()
    for seed in SEEDS:
        times += Counter(_inspections(f"simulator:line,pace=0,seed={seed},workpieces={WORKPIECES}{hands}", seed, empty))
    n = times.total()
    return [str(Rate(times[1], n)), str(Rate(times[0], n)), str(Rate(n - times[0] - times[1], n))]


def _inspections(scene: str, seed: int, empty: bool) -> list[int]:
    """How many there were of each workpiece."""
    recipe = RECIPE.model_copy(update={"vote": VOTE})
    workpieces = Workpieces(recipe, _empty_box(seed) if empty else None)
    found = Counter[int]()
    with closing(open_simulator(scene)) as camera:
        while (frame := camera.read()) is not None:
            look = saying(frame.number, _verdict(camera.truth(frame.number)), frame.time_s)
            if workpieces.add({recipe.first_view: frame.image}, look) is not None:
                found[camera.truth(frame.number).workpiece] += 1
    return [found[number] for number in range(WORKPIECES)]


def _verdict(truth: Truth) -> Verdict:
    if truth.hand or truth.moving:
        return Verdict.NOT_DECIDABLE
    return Verdict.OK if truth.good else Verdict.NOT_OK


def _empty_box(seed: int) -> Image:
    return freeze(Darkroom(seed).develop(Lay(), light_at(seed, 0), 0))
