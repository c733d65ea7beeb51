"""Which inspections a person wants to see, and how a long list of them is turned over."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from inspector.inspection.verdict import Inspection, Verdict


@dataclass(frozen=True)
class Wanted:
    """Inspections that are all of this.

    since, until: aware; the first is included, the last is not. component: only those that looked for it, and verdict
    is then that of the component, else that of the inspection. serial: the whole serial number.
    """

    since: datetime | None = None
    until: datetime | None = None
    verdict: Verdict | None = None
    component: str | None = None
    serial: str | None = None


EVERYTHING = Wanted()


class Place(NamedTuple):
    """Where a page ended: the next one goes on there, however many were added meanwhile."""

    started_us: int
    number: int


class Page(NamedTuple):
    """Inspections, the newest first. older: where the next page begins; None where there is none."""

    inspections: tuple[Inspection, ...]
    older: Place | None


class Bucket(NamedTuple):
    """A stretch of time, and how many inspections that began in it came to each verdict."""

    start: datetime
    counts: dict[Verdict, int]


class Cause(NamedTuple):
    """What was not OK, as often as it was found."""

    component: str
    pattern: str | None
    kind: str
    reason: str
    times: int
