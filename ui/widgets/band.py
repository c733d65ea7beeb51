"""How the station stands, across the whole screen: colour, shape and word, to be read from far away."""

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.inspection.view import State
from ui import theme
from ui.translation import translate
from ui.widgets.deed import Deed
from ui.widgets.look import Look, state_look
from ui.widgets.shapes import Sign, draw_sign

SHARE = 0.13
"""Of the screen's height."""
LETTERS = 0.84
"""The font's size as a share of the band's height: its capitals, with the dots of an umlaut above them, fit."""

BUSY = theme.Tone(theme.FOCUS, theme.BACKGROUND, theme.FOCUS, theme.FOCUS)
"""Not yet, and nothing is wrong: neither the grey of what runs nor the white of a fault."""


class Band(QWidget):
    """A look's sign and word at the left; beside it what is wrong, in a sentence; at the right a way out, locked."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("State of the station"))
        self.look, self.sentence = band_look(State.STARTING), ""
        self.lock = Deed(Sign.LOCK, self.tr("Leave the kiosk"), shown=False, quiet=False)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self.lock)

    def set_look(self, look: Look, sentence: str = "") -> None:
        if (look, sentence) != (self.look, self.sentence):
            self.look, self.sentence = look, sentence
            self.setAccessibleDescription(f"{look.word} {sentence}".strip())
            self.update()

    def scale(self, em: int, height: int) -> None:
        """height: of the screen."""
        self.setFixedHeight(round(height * SHARE))
        self.layout().setContentsMargins(em, 0, round(em * theme.GAP_L), 0)
        self.lock.scale()

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def word_font(self) -> QFont:
        """As high as the band allows, and no wider than leaves room for a sentence."""
        result = QFont(self.font())
        result.setWeight(QFont.Bold)
        result.setPixelSize(100)
        width = QFontMetricsF(result).horizontalAdvance(self.look.word)
        result.setPixelSize(max(1, int(min(self.height() * LETTERS, 100 * self.width() * 0.58 / max(width, 1.0)))))
        return result

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tone = QPainter(self), self.look.tone
        painter.setRenderHint(QPainter.Antialiasing)
        painter.fillRect(self.rect(), tone.fill)
        high, em = self.height(), theme.em_of(self)
        ink = tone.ink if self.look.loud else theme.TEXT
        draw_sign(painter, self.look.sign, QRectF(high * 0.25, high * 0.2, high * 0.6, high * 0.6), ink)
        painter.setFont(self.word_font())
        painter.setPen(QPen(ink))
        metrics = QFontMetricsF(painter.font())
        painter.drawText(QPointF(high * 1.1, (high + metrics.capHeight()) / 2), self.look.word)
        taken = metrics.horizontalAdvance(self.look.word)
        painter.setFont(theme.font(self.font(), theme.STRONG))
        room = QRectF(high * 1.1 + taken + em * 1.5, 0, 0, high)
        room.setRight(self.lock.x() - em)
        painter.drawText(room, int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextWordWrap), self.sentence)
        painter.end()


def band_look(state: State) -> Look:
    """The same signs as everywhere, in capitals, for they are read from far away."""
    look = state_look(state)
    words = {
        State.STOPPED: translate("Band", "STOPPED"),
        State.STARTING: translate("Band", "STARTING"),
        State.PROVING: translate("Band", "PROVING"),
        State.READY: translate("Band", "READY"),
        State.RUNNING: translate("Band", "RUNNING"),
        State.ERROR: translate("Band", "FAULT"),
    }
    tone = BUSY if state in (State.STARTING, State.PROVING) else look.tone
    return Look(look.sign, words[state], tone, loud=tone is not theme.CALM)
