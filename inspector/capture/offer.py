"""What a camera can send: in which format, of which size, how often."""

from dataclasses import asdict, dataclass
from typing import Any

Size = tuple[int, int]


@dataclass(frozen=True)
class Offer:
    """One format in one size, or in all between two.

    form: as the camera calls it. size: (width, height), the largest where `least` is the smallest of many; (0, 0) where
    it does not tell. rates: pictures a second, the fastest first; of a range, its two ends; () where it does not tell.
    """

    form: str
    size: Size = (0, 0)
    least: Size | None = None
    rates: tuple[float, ...] = ()
    is_range: bool = False

    @property
    def sizes(self) -> str:
        """`1920x1080`, or `64x64 - 2448x2048`; "" where nobody knows."""
        ends = [end for end in (self.least, self.size) if end and all(end)]
        return " - ".join("{}x{}".format(*end) for end in ends)

    @property
    def pace(self) -> str:
        """`30, 15, 7.5`, or `1 - 30`; "" where nobody knows."""
        told = [f"{rate:.4g}" for rate in self.rates]
        return " - ".join(reversed(told)) if self.is_range else ", ".join(told)

    def __str__(self) -> str:
        return "  ".join(filter(None, (self.form, self.sizes, self.pace and f"{self.pace} fps")))

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "rates": [round(rate, 3) for rate in self.rates]}
