"""What stands on paper in words, dates and numbers: here in English; a window hands over those of its language."""

import re
from datetime import datetime

from inspector.inspection.verdict import Verdict

VALUE = re.compile(r"%\d+")


class Words:
    """The language of a report. Another one is a class of its own, which says each of these otherwise."""

    language = "en"

    def phrase(self, english: str, *values: object) -> str:
        """A phrase with its values in the places of %1, %2 … `make translations` reads these out of the code."""
        return VALUE.sub(lambda value: str(values[int(value[0][1:]) - 1]), self.translated(english))

    def translated(self, english: str) -> str:
        """A phrase, its places still open."""
        return english

    def reason(self, said: str) -> str:
        """Why something is not OK, as records keep it."""
        return said

    def verdict(self, verdict: Verdict) -> str:
        """As the screen says it."""
        return verdict.word

    def percent(self, share: float, digits: int = 2) -> str:
        """A share of 0 to 1."""
        return f"{self.decimal(100 * share, digits)} %"

    def decimal(self, value: float, digits: int) -> str:
        """A number with so many digits behind its point."""
        return f"{value:.{digits}f}"

    def moment(self, moment: datetime, time: str = "%H:%M") -> str:
        """A day and its time, of this machine. time: as `strftime` writes it."""
        here = moment.astimezone()
        return f"{self.day(here)} {here:{time}}"

    def day(self, here: datetime) -> str:
        """The day of a local moment."""
        return f"{here:%Y-%m-%d}"

    def weekday(self, here: datetime) -> str:
        """The name of a local moment's day, cut short."""
        return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[here.weekday()]


ENGLISH = Words()
