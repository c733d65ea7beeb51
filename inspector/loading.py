"""How what stays for good is loaded in less time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """While it lasts, Python looks for no garbage, and never again in what is there at its end.

    Modules are no garbage, yet the more of them are there, the more often and the longer they are looked through.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looks:
            gc.enable()
