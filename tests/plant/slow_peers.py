"""Receivers that take their time, for ever."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tests.ports import NEAR

CONNECT, PUBLISH, PING = 1, 3, 12
"""Kinds of packets: MQTT 3.1.1, 2.2.1."""


class _Slow:
    """A server on a port of its own, with a thread for each who connects."""

    def __init__(self) -> None:
        self._listening = socket.create_server((NEAR, 0))
        self.port = int(self._listening.getsockname()[1])
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._inside: list[socket.socket] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        self._begin(self._listen)
        try:
            yield
        finally:
            self._ended.set()
            for one in (self._listening, *self._inside):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            for thread in self._threads:
                thread.join()

    def _begin(self, run: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=run, args=arguments))
        self._threads[-1].start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listening.accept()[0]
                self._inside.append(client)
                self._begin(self._serve_one, client)

    def _serve_one(self, client: socket.socket) -> None:
        with suppress(OSError, ValueError), client:
            self.serve(client)

    def serve(self, client: socket.socket) -> None:
        raise NotImplementedError


class DrippingWeb(_Slow):
    """Begins to say that it has what was sent, and never comes to an end."""

    def serve(self, client: socket.socket) -> None:
        client.recv(65536)
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self._ended.wait(0.02):
            client.sendall(b"a")


class ForgetfulBroker(_Slow):
    """Takes all and answers pings, but says that it has an inspection only once it is `mindful`.

    inspections: the numbers of the messages that brought one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mindful = False
        self.inspections: list[int] = []
        self.signals = 0

    def serve(self, client: socket.socket) -> None:
        read = client.makefile("rb").read
        waiting: list[int] = []
        while first := read(1):
            body = read(_length(read))
            kind, quality = first[0] >> 4, first[0] >> 1 & 3
            if kind == CONNECT:
                client.sendall(b"\x20\x02\0\0")
            elif kind == PING:
                client.sendall(b"\xd0\0")
            elif kind == PUBLISH and quality:
                waiting += self._take(client, body)
            elif kind == PUBLISH:
                self.signals += 1
            while self.mindful and waiting:
                _acknowledge(client, waiting.pop(0))

    def _take(self, client: socket.socket, body: bytes) -> list[int]:
        """The number of what is not acknowledged yet."""
        (length,) = struct.unpack(">H", body[:2])
        (number,) = struct.unpack(">H", body[2 + length : 4 + length])
        if body[2 : 2 + length].endswith(b"/inspection"):
            self.inspections.append(number)
            return [number]
        _acknowledge(client, number)
        return []


def _acknowledge(client: socket.socket, number: int) -> None:
    client.sendall(b"\x40\x02" + struct.pack(">H", number))


def _length(read: Callable[[int], bytes]) -> int:
    """MQTT 3.1.1, 2.2.3."""
    found = place = 0
    while True:
        (byte,) = read(1)
        found |= (byte & 127) << place
        place += 7
        if not byte & 128:
            return found
