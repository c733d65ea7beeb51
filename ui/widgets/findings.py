"""What was found of each component, one card each, in the recipe's order."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt5.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Recipe
from ui import theme
from ui.remedies import said
from ui.widgets.shapes import draw_badge
from ui.widgets.tip import as_tip

CARD, GAP = 3.6, 0.4
LARGEST = 1.45
WRONG = (Verdict.NOT_OK, Verdict.NOT_DECIDABLE)


def expected(recipe: Recipe) -> tuple[Finding, ...]:
    """What will be looked for, as findings of which nothing is said yet."""
    return tuple(Finding(c.name, None, c.count, 0, Verdict.UNDEFINED) for c in recipe.components)


class Cards(QWidget):
    """The cards, all of one height whether or not something is wrong; larger where few of them have much room.

    Only a reason too long for one line makes its card higher.
    """

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
        places = self.places()
        return QSize(0, int(places[-1].bottom()) + 1 if places else 0)

    def places(self) -> list[QRectF]:
        """Where each card lies."""
        places, top = [], 0.0
        for finding in self.findings:
            places.append(QRectF(0, top, self.width(), self._height(finding)))
            top = places[-1].bottom() + GAP * self.unit()
        return places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        for card, finding in zip(self.places(), self.findings, strict=True):
            self._paint(painter, card, finding)
        painter.end()

    def _paint(self, painter: QPainter, card: QRectF, finding: Finding) -> None:
        em, tone = self.unit(), theme.TONES[finding.verdict]
        wrong = finding.verdict in WRONG
        painter.setPen(QPen(tone.fill, em * 0.14) if wrong else Qt.NoPen)
        painter.setBrush(theme.RAISED if wrong else theme.SURFACE)
        inset = em * 0.07
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), em * 0.4, em * 0.4)
        sign = QRectF(card.left() + em * 0.9, card.center().y() - em * 0.8, em * 1.6, em * 1.6)
        draw_badge(painter, finding.verdict, sign, theme.FAINT if tone is theme.CALM else tone.fill, tone.ink)
        painter.setFont(self._font(theme.STRONG, bold=True))
        painter.setPen(QPen(theme.MUTED if finding.verdict is Verdict.UNDEFINED else theme.TEXT))
        painter.drawText(card.adjusted(0, 0, -em, 0), int(Qt.AlignRight | Qt.AlignVCenter), self._count(finding))
        self._paint_words(painter, card, finding)

    def _paint_words(self, painter: QPainter, card: QRectF, finding: Finding) -> None:
        """The component's name, and under it what is wrong, together in the middle of the card's height."""
        name_font, width = self._font(theme.STRONG, bold=True), self._words_width(finding)
        name_height, text_height = QFontMetricsF(name_font).height(), self._reason_height(finding)
        words = QRectF(self.unit() * 3.4, card.center().y() - (name_height + text_height) / 2, width, name_height)
        painter.setFont(name_font)
        painter.setPen(QPen(theme.TEXT))
        name = QFontMetricsF(name_font).elidedText(finding.component, Qt.ElideRight, width)
        painter.drawText(words, int(Qt.AlignLeft | Qt.AlignVCenter), name)
        painter.setFont(self._reason_font(finding))
        painter.setPen(QPen(theme.TONES[finding.verdict].line))
        below = QRectF(words.left(), words.bottom(), width, text_height)
        painter.drawText(below, int(Qt.AlignLeft | Qt.TextWordWrap), said(finding))

    def _count(self, finding: Finding) -> str:
        text = self.tr("%2 expected") if finding.verdict is Verdict.UNDEFINED else self.tr("%1 of %2")
        return text.replace("%1", str(finding.found)).replace("%2", str(finding.expected))

    def _words_width(self, finding: Finding) -> float:
        """What the sign and the count leave to the words."""
        count = QFontMetricsF(self._font(theme.STRONG, bold=True)).horizontalAdvance(self._count(finding))
        return max(1.0, self.width() - count - self.unit() * 5.4)

    def _height(self, finding: Finding) -> float:
        name = QFontMetricsF(self._font(theme.STRONG, bold=True)).height()
        return max(CARD * self.unit(), name + self._reason_height(finding) + 0.7 * self.unit())

    def _reason_font(self, finding: Finding) -> QFont:
        """A smaller one for what does not fit into one line."""
        font = self._font(theme.BODY)
        fits = QFontMetricsF(font).horizontalAdvance(said(finding)) <= self._words_width(finding)
        return font if fits else self._font(theme.SMALL)

    def _reason_height(self, finding: Finding) -> float:
        if not said(finding):
            return 0.0
        place = QRectF(0, 0, self._words_width(finding), 10_000)
        metrics = QFontMetricsF(self._reason_font(finding))
        return metrics.boundingRect(place, int(Qt.TextWordWrap), said(finding)).height()

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
        self.cards.setToolTip(as_tip("\n".join(f"{f.component} {said(f)}" for f in findings if said(f))))
        self.setAccessibleDescription("; ".join(f"{f.component} {said(f)}".strip() for f in findings))
        wrong = [i for i, f in enumerate(findings) if f.verdict in WRONG]
        if wrong:
            self.ensureVisible(0, int(self.cards.places()[wrong[0]].center().y()), 0, int(theme.em_of(self) * CARD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.cards.room = self.viewport().height()
        self.cards.updateGeometry()
        super().resizeEvent(event)
