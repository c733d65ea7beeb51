"""When shifts begin: the section `shifts` of `settings.yaml`; and spans of time as a person at the line names them.

Shifts follow the clock on the wall. In the night in which that is set, one is an hour longer or shorter. Pure.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field, field_validator

from inspector.files import Section

TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Span(NamedTuple):
    """A stretch of time, aware: the start is in it, the end is not."""

    start: datetime
    end: datetime


class Period(StrEnum):
    """A span that moves with the clock."""

    SHIFT = "shift"
    TODAY = "today"
    WEEK = "week"


class Shifts(Section):
    """`shifts:` of the settings. at: times of the day on the clock of the wall at which a shift begins, `06:00`; with
    none, one begins at midnight.
    """

    at: tuple[str, ...] = Field(default=(), max_length=24)

    @field_validator("at")
    @classmethod
    def _at(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        times = times_of_day(value)
        if len(set(times)) < len(times):
            raise ValueError("two shifts begin at the same time")
        return times

    def around(self, moment: datetime, zone: tzinfo | None = None) -> Span:
        """The shift that a moment (aware) lies in. zone: of the clock on the wall; None for this machine's."""
        today = moment.astimezone(zone).date()
        begins = list(self._begins(today - DAY, today + 2 * DAY, zone))
        number = max(index for index, start in enumerate(begins) if start <= moment)
        return Span(begins[number], begins[number + 1])

    def begun(self, now: datetime) -> datetime:
        """When the shift began that it is now. now: aware, in the zone of the clock on the wall; so is the answer."""
        return self.around(now, now.tzinfo).start.astimezone(now.tzinfo)

    def within(self, span: Span, zone: tzinfo | None = None) -> list[Span]:
        """The shifts that a span touches, in order, cut where it begins and ends."""
        first, last = (moment.astimezone(zone).date() for moment in span)
        begins = list(self._begins(first - DAY, last + 2 * DAY, zone))
        whole = (Span(start, end) for start, end in pairwise(begins))
        return [
            Span(max(shift.start, span.start), min(shift.end, span.end))
            for shift in whole
            if shift.end > span.start and shift.start < span.end
        ]

    def span(self, period: Period, now: datetime, zone: tzinfo | None = None) -> Span:
        """The whole of it: a shift that runs, and today, end in the future. A week: today and six days before."""
        if period is Period.SHIFT:
            return self.around(now, zone)
        today = now.astimezone(zone).date()
        first = today - 6 * DAY if period is Period.WEEK else today
        return days(first, today, zone)

    def _begins(self, first: date, last: date, zone: tzinfo | None) -> Iterator[datetime]:
        times = sorted(time.fromisoformat(text) for text in self.at) or [time()]
        for number in range((last - first).days + 1):
            for at in times:
                yield on_the_wall(first + number * DAY, at, zone)


def hours(span: Span) -> list[Span]:
    """The span in stretches of an hour; the last one may be shorter."""
    count = -((span.start - span.end) // HOUR)
    starts = [span.start + number * HOUR for number in range(count)]
    return [Span(start, min(start + HOUR, span.end)) for start in starts]


def days(first: date, last: date, zone: tzinfo | None = None) -> Span:
    """From the beginning of the first day to the end of the last one."""
    return Span(on_the_wall(first, time(), zone), on_the_wall(last + DAY, time(), zone))


def on_the_wall(day: date, at: time, zone: tzinfo | None = None) -> datetime:
    """The moment, in UTC, at which the clock on the wall shows that. zone: None for this machine's."""
    shown = datetime.combine(day, at)
    # Python subtracts moments of one zone as their clocks show them, an hour off in the night in which it is set.
    return (shown if zone is None else shown.replace(tzinfo=zone)).astimezone(UTC)


def times_of_day(value: tuple[str, ...]) -> tuple[str, ...]:
    """Them, where each is one, `06:00`. Raises: ValueError."""
    for text in value:
        if not TIME_OF_DAY.fullmatch(text):
            raise ValueError(f"'{text}' should be a time of the day from 00:00 to 23:59")
    return value
