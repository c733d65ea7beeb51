"""Inspections on their way to whoever wants each of them: in order, none lost, whatever is away meanwhile."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspector.errors import InspectorError

BATCH = 50
IDLE_S = 1.0
"""Between two looks whether there is more to send, where nobody says so."""
LEAVING_S = 2.0
"""What is under way when it is to end may take so long to notice; it is then left to itself, and sent again later."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
NOTES_S = 1.0
"""Between two notes of what was sent while there is more: each is a write to the records, and who writes one after the
other keeps the station from keeping what it inspects."""

Inspection = Mapping[str, Any]
"""The keys of `as_json`, and started_at, recipe, bundle, serial."""


@dataclass(frozen=True)
class Source:
    """Where inspections lie until they were sent; it outlives this program, and so nothing is lost with it.

    after: the oldest that were not sent, at most so many, in order, each with its position. moved: all up to this
    position were sent, and are not given again.
    """

    after: Callable[[int], Sequence[tuple[int, Inspection]]]
    moved: Callable[[int], None]


class Unsent(Exception):
    """It was not taken, for this reason, in a sentence; it is sent again."""


class Sender:
    """A thread that takes inspections from the source and sends them, one after the other.

    One that is not taken is tried again, after pauses that grow from FIRST_PAUSE_S to LONGEST_PAUSE_S however many come
    meanwhile, and those after it wait. Where this program is killed between the sending and the note of it, some are
    sent again: whoever takes them knows them by their id.

    send: returns once the other side has it, or raises Unsent; it must come back soon after `closing` is set. pause_s:
    the first pause.
    """

    def __init__(
        self, name: str, source: Source, send: Callable[[Inspection], None], pause_s: float = FIRST_PAUSE_S
    ) -> None:
        self.fault = ""
        self.closing = threading.Event()
        self._source = source
        self._send = send
        self._more = threading.Event()
        self._again = threading.Event()
        self._first_pause_s = self._pause_s = pause_s
        self._unnoted: set[str] = set()
        self._thread = threading.Thread(target=self._run, name=f"output {name}", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is more to send."""
        self._more.set()

    def retry(self) -> None:
        """Whoever takes them is back: wait no longer."""
        self._again.set()

    def close(self) -> None:
        """Send no more; what was not sent stays in the source."""
        self.closing.set()
        self._more.set()
        self._again.set()
        self._thread.join(LEAVING_S)

    def _run(self) -> None:
        while not self.closing.is_set():
            self._more.clear()
            self._again.clear()
            try:
                sent = self._send_some()
            except (Unsent, InspectorError) as failed:
                self._pause(str(failed))
            except Exception as failed:
                self._pause(f"Inspections cannot be sent ({type(failed).__name__}: {failed}); they are tried again.")
            else:
                self.fault, self._pause_s = "", self._first_pause_s
                if sent < BATCH:
                    self._more.wait(IDLE_S)

    def _send_some(self) -> int:
        waiting = self._source.after(BATCH)
        sent, noted_s = None, time.monotonic()
        try:
            for position, inspection in waiting:
                if self.closing.is_set():
                    break
                self._send_once(inspection)
                sent = position
                if time.monotonic() - noted_s >= NOTES_S:
                    self._note(position)
                    sent, noted_s = None, time.monotonic()
        finally:
            if sent is not None:
                self._note(sent)
        return len(waiting)

    def _send_once(self, inspection: Inspection) -> None:
        """Unless it was sent already, and could not be noted."""
        if inspection["id"] not in self._unnoted:
            self._send(inspection)
            self._unnoted.add(inspection["id"])

    def _note(self, position: int) -> None:
        self._source.moved(position)
        self._unnoted.clear()

    def _pause(self, fault: str) -> None:
        self.fault = fault
        self._again.wait(0.0 if self.closing.is_set() else self._pause_s)
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
