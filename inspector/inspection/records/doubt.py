"""Whether the clock is to be believed before anything is removed that it calls old."""

import time
from datetime import datetime, timedelta

from sqlalchemy import func, select

from inspector.inspection.records.records import Records
from inspector.inspection.records.schema import InspectionRow, as_us

LEAP_S = 600.0
DAY = timedelta(days=1)
DOUBT_S = DAY.total_seconds()
"""How long the clock is doubted: who works at the line sees a wrong one within a day, and a network puts it right."""


class Doubt:
    """Of a clock that leapt ahead, for a day; and at the start of one that says that nothing was recorded on the day
    before the last: perhaps it leapt while this program did not run.

    So a start does not follow on the last row, but on what is at least a day old: a station that is started again under
    a wrong clock has rows of that already.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._seen: datetime | None = None
        self._seen_s = 0.0
        self._until_s = 0.0

    def of(self, now: datetime) -> bool:
        """Whether this moment of the clock, aware UTC, is to be doubted. Raises: MachineError of the records."""
        now_s = time.monotonic()
        if self._leapt(now, now_s):
            self._until_s = now_s + DOUBT_S
        self._seen, self._seen_s = now, now_s
        return now_s < self._until_s

    def _leapt(self, now: datetime, now_s: float) -> bool:
        if self._seen is None:
            return self._follows_on_nothing(now)
        return (now - self._seen).total_seconds() - (now_s - self._seen_s) > LEAP_S

    def _follows_on_nothing(self, now: datetime) -> bool:
        query = select(func.max(InspectionRow.started_us)).where(InspectionRow.started_us < as_us(now - DAY))
        with self._records.database.begin() as connection:
            newest = connection.scalar(query)
        return newest is not None and newest < as_us(now - 2 * DAY)
