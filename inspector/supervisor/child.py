"""The station's process: started, heard, ended. Nobody waits for it."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from inspector.errors import MachineError
from inspector.supervisor.link import start_with_link

PATIENCE_S = 5.0
"""Between the request to end and the kill: what was decided is recorded meanwhile."""
LAST_WORDS_S = 0.2


class Said(NamedTuple):
    """One message of a child; None where the line to it is broken."""

    child: "Child"
    message: bytes | None


class Child:
    """One process, from start to end. What it says is put into the queue, and last of all that the line broke.

    generation: its name, which it puts into each report. Raises: MachineError where it cannot be started.
    """

    def __init__(self, command: Sequence[str], generation: str, said: "queue.Queue[Said]") -> None:
        self.generation = generation
        self.last_words = ""
        self._asked = False
        self._kill_at_s: float | None = None
        # What a service manager told its own child is not for this one.
        environment = {key: value for key, value in os.environ.items() if key not in ("NOTIFY_SOCKET", "WATCHDOG_USEC")}
        try:
            self._process, self._link = start_with_link(command, generation, environment, stderr=subprocess.PIPE)
        except OSError as error:
            raise MachineError(f"The station cannot be started: {error.strerror or error}.") from error
        self._threads = [
            threading.Thread(target=self._hear, args=(said,), name="hear", daemon=True),
            threading.Thread(target=self._read_errors, name="errors", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def say(self, message: bytes) -> None:
        """Send it a request; one that is gone does not hear it."""
        with suppress(OSError):
            self._link.send(message)

    def end(self) -> None:
        """Ask it to end, once, and give it up. On Windows there is no such request: it is killed."""
        if not self._asked:
            self._asked = True
            self._process.terminate()
        self.give_up()

    def give_up(self) -> None:
        """It is ending, or should be; `ended` kills it when it takes more than PATIENCE_S."""
        if self._kill_at_s is None:
            self._kill_at_s = time.monotonic() + PATIENCE_S

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()

    def ended(self) -> bool:
        """Whether it is gone; returns at once."""
        if self._kill_at_s is not None and time.monotonic() >= self._kill_at_s:
            self._process.kill()
        return self._process.poll() is not None

    def obituary(self) -> str:
        """Why it ended, as a person is told of it: its last words, else its exit code; and let go of it."""
        for thread in self._threads:
            thread.join(LAST_WORDS_S)
        self._link.close()
        return self.last_words or f"The station ended with code {self._process.returncode}."

    def _hear(self, said: "queue.Queue[Said]") -> None:
        with suppress(EOFError, OSError):
            while True:
                said.put(Said(self, self._link.receive()))
        said.put(Said(self, None))

    def _read_errors(self) -> None:
        """What it complains of is passed on, and the last line of it kept: a child that fails says why."""
        assert self._process.stderr is not None
        with self._process.stderr as errors:
            for line in errors:
                self.last_words = line.decode("utf-8", "replace").strip() or self.last_words
                with suppress(OSError, ValueError):
                    sys.stderr.write(f"{self.last_words}\n")
