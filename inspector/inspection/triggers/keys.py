"""Lines typed in a terminal: Enter asks for an inspection, and what was typed before it is the serial number."""

import os
import queue
import threading
from collections.abc import Iterator

from inspector.inspection.triggers.wish import Wish
from inspector.inspection.verdict import Inspection

KEY = "key"
ENDED = "No key can ask for an inspection any more: the standard input has ended."


class Keys:
    """The thread `keys`: reads lines from a file descriptor. A scanner that types its code and Enter does as well."""

    def __init__(self, descriptor: int) -> None:
        self.fault = ""
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(descriptor,), name="keys", daemon=True).start()

    def look(self, now_s: float) -> Iterator[Wish]:
        """What was typed since the last look."""
        while not self._lines.empty():
            yield Wish(KEY, self._lines.get().strip())

    def answered(self, wish: Wish, refusal: str) -> None:
        """Whoever pressed the key reads it, and presses it again."""

    def heard(self, inspection: Inspection) -> None:
        """Nothing waits for it here."""

    def _read(self, descriptor: int) -> None:
        # Not sys.stdin: Python cannot end while a thread waits in it.
        begun = b""
        try:
            while read := os.read(descriptor, 4096):
                *lines, begun = (begun + read).replace(b"\r\n", b"\n").split(b"\n")
                for line in lines:
                    self._lines.put(line.decode(errors="replace"))
        except OSError:
            pass  # a terminal that is gone has ended
        self.fault = ENDED
