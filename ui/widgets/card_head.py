"""The line that sums up a component; pressed, it opens the component's card."""

from collections.abc import Mapping
from typing import Any

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.translation import translate
from ui.widgets.shapes import Sign, draw_sign


class CardHead(QAbstractButton):
    """The component's name and what is asked of it; pressed, its card opens."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.name, self.summary, self.wrong = "", "", False

    def tell(self, name: str, summary: str, wrong: bool) -> None:
        self.name, self.summary, self.wrong = name, summary, wrong
        self.setAccessibleName(f"{name}, {summary}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(theme.em_of(self) * 3.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, em = QPainter(self), theme.em_of(self)
        painter.setRenderHint(QPainter.Antialiasing)
        box = QRectF(self.rect())
        if self.hasFocus():
            painter.setPen(QPen(theme.FOCUS, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), em * 0.5, em * 0.5)
        chevron = QRectF(box.right() - em * 2, box.center().y() - em * 0.45, em * 0.9, em * 0.9)
        draw_sign(painter, Sign.UP if self.isChecked() else Sign.DOWN, chevron, theme.MUTED)
        if self.wrong:
            alarm = QRectF(box.right() - em * 3.9, box.center().y() - em * 0.6, em * 1.2, em * 1.2)
            draw_sign(painter, Sign.ALARM, alarm, theme.WITHOUT.line)
        words = box.adjusted(em * 0.9, em * 0.55, -em * 4.2, -em * 0.55)
        self._paint_words(painter, words)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        for text, scale, bold, color, side in (
            (self.name, theme.STRONG, True, theme.TEXT, Qt.AlignTop),
            (self.summary, theme.SMALL, False, theme.MUTED, Qt.AlignBottom),
        ):
            painter.setFont(theme.font(self.font(), scale, bold))
            painter.setPen(QPen(color))
            line = QFontMetricsF(painter.font()).elidedText(text, Qt.ElideRight, box.width())
            painter.drawText(box, int(side | Qt.AlignLeft), line)


def coordinates(region: Any) -> str:
    """The corners of a region, as a person reads them."""
    left, top, right, bottom = (f"{value:g}" for value in region)
    return f"{left}, {top} - {right}, {bottom}"


def summary(values: Mapping[str, Any]) -> str:
    """What is asked of a component, in a line."""
    expected = translate("CardHead", "%1 expected").replace("%1", str(values["count"]))
    said = [expected if values["count"] else translate("CardHead", "must not be there")]
    passes, fails = translate("CardHead", "%1 passes"), translate("CardHead", "%1 fails")
    said += [(passes if p["passes"] else fails).replace("%1", str(p["name"])) for p in values["patterns"]]
    said.append(translate("CardHead", "in its region") if values["region"] else translate("CardHead", "anywhere"))
    return " · ".join(said)
