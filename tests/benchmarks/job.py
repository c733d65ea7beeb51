"""What it takes a person, from an empty workspace to a bundle at the station: counted where the window is driven."""

import json
from pathlib import Path

from tests.benchmarks.table import Table
from tests.screens.drive import teach_once
from tests.screens.lesson import DRAWN, RECORDED_S
from tests.screens.product import measured

STAGES = {
    "recipe": "the recipe is made",
    "recordings": "both videos are recorded, their frames taken",
    "labels": "every proposed box is looked at",
    "bundle": "the training has ended",
    "validation": "the bundle is validated",
    "promoted": "the station runs with it",
}


PRODUCTS = {
    "tape": (
        "The simulator's tape, taught in the window",
        f"Two videos of {RECORDED_S} s are recorded. A person swaps the product between them.",
    ),
    "bottle": (
        "The left place of bottles/bench_1.mp4, taught in the window",
        "Two videos of 3 and 2 s are dropped on the page.",
    ),
    "screw": (
        "The photographs of screws, taught in the window",
        "Two folders are dropped: 27 photographs of four screws, 6 of four bare holes. The boxes of the first "
        f"{DRAWN} of each are drawn by hand, a detector proposes the rest.",
    ),
}


def measure(data: Path, work: Path) -> list[Table]:
    """The whole job once more, in the window."""
    for name in PRODUCTS:
        teach_once(name)
    return [table(name) for name in PRODUCTS]


def table(name: str) -> Table:
    """Of the job that was done last."""
    title, shown = PRODUCTS[name]
    took = json.loads(measured(name).read_text())
    return Table(
        title,
        ["until", "presses", "letters typed", "minutes"],
        [
            [words, str(took[stage]["presses"]), str(took[stage]["keys"]), f"{took[stage]['minutes']:.1f}"]
            for stage, words in STAGES.items()
        ],
        [
            f"{shown} The preset is `quick`. Each box that is proposed is held against what is true: accepted, or "
            "rejected and drawn. No time to think: the driver presses as soon as it can.",
        ],
    )
