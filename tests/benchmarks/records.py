"""How fast inspections are kept, on SQLite and on PostgreSQL, and how long the history's questions take among many.

`RECORDS_ROWS=200000 make bench ARGS=records` asks them among fewer than ten million.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine, text

from inspector.detections import Detections
from inspector.frame import Frame, freeze
from inspector.inspection.records import Records
from inspector.inspection.records.carrier import BATCH, Carrier
from inspector.inspection.records.records import FILE
from inspector.inspection.records.rows import Kept, write
from inspector.inspection.records.schema import as_us
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.recipe import Label
from tests.benchmarks.speed import milliseconds
from tests.benchmarks.table import Table
from tests.inspection.postgres_server import Server, programs

ROWS = int(os.environ.get("RECORDS_ROWS", "10000000"))
ADDED = 500
ASKED = 50
EACH_S = 3
"""Between two inspections of the history, which is as long as that makes it."""
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
SIZE = (640, 480)
SERIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :rows) ",
    "postgresql": "WITH n(i) AS (SELECT generate_series(0, :rows - 1)) ",
}
INSPECTIONS = """
INSERT INTO inspections (number, id, station, recipe, bundle, serial, trigger, camera, first_frame, last_frame,
    started_us, verdict, latency_ms, evidence, evidence_bytes)
{series}
SELECT i + 1, 'inspection-' || i, 'left', 'box', 'box-1', 'S' || (i / 2), 'key', '', i, i + 4,
    :begin + i * CAST(:each AS BIGINT),
    CASE WHEN i % 97 = 0 THEN 2 WHEN i % 401 = 0 THEN 3 ELSE 1 END, 12.5, '', 0 FROM n
"""
FINDINGS = """
INSERT INTO findings (inspection, position, component, pattern, expected, found, verdict, reason, kind, started_us)
SELECT number, {position}, '{component}', NULL, 1, 1, {verdict}, {reason}, '', started_us FROM inspections
"""
FAULTS = "CASE WHEN verdict <> 1 THEN '{component}: ' || (number % 7) || ' found, 1 expected' ELSE '' END"
COMPONENTS = {"screw": "verdict", "tape": "1"}


def measure(data: Path, work: Path) -> list[Table]:
    """Adding, carrying, and asking."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    with _server() as server:
        return [_adding(work, server), _asking(work, server)]


@contextmanager
def _server() -> Iterator[Server]:
    place = programs()
    if place is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    with closing(Server(place, careful=True)) as server:
        yield server


def _adding(work: Path, server: Server) -> Table:
    """One after the other as a station does it, each acknowledged by the disk; and what carrying adds to that."""
    image = freeze(np.random.default_rng(0).integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8))
    frame = Frame(image, 0, 0.0, BEGIN, "camera")
    seen = Detections.none((Label("screw"), Label("tape")))
    rows = []
    with closing(Records(work / "own")) as own:
        own_s = _seconds(lambda: [own.add(_inspection(n), frame, seen) for n in range(ADDED)])
        rows.append(["SQLite, with the picture", *_rate(ADDED, own_s)])
        rows.append(["SQLite, the rows alone", *_rate(ADDED, _rows_alone(own))])
        database = server.database()
        with closing(Records(work / "plant", database)) as plant:
            rows.append(["PostgreSQL, the rows alone", *_rate(ADDED, _rows_alone(plant))])
        carried_s = _seconds(lambda: _carry(own, database))
        rows.append([f"carried to PostgreSQL, {BATCH} at a time", *_rate(2 * ADDED, carried_s)])
    return Table(
        "Inspections kept, two findings each",
        ["way", "inspections per second", "ms each"],
        rows,
        [f"n = {ADDED}; noise of {SIZE[0]}x{SIZE[1]}, the largest that a picture can be. Every one is on the disk."],
    )


def _rows_alone(records: Records) -> float:
    def add(number: int) -> None:
        with records.database.begin(writes=True) as connection:
            write(connection, [Kept(0, _inspection(number), "", 0)])

    return _seconds(lambda: [add(number) for number in range(ADDED, 2 * ADDED)])


