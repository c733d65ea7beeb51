"""A PostgreSQL of one's own, on a free port of this machine, and a line to it that can be held up."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.ports import free_port

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_S = 30.0


def programs() -> Path | None:
    """Where `initdb` and `postgres` are; None where they are not installed. Debian keeps them off the path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(DEBIAN.glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


class Server:
    """A cluster in a temporary folder. It refuses to run as root, who lends it another account.

    careful: it waits for the disk, as a plant's does.
    """

    def __init__(self, place: Path, careful: bool = False) -> None:
        self.port = free_port()
        self._careful = careful
        self._place = place
        self._folder = Path(tempfile.mkdtemp(prefix="plant-"))
        self._account: dict[str, Any] = {}
        if sys.platform != "win32" and os.geteuid() == 0:
            self._account = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self._folder, "postgres", "postgres")
        self._process: subprocess.Popen[bytes] | None = None
        made = self._run("initdb", "-D", str(self._folder / "data"), "-A", "trust", "-U", "plant", "-N", "-E", "UTF8")
        assert made.wait(PATIENCE_S) == 0
        self.start()

    def start(self) -> None:
        options = (
            "-p",
            str(self.port),
            "-h",
            "127.0.0.1",
            "-k",
            str(self._folder),
            *(() if self._careful else ("-F",)),
        )
        deadline = time.monotonic() + PATIENCE_S
        # After a kill the children of the old one hold its memory for a moment.
        while True:
            self._process = self._run("postgres", "-D", str(self._folder / "data"), *options)
            while self._process.poll() is None:
                with suppress(OSError), self.connect("postgres"):
                    return
                time.sleep(0.02)
            assert time.monotonic() < deadline, "PostgreSQL does not start"

    def stop(self, how: int) -> None:
        """SIGKILL as a power cut does; SIGQUIT at once too, but with all of its children."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_S)
            self._process = None

    def hold(self) -> None:
        """It and its children do nothing any more, and hang up on nobody. Linux tells who its children are."""
        self._send_all(signal.SIGSTOP)

    def let_go(self) -> None:
        self._send_all(signal.SIGCONT)

    def _send_all(self, number: int) -> None:
        if self._process is not None:
            own = self._process.pid
            children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
            for pid in (own, *map(int, children)):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)

    def close(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self) -> str:
        """The address of the one database, with nothing in it any more: to make another takes much longer."""
        with self.connect("postgres") as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return f"postgresql+psycopg://plant:secret@127.0.0.1:{self.port}/postgres"

    def connect(self, name: str) -> Any:
        """A connection of the driver's own, in which each statement is done at once."""
        import psycopg

        try:
            return psycopg.connect(host="127.0.0.1", port=self.port, user="plant", dbname=name, autocommit=True)
        except psycopg.OperationalError as error:
            raise ConnectionError(str(error)) from error

    def _run(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(self._place / program), *options]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=self._folder, env={"PATH": os.environ["PATH"]}, **silent, **self._account)


class Line:
    """A way to a server that can be held up: what comes then waits, and nobody is told."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.held = threading.Event()
        """Something came that is held up."""
        self._open = threading.Event()
        self._open.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._lines: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="line", daemon=True)]
        self._threads[0].start()

    def hold(self) -> None:
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        for line in self._lines:
            line.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._lines += [near, far]
                for source, sink in ((near, far), (far, near)):
                    thread = threading.Thread(target=self._pass, args=(source, sink), name="line", daemon=True)
                    self._threads.append(thread)
                    thread.start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                if not self._open.is_set():
                    self.held.set()
                self._open.wait()
                sink.sendall(said)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
