"""Few come in at a time, and none stays who is silent or does not listen, whoever knocks."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from pymodbus.client import ModbusTcpClient

from inspector.outputs import Modbus as Settings
from inspector.plant.entrance import MOST_BYTES, MOST_INSIDE, Gate, Loop
from inspector.plant.modbus import Modbus
from tests.plant.peers import PATIENCE_S, Papers, until
from tests.ports import NEAR, free_port

READ_ALL = bytes.fromhex("0001 0000 0006 01 03 0000 0078")
"""A request for 120 holding registers."""
Open = Callable[..., Modbus]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Open]:
    """Open a Modbus output."""
    with ExitStack() as opened:

        def open_one(**settings: Path) -> Modbus:
            one = Modbus(Settings(address=NEAR, port=free_port(), **settings), tmp_path)  # type: ignore[arg-type]
            opened.callback(one.close)
            until(lambda: not one.fault)
            return one

        yield open_one


def knock(port: int) -> socket.socket:
    return socket.create_connection((NEAR, port), timeout=PATIENCE_S)


def hung_up(stranger: socket.socket) -> bool:
    """Whether the other side did; waits for it, or for an answer."""
    with suppress(ConnectionError):
        return stranger.recv(1) == b""
    return True


def answers(port: int) -> bool:
    client = ModbusTcpClient(NEAR, port=port, timeout=1, retries=0)
    try:
        return client.connect() and not client.read_input_registers(0, count=1).isError()
    except Exception:
        return False
    finally:
        client.close()


def test_few_come_in_at_a_time(serve: Open) -> None:
    port = serve().port
    inside = [knock(port) for _ in range(MOST_INSIDE)]
    for _ in range(3):
        with knock(port) as one_more:
            assert hung_up(one_more)
    inside[-1].sendall(READ_ALL)
    assert inside[-1].recv(1)
    inside.pop().close()
    until(lambda: answers(port))
    for stranger in inside:
        stranger.close()


def test_who_does_not_begin_tls_counts_too(serve: Open, own_papers: Papers) -> None:
    port = serve(certificate=own_papers.certificate, key=own_papers.key).port
    inside = [knock(port) for _ in range(MOST_INSIDE)]
    with knock(port) as one_more:
        assert hung_up(one_more)
    for stranger in inside:
        stranger.close()


def test_who_fails_at_tls_is_forgotten(serve: Open, own_papers: Papers) -> None:
    output = serve(certificate=own_papers.certificate, key=own_papers.key)
    for _ in range(3):
        with knock(output.port) as stranger:
            stranger.sendall(b"no hello of TLS at all")
            stranger.recv(100)
            assert hung_up(stranger)
    assert output._server is not None
    assert not output._server.active_connections


def test_who_says_nothing_is_hung_up_on(serve: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.plant.modbus.IDLE_S", 1.0)
    port = serve().port
    with knock(port) as silent, knock(port) as asking:
        silent.settimeout(0.3)
        for _ in range(100):
            asking.sendall(READ_ALL)
            assert asking.recv(1000)
            with suppress(TimeoutError):
                assert hung_up(silent)
                break
        else:
            pytest.fail("it was still connected")


class Chatter(asyncio.Protocol):
    """Says much to whoever says anything."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, _: bytes) -> None:
        self.transport.write(bytes(1 << 16))


def test_who_does_not_listen_is_hung_up_on() -> None:
    async def speak(port: int) -> None:
        loop = asyncio.get_running_loop()
        with knock(port) as deaf:
            deaf.setblocking(False)
            for _ in range(1000 * MOST_BYTES >> 16):
                await loop.sock_sendall(deaf, b"!")
                await asyncio.sleep(0.0005)

    async def serve() -> None:
        port = free_port()
        async with await asyncio.get_running_loop().create_server(Chatter, NEAR, port):
            with pytest.raises(ConnectionError):
                await speak(port)

    with asyncio.Runner(loop_factory=lambda: Loop(partial(Gate, idle_s=PATIENCE_S))) as runner:
        runner.run(serve())
