"""A GenICam camera that is connected, and which one is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.errors import InputError


@dataclass(frozen=True)
class Found:
    """A camera that is connected. id: what opens it on the road by which it was found."""

    serial: str
    model: str
    id: str

    @property
    def source(self) -> str:
        """What opens it."""
        return f"genicam:{self.serial or self.id}"

    def __str__(self) -> str:
        return f"{self.model} ({self.source})"


def the_one(wanted: str, found: Sequence[Found]) -> Found:
    """The camera whose serial number, model or id is wanted; the only one where none is.

    Raises: InputError where that is none, or several.
    """
    mine = [one for one in found if wanted in ("", one.serial, one.id, one.model)]
    if len(mine) != 1:
        known = ", ".join(map(str, found)) or "none: check its cable, its power and its network"
        raise InputError(f"'genicam:{wanted}' names {len(mine)} cameras. Connected: {known}.")
    return mine[0]
