"""All that is known of one serial number, on paper: each of its inspections with findings, marks and the picture."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from inspector.errors import InputError
from inspector.files import written_whole
from inspector.inspection.records import evidence
from inspector.inspection.records.drawing import STYLES, drawn_pictures, text_of
from inspector.inspection.records.export import Progress, told, unheard
from inspector.inspection.records.marks import Mark
from inspector.inspection.records.records import Records
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Finding, Inspection, Verdict

LONGEST = 1400
"""Pixels of a picture's longer side: sharp where it is printed across the page."""
PICTURE = (450, 560)
"""Points that a picture may take at most."""
HEADS = ("component", "pattern", "expected", "found", "verdict", "reason")
WIDTHS = (90, 65, 50, 40, 50, 155)
GRID = (("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"))
INKS = {Verdict.OK: "#1b7837", Verdict.NOT_OK: "#b2182b"}
DOUBT = "#8a6d00"


def write_dossier(records: Records, path: Path, wanted: Wanted, progress: Progress = unheard) -> int:
    """A PDF of A4 pages, the newest inspection first; returns how many there are.

    Raises: InputError where no serial number is wanted, or none of that was inspected; MachineError where the disk is
    full.
    """
    if not wanted.serial:
        raise InputError("A PDF is about one serial number: say which.")
    found = list(records.each(wanted))
    if not found:
        raise InputError(f"No such inspection of the serial number '{wanted.serial}' is in the records.")
    title = f"Serial number {wanted.serial}"
    story = [text_of(title, "Title")]
    for kept in told(found, len(found), progress):
        story += _inspection(kept, records.marks(kept.inspection.id), records.folder)
    pages = BytesIO()
    SimpleDocTemplate(pages, pagesize=A4, title=title, author="Assembly Inspector").build(story)
    with written_whole(path) as file:
        file.write(pages.getvalue())
    return len(found)


def _inspection(kept: Kept, marks: Sequence[Mark], folder: Path) -> Iterator[Flowable]:
    """One inspection, from its verdict to its picture."""
    inspection = kept.inspection
    ink = INKS.get(inspection.verdict, DOUBT)
    word = inspection.verdict.word or inspection.verdict.name
    when = f"{inspection.started_at.astimezone():%Y-%m-%d %H:%M:%S %z}"
    yield Paragraph(f'{when} &nbsp; <font color="{ink}">{word}</font>', STYLES["Heading2"])
    yield from map(text_of, filter(None, _about(inspection)))
    rows = [[text_of(cell) for cell in _cells(finding)] for finding in inspection.findings]
    yield Table([HEADS, *rows], colWidths=WIDTHS, style=GRID, repeatRows=1, spaceBefore=6, spaceAfter=6)
    yield from (text_of(_said(mark)) for mark in marks)
    pictures = evidence.pictures(folder / (kept.evidence or "removed"), inspection.camera)
    yield from drawn_pictures(pictures, LONGEST, PICTURE)


def _about(inspection: Inspection) -> Iterator[str]:
    named = {"recipe": inspection.recipe, "bundle": inspection.bundle, "station": inspection.station}
    yield ", ".join(f"{name} {value}" for name, value in named.items() if value)
    more = {"id": inspection.id, "trigger": inspection.trigger, "camera": inspection.camera}
    yield ", ".join(f"{name} {value}" for name, value in more.items() if value)


def _cells(finding: Finding) -> Sequence[str]:
    counted = (str(finding.expected), str(finding.found))
    return (finding.component, finding.pattern or "", *counted, finding.verdict.word, finding.reason)


def _said(mark: Mark) -> str:
    verdict = "right" if mark.right else f"wrong: {mark.reason}"
    return f"{mark.who}, {mark.at.astimezone():%Y-%m-%d %H:%M}: the verdict was {verdict}"
