"""Between the window and what runs for it, a station or a studio: the rare things, as signals in the GUI thread.

The threads here touch no QObject, for the window may be gone before they end: they put what happened into a queue, and
a timer of the GUI thread empties it.
"""

import logging
import queue
import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, Generic, Protocol, TypeVar

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import View
from ui.engine_words import translated
from ui.translation import translate

log = logging.getLogger(__name__)

STOP_WITHIN_S = 10.0
EMPTY_MS = 20


V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


class Held(Protocol[V_co]):
    """What the window asks of what runs for it. All but `view`, which returns at once, may take their time."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until it has ended and all is delivered; False when the time ran out first."""
        ...

    def view(self) -> V_co: ...


H = TypeVar("H", bound=Held[Any])


class Watched(Held[View], Protocol):
    """A station. What is asked of it returns at once; where that is refused, with a sentence."""

    def trigger(self, serial: str = "", by: str = "") -> str:
        """Ask for one inspection."""
        ...

    def scan(self, serial: str) -> Receipt:
        """Take the serial number of what is inspected, or refuse it."""
        ...

    def prove(self, by: str = "") -> None:
        """Ask that it proves itself."""
        ...

    def present(self, name: str = "") -> None:
        """Say that the known workpiece that it asks for lies there; name: what is written on it."""
        ...


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


class Bridge(QObject, Generic[H, V]):
    """Starts, stops and holds one station, or studio, without ever making the GUI thread wait.

        IDLE ──open()──▶ OPENING ──opened──▶ OPEN ──close()──▶ CLOSING ──closed──▶ IDLE
                            │ close(): closes as soon as it has opened                ▲
                            └──────────────────── failed ─────────────────────────────┘

    changed: the phase is another. failed: why it could not be opened or closed, in a sentence. delivered: an
    Inspection, or an Outcome. surveyed: what a survey gave. held: what runs, None while nothing does.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(str)
    delivered = pyqtSignal(object)
    surveyed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.phase = Phase.IDLE
        self.held: H | None = None
        self._unwanted = False
        self._happened: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tell)
        self._timer.start(EMPTY_MS)

    def open(self, make: Callable[[Callable[[Any], None]], H]) -> None:
        """Make and start it on a thread; does nothing where there is one."""
        if self.phase is Phase.IDLE:
            self._unwanted = False
            self._enter(Phase.OPENING)
            self._work(lambda: self._open(make), "open")

    def survey(self, read: Callable[[], object]) -> None:
        """Call `read` on a thread; `surveyed` brings what it gave."""
        self._work(lambda: self._survey(read), "survey")

    def close(self) -> None:
        """Stop it on a thread; `changed` tells when it is gone."""
        if self.phase is Phase.OPENING:
            self._unwanted = True
        elif self.phase is Phase.OPEN and self.held is not None:
            held = self.held
            self._enter(Phase.CLOSING)
            self._work(lambda: self._close(held), "close")

    def view(self) -> V | None:
        """The newest view of it; None where nothing runs."""
        if self.held is None:
            return None
        seen: V = self.held.view()
        return seen

    @property
    def is_over(self) -> bool:
        """Whether what runs came to an end by itself, or failed; it is still to be closed."""
        try:
            return self.phase is Phase.OPEN and self.held is not None and self.held.wait(0)
        except InspectorError:
            return True

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

    def _open(self, make: Callable[[Callable[[Any], None]], H]) -> None:
        try:
            held = make(self._deliver)
            held.start()
        except Exception as error:
            sentence = _sentence(error)
            self._happened.put(lambda: self._release(sentence))
        else:
            self._happened.put(lambda: self._take(held))

    def _deliver(self, thing: object) -> None:
        self._happened.put(lambda: self.delivered.emit(thing))

    def _close(self, held: H) -> None:
        failure = ""
        try:
            held.stop()
            if not held.wait(STOP_WITHIN_S):
                failure = translate("Bridge", "The camera keeps this from ending. Unplug it, or close the program.")
        except Exception as error:
            failure = _sentence(error)
        self._happened.put(lambda: self._release(failure))

    @pyqtSlot()
    def _tell(self) -> None:
        """In the GUI thread, and in order, what happened on the others."""
        while not self._happened.empty():
            self._happened.get_nowait()()

    def _take(self, held: H) -> None:
        self.held = held
        self._enter(Phase.OPEN)
        if self._unwanted:
            self.close()

    def _release(self, failure: str) -> None:
        self.held = None
        self._enter(Phase.IDLE)
        if failure:
            self.failed.emit(failure)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()


def _sentence(error: Exception) -> str:
    """What a person is told of a failure; the rest goes to the log."""
    if isinstance(error, InspectorError):
        return translated(error)
    log.error("A station failed", exc_info=error)
    sentence = translate("Bridge", "A fault in the program stopped this (%1). Details are in the log.")
    return sentence.replace("%1", type(error).__name__)
