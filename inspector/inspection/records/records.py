"""What was inspected: a row for each inspection and finding, and beside it the picture that decided."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, delete, select

from inspector.detections import Detections
from inspector.errors import InputError, MachineError
from inspector.frame import Frame
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import cursors, evidence, marks, queries, refused, rows
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.marks import Mark, MarkKept
from inspector.inspection.records.postgres import Plant
from inspector.inspection.records.refused import Refused
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.schema import CursorRow, InspectionRow, RefusedRow, as_moment, as_us
from inspector.inspection.records.sqlite import Local, was_set_aside
from inspector.inspection.records.wanted import EVERYTHING, Bucket, Cause, Page, Place, Wanted
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_ASPECTS

FILE = "records.db"
AT_ONCE = 500
"""How many rows are read in one piece of work: somebody else may write in between."""


class Database(Protocol):
    """Where the rows are."""

    name: str

    def begin(self, writes: bool = False) -> AbstractContextManager[Connection]:
        """One piece of work as a whole or not at all. Raises: MachineError with a sentence."""
        ...

    @property
    def replaced(self) -> bool:
        """Whether another one lies there now."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Backlog(NamedTuple):
    """What a destination has not got yet.

    waiting: how many inspections; since: when the first of them was made, None without any; fault: why, "" where all is
    well. refused: how many inspections and marks it does not take, which are none of those that wait.
    """

    waiting: int
    since: datetime | None
    fault: str = ""
    refused: int = 0


