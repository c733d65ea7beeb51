"""One cell of a long measurement: made once, kept, and found again when the measurement goes on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector.files import written_whole


def cell(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was kept under `path` as JSON; where nothing was, what `make` gives, kept whole or not at all."""
    if not path.exists():
        made = make()
        with written_whole(path) as file:
            file.write(json.dumps(made, indent=1).encode())
        print(f"   kept {path.stem}: {made}", flush=True)
    found: dict[str, Any] = json.loads(path.read_text())
    return found
