"""What every way to the plant is, whatever the protocol."""

import queue
from collections.abc import Mapping
from typing import Any, Protocol

from inspector.plant.signals import Request, Signals

SAFE_AFTER_S = 1.0
"""An output that was not fed for so long shows SAFE by itself, whatever happened to who feeds it."""


class Output(Protocol):
    """One way to the plant: a server that a PLC asks, or a client that tells a broker or a web server.

    requests: what the plant asks for; whoever feeds the output takes them out.
    """

    requests: queue.Queue[Request]

    def show(self, signals: Signals) -> None:
        """The levels from now on. From any thread: hands over to the output's own, and blocks for 50 ms at the most."""

    def tell(self, inspection: Mapping[str, Any]) -> None:
        """An inspection was decided: the keys of `as_json`, and started_at, recipe, bundle, serial."""

    @property
    def fault(self) -> str:
        """What is wrong with this way to the plant, in a sentence; "" where all is well."""

    def close(self) -> None:
        """Let go of it; what shows at the plant from then on is SAFE, or that nobody is there."""
