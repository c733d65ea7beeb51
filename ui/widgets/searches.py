"""What is known of the searches for what contradicts the recordings, and what starts another one."""

from collections.abc import Iterator, Sequence
from itertools import chain

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.labeling.moments import Searched
from inspector.labeling.reel import Extent
from inspector.labeling.suspicion import Searcher
from ui import theme
from ui.durations import moment
from ui.translation import translate
from ui.widgets.recording_choice import recording_look

MOST = 8
"""Recordings that are named; of those searched longest ago, or never."""


def in_short(searched: Searched | None) -> str:
    """When a recording was searched, and what came of it."""
    if searched is None:
        return translate("Searches", "not searched yet")
    text = translate("Searches", "%1: %2 found") if searched.found else translate("Searches", "%1: nothing found")
    return text.replace("%1", moment(searched.at)).replace("%2", str(searched.found))


def in_full(extent: Extent) -> str:
    """The same with how it was searched, and what is left to do."""
    if extent.fault:
        return translate("Searches", "cannot be read")
    return ", ".join(_parts(extent, extent.searched)) if extent.searched else in_short(None)


def _parts(extent: Extent, searched: Searched) -> Iterator[str]:
    yield in_short(searched)
    if extent.contradicting:
        yield translate("Searches", "%1 to look at").replace("%1", str(extent.contradicting))
    yield (
        translate("Searches", "with two detectors")
        if Searcher.DETECTOR in searched.by
        else translate("Searches", "by looks")
    )
    if left := [name for name in extent.recording.components if name not in searched.components]:
        yield translate("Searches", "not for %1").replace("%1", ", ".join(left))


class Searches(QFrame):
    """A line for each recording. Hidden until it is asked for. wanted: a search, and whether it is the thorough one.
    left: nobody looks at it any more.
    """

    wanted = pyqtSignal(bool)
    left = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Maximum)
        title, self._text = QLabel(self.tr("What contradicts the recordings")), QLabel()
        title.setObjectName("strong")
        self._text.setText(
            self.tr(
                "Negatives are searched for the component, and positives for where it is out of sight: by its looks, "
                "or thoroughly by two detectors. These learn for minutes, each from what the other one judges."
            )
        )
        self._text.setWordWrap(True)
        self.search, self.thorough = QPushButton(self.tr("Search")), QPushButton(self.tr("Search thoroughly"))
        self.close_ = QPushButton(self.tr("Close"))
        self.close_.setObjectName("primary")
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._layout, self._lines, self._row = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        self._lines.setColumnStretch(1, 1)
        self._layout.addWidget(title)
        self._layout.addWidget(self._text)
        self._layout.addLayout(self._lines)
        self._layout.addLayout(self._row)
        self._row.addStretch(1)
        for button in (self.search, self.thorough, self.close_):
            self._row.addWidget(button)
        self.search.clicked.connect(lambda _: self._want(False))
        self.thorough.clicked.connect(lambda _: self._want(True))
        self.close_.clicked.connect(lambda _: self._leave())
        self.hide()

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is said: of which recording, and what."""
        return [(what.text(), said.text()) for what, said in self._labels]

    def show_extents(self, extents: Sequence[Extent]) -> None:
        """Say it of these."""
        for label in chain(*self._labels):
            self._lines.removeWidget(label)
            label.deleteLater()
        self._labels = []
        found = [extent for extent in extents if extent.frames or extent.fault]
        found.sort(key=lambda one: one.searched.at.timestamp() if one.searched else 0.0)
        for row, extent in enumerate(found[:MOST]):
            self._add(row, recording_look(extent.recording).word, in_full(extent))
        if len(found) > MOST:
            self._add(MOST, self.tr("and %1 more").replace("%1", str(len(found) - MOST)), "")

    def _add(self, row: int, what: str, said: str) -> None:
        self._labels.append((QLabel(what, self), QLabel(said, self)))
        for column, label in enumerate(self._labels[-1]):
            label.setTextFormat(Qt.PlainText)
            label.setWordWrap(column == 1)
            label.setAlignment(Qt.AlignLeft | Qt.AlignTop)
            self._lines.addWidget(label, row, column)

    def _want(self, thorough: bool) -> None:
        self._leave()
        self.wanted.emit(thorough)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def scale(self, em: int) -> None:
        self._layout.setContentsMargins(*[round(em * theme.GAP_L)] * 4)
        self._layout.setSpacing(round(em * theme.GAP_M))
        self._lines.setHorizontalSpacing(round(em * theme.GAP_L))
        self._lines.setVerticalSpacing(round(em * theme.GAP_S))
        self._row.setSpacing(round(em * theme.GAP_M))
        self.setFixedWidth(round(em * 44))
