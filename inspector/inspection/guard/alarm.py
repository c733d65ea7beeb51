"""When something that seems wrong is told, and when it is taken back. Pure: time comes with each measure."""

RAISE_S = 0.4
"""For how long without a break it must be wrong before it is told: a hand that passes is no fault."""
LOWER_S = 1.0
"""For how long without a break it must be right again."""
BACK = 0.8
"""Of what is too much, below which it is right again: what lies at the limit must not come and go."""


class Alarm:
    """Holds one sentence from when it was wrong for RAISE_S until it was right for LOWER_S.

    told: the sentence, as it was first; a figure in it does not dance. doubt: what seems wrong, and is not told yet.
    raise_s: another time in the place of RAISE_S.
    """

    def __init__(self, raise_s: float = RAISE_S) -> None:
        self._raise_s = raise_s
        self.told: str | None = None
        self.doubt: str | None = None
        self._since_s: float | None = None

    def hear(self, excess: float | None, sentence: str, time_s: float) -> None:
        """Take note of a measure.

        Args: excess: 1 is the most that is right; None where nothing can be said, which changes nothing that is told.
        """
        if excess is None or (excess <= 1 if self.told is None else excess >= BACK):
            self._since_s = self.doubt = None
            return
        if self._since_s is None:
            self._since_s = time_s
        self.doubt = sentence if self.told is None else None
        # A thousandth less: sums of a camera's intervals fall short of their own limit.
        if time_s - self._since_s >= (self._raise_s if self.told is None else LOWER_S) - 1e-3:
            self.told = sentence if self.told is None else None
            self._since_s = self.doubt = None
