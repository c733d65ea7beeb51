"""How long to wait before it is tried again. Pure; time comes with each question."""

FIRST_S, MOST_S = 1.0, 60.0
SETTLED_S = 60.0
"""A station that ran for so long is well: after the next fault the first pause is short again."""


class Pauses:
    """Each twice as long as the one before, until what is tried has run well for a while."""

    def __init__(self, first_s: float = FIRST_S) -> None:
        self._first_s = self._next_s = first_s
        self._well_since_s: float | None = None

    def next(self) -> float:
        """Seconds until the next try."""
        self._well_since_s = None
        pause_s, self._next_s = self._next_s, min(self._next_s * 2, MOST_S)
        return pause_s

    def runs(self, well: bool, now_s: float) -> None:
        """How it runs at a moment of any clock."""
        if not well:
            self._well_since_s = None
            return
        if self._well_since_s is None:
            self._well_since_s = now_s
        if now_s - self._well_since_s >= SETTLED_S:
            self._next_s = self._first_s
