"""What begins an inspection at this station, as its settings and the command line say."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from inspector.errors import InputError
from inspector.files import Section

KEY, TIMER, FILE = "key", "timer", "file"
LEAST_S, MOST_S = 0.1, 86_400.0


class Scanner(Section):
    """A barcode scanner that types what it reads.

    prefix, suffix: what it types before and after each code, which belongs to none. gap_s: the longest pause between
    two of its keys; a person's are longer. least: keys of the shortest code, fewer of which are no scan.
    """

    prefix: str = Field(default="", max_length=20)
    suffix: str = Field(default="", max_length=20)
    gap_s: float = Field(default=0.05, gt=0, le=1)
    least: int = Field(default=4, ge=1, le=100)


class Triggers(Section):
    """What asks for an inspection where the recipe's trigger is `asked`, beside a PLC, and tells serial numbers.

    every_s: one every so many seconds. folder: one for each file that appears there; serial_in: whether the serial
    number is the file's name or its first line.
    delay_s: pictures taken so soon after a trigger do not count: a camera hands over some that it exposed before.
    holds_s: for how long what was scanned is the number of the workpiece whose inspection comes next.
    """

    every_s: float | None = Field(default=None, ge=LEAST_S, le=MOST_S)
    folder: Path | None = None
    serial_in: Literal["name", "content"] = "name"
    delay_s: float = Field(default=0.1, ge=0, le=60)
    holds_s: float = Field(default=60.0, gt=0, le=86_400)
    scanner: Scanner = Scanner()

    def without_sources(self) -> "Triggers":
        """With nothing that asks by itself."""
        return self.model_copy(update={"every_s": None, "folder": None})

    def with_wanted(self, wanted: str) -> "Triggers":
        """As a command line wants: `key`, `timer:SECONDS` or `file:FOLDER`. Raises: InputError."""
        kind, _, rest = wanted.partition(":")
        if kind == KEY and not rest:
            return self
        if kind == TIMER:
            return self.model_copy(update={"every_s": _seconds(rest)})
        if kind == FILE and rest:
            return self.model_copy(update={"folder": Path(rest).expanduser().absolute()})
        raise InputError(f"There is no trigger '{wanted}'. One is {KEY}, {TIMER}:SECONDS or {FILE}:FOLDER.")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not LEAST_S <= seconds <= MOST_S:
        raise InputError(f"A timer needs {LEAST_S:g} to {MOST_S:g} seconds, as in {TIMER}:2, not '{text}'.")
    return seconds
