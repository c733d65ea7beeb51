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


def measure(data: Path, work: Path) -> list[Table]:
    """The whole job once more, in the window."""
    screens.main()
    screens.teach_bottle(data)
    recorded = f"Two videos of {screens.RECORDED_S} s are recorded. A person swaps the product between them."
    dropped = "Two videos of 3 and 2 s are dropped on the page."
    return [
        table("The simulator's tape, taught in the window", screens.TAPE, recorded),
        table("The left place of bottles/bench_1.mp4, taught in the window", screens.bottle(data), dropped),
    ]


def table(title: str, product: screens.Product, videos: str) -> Table:
    """Of the job that was done last."""
    took = json.loads(product.measured.read_text())
    return Table(
        title,
        ["until", "presses", "letters typed", "minutes"],
        [
            [words, str(took[stage]["presses"]), str(took[stage]["keys"]), f"{took[stage]['minutes']:.1f}"]
            for stage, words in STAGES.items()
        ],
        [
            f"{videos} The preset is `quick`; a press for each box that was proposed, and no time to think: the driver "
            "presses as soon as it can.",
        ],
    )
