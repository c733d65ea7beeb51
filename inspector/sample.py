"""A known workpiece on which a station proves itself."""

from typing import Self

from pydantic import model_validator

from inspector.faults import PlacedFault
from inspector.files import Section


class Sample(Section):
    """A known workpiece, which a station must judge right before it is believed.

    good: it must PASS; a bad one must FAIL. lacks: a bad one's only fault, the component that it lacks or that shows a
    failing pattern; None where any fault will do. name: what is written on it, a serial number say; "" for any such.
    """

    good: bool
    lacks: str | None = None
    name: str = ""

    @model_validator(mode="after")
    def _lacks(self) -> Self:
        if self.good and self.lacks is not None:
            raise PlacedFault("a good workpiece lacks nothing; leave 'lacks' out, or say 'good: false'", "lacks")
        return self
