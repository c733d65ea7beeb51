"""What was found of each component, one card each, in the recipe's order."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt5.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Recipe
from ui import theme
from ui.widgets.shapes import draw_badge

CARD, GAP = 3.6, 0.4
LARGEST = 1.45


def expected(recipe: Recipe) -> tuple[Finding, ...]:
    """What will be looked for, as findings of which nothing is said yet."""
    return tuple(Finding(c.name, None, c.count, 0, Verdict.UNDEFINED) for c in recipe.components)


def explanation(finding: Finding) -> str:
    """The reason without the component's name, which stands above it."""
    return finding.reason.replace(f"{finding.component}: ", "", 1)


class Cards(QWidget):
    """The cards, all of one height whether or not something is wrong; larger where few of them have much room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.findings: tuple[Finding, ...] = ()
        self.room = 0

    def unit(self) -> float:
        """The em that the cards are drawn with, in pixels."""
        em = theme.em_of(self)
        return em * max(1.0, min(LARGEST, self.room / (em * (CARD + GAP) * max(1, len(self.findings)))))

    def sizeHint(self) -> QSize:
        count = len(self.findings)
        return QSize(0, int(self.unit() * max(0.0, count * (CARD + GAP) - GAP)) + 1)

    def card(self, index: int) -> QRectF:
        """The place of one card."""
        em = self.unit()
        return QRectF(0, index * em * (CARD + GAP), self.width(), em * CARD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        for index, finding in enumerate(self.findings):
            self._paint(painter, self.card(index), finding)
        painter.end()

    def _paint(self, painter: QPainter, card: QRectF, finding: Finding) -> None:
        em, tone = self.unit(), theme.TONES[finding.verdict]
        wrong = finding.verdict in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE)
        painter.setPen(QPen(tone.fill, em * 0.14) if wrong else Qt.NoPen)
        painter.setBrush(theme.RAISED if wrong else theme.SURFACE)
        inset = em * 0.07
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), em * 0.4, em * 0.4)
        sign = QRectF(card.left() + em * 0.9, card.center().y() - em * 0.8, em * 1.6, em * 1.6)
        draw_badge(painter, finding.verdict, sign, theme.FAINT if tone is theme.CALM else tone.fill, tone.ink)
        count = self._paint_count(painter, card, finding)
        self._paint_words(painter, card.adjusted(em * 3.4, em * 0.32, -count, -em * 0.32), finding)

    def _paint_count(self, painter: QPainter, card: QRectF, finding: Finding) -> float:
        """Draw "3 of 4" at the right; returns the width that it takes."""
        em = self.unit()
        known = finding.verdict is not Verdict.UNDEFINED
        text = self.tr("%1 of %2") if known else self.tr("%2 expected")
        text = text.replace("%1", str(finding.found)).replace("%2", str(finding.expected))
        painter.setFont(self._font(theme.STRONG, bold=True))
        painter.setPen(QPen(theme.TEXT if known else theme.MUTED))
        right = card.adjusted(0, 0, -em, 0)
        painter.drawText(right, int(Qt.AlignRight | Qt.AlignVCenter), text)
        return QFontMetricsF(painter.font()).horizontalAdvance(text) + em * 2

    def _paint_words(self, painter: QPainter, box: QRectF, finding: Finding) -> None:
        """The component's name, and under it what is wrong."""
        text, left = explanation(finding), int(Qt.AlignLeft)
        reason, lines = self._reason_font(text, box.width())
        upper = QRectF(
            box.left(), box.top(), box.width(), box.height() * ((0.52 if lines == 1 else 0.4) if text else 1.0)
        )
        painter.setFont(self._font(theme.STRONG, bold=True))
        painter.setPen(QPen(theme.TEXT))
        name = QFontMetricsF(painter.font()).elidedText(finding.component, Qt.ElideRight, box.width())
        painter.drawText(upper, left | int(Qt.AlignBottom if text else Qt.AlignVCenter), name)
        painter.setFont(reason)
        painter.setPen(QPen(theme.TONES[finding.verdict].line))
        lower = QRectF(box.left(), upper.bottom(), box.width(), box.bottom() - upper.bottom())
        painter.drawText(lower, left | int(Qt.AlignTop | Qt.TextWordWrap), text)

    def _reason_font(self, text: str, width: float) -> tuple[QFont, int]:
        """The largest font in which the text fits into one line, else one that makes two of it."""
        for scale in (theme.BODY, theme.SMALL):
            font = self._font(scale)
            if QFontMetricsF(font).horizontalAdvance(text) <= width:
                return font, 1
        return self._font(theme.TINY), 2

    def _font(self, scale: float, bold: bool = False) -> QFont:
        return theme.font(self.font(), scale * self.unit() / theme.em_of(self), bold)


class Findings(QScrollArea):
    """The cards, scrolled to the first that is wrong where they do not all fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Expanding)
        self.setFocusPolicy(Qt.NoFocus)
        self.setAccessibleName(self.tr("Findings"))
        self.cards = Cards()
        self.setWidget(self.cards)
        self.viewport().setAutoFillBackground(False)
        self.cards.setAutoFillBackground(False)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        findings = tuple(findings)
        if findings == self.cards.findings:
            return
        self.cards.findings = findings
        self.cards.updateGeometry()
        self.cards.update()
        self.cards.setToolTip("\n".join(finding.reason for finding in findings if finding.reason))
        self.setAccessibleDescription("; ".join(finding.reason or f"{finding.component}" for finding in findings))
        wrong = [i for i, f in enumerate(findings) if f.verdict in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE)]
        if wrong:
            self.ensureVisible(0, int(self.cards.card(wrong[0]).center().y()), 0, int(theme.em_of(self) * CARD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.cards.room = self.viewport().height()
        self.cards.updateGeometry()
        super().resizeEvent(event)
