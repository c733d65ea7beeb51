"""The numbers that a network computes with: fewer bits while it learns, where they pay, and float32 in the end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import keras

from inspector.learning.checkpoint import put_back, values_of
from inspector.learning.families import build
from inspector.learning.network import Network
from inspector.learning.settings import Numbers, TrainingSettings


@contextmanager
def computing_in(precision: Numbers) -> Iterator[None]:
    """While it lasts, networks are built to compute so."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32" if precision is Numbers.AUTO else str(precision))
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def plain(network: Network, architecture: Mapping[str, Any], settings: TrainingSettings) -> Network:
    """The same network built anew, in float32 and on one device; what may not learn in it may not in the new one."""
    with computing_in(Numbers.FLOAT32):
        twin = build(architecture, settings.model_copy(update={"weights": None}))
    put_back(values_of(network.variables), twin.variables)
    # A layer hands its own down to those within, which come after it.
    for layer, alike in zip(network._flatten_layers(), twin._flatten_layers(), strict=True):
        alike.trainable = layer.trainable
    return twin
