"""Environments of their own, for what the product neither imports nor installs. Each is made once."""

import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path


def environment(folder: Path, needed: Sequence[str], alone: Sequence[str] = (), ours: bool = False) -> str:
    """The interpreter of an environment in which those packages can be imported.

    Args: alone: packages that are installed without what they ask for; ours: whether it sees this environment too.
    Raises: subprocess.SubprocessError or OSError where it cannot be made.
    """
    python = folder / "venv" / "bin" / "python"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder / "venv"], check=True)
        if ours:
            (site,) = (folder / "venv").glob("lib/python*/site-packages")
            (site / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
        for options in filter(None, (needed, ("--no-deps", *alone) if alone else ())):
            command = [python, "-m", "pip", "install", "-q", *options]
            subprocess.run(command, check=True, capture_output=True, timeout=1200)
        (folder / "ready").touch()
    return str(python)
