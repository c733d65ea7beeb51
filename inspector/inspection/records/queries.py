"""What is asked of the records. Each query walks along an index, so that it is as quick among ten million inspections.

`tests/inspection/test_queries.py` has both engines explain each of them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, literal, select, tuple_, union

from inspector.inspection.records.schema import FAULTY, FindingRow, InspectionRow, as_us
from inspector.inspection.records.wanted import Place, Wanted
from inspector.inspection.verdict import Verdict

FAULTS = tuple(verdict for verdict in Verdict if verdict is not Verdict.OK)
NEWEST = (InspectionRow.started_us.desc(), InspectionRow.number.desc())


def page(wanted: Wanted, limit: int, place: Place | None = None) -> Select[Any]:
    """So many of the wanted inspections, the newest first, or those older than the place."""
    query = select(InspectionRow).order_by(*NEWEST).limit(limit)
    if wanted.serial is not None:
        return query.where(*_of_serial(wanted, wanted.serial, place))
    if wanted.component is not None:
        return query.where(InspectionRow.number.in_(_of_component(wanted, wanted.component, limit, place)))
    if wanted.verdict is not None:
        query = query.where(InspectionRow.verdict == int(wanted.verdict))
    return query.where(*_between(wanted, place, InspectionRow.started_us, InspectionRow.number))


def _of_serial(wanted: Wanted, serial: str, place: Place | None) -> Sequence[ColumnElement[bool]]:
    """A serial number stands for a few inspections, of which the rest is asked one by one."""
    asked = [InspectionRow.serial == serial, *_between(wanted, place, InspectionRow.started_us, InspectionRow.number)]
    if wanted.component is not None:
        finding = select(FindingRow.position).where(FindingRow.inspection == InspectionRow.number)
        # Kept from the index of components, where all inspections stand.
        finding = finding.where(FindingRow.component + "" == wanted.component)
        if wanted.verdict is not None:
            finding = finding.where(FindingRow.verdict + 0 == int(wanted.verdict))
        return [*asked, finding.exists()]
    # Nor must the index of verdicts be taken for the better one.
    return asked if wanted.verdict is None else [*asked, InspectionRow.verdict + 0 == int(wanted.verdict)]


def _of_component(wanted: Wanted, component: str, limit: int, place: Place | None) -> Select[Any]:
    """The numbers of so many inspections with such a finding: of each verdict the newest, and of these the newest."""
    verdicts = list(Verdict) if wanted.verdict is None else [wanted.verdict]
    columns = (FindingRow.started_us, FindingRow.inspection)
    branches = [
        select(*columns)
        .where(FindingRow.component == component, FindingRow.verdict == int(verdict))
        .where(*_between(wanted, place, *columns))
        .order_by(FindingRow.started_us.desc(), FindingRow.inspection.desc())
        .distinct()
        .limit(limit)
        .subquery()
        for verdict in verdicts
    ]
    found = union(*(select(branch) for branch in branches)).subquery()
    return select(found.c.inspection).order_by(found.c.started_us.desc(), found.c.inspection.desc()).limit(limit)


def _between(wanted: Wanted, place: Place | None, started_us: Any, number: Any) -> list[ColumnElement[bool]]:
    bounds = [] if wanted.since is None else [started_us >= as_us(wanted.since)]
    if place is not None:
        # Nothing of `until` beside it: an engine that took that for the way in would walk over all earlier pages.
        bounds.append(tuple_(started_us, number) < tuple_(*(literal(part, BigInteger) for part in place)))
    elif wanted.until is not None:
        bounds.append(started_us < as_us(wanted.until))
    return bounds


def count(wanted: Wanted) -> Select[Any]:
    """How many are wanted."""
    if wanted.serial is None and wanted.component is not None:
        among = [wanted.verdict] if wanted.verdict is not None else list(Verdict)
        query: Any = select(func.count(FindingRow.inspection.distinct()))
        return query.where(*_findings(wanted), _found_to_be(*among))
    query = select(func.count()).select_from(InspectionRow)
    if wanted.serial is not None:
        return query.where(*_of_serial(wanted, wanted.serial, None))
    if wanted.verdict is not None:
        query = query.where(InspectionRow.verdict == int(wanted.verdict))
    return query.where(*_between(wanted, None, InspectionRow.started_us, InspectionRow.number))


def counts(since: datetime | None, until: datetime | None) -> Select[Any]:
    """How many inspections came to each verdict."""
    wanted = _between(Wanted(since, until), None, InspectionRow.started_us, InspectionRow.number)
    query: Any = select(InspectionRow.verdict, func.count())
    return query.where(*wanted).group_by(InspectionRow.verdict)


def tally(
    since: datetime, until: datetime, each: timedelta, component: str | None = None, serial: str | None = None
) -> Select[Any]:
    """How many came to each verdict in each stretch of time, counted from 0 at `since`."""
    asked = Wanted(since, until, component=component, serial=serial)
    row: Any = InspectionRow if component is None else FindingRow
    stretch = (row.started_us - as_us(since)) // (each // timedelta(microseconds=1))
    wanted = _inspections(asked) if component is None else [*_findings(asked), _found_to_be(*Verdict)]
    query: Any = select(stretch.label("stretch"), row.verdict, func.count()).where(and_(*wanted))
    return query.group_by("stretch", row.verdict).order_by("stretch")


def causes(
    since: datetime | None,
    until: datetime | None,
    limit: int,
    component: str | None = None,
    serial: str | None = None,
) -> Select[Any]:
    """What was not OK, the most frequent first."""
    what = (FindingRow.component, FindingRow.pattern, FindingRow.kind, FindingRow.reason)
    # The index of faults is the way in where nothing else narrows them down, and must not be it where something does.
    faulty = FAULTY if component is None and serial is None else _found_to_be(*FAULTS)
    wanted = _findings(Wanted(since, until, component=component, serial=serial))
    query: Any = select(*what, func.count()).where(faulty, *wanted).group_by(*what)
    return query.order_by(func.count().desc(), *what).limit(limit)


def _inspections(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Those of a time, and of a serial number where one is wanted."""
    between = _between(wanted, None, InspectionRow.started_us, InspectionRow.number)
    return between if wanted.serial is None else [InspectionRow.serial == wanted.serial, *between]


def _findings(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Those of a time, of a component and a serial number where they are wanted. A serial number stands for a few
    inspections, whose findings are looked at one by one.
    """
    if wanted.serial is None:
        between = _between(wanted, None, FindingRow.started_us, FindingRow.inspection)
        return between if wanted.component is None else [FindingRow.component == wanted.component, *between]
    numbers = select(InspectionRow.number).where(*_inspections(wanted))
    own: list[ColumnElement[bool]] = [FindingRow.inspection.in_(numbers)]
    # Kept from the index of components, where all inspections stand.
    return own if wanted.component is None else [*own, FindingRow.component + "" == wanted.component]


def _found_to_be(*verdicts: Verdict) -> ColumnElement[bool]:
    """Each verdict by itself, so that an index goes on from it to the time."""
    return FindingRow.verdict.in_([int(verdict) for verdict in verdicts])
