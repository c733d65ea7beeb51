"""When shifts begin, and which one it is. Pure."""

from datetime import datetime, time, timedelta

from pydantic import field_validator

from inspector.files import Section


class Shifts(Section):
    """`shifts:` of the settings. at: times of the day on the clock of the wall at which a shift begins, `06:00`; with
    none, one begins at midnight.
    """

    at: tuple[str, ...] = ()

    @field_validator("at")
    @classmethod
    def _at(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return times_of_day(value)

    def begun(self, now: datetime) -> datetime:
        """When the shift began that it is now. now: aware, in the zone of the clock on the wall; so is the answer."""
        times = [begin for text in self.at if (begin := _time(text)) is not None] or [time(0, 0)]
        days = (now.date() - timedelta(days=1), now.date())
        begins = [datetime.combine(day, begin, now.tzinfo) for day in days for begin in times]
        return max(begin for begin in begins if begin <= now)


def times_of_day(value: tuple[str, ...]) -> tuple[str, ...]:
    """Them, where each is one, `06:00`. Raises: ValueError."""
    for text in value:
        if _time(text) is None:
            raise ValueError(f"'{text}' should be a time of the day from 00:00 to 23:59")
    return value


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time() if len(text) == len("06:00") else None
    except ValueError:
        return None
