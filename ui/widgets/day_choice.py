"""A day, typed or chosen out of a calendar."""

from PyQt5.QtCore import QDate, QSize, Qt
from PyQt5.QtGui import QPaintEvent, QTextCharFormat
from PyQt5.QtWidgets import QCalendarWidget, QDateEdit, QToolButton, QWidget

from ui import theme
from ui.widgets.choice import draw_arrow
from ui.widgets.shapes import Sign, icon

WIDTH, HEIGHT = 24, 22
"""Of the calendar, in em: its days are large enough for a finger."""


class DayChoice(QDateEdit):
    """Opens its calendar by the arrow at its right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setDate(QDate.currentDate())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_arrow(self)

    def scale(self, em: int) -> None:
        """The font size is now so many pixels, or the look is another: Qt's own calendar knows of neither."""
        calendar = self.calendarWidget()
        calendar.setMinimumSize(em * WIDTH, em * HEIGHT)
        calendar.setVerticalHeaderFormat(QCalendarWidget.NoVerticalHeader)
        day, head = QTextCharFormat(), QTextCharFormat()
        day.setForeground(theme.TEXT)
        head.setForeground(theme.MUTED)
        head.setBackground(theme.SURFACE)
        calendar.setHeaderTextFormat(head)
        for weekend in (Qt.Saturday, Qt.Sunday):
            calendar.setWeekdayTextFormat(weekend, day)
        for name, sign in (("prev", Sign.LEFT), ("next", Sign.RIGHT)):
            button = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(icon(sign, em, theme.TEXT, self.devicePixelRatioF()))
                button.setIconSize(QSize(em, em))
