"""How much a training shall take on: one card for each preset, of which one is chosen."""

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from inspector.presets import PRESETS, STANDARD
from ui import theme


class PresetCard(QAbstractButton):
    """A name, what it is for, and how long it takes where somebody asked."""

    def __init__(self, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setCursor(Qt.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.purpose, self.time = purpose, ""
        self.setAccessibleName(title)
        self.setAccessibleDescription(purpose)

    def set_time(self, text: str) -> None:
        self.time = text
        self.setAccessibleDescription(f"{self.purpose} {text}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(theme.em_of(self) * 7.4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, em = QPainter(self), theme.em_of(self)
        painter.setRenderHint(QPainter.Antialiasing)
        chosen, inset = self.isChecked(), em * 0.1
        color = theme.FOCUS if self.hasFocus() else theme.TEXT if chosen else theme.BORDER
        painter.setPen(QPen(color, em * (0.16 if chosen or self.hasFocus() else 0.08)))
        painter.setBrush(theme.RAISED if chosen or self.underMouse() else theme.SURFACE)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), em * 0.5, em * 0.5)
        self._paint_choice(painter, QRectF(em * 1.0, em * 1.0, em * 1.2, em * 1.2))
        self._paint_words(painter, QRectF(self.rect()).adjusted(em * 2.9, em * 0.8, -em, -em * 0.8), em)
        painter.end()

    def _paint_choice(self, painter: QPainter, box: QRectF) -> None:
        """A ring, and in it a disc where this is the one."""
        painter.setBrush(Qt.NoBrush)
        painter.setPen(QPen(theme.TEXT if self.isChecked() else theme.MUTED, box.width() * 0.12))
        painter.drawEllipse(box)
        if self.isChecked():
            inset = box.width() * 0.26
            painter.setPen(Qt.NoPen)
            painter.setBrush(theme.TEXT)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))

    def _paint_words(self, painter: QPainter, box: QRectF, em: int) -> None:
        painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
        painter.setPen(QPen(theme.TEXT if self.isEnabled() else theme.FAINT))
        painter.drawText(box, int(Qt.AlignLeft | Qt.AlignTop), self.text())
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED if self.isEnabled() else theme.FAINT))
        below = box.adjusted(0, em * 1.8, 0, -em * 1.5 if self.time else 0)
        painter.drawText(below, int(Qt.AlignLeft | Qt.AlignTop | Qt.TextWordWrap), self.purpose)
        painter.setFont(theme.font(self.font(), theme.BODY, bold=True))
        painter.setPen(QPen(theme.TEXT))
        painter.drawText(box, int(Qt.AlignLeft | Qt.AlignBottom), self.time)


class PresetCards(QWidget):
    """The presets side by side. changed: another one is chosen."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {name: PresetCard(*self._words(name)) for name in PRESETS}
        self._group, self._layout = QButtonGroup(self), QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for card in self.cards.values():
            self._group.addButton(card)
            self._layout.addWidget(card, 1)
        self.cards[STANDARD].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.changed.emit())

    def _words(self, name: str) -> tuple[str, str]:
        return {
            "quick": (self.tr("Quick"), self.tr("To see in minutes whether the recordings teach. Not for a station.")),
            "standard": (self.tr("Standard"), self.tr("For a station. The right one unless something speaks against.")),
            "thorough": (
                self.tr("Thorough"),
                self.tr("For small components: looks closer and longer. Wants a machine with a GPU."),
            ),
        }[name]

    @property
    def chosen(self) -> str:
        """The preset's name."""
        return next(name for name, card in self.cards.items() if card.isChecked())

    def forget_times(self) -> None:
        """What was expected no longer holds."""
        for card in self.cards.values():
            card.set_time("")

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_M))
        for card in self.cards.values():
            card.updateGeometry()
