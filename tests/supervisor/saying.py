"""What a station's reports are made of, for tests of who hears them."""

from typing import Any

from inspector.inspection.verdict import Verdict
from inspector.plant.signals import Phase
from inspector.supervisor.reports import Decided, Refused, Seen


class Saying:
    """Makes the reports of one child, each with the number that is due, and counts pictures."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self.number = 0
        self.looked = 0
        self.progress = 0

    def seen(self, now_s: float, judged: bool = True, **values: Any) -> Seen:
        """The station at that moment; with another picture judged, or none."""
        self.looked += judged
        self.progress += judged
        known: dict[str, Any] = {"phase": Phase.RUNNING, "taken_s": now_s, "recipe": "box", "bundle": "box-1"}
        counted = {"looked": self.looked, "progress": self.progress}
        return Seen(**self._next(now_s), **{**known, **counted, **values})

    def decided(self, now_s: float, name: str, verdict: Verdict = Verdict.OK, **values: Any) -> Decided:
        """An inspection of that id."""
        return Decided(**self._next(now_s), id=name, verdict=verdict.value, said={"id": name}, **values)

    def refused(self, now_s: float, trigger: str, why: str) -> Refused:
        """That trigger comes to no inspection."""
        return Refused(**self._next(now_s), trigger=trigger, why=why)

    def _next(self, now_s: float) -> dict[str, Any]:
        self.number += 1
        return {"generation": self.generation, "number": self.number - 1, "sent_s": now_s}
