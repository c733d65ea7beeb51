"""A POST that is over in time, whatever the server does."""

import http.client
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from ssl import SSLContext
from typing import Any

READ_S = 5.0
"""A server may say nothing for so long."""
WHOLE_S = 10.0
"""For all of it: a server that answers byte by byte never says nothing for long."""
TICK_S = 0.1

Connection = http.client.HTTPConnection


class Poster:
    """Sends one request after the other, and follows no redirection: what it sends is meant for one server.

    context: for https.
    """

    def __init__(self, context: SSLContext) -> None:
        self._opener = urllib.request.build_opener(_Http(self._made), _Https(self._made, context), _Stays)
        self._connection: Connection | None = None
        self._closing = threading.Event()

    def send(self, request: urllib.request.Request) -> None:
        """Returns once the server has said 2xx.

        Raises: urllib.error.HTTPError where it says something else; OSError, http.client.HTTPException where it says
        nothing that can be understood, or not in time.
        """
        with self._in_time(), self._opener.open(request, timeout=READ_S):
            pass

    def close(self) -> None:
        """Cut what is under way, and all that comes later."""
        self._closing.set()

    def _made(self, kind: Callable[..., Connection]) -> Callable[..., Connection]:
        def make(*arguments: Any, **named: Any) -> Connection:
            self._connection = kind(*arguments, **named)
            return self._connection

        return make

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Raises: TimeoutError where it was cut, whatever came of that: a cut head looks like a short one."""
        over, cut = threading.Event(), threading.Event()
        watcher = threading.Thread(target=self._watch, args=(over, cut), name="output webhook in time", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            if cut.is_set():
                raise TimeoutError("it took too long")

    def _watch(self, over: threading.Event, cut: threading.Event) -> None:
        """Cuts again and again: a connection that is only being made cannot be cut yet."""
        last_s = time.monotonic() + WHOLE_S
        while not over.wait(TICK_S):
            if self._closing.is_set() or time.monotonic() > last_s:
                cut.set()
                sock = None if self._connection is None else self._connection.sock
                with suppress(OSError):
                    if sock is not None:
                        sock.shutdown(SHUT_RDWR)


Made = Callable[[Callable[..., Connection]], Callable[..., Connection]]


class _Http(urllib.request.HTTPHandler):
    """Tells which connection it makes."""

    def __init__(self, made: Made) -> None:
        super().__init__()
        self._made = made

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made(http.client.HTTPConnection), request)


class _Https(urllib.request.HTTPSHandler):
    """The same."""

    def __init__(self, made: Made, context: SSLContext) -> None:
        super().__init__()
        self._made = made
        self._verified = context

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made(http.client.HTTPSConnection), request, context=self._verified)


class _Stays(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """No request: the redirection is a failure, with its code."""
        return
