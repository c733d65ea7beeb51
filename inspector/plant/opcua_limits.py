"""What an OPC UA client may make this program keep before it is known who it is."""

import asyncio
from typing import Any

from asyncua.common.connection import TransportLimits
from asyncua.common.utils import ServiceError
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession
from asyncua.ua.status_codes import StatusCodes

from inspector.plant.entrance import MOST_BYTES, Gate

PENDING_S = 10.0
"""From the connection on, within which a client has to have logged in."""
CHUNK_BYTES, LEAST_CHUNK_BYTES = 65535, 8192
"""Of one part of a message (OPC 10000-6, 7.1.2.3: no client may say that it takes less than 8192)."""
HEAD_BYTES = 8
"""Kind and size of a part: OPC 10000-6, 7.1.2.2."""
KINDS = (b"HEL", b"OPN", b"MSG", b"CLO")
"""What a client may send. The library would also take an ACK, and with it the client's word for what is too much."""


def limits() -> TransportLimits:
    """Of messages in several parts."""
    return TransportLimits(CHUNK_BYTES, CHUNK_BYTES, MOST_BYTES // LEAST_CHUNK_BYTES, MOST_BYTES)


class Messages(Gate):
    """Hands on one whole message at a time, and hangs up where one is announced that is too long, or is none.

    The library would wait for as much as was announced, and keep all that came with a message until it has answered.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._waiting = bytearray()

    def hand_on(self, data: bytes) -> None:
        """To the library, message by message."""
        self._waiting += data
        while len(self._waiting) >= HEAD_BYTES and not self.transport.is_closing():
            size = int.from_bytes(self._waiting[4:HEAD_BYTES], "little")
            if self._waiting[:3] not in KINDS or not HEAD_BYTES < size <= MOST_BYTES:
                self.transport.abort()
                return
            if len(self._waiting) < size:
                return
            message = bytes(self._waiting[:size])
            del self._waiting[:size]
            self.inner.data_received(message)


class Sessions(InternalServer):
    """Forgets sessions that nobody logs in to, which the library would keep for good, and knows no other servers."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.max_pending_activation_seconds = PENDING_S

    def register_external_session(self, session: InternalSession) -> None:
        """One that was asked for, and that a client has to log in to."""
        super().register_external_session(session)
        asyncio.get_running_loop().call_later(PENDING_S, self._look_after, session)

    def _look_after(self, session: InternalSession) -> None:
        if not session.is_activated():
            self.unregister_external_session(session)

    def register_server(self, *_: Any) -> None:
        """Raises: ServiceError, always: anybody could register any number of them."""
        raise ServiceError(StatusCodes.BadServiceUnsupported)
