"""An inspection every so many seconds."""

from collections.abc import Iterator

from inspector.inspection.triggers.wish import Wish
from inspector.inspection.verdict import Inspection

TIMER = "timer"


class Timer:
    """Wishes at equal distances from its first look; what it slept through is not made up for."""

    fault = ""

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._begun_s: float | None = None
        self._told = 0

    def look(self, now_s: float) -> Iterator[Wish]:
        """The wish that is due, if one is. now_s: monotonic seconds."""
        if self._begun_s is None:
            self._begun_s = now_s
        due = int((now_s - self._begun_s) / self._every_s)
        if due > self._told:
            self._told = due
            yield Wish(TIMER)

    def answered(self, wish: Wish, refusal: str) -> None:
        """What is refused is not wished for again: the next is due soon enough."""

    def heard(self, inspection: Inspection) -> None:
        """Nothing waits for it here."""
