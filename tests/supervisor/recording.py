"""An output that keeps what it was shown and told, and what it takes to wait for it."""

import queue
import time
from collections.abc import Callable, Mapping
from typing import Any

from inspector.plant.signals import SAFE, Request, Signals

PATIENCE_S = 20.0


class RecordingOutput:
    """The plant, as a test sees it."""

    def __init__(self) -> None:
        self.requests: queue.Queue[Request] = queue.Queue()
        self.fault = ""
        self.shown: list[tuple[float, Signals]] = []
        self.told: list[Mapping[str, Any]] = []

    def show(self, signals: Signals) -> None:
        self.shown.append((time.monotonic(), signals))

    def tell(self, inspection: Mapping[str, Any]) -> None:
        self.told.append(inspection)

    def close(self) -> None:
        """Who asks has nothing to let go of."""

    @property
    def now(self) -> Signals:
        return self.shown[-1][1] if self.shown else SAFE


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.005)
