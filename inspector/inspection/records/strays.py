"""Pictures that no record knows: of a database that was set aside, or of an inspection that could not be recorded."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from inspector.errors import MachineError
from inspector.inspection.records.evidence import FOLDER
from inspector.inspection.records.schema import WITH_EVIDENCE, InspectionRow, as_us

SETTLED = timedelta(days=2)
"""How old a day must be: by then each of its inspections is recorded, or never will be."""


class Strays(NamedTuple):
    """A day's pictures, none of which a record knows, with what was seen in them."""

    folder: Path
    day: date
    pictures: int
    bytes: int


def strays_in(folder: Path, connection: Connection, now: datetime) -> list[Strays]:
    """Those in the records' folder, the oldest first. Raises: MachineError of the disk."""
    last = (now.astimezone(UTC) - SETTLED).date()
    found = []
    try:
        for place in sorted((folder / FOLDER).glob("????-??-??")):
            day = _day(place.name)
            if day is not None and day <= last and place.is_dir() and not _is_known(connection, day):
                files = [path for path in place.iterdir() if path.is_file()]
                pictures = sum(path.suffix == ".jpg" for path in files)
                found.append(Strays(place, day, pictures, sum(path.stat().st_size for path in files)))
    except OSError as error:
        raise MachineError(f"Cannot read {error.filename}: {error.strerror or error}.") from error
    return found


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _is_known(connection: Connection, day: date) -> bool:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    of_that_day = InspectionRow.started_us.between(as_us(start), as_us(start + timedelta(days=1)) - 1)
    return bool(connection.scalar(select(exists().where(WITH_EVIDENCE, of_that_day))))
