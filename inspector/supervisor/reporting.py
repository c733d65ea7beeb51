"""A station tells its supervisor how it stands: the child's end. The supervisor never loads it."""

import ctypes
import os
import queue
import signal
import sys
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from inspector.errors import MachineError
from inspector.frame import Frame
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import State, View
from inspector.plant.signals import Phase, Prove, Trigger
from inspector.supervisor.link import Link, inherited
from inspector.supervisor.reports import (
    STARTS,
    Decided,
    Garbled,
    Refused,
    Report,
    Seen,
    Trouble,
    decoded_request,
    encoded,
    plants,
    told,
)

TICK_S = 0.05
EVERY_S = 0.2
"""Between two reports of a station at which nothing happens."""
LEAVE_S = 0.8
"""A child whose supervisor is gone has so long to end in order; then the camera is free in any case."""
PR_SET_PDEATHSIG = 1
"""prctl(2)."""

Asking = Trigger | Prove
Asked = Callable[[Asking], str]
"""Takes what the plant asks of a station: "", or why it is refused; it must not wait."""


@dataclass(frozen=True)
class _Watched:
    """A station as its reports name it."""

    view: Callable[[], View]
    recipe: str
    bundle: str
    asked: Asked


class Reporting:
    """Tells of each judged picture, at most every TICK_S, and of each inspection, after it is in the records.

    lost: called once, on a thread, when the supervisor is gone.
    trouble: what it says is wrong with a way to the plant, "" where all is well.
    """

    def __init__(self, link: Link, generation: str, lost: Callable[[], None]) -> None:
        self._link = link
        self._generation = generation
        self._lost = lost
        self._number = 0
        self._decided: queue.SimpleQueue[Inspection] = queue.SimpleQueue()
        self._refused: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._watched: _Watched | None = None
        self.trouble = ""
        self._progress = _Progress()
        self._over = threading.Event()
        self._reporter = threading.Thread(target=self._report, name="report", daemon=True)
        self._reporter.start()
        threading.Thread(target=self._ask, name="ask", daemon=True).start()

    def watch(self, view: Callable[[], View], recipe: str, bundle: str, asked: Asked = lambda request: "") -> None:
        """Report this station from now on, in the place of the one before.

        view: its `view`. asked: called on the thread `ask`.
        """
        self._watched = _Watched(view, recipe, bundle, asked)

    def tell(self, inspection: Inspection) -> None:
        """An inspection is in the records. From any thread; returns at once."""
        self._decided.put(inspection)

    def close(self) -> None:
        """Say what is still to be said, and no more; the supervisor takes that for the station's end."""
        self._over.set()
        self._reporter.join(LEAVE_S)
        self._link.close()

    def _report(self) -> None:
        last: Seen | None = None
        with suppress(OSError):
            while not self._over.wait(TICK_S):
                self._tell_decided()
                self._tell_refused()
                last = self._see(last)
            self._tell_decided()

    def _tell_decided(self) -> None:
        while not self._decided.empty():
            inspection = self._decided.get()
            # First what is true of the newest picture: from that follows whether the inspection still is.
            self._see(None)
            self._send(self._decision(inspection))

    def _tell_refused(self) -> None:
        while not self._refused.empty():
            trigger, why = self._refused.get()
            now_s = time.monotonic()
            self._send(
                Refused(generation=self._generation, number=self._number, sent_s=now_s, trigger=trigger, why=why)
            )

    def _see(self, last: Seen | None) -> Seen | None:
        """Say how the station stands, where that is news, or was said EVERY_S ago."""
        if self._watched is None:
            return last
        seen = self._progress.seen(self._watched, self._generation, self._number)
        if last is not None and seen.sent_s - last.sent_s < EVERY_S and _same(seen, last):
            return last
        self._send(seen)
        return seen

    def _decision(self, inspection: Inspection) -> Decided:
        said = told(inspection)
        return Decided(
            generation=self._generation,
            number=self._number,
            sent_s=time.monotonic(),
            id=inspection.id,
            verdict=inspection.verdict.value,
            serial=inspection.serial,
            trigger=plants(inspection.trigger),
            reasons=inspection.reasons,
            said=said,
        )

    def _send(self, report: Report) -> None:
        self._link.send(encoded(report))
        self._number += 1

    def _ask(self) -> None:
        try:
            with suppress(EOFError, OSError, Garbled):
                while True:
                    request = decoded_request(self._link.receive())
                    if isinstance(request, Trouble):
                        self.trouble = request.text
                        continue
                    why = self._watched.asked(request) if self._watched is not None else STARTS
                    if why and isinstance(request, Trigger):
                        self._refused.put((request.id, why))
        finally:
            if not self._over.is_set():
                self._over.set()
                self._lost()


@contextmanager
def reporting() -> Iterator[Reporting | None]:
    """This process's, while it lasts; None where no supervisor started it. One that did takes it along when it dies."""
    found = inherited()
    if found is None:
        yield None
        return
    _die_with_the_supervisor()
    with closing(Reporting(*found, lost=_leave)) as told_of:
        yield told_of


class _Progress:
    """Counts what was looked at and judged, by looking at a station's newest view now and then."""

    def __init__(self) -> None:
        self._looked = self._judged = self._golden = 0
        self._frame: Frame | None = None

    def seen(self, watched: _Watched, generation: str, number: int) -> Seen:
        """The station's newest moment as a report."""
        view = watched.view()
        if view.frame is not None and view.frame is not self._frame:
            self._frame = view.frame
            self._looked += 1
            self._judged += not view.frame.fault
        # A station that begins anew counts its golden frames from 0 again.
        self._judged += view.golden - self._golden if view.golden >= self._golden else view.golden
        self._golden = view.golden
        return Seen(
            generation=generation,
            number=number,
            sent_s=time.monotonic(),
            phase=Phase.FAULT if view.state is State.ERROR else Phase(view.state.value),
            message=view.message,
            looked=self._looked,
            progress=self._judged,
            taken_s=view.taken_s,
            verdict=view.verdict.value,
            inspection="" if view.inspection is None else view.inspection.id,
            recipe=watched.recipe,
            bundle=watched.bundle,
        )


def _same(seen: Seen, other: Seen) -> bool:
    """Whether both say the same, but for when."""
    apart: dict[str, Any] = {"number": 0, "sent_s": 0.0}
    return seen.model_copy(update=apart) == other.model_copy(update=apart)


def _leave() -> None:
    """End as Ctrl-C does, and then in any case: nobody else would free the camera."""
    interrupt_main()
    time.sleep(LEAVE_S)
    os._exit(MachineError.exit_code)


def _die_with_the_supervisor() -> None:
    """On Linux the system itself kills the child of a supervisor that dies, also one that hangs or was stopped."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
