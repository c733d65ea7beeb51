"""The shift's counts and its last inspections, read again after each inspection, and when a shift begins."""

from functools import partial

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage

from inspector.errors import InspectorError
from inspector.inspection.verdict import Inspection
from ui.book import Book, Shift
from ui.engine_words import translated
from ui.errands import Errands
from ui.widgets.thumbnails import small

LOOK_MS = 20_000
"""How late the screen may notice that a shift has begun."""


class Shifting(QObject):
    """changed: `shift` is another. pictured: the small picture of an inspection, by its id. failed: why the records
    cannot be read; what was read last stays.

    Of inspections that come faster than they are read, the last is read for all.
    """

    changed = pyqtSignal()
    pictured = pyqtSignal(str, QImage)
    failed = pyqtSignal(str)

    def __init__(self, book: Book, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shift: Shift | None = None
        self._book, self._errands = book, errands
        self._reading = self._stale = False
        self._known: dict[str, QImage] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.read)

    def begin(self) -> None:
        """Read now, and from now on."""
        self._timer.start(LOOK_MS)
        self.read()

    def end(self) -> None:
        """Read no more."""
        self._timer.stop()
        self._stale = False

    @pyqtSlot()
    def read(self) -> None:
        """The records may say something else."""
        if self._reading:
            self._stale = True
            return
        self._reading = True
        self._errands.run(self._book.shift, self._take, self._fail)

    def picture(self, inspection: Inspection) -> QImage | None:
        """Its small picture, where it was read."""
        return self._known.get(inspection.id)

    def _take(self, shift: Shift) -> None:
        self.shift = shift
        self._known = {i.id: self._known[i.id] for i in shift.recent if i.id in self._known}
        self.changed.emit()
        missing = [i for i in shift.recent if i.id not in self._known]
        if missing:
            self._errands.run(partial(self._read_pictures, missing), self._keep, lambda _: self._keep({}))
        else:
            self._go_on()

    def _read_pictures(self, inspections: list[Inspection]) -> dict[str, QImage]:
        pictures = {inspection.id: self._book.pictures(inspection) for inspection in inspections}
        return {name: small(str(next(iter(each.values())))) for name, each in pictures.items()}

    def _keep(self, images: dict[str, QImage]) -> None:
        for name, image in images.items():
            self._known[name] = image
            self.pictured.emit(name, image)
        self._go_on()

    def _fail(self, error: InspectorError) -> None:
        self.failed.emit(translated(error))
        self._go_on()

    def _go_on(self) -> None:
        self._reading = False
        if self._stale:
            self._stale = False
            self.read()
