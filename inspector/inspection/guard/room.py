"""Room on the disk for the records."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from inspector.errors import MachineError

RESERVE_GB = 1.0
RESERVE_SHARE = 0.05
"""What must be free before a station is ready, of a small disk a share of it: some thousand pictures."""
LEAST = 0.5
"""Of the reserve: when less is free in mid-run, inspections end before the disk is full."""


class Usage(NamedTuple):
    """Bytes, as `shutil.disk_usage` tells them."""

    total: int
    used: int
    free: int

    @property
    def reserve(self) -> float:
        """What must be free, in bytes."""
        return min(RESERVE_GB * 1e9, RESERVE_SHARE * self.total)


Ask = Callable[[Path], tuple[int, int, int]]
"""How much of the disk of a folder is used, as `Usage` has it. Raises: OSError."""


def usage_of(folder: Path, ask: Ask = shutil.disk_usage) -> Usage:
    """How much of the disk of the records' folder is used. Raises: MachineError where it does not say."""
    try:
        return Usage(*ask(folder))
    except OSError as error:
        raise MachineError(
            f"The disk of the records in {folder} does not answer: {error.strerror or error}."
        ) from error


class Room:
    """Whether there is room in a folder for more inspections; once there was too little, not before the reserve is
    free again.
    """

    def __init__(self, folder: Path, usage: Ask = shutil.disk_usage) -> None:
        self._folder = folder
        self._usage = usage
        self._enough = False

    def fault(self) -> str | None:
        """A sentence while there is too little."""
        try:
            usage = usage_of(self._folder, self._usage)
        except MachineError as error:
            self._enough = False
            return str(error)
        reserve_gb, free_gb = usage.reserve / 1e9, usage.free / 1e9
        self._enough = free_gb >= reserve_gb * (LEAST if self._enough else 1)
        if self._enough:
            return None
        return (
            f"The disk of the records in {self._folder} has {free_gb:.2f} GB left: "
            f"free {reserve_gb - free_gb:.2f} GB, so that inspections can be kept."
        )
