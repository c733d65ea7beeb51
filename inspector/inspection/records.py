"""What was inspected: a row for each inspection and finding in SQLite, and beside it the picture that decided."""

import csv
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import cv2
from sqlalchemy import URL, Engine, ForeignKey, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

from inspector.bundle import sightings
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.files import written_whole
from inspector.frame import Frame, utc_now
from inspector.inspection.verdict import Finding, Inspection, Verdict

FILE = "records.db"
EVIDENCE = "evidence"
BUSY_S = 5.0
JPEG_QUALITY = 90
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
COLUMNS = (
    "id",
    "started_at",
    "recipe",
    "bundle",
    "first_frame",
    "last_frame",
    "verdict",
    "reason",
    "latency_ms",
    "evidence",
)


class Base(DeclarativeBase):
    """The tables of the records."""


class InspectionRow(Base):
    """An inspection. started_at is UTC in ISO 8601, so that text sorts as time; evidence is a path in the folder."""

    __tablename__ = "inspections"

    id: Mapped[str] = mapped_column(primary_key=True)
    recipe: Mapped[str]
    bundle: Mapped[str]
    first_frame: Mapped[int]
    last_frame: Mapped[int]
    started_at: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[int] = mapped_column(index=True)
    latency_ms: Mapped[float]
    evidence: Mapped[str]
    findings: Mapped[list["FindingRow"]] = relationship(order_by="FindingRow.position")


class FindingRow(Base):
    """One component's finding; position is its place in the recipe."""

    __tablename__ = "findings"

    inspection: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    component: Mapped[str]
    pattern: Mapped[str | None]
    expected: Mapped[int]
    found: Mapped[int]
    verdict: Mapped[int]
    reason: Mapped[str]


