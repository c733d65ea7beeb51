"""What a destination does not take, for itself: it is set aside here, so that it holds up nothing else, and kept."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, func, select

from inspector.inspection.records import cursors
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.rows import insert
from inspector.inspection.records.schema import InspectionRow, RefusedRow

NOWHERE = ~exists().where(RefusedRow.inspection == InspectionRow.id)
"""Of an inspection: everybody took it, and what was said of it, who was asked to."""


class Refused(NamedTuple):
    """One of them. position: in its stream; inspection: the id of the one that it is, or is about."""

    stream: Stream
    position: int
    inspection: str
    reason: str


def set_aside(connection: Connection, destination: str, one: Refused) -> None:
    """The destination goes on after it. To set it aside again changes nothing."""
    values = one._asdict() | {"destination": destination}
    connection.execute(insert(connection, RefusedRow).values(values).on_conflict_do_nothing())
    cursors.move(connection, destination, one.stream, one.position)


def take_back(connection: Connection, destination: str, one: Refused) -> None:
    """It has arrived after all."""
    of_it = (RefusedRow.stream == one.stream, RefusedRow.position == one.position)
    connection.execute(delete(RefusedRow).where(RefusedRow.destination == destination, *of_it))


def of(connection: Connection, destination: str, limit: int | None = None) -> Sequence[Refused]:
    """The inspections first, each stream in its order."""
    query = select(RefusedRow.stream, RefusedRow.position, RefusedRow.inspection, RefusedRow.reason)
    query = query.where(RefusedRow.destination == destination).order_by(RefusedRow.stream, RefusedRow.position)
    return [Refused(Stream(row.stream), *row[1:]) for row in connection.execute(query.limit(limit))]


def count(connection: Connection, destination: str) -> int:
    """How many they are."""
    return connection.scalar(select(func.count()).where(RefusedRow.destination == destination)) or 0


def is_inspection(connection: Connection, destination: str, inspection: str) -> bool:
    """Whether the inspection of that id is one of them."""
    query = select(RefusedRow.position).where(RefusedRow.inspection == inspection)
    query = query.where(RefusedRow.destination == destination, RefusedRow.stream == Stream.INSPECTIONS)
    return connection.scalar(query.limit(1)) is not None
