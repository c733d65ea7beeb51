"""Work that only one program may do at a time. Whoever is killed lets go."""

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from inspector.errors import InputError, MachineError

PAUSE_S = 0.02
CANNOT = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a network folder says that knows no locks: there it goes as it would without."""


@contextmanager
def alone(path: Path, refusal: str, wait_s: float = 0.0) -> Iterator[None]:
    """While it lasts nobody else comes past here with the same file, which is made and stays.

    Args: refusal: the sentence for whoever comes second; wait_s: how long to wait for the first before that.
    Raises: InputError where somebody has it; MachineError where the folder cannot be written.
    """
    deadline = time.monotonic() + wait_s
    with _opened(path) as file:
        while not _lock(file):
            if time.monotonic() >= deadline:
                raise InputError(refusal)
            time.sleep(PAUSE_S)
        yield


def is_taken(path: Path) -> bool:
    """Whether somebody is alone with the file. Raises: MachineError where the folder cannot be written."""
    with _opened(path) as file:
        return not _lock(file)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        reason = error.strerror or error
        raise MachineError(
            f"Cannot write {path}: {reason}. Choose another folder, or ask who may write there."
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno in CANNOT
        return True

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in CANNOT
        return True
