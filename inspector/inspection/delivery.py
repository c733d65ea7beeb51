"""From the decision to the records, and then to whoever waits for it: in order, and never lost."""

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from inspector.detections import Detections
from inspector.errors import InspectorError, MachineError
from inspector.frame import Frame
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import NO_ASPECTS

Hear = Callable[[Inspection], None]
Failed = Callable[[BaseException], None]
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
    """

    def __init__(self, records: Records | None, hear: Hear | None, failed: Failed, left: Iterable[Decided]) -> None:
        self.left: list[Decided] = []
        self._records = records
        self._hear = hear
        self._failed = failed
        self._queue: queue.Queue[Decided | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="deliver", daemon=True)
        self._thread.start()
        for decided in left:
            self.put(decided)

    def put(self, decided: Decided) -> None:
        """Hand one over; waits only while WAITING of them wait."""
        self._queue.put(decided)

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


def sentence(error: BaseException) -> InspectorError:
    """The error as a person is told of it."""
    if isinstance(error, InspectorError):
        return error
    failure = MachineError(f"The station failed ({type(error).__name__}: {error}). Start it again.")
    failure.__cause__ = error
    return failure
