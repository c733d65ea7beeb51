"""How long records are kept: pictures go first, then rows, and no row that a destination has not got yet."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from inspector.errors import InspectorError, MachineError
from inspector.frame import utc_now
from inspector.inspection.guard.room import Ask, usage_of
from inspector.inspection.records import cursors, evidence
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.doubt import Doubt
from inspector.inspection.records.records import Records
from inspector.inspection.records.refused import NOWHERE
from inspector.inspection.records.schema import WITH_EVIDENCE, FindingRow, InspectionRow, MarkRow, as_us
from inspector.inspection.records.strays import strays_in
from inspector.keeping import Keeping

STEP = 100
"""How many inspections are removed in one piece of work: whoever adds one waits for no more than that."""
PAUSE_S = 0.05
"""Between two pieces, so that whoever waits to add comes first."""
EVERY_S = 600.0
GB = 10**9
RESERVES = 2.0
"""How much is kept free of what the station must have free, so that pictures go before it stops for lack of room."""


@dataclass(frozen=True)
class Tidied:
    """What was removed. held: how many inspections are older than they may be, and whose they still are to be."""

    pictures: int = 0
    freed_bytes: int = 0
    inspections: int = 0
    held: int = 0
    destination: str = ""

    def __str__(self) -> str:
        said = f"Removed {self.pictures} pictures ({self.freed_bytes / 10**6:.1f} MB) and {self.inspections} records."
        if self.held:
            said += f" {self.held} older records stay: '{self.destination}' has not got them yet."
        return said


def tidying(records: Records, keeping: Keeping, now: datetime, usage: Ask = shutil.disk_usage) -> Iterator[Tidied]:
    """Remove what is kept no longer, a little each time that the next one is asked for; the last one is all of it.

    Raises: MachineError of the disk or the database.
    """
    keeping = _as_there_is_room(records, keeping, now, usage)
    done = Tidied()
    for take in (_strays, _old_pictures, _excess_pictures, _old_inspections):
        while (step := take(records, keeping, now)) is not None:
            done = Tidied(
                done.pictures + step.pictures, done.freed_bytes + step.freed_bytes, done.inspections + step.inspections
            )
            yield done
    yield _with_held(done, records, keeping, now)


def _as_there_is_room(records: Records, keeping: Keeping, now: datetime, usage: Ask) -> Keeping:
    """With less for pictures where the disk has too little free. It is asked once: some say only later what they have
    free since a file was removed, and pictures would go for nothing until then.
    """
    disk = usage_of(records.folder, usage)
    lacking = RESERVES * disk.reserve - disk.free
    if lacking <= 0:
        return keeping
    with records.database.begin() as connection:
        strays = sum(each.bytes for each in strays_in(records.folder, connection, now))
        room_gb = max(0.0, (_size_of_pictures(connection) + strays - lacking) / GB)
    return keeping.model_copy(update={"keep_gb": min(keeping.keep_gb, room_gb)})


def _strays(records: Records, keeping: Keeping, now: datetime) -> Tidied | None:
    """A day's that no record knows, where they are kept no longer, or all pictures take more than they may."""
    with records.database.begin() as connection:
        found = strays_in(records.folder, connection, now)
        taken = _size_of_pictures(connection) + sum(each.bytes for each in found)
    since = _kept_since(keeping, now)
    for oldest in found[:1]:
        if taken > keeping.keep_gb * GB or (since is not None and oldest.day < since.astimezone(UTC).date()):
            with _removing():
                shutil.rmtree(oldest.folder)
            return Tidied(oldest.pictures, oldest.bytes)
    return None


def _kept_since(keeping: Keeping, now: datetime) -> datetime | None:
    """Since when pictures are kept; None for ever."""
    days = [days for days in (keeping.keep_days, keeping.keep_pictures_days) if days is not None]
    return now - timedelta(days=min(days)) if days else None


def _old_pictures(records: Records, keeping: Keeping, now: datetime) -> Tidied | None:
    """Some of those that are kept no longer, or whose inspections are not."""
    since = _kept_since(keeping, now)
    if since is None:
        return None
    before = InspectionRow.started_us < as_us(since)
    with records.database.begin() as connection:
        found = connection.execute(_oldest_pictures().where(before)).all()
    return _remove_pictures(records, found)


def _excess_pictures(records: Records, keeping: Keeping, now: datetime) -> Tidied | None:
    """Some of the oldest while all take more than they may."""
    with records.database.begin() as connection:
        excess = _size_of_pictures(connection) - keeping.keep_gb * GB
        found = connection.execute(_oldest_pictures()).all() if excess > 0 else []
    freed = accumulate((row.evidence_bytes for row in found), initial=0)
    return _remove_pictures(records, [row for row, before in zip(found, freed, strict=False) if before < excess])


