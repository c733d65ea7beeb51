"""The tables of the records, and the SQLite that holds them."""

import sqlite3
from contextlib import closing
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from inspector.errors import MachineError
from inspector.frame import utc_now
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict

BUSY_S = 5.0
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


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
    serial: Mapped[str]
    trigger: Mapped[str]
    evidence: Mapped[str]
    camera: Mapped[str]
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
    kind: Mapped[str]
    score: Mapped[float | None]


def open_engine(path: Path) -> Engine:
    """SQLite with a log that lets others read while one writes, and that keeps what was acknowledged."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # Full: a row that was acknowledged survives a power cut, which WAL's usual NORMAL does not promise.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def check(path: Path) -> None:
    """Raises: MachineError where the database is damaged, which is then set aside with its log."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        damaged = said != "ok"
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise MachineError(sentence(path, error)) from error
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


def sentence(path: Path, error: BaseException | None) -> str:
    """SQLite's error as a person is told of it."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The records in {path} are locked by another program. Close it, then start again."
        case sqlite3.SQLITE_FULL:
            return f"Cannot write {path}: the disk is full. Free some space, then start again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"The records in {path} are damaged. Start again: they are then set aside and new ones begin."
        case _:
            return f"Cannot use the records in {path}: {error}."


def as_text(moment: datetime) -> str:
    """UTC in ISO 8601, always of the same length."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def as_row(inspection: Inspection, evidence: Path) -> InspectionRow:
    """An inspection with its findings, as it is stored; evidence: the picture's path in the records' folder."""
    findings = [
        FindingRow(
            inspection=inspection.id, position=i, **{**asdict(f), "verdict": int(f.verdict), "kind": f.kind.value}
        )
        for i, f in enumerate(inspection.findings)
    ]
    values = {field.name: getattr(inspection, field.name) for field in fields(inspection)}
    values |= {"started_at": as_text(inspection.started_at), "verdict": int(inspection.verdict), "findings": findings}
    return InspectionRow(evidence=evidence.as_posix(), **values)


def as_inspection(row: InspectionRow) -> Inspection:
    """A stored inspection with its findings."""
    findings = tuple(
        Finding(f.component, f.pattern, f.expected, f.found, Verdict(f.verdict), f.reason, Kind(f.kind), f.score)
        for f in row.findings
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
        row.camera,
        row.serial,
        row.trigger,
    )
