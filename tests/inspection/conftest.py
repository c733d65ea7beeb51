"""A place to open stations in, records on either engine, and a PostgreSQL, for the tests of these."""

import importlib.util
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inspector.inspection.records import Records
from tests.inspection.postgres_server import Server, programs
from tests.inspection.scripted import OUR_THREADS, Place, until


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    here = Place(tmp_path)
    yield here
    here.release.set()
    for station in here.stations:
        station.stop()
    until(lambda: not [t for t in threading.enumerate() if t.name in OUR_THREADS])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of the tests' own."""
    place = programs()
    if place is None:
        pytest.skip("there is no PostgreSQL to test on: it is not installed (apt-get install postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("there is no driver of PostgreSQL to test with (pip install 'psycopg[binary]')")
    with closing(Server(place)) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """Empty records, once on each engine."""
    database = None if request.param == "sqlite" else request.getfixturevalue("server").database()
    with closing(Records(tmp_path / "records", database)) as opened:
        yield opened
