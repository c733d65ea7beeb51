"""What all outputs share that a PLC connects to: a thread of their own, a port, and silence that shows."""

import asyncio
import errno
import queue
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from inspector.errors import InspectorError, MachineError
from inspector.plant.entrance import Gate, Library, Loop
from inspector.plant.feed import Clock, Feed
from inspector.plant.handshake import Handshake
from inspector.plant.signals import Acknowledge, Request, Signals, Trigger

TICK_S = 0.1
HELD_UP_S = 0.4
"""A server whose turns are longer apart was held up, and what it reads then may be as old."""
DISTRUSTS_S = 0.1
"""So long after that it is not sure what it had read before: several things happen in one turn."""
AGAIN_S = 2.0
"""Between two tries to listen."""
MOST_WISHES = 16
"""Requests to prove or to change the recipe that may wait; of triggers no more come than the station is ready for."""


class Serving(ABC):
    """A server on a thread of its own that listens as soon as it can, and again whenever that failed.

    A trigger that a PLC gave while this machine was held up is refused: another workpiece may lie there by now.

    name: of the protocol. address, port: where it listens. gate: what stands before each client.
    """

    def __init__(
        self,
        name: str,
        address: str,
        port: int,
        clock: Clock,
        gate: Callable[[Library], Gate],
        handshake: Handshake,
    ) -> None:
        self.requests: queue.Queue[Request] = queue.Queue()
        self.fault = f"{name} does not listen yet."
        self.name, self.address, self.port = name, address, port
        self.feed = Feed(clock)
        self.handshake = handshake
        self._turned_s = self._distrusts_until_s = time.monotonic()
        self._gate = gate
        self.loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"output {name}", daemon=True)

    @abstractmethod
    async def open(self) -> None:
        """Listen."""

    @abstractmethod
    async def refresh(self) -> None:
        """Something may have changed, and must be told to who listens; now and then in any case."""

    @abstractmethod
    async def shut(self) -> None:
        """Listen no longer."""

    def show(self, signals: Signals) -> None:
        """The levels from now on."""
        self.feed.put(signals)
        self._call_soon(signals)

    def tell(self, inspection: Mapping[str, Any]) -> None:  # noqa: B027 - there is nothing that others could do
        """Who asks for levels is told nothing more."""

    def close(self) -> None:
        """Listen no longer."""
        self._closing.set()
        self._call_soon()
        self._thread.join()

    def start(self) -> None:
        """Begin; at the end of a constructor."""
        self._thread.start()

    def ask(self, requests: Iterable[Request]) -> None:
        """What the plant wants. Wishes beyond those that anybody could fulfil are dropped."""
        for request in requests:
            if isinstance(request, Trigger | Acknowledge) or self.requests.qsize() < MOST_WISHES:
                self.requests.put(request)

    def check_silence(self) -> None:
        """On the server's thread: hear SAFE where nobody says anything, and promise nothing after it was held up."""
        silence = self.feed.silence()
        if silence is not None:
            self.handshake.hear(silence)
        now_s = time.monotonic()
        if now_s - self._turned_s > HELD_UP_S or now_s < self._distrusts_until_s:
            self.handshake.distrust()

    def _turn(self) -> None:
        now_s = time.monotonic()
        if now_s - self._turned_s > HELD_UP_S:
            self._distrusts_until_s = now_s + DISTRUSTS_S
        self._turned_s = now_s

    def _call_soon(self, *signals: Signals) -> None:
        loop = self.loop
        if loop is not None:
            with suppress(RuntimeError):  # it ended in this moment: nobody is connected who could be told
                loop.call_soon_threadsafe(self._awake, *signals)

    def _awake(self, *signals: Signals) -> None:
        for heard in signals:
            self.handshake.hear(heard)
        self._wake.set()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                check_free(self.name, self.address, self.port)
                with asyncio.Runner(loop_factory=lambda: Loop(self._gate)) as runner:
                    runner.run(self._serve())
            except InspectorError as error:
                self.fault = str(error)
            except Exception as error:
                self.fault = f"{self.name} failed ({type(error).__name__}: {error}) and is begun again."
            self._closing.wait(AGAIN_S)

    async def _serve(self) -> None:
        self._wake = asyncio.Event()  # one belongs to the loop that waited for it first
        await self.open()
        self.loop = asyncio.get_running_loop()
        try:
            self.fault = ""
            self.handshake.hear(self.feed.newest())
            self._turned_s = time.monotonic()
            while not self._closing.is_set():
                self._turn()
                self.check_silence()
                await self.refresh()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), TICK_S)
                self._wake.clear()
        finally:
            self.loop = None
            await self.shut()


def check_free(name: str, address: str, port: int) -> None:
    """Whether somebody can listen there.

    Raises: MachineError, in a sentence that the protocols' own libraries do not have.
    """
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        raise MachineError(f"{name} cannot listen on {address}, port {port}: {_why(error)}") from error


def _why(error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address. Name one of its own in settings.yaml."
    if error.errno == errno.EADDRINUSE:
        return "another program does. End it, or choose another port in settings.yaml."
    if error.errno == errno.EACCES:
        return "this needs special rights. Choose a port above 1023 in settings.yaml, or have them granted."
    return f"{error.strerror or error}."
