"""What was inspected: a row for each inspection and finding, and beside it the picture that decided."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import cv2
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, selectinload

from inspector.bundle import sightings
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.files import written_whole
from inspector.frame import Frame
from inspector.inspection.aspect import Aspect
from inspector.inspection.database import (
    Base,
    InspectionRow,
    as_inspection,
    as_row,
    as_text,
    check,
    open_engine,
    sentence,
)
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_ASPECTS

FILE = "records.db"
EVIDENCE = "evidence"
JPEG_QUALITY = 90
COLUMNS = (
    "id",
    "started_at",
    "recipe",
    "bundle",
    "first_frame",
    "last_frame",
    "verdict",
    "reason",
    "latency_ms",
    "evidence",
)


class Records:
    """The records in a folder: `records.db`, and `evidence/YYYY-MM-DD/<id>.jpg` with `<id>.json`, its detections; of
    several cameras the first one's, and `<id>.<camera>.jpg` with `<id>.<camera>.json` of each other.

    One process writes; any number may read meanwhile. A row is on the disk when `add` returns, and its evidence was
    there before it, so that a power cut leaves at most a picture without a row.

    Raises: MachineError where the folder cannot be written, and where the database is damaged: it is then set aside
    under another name, as it is, and the next start begins a new one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MachineError(f"Cannot keep records in {folder}: {error.strerror or error}.") from error
        if self._path.exists():
            check(self._path)
        self._engine = open_engine(self._path)
        with self._session():
            Base.metadata.create_all(self._engine)

    def add(
        self,
        inspection: Inspection,
        frame: Frame,
        detections: Detections,
        others: Mapping[str, Aspect] = NO_ASPECTS,
    ) -> None:
        """Keep an inspection with the frame that decided it and what was seen there; to add it again changes nothing.

        Args: others, what the other cameras showed, by name.
        Raises: MachineError where the disk is full or the database is locked; nothing is half kept then.
        """
        _write_evidence(self.evidence(inspection), frame, detections)
        for camera, aspect in others.items():
            _write_evidence(self.evidence(inspection, camera), aspect.frame, aspect.detections)
        with self._session() as session, session.begin():
            session.merge(as_row(inspection, self.evidence(inspection).relative_to(self.folder)))

    def evidence(self, inspection: Inspection, camera: str = "") -> Path:
        """Where the picture that decided lies; camera: of another one than the first."""
        day = inspection.started_at.astimezone(UTC).date().isoformat()
        name = f"{inspection.id}.{camera}" if camera else inspection.id
        return self.folder / EVIDENCE / day / f"{name}.jpg"

    def list(
        self, limit: int | None = None, since: datetime | None = None, verdict: Verdict | None = None
    ) -> Sequence[Inspection]:
        """The newest first."""
        return [as_inspection(row) for row in self._rows(limit, since, verdict)]

    def counts(self, since: datetime | None = None) -> dict[Verdict, int]:
        """How many inspections came to each verdict."""
        query = select(InspectionRow.verdict, func.count()).group_by(InspectionRow.verdict)
        if since is not None:
            query = query.where(InspectionRow.started_at >= as_text(since))
        with self._session() as session:
            found = {Verdict(verdict): count for verdict, count in session.execute(query)}
        return dict.fromkeys(Verdict, 0) | found

    def export(self, file: IO[str], since: datetime | None = None, verdict: Verdict | None = None) -> int:
        """Write CSV with a line an inspection, newest first; returns how many."""
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        count = 0
        for count, row in enumerate(self._rows(None, since, verdict), start=1):  # noqa: B007
            writer.writerow(_line(row))
        return count

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _rows(self, limit: int | None, since: datetime | None, verdict: Verdict | None) -> Iterator[InspectionRow]:
        query = select(InspectionRow).options(selectinload(InspectionRow.findings)).order_by(InspectionRow.id.desc())
        if since is not None:
            query = query.where(InspectionRow.started_at >= as_text(since))
        if verdict is not None:
            query = query.where(InspectionRow.verdict == int(verdict))
        with self._session() as session:
            yield from session.scalars(query.limit(limit).execution_options(yield_per=500))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session whose failures are sentences."""
        try:
            with Session(self._engine) as session:
                yield session
        except DBAPIError as error:
            raise MachineError(sentence(self._path, error.orig)) from error


def _write_evidence(path: Path, frame: Frame, detections: Detections) -> None:
    """The picture as it was, and beside it what was seen in it."""
    width, height = frame.size
    seen = {
        "frame": frame.number,
        "name": frame.name,
        "width": width,
        "height": height,
        "detections": [sighting.model_dump() for sighting in sightings(detections)],
    }
    done, jpeg = cv2.imencode(".jpg", frame.image, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    if not done:
        raise MachineError(f"Cannot write {path}: the picture of {width}x{height} cannot be kept as JPEG.")
    with written_whole(path) as file:
        file.write(jpeg.tobytes())
    with written_whole(path.with_suffix(".json")) as file:
        file.write(json.dumps(seen).encode())


def _line(row: InspectionRow) -> dict[str, Any]:
    """A line of the CSV."""
    inspection = as_inspection(row)
    values = {name: getattr(row, name) for name in COLUMNS if name != "reason"}
    return {**values, "verdict": inspection.verdict.name, "reason": inspection.reason}
