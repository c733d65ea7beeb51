"""An inspection as rows, and back; and rows into a database, where each inspection stands once."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from inspector.inspection.records.schema import FindingRow, InspectionRow, as_moment, as_us
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Kept(NamedTuple):
    """An inspection as it is kept.

    position: grows with each one added to the same records. evidence: the picture's path in the folder of the station
    that made it, "" once it was removed; evidence_bytes: of the picture and what was seen in it.
    """

    position: int
    inspection: Inspection
    evidence: str
    evidence_bytes: int


def read(connection: Connection, inspections: Select[Any]) -> list[Kept]:
    """The inspections that the query finds, in its order, each with its findings."""
    rows = connection.execute(inspections).all()
    numbers = [row.number for row in rows]
    findings: dict[int, list[Finding]] = {number: [] for number in numbers}
    of_these = select(FindingRow).where(FindingRow.inspection.in_(numbers))
    for row in connection.execute(of_these.order_by(FindingRow.inspection, FindingRow.position)):
        findings[row.inspection].append(_finding(row))
    return [_kept(row, tuple(findings[row.number])) for row in rows]


def _kept(row: Any, findings: tuple[Finding, ...]) -> Kept:
    stored = row._mapping
    plain = {field.name: stored[field.name] for field in fields(Inspection) if field.name in stored}
    own = {"started_at": as_moment(row.started_us), "verdict": Verdict(row.verdict), "findings": findings}
    return Kept(row.number, Inspection(**{**plain, **own}), row.evidence, row.evidence_bytes)


def _finding(row: Any) -> Finding:
    values = {field.name: row._mapping[field.name] for field in fields(Finding)}
    # Rows of before there were kinds say none.
    kind = Kind(row.kind) if row.kind else Kind.FINE
    return Finding(**{**values, "verdict": Verdict(row.verdict), "kind": kind})


def write(connection: Connection, kept: Sequence[Kept]) -> None:
    """Add those that are not there yet, each with its findings; the positions become this database's own."""
    if not kept:
        return
    adding = (
        insert(connection, InspectionRow)
        .on_conflict_do_nothing()
        .returning(InspectionRow.number, InspectionRow.id, InspectionRow.station)
    )
    new = {(id_, station): number for number, id_, station in connection.execute(adding, [_row(one) for one in kept])}
    findings = [
        values
        for one in kept
        if (number := new.pop((one.inspection.id, one.inspection.station), None)) is not None
        for values in _finding_rows(number, one.inspection)
    ]
    if findings:
        connection.execute(insert(connection, FindingRow), findings)


def insert(connection: Connection, table: type[DeclarativeBase]) -> Any:
    """The engine's own INSERT, which knows what to do where a row is there already."""
    return INSERTS[connection.dialect.name](table)


def _row(kept: Kept) -> dict[str, Any]:
    plain = {field.name: getattr(kept.inspection, field.name) for field in fields(Inspection)}
    started, verdict = plain.pop("started_at"), plain.pop("verdict")
    del plain["findings"]
    own = {"started_us": as_us(started), "verdict": int(verdict)}
    return _texts(plain) | own | {"evidence": kept.evidence, "evidence_bytes": kept.evidence_bytes}


def _finding_rows(number: int, inspection: Inspection) -> Iterable[dict[str, Any]]:
    started = {"inspection": number, "started_us": as_us(inspection.started_at)}
    for position, finding in enumerate(inspection.findings):
        yield {**_texts(asdict(finding)), "verdict": int(finding.verdict), "position": position, **started}


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    """Without what PostgreSQL takes in no text: a code may hold any byte, and one would stop all the others."""
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in values.items()}
