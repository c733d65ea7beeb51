"""What an output was last told, for as long as it may be believed."""

import math
import time
from collections.abc import Callable

from inspector.plant.output import SAFE_AFTER_S
from inspector.plant.signals import SAFE, Signals, safe

Clock = Callable[[], float]


class Feed:
    """The newest signals, and SAFE once they are older than SAFE_AFTER_S or there were none.

    clock: monotonic seconds.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._fed = (SAFE, -math.inf)

    def put(self, signals: Signals) -> None:
        """These hold from now on. From any thread."""
        self._fed = (signals, self._clock())

    def silence(self) -> Signals | None:
        """What is to be shown instead, where nobody has fed it for too long; None while the newest may be believed."""
        signals, fed_s = self._fed
        return safe(signals) if self._clock() - fed_s > SAFE_AFTER_S else None

    def newest(self) -> Signals:
        """What may be shown now."""
        return self.silence() or self._fed[0]
