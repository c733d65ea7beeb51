"""One cell of a long measurement: made once, kept with the project, and found again when the measurement goes on."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector.files import written_whole

MEASURED = Path(__file__).resolve().parents[2] / "docs" / "measured"
"""Tables and cells as JSON, from which `docs/measurements.md` is written. Git keeps them: what took hours goes on
elsewhere.
"""

SEEDS = tuple(int(seed) for seed in os.environ.get("LEARNING_SEEDS", "0 1 2").split())
"""Of each long measurement. With one alone, all of them can be looked at in a third of the time."""


def is_kept(name: str) -> bool:
    """Whether a cell of that name was made already."""
    return _path(name).exists()


def to_the_end(trained: Any) -> Any:
    """A training that was done to its end. Raises: KeyboardInterrupt where that was Ctrl-C's, which trainings obey."""
    if trained.stopped:
        raise KeyboardInterrupt
    return trained


def cell(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was kept under that name; where nothing was, what `make` gives, kept whole or not at all."""
    path = _path(name)
    if not path.exists():
        made = make()
        with written_whole(path) as file:
            file.write(json.dumps(made, indent=1).encode())
        print(f"   kept {name}: {made}", flush=True)
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def _path(name: str) -> Path:
    return MEASURED / f"{name}.json"
