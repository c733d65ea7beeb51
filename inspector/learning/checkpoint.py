"""A training on disk: all that it takes to go on after a kill as if nothing had happened."""

import json
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import keras
import numpy as np
from numpy.typing import NDArray

from inspector.errors import InputError, MachineError
from inspector.files import written_whole
from inspector.learning.pace import Clock

EVERY_S = 30.0
MOST_SHARE = 0.05
"""Of the time that writing may take: large networks are written less often."""

PARTS = ("network", "optimizer", "best")

UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile)
"""What NumPy raises for a file that is damaged, by what of it is."""

Values = list[NDArray[Any]]


@dataclass(frozen=True, eq=False)
class State:
    """A training between two steps. network, optimizer: the values of their variables; best: those of the network as
    the best exam found it, empty before the first; notes: numbers and words beside them, as JSON knows them.
    """

    network: Values
    optimizer: Values
    best: Values
    notes: dict[str, Any]


class Checkpoint:
    """A file that holds the newest state, whole at any moment.

    Where the disk is full the training goes on and the file before it stays; `say` is told so, once.

    Args: every_s: seconds between two states that are kept; 0 keeps every one.
    """

    def __init__(
        self,
        path: Path,
        say: Callable[[str], None] = lambda text: None,
        every_s: float = EVERY_S,
        clock: Clock = time.monotonic,
    ) -> None:
        self._path, self._say, self._every_s, self._clock = path, say, every_s, clock
        self._next, self._failed = clock() + every_s, False

    @property
    def due(self) -> bool:
        """Whether so much time has passed that the next state should be kept."""
        return self._clock() >= self._next

    def save(self, state: State) -> None:
        """Keep the state in place of the one before."""
        began = self._clock()
        try:
            with written_whole(self._path) as file:
                _write(file, state)
        except MachineError as error:
            if not self._failed:
                self._say(f"{error} The training goes on; until then a kill would take it back to what was kept last.")
            self._failed = True
        now = self._clock()
        self._next = now + (max(self._every_s, (now - began) / MOST_SHARE) if self._every_s else 0)

    def load(self) -> State | None:
        """The state that was kept; None where none was.

        Raises: InputError where the file is not one of ours.
        """
        for left in self._path.parent.glob(f".{self._path.name}.*.tmp"):
            left.unlink(missing_ok=True)  # a kill in the middle of writing leaves it
        try:
            # Opened here, since NumPy leaves some damaged ones open.
            with self._path.open("rb") as content, np.load(content, allow_pickle=False) as file:
                return _unpacked(file)
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            # What NumPy says of such a file would have a person run what it holds.
            raise InputError(
                f"{self._path} cannot be read: it is damaged, or no checkpoint. Remove its folder, and train anew."
            ) from error


def _write(file: BinaryIO, state: State) -> None:
    named = {f"{part}/{i:05d}": value for part in PARTS for i, value in enumerate(getattr(state, part))}
    # numpy types the names that it does not know as its own option of the same call
    np.savez(file, allow_pickle=False, notes=np.frombuffer(json.dumps(state.notes).encode(), np.uint8), **named)


def _unpacked(file: Any) -> State:
    parts: dict[str, Values] = {
        part: [file[name] for name in sorted(file.files) if name.startswith(f"{part}/")] for part in PARTS
    }
    return State(notes=json.loads(file["notes"].tobytes()), **parts)


def values_of(variables: Sequence[Any]) -> Values:
    """A copy of what variables of the network or of the optimizer hold."""
    return [np.array(keras.ops.convert_to_numpy(variable)) for variable in variables]


def put_back(values: Values, variables: Sequence[Any]) -> None:
    """The values into the variables again. Raises: ValueError where they are not of the same shapes."""
    for variable, value in zip(variables, values, strict=True):
        if tuple(variable.shape) != value.shape:
            raise ValueError(f"{variable.path} has the shape {tuple(variable.shape)}, not {value.shape}")
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
