"""Between the window and a station: the rare things, as signals into the GUI thread."""

import logging
import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import View

log = logging.getLogger(__name__)

STOP_WITHIN_S = 10.0


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
    _opened = pyqtSignal(object)
    _closed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.phase = Phase.IDLE
        self._station: Watched | None = None
        self._unwanted = False
        self._opened.connect(self._take)
        self._closed.connect(self._release)

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
            self.surveyed.emit(read())
        except Exception as error:
            self.failed.emit(_sentence(error))

    def _open(self, open_station: OpenStation) -> None:
        try:
            station = open_station(self.inspected.emit)
            station.start()
        except Exception as error:
            self._closed.emit(_sentence(error))
        else:
            self._opened.emit(station)

    def _close(self, station: Watched) -> None:
        try:
            station.stop()
            station.wait(STOP_WITHIN_S)
        except Exception as error:
            self._closed.emit(_sentence(error))
        else:
            self._closed.emit("")

    @pyqtSlot(object)
    def _take(self, station: Watched) -> None:
        self._station = station
        self._enter(Phase.OPEN)
        if self._unwanted:
            self.close()

    @pyqtSlot(str)
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
    return f"A fault in the program stopped this ({type(error).__name__}). Details are in the log."
