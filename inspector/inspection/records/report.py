"""A span of time on paper, a shift say: how many passed, what went wrong, whether that is as ever, and each reject."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from inspector.files import written_whole
from inspector.frame import utc_now
from inspector.inspection.records import evidence
from inspector.inspection.records.drawing import drawn_chart, drawn_pareto, drawn_pictures, text_of
from inspector.inspection.records.export import Progress, told, unheard
from inspector.inspection.records.overview import Overview, overview
from inspector.inspection.records.records import Records
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.wanted import Wanted
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


def write_report(records: Records, path: Path, span: Span, shifts: Shifts, progress: Progress = unheard) -> int:
    """A PDF of A4 pages about a span of time; returns how many were inspected. Of more than a day, the chart has a
    point a shift, else one an hour. progress: of the rejects, whose pictures are what takes long.

    Raises: MachineError where the disk is full.
    """
    is_long = span.end - span.start > DAY
    figures = overview(records, span, shifts.within(span) if is_long else hours(span))
    title = f"From {_moment(span.start)} to {_moment(span.end)}"
    story = [text_of(title, "Title"), text_of(f"Made {_moment(utc_now())}."), *_counts(figures), *_pareto(figures)]
    story += [*_chart(figures, "%a %H:%M" if is_long else "%H:%M"), *_rejects(records, span, figures, progress)]
    pages = BytesIO()
    SimpleDocTemplate(pages, pagesize=A4, title=title, author="Assembly Inspector").build(story)
    with written_whole(path) as file:
        file.write(pages.getvalue())
    return sum(figures.counts.values())


def _counts(figures: Overview) -> Iterator[Flowable]:
    counts = figures.counts
    inspected = sum(counts.values())
    rejected = inspected - counts[Verdict.OK]
    heads = ["inspected", *(verdict.word for verdict in (Verdict.OK, *REJECTS)), "rejected"]
    share = f"{100 * rejected / inspected:.2f} %" if inspected else "none"
    row = [inspected, *(counts[verdict] for verdict in (Verdict.OK, *REJECTS)), share]
    yield Table([heads, [str(value) for value in row]], colWidths=[90] * 5, spaceBefore=8, spaceAfter=8)


def _pareto(figures: Overview) -> Iterator[Flowable]:
    yield text_of("What was not in order", "Heading2")
    found = figures.pareto
    if not found.bars:
        yield text_of("Nothing was found that is not in order.")
        return
    yield drawn_pareto(found)
    yield text_of("How often each was found, and the share of all findings that it makes up with those above it.")
    if found.rest:
        yield text_of(f"{found.rest} findings are none of these.")


def _chart(figures: Overview, words: str) -> Iterator[Flowable]:
    chart = figures.chart
    if chart.mean is None:
        return
    parts = [text_of("Rejects", "Heading2"), drawn_chart(chart, words)]
    parts.append(text_of(f"The share of rejects, {100 * chart.mean:.2f} % in all, with limits of three sigmas."))
    if figures.left_out:
        parts.append(text_of(f"{figures.left_out} stretches before these are not shown."))
    parts += [
        text_of(
            f"{_moment(point.span.start)}: {point.rejected} of {point.inspected} rejected, "
            f"{100 * point.share:.2f} %, outside of {100 * point.lower:.2f} to {100 * point.upper:.2f} %."
        )
        for point in chart.outside
    ]
    yield KeepTogether(parts)


def _rejects(records: Records, span: Span, figures: Overview, progress: Progress) -> Iterator[Flowable]:
    """Each with its picture, the newest first."""
    count = sum(figures.counts[verdict] for verdict in REJECTS)
    if not count:
        return
    yield text_of("Each reject", "Heading2")
    if count > MOST_REJECTS:
        yield text_of(f"The last {MOST_REJECTS} of {count}.")
    for kept in told(islice(_newest(records, span), MOST_REJECTS), min(count, MOST_REJECTS), progress):
        yield _reject(kept, records.folder)
        yield Spacer(1, 6)


def _newest(records: Records, span: Span) -> Iterator[Kept]:
    both = (records.each(Wanted(*span, verdict), MOST_REJECTS) for verdict in REJECTS)
    return heapq.merge(*both, key=lambda kept: (kept.inspection.started_at, kept.position), reverse=True)


def _reject(kept: Kept, folder: Path) -> Flowable:
    inspection = kept.inspection
    serial = f" &nbsp; {escape(inspection.serial)}" if inspection.serial else ""
    words = [
        Paragraph(f"<b>{_moment(inspection.started_at)} &nbsp; {inspection.verdict.word}</b>{serial}"),
        *map(text_of, inspection.reasons),
        text_of(f"{inspection.recipe}, {inspection.id}"),
    ]
    pictures = evidence.pictures(folder / (kept.evidence or "removed"), inspection.camera)
    room = PICTURE[0], min(PICTURE[1], HIGHEST // len(pictures))
    drawn = list(drawn_pictures(pictures, LONGEST, room))
    return Table([[drawn, words]], colWidths=[PICTURE[0] + 10, 290], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
