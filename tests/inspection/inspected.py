"""Inspections as a station makes them, for the tests of what becomes of them."""

from datetime import UTC, datetime, timedelta

import numpy as np

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.frame import Frame, freeze
from inspector.inspection.records import Records
from inspector.inspection.records.rows import Kept, write
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict
from inspector.recipe import Label

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LABELS = (Label("screw", "on"), Label("screw", "off"), Label("tape"))
IMAGE = freeze(np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8))
CAMERAS = '[{"name": "top", "settings": {"gain": 3}}, {"name": "side"}]'
FRAME = Frame(IMAGE, 7, 0.5, NOON, "14_1111.jpg")
SEEN = Detections(
    as_boxes([(1, 2, 30, 40), (5, 5, 9, 9)]), np.array([0.91, 0.8], np.float32), np.array([1, 2], np.int32), LABELS
)
FINDINGS = (
    Finding("screw", "off", 4, 3, Verdict.NOT_OK, "screw: 1 is off", Kind.WRONG, 0.8),
    Finding("tape", None, 1, 1, Verdict.OK, ""),
)


def inspection(
    number: int, verdict: Verdict = Verdict.NOT_OK, findings: tuple[Finding, ...] = FINDINGS, serial: str = ""
) -> Inspection:
    """One an hour, from noon on."""
    moment = NOON + number * HOUR
    return Inspection(
        f"{moment:%Y%m%dT%H%M%S%f}-{number:06d}",
        "box",
        "box-1",
        3,
        7,
        moment,
        verdict,
        findings,
        12.5,
        serial=serial,
        trigger="key",
        camera=CAMERAS,
        station="left",
    )


def add(records: Records, *inspections: Inspection) -> None:
    """Keep them, each with the same picture."""
    for each in inspections:
        records.add(each, FRAME, SEEN)


def note(records: Records, *inspections: Inspection) -> None:
    """Keep them without a picture, all at once."""
    with records.database.begin(writes=True) as connection:
        write(connection, [Kept(0, each, "", 0) for each in inspections])
