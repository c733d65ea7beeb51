"""The curves of a training, for those who know how to read them: in TensorBoard's files, without TensorFlow."""

import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inspector.learning.pace import Progress

EVERY = 10
"""Steps between two points; an exam has one in any case."""


class Curves:
    """Points in an event file of a folder; closing it writes the last of them.

    A further training, whose steps count from 1 again, is drawn to the right of the one before.
    """

    def __init__(self, folder: Path) -> None:
        from tensorboard.summary import Writer  # an extra: what a station needs comes without it

        self._writer = Writer(str(folder))
        self._last = self._before = 0

    def draw(self, progress: Progress) -> None:
        """The points of one step."""
        if progress.step <= self._last:
            self._before += self._last
        self._last = progress.step
        if progress.step % EVERY and not progress.held_out:
            return
        values: dict[str, float | None] = {
            "loss": progress.loss,
            "rate": progress.rate,
            "images_per_s": progress.images_per_s,
            **_under("loss", progress.losses),
            **_under("held_out", progress.held_out or {}),
        }
        for name, value in values.items():
            if value is not None:
                self._writer.add_scalar(name, value, self._before + progress.step)

    def close(self) -> None:
        """Write what is not written yet."""
        self._writer.close()


@contextmanager
def curves(folder: Path) -> Iterator[Curves | None]:
    """Curves in that folder; None where TensorBoard is not installed."""
    if importlib.util.find_spec("tensorboard") is None:
        yield None
        return
    drawn = Curves(folder)
    try:
        yield drawn
    finally:
        drawn.close()


def _under(part: str, values: Mapping[str, Any]) -> dict[str, float | None]:
    return {f"{part}/{name}": value for name, value in values.items()}
