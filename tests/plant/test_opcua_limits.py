"""What strangers may make an OPC UA server keep."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace

import pytest
from asyncua import ua
from asyncua.common.utils import ServiceError

from inspector.outputs import OpcUa as Settings
from inspector.plant.entrance import MOST_BYTES, MOST_INSIDE
from inspector.plant.opcua import OpcUa
from inspector.plant.opcua_limits import Sessions, limits
from tests.plant.opcua_client import Plc
from tests.plant.peers import PATIENCE_S, until
from tests.ports import NEAR, free_port


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpcUa]:
    """One for all, that waits for a login for longer than any test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inspector.plant.opcua_limits.PENDING_S", 10 * PATIENCE_S)
        one = OpcUa(Settings(address=NEAR, port=free_port()), tmp_path_factory.mktemp("opcua"))
        until(lambda: not one.fault)
        yield one
        one.close()


def hung_up(port: int, said: bytes) -> bool:
    """Whether the server did, on who said that, without a word."""
    with socket.create_connection((NEAR, port), timeout=PATIENCE_S) as stranger, suppress(ConnectionError):
        stranger.sendall(said)
        return stranger.recv(1) == b""
    return True


def head(kind: bytes, size: int) -> bytes:
    return kind + b"F" + struct.pack("<I", size)


@pytest.mark.parametrize(
    "said",
    [head(b"HEL", 0xFFFFFFF0), head(b"MSG", MOST_BYTES + 1), head(b"HEL", 8), head(b"ACK", 28), b"GET / HTTP/1.1\r\n"],
    ids=["endless", "too long", "empty", "for clients", "other"],
)
def test_a_message_that_cannot_be_one_is_not_waited_for(output: OpcUa, said: bytes) -> None:
    assert hung_up(output.port, said)


def test_few_come_in_at_a_time(output: OpcUa) -> None:
    inside = [socket.create_connection((NEAR, output.port)) for _ in range(MOST_INSIDE)]
    assert hung_up(output.port, b"")
    for stranger in inside:
        stranger.close()


def test_who_does_not_log_in_is_hung_up_on(output: OpcUa, monkeypatch: pytest.MonkeyPatch) -> None:
    assert output._server is not None
    assert output._server.iserver.max_pending_activation_seconds == 10 * PATIENCE_S
    monkeypatch.setattr(output._server.iserver, "max_pending_activation_seconds", 0.1)
    assert hung_up(output.port, b"")


def test_messages_in_parts_are_not_endless_either(output: OpcUa) -> None:
    assert limits().max_message_size == MOST_BYTES
    plc, other = Plc(output.port), Plc(output.port)
    with pytest.raises((ua.UaError, ConnectionError, TimeoutError)):
        plc.node("Commands.SerialNumber").write_value("x" * (MOST_BYTES + 1))
    assert other.read("Commands.SerialNumber") == ""
    other.node("Commands.SerialNumber").write_value("x" * (MOST_BYTES // 2))
    assert len(other.read("Commands.SerialNumber")) == MOST_BYTES // 2
    for one in (plc, other):
        one.close()


@pytest.mark.parametrize("activated", [True, False])
def test_a_session_that_nobody_logs_in_to_is_forgotten(activated: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.plant.opcua_limits.PENDING_S", 0.05)
    session = SimpleNamespace(auth_token=7, is_activated=lambda: activated)

    async def known() -> tuple[bool, bool]:
        sessions = Sessions()
        sessions.register_external_session(session)  # type: ignore[arg-type]
        first = sessions.lookup_external_session(7) is session  # type: ignore[arg-type]
        await asyncio.sleep(0.2)
        return first, sessions.lookup_external_session(7) is session  # type: ignore[arg-type]

    assert asyncio.run(known()) == (True, activated)


def test_it_keeps_no_list_of_servers() -> None:
    with pytest.raises(ServiceError):
        Sessions().register_server(SimpleNamespace())
