"""The product's own commands, run as a user would, for the measurements."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Lines = list[dict[str, Any]]


class Bench:
    """One fresh workspace, and the commands run in it."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder = folder

    def run(self, *arguments: str) -> Lines:
        """`inspector ARGUMENTS --json`: its lines. Raises: SystemExit with its own words where it failed."""
        command = [sys.executable, "-m", "inspector", *arguments, "--workspace", str(self.folder), "--json"]
        print("   $ inspector", *arguments, flush=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def import_(self, path: Path, recipe: str, component: str, *options: str) -> str:
        """Import media; returns the recording's id."""
        return str(
            self.run("import", str(path), "--recipe", recipe, "--component", component, *options)[-1]["recording"]
        )

    def train(self, recipe: str, *options: str) -> Path:
        """Train; returns the bundle's folder."""
        return Path(self.run("train", recipe, *options)[-1]["bundle"])


def share(k: int, n: int) -> str:
    """K of n, with its exact interval."""
    from inspector.validation.metrics import Rate

    return str(Rate(k, n))


def folder_of(pictures: Sequence[Path], folder: Path) -> Path:
    """The pictures, copied into a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        shutil.copy(picture, folder / picture.name)
    return folder
