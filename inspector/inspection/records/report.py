"""A span of time on paper, a shift say: how many passed, what went wrong, whether that is as ever, and each reject."""

import heapq
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from inspector.files import written_whole
from inspector.frame import utc_now
from inspector.inspection.records import evidence
from inspector.inspection.records.control import Point
from inspector.inspection.records.drawing import drawn_chart, drawn_pareto, drawn_pictures, text_of
from inspector.inspection.records.export import Progress, told, unheard
from inspector.inspection.records.letters import letters, styles
from inspector.inspection.records.overview import Overview, overview
from inspector.inspection.records.records import Records
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.records.words import ENGLISH, Words
from inspector.inspection.verdict import Verdict
from inspector.shifts import DAY, Shifts, Span, hours

MOST_REJECTS = 200
"""Of which the pictures are shown: a shift with more has another problem than each of them."""
LONGEST = 420
PICTURE = (150, 112)
"""Points that a picture may take at most."""
HIGHEST = 480
"""Points that the pictures of all cameras may take together: a reject must have room on a page."""
REJECTS = (Verdict.NOT_OK, Verdict.NOT_DECIDABLE)


def write_report(
    records: Records,
    path: Path,
    span: Span,
    shifts: Shifts,
    words: Words = ENGLISH,
    progress: Progress = unheard,
) -> int:
    """A PDF of A4 pages about a span of time; returns how many were inspected. Of more than a day, the chart has a
    point a shift, else one an hour. progress: of the rejects, whose pictures are what takes long.

    Raises: MachineError where the disk is full.
    """
    is_long = span.end - span.start > DAY
    figures = overview(records, span, shifts.within(span) if is_long else hours(span))
    title = words.phrase("From %1 to %2", words.moment(span.start), words.moment(span.end))
    story = [text_of(title, "Title"), text_of(words.phrase("Made %1.", words.moment(utc_now())))]
    story += [*_counts(figures, words), *_pareto(figures, words), *_chart(figures, is_long, words)]
    story += _rejects(records, span, figures, words, progress)
    pages = BytesIO()
    SimpleDocTemplate(pages, pagesize=A4, title=title, author="Assembly Inspector", lang=words.language).build(story)
    with written_whole(path) as file:
        file.write(pages.getvalue())
    return sum(figures.counts.values())


def _counts(figures: Overview, words: Words) -> Iterator[Flowable]:
    counts = figures.counts
    inspected = sum(counts.values())
    rejected = inspected - counts[Verdict.OK]
    verdicts = map(words.verdict, (Verdict.OK, *REJECTS))
    heads = [words.phrase("inspected"), *verdicts, words.phrase("rejected")]
    share = words.percent(rejected / inspected) if inspected else words.phrase("none")
    row = [inspected, *(counts[verdict] for verdict in (Verdict.OK, *REJECTS)), share]
    in_letters = [("FONTNAME", (0, 0), (-1, -1), letters().plain)]
    cells = [heads, [str(value) for value in row]]
    yield Table(cells, colWidths=[90] * 5, style=in_letters, spaceBefore=8, spaceAfter=8)


def _pareto(figures: Overview, words: Words) -> Iterator[Flowable]:
    yield text_of(words.phrase("What was not in order"), "Heading2")
    found = figures.pareto
    if not found.bars:
        yield text_of(words.phrase("Nothing was found that is not in order."))
        return
    yield drawn_pareto(found, words)
    yield text_of(
        words.phrase("How often each was found, and the share of all findings that it makes up with those above it.")
    )
    if found.rest:
        yield text_of(words.phrase("%1 findings are none of these.", found.rest))


def _chart(figures: Overview, is_long: bool, words: Words) -> Iterator[Flowable]:
    chart = figures.chart
    if chart.mean is None:
        return
    parts = [text_of(words.phrase("Rejects"), "Heading2"), drawn_chart(chart, is_long, words)]
    share = words.percent(chart.mean)
    parts.append(text_of(words.phrase("The share of rejects, %1 in all, with limits of three sigmas.", share)))
    if figures.left_out:
        parts.append(text_of(words.phrase("%1 stretches before these are not shown.", figures.left_out)))
    parts += [text_of(_outside(point, words)) for point in chart.outside]
    yield KeepTogether(parts)


def _outside(point: Point, words: Words) -> str:
    return words.phrase(
        "%1: %2 of %3 rejected, %4, outside of %5 to %6.",
        words.moment(point.span.start),
        point.rejected,
        point.inspected,
        *map(words.percent, (point.share, point.lower, point.upper)),
    )


def _rejects(records: Records, span: Span, figures: Overview, words: Words, progress: Progress) -> Iterator[Flowable]:
    """Each with its picture, the newest first."""
    count = sum(figures.counts[verdict] for verdict in REJECTS)
    if not count:
        return
    yield text_of(words.phrase("Each reject"), "Heading2")
    if count > MOST_REJECTS:
        yield text_of(words.phrase("The last %1 of %2.", MOST_REJECTS, count))
    for kept in told(islice(_newest(records, span), MOST_REJECTS), min(count, MOST_REJECTS), progress):
        yield _reject(kept, records.folder, words)
        yield Spacer(1, 6)


def _newest(records: Records, span: Span) -> Iterator[Kept]:
    both = (records.each(Wanted(*span, verdict), MOST_REJECTS) for verdict in REJECTS)
    return heapq.merge(*both, key=lambda kept: (kept.inspection.started_at, kept.position), reverse=True)


def _reject(kept: Kept, folder: Path, words: Words) -> Flowable:
    inspection = kept.inspection
    serial = f" &nbsp; {escape(inspection.serial)}" if inspection.serial else ""
    when, verdict = words.moment(inspection.started_at), escape(words.verdict(inspection.verdict))
    told = [
        Paragraph(f"<b>{when} &nbsp; {verdict}</b>{serial}", styles()["Normal"]),
        *(text_of(words.reason(reason)) for reason in inspection.reasons),
        text_of(f"{inspection.recipe}, {inspection.id}"),
    ]
    pictures = evidence.pictures(folder / (kept.evidence or "removed"), inspection.camera)
    room = PICTURE[0], min(PICTURE[1], HIGHEST // len(pictures))
    drawn = list(drawn_pictures(pictures, LONGEST, room, words))
    return Table([[drawn, told]], colWidths=[PICTURE[0] + 10, 290], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
