"""Between the window and a station: the rare things, as signals in the GUI thread.

The threads here touch no QObject, for the window may be gone before they end: they put what happened into a queue, and
a timer of the GUI thread empties it.
"""

import logging
import queue
import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import View
from ui.translation import translate

log = logging.getLogger(__name__)

STOP_WITHIN_S = 10.0
EMPTY_MS = 20


class Watched(Protocol):
    """What the window asks of a station. All but `view`, which returns at once, may take their time."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until it has ended and all is delivered; False when the time ran out first."""
        ...

    def view(self) -> View: ...


Deliver = Callable[[Inspection], None]
OpenStation = Callable[[Deliver], Watched]
"""Makes a station that calls `Deliver`, on any thread, for each inspection. Called on a thread of its own: it may load
and wait. What it raises is told to the person."""


class Phase(Enum):
    """What the window is doing about a station."""

    IDLE = auto()
    OPENING = auto()
    OPEN = auto()
    CLOSING = auto()


class Bridge(QObject):
    """Starts, stops and holds one station without ever making the GUI thread wait.

        IDLE ──open()──▶ OPENING ──opened──▶ OPEN ──close()──▶ CLOSING ──closed──▶ IDLE
                            │ close(): closes as soon as it has opened                ▲
                            └──────────────────── failed ─────────────────────────────┘

    changed: the phase is another. failed: why no station could be opened or closed, in a sentence. inspected: an
    Inspection was delivered. surveyed: what a survey gave.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(str)
    inspected = pyqtSignal(object)
    surveyed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.phase = Phase.IDLE
        self._station: Watched | None = None
        self._unwanted = False
        self._happened: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tell)
        self._timer.start(EMPTY_MS)

    def open(self, open_station: OpenStation) -> None:
        """Make and start a station on a thread; does nothing where there is one."""
        if self.phase is Phase.IDLE:
            self._unwanted = False
            self._enter(Phase.OPENING)
            self._work(lambda: self._open(open_station), "open")

    def survey(self, read: Callable[[], object]) -> None:
        """Call `read` on a thread; `surveyed` brings what it gave."""
        self._work(lambda: self._survey(read), "survey")

    def close(self) -> None:
        """Stop the station on a thread; `changed` tells when it is gone."""
        if self.phase is Phase.OPENING:
            self._unwanted = True
        elif self.phase is Phase.OPEN and self._station is not None:
            station = self._station
            self._enter(Phase.CLOSING)
            self._work(lambda: self._close(station), "close")

    def view(self) -> View | None:
        """The station's newest view; None where there is no station."""
        return self._station.view() if self._station is not None else None

    def _work(self, target: Callable[[], None], name: str) -> None:
        threading.Thread(target=target, name=name, daemon=True).start()

    def _survey(self, read: Callable[[], object]) -> None:
        try:
            found = read()
        except Exception as error:
            sentence = _sentence(error)
            self._happened.put(lambda: self.failed.emit(sentence))
        else:
            self._happened.put(lambda: self.surveyed.emit(found))

    def _open(self, open_station: OpenStation) -> None:
        try:
            station = open_station(self._deliver)
            station.start()
        except Exception as error:
            sentence = _sentence(error)
            self._happened.put(lambda: self._release(sentence))
        else:
            self._happened.put(lambda: self._take(station))

    def _deliver(self, inspection: Inspection) -> None:
        self._happened.put(lambda: self.inspected.emit(inspection))

    def _close(self, station: Watched) -> None:
        failure = ""
        try:
            station.stop()
            if not station.wait(STOP_WITHIN_S):
                failure = translate(
                    "Bridge", "The camera keeps the station from ending. Unplug it, or close the program."
                )
        except Exception as error:
            failure = _sentence(error)
        self._happened.put(lambda: self._release(failure))

    @pyqtSlot()
    def _tell(self) -> None:
        """In the GUI thread, and in order, what happened on the others."""
        while not self._happened.empty():
            self._happened.get_nowait()()

    def _take(self, station: Watched) -> None:
        self._station = station
        self._enter(Phase.OPEN)
        if self._unwanted:
            self.close()

    def _release(self, failure: str) -> None:
        self._station = None
        self._enter(Phase.IDLE)
        if failure:
            self.failed.emit(failure)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()


def _sentence(error: Exception) -> str:
    """What a person is told of a failure; the rest goes to the log."""
    if isinstance(error, InspectorError):
        return str(error)
    log.error("A station failed", exc_info=error)
    sentence = translate("Bridge", "A fault in the program stopped this (%1). Details are in the log.")
    return sentence.replace("%1", type(error).__name__)
