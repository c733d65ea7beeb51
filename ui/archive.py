"""What the history page asks of the records and of the files beside them. All of it is work for a thread."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.frame import utc_now
from inspector.inspection.verdict import Inspection, Verdict
from inspector.settings import Workspace
from inspector.shifts import Period, Shifts, Span, days, hours

if TYPE_CHECKING:  # with a database and OpenCV behind them
    from inspector.inspection.records import Records
    from inspector.inspection.records.marks import Mark
    from inspector.inspection.records.overview import Overview
    from inspector.inspection.records.wanted import Place, Wanted
    from ui.evidence import Seen

AT_ONCE = 100
"""Rows that are read when a person comes to the end of the list."""
LOOKED_THROUGH = 50
"""Inspections that passed before another one, among which the last of the same recipe is looked for."""


class Form(Enum):
    """What is written for somebody else: the list, all that is known of a serial number, or a report of the time."""

    CSV = auto()
    PARQUET = auto()
    SERIAL = auto()
    REPORT = auto()


@dataclass(frozen=True)
class Asked:
    """What a person wants to see. period: None for all days from the first to the last one; serial: "" for any;
    by_shift: the chart has a point a shift, else one an hour.
    """

    period: Period | None = Period.TODAY
    first: date | None = None
    last: date | None = None
    verdict: Verdict | None = None
    component: str | None = None
    serial: str = ""
    by_shift: bool = False

    def span(self, shifts: Shifts) -> Span:
        """The time that is meant, as it is now."""
        if self.period is not None or self.first is None or self.last is None:
            return shifts.span(self.period or Period.TODAY, utc_now())
        return days(self.first, max(self.first, self.last))


@dataclass(frozen=True)
class Turned:
    """A page of the list. span: the time that was looked at; older: where the next one begins, None without one.
    is_empty: of a first page, whether nothing was ever inspected.
    """

    inspections: tuple[Inspection, ...]
    span: Span
    older: "Place | None" = None
    is_empty: bool = False


@dataclass(frozen=True)
class Shown:
    """All that is known of one inspection. seen: what each camera saw, at least one."""

    inspection: Inspection
    seen: "tuple[Seen, ...]"
    marks: "tuple[Mark, ...]"


class Abandoned(Exception):
    """Nobody wants what was being written."""


@dataclass
class Writing:
    """How far a file is that a thread writes: it says so, and a page looks. abandoned: said by the page."""

    done: int = 0
    total: int | None = None
    abandoned: bool = False

    def __call__(self, done: int, total: int) -> None:
        """Raises: Abandoned."""
        if self.abandoned:
            raise Abandoned
        self.done, self.total = done, total


class Archive:
    """The records of a workspace, opened when they are first asked. To be used from one thread, one after the other."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._records: Records | None = None

    def turn(self, asked: Asked, place: "Place | None" = None) -> Turned:
        """The newest of the wanted inspections, or those older than the place where a page ended."""
        span = asked.span(self._shifts())
        if (records := self._open()) is None:
            return Turned((), span, is_empty=True)
        page = records.page(self._wanted(asked), AT_ONCE, place)
        first = place is None and not page.inspections
        return Turned(page.inspections, span, page.older, is_empty=first and not records.list(1))

    def figures(self, asked: Asked) -> "Overview | None":
        """Of the time, the component and the serial number that are asked for, and of all verdicts, since a share of
        rejects is one among all; None where nothing was ever inspected.
        """
        from inspector.inspection.records.overview import overview

        if (records := self._open()) is None:
            return None
        shifts = self._shifts()
        span = asked.span(shifts)
        stretches = shifts.within(span) if asked.by_shift else hours(span)
        return overview(records, span, stretches, asked.component, asked.serial or None)

    def look(self, inspection: Inspection) -> Shown:
        """One of them, with each camera's picture and one to hold it against."""
        from ui.sights import sights_of

        records = self._known()
        return Shown(inspection, sights_of(self.workspace, records, inspection), tuple(records.marks(inspection.id)))

    def mark_right(self, inspection: Inspection, who: str) -> None:
        """Note that the verdict was right."""
        self._known().mark(inspection.id, who, right=True)

    def mark_wrong(self, inspection: Inspection, who: str, reason: str) -> bool:
        """Note that it was wrong, and why; whether its picture waits now to be labeled."""
        from inspector.inspection.objection import object_to

        return bool(object_to(self.workspace, self._known(), inspection, reason, who))

    def write(self, asked: Asked, form: Form, path: Path, writing: Writing) -> int | None:
        """Write what is asked for into a file, paper in the language of the window; returns how many inspections it is
        about, None where it was abandoned, and nothing is left of it.
        """
        try:
            return self._write(asked, form, path, writing)
        except Abandoned:
            return None

    def _write(self, asked: Asked, form: Form, path: Path, writing: Writing) -> int:
        from inspector.inspection.records import export
        from inspector.inspection.records.report import write_report
        from inspector.inspection.records.wanted import Wanted
        from ui.paper import PaperWords

        records = self._known()
        if form is Form.REPORT:
            return write_report(records, path, asked.span(shifts := self._shifts()), shifts, PaperWords(), writing)
        if form is Form.SERIAL:
            wanted = Wanted(serial=asked.serial)
            return export.export(records, path, export.Form.PDF, wanted, PaperWords(), writing)
        kind = export.Form.CSV if form is Form.CSV else export.Form.PARQUET
        return export.export(records, path, kind, self._wanted(asked), progress=writing)

    def close(self) -> None:
        """Let go of the database."""
        if self._records is not None:
            self._records.close()
            self._records = None

    def _open(self) -> "Records | None":
        """None where there is nothing: whoever only looks makes no database. Others that came in their place are
        opened.
        """
        from inspector.inspection.records import Records
        from inspector.inspection.records.records import FILE

        if self._records is not None:
            records, self._records = self._records, None  # where the others cannot be read, nothing is left to ask
            self._records = records.anew()
        elif (self.workspace.records / FILE).exists():
            self._records = Records(self.workspace.records)
        return self._records

    def _known(self) -> "Records":
        records = self._open()
        assert records is not None, "whoever has an inspection has records"
        return records

    def _wanted(self, asked: Asked) -> "Wanted":
        from inspector.inspection.records.wanted import Wanted

        return Wanted(*asked.span(self._shifts()), asked.verdict, asked.component, asked.serial or None)

    def _shifts(self) -> Shifts:
        return self.workspace.settings().shifts
