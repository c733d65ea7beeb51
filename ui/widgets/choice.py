"""Drop-down lists of the app."""

from PyQt5.QtCore import QRectF, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QComboBox, QFileDialog, QStyledItemDelegate, QWidget

from ui import theme
from ui.widgets.browse import browse


class Choice(QComboBox):
    """A drop-down list with an arrow of our own, whose rows are high enough for a finger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The one that a drop-down list has by itself takes no height from a style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paint_arrow()

    def paint_arrow(self) -> None:
        """Over what the style has drawn."""
        em, painter = theme.em_of(self), QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(QPen(theme.MUTED if self.isEnabled() else theme.FAINT, em * 0.14, Qt.SolidLine, Qt.RoundCap))
        box = QRectF(self.width() - em * 1.7, self.height() / 2 - em * 0.2, em * 0.8, em * 0.4)
        painter.drawLine(box.topLeft(), box.center() + (box.bottomLeft() - box.topLeft()) / 2)
        painter.drawLine(box.center() + (box.bottomLeft() - box.topLeft()) / 2, box.topRight())
        painter.end()


def draw_arrow(widget: QWidget) -> None:
    """At the right end of what opens a list or a calendar."""
    em, painter = theme.em_of(widget), QPainter(widget)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setPen(QPen(theme.MUTED if widget.isEnabled() else theme.FAINT, em * 0.14, Qt.SolidLine, Qt.RoundCap))
    box = QRectF(widget.width() - em * 1.7, widget.height() / 2 - em * 0.2, em * 0.8, em * 0.4)
    painter.drawLine(box.topLeft(), box.center() + (box.bottomLeft() - box.topLeft()) / 2)
    painter.drawLine(box.center() + (box.bottomLeft() - box.topLeft()) / 2, box.topRight())
    painter.end()


class SourceChoice(Choice):
    """Any source's text, or one of the list; the last two entries ask for a file or a folder."""

    asked = pyqtSignal()

    def __init__(self, sources: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.NoInsert)
        self.addItems(sources)
        self._file, self._folder = self.tr("Video or picture…"), self.tr("Folder of pictures…")
        self.addItems([self._file, self._folder])
        self._chosen = self.currentText()
        self.activated.connect(self._activate)

    @property
    def source(self) -> str:
        return self.currentText().strip()

    def choose(self, source: str) -> None:
        """Make it the current text, whether or not it stands in the list."""
        self._chosen = source
        self.setEditText(source)

    @pyqtSlot(int)
    def _activate(self, index: int) -> None:
        text = self.itemText(index)
        if text in (self._file, self._folder):
            self.choose(self._chosen)
            mode = QFileDialog.Directory if text == self._folder else QFileDialog.ExistingFile
            browse(self, mode, lambda files: self.choose(files[0]))
        else:
            self.choose(text)
