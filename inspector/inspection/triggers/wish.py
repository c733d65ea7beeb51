"""What a timer, a folder or a key wishes of the station."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from inspector.inspection.verdict import Inspection


@dataclass(frozen=True)
class Wish:
    """For one inspection. by: what its `trigger` will be; serial: the workpiece's number, "" where not told."""

    by: str
    serial: str = ""


class Wisher(Protocol):
    """Where wishes come from; looked at ten times a second, by one thread."""

    @property
    def fault(self) -> str:
        """A sentence while it cannot do what it should; "" else."""
        ...

    def look(self, now_s: float) -> Iterator[Wish]:
        """What is wished for since the last look. now_s: monotonic seconds."""
        ...

    def answered(self, wish: Wish, refusal: str) -> None:
        """The station accepted it (""), or refused it with a sentence."""
        ...

    def heard(self, inspection: Inspection) -> None:
        """A workpiece was inspected. Any thread."""
        ...
