"""What can go wrong, each in a sentence that tells the person what to do."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_TOLD = 100


class InspectorError(Exception):
    """A failure that a person is told about; its text is the whole message, never a traceback."""

    exit_code = 3


class InputError(InspectorError):
    """The user's mistake: a wrong file, name or option. Exit code 2."""

    exit_code = 2


class MachineError(InspectorError):
    """The machine's failure: a camera that is gone, a full disk. Exit code 3."""


@dataclass(frozen=True)
class Problem:
    """One fault of one file. `line` counts from 1; None where the format has no lines."""

    path: Path
    text: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line is not None else f"{self.path}"
        return f"{where}: {self.text}"


class FileProblems(InputError):
    """All faults of a file, or of several, told at once, but for those that nobody would read to the end."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:MOST_TOLD]]
        more = len(self.problems) - len(told)
        super().__init__("\n".join([*told, *([f"... and {more} more."] if more else [])]))


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A clause to append to a message: the nearest known word, else the list of what is known."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f" Did you mean '{near[0]}'?"
    return f" Known: {', '.join(known)}." if known else ""
