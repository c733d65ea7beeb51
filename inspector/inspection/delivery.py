"""From the decision to the records, and then to whoever waits for it: in order, and never lost."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from inspector.detections import Detections
from inspector.errors import InspectorError, MachineError
from inspector.frame import Frame
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_ASPECTS

Hear = Callable[[Inspection], None]
Failed = Callable[[BaseException], None]
WAITS_S = 0.5
WAITING = 16
"""How many may wait, each with its picture: who decides faster than the disk writes has to wait."""


class Decided(NamedTuple):
    """An inspection, the frame that decided it, and what was seen there at or above the working scores; where several
    cameras decided it these are the first one's, and others has the rest by name.
    """

    inspection: Inspection
    frame: Frame
    detections: Detections
    others: Mapping[str, Aspect] = NO_ASPECTS


class Delivery:
    """The thread `deliver`: each inspection goes into the records, and is then told.

    After a failure nothing more is delivered, so that order is kept: it stays in `left`, for the next delivery to begin
    with. An inspection whose telling failed is told again then.

    Whoever shows a verdict asks `kept` first.
    """

    def __init__(self, records: Records | None, hear: Hear | None, failed: Failed, left: Iterable[Decided]) -> None:
        self.left: list[Decided] = []
        self._handed_over = self._delivered = 0
        self._needed = 0
        self._stood = Verdict.UNDEFINED
        self._records = records
        self._hear = hear
        self._failed = failed
        self._queue: queue.Queue[Decided | None] = queue.Queue(WAITING)
        self._moved_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="deliver", daemon=True)
        self._thread.start()
        for decided in left:
            self.put(decided)

    def put(self, decided: Decided) -> None:
        """Hand one over; waits only while WAITING of them wait."""
        if self._handed_over == self._delivered:
            self._moved_s = time.monotonic()
        self._handed_over += 1
        self._queue.put(decided)

    @property
    def fault(self) -> str | None:
        """A sentence where nothing was delivered for WAITS_S though something waits."""
        if self._delivered == self._handed_over or time.monotonic() - self._moved_s <= WAITS_S:
            return None
        return "An inspection waits to be kept: the disk is slow, or another program holds the records."

    def kept(self, verdict: Verdict, anew: bool = False) -> Verdict:
        """The verdict as far as it may be shown now: an OK once all is delivered that was decided when it came.

        To be asked of every verdict in turn: an OK that stays one needs nothing new, but where it is anew, and of the
        next workpiece.
        """
        if verdict is Verdict.OK and (anew or self._stood is not Verdict.OK):
            self._needed = self._handed_over
        self._stood = verdict
        waits = self._delivered < self._needed or self.fault is not None
        return Verdict.UNDEFINED if verdict is Verdict.OK and waits else verdict

    @property
    def last(self) -> Verdict:
        """The last verdict, which may be shown for good once `finish` came back."""
        return Verdict.UNDEFINED if self.left else self._stood

    def finish(self) -> None:
        """No more will come; block until all is delivered, or left."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (decided := self._queue.get()) is not None:
            if self.left:
                self.left.append(decided)
                continue
            try:
                self._deliver(decided)
            except BaseException as error:  # also SystemExit: without this thread the queue would be full for ever
                self.left.append(decided)
                self._failed(error)

    def _deliver(self, decided: Decided) -> None:
        if self._records is not None:
            self._records.add(*decided)
        if self._hear is not None:
            self._hear(decided.inspection)
        self._delivered += 1
        self._moved_s = time.monotonic()


def sentence(error: BaseException) -> InspectorError:
    """The error as a person is told of it."""
    if isinstance(error, InspectorError):
        return error
    failure = MachineError(f"The station failed ({type(error).__name__}: {error}). Start it again.")
    failure.__cause__ = error
    return failure
