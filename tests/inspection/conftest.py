"""A place to open stations in, for the tests of one."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inspection.scripted import OUR_THREADS, Place, until


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    here = Place(tmp_path)
    yield here
    here.release.set()
    for station in here.stations:
        station.stop()
    until(lambda: not [t for t in threading.enumerate() if t.name in OUR_THREADS])
