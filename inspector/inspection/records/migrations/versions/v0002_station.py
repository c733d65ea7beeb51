"""Numbers in the order of arrival, serial numbers, stations, sizes of evidence, kinds, scores, marks and cursors."""

from pathlib import Path

import sqlalchemy as sa
from alembic import context, op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MICROSECONDS = "CAST(strftime('%s', started_at) AS INTEGER) * 1000000 + CAST(substr(started_at, 21, 6) AS INTEGER)"
CARRY_OVER = (
    f"""
    INSERT INTO inspections (number, id, station, recipe, bundle, serial, trigger, camera, first_frame, last_frame,
        started_us, verdict, latency_ms, evidence, evidence_bytes)
    SELECT row_number() OVER (ORDER BY id), id, '', recipe, bundle, '', '', '', first_frame, last_frame,
        {MICROSECONDS}, verdict, latency_ms, evidence, 0
    FROM old_inspections ORDER BY id
    """,
    """
    INSERT INTO findings (inspection, position, component, pattern, expected, found, verdict, reason, kind, started_us)
    SELECT number, position, component, pattern, expected, found, old_findings.verdict, reason, '', started_us
    FROM old_findings JOIN inspections ON id = inspection ORDER BY number, position
    """,
)
"""SQLite's, as no other engine ever held the first version."""


def upgrade() -> None:
    """Make the tables anew, and carry over what they held."""
    for table in ("inspections", "findings"):
        op.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")
    op.drop_table("findings")
    op.drop_table("inspections")
    _inspections()
    _findings()
    _marks_and_cursors()
    if op.get_bind().dialect.name == "sqlite":
        for statement in CARRY_OVER:
            op.execute(statement)
        _weigh(context.config.attributes.get("folder"))
    for table in ("inspections", "findings"):
        op.drop_table(f"old_{table}")


def _inspections() -> None:
    op.create_table(
        "inspections",
        sa.Column("number", BIG, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("id", "station", "recipe", "bundle")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("serial", "trigger", "camera")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("first_frame", "last_frame", "started_us")),
        sa.Column("verdict", sa.Integer, nullable=False),
        sa.Column("latency_ms", sa.Double, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("evidence_bytes", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("id", "station", name="uq_inspections_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inspections_time", "inspections", ["started_us", "number", "verdict"])
    op.create_index("ix_inspections_verdict", "inspections", ["verdict", "started_us", "number"])
    op.create_index("ix_inspections_serial", "inspections", ["serial", "started_us", "number"])
    weighed = sa.text("evidence_bytes > 0")
    columns = ["started_us", "number", "evidence_bytes"]
    op.create_index("ix_inspections_evidence", "inspections", columns, sqlite_where=weighed, postgresql_where=weighed)


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("inspection", BIG, sa.ForeignKey("inspections.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("component", sa.String, nullable=False),
        sa.Column("pattern", sa.String),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("expected", "found", "verdict")),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("score", sa.Double),
        sa.Column("started_us", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_findings_component", "findings", ["component", "verdict", "started_us", "inspection"])
    faulty = sa.text("verdict <> 1")
    columns = ["started_us", "component", "pattern", "kind", "reason", "verdict"]
    op.create_index("ix_findings_faults", "findings", columns, sqlite_where=faulty, postgresql_where=faulty)


def _marks_and_cursors() -> None:
    op.create_table(
        "marks",
        sa.Column("number", BIG, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("inspection", BIG, sa.ForeignKey("inspections.number"), nullable=False, index=True),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("was_right", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cursors",
        sa.Column("destination", sa.String, primary_key=True),
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )


def _weigh(folder: Path | None) -> None:
    """How large the evidence is that lies beside the records."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT number, evidence FROM inspections")).all()
    sizes = [{"number": number, "size": _size(folder / evidence)} for number, evidence in rows if folder]
    if sizes:
        connection.execute(sa.text("UPDATE inspections SET evidence_bytes = :size WHERE number = :number"), sizes)


def _size(picture: Path) -> int:
    return sum(part.stat().st_size for part in (picture, picture.with_suffix(".json")) if part.is_file())
