"""The tables of the records, on SQLite and on PostgreSQL.

Moments are whole microseconds since 1970 in UTC: eight bytes that both engines compare and divide alike. Rows refer to
an inspection by its number and not by its id, which is four times as long and would stand in every index.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Double, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from inspector.inspection.verdict import Verdict

Whole = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only what is called INTEGER, which there has eight bytes anyway."""
START = datetime(1970, 1, 1, tzinfo=UTC)
FAULTY = text(f"verdict <> {Verdict.OK.value}")
"""What the index of faults is for. Written out, as an engine cannot know of a bound value that it fits the index."""
WITH_EVIDENCE = text("evidence_bytes > 0")


class Base(DeclarativeBase):
    """The tables of the records."""


class InspectionRow(Base):
    """An inspection. number: grows with each one added, and is never given again; evidence: a path in the folder of the
    station that made it, "" once the picture was removed; evidence_bytes: what lies there.
    """

    __tablename__ = "inspections"

    number: Mapped[int] = mapped_column(Whole, primary_key=True)
    id: Mapped[str]
    station: Mapped[str]
    recipe: Mapped[str]
    bundle: Mapped[str]
    serial: Mapped[str]
    trigger: Mapped[str]
    camera: Mapped[str]
    first_frame: Mapped[int] = mapped_column(BigInteger)
    last_frame: Mapped[int] = mapped_column(BigInteger)
    started_us: Mapped[int] = mapped_column(BigInteger)
    verdict: Mapped[int]
    latency_ms: Mapped[float] = mapped_column(Double)
    evidence: Mapped[str]
    evidence_bytes: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        UniqueConstraint("id", "station", name="uq_inspections_id"),
        Index("ix_inspections_time", "started_us", "number", "verdict"),
        Index("ix_inspections_verdict", "verdict", "started_us", "number"),
        Index("ix_inspections_serial", "serial", "started_us", "number"),
        Index(
            "ix_inspections_evidence",
            "started_us",
            "number",
            "evidence_bytes",
            sqlite_where=WITH_EVIDENCE,
            postgresql_where=WITH_EVIDENCE,
        ),
        {"sqlite_autoincrement": True},
    )


class FindingRow(Base):
    """One component's finding. position: its place in the inspection; started_us: the inspection's, so that findings
    are found by time without a look at their inspections. kind: what it is about, for programs; score: what it rests
    on; "" and None where nobody said.
    """

    __tablename__ = "findings"

    inspection: Mapped[int] = mapped_column(Whole, ForeignKey("inspections.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    component: Mapped[str]
    pattern: Mapped[str | None]
    expected: Mapped[int]
    found: Mapped[int]
    verdict: Mapped[int]
    reason: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    score: Mapped[float | None] = mapped_column(Double)
    started_us: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_findings_component", "component", "verdict", "started_us", "inspection"),
        Index(
            "ix_findings_faults",
            "started_us",
            "component",
            "pattern",
            "kind",
            "reason",
            "verdict",
            sqlite_where=FAULTY,
            postgresql_where=FAULTY,
        ),
        {"sqlite_with_rowid": False},
    )


class MarkRow(Base):
    """What a person said of a verdict. id: the same wherever the mark is kept."""

    __tablename__ = "marks"

    number: Mapped[int] = mapped_column(Whole, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    inspection: Mapped[int] = mapped_column(Whole, ForeignKey("inspections.number"), index=True)
    who: Mapped[str]
    at_us: Mapped[int] = mapped_column(BigInteger)
    was_right: Mapped[bool]
    reason: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)


class CursorRow(Base):
    """How far a destination is. stream: of what, inspections or marks; position: the number of the last one it has."""

    __tablename__ = "cursors"

    destination: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)


class RefusedRow(Base):
    """What a destination does not take, for itself. stream, position: as in its cursor; inspection: the id of the one
    that it is, or is about.
    """

    __tablename__ = "refused"

    destination: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    inspection: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]


def as_us(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - START) // timedelta(microseconds=1)


def as_moment(us: int) -> datetime:
    """The moment, aware UTC."""
    return START + timedelta(microseconds=us)
