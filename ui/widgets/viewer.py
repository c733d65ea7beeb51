"""One still picture, large, with its boxes, scores and a sentence; the next and the one before by key or button."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.errands import Errands
from ui.widgets.deed import Deed
from ui.widgets.outlines import Still, draw_still
from ui.widgets.picture import fit
from ui.widgets.shapes import Sign


class StillPicture(QWidget):
    """The picture alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.still: Still | None = None
        self.image: QImage | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PICTURE)
        if self.still is not None and self.image is not None:
            if self.image.isNull():
                painter.setPen(QPen(theme.CALM.mark))
                painter.drawText(self.rect(), int(Qt.AlignCenter), self.tr("This picture is no longer there."))
            else:
                place = fit(self.still.size, QRectF(self.rect())).mapRect(QRectF(0, 0, *self.still.size))
                draw_still(painter, self.image, self.still, place, theme.em_of(self), large=True)
        painter.end()


class Viewer(QWidget):
    """Keys: left and right, and Escape to close. closed: a person wants to see all of them again."""

    closed = pyqtSignal()

    def __init__(self, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.stills: tuple[Still, ...] = ()
        self.number = 0
        self._errands, self._turns = errands, [0]
        self.picture, self.place, self.text = StillPicture(), QLabel(), QLabel()
        self.before = Deed(Sign.LEFT, self.tr("The one before"), shown=False, quiet=False)
        self.after = Deed(Sign.RIGHT, self.tr("The next one"), shown=False, quiet=False)
        self.close_it = QPushButton(self.tr("All pictures"))
        self.place.setAlignment(Qt.AlignCenter)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.PlainText)
        for button, act in ((self.before, self._back), (self.after, self._on), (self.close_it, self.closed.emit)):
            button.setFocusPolicy(Qt.TabFocus)
            button.clicked.connect(lambda _, act=act: act())
        self._row, self._layout = QHBoxLayout(), QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self.before, 0), (self.place, 0), (self.after, 0), (self.text, 1), (self.close_it, 0)):
            self._row.addWidget(part, stretch)
        self._layout.addWidget(self.picture, 1)
        self._layout.addLayout(self._row)

    def open(self, stills: Sequence[Still], number: int) -> None:
        """Show that one of them."""
        self.stills = tuple(stills)
        self._go_to(number)
        self.setFocus()

    def _back(self) -> None:
        self._go_to(max(0, self.number - 1))

    def _on(self) -> None:
        self._go_to(min(len(self.stills) - 1, self.number + 1))

    def _go_to(self, number: int) -> None:
        self.number = number
        still = self.stills[number]
        self.text.setText(still.text)
        self.place.setText(f"{number + 1} / {len(self.stills)}")
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number < len(self.stills) - 1)
        self.setAccessibleDescription(still.text)
        # Whoever leafs through them shall not wait for each: what was left again is not read.
        turns, path = self._turns, still.picture
        turns[0] += 1
        turn = turns[0]
        self._errands.run(
            lambda: QImage(path) if turns[0] == turn else None, lambda image: self._take(still, image), lambda _: None
        )

    def _take(self, still: Still, image: QImage | None) -> None:
        if image is not None:
            self.picture.still, self.picture.image = still, image
            self.picture.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key_Left: self._back, Qt.Key_Right: self._on, Qt.Key_Escape: self.closed.emit}
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_M))
        self._row.setSpacing(round(em * theme.GAP_M))
        self.place.setMinimumWidth(round(em * 5))
        self.text.setMinimumHeight(round(em * 3.4))
        for button in (self.before, self.after):
            button.scale()
