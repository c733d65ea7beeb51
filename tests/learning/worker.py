"""One of two machines that train together; run in a process of its own: `python worker.py A:PORT,B:PORT NUMBER END`."""

import sys
from pathlib import Path

import numpy as np
from one_step import RECIPE, dataset

from inspector.backend import join
from inspector.learning.checkpoint import values_of
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import train


def main(workers: str, number: int, end: Path) -> None:
    """Train, and keep the weights."""
    join(workers.split(","), number)
    # As the command does: only the first wants to know how long it will take, which the second knows nothing of.
    expected = None if number else print
    trained = train(dataset(), RECIPE, TrainingSettings(steps=3, batch=4, seed=2), expected=expected)
    np.savez(end, **{f"{i:04d}": value for i, value in enumerate(values_of(trained.network.variables))})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
