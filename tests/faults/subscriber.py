"""Somebody at the broker who writes down what the tormented station's signals are there, and what is retained."""

import time
from datetime import UTC, datetime
from typing import Any

from tests.plant.peers import Listener

OLD_S = 0.5
"""Signals that were so longer ago are old news: a broker that hung hands out all that waited in it."""


class Subscriber(Listener):
    """Believes signals as docs/plant.md says.

    seen: a line for each of the signals, `t` in monotonic seconds when they came.
    """

    def __init__(self, port: int) -> None:
        self.seen: list[dict[str, Any]] = []
        super().__init__(port)

    def hear(self, topic: str, payload: Any, retained: bool) -> None:
        if not topic.endswith("/signals") or _age_s(payload["at"]) > OLD_S:
            return
        self.seen.append(
            {
                "t": time.monotonic(),
                "ready": not payload["fault"] and (payload["ready"] or payload["busy"]),
                "valid": payload["result_valid"],
                "passed": payload["passed"],
                "code": payload["code"],
                "beat": payload["heartbeat"],
                "id": payload["inspection"],
            }
        )


def _age_s(at: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()
