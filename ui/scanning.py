"""A barcode scanner that types like a keyboard, heard wherever the keys go on a page."""

import time

from PyQt5.QtCore import QEvent, QObject, pyqtSignal
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from inspector.inspection.triggers.wedge import Wedge
from inspector.triggers import Scanner
from ui.widgets.pin_pad import PinPad


class Scanning(QObject):
    """scanned: a code. Its keys do nothing else: none of them presses a button or stops the station.

    Args: page: heard while its window has the keys, but for what is typed into a field.
    """

    scanned = pyqtSignal(str)

    def __init__(self, page: QWidget, scanner: Scanner) -> None:
        super().__init__(page)
        self._page, self._wedge = page, Wedge(scanner)
        self._taken = self._printed = False
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def use(self, scanner: Scanner) -> None:
        """Another scanner, or this one told otherwise."""
        self._wedge = Wedge(scanner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The first is sent before each key is looked up among the shortcuts: accepted, it is none.
        if event.type() == QEvent.ShortcutOverride and self.hears(watched):
            assert isinstance(event, QKeyEvent)
            self._hear(event, isinstance(watched, PinPad))
        elif event.type() == QEvent.KeyPress and self._taken and self.hears(watched):
            return True
        return False

    def hears(self, watched: QObject) -> bool:
        """Whether a key that goes there may be a scanner's: it is typed into no field."""
        return (
            watched is QApplication.focusWidget()
            and isinstance(watched, QWidget)
            and self._page.isVisible()
            and (watched is self._page or self._page.isAncestorOf(watched))
            and not isinstance(watched, QLineEdit | QPlainTextEdit)
        )

    def _hear(self, event: QKeyEvent, onto_pad: bool) -> None:
        if event.isAutoRepeat():
            return
        code = self._wedge.key(event.text(), time.monotonic())
        prints = bool(event.text()) and not event.text().isspace()
        # Tab after Tab, or two presses of the space bar, however fast, are a person's.
        # Of a PIN every digit is a person's until it turns out to be a code; then its Enter asks for nothing.
        self._taken = bool(code) if onto_pad else self._wedge.fast and (prints or self._printed)
        self._printed = prints or (self._printed and self._wedge.fast)
        if self._taken:
            event.accept()
        if code:
            self.scanned.emit(code)
