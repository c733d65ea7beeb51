"""The recordings of a recipe, and what is still to record."""

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from inspector.capture.claim import Claim
from inspector.labeling.collection import Collection, Kept
from ui import theme
from ui.widgets.recording_card import MissingCard, RecordingCard


class RecordingList(QScrollArea):
    """thrown: the id of one that a person wants gone. wanted: the Claim of one that they want to make."""

    thrown = pyqtSignal(str)
    wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recordings"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.NoFocus)
        self.cards: list[RecordingCard] = []
        self.missing: list[MissingCard] = []
        self._pictures: dict[str, QImage] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        for widget in (self._inside, self.viewport()):
            widget.setAutoFillBackground(False)

    def show_collection(self, collection: Collection) -> None:
        """What is missing stands first: it is what to do next."""
        for card in (*self.cards, *self.missing):
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        names = {kept.recording.id for kept in collection.kept}
        self._pictures = {name: picture for name, picture in self._pictures.items() if name in names}
        self.missing = [self._missing(claim) for claim in collection.missing]
        self.cards = [self._card(kept) for kept in collection.kept]
        for index, card in enumerate((*self.missing, *self.cards)):
            self._column.insertWidget(index, card)
        self.scale(theme.em_of(self))

    def _missing(self, claim: Claim) -> MissingCard:
        card = MissingCard(claim)
        card.clicked.connect(lambda: self.wanted.emit(claim))
        return card

    def _card(self, kept: Kept) -> RecordingCard:
        card = RecordingCard(kept)
        card.thrown.connect(lambda: self.thrown.emit(card.kept.recording.id))
        if (picture := self._pictures.get(card.kept.recording.id)) is not None:
            card.set_picture(picture)
        return card

    def set_picture(self, name: str, picture: QImage) -> None:
        """Of the recording with that id, if it is still listed."""
        for card in self.cards:
            if card.kept.recording.id == name:
                self._pictures[name] = picture
                card.set_picture(picture)

    def scale(self, em: int) -> None:
        self._column.setSpacing(round(em * theme.GAP_S))
        for missing in self.missing:
            missing.scale(em)
        for card in self.cards:
            card.scale(em)
