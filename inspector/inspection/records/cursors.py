"""How far each destination is that inspections are carried to: kept beside them, to be whole or gone with them."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from inspector.inspection.records.rows import insert
from inspector.inspection.records.schema import CursorRow, InspectionRow, MarkRow

ALL = 2**62
NUMBERS = {"inspections": InspectionRow.number, "marks": MarkRow.number}


class Stream(StrEnum):
    """What is carried, each in the order in which it was added."""

    INSPECTIONS = "inspections"
    MARKS = "marks"


class Furthest(NamedTuple):
    """How far somebody is."""

    destination: str
    position: int


def position(connection: Connection, destination: str, stream: Stream) -> int | None:
    """The number of the last one that it has; None where nobody ever asked for that destination."""
    query = select(CursorRow.position).where(CursorRow.destination == destination, CursorRow.stream == stream)
    return connection.scalar(query)


def move(connection: Connection, destination: str, stream: Stream, to: int) -> None:
    """It has all up to there; never back."""
    adding = insert(connection, CursorRow).values(destination=destination, stream=stream, position=to)
    forward = CursorRow.position < adding.excluded.position
    connection.execute(
        adding.on_conflict_do_update(
            index_elements=["destination", "stream"], set_={"position": adding.excluded.position}, where=forward
        )
    )


def behind(connection: Connection, stream: Stream) -> Furthest:
    """The destination that has the least of a stream; where there is none, everything was carried."""
    query = select(CursorRow.destination, CursorRow.position).where(CursorRow.stream == stream)
    row = connection.execute(query.order_by(CursorRow.position).limit(1)).first()
    return Furthest("", ALL) if row is None else Furthest(row.destination, row.position)


def newest(connection: Connection, stream: Stream) -> int:
    """The number of the last one added; 0 where there is none."""
    return connection.scalar(select(func.max(NUMBERS[stream]))) or 0
