"""The best state of a network that its exams have found, and when to stop waiting for a better one."""

import math
from typing import Any

from inspector.learning.checkpoint import Values, values_of
from inspector.learning.network import Network

BETTER = 0.99
"""A loss under this share of the best one is worth waiting for; one that is lower at all is worth keeping."""
WORSE = 1.5
"""Times the best loss: above that the last state of a run is worse, and not by chance."""


class Best:
    """The best state that an exam found, and how many exams ago.

    Before its end a run learns at a rate at which a state is good or bad by chance: on a few held-out frames the least
    loss of many exams is then more luck than merit. At its end the rate has gone down to none. So the last state
    counts as the best one, unless its loss says that the run has forgotten, or learned its pictures by heart.

    patience: exams in a row with nothing better after which it is `out_of_patience`; 0 for ever.
    """

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self.loss, self._bar, self._misses, self.step = float("inf"), float("inf"), 0, 0
        self.weights: Values = []

    @property
    def out_of_patience(self) -> bool:
        return 0 < self._patience <= self._misses

    def note(self, loss: float, step: int, network: Network, last: bool) -> None:
        """An exam was sat after that step. last: of a run that came to its end."""
        if loss < self._bar * BETTER:
            self._bar, self._misses = loss, 0
        else:
            self._misses += 1
        if loss < self.loss * (WORSE if last else 1):  # which no loss is that is not a number
            self.loss, self.step, self.weights = loss, step, values_of(network.variables)

    def count_in(self, more: float) -> None:
        """Steps are smaller from now on: it takes so many times as many."""
        self.step = math.ceil(self.step * more)

    def kept(self) -> dict[str, Any]:
        """What a checkpoint keeps of it, beside the weights."""
        return {"loss": self.loss, "bar": self._bar, "misses": self._misses, "step": self.step}

    def restore(self, kept: dict[str, Any], weights: Values) -> None:
        """Stand where a checkpoint was made."""
        self.loss, self._bar, self._misses, self.step = kept["loss"], kept["bar"], kept["misses"], kept["step"]
        self.weights = weights
