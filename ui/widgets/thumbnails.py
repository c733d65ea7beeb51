"""Many still pictures, small: with what is drawn on each, and a line under it."""

from collections.abc import Sequence

from PyQt5.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QIcon, QImage, QImageReader, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.errands import Errands
from ui.widgets.outlines import Still, draw_still
from ui.widgets.shapes import draw_badge
from ui.widgets.tip import as_tip

WIDTH, HEIGHT = 15.0, 10.0
"""Of a picture, in em."""
AT_A_TIME = 4
LARGEST = 512
"""The longest side, in pixels, that is kept of a picture: four hundred of them lie in memory."""


class Thumbnails(QListView):
    """opened: a person wants to see the one of that number large. picked: others are selected."""

    opened = pyqtSignal(int)
    picked = pyqtSignal()

    def __init__(self, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stills: tuple[Still, ...] = ()
        self._images: list[QImage | None] = []
        self._em = theme.em_of(self)
        self._errands = errands
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setViewMode(QListView.IconMode)
        self.setResizeMode(QListView.Adjust)
        self.setMovement(QListView.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())

    def show_stills(self, stills: Sequence[Still]) -> None:
        """In this order; each appears when it has been read."""
        self.stills, self._images = tuple(stills), [None] * len(stills)
        self._model.clear()
        for still in self.stills:
            item = QStandardItem(still.caption)
            item.setToolTip(as_tip(still.text))
            self._model.appendRow(item)
        self.scale(self._em)
        self._read_on()

    def _read_on(self) -> None:
        missing = [number for number, image in enumerate(self._images) if image is None][:AT_A_TIME]
        if missing:
            stills = self.stills
            paths = [stills[number].picture for number in missing]

            def take(images: list[QImage]) -> None:
                self._take(stills, list(zip(missing, images, strict=True)))

            self._errands.run(lambda: [small(path) for path in paths], take, lambda _: None)

    def _take(self, stills: tuple[Still, ...], images: list[tuple[int, QImage]]) -> None:
        if stills is self.stills:
            for number, image in images:
                self._images[number] = image
                self._model.item(number).setIcon(self._icon(number))
            self._read_on()

    @pyqtSlot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & (Qt.ControlModifier | Qt.ShiftModifier):
            self.opened.emit(index.row())

    def stand_at(self, number: int) -> None:
        """Go on from there with the keys, and select nothing."""
        index = self._model.index(number, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.NoUpdate)
        self.scrollTo(index)

    def selected(self) -> list[int]:
        """The numbers of those that are selected, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def _icon(self, number: int) -> QIcon:
        image, still, ratio = self._images[number], self.stills[number], self.devicePixelRatioF()
        size = self.iconSize()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.PICTURE)
        painter = QPainter(pixmap)
        if image is not None and not image.isNull():
            width, height = still.size
            scale = min(size.width() / width, size.height() / height)
            place = QRectF(0, 0, width * scale, height * scale)
            place.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
            draw_still(painter, image, still, place, self._em * 0.8, large=False)
        if still.wrong:
            tone, side = theme.TONES[Verdict.NOT_OK], self._em * 1.3
            draw_badge(painter, Verdict.NOT_OK, QRectF(side * 0.3, side * 0.3, side, side), tone.fill, tone.ink)
        painter.end()
        return QIcon(pixmap)

    def scale(self, em: int) -> None:
        self._em = em
        self.setIconSize(QSize(round(em * WIDTH), round(em * HEIGHT)))
        self.setGridSize(QSize(round(em * (WIDTH + 1.6)), round(em * (HEIGHT + 3.2))))
        self.setViewportMargins(round(em * theme.GAP_M), round(em * theme.GAP_M), 0, 0)
        for number in range(len(self.stills)):
            item = self._model.item(number)
            item.setSizeHint(QSize(round(em * (WIDTH + 1.2)), round(em * (HEIGHT + 2.8))))
            if self._images[number] is not None:
                item.setIcon(self._icon(number))


def small(path: str) -> QImage:
    """The picture, no larger than a thumbnail needs; a null one where it cannot be read."""
    reader = QImageReader(path)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        reader.setScaledSize(size.scaled(LARGEST, LARGEST, Qt.KeepAspectRatio))
    return reader.read()
