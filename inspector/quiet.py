"""Keeps the chatter of native libraries off the person's screen."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, nothing reaches standard error: libraries in C++ tell there of all that they found.

    A failure still raises; it is only the libraries' own lines that are lost.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a window without a console has no standard error to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        _flush()
        os.dup2(nowhere, 2)
        yield
    finally:
        _flush()
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _flush() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()