def make(folder: Path) -> None:
    """The folder of records, where there is none yet. Raises: MachineError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"Cannot keep records in {folder}: {error.strerror or error}.") from error


class Records:
    """The records in a folder: `records.db`, and `evidence/YYYY-MM-DD/<id>.jpg` with `<id>.json`, its detections; of
    several cameras the first one's, and `<id>.<camera>.jpg` with `<id>.<camera>.json` of each other.

    One process writes; any number may read meanwhile. A row is on the disk when `add` returns, and its evidence was
    there before it, so that a power cut leaves at most a picture without a row.

    database: the rows are in this PostgreSQL of a plant instead, `postgresql+psycopg://…`: to look at what all stations
    sent there. A station itself never waits for a network, and writes to its own disk.
    held: whoever opens them holds the station's lock, so that nobody else writes there.

    Raises: MachineError where the folder cannot be written, and where the database is damaged. Where it is held it is
    then set aside under another name, as it is, and the next start begins a new one; else it stays, as whoever writes
    there would go on in the file under its other name. InputError where a newer version of this program wrote it.
    """

    def __init__(self, folder: Path, database: str | None = None, held: bool = False) -> None:
        self.folder = folder
        make(folder)
        self.database: Database = Local(folder / FILE, held) if database is None else Plant(database)

    def add(
        self,
        inspection: Inspection,
        frame: Frame,
        detections: Detections,
        others: Mapping[str, Aspect] = NO_ASPECTS,
    ) -> None:
        """Keep an inspection with the frame that decided it and what was seen there; to add it again changes nothing.

        Args: others, what the other cameras showed, by name.
        Raises: MachineError where the disk is full or the database is locked; nothing is half kept then.
        """
        size = evidence.write(self.evidence(inspection), frame, detections)
        for camera, aspect in others.items():
            size += evidence.write(self.evidence(inspection, camera), aspect.frame, aspect.detections)
        kept = Kept(0, inspection, evidence.place_of(inspection).as_posix(), size)
        with self.database.begin(writes=True) as connection:
            rows.write(connection, [kept])

    def evidence(self, inspection: Inspection, camera: str = "") -> Path:
        """Where the picture that decided lies, as long as it is kept; camera: of another one than the first."""
        path = self.folder / evidence.place_of(inspection)
        return path.with_name(f"{path.stem}.{camera}.jpg") if camera else path

    def pictures(self, inspection: Inspection) -> Mapping[str, Path]:
        """Where the picture of each camera lies, by its name, "" where it is the only one; the first one's first."""
        return evidence.pictures(self.evidence(inspection), inspection.camera)

    def list(self, limit: int | None = None, wanted: Wanted = EVERYTHING) -> Sequence[Inspection]:
        """The newest first."""
        return [kept.inspection for kept in self.each(wanted, limit)]

    def page(self, wanted: Wanted, limit: int, place: Place | None = None) -> Page:
        """So many of the wanted inspections, the newest first, or those older than the place where a page ended."""
        with self.database.begin() as connection:
            found = rows.read(connection, queries.page(wanted, limit, place))
        return Page(tuple(kept.inspection for kept in found), _place_after(found, limit))

    def each(self, wanted: Wanted = EVERYTHING, limit: int | None = None) -> Iterator[Kept]:
        """The newest first, with what is known of their evidence, read in pieces as they are asked for."""
        place = None
        while limit is None or limit > 0:
            at_once = AT_ONCE if limit is None else min(limit, AT_ONCE)
            with self.database.begin() as connection:
                found = rows.read(connection, queries.page(wanted, at_once, place))
            yield from found
            place = _place_after(found, at_once)
            if place is None:
                return
            limit = None if limit is None else limit - at_once

    def count(self, wanted: Wanted = EVERYTHING) -> int:
        """How many `each` gives now."""
        with self.database.begin() as connection:
            return int(connection.execute(queries.count(wanted)).scalar_one())

    def counts(self, since: datetime | None = None, until: datetime | None = None) -> dict[Verdict, int]:
        """How many inspections came to each verdict."""
        with self.database.begin() as connection:
            found = {Verdict(verdict): count for verdict, count in connection.execute(queries.counts(since, until))}
        return dict.fromkeys(Verdict, 0) | found

    def tally(
        self,
        since: datetime,
        until: datetime,
        each: timedelta,
        component: str | None = None,
        serial: str | None = None,
    ) -> Sequence[Bucket]:
        """How many came to each verdict, in stretches of time from `since` on: hours, or shifts. The empty ones too.

        component: its own verdicts, instead of the inspections'; serial: of the workpieces of that number alone.
        """
        with self.database.begin() as connection:
            found = connection.execute(queries.tally(since, until, each, component, serial)).all()
        buckets = [Bucket(since + i * each, dict.fromkeys(Verdict, 0)) for i in range(-((since - until) // each))]
        for stretch, verdict, count in found:
            buckets[stretch].counts[Verdict(verdict)] = count
        return buckets

    def causes(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        component: str | None = None,
        serial: str | None = None,
    ) -> Sequence[Cause]:
        """What was not OK and why, the most frequent first: the rows of a Pareto chart.

        component, serial: only of that one, or of the workpieces of that number.
        """
        query = queries.causes(since, until, limit, component, serial)
        with self.database.begin() as connection:
            return [Cause(*row) for row in connection.execute(query)]

    def mark(self, inspection: str, who: str, right: bool, reason: str = "") -> Mark:
        """Say whether a verdict was right; the inspection itself stays as it is.

        Raises: InputError where there is no such inspection, nobody says so, or a wrong one has no reason.
        """
        mark = Mark.now(inspection, who, right, reason)
        with self.database.begin(writes=True) as connection:
            if not marks.write(connection, mark):
                raise InputError(f"There is no inspection '{inspection}' in the records.")
        return mark

    def marks(self, inspection: str) -> Sequence[Mark]:
        """What was said of an inspection, the first first."""
        with self.database.begin() as connection:
            return marks.of(connection, inspection)

    def after(self, position: int, limit: int) -> Sequence[Kept]:
        """What was added after a position, in that order, for whoever carries it elsewhere. Of a station's own records:
        where several write at once, as in a plant's, one may still come before another that was read.
        """
        query = select(InspectionRow).where(InspectionRow.number > position).order_by(InspectionRow.number)
        with self.database.begin() as connection:
            return rows.read(connection, query.limit(limit))

    def marks_after(self, position: int, limit: int) -> Sequence[MarkKept]:
        """The marks that were added after a position, in that order."""
        with self.database.begin() as connection:
            return marks.after(connection, position, limit)

    def begin(self, destination: str) -> None:
        """Of a destination that is not known yet: it is to have what is added from now on. All, where these records
        began in the place of damaged ones: those may have known it.
        """
        anew = was_set_aside(self.folder / FILE)
        with self.database.begin(writes=True) as connection:
            if cursors.position(connection, destination, Stream.INSPECTIONS) is None:
                here = 0 if anew else cursors.newest(connection, Stream.INSPECTIONS)
                cursors.move(connection, destination, Stream.INSPECTIONS, here)

    def position(self, destination: str, stream: Stream = Stream.INSPECTIONS) -> int:
        """The position of the last one that a destination has; from the first question on nothing is removed before it
        has it.
        """
        with self.database.begin() as connection:
            known = cursors.position(connection, destination, stream)
        if known is None:
            self.moved(destination, 0, stream)
        return known or 0

    def moved(self, destination: str, position: int, stream: Stream = Stream.INSPECTIONS) -> None:
        """A destination has all up to a position."""
        with self.database.begin(writes=True) as connection:
            cursors.move(connection, destination, stream, position)

    def destinations(self) -> Mapping[str, Backlog]:
        """Everything that inspections are carried to, and what it has not got yet."""
        query = select(CursorRow.destination, CursorRow.position).where(CursorRow.stream == Stream.INSPECTIONS)
        with self.database.begin() as connection:
            return {name: _backlog(connection, name, position) for name, position in connection.execute(query).all()}

    def set_aside(self, destination: str, one: Refused) -> None:
        """A destination refuses it, for itself: the others go on, and it is kept until it has arrived."""
        with self.database.begin(writes=True) as connection:
            refused.set_aside(connection, destination, one)

    def arrived(self, destination: str, one: Refused) -> None:
        """What a destination refused has arrived after all."""
        with self.database.begin(writes=True) as connection:
            refused.take_back(connection, destination, one)

    def refused(self, destination: str) -> Sequence[Refused]:
        """What a destination refused, the inspections first."""
        with self.database.begin() as connection:
            return refused.of(connection, destination)

    def refuses(self, destination: str, inspection: str) -> bool:
        """Whether a destination refused the inspection of that id."""
        with self.database.begin() as connection:
            return refused.is_inspection(connection, destination, inspection)

    def forget(self, destination: str) -> None:
        """Nothing is carried there any more, and nothing is kept for it."""
        with self.database.begin(writes=True) as connection:
            for row in (CursorRow, RefusedRow):
                connection.execute(delete(row).where(row.destination == destination))

    def anew(self) -> "Records":
        """These; where others lie there now, since damaged ones were set aside say, those, and these are let go of. For
        whoever reads: a station, whose verdicts would be in both, ends. Raises: as a station's own are opened.
        """
        if not self.database.replaced:
            return self
        self.close()
        return Records(self.folder)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _place_after(found: Sequence[Kept], limit: int) -> Place | None:
    if len(found) < limit:
        return None
    return Place(as_us(found[-1].inspection.started_at), found[-1].position)


def _backlog(connection: Connection, destination: str, position: int) -> Backlog:
    waiting, since = _waiting(connection, position)
    count = refused.count(connection, destination)
    if not count:
        return Backlog(waiting, since)
    (first,) = refused.of(connection, destination, 1)
    fault = f"{count} inspections or marks were refused; they are kept here, and tried again every hour. The first:"
    return Backlog(waiting, since, f"{fault} {first.reason}", count)


def _waiting(connection: Connection, position: int) -> tuple[int, datetime | None]:
    """How many inspections come after the position, and when the first of them was made."""
    query = select(InspectionRow.number, InspectionRow.started_us).where(InspectionRow.number > position)
    first = connection.execute(query.order_by(InspectionRow.number).limit(1)).first()
    if first is None:
        return 0, None
    # Nothing after a destination's position is ever removed, so that numbers tell how many there are.
    return cursors.newest(connection, Stream.INSPECTIONS) - first.number + 1, as_moment(first.started_us)
