"""How long somebody has to wait after PINs that were wrong. Pure.

With the longest pause, 35 000 of a million PINs are tried in a year, each under the eyes of the line.
"""

from datetime import datetime

from pydantic import AwareDatetime, Field

from inspector.files import Section

FREE = 5
"""From so many wrong PINs in a row on, there is a pause."""
FIRST_S = 30.0
MOST_S = 900.0
MOST_DOUBLINGS = 10


class Failures(Section):
    """PINs in a row that were wrong, and when the last of them was given (aware UTC); None where none was."""

    count: int = Field(default=0, ge=0)
    last_at: AwareDatetime | None = None


NONE = Failures()


def pause_s(count: int) -> float:
    """How long after that many wrong PINs in a row: nothing, then 30 s, twice as long each time, at most 15 minutes."""
    if count < FREE:
        return 0.0
    return min(FIRST_S * 2.0 ** min(count - FREE, MOST_DOUBLINGS), MOST_S)


def left_s(failures: Failures, now: datetime) -> float:
    """What is left of the pause: never less than nothing, and never more than the whole, whatever the clock says."""
    if failures.last_at is None:
        return 0.0
    pause = pause_s(failures.count)
    return min(max(pause - (now - failures.last_at).total_seconds(), 0.0), pause)


def from_now(failures: Failures, now: datetime) -> Failures:
    """As it counts with a clock that was set back since: from now on, lest the pause never end."""
    if failures.last_at is None or failures.last_at <= now:
        return failures
    return failures.model_copy(update={"last_at": now})
