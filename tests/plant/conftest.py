"""Peers for outputs, ended with the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plant.peers import Broker, Listener, Papers, Shelf, Web, papers


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    server = Broker(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def listener(broker: Broker) -> Iterator[Listener]:
    somebody = Listener(broker.port)
    yield somebody
    somebody.close()


@pytest.fixture(scope="session")
def own_papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """The server's."""
    from inspector.plant.opcua import application

    return papers(tmp_path_factory.mktemp("papers"), "station", application())


@pytest.fixture(scope="session")
def other_papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Somebody else's."""
    return papers(tmp_path_factory.mktemp("papers"), "peer")
