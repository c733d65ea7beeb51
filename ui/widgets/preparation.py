"""What there is to learn from, how much to take on, and the button that begins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.engine_words import translated
from ui.widgets.deed import Deed
from ui.widgets.preset_cards import PresetCards
from ui.widgets.shapes import Sign
from ui.widgets.table import Cell, Table
from ui.widgets.wishes import Wishes

if TYPE_CHECKING:
    from inspector.labeling.counts import Count
    from inspector.labeling.refusals import Lack
    from inspector.labeling.stock import Stock

MOST_LACKS = 6


class Preparation(QScrollArea):
    """begun: a person wants to train; resumed: to go on with the training that was ended; asked: to know how long it
    takes, or, while that is being found out, no longer.
    """

    begun = pyqtSignal()
    resumed = pyqtSignal()
    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.NoFocus)
        inside = QWidget()
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.table, self.presets, self.wishes = Table((0, 8, 8, 8, 8, 8)), PresetCards(), Wishes()
        self.unfinished, self.lacks, self.contradicting = Advice(self.tr("Go on")), Advice(""), Advice("")
        self.more, self.how_long = Deed(Sign.DOWN, self.tr("More settings")), QPushButton(self.tr("How long here?"))
        self.train = QPushButton(self.tr("Train"))
        self.remark = QLabel()
        self._dress()
        self._arrange(inside)
        self._connect()

    def _dress(self) -> None:
        self.more.setCheckable(True)
        self.how_long.setToolTip(self.tr("Times a few steps on this machine and then takes them back"))
        self.train.setObjectName("primary")
        self.remark.setObjectName("caption")
        self.remark.setWordWrap(True)
        self.wishes.hide()

    def _arrange(self, inside: QWidget) -> None:
        self._layout, self._foot = QVBoxLayout(inside), QHBoxLayout()
        self._foot.addWidget(self.more)
        self._foot.addWidget(self.remark, 1)
        self._foot.addWidget(self.how_long)
        self._foot.addWidget(self.train)
        for title, part in (
            ("", self.unfinished),
            (self.tr("What there is to learn from"), self.table),
            ("", self.lacks),
            ("", self.contradicting),
            (self.tr("How much it takes on"), self.presets),
        ):
            if title:
                label = QLabel(title)
                label.setObjectName("strong")
                self._layout.addWidget(label)
            self._layout.addWidget(part)
        self._layout.addLayout(self._foot)
        self._layout.addWidget(self.wishes)
        self._layout.addStretch(1)

    def _connect(self) -> None:
        self.train.clicked.connect(lambda _: self.begun.emit())
        self.how_long.clicked.connect(lambda _: self.asked.emit())
        self.unfinished.done.clicked.connect(lambda _: self.resumed.emit())
        self.more.toggled.connect(self._show_more)
        self.presets.changed.connect(lambda: self.remark.setText(""))
        self.wishes.changed.connect(self.presets.forget_times)

    @pyqtSlot(bool)
    def _show_more(self, shown: bool) -> None:
        self.wishes.setVisible(shown)
        self.more.set_sign(Sign.UP if shown else Sign.DOWN)

    def options(self) -> list[str]:
        """What `inspector train` is told of how to teach."""
        return ["--preset", self.presets.chosen, *self.wishes.options()]

    def show_stock(self, stock: "Stock") -> None:
        """What there is, and what is missing."""
        heads = [
            self.tr("Component"),
            self.tr("Recordings"),
            self.tr("With boxes"),
            self.tr("Verified empty"),
            self.tr("Suggested"),
            self.tr("Unlabeled"),
        ]
        self.table.set_rows(heads, [self._row(*one) for one in zip(stock.counts, stock.waiting, strict=True)])
        self.lacks.set_sentences(self.tr("Before it can be taught"), self._sentences(stock.lacks))
        text = self.tr("Frames that seem to contradict what was said of their recordings: %1. → page Label")
        asked = [text.replace("%1", str(stock.contradicting))] if stock.contradicting else []
        self.contradicting.set_sentences(self.tr("Look at these first"), asked)

    def _row(self, count: "Count", waiting: int) -> list[Cell]:
        name = f"{count.component} {count.pattern}" if count.pattern else count.component
        taught = bool(count.with_boxes)
        sign, color = (Sign.CHECK, theme.TONES[Verdict.OK].line) if taught else (Sign.RING, theme.MUTED)
        numbers = (count.recordings, count.with_boxes, count.verified_empty, waiting, count.unlabeled)
        return [Cell(name, sign=sign, color=color, strong=True), *(Cell(str(number)) for number in numbers)]

    def _sentences(self, lacks: Sequence["Lack"]) -> list[str]:
        where = {
            "record": self.tr("→ page Record"),
            "extract": self.tr("→ page Label"),
            "label": self.tr("→ page Label"),
            "elsewhere": "",
        }
        told = [f"{_capital(translated(lack.text))} {where[lack.remedy]}".rstrip() for lack in lacks[:MOST_LACKS]]
        more = len(lacks) - len(told)
        return [*told, *([self.tr("… and %1 more.").replace("%1", str(more))] if more else [])]

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        self._layout.setContentsMargins(0, 0, round(em * theme.GAP_S), 0)
        self._layout.setSpacing(gap)
        self._foot.setSpacing(gap)
        for part in (self.table, self.presets, self.wishes, self.unfinished, self.lacks, self.contradicting):
            part.scale(em)
        self.more.scale()
        self.train.setMinimumWidth(round(em * 10))


class Advice(QFrame):
    """A card with what to do next and, where there is one, the button that does it; hidden where it has no sentence."""

    def __init__(self, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._title, self._text, self.done = QLabel(), QLabel(), QPushButton(button)
        self._title.setObjectName("strong")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
        self.done.setVisible(bool(button))
        self._layout, words = QHBoxLayout(self), QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._layout.addLayout(words, 1)
        self._layout.addWidget(self.done)
        self.hide()

    def set_sentences(self, title: str, sentences: Sequence[str]) -> None:
        self._title.setText(title)
        self._text.setText("\n".join(sentences))
        self.setVisible(bool(sentences))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(sentences))

    def scale(self, em: int) -> None:
        edge = round(em * 1.1)
        self._layout.setContentsMargins(edge, round(em * theme.GAP_M), edge, round(em * theme.GAP_M))
        self._layout.setSpacing(edge)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
