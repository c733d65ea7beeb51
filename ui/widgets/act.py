"""Buttons that say which key does the same."""

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QPushButton, QSizePolicy

from ui import theme
from ui.widgets.shapes import Sign, draw_sign

EDGE, SIGN, SMALLER = 0.7, 1.1, 0.85


class Act(QPushButton):
    """A sign and a word at the left, the key discreetly at the right; the sign alone where the word is "".

    A press leaves the keyboard where it is: on the picture. tint: the colour of the sign, where it means something.
    """

    def __init__(self, sign: Sign, word: str, key: str, name: str = "", tint: QColor | None = None) -> None:
        super().__init__()
        self.sign, self.word, self.key, self.tint = sign, word, key, tint
        self.setFocusPolicy(Qt.TabFocus)
        self.setAccessibleName(name or word)
        self.setToolTip(f"{name or word} ({key})" if key else name or word)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def set_word(self, sign: Sign, word: str) -> None:
        """It does something else now."""
        self.sign, self.word = sign, word
        self.setAccessibleName(word)
        self.update()

    def invite(self, on: bool) -> None:
        """Be the light button of the page, or one of the others."""
        name = "primary" if on else ""
        if self.objectName() != name:
            self.setObjectName(name)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def sizeHint(self) -> QSize:
        em = theme.em_of(self)
        return QSize(round(em * theme.TOUCH), round(em * theme.TOUCH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        em, box = theme.em_of(self), QRectF(self.rect())
        if self.isChecked():
            painter.setRenderHint(QPainter.Antialiasing)
            width = max(2.0, em * 0.13)
            painter.setPen(QPen(theme.TEXT, width))
            painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), em * 0.4, em * 0.4)
        self.paint_content(painter, box, em)
        painter.end()

    @property
    def ink(self) -> QColor:
        """The colour of what is drawn on it."""
        if not self.isEnabled():
            return theme.FAINT
        return theme.BACKGROUND if self.objectName() == "primary" else theme.TEXT

    def paint_content(self, painter: QPainter, box: QRectF, em: int) -> None:
        sign = QRectF(em * EDGE, box.center().y() - em * SIGN / 2, em * SIGN, em * SIGN)
        if not self.word:
            sign.moveCenter(box.center())
        self.paint_sign(painter, sign)
        if not self.word:
            self.paint_key(painter, box.adjusted(0, 0, -em * 0.4, -em * 0.2), Qt.AlignRight | Qt.AlignBottom)
        else:
            keys = self.paint_key(painter, box.adjusted(0, 0, -em * EDGE, 0), Qt.AlignRight | Qt.AlignVCenter)
            place = box.adjusted(em * (EDGE * 1.7 + SIGN), 0, -em * EDGE * 1.4 - keys, 0)
            self.paint_word(painter, place, Qt.AlignLeft | Qt.AlignVCenter, theme.BODY)

    def paint_sign(self, painter: QPainter, place: QRectF) -> None:
        draw_sign(painter, self.sign, place, self.tint if self.tint and self.isEnabled() else self.ink)

    def paint_key(self, painter: QPainter, place: QRectF, align: Qt.Alignment | Qt.AlignmentFlag) -> float:
        """Returns how much room it took."""
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED if self.isEnabled() and self.objectName() != "primary" else self.ink))
        painter.drawText(place, int(align), self.key)
        return QFontMetricsF(painter.font()).horizontalAdvance(self.key)

    def paint_word(
        self, painter: QPainter, place: QRectF, align: Qt.Alignment | Qt.AlignmentFlag, scale: float
    ) -> None:
        painter.setFont(theme.font(self.font(), scale, bold=True))
        # In some languages a word is longer than the button: rather smaller than cut short.
        if QFontMetricsF(painter.font()).horizontalAdvance(self.word) > place.width():
            painter.setFont(theme.font(self.font(), scale * SMALLER, bold=True))
        painter.setPen(QPen(self.ink))
        word = QFontMetricsF(painter.font()).elidedText(self.word, Qt.ElideRight, place.width())
        painter.drawText(place, int(align), word)


class Plate(Act):
    """The word above, and below it in small letters how that stands."""

    def __init__(self, sign: Sign, word: str) -> None:
        super().__init__(sign, word, "")
        self.state = ""

    def set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.setAccessibleDescription(state)
            self.setToolTip(state)
            self.update()

    def paint_content(self, painter: QPainter, box: QRectF, em: int) -> None:
        self.paint_sign(painter, QRectF(em * EDGE, box.center().y() - em * SIGN / 2, em * SIGN, em * SIGN))
        place = box.adjusted(em * (EDGE * 1.7 + SIGN), em * 0.3, -em * 0.3, -em * 0.35)
        self.paint_word(painter, place, Qt.AlignLeft | Qt.AlignTop, theme.BODY)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED if self.isEnabled() else theme.FAINT))
        state = QFontMetricsF(painter.font()).elidedText(self.state, Qt.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignLeft | Qt.AlignBottom), state)


class Tile(Act):
    """Narrow: the sign and the key above, the word below."""

    def paint_content(self, painter: QPainter, box: QRectF, em: int) -> None:
        self.paint_sign(painter, QRectF(em * 0.5, em * 0.45, em, em))
        self.paint_key(painter, box.adjusted(0, em * 0.4, -em * 0.4, 0), Qt.AlignRight | Qt.AlignTop)
        below = box.adjusted(em * 0.5, em * 1.5, -em * 0.2, -em * 0.2)
        self.paint_word(painter, below, Qt.AlignLeft | Qt.AlignVCenter, theme.SMALL)
