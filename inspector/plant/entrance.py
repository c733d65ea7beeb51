"""Who may come in, where anybody on the network can knock: few at a time, who say something and hear the answers."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any, cast
from weakref import WeakSet

MOST_INSIDE = 32
"""Connections at a time to one output: more than a plant needs, and far fewer than this program can have files open."""
MOST_BYTES = 1 << 20
"""Of one message of a client, and of answers that one does not read."""
HANDSHAKE_S = 5.0
"""A client may take so long to begin TLS, in which time it already counts."""

Library = Callable[[], asyncio.Protocol]


class Entrance(socket.socket):
    """A listening socket that hangs up on whoever comes while MOST_INSIDE are connected."""

    @classmethod
    def at(cls, address: str, port: int) -> "Entrance":
        """Of the addresses that a name has, an IPv4 one: who calls this machine by a name tries that, too.

        Raises: OSError where nobody can listen there.
        """
        family, *_ = min(socket.getaddrinfo(address, port, type=socket.SOCK_STREAM))
        return cls(fileno=socket.create_server((address, port), family=family).detach())

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno=fileno)
        self._inside: WeakSet[socket.socket] = WeakSet()

    def accept(self) -> tuple[socket.socket, Any]:
        """Raises: ConnectionAbortedError for one that is hung up on, after which asyncio goes on listening."""
        connection, address = super().accept()
        if sum(one.fileno() >= 0 for one in self._inside) >= MOST_INSIDE:
            connection.close()
            raise ConnectionAbortedError
        self._inside.add(connection)
        return connection, address


class Gate(asyncio.Protocol):
    """Stands between a protocol's library and one client, on whom it hangs up where it is silent, or reads no answers.

    library: makes the library's part. idle_s: how long a client may say nothing.
    """

    transport: asyncio.Transport
    inner: asyncio.Protocol
    _timer: asyncio.TimerHandle

    def __init__(self, library: Library, idle_s: float) -> None:
        self._library = library
        self._idle_s = idle_s

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Only now is there a part of the library: it would keep those for good whose TLS fails."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(MOST_BYTES)
        self._timer = asyncio.get_running_loop().call_later(self._idle_s, self.transport.abort)
        self.inner = self._library()
        self.inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """The client says something."""
        self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle_s, self.transport.abort)
        self.hand_on(data)

    def hand_on(self, data: bytes) -> None:
        """To the library; others may look at it first."""
        self.inner.data_received(data)

    def pause_writing(self) -> None:
        """MOST_BYTES wait to be read by the client."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._timer.cancel()
        self.inner.connection_lost(exc)


class Loop(asyncio.SelectorEventLoop):
    """Whatever server is begun on it has an Entrance, and a gate before each client.

    Of selectors on Windows, too: the loop that is usual there lets in by itself, and asks no socket.
    """

    def __init__(self, gate: Callable[[Library], Gate]) -> None:
        super().__init__()
        self._gate = gate

    async def create_server(  # type: ignore[override]
        self, protocol_factory: Library, host: str, port: int, **options: Any
    ) -> asyncio.Server:
        """As asyncio's, on one address."""
        if options.get("ssl") is not None:
            options["ssl_handshake_timeout"] = HANDSHAKE_S
        gated = lambda: self._gate(protocol_factory)  # noqa: E731
        return await super().create_server(gated, sock=Entrance.at(host, port), **options)
