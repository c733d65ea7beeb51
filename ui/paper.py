"""What is written on paper, in the language of the window."""

from datetime import datetime

from PyQt5.QtCore import QDateTime, QLocale

from inspector.inspection.records.words import Words  # with a database behind it: only where paper is written
from inspector.inspection.verdict import Verdict
from ui.engine_words import on_paper
from ui.judged import as_told
from ui.widgets.look import word_of


class PaperWords(Words):
    """Of the language that is spoken when it is made. English dates stay as they sort, which nobody can misread."""

    def __init__(self) -> None:
        self._locale = QLocale()
        self._is_english = self._locale.language() in (QLocale.C, QLocale.English)
        self.language = "en" if self._is_english else self._locale.bcp47Name()

    def translated(self, english: str) -> str:
        return on_paper(english)

    def reason(self, said: str) -> str:
        return as_told(said)

    def verdict(self, verdict: Verdict) -> str:
        return word_of(verdict)

    def decimal(self, value: float, digits: int) -> str:
        return self._locale.toString(value, "f", digits)

    def day(self, here: datetime) -> str:
        if self._is_english:
            return super().day(here)
        form = self._locale.dateFormat(QLocale.ShortFormat)
        # Paper is read years later.
        return self._locale.toString(_date(here), form if "yyyy" in form else form.replace("yy", "yyyy"))

    def weekday(self, here: datetime) -> str:
        return self._locale.toString(_date(here), "ddd")


def _date(here: datetime) -> QDateTime:
    return QDateTime(here.year, here.month, here.day, here.hour, here.minute)
