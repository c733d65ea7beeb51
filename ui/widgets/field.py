"""A value with its name above it and, below it, what it means or what is wrong with it."""

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt
from PyQt5.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import QLabel, QLineEdit, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from ui import theme
from ui.engine_words import translated
from ui.widgets.shapes import Sign, draw_sign

LINE = 1.35


def _takes_steps(event: QEvent) -> bool:
    """Whether an editor wants the keys of undo and redo for itself: the page has steps of its own, over all fields."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.ShortcutOverride
        and (event.matches(QKeySequence.Undo) or event.matches(QKeySequence.Redo))
    )


class Words(QLineEdit):
    """A line of text, whose changes are taken back with those of all other fields."""

    def event(self, event: QEvent) -> bool:
        if _takes_steps(event):
            event.ignore()
            return False
        return super().event(event)


class Number(QSpinBox):
    """A whole number. A wheel that turns over it scrolls the page, as over everything else there."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setButtonSymbols(QSpinBox.NoButtons)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setLineEdit(Words())
        self.setAlignment(Qt.AlignCenter)

    def event(self, event: QEvent) -> bool:
        if _takes_steps(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Remark(QWidget):
    """A quiet hint; or a fault, with a sign: what the engine says of a value is translated here, for all fields.

    Its first line has its place whether or not anything is said.
    """

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._hint, self.fault, self._said = hint, "", (hint, "")
        self.keeps_place = True

    @property
    def text(self) -> str:
        return self.fault or self._hint

    def say(self, hint: str, fault: str = "") -> None:
        if (hint, fault) != self._said:
            self._said = hint, fault
            self._hint, self.fault = translated(hint), translated(fault)
            self.setAccessibleName(self.text)
            self._fit()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        if self.height() != self._needed():
            self.setFixedHeight(self._needed())

    def _needed(self) -> int:
        em = theme.em_of(self)
        if not self.text:
            return round(em * LINE * theme.SMALL) if self.keeps_place else 0
        return max(round(em * LINE * theme.SMALL), int(self._place().height()) + 1)

    def _place(self) -> QRectF:
        left = theme.em_of(self) * 1.2 if self.fault else 0.0
        room = QRectF(left, 0, max(1.0, self.width() - left), 10_000)
        return QFontMetricsF(theme.font(self.font(), theme.SMALL)).boundingRect(room, int(Qt.TextWordWrap), self.text)

    def sizeHint(self) -> QSize:
        return QSize(0, self._needed())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, em = QPainter(self), theme.em_of(self)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        line = theme.WITHOUT.line if self.fault else theme.MUTED
        left = 0.0
        if self.fault:
            left = em * 1.2
            draw_sign(painter, Sign.ALARM, QRectF(0, em * 0.15, em * 0.9, em * 0.9), line)
        painter.setPen(QPen(line))
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), int(Qt.TextWordWrap), self.text)
        painter.end()


class Field(QWidget):
    """A caption, the widget that shows the value, and a remark."""

    def __init__(self, caption: str, content: QWidget, hint: str = "") -> None:
        super().__init__()
        self.content, self.hint = content, hint
        self.caption, self.remark = QLabel(caption), Remark(hint)
        self.caption.setObjectName("caption")
        self.caption.setBuddy(content)
        content.setAccessibleName(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.caption, content, self.remark):
            column.addWidget(widget)

    def say(self, fault: str, hint: str | None = None) -> None:
        """Show what is wrong with the value, "" for nothing; or another hint."""
        if hint is not None:
            self.hint = hint
        self.remark.say(self.hint, fault)
        mark(self.content, bool(fault))


def mark(widget: QWidget, wrong: bool) -> None:
    """Give a widget the border of a value that is wrong, or take it away."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
