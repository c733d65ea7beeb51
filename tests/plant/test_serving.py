"""Where a server can listen, and why it cannot."""

import errno
import socket
import time
from functools import partial

import pytest

from inspector.errors import MachineError
from inspector.plant.entrance import Gate
from inspector.plant.handshake import Handshake
from inspector.plant.serving import AGAIN_S, Serving, check_free
from tests.plant.peers import PATIENCE_S, until
from tests.ports import NEAR, free_port


def test_a_free_port_is_free() -> None:
    check_free("Modbus", NEAR, free_port())


@pytest.mark.parametrize("address", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_none(address: str) -> None:
    with pytest.raises(MachineError, match=f"cannot listen on {address}, port .*: this machine has no such address"):
        check_free("Modbus", address, free_port())


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "this needs special rights. Choose a port above 1023 in settings.yaml, or have them granted."),
        (errno.EADDRINUSE, "another program does. End it, or choose another port in settings.yaml."),
        (errno.ENFILE, "Too many open files in system."),
    ],
)
def test_why_not_is_a_sentence(number: int, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "Too many open files in system")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(MachineError) as told:
        check_free("Modbus", NEAR, 502)
    assert str(told.value) == f"Modbus cannot listen on {NEAR}, port 502: {sentence}"


class Stumbling(Serving):
    """Fails once after it began to listen."""

    opened = failed = refreshed = 0

    async def open(self) -> None:
        self.opened += 1

    async def refresh(self) -> None:
        self.refreshed += 1
        if self.refreshed == 2:
            self.failed += 1
            raise OSError(errno.EMFILE, "Too many open files")

    async def shut(self) -> None:
        pass


def test_a_server_that_failed_once_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.plant.serving.AGAIN_S", AGAIN_S / 100)
    gate = partial(Gate, idle_s=PATIENCE_S)
    server = Stumbling("Test", NEAR, free_port(), time.monotonic, gate, Handshake("test"))
    server.start()
    try:
        until(lambda: server.failed == 1 and server.refreshed > 4)
        assert (server.opened, server.fault) == (2, "")
    finally:
        server.close()
