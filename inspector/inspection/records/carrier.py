"""From a station's own records to the plant's database: each inspection and each mark, exactly once."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import takewhile

from inspector.errors import InspectorError
from inspector.inspection.records import marks, rows
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.marks import MarkKept
from inspector.inspection.records.postgres import SILENCE_S, Plant, Refusal
from inspector.inspection.records.records import Backlog, Records
from inspector.inspection.records.refused import Refused
from inspector.inspection.records.rows import Kept

PLANT = "plant"
"""What this destination is called."""
EVERY_S = 1.0
LONGEST_S = 60.0
"""Between two tries while the plant's database does not answer; the pauses double up to this."""
AGAIN_S = 3600.0
"""Between two tries of what the plant's database refused, for itself: somebody may have mended it."""
BATCH = 200
PATIENCE_S = 2.0
CUT_S = 0.2
"""While it ends: how long it may take by itself, and between two cuts after that."""


class Carrier:
    """The thread `carry`: copies what is new to the plant's database, a batch at a time, and catches up after a loss.

    How far it is stands in the station's own records, and is moved on once the plant's database has acknowledged. A
    kill between the two sends a batch again, of which the plant's database takes nothing a second time: it knows each
    inspection by its id and its station. What the plant's database refuses for itself is set aside and kept, so that
    it holds up nothing else.

    station: what this one is called in the plant, for inspections that do not say so themselves.
    Raises: InputError where the text names no PostgreSQL; MachineError of the station's own records.
    """

    def __init__(
        self, records: Records, database: str, station: str, every_s: float = EVERY_S, silence_s: float = SILENCE_S
    ) -> None:
        self._records = records
        self._plant = Plant(database, silence_s)
        self._station = station
        self._every_s = every_s
        for stream in Stream:
            records.position(PLANT, stream)
        self._backlog = records.destinations()[PLANT]
        self._reached = False
        self._again_s = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="carry", daemon=True)
        self._thread.start()

    def backlog(self) -> Backlog:
        """What the plant has not got yet, and why: cheap, from any thread."""
        return self._backlog

    def close(self) -> None:
        """End; what was not carried waits for the next start. Takes a few seconds where the plant does not answer."""
        self._stopping.set()
        self._thread.join(PATIENCE_S)
        while self._thread.is_alive():
            self._plant.cut()
            self._thread.join(CUT_S)
        self._plant.close()

    def _run(self) -> None:
        pause_s = 0.0
        while not self._stopping.wait(pause_s):
            try:
                self._try_again()
                pause_s = 0.0 if self._carry() else self._every_s
                self._backlog = self._standing()
            except Exception as error:  # whatever it is, it is told, and tried again
                pause_s = min(LONGEST_S, max(self._every_s, 2 * pause_s))
                self._reached = False
                self._backlog = self._standing()._replace(fault=_sentence(error))

    def _carry(self) -> bool:
        """One batch; whether there may be more. The plant is asked for at the start, too, to tell what is wrong."""
        position = self._records.position(PLANT)
        found = self._records.after(position, BATCH)
        last = found[-1].position if found else position
        said = self._records.marks_after(self._records.position(PLANT, Stream.MARKS), BATCH)
        # A mark goes with its inspection or after it, and marks keep their order.
        said = list(takewhile(lambda kept: kept.of <= last, said))
        if found or said or not self._reached:
            self._hand_over(found, said)
        return len(found) == BATCH or len(said) == BATCH

    def _hand_over(self, found: Sequence[Kept], said: Sequence[MarkKept]) -> None:
        try:
            self._send(found, said)
        except Refusal:
            if not (found or said):
                raise
            # Which of them is refused, only each alone can tell.
            for kept in found:
                self._send_or_set_aside(Stream.INSPECTIONS, kept.position, kept.inspection.id)
            for mark in said:
                self._send_or_set_aside(Stream.MARKS, mark.position, mark.mark.inspection)

    def _send_or_set_aside(self, stream: Stream, position: int, inspection: str) -> None:
        one = Refused(stream, position, inspection, "")
        try:
            self._send(*self._kept(one))
        except Refusal as error:
            self._records.set_aside(PLANT, one._replace(reason=str(error)))

    def _try_again(self) -> None:
        """What was refused, at the start and every hour."""
        if time.monotonic() < self._again_s:
            return
        for one in self._records.refused(PLANT):
            if self._stopping.is_set():
                return
            with suppress(Refusal):
                self._send(*self._kept(one))
                self._records.arrived(PLANT, one)
        self._again_s = time.monotonic() + AGAIN_S

    def _kept(self, one: Refused) -> tuple[Sequence[Kept], Sequence[MarkKept]]:
        """The inspection, or the mark, alone."""
        if one.stream is Stream.MARKS:
            return [], self._records.marks_after(one.position - 1, 1)
        return self._records.after(one.position - 1, 1), []

    def _send(self, found: Sequence[Kept], said: Sequence[MarkKept]) -> None:
        with self._plant.begin(writes=True) as connection:
            rows.write(connection, [self._signed(kept) for kept in found])
            for kept in said:
                there = marks.write(connection, kept.mark, kept.station or self._station)
                if not there and self._records.refuses(PLANT, kept.mark.inspection):
                    raise Refusal("The inspection that it is about was refused.")
        self._reached = True
        if found:
            self._records.moved(PLANT, found[-1].position)
        if said:
            self._records.moved(PLANT, said[-1].position, Stream.MARKS)

    def _signed(self, kept: Kept) -> Kept:
        """With the station's name on it, by which the plant tells inspections of several apart."""
        station = kept.inspection.station or self._station
        return kept._replace(inspection=replace(kept.inspection, station=station))

    def _standing(self) -> Backlog:
        """As the station's own records say; where they do not, as it was."""
        try:
            return self._records.destinations().get(PLANT, Backlog(0, None))
        except InspectorError:
            return self._backlog


def _sentence(error: Exception) -> str:
    if isinstance(error, InspectorError):
        return str(error)
    return f"What was inspected does not reach the plant's database ({type(error).__name__}: {error})."
