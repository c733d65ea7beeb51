"""What a station stands on beside its camera: room for the records, a clock, and the files of its bundle."""

import time
from pathlib import Path

from inspector.bundle import Bundle
from inspector.inspection.guard.clock import Clock
from inspector.inspection.guard.originals import Originals
from inspector.inspection.guard.room import Room

LOOK_S = 0.5


class Footing:
    """Looks at all of it each LOOK_S. folder: of the records, None where nothing is kept."""

    def __init__(self, bundle: Bundle, folder: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._room = None if folder is None else Room(folder)
        self._originals = Originals(bundle)
        self._next_s = 0.0
        self._fault: str | None = None

    @property
    def remark(self) -> str:
        """What a person should know and no verdict depends on, in a sentence; "" for nothing."""
        return self._clock.jump

    def fault(self) -> str | None:
        """A sentence while it does not hold.

        Raises: InputError where the bundle was changed, which no waiting mends.
        """
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + LOOK_S
            self._originals.check()
            self._fault = (self._room.fault() if self._room else None) or self._clock.fault()
        return self._fault
