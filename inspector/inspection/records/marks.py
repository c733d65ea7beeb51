"""Was it right? What people say of verdicts; an inspection itself is never changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from inspector.errors import InputError
from inspector.frame import utc_now
from inspector.inspection.records.rows import insert
from inspector.inspection.records.schema import InspectionRow, MarkRow, as_moment, as_us


@dataclass(frozen=True)
class Mark:
    """What a person said of a verdict. at: aware UTC; right: whether the verdict was; reason: why it was not."""

    id: str
    inspection: str
    who: str
    at: datetime
    right: bool
    reason: str = ""

    @classmethod
    def now(cls, inspection: str, who: str, right: bool, reason: str) -> "Mark":
        """A new one. Raises: InputError where nobody says it, or a wrong verdict has no reason."""
        if not who.strip():
            raise InputError("Say who marks the verdict.")
        if not right and not reason.strip():
            raise InputError("Say why the verdict was wrong.")
        return cls(uuid.uuid4().hex, inspection, who, utc_now(), right, reason.strip())


class MarkKept(NamedTuple):
    """A mark as it is kept. position: grows with each one added; of: its inspection's position, station: where that was
    made.
    """

    position: int
    of: int
    station: str
    mark: Mark


_MARKS = select(MarkRow, InspectionRow.id.label("name"), InspectionRow.station).join(
    InspectionRow, InspectionRow.number == MarkRow.inspection
)


def write(connection: Connection, mark: Mark, station: str | None = None) -> bool:
    """Add a mark to its inspection, if it is not there yet; whether that inspection is known here.

    station: where the inspection was made; None for the newest of that id.
    """
    query = select(InspectionRow.number).where(InspectionRow.id == mark.inspection)
    query = query if station is None else query.where(InspectionRow.station == station)
    number = connection.scalar(query.order_by(InspectionRow.number.desc()).limit(1))
    if number is None:
        return False
    values = {"id": mark.id, "inspection": number, "who": mark.who, "at_us": as_us(mark.at)}
    values |= {"was_right": mark.right, "reason": mark.reason}
    connection.execute(insert(connection, MarkRow).values(values).on_conflict_do_nothing())
    return True


def of(connection: Connection, inspection: str) -> list[Mark]:
    """What was said of the inspection, the first first."""
    query = _MARKS.where(InspectionRow.id == inspection).order_by(MarkRow.number)
    return [_kept(row).mark for row in connection.execute(query)]


def after(connection: Connection, position: int, limit: int) -> Sequence[MarkKept]:
    """The marks after a position, in the order in which they were added."""
    query = _MARKS.where(MarkRow.number > position).order_by(MarkRow.number).limit(limit)
    return [_kept(row) for row in connection.execute(query)]


def _kept(row: Any) -> MarkKept:
    mark = Mark(row.id, row.name, row.who, as_moment(row.at_us), row.was_right, row.reason)
    return MarkKept(row.number, row.inspection, row.station, mark)
