"""The components of a recipe as cards, of which one is open, and below them what is rarely changed."""

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from inspector.sketch import Fault, Recorded, Sketch
from inspector.yaml_lines import Place
from ui import theme
from ui.editing import Opened, Saving
from ui.widgets.component_card import ComponentCard
from ui.widgets.deed import Deed
from ui.widgets.field import Remark
from ui.widgets.shapes import Sign
from ui.widgets.vote_card import VoteCard


class RecipeEditor(QWidget):
    """wanted: a change, and what is being typed if it is. chosen: another card was opened, -1 for none.

    asked_to_draw: the chosen component's region. undone, redone: a step. paused: something else begins.
    """

    wanted = pyqtSignal(object, object)
    chosen = pyqtSignal(int)
    asked_to_draw = pyqtSignal()
    undone = pyqtSignal()
    redone = pyqtSignal()
    paused = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.current = 0
        self.cards: list[ComponentCard] = []
        self._em = theme.em_of(self)
        self.name, self.saving, self.rest = QLabel(), Remark(), Remark()
        self.name.setObjectName("title")
        self.name.setTextFormat(Qt.PlainText)
        self.rest.keeps_place = False
        self.undo = Deed(Sign.UNDO, self.tr("Undo (Ctrl+Z)"), shown=False)
        self.redo = Deed(Sign.REDO, self.tr("Redo (Ctrl+Shift+Z)"), shown=False)
        self.add = Deed(Sign.PLUS, self.tr("Add a component"), quiet=False)
        self.more, self.vote = Deed(Sign.DOWN, self.tr("How it decides")), VoteCard()
        self.vote.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        head.addWidget(self.undo)
        head.addWidget(self.redo)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._cards = QVBoxLayout()
        self._list.addLayout(self._cards)
        self._list.addWidget(self.add)
        self._list.addWidget(self.more, 0, Qt.AlignLeft)
        self._list.addWidget(self.vote)
        self._list.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.NoFrame)
        self.area.setFocusPolicy(Qt.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self.saving)
        self._column.addWidget(self.rest)
        self._column.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.undo.clicked.connect(self.undone)
        self.redo.clicked.connect(self.redone)
        self.add.clicked.connect(self._add)
        self.more.clicked.connect(self._show_more)
        self.vote.wanted.connect(self.wanted)
        self.vote.paused.connect(self.paused)

    # What a person does

    @pyqtSlot()
    def _add(self) -> None:
        count = len(self.cards)
        self.wanted.emit(Sketch.with_component, None)
        self.choose(count)
        self.ask_for_name()

    def ask_for_name(self) -> None:
        """The name of the open component is what a person types next."""
        if self.current >= 0:
            name = self.cards[self.current].name
            name.setFocus()
            name.selectAll()

    @pyqtSlot()
    def _show_more(self) -> None:
        self.set_more(self.vote.isHidden())

    def set_more(self, shown: bool) -> None:
        self.vote.setVisible(shown)
        self.more.set_sign(Sign.UP if shown else Sign.DOWN)
        if shown:
            QTimer.singleShot(0, self._scroll_to_vote)

    @pyqtSlot()
    def _scroll_to_vote(self) -> None:
        self.area.ensureWidgetVisible(self.vote, 0, 0)

    def choose(self, number: int) -> None:
        """Open that card and close the others; -1 closes all."""
        self.current = number if number < len(self.cards) else -1
        for index, card in enumerate(self.cards):
            card.set_open(index == self.current)
        if self.current >= 0:
            QTimer.singleShot(0, self._scroll_to_card)
        self.chosen.emit(self.current)

    @pyqtSlot()
    def _scroll_to_card(self) -> None:
        if 0 <= self.current < len(self.cards):
            self.area.ensureWidgetVisible(self.cards[self.current], 0, 0)

    def _press(self, card: ComponentCard) -> None:
        self.choose(-1 if card.index == self.current else card.index)

    def _move(self, card: ComponentCard, by: int) -> None:
        target = card.index + by
        self.wanted.emit(lambda sketch: sketch.with_component_moved(card.index, by), None)
        self.choose(target)
        (self.cards[target].up if by < 0 else self.cards[target].down).setFocus()

    def _remove(self, card: ComponentCard) -> None:
        self.wanted.emit(lambda sketch: sketch.without_component(card.index), None)
        self.choose(min(card.index, len(self.cards) - 1))

    # What is shown

    def show_recipe(self, opened: Opened) -> None:
        """Show the recipe as it is now, each fault at its field."""
        sketch, recorded = opened.steps.now, opened.entry.recorded
        self.name.setText(opened.entry.name)
        self.undo.setEnabled(opened.steps.can_undo)
        self.redo.setEnabled(opened.steps.can_redo)
        self._keep_cards(len(sketch.components))
        faults = {fault.place: fault for fault in reversed(opened.faults)}
        shown = self.vote.show_recipe(sketch.values, faults)
        if shown & faults.keys():
            self.set_more(True)
        cameras = [str(camera["name"]) for camera in sketch.values["cameras"]]
        for card, values in zip(self.cards, sketch.components, strict=True):
            shown |= self._show_card(card, values, faults, recorded, cameras)
        self.rest.say("", " ".join(fault.text for place, fault in faults.items() if place not in shown))
        self._show_saving(opened)

    def _show_card(
        self,
        card: ComponentCard,
        values: dict[str, object],
        faults: Mapping[Place, Fault],
        recorded: Recorded,
        cameras: Sequence[str],
    ) -> set[Place]:
        start = ("components", card.index)
        mine = {place[2:]: fault for place, fault in faults.items() if place[:2] == start}
        places = card.show_component(values, mine, recorded, card.index == len(self.cards) - 1, cameras)
        return {(*start, *place) for place in places}

    def _keep_cards(self, count: int) -> None:
        """As many cards as there are components; those that stay keep the focus."""
        while len(self.cards) > count:
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < count:
            self._add_card(ComponentCard(len(self.cards)))

    def _add_card(self, card: ComponentCard) -> None:
        card.wanted.connect(self.wanted)
        card.paused.connect(self.paused)
        card.asked_to_draw.connect(self.asked_to_draw)
        card.opened.connect(lambda: self._press(card))
        card.removed.connect(lambda: self._remove(card))
        card.moved.connect(lambda by: self._move(card, by))
        card.set_open(card.index == self.current)
        card.set_more(False)
        card.scale(self._em)
        self.cards.append(card)
        self._cards.addWidget(card)

    def _show_saving(self, opened: Opened) -> None:
        count = len(opened.faults)
        one, more = self.tr("Not saved yet: 1 thing is wrong."), self.tr("Not saved yet: %1 things are wrong.")
        faulty = more if count > 1 else one
        said = {
            Saving.KEPT: (self.tr("Saved"), ""),
            Saving.WAITING: (self.tr("Saving…"), ""),
            Saving.FAULTY: ("", faulty.replace("%1", str(count))),
            Saving.FAILED: ("", self.tr("Not saved yet: the file could not be written. The next change tries again.")),
        }
        self.saving.say(*said[opened.saving])

    def scale(self, em: int) -> None:
        self._em = em
        gap = round(em * theme.GAP_S)
        self._column.setSpacing(gap)
        self._list.setContentsMargins(0, gap, gap, 0)
        self._list.setSpacing(round(em * theme.GAP_M))
        self._cards.setSpacing(round(em * theme.GAP_M))
        for card in self.cards:
            card.scale(em)
        self.vote.scale(em)
        for deed in (self.undo, self.redo, self.add, self.more):
            deed.scale()
