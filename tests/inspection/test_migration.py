"""A database from before is taken over whole, one from a newer program is left alone, and both ways give one schema."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from inspector.errors import InputError, MachineError
from inspector.inspection.records import Records
from inspector.inspection.records.migration import SCRIPTS, VERSIONS
from inspector.inspection.records.schema import Base
from inspector.inspection.verdict import Inspection, Kind, Verdict
from tests.inspection.inspected import FINDINGS, FRAME, NOON, SEEN, add, inspection

BEFORE = """
CREATE TABLE inspections (
    id VARCHAR NOT NULL, recipe VARCHAR NOT NULL, bundle VARCHAR NOT NULL, first_frame INTEGER NOT NULL,
    last_frame INTEGER NOT NULL, started_at VARCHAR NOT NULL, verdict INTEGER NOT NULL, latency_ms FLOAT NOT NULL,
    evidence VARCHAR NOT NULL, PRIMARY KEY (id)
);
CREATE INDEX ix_inspections_started_at ON inspections (started_at);
CREATE INDEX ix_inspections_verdict ON inspections (verdict);
CREATE TABLE findings (
    inspection VARCHAR NOT NULL, position INTEGER NOT NULL, component VARCHAR NOT NULL, pattern VARCHAR,
    expected INTEGER NOT NULL, found INTEGER NOT NULL, verdict INTEGER NOT NULL, reason VARCHAR NOT NULL,
    PRIMARY KEY (inspection, position), FOREIGN KEY(inspection) REFERENCES inspections (id)
);
"""
"""As SQLAlchemy made them."""
COUNT = 250


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A folder of records as they were, the second inspection without its picture; rows lie in no order."""
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(BEFORE)
        for number in reversed(range(COUNT)):
            _insert(connection, old(number))
        connection.commit()
    picture = tmp_path / "evidence" / "2026-01-01" / f"{old(0).id}.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(bytes(700))
    picture.with_suffix(".json").write_bytes(bytes(30))
    return tmp_path


def old(number: int) -> Inspection:
    """An inspection as it was made then."""
    plain = tuple(replace(finding, kind=Kind.FINE, score=None) for finding in FINDINGS)
    made = inspection(number, Verdict(number % 4), plain)
    return Inspection(
        made.id,
        made.recipe,
        made.bundle,
        made.first_frame,
        made.last_frame,
        made.started_at.replace(microsecond=number),
        made.verdict,
        made.findings,
        made.latency_ms,
    )


def _insert(connection: sqlite3.Connection, made: Inspection) -> None:
    moment = f"{made.started_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    picture = f"evidence/{made.started_at:%Y-%m-%d}/{made.id}.jpg"
    row = (made.id, made.recipe, made.bundle, made.first_frame, made.last_frame, moment, int(made.verdict))
    connection.execute("INSERT INTO inspections VALUES (?,?,?,?,?,?,?,?,?)", (*row, made.latency_ms, picture))
    for position, f in enumerate(made.findings):
        row_of = (made.id, position, f.component, f.pattern, f.expected, f.found, int(f.verdict), f.reason)
        connection.execute("INSERT INTO findings VALUES (?,?,?,?,?,?,?,?)", row_of)


def test_records_from_before_are_taken_over_whole(before: Path) -> None:
    with closing(Records(before)) as records:
        kept = records.after(0, COUNT + 1)
        assert [each.inspection for each in kept] == [old(n) for n in range(COUNT)]
        assert [each.evidence_bytes for each in kept] == [730] + [0] * (COUNT - 1)
        assert kept[0].evidence == f"evidence/2026-01-01/{old(0).id}.jpg"
        add(records, inspection(COUNT))
    with closing(Records(before)) as records:
        assert len(records.list()) == COUNT + 1


def test_an_upgrade_that_fails_leaves_all_as_it_was(before: Path) -> None:
    with closing(sqlite3.connect(before / "records.db")) as connection:
        # As if somebody had made a table of his own there.
        connection.execute("CREATE TABLE marks (anything INTEGER)")
    with pytest.raises(MachineError, match="Cannot use the records"):
        Records(before)
    with closing(sqlite3.connect(before / "records.db")) as connection:
        assert connection.execute("SELECT count(*), max(started_at) > '2026' FROM inspections").fetchone() == (COUNT, 1)
        assert connection.execute("SELECT count(*) FROM findings").fetchone() == (2 * COUNT,)
        connection.execute("DROP TABLE marks")
    with closing(Records(before)) as records:
        assert len(records.list()) == COUNT


def test_records_of_a_newer_program_are_refused_and_left_alone(records: Records) -> None:
    add(records, inspection(0))
    with records.database.begin(writes=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        dialect = connection.dialect.name
        address = connection.engine.url.render_as_string(hide_password=False)

    def look() -> None:
        with closing(Records(records.folder, None if dialect == "sqlite" else address)) as newer:
            newer.list()

    with pytest.raises(InputError, match="newer version of this program"):
        look()
    assert len(records.list()) == 1


def test_the_last_version_is_what_the_program_knows(records: Records) -> None:
    """The tables that the migrations make are those of `schema.py`: columns, keys, indexes."""
    with records.database.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == VERSIONS[-1]


def test_on_sqlite_they_are_the_same_to_the_letter(tmp_path: Path) -> None:
    Records(tmp_path / "migrated").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    assert _statements(tmp_path / "migrated" / "records.db") == _statements(tmp_path / "direct.db")


def _statements(path: Path) -> dict[str, set[str]]:
    """What made each table and index, as a set of its parts: their order says nothing."""
    query = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    with closing(sqlite3.connect(path)) as connection:
        return {name: {part.strip(" ,") for part in sql.splitlines()} for name, sql in connection.execute(query)}


def test_the_versions_are_the_files() -> None:
    files = sorted(path.stem for path in (SCRIPTS / "versions").glob("v*.py"))
    assert [name[1:5] for name in files] == list(VERSIONS)


def test_a_database_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    Records(tmp_path).close()
    code = "import sys; from pathlib import Path; from inspector.inspection.records import Records\n"
    code += "Records(Path(sys.argv[1])).close(); print('alembic' in sys.modules, 'psycopg' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout == "False False\n"


def test_what_was_added_after_an_upgrade_follows_on(before: Path) -> None:
    with closing(Records(before)) as records:
        last = records.after(0, COUNT)[-1].position
        records.add(inspection(COUNT), FRAME, SEEN)
        assert records.after(last, 9)[0].position == last + 1
        assert records.list(1)[0].started_at == NOON + COUNT * (inspection(1).started_at - NOON)
