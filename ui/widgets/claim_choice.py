"""Which of the things that can be recorded of a component is recorded: one large button each."""

from collections.abc import Sequence

from PyQt5.QtCore import QSize, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from inspector.capture.claim import Claim
from ui import theme
from ui.widgets.claim_look import claim_look, claim_pixmap


class ClaimChoice(QWidget):
    """chosen: a person chose another one."""

    chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.claims: tuple[Claim, ...] = ()
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._hear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    @property
    def claim(self) -> Claim | None:
        index = next((i for i, button in enumerate(self.buttons) if button.isChecked()), None)
        return None if index is None else self.claims[index]

    def offer(self, claims: Sequence[Claim], chosen: Claim | None) -> None:
        """Show these, one of them chosen; the first where that one is not among them."""
        if tuple(claims) != self.claims:
            self._fill(claims)
        index = self.claims.index(chosen) if chosen in self.claims else 0
        if self.buttons:
            self.buttons[index].setChecked(True)

    def _fill(self, claims: Sequence[Claim]) -> None:
        for button in self.buttons:
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self.claims, self.buttons = tuple(claims), []
        for claim in claims:
            look = claim_look(claim)
            button = QPushButton(f" {look.word}")
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
            button.setToolTip(look.sentence)
            button.setAccessibleName(look.sentence)
            self._group.addButton(button)
            self._row.addWidget(button)
            self.buttons.append(button)
        self.scale(theme.em_of(self))

    @pyqtSlot()
    def _hear(self) -> None:
        self.chosen.emit()

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_S))
        size = round(em * 1.4)
        for claim, button in zip(self.claims, self.buttons, strict=True):
            button.setIcon(QIcon(claim_pixmap(claim, size, self.devicePixelRatioF())))
            button.setIconSize(QSize(size, size))
