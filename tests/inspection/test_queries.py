"""What is asked of the records walks along an index, on both engines, however many inspections there are."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, Select, select

from inspector.inspection.records import Records, queries
from inspector.inspection.records.schema import InspectionRow, as_us
from inspector.inspection.records.wanted import Place, Wanted
from inspector.inspection.verdict import Verdict
from tests.inspection.inspected import HOUR, NOON, inspection, note

SCAN = re.compile(r"SCAN (inspections|findings|marks)(?! USING)|Seq Scan")
SORT = re.compile(r"TEMP B-TREE FOR ORDER BY|Sort")
PLACE = Place(1_767_000_000_000_000, 77)
PAGES = {
    "newest": Wanted(),
    "between": Wanted(NOON, NOON + HOUR),
    "verdict": Wanted(verdict=Verdict.NOT_OK),
    "verdict between": Wanted(NOON, NOON + HOUR, Verdict.NOT_OK),
}
GATHERED = {
    "serial": Wanted(serial="A"),
    "serial and verdict": Wanted(serial="A", verdict=Verdict.OK),
    "component": Wanted(component="screw"),
    "component and verdict": Wanted(NOON, component="screw", verdict=Verdict.NOT_OK),
    "component and serial": Wanted(component="screw", serial="A", verdict=Verdict.NOT_OK),
}
MANY = 3000


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """So many that an engine has a choice to make, and statistics where it keeps some."""
    database = None if request.param == "sqlite" else request.getfixturevalue("server").database()
    with closing(Records(tmp_path_factory.mktemp("many"), database)) as records:
        note(records, *(inspection(n, Verdict(n % 4), serial=str(n // 2)) for n in range(MANY)))
        if database is not None:
            with records.database.begin(writes=True) as connection:
                connection.exec_driver_sql("ANALYZE")
        yield records


def plan(records: Records, query: Select[Any]) -> str:
    """How the engine would go about it; PostgreSQL is told that reading a whole table is dear, as it is when large."""
    with records.database.begin() as connection:
        asked = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {asked}"))
        return "\n".join(row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}"))


def test_a_query_without_an_index_would_be_found(many: Records) -> None:
    said = plan(many, select(InspectionRow).where(InspectionRow.recipe == "box").order_by(InspectionRow.bundle))
    assert SCAN.search(said)
    assert SORT.search(said)


@pytest.mark.parametrize("place", [None, PLACE], ids=["first page", "later page"])
@pytest.mark.parametrize("wanted", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_read_in_order_from_an_index(many: Records, wanted: Wanted, place: Place | None) -> None:
    said = plan(many, queries.page(wanted, 50, place))
    assert not SCAN.search(said), said
    assert not SORT.search(said), said


@pytest.mark.parametrize("place", [None, PLACE], ids=["first page", "later page"])
@pytest.mark.parametrize("wanted", GATHERED.values(), ids=GATHERED.keys())
def test_a_page_of_a_component_or_serial_number_is_gathered_from_indexes(
    many: Records, wanted: Wanted, place: Place | None
) -> None:
    said = plan(many, queries.page(wanted, 50, place))
    assert not SCAN.search(said), said


@pytest.mark.parametrize(
    "query",
    [
        queries.count(Wanted(NOON, NOON + HOUR)),
        queries.count(Wanted(NOON, NOON + HOUR, Verdict.NOT_OK)),
        queries.count(Wanted(NOON, NOON + HOUR, component="screw")),
        queries.counts(NOON, NOON + HOUR),
        queries.tally(NOON, NOON + 8 * HOUR, HOUR, None),
        queries.tally(NOON, NOON + 8 * HOUR, HOUR, "screw"),
        queries.causes(NOON, NOON + 8 * HOUR, 20),
    ],
    ids=["count", "count of a verdict", "count of a component", "counts", "tally", "tally of a component", "causes"],
)
def test_counting_reads_the_index_of_that_time_alone(many: Records, query: Select[Any]) -> None:
    said = plan(many, query)
    assert not SCAN.search(said), said
    assert re.search(r"SEARCH \w+ USING COVERING INDEX|Index (Only )?Scan|Bitmap Index Scan", said), said


@pytest.mark.parametrize(
    ("query", "way"),
    [
        (queries.count(Wanted(serial="7")), "ix_inspections_serial"),
        (queries.tally(NOON, NOON + 8 * HOUR, HOUR, None, "7"), "ix_inspections_serial"),
        (queries.tally(NOON, NOON + 8 * HOUR, HOUR, "screw", "7"), "ix_inspections_serial"),
        (queries.causes(NOON, NOON + 8 * HOUR, 20, serial="7"), "ix_inspections_serial"),
        (queries.causes(NOON, NOON + 8 * HOUR, 20, "screw", "7"), "ix_inspections_serial"),
        (queries.causes(NOON, NOON + 8 * HOUR, 20, "screw"), "ix_findings_component|ix_findings_faults"),
    ],
    ids=[
        "count of a number",
        "tally of a number",
        "of both",
        "causes of a number",
        "causes of both",
        "causes of a component",
    ],
)
def test_counting_of_a_serial_number_or_a_component_looks_at_nothing_else(
    many: Records, query: Select[Any], way: str
) -> None:
    said = plan(many, query)
    assert not SCAN.search(said), said
    assert re.search(way, said), said


def steps(connection: Connection, query: Select[Any]) -> int:
    """How many instructions of SQLite's a query takes, to a few."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(count, 5)
    try:
        connection.execute(query).all()
    finally:
        driver.set_progress_handler(None, 0)
    return taken


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """Many inspections of one serial number, in SQLite."""
    with closing(Records(tmp_path_factory.mktemp("alike"))) as records:
        verdicts = (Verdict.OK if n % 9 else Verdict.NOT_OK for n in range(MANY))
        note(records, *(inspection(n, verdict, serial="A") for n, verdict in enumerate(verdicts)))
        yield records


@pytest.mark.parametrize("component", [None, "screw"])
def test_figures_of_a_serial_number_cost_as_much_as_it_has_inspections(alike: Records, component: str | None) -> None:
    span = NOON, NOON + MANY * HOUR
    with alike.database.begin() as connection:
        tally = steps(connection, queries.tally(*span, HOUR, component, "B"))
        causes = steps(connection, queries.causes(*span, 20, component, "B"))
    assert max(tally, causes) < MANY // 10


@pytest.mark.parametrize("wanted", [*PAGES.values(), *GATHERED.values()], ids=[*PAGES, *GATHERED])
def test_the_last_page_costs_no_more_than_the_first(alike: Records, wanted: Wanted) -> None:
    late = Place(as_us(NOON + MANY // 10 * HOUR), 0)
    with alike.database.begin() as connection:
        first = steps(connection, queries.page(wanted, 20))
        last = steps(connection, queries.page(wanted, 20, late))
    assert last <= 1.5 * first + 100