def _carry(own: Records, database: str) -> None:
    with closing(Carrier(own, database, "left")) as carrier:
        while carrier.backlog().waiting:
            time.sleep(0.01)


def _asking(work: Path, server: Server) -> Table:
    """The history page's questions, on both engines."""
    taken: dict[str, list[str]] = {}
    for engine, database in (("SQLite", None), ("PostgreSQL", server.database())):
        with closing(Records(work / "many", database)) as records:
            records.counts()  # which makes the tables
            _fill(records.folder / FILE, database)
            for name, ask in _questions(records).items():
                took = milliseconds(ask, ASKED)
                cells = [f"{np.percentile(took, 50):.1f}", f"{np.percentile(took, 99):.1f}"]
                taken[name] = taken.get(name, []) + cells
            print(f"   asked {engine}", flush=True)
    heads = ["question", "SQLite p50", "SQLite p99", "PostgreSQL p50", "PostgreSQL p99"]
    rows = [[name, *cells] for name, cells in taken.items()]
    return Table(f"The history among {ROWS:,} inspections, milliseconds", heads, rows, [f"n = {ASKED} each."])


def _fill(path: Path, database: str | None) -> None:
    """Straight by SQL: what is measured is asking, and nobody adds ten million one by one to find out."""
    engine = create_engine(database or f"sqlite:///{path}")
    values = {"rows": ROWS, "begin": as_us(BEGIN), "each": EACH_S * 1_000_000}
    with engine.begin() as connection:
        connection.execute(text(INSPECTIONS.format(series=SERIES[engine.dialect.name])), values)
        for position, (component, verdict) in enumerate(COMPONENTS.items()):
            reason = FAULTS.format(component=component) if verdict == "verdict" else "''"
            asked = FINDINGS.format(position=position, component=component, verdict=verdict, reason=reason)
            connection.execute(text(asked))
    if database is not None:
        # What the server does by itself within minutes, and a measurement does not wait for.
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _questions(records: Records) -> dict[str, Callable[[], object]]:
    end = BEGIN + timedelta(seconds=EACH_S * ROWS)
    day = timedelta(days=1)
    middle = records.page(Wanted(until=BEGIN + (end - BEGIN) / 2), 50).older
    return {
        "the newest 50": lambda: records.page(Wanted(), 50),
        "50 from the middle on": lambda: records.page(Wanted(), 50, middle),
        "50 that failed": lambda: records.page(Wanted(verdict=Verdict.NOT_OK), 50),
        "50 whose screw failed": lambda: records.page(Wanted(verdict=Verdict.NOT_OK, component="screw"), 50),
        "50 whose tape failed, of which there is none": lambda: records.page(
            Wanted(verdict=Verdict.NOT_OK, component="tape"), 50
        ),
        "a serial number": lambda: records.page(Wanted(serial=f"S{ROWS // 3}"), 50),
        "a day by the hour": lambda: records.tally(end - day, end, timedelta(hours=1)),
        "30 days by the shift": lambda: records.tally(end - 30 * day, end, timedelta(hours=8)),
        "causes of a day": lambda: records.causes(end - day, end),
        "causes of 30 days": lambda: records.causes(end - 30 * day, end),
        "causes of 30 days, the screw's": lambda: records.causes(end - 30 * day, end, component="screw"),
        "causes of a serial number": lambda: records.causes(BEGIN, end, serial=f"S{ROWS // 3}"),
    }


def _inspection(number: int) -> Inspection:
    moment = BEGIN + timedelta(seconds=EACH_S * number)
    findings = (Finding("screw", None, 1, 1, Verdict.OK), Finding("tape", None, 1, 1, Verdict.OK))
    return Inspection(f"{number:09d}", "box", "box-1", 0, 4, moment, Verdict.OK, findings, 12.5, serial=f"S{number}")


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _rate(count: int, seconds: float) -> list[str]:
    return [f"{count / seconds:.0f}", f"{1000 * seconds / count:.2f}"]