def _size_of_pictures(connection: Connection) -> int:
    """Bytes of all of them, with what was seen in them."""
    return int(connection.scalar(select(func.sum(InspectionRow.evidence_bytes)).where(WITH_EVIDENCE)) or 0)


def _oldest_pictures() -> Select[Any]:
    """Whoever has not got their inspections yet: rows alone are carried, and none of them goes with its picture."""
    columns = (InspectionRow.number, InspectionRow.evidence, InspectionRow.evidence_bytes, InspectionRow.camera)
    query: Any = select(*columns).where(WITH_EVIDENCE)
    return query.order_by(InspectionRow.started_us, InspectionRow.number).limit(STEP)


def _remove_pictures(records: Records, found: Sequence[Any]) -> Tidied | None:
    """The files before the rows say so: after a kill they are only looked for once more."""
    if not found:
        return None
    with _removing():
        for row in found:
            evidence.remove(records.folder / row.evidence, row.camera)
    with records.database.begin(writes=True) as connection:
        these = InspectionRow.number.in_([row.number for row in found])
        connection.execute(update(InspectionRow).where(these).values(evidence="", evidence_bytes=0))
    return Tidied(len(found), sum(row.evidence_bytes for row in found))


@contextmanager
def _removing() -> Iterator[None]:
    """Raises: MachineError of the disk."""
    try:
        yield
    except OSError as error:
        raise MachineError(f"Cannot remove {error.filename}: {error.strerror or error}.") from error


def _old_inspections(records: Records, keeping: Keeping, now: datetime) -> Tidied | None:
    """Some of those that are kept no longer, with their findings and marks."""
    if keeping.keep_days is None:
        return None
    with records.database.begin(writes=True) as connection:
        numbers = connection.scalars(_oldest(connection, as_us(now - timedelta(days=keeping.keep_days)))).all()
        for column in (MarkRow.inspection, FindingRow.inspection, InspectionRow.number):
            connection.execute(delete(column.class_).where(column.in_(numbers)))
    return Tidied(inspections=len(numbers)) if numbers else None


def _oldest(connection: Connection, before_us: int) -> Select[Any]:
    sent = cursors.behind(connection, Stream.INSPECTIONS)
    said = cursors.behind(connection, Stream.MARKS)
    unsaid = select(MarkRow.id).where(MarkRow.inspection == InspectionRow.number, MarkRow.number > said.position)
    query = select(InspectionRow.number).where(InspectionRow.started_us < before_us, InspectionRow.evidence_bytes == 0)
    query = query.where(InspectionRow.number <= sent.position, ~unsaid.exists(), NOWHERE)
    return query.order_by(InspectionRow.started_us).limit(STEP)


def _with_held(done: Tidied, records: Records, keeping: Keeping, now: datetime) -> Tidied:
    """With what would have gone, had every destination got it."""
    if keeping.keep_days is None:
        return done
    old = InspectionRow.started_us < as_us(now - timedelta(days=keeping.keep_days))
    with records.database.begin() as connection:
        held = connection.scalar(select(func.count()).select_from(InspectionRow).where(old)) or 0
        return replace(done, held=held, destination=cursors.behind(connection, Stream.INSPECTIONS).destination)


class Tidier:
    """The thread `tidy`: keeps the records within what was asked for, in small steps beside whoever adds to them.

    clock: aware UTC. While what it says is to be doubted nothing is removed by age.
    """

    def __init__(
        self, records: Records, keeping: Keeping, every_s: float = EVERY_S, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._said = ""
        self._fault = ""
        self._records = records
        self._keeping = keeping
        self._every_s = every_s
        self._clock = clock
        self._doubt = Doubt(records)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tidy", daemon=True)
        self._thread.start()

    @property
    def said(self) -> str:
        """What was done last, or why it could not be, in a sentence."""
        return self._said

    @property
    def fault(self) -> str:
        """Why it could not be done, as long as that is so."""
        return self._fault

    def close(self) -> None:
        """End, after the step that is being done."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._tidy()
                self._fault = ""
            except Exception as error:  # whatever it was, the disk fills if nobody tidies any more
                told = str(error) if isinstance(error, InspectorError) else f"{type(error).__name__}: {error}"
                self._said = self._fault = told
            self._stopping.wait(self._every_s)

    def _tidy(self) -> None:
        now = self._clock()
        keeping = self._keeping
        if self._doubt.of(now):
            keeping = keeping.model_copy(update={"keep_days": None, "keep_pictures_days": None})
        for done in tidying(self._records, keeping, now):
            self._said = str(done)
            if self._stopping.wait(PAUSE_S):
                return
