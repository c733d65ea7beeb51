"""Work that only one program may do at a time. Whoever is killed lets go."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from inspector.errors import InputError, MachineError

PAUSE_S = 0.02
LOOKED_AT_S = 0.2
"""Whoever only looks whether somebody is there has the file for a moment: it is not taken for that."""
PLAINLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Opened so that what a link leads to stays as it is, and nobody waits for the other end of a pipe."""
CANNOT = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a network folder says that knows no locks: there it goes as it would without."""


@contextmanager
def alone(path: Path, refusal: str, wait_s: float = 0.0) -> Iterator[None]:
    """While it lasts nobody else comes past here with the same file, which is made and stays.

    Args: refusal: the sentence for whoever comes second; wait_s: how long to wait for the first before that.
    Raises: InputError where somebody has it, or it is no file of ours; MachineError where the folder cannot be written.
    """
    deadline = time.monotonic() + max(wait_s, LOOKED_AT_S)
    with _opened(path) as file:
        while not _lock(file):
            if time.monotonic() >= deadline:
                raise InputError(refusal)
            time.sleep(PAUSE_S)
        yield


def is_taken(path: Path) -> bool:
    """Whether somebody is alone with the file, however many look. Raises: as `alone`."""
    with _opened(path) as file:
        return not _lock(file, shared=True)


def _opened(path: Path) -> BinaryIO:
    """The file, made where there is none, as it is otherwise."""
    try:
        handle = None if path.is_symlink() else os.open(path, os.O_RDWR | os.O_CREAT | PLAINLY, 0o666)
        if handle is not None and stat.S_ISREG(os.fstat(handle).st_mode):
            return os.fdopen(handle, "r+b", buffering=0)
        if handle is not None:
            os.close(handle)
        raise InputError(f"{path} is not the file that this program made: move it away.")
    except OSError as error:
        reason = error.strerror or error
        raise MachineError(
            f"Cannot write {path}: {reason}. Choose another folder, or ask who may write there."
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO, shared: bool = False) -> bool:
        """Windows knows no shared ones here."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno in CANNOT
        return True

else:
    import fcntl

    def _lock(file: BinaryIO, shared: bool = False) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in CANNOT
        return True
