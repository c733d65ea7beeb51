"""The recordings that were deleted, newest first: each can be put back until the trash is emptied."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from inspector.capture.claim import claim_of
from inspector.capture.trash import Thrown
from ui import theme
from ui.durations import moment
from ui.widgets.claim_look import in_words
from ui.widgets.deed import Deed
from ui.widgets.line import Line
from ui.widgets.question import Question
from ui.widgets.shapes import Sign


class ThrownCard(QFrame):
    """One of them."""

    def __init__(self, thrown: Thrown) -> None:
        super().__init__()
        self.setObjectName("card")
        recording = thrown.recording
        words = in_words(claim_of(recording)) if recording is not None else thrown.name
        self.title, self.when = Line(Qt.AlignLeft), Line(Qt.AlignLeft, theme.SMALL)
        self.title.set_text(words)
        since = self.tr("deleted %1").replace("%1", moment(thrown.at))
        self.when.set_text("  ·  ".join(filter(None, (recording.recipe if recording is not None else "", since))))
        self.restore = Deed(Sign.UNDO, self.tr("Put back"))
        self.restore.setAccessibleName(self.tr("Put back %1").replace("%1", f"{words}, {since}"))
        column, self._row = QVBoxLayout(), QHBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.when)
        self._row.addLayout(column, 1)
        self._row.addWidget(self.restore)

    def scale(self, em: int) -> None:
        gap = round(em * 0.5)
        self._row.setContentsMargins(round(em * theme.GAP_M), gap, 0, gap)
        for line in (self.title, self.when):
            line.updateGeometry()
        self.restore.scale()


class TrashList(QWidget):
    """returned: a person wants one of them back. emptied: they want all of these gone for good."""

    returned = pyqtSignal(object)
    emptied = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.things: tuple[Thrown, ...] = ()
        self.cards: list[ThrownCard] = []
        self.none, self.empty = (
            QLabel(self.tr("No recording lies in the trash.")),
            Deed(Sign.BIN, self.tr("Empty the trash")),
        )
        self.none.setObjectName("hint")
        self.empty.clicked.connect(self._ask)
        self._inside, scroll = QWidget(), QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.NoFocus)
        scroll.setWidget(self._inside)
        for widget in (self._inside, scroll.viewport()):
            widget.setAutoFillBackground(False)
        self._cards, self._column = QVBoxLayout(self._inside), QVBoxLayout(self)
        self._cards.addWidget(self.none)
        self._cards.addStretch(1)
        for column in (self._cards, self._column):
            column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(scroll, 1)
        self._column.addWidget(self.empty)
        self.question = Question(self)

    def show_things(self, things: Sequence[Thrown]) -> None:
        self.things = tuple(things)
        self.question.hide()
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(thrown) for thrown in self.things]
        for index, card in enumerate(self.cards):
            self._cards.insertWidget(index, card)
        self.none.setVisible(not self.things)
        self.empty.setEnabled(bool(self.things))
        self.scale(theme.em_of(self))

    def _card(self, thrown: Thrown) -> ThrownCard:
        card = ThrownCard(thrown)
        card.restore.clicked.connect(lambda: self.returned.emit(thrown))
        return card

    @pyqtSlot()
    def _ask(self) -> None:
        things = self.things
        text = self.tr("Delete these recordings for good? %1 of them lie in the trash, and cannot be put back then.")
        yes, no = self.tr("Delete them"), self.tr("Keep them")
        self.question.ask(text.replace("%1", str(len(things))), yes, no, lambda: self.emptied.emit(things))

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_S)
        self._cards.setSpacing(gap)
        self._column.setSpacing(gap)
        self.empty.scale()
        for card in self.cards:
            card.scale(em)
