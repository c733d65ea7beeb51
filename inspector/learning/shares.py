"""A batch of which several devices have a share each: what a loss is divided by is counted over all of it.

Each device's loss is then its share of the batch's, and their sum, as that of their gradients, is what one device with
the whole batch would find. Divided by its own positives instead, a share with a single component in it would weigh as
much as one with twenty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from keras import ops

Sum = Callable[[Any], Any]

_sums: list[Sum] = []


def over_devices(count: Any) -> Any:
    """The sum over all devices of what each has counted in its share; the count itself where one has the whole batch.

    No gradient should flow through it.
    """
    return _sums[-1](count) if _sums else count


def pictures_in_all(values: Any) -> Any:
    """How many pictures the batch has, as float32. Args: values `(B, ...)`, with the device's share of them."""
    return over_devices(ops.cast(ops.shape(values)[0], "float32"))


@contextmanager
def summed_by(add_up: Sum) -> Iterator[None]:
    """While it lasts, counts are added up over devices so."""
    _sums.append(add_up)
    try:
        yield
    finally:
        _sums.pop()
