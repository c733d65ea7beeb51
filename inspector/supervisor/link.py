"""The line between a supervisor and its child.

There is no address that a stranger could connect to: both ends are made before the child is, it inherits its own, and
nobody else can take its place. What comes over it is bytes; nothing is unpickled. If either process dies, however it
does, the other's next `receive` says so.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

from inspector.supervisor.reports import MOST_BYTES

VARIABLE = "ASSEMBLY_INSPECTOR_SUPERVISOR"
"""What a child is told in its environment: its end of the line, and its name."""

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection

    def _inheriting(handle: int) -> dict[str, Any]:
        os.set_handle_inheritable(handle, True)
        return {"startupinfo": subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})}

    def _taken(handle: int) -> Any:
        os.set_handle_inheritable(handle, False)
        return PipeConnection(handle)

    def _hang_up(connection: Any) -> None:
        connection.close()

else:
    import socket

    def _inheriting(handle: int) -> dict[str, Any]:
        # A group of its own: Ctrl-C in a terminal is for the supervisor, which then ends its child in order.
        return {"pass_fds": (handle,), "process_group": 0}

    def _taken(handle: int) -> Any:
        os.set_inheritable(handle, False)
        return Connection(handle)

    def _hang_up(connection: Any) -> None:
        # While a thread waits to receive, closing alone would reach neither it nor the other end.
        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
        connection.close()


class Link:
    """One end. Sending and receiving may be done on two threads; neither waits for the other."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def send(self, message: bytes) -> None:
        """Raises: OSError where the other end is gone."""
        self._connection.send_bytes(message)

    def receive(self) -> bytes:
        """The next message, however long it takes. Raises: EOFError or OSError where the other end is gone."""
        return bytes(self._connection.recv_bytes(MOST_BYTES))

    def close(self) -> None:
        """Let go of this end; the other one hears of it, and so does who waits here to receive."""
        if not self._connection.closed:
            _hang_up(self._connection)


def start_with_link(
    command: Sequence[str], generation: str, environment: Mapping[str, str], **options: Any
) -> tuple["subprocess.Popen[bytes]", Link]:
    """Start a child that inherits one end of a new line; the other end is given back.

    Raises: OSError where it cannot be started.
    """
    ours, theirs = Pipe()
    try:
        handle = theirs.fileno()
        told = {**environment, VARIABLE: f"{handle}:{generation}"}
        child = subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, **_inheriting(handle), **options)
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return child, Link(ours)


def inherited() -> tuple[Link, str] | None:
    """A child's end of the line and its name; None where no supervisor started this process, or it was taken before.

    What this process starts in turn inherits neither.
    """
    told = os.environ.pop(VARIABLE, "")
    handle, _, generation = told.partition(":")
    return (Link(_taken(int(handle))), generation) if handle.isdecimal() else None