class Records:
    """The records in a folder: `records.db`, and `evidence/YYYY-MM-DD/<id>.jpg` with `<id>.json`, its detections.

    One process writes; any number may read meanwhile. A row is on the disk when `add` returns, and its evidence was
    there before it, so that a power cut leaves at most a picture without a row.

    Raises: MachineError where the folder cannot be written, and where the database is damaged: it is then set aside
    under another name, as it is, and the next start begins a new one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MachineError(f"Cannot keep records in {folder}: {error.strerror or error}.") from error
        if self._path.exists():
            _check(self._path)
        self._engine = _engine(self._path)
        with self._session():
            Base.metadata.create_all(self._engine)

    def add(self, inspection: Inspection, frame: Frame, detections: Detections) -> None:
        """Keep an inspection with the frame that decided it and what was seen there; to add it again changes nothing.

        Raises: MachineError where the disk is full or the database is locked; nothing is half kept then.
        """
        _write_evidence(self.evidence(inspection), frame, detections)
        with self._session() as session, session.begin():
            session.merge(_row(inspection, self.evidence(inspection).relative_to(self.folder)))

    def evidence(self, inspection: Inspection) -> Path:
        """Where the picture that decided lies."""
        day = inspection.started_at.astimezone(UTC).date().isoformat()
        return self.folder / EVIDENCE / day / f"{inspection.id}.jpg"

    def list(
        self, limit: int | None = None, since: datetime | None = None, verdict: Verdict | None = None
    ) -> Sequence[Inspection]:
        """The newest first."""
        return [_inspection(row) for row in self._rows(limit, since, verdict)]

    def counts(self, since: datetime | None = None) -> dict[Verdict, int]:
        """How many inspections came to each verdict."""
        query = select(InspectionRow.verdict, func.count()).group_by(InspectionRow.verdict)
        if since is not None:
            query = query.where(InspectionRow.started_at >= _text(since))
        with self._session() as session:
            found = dict(session.execute(query).tuples().all())
        return {each: found.get(each, 0) for each in Verdict}

    def export(self, file: IO[str], since: datetime | None = None, verdict: Verdict | None = None) -> int:
        """Write CSV with a line an inspection, newest first; returns how many."""
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        count = 0
        for count, row in enumerate(self._rows(None, since, verdict), start=1):  # noqa: B007
            writer.writerow(_line(row))
        return count

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _rows(self, limit: int | None, since: datetime | None, verdict: Verdict | None) -> Iterator[InspectionRow]:
        query = select(InspectionRow).options(selectinload(InspectionRow.findings)).order_by(InspectionRow.id.desc())
        if since is not None:
            query = query.where(InspectionRow.started_at >= _text(since))
        if verdict is not None:
            query = query.where(InspectionRow.verdict == int(verdict))
        with self._session() as session:
            yield from session.scalars(query.limit(limit).execution_options(yield_per=500))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session whose failures are sentences."""
        try:
            with Session(self._engine) as session:
                yield session
        except DBAPIError as error:
            raise MachineError(_sentence(self._path, error.orig)) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # Full: a row that was acknowledged survives a power cut, which WAL's usual NORMAL does not promise.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _check(path: Path) -> None:
    """Raises: MachineError where the database is damaged, which is then set aside with its log."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        damaged = said != "ok"
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise MachineError(_sentence(path, error)) from error
        damaged = True
    if damaged:
        aside = path.with_name(f"{path.stem}.damaged-{utc_now():%Y%m%dT%H%M%S}{path.suffix}")
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
        raise MachineError(
            f"The records were damaged and are now set aside in {aside}. Start again: new records begin."
        )


def _is_damage(error: BaseException | None) -> bool:
    # The low byte is the kind; the rest says where SQLite met it.
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def _sentence(path: Path, error: BaseException | None) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The records in {path} are locked by another program. Close it, then start again."
        case sqlite3.SQLITE_FULL:
            return f"Cannot write {path}: the disk is full. Free some space, then start again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"The records in {path} are damaged. Start again: they are then set aside and new ones begin."
        case _:
            return f"Cannot use the records in {path}: {error}."


def _write_evidence(path: Path, frame: Frame, detections: Detections) -> None:
    """The picture as it was, and beside it what was seen in it."""
    width, height = frame.size
    seen = {
        "frame": frame.number,
        "name": frame.name,
        "width": width,
        "height": height,
        "detections": [sighting.model_dump() for sighting in sightings(detections)],
    }
    done, jpeg = cv2.imencode(".jpg", frame.image, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    if not done:
        raise MachineError(f"Cannot write {path}: the picture of {width}x{height} cannot be kept as JPEG.")
    with written_whole(path) as file:
        file.write(jpeg.tobytes())
    with written_whole(path.with_suffix(".json")) as file:
        file.write(json.dumps(seen).encode())


def _text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _row(inspection: Inspection, evidence: Path) -> InspectionRow:
    findings = [
        FindingRow(inspection=inspection.id, position=i, **{**asdict(f), "verdict": int(f.verdict)})
        for i, f in enumerate(inspection.findings)
    ]
    values = {field.name: getattr(inspection, field.name) for field in fields(inspection)}
    values |= {"started_at": _text(inspection.started_at), "verdict": int(inspection.verdict), "findings": findings}
    return InspectionRow(evidence=evidence.as_posix(), **values)


def _inspection(row: InspectionRow) -> Inspection:
    findings = tuple(
        Finding(f.component, f.pattern, f.expected, f.found, Verdict(f.verdict), f.reason) for f in row.findings
    )
    return Inspection(
        row.id,
        row.recipe,
        row.bundle,
        row.first_frame,
        row.last_frame,
        datetime.fromisoformat(row.started_at),
        Verdict(row.verdict),
        findings,
        row.latency_ms,
    )


def _line(row: InspectionRow) -> dict[str, Any]:
    """A line of the CSV."""
    inspection = _inspection(row)
    values = {name: getattr(row, name) for name in COLUMNS if name != "reason"}
    return {**values, "verdict": inspection.verdict.name, "reason": inspection.reason}
