"""The wall clock of a station, as far as it can be believed."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from inspector.frame import utc_now

EARLY_S = 300.0
"""By how much the clock of whoever made the bundle may have been ahead."""
JUMP_S = 2.0
TOLD_S = 10.0
"""How long a jump is told."""


class Clock:
    """Says what time it is, never less than it said before, and whether that can be right.

    jump: a sentence for a while after it was set, else "". That is no fault: no verdict depends on the time of day, and
    what is recorded keeps its order.

    Args: made_at: when the bundle was made: it cannot be earlier now. wall: aware UTC; monotonic: seconds.
    """

    def __init__(
        self,
        made_at: datetime,
        wall: Callable[[], datetime] = lambda: utc_now(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._made_at = made_at
        self._wall, self._monotonic = wall, monotonic
        self._said, self._said_s = wall(), monotonic()
        self._seen, self._seen_s = self._said, self._said_s
        self.jump = ""
        self._jumped_s = 0.0

    def now(self) -> datetime:
        """Aware UTC for records; where the clock was set back, the time goes on as it went until it has caught up."""
        wall, tick_s = self._wall(), self._monotonic()
        if wall < self._said:
            wall = self._said + timedelta(seconds=tick_s - self._said_s)
        self._said, self._said_s = wall, tick_s
        return wall

    def fault(self) -> str | None:
        """A sentence while the clock is before the bundle's making; notices a jump, too."""
        wall, tick_s = self._wall(), self._monotonic()
        self._notice(wall, tick_s)
        if wall < self._made_at - timedelta(seconds=EARLY_S):
            return (
                f"The clock of this computer says {wall:%Y-%m-%d %H:%M} UTC, and the bundle was made at "
                f"{self._made_at:%Y-%m-%d %H:%M} UTC: set the clock."
            )
        return None

    def _notice(self, wall: datetime, tick_s: float) -> None:
        jump_s = (wall - self._seen).total_seconds() - (tick_s - self._seen_s)
        self._seen, self._seen_s = wall, tick_s
        if abs(jump_s) >= JUMP_S:
            self.jump, self._jumped_s = _jumped(jump_s), tick_s
        elif tick_s - self._jumped_s > TOLD_S:
            self.jump = ""


def _jumped(jump_s: float) -> str:
    if jump_s > 0:
        return f"The clock of this computer was set forward by {jump_s:.0f} s: see that it is right now."
    return f"The clock of this computer was set back by {-jump_s:.0f} s: see that it is right now."
