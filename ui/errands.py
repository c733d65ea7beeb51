"""What takes its time, done on a thread of its own, one thing after another.

The thread touches no QObject, for the window may be gone before it ends: what it did is put into a queue, and a timer
of the GUI thread empties it.
"""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from ui.translation import translate

log = logging.getLogger(__name__)

T = TypeVar("T")
EMPTY_MS = 20


class Errands(QObject):
    """Runs errands in order; what each gave, or why it failed, comes back in the GUI thread and in the same order.

    ended: after `close`, when the last one is done.
    """

    ended = pyqtSignal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._thread: threading.Thread | None = None
        self._wanted: queue.SimpleQueue[Callable[[], Callable[[], None]] | None] = queue.SimpleQueue()
        self._happened: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._waiting = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether an errand runs or waits."""
        return self._waiting > 0

    def run(self, work: Callable[[], T], done: Callable[[T], Any], failed: Callable[[InspectorError], Any]) -> None:
        """Call `work` on the thread, and then one of the others in this one. A fault of the program fails it too.

        Nothing is done any more once it was closed: what an errand before that leads to would wait for ever.
        """
        if self._closed:
            return

        def errand() -> Callable[[], None]:
            try:
                result = work()
            except Exception as error:
                return partial(failed, as_told(error))
            return partial(done, result)

        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._expect()
        self._wanted.put(errand)

    def close(self) -> None:
        """End when all that was wanted is done; returns at once."""
        self._closed = True
        if self._thread is None:
            self.ended.emit()
        else:
            self._expect()
            self._wanted.put(None)

    def _expect(self) -> None:
        """One more thing will have happened; where none will, nobody looks."""
        self._waiting += 1
        self._timer.start(EMPTY_MS)

    def _work(self) -> None:
        while (errand := self._wanted.get()) is not None:
            self._happened.put(errand())
        self._happened.put(self._end)

    @pyqtSlot()
    def _tell(self) -> None:
        while not self._happened.empty():
            told = self._happened.get_nowait()
            self._waiting -= 1
            told()
        if not self._waiting:
            self._timer.stop()

    def _end(self) -> None:
        self._thread = None
        self.ended.emit()


def as_told(error: Exception) -> InspectorError:
    """A failure with a sentence for a person; what nobody foresaw goes to the log."""
    if isinstance(error, InspectorError):
        return error
    log.error("An errand failed", exc_info=error)
    text = translate("Errands", "A fault in the program stopped this (%1). Details are in the log.")
    return InspectorError(text.replace("%1", type(error).__name__))
