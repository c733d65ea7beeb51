"""What the operator's screen reads and writes beside the station: the shift's records, objections, and who is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from inspector.inspection.verdict import Inspection, Verdict
from inspector.people.session import Session, session_of
from inspector.settings import Workspace

if TYPE_CHECKING:
    from inspector.inspection.records import Records

LAST = 10
"""So many inspections are at hand."""


@dataclass(frozen=True)
class Shift:
    """What was inspected since the shift began; recent: the last of it, the oldest first."""

    since: datetime
    counts: Mapping[Verdict, int]
    recent: tuple[Inspection, ...]


class Book(Protocol):
    """All but `session` may take their time, and is called on one thread: that of the page's errands."""

    @property
    def session(self) -> Session:
        """Who is at the station. Raises: InspectorError."""
        ...

    def shift(self) -> Shift:
        """The one that it is now. Raises: InspectorError where the records cannot be read."""
        ...

    def pictures(self, inspection: Inspection) -> Mapping[str, Path]:
        """Where the picture of each camera lies, as long as it is kept, by its name; the first one's first."""
        ...

    def object_to(self, inspection: Inspection, reason: str, by: str) -> bool:
        """Note that somebody holds the verdict for wrong; whether its picture waits to be labeled now.

        Raises: InspectorError.
        """
        ...


class WorkspaceBook:
    """Of a workspace. Its records are opened by themselves: the station's are written on another thread.

    Args: session: gives whoever is there, where others ask for it, too; it may raise InspectorError.
    """

    def __init__(self, workspace: Workspace, session: Callable[[], Session] | None = None) -> None:
        self._workspace = workspace
        self._session = session or partial(session_of, workspace)
        self._opened: Records | None = None

    @cached_property
    def session(self) -> Session:
        return self._session()

    @property
    def _records(self) -> "Records":
        """Others that came in their place are opened."""
        from inspector.inspection.records import Records

        before, self._opened = self._opened, None  # where the others cannot be read, nothing is left to ask
        self._opened = Records(self._workspace.records) if before is None else before.anew()
        return self._opened

    def shift(self) -> Shift:
        from inspector.inspection.records.records import FILE
        from inspector.inspection.records.wanted import Wanted

        since = self._workspace.settings().shifts.begun(datetime.now().astimezone())
        if not (self._workspace.records / FILE).exists():
            return Shift(since, dict.fromkeys(Verdict, 0), ())  # nothing was inspected here yet: nobody makes records
        recent = self._records.list(LAST, Wanted(since=since))
        return Shift(since, self._records.counts(since), tuple(reversed(recent)))

    def pictures(self, inspection: Inspection) -> Mapping[str, Path]:
        return self._records.pictures(inspection)

    def object_to(self, inspection: Inspection, reason: str, by: str) -> bool:
        from inspector.inspection.objection import object_to

        return bool(object_to(self._workspace, self._records, inspection, reason, by))
