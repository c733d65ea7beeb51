"""Trainings of a few steps: tracing one, most of all how pictures are changed, takes as long as ten untraced ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partialmethod

import pytest


@contextmanager
def steps_untraced() -> Iterator[None]:
    """Each step of a training is done as it comes, with no graph made of it first."""
    import keras  # late: most that comes here needs no network

    from inspector.learning.lesson import Lesson

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lesson, "compile", partialmethod(keras.Model.compile, run_eagerly=True))
        yield
