"""What a service manager is told of the process that it started: sd_notify(3), without its library."""

import os
import socket
from contextlib import suppress


class Notifier:
    """Says so where a service manager listens, and nowhere else. It never blocks and never fails."""

    def __init__(self, address: str | None = None) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "") if address is None else address

    def ready(self) -> None:
        """The outputs are open and fed."""
        self._say("READY=1")

    def alive(self, status: str) -> None:
        """A whole pass of the loop is done: all that is called a watchdog's food. status: one line for a person."""
        self._say(f"WATCHDOG=1\nSTATUS={status}")

    def stopping(self) -> None:
        """It ends in order."""
        self._say("STOPPING=1")

    def _say(self, text: str) -> None:
        if not self._address:
            return
        # An @ stands for the zero byte that an abstract name begins with.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
            line.sendto(text.encode(), address)
