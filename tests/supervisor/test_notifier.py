"""What a service manager hears: on a socket of its own, as sd_notify(3) has it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.supervisor.notifier import Notifier


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """The address that a service is told, and the socket behind it."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@{tmp_path}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(name.replace("@", "\0"))
        line.settimeout(5)
        yield name, line


def test_it_is_told_what_happens(manager: tuple[str, socket.socket]) -> None:
    address, line = manager
    notifier = Notifier(address)
    notifier.ready()
    notifier.alive("running")
    notifier.stopping()
    said = [line.recv(1000) for _ in range(3)]
    assert said == [b"READY=1", b"WATCHDOG=1\nSTATUS=running", b"STOPPING=1"]


def test_where_nobody_listens_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Notifier(str(tmp_path / "nobody")).ready()
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    Notifier().ready()


def test_the_address_is_the_environment_s(manager: tuple[str, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    address, line = manager
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    Notifier().ready()
    assert line.recv(1000) == b"READY=1"


def test_one_that_does_not_listen_any_more_blocks_nobody(manager: tuple[str, socket.socket]) -> None:
    notifier = Notifier(manager[0])
    for _ in range(10_000):
        notifier.alive("running")
