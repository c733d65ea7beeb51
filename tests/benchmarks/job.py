"""What it takes a person, from an empty workspace to a bundle at the station: counted where the window is driven."""

import json
from pathlib import Path

from tests import screens
from tests.benchmarks.table import Table

STAGES = {
    "recipe": "the recipe is made",
    "recordings": "both videos are recorded, their frames taken",
    "labels": "every proposed box is looked at",
    "bundle": "the training has ended",
    "validation": "the bundle is validated",
    "promoted": "the station runs with it",
}


def measure(_: Path, work: Path) -> list[Table]:
    """The whole job once more, in the window."""
    screens.main()
    return [table()]


def table() -> Table:
    """Of the job that was done last."""
    took = json.loads(screens.MEASURED.read_text())
    return Table(
        "The simulator's tape, taught in the window",
        ["until", "presses", "letters typed", "minutes"],
        [
            [words, str(took[stage]["presses"]), str(took[stage]["keys"]), f"{took[stage]['minutes']:.1f}"]
            for stage, words in STAGES.items()
        ],
        [
            f"Two videos of {screens.RECORDED_S} s, the preset `quick`, a press for each box that was proposed, and no "
            "time to think: the driver presses as soon as it can. A person swaps the product between the videos.",
        ],
    )
