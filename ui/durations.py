"""Durations and moments as they stand on a page: short."""

from datetime import datetime

from PyQt5.QtCore import QDateTime, QLocale


def clock(seconds: float, tenths: bool = False) -> str:
    """`1:05`, or `1:05.3`."""
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}" if tenths else f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def moment(at: datetime) -> str:
    """The time of today, else the date."""
    here = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    if here.date() == QDateTime.currentDateTime().date():
        return here.time().toString("HH:mm")
    return QLocale().toString(here.date(), QLocale.ShortFormat)


def brief(seconds: float) -> str:
    """As in "40 s", "7 min", "2 h 10 min", "3 d"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    if hours >= 48:
        return f"{round(minutes / 60 / 24)} d"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
