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
from inspector.inspection.records.drawing import drawn_pictures, text_of
from inspector.inspection.records.export import Progress, told, unheard
from inspector.inspection.records.letters import styles
from inspector.inspection.records.marks import Mark
from inspector.inspection.records.records import Records
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.records.words import ENGLISH, Words
from inspector.inspection.verdict import Finding, Inspection, Verdict

LONGEST = 1400
"""Pixels of a picture's longer side: sharp where it is printed across the page."""
PICTURE = (450, 560)
"""Points that a picture may take at most."""
WIDTHS = (80, 60, 58, 62, 65, 125)
GRID = (("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"))
INKS = {Verdict.OK: "#1b7837", Verdict.NOT_OK: "#b2182b"}
DOUBT = "#8a6d00"


def write_dossier(
    records: Records, path: Path, wanted: Wanted, words: Words = ENGLISH, progress: Progress = unheard
) -> int:
    """A PDF of A4 pages, the newest inspection first; returns how many there are.

    Raises: InputError where no serial number is wanted, or none of that was inspected; MachineError where the disk is
    full.
    """
    if not wanted.serial:
        raise InputError("A PDF is about one serial number: say which.")
    found = list(records.each(wanted))
    if not found:
        raise InputError(f"No such inspection of the serial number '{wanted.serial}' is in the records.")
    title = words.phrase("Serial number %1", wanted.serial)
    story = [text_of(title, "Title")]
    for kept in told(found, len(found), progress):
        story += _inspection(kept, records.marks(kept.inspection.id), records.folder, words)
    pages = BytesIO()
    SimpleDocTemplate(pages, pagesize=A4, title=title, author="Assembly Inspector", lang=words.language).build(story)
    with written_whole(path) as file:
        file.write(pages.getvalue())
    return len(found)


def _inspection(kept: Kept, marks: Sequence[Mark], folder: Path, words: Words) -> Iterator[Flowable]:
    """One inspection, from its verdict to its picture."""
    inspection = kept.inspection
    ink = INKS.get(inspection.verdict, DOUBT)
    word = words.verdict(inspection.verdict) or inspection.verdict.name
    when = words.moment(inspection.started_at, "%H:%M:%S %z")
    yield Paragraph(f'{when} &nbsp; <font color="{ink}">{word}</font>', styles()["Heading2"])
    yield from map(text_of, filter(None, _about(inspection, words)))
    rows = [[text_of(cell) for cell in _cells(finding, words)] for finding in inspection.findings]
    yield Table([_heads(words), *rows], colWidths=WIDTHS, style=GRID, repeatRows=1, spaceBefore=6, spaceAfter=6)
    yield from (text_of(_said(mark, words)) for mark in marks)
    pictures = evidence.pictures(folder / (kept.evidence or "removed"), inspection.camera)
    yield from drawn_pictures(pictures, LONGEST, PICTURE, words)


def _about(inspection: Inspection, words: Words) -> Iterator[str]:
    by_what = (
        (words.phrase("recipe %1", inspection.recipe), inspection.recipe),
        (words.phrase("bundle %1", inspection.bundle), inspection.bundle),
        (words.phrase("station %1", inspection.station), inspection.station),
    )
    of_what = (
        (words.phrase("id %1", inspection.id), inspection.id),
        (words.phrase("trigger %1", inspection.trigger), inspection.trigger),
        (words.phrase("camera %1", inspection.camera), inspection.camera),
    )
    for line in (by_what, of_what):
        yield ", ".join(said for said, value in line if value)


def _heads(words: Words) -> Sequence[Paragraph]:
    heads = (
        words.phrase("component"),
        words.phrase("pattern"),
        words.phrase("expected"),
        words.phrase("found"),
        words.phrase("verdict"),
        words.phrase("reason"),
    )
    return [text_of(head) for head in heads]


def _cells(finding: Finding, words: Words) -> Sequence[str]:
    counted = (str(finding.expected), str(finding.found))
    verdict, reason = words.verdict(finding.verdict), words.reason(finding.reason)
    return (finding.component, finding.pattern or "", *counted, verdict, reason)


def _said(mark: Mark, words: Words) -> str:
    when = words.moment(mark.at)
    if mark.right:
        return words.phrase("%1, %2: the verdict was right", mark.who, when)
    return words.phrase("%1, %2: the verdict was wrong: %3", mark.who, when, mark.reason)
