"""When a station has to prove itself again. Pure: time is handed in."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from inspector.settings import ProofTimes


class Why(StrEnum):
    """Why a station proves itself."""

    START = "start"
    SHIFT = "shift"
    HOURS = "hours"
    DEMAND = "demand"


class Schedule:
    """Tells, once for each, that a time of the day has passed, or hours since the last proof.

    Args: when: what the settings say; now: the time on the wall, of any zone, always the same; now_s: monotonic.
    """

    def __init__(self, when: ProofTimes, now: datetime, now_s: float) -> None:
        self._times = sorted(time.fromisoformat(text) for text in when.at)
        self._every_s = None if when.every_hours is None else 3600 * when.every_hours
        self.begun(now, now_s)

    def begun(self, now: datetime, now_s: float) -> None:
        """A proof has begun now, for whatever reason."""
        self._passed = self._last_time(now)
        self._begun_s = now_s

    def due(self, now: datetime, now_s: float) -> Why | None:
        """What calls for a proof; not again once it has begun. A clock that is set back calls for nothing twice."""
        if self._times and self._last_time(now) > self._passed:
            return Why.SHIFT
        if self._every_s is not None and now_s - self._begun_s >= self._every_s:
            return Why.HOURS
        return None

    def _last_time(self, now: datetime) -> datetime:
        """The moment of the last time of the day that has passed; where there is none today, yesterday's last."""
        wall = now.replace(tzinfo=None)
        today = [datetime.combine(wall.date(), at) for at in self._times]
        passed = [moment for moment in today if moment <= wall]
        if passed or not today:
            return max(passed, default=wall)
        return today[-1] - timedelta(days=1)
