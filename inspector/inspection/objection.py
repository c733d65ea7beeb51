"""A verdict that somebody holds for wrong: noted beside the record, which stays as it is, and to be labeled."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from inspector.errors import InputError
from inspector.faults import in_one_sentence
from inspector.frame import utc_now
from inspector.inspection.verdict import Inspection
from inspector.labeling.tasks import Objection, Task, open_task
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.settings import Workspace


class Marked(Protocol):
    """The records, as far as they are needed here."""

    def mark(self, inspection: str, who: str, right: bool, reason: str = "") -> object:
        """Keep beside an inspection what somebody says of its verdict."""

    def pictures(self, inspection: Inspection) -> Mapping[str, Path]:
        """Where the picture of each camera lies, by its name, "" where it is the only one."""


def object_to(workspace: Workspace, records: Marked, inspection: Inspection, reason: str, by: str) -> tuple[Task, ...]:
    """Note that somebody holds a verdict for wrong, and keep the picture of each camera for a technician: nobody says
    which of them was judged wrong.

    Args: by: the person, as the station's session knows them, who may do it.
    Returns: the tasks; none where no picture is kept any more, of which the note stays all the same.
    Raises: InputError for one without a reason, or with a very long one; MachineError where it cannot be written.
    """
    try:
        said = Objection(reason=reason.strip(), by=by, at=utc_now())
    except ValidationError as error:
        raise InputError(f"Say why the verdict was wrong: {in_one_sentence(error, Objection)}") from None
    with audit_of(workspace).around(Deed.MARK, by, inspection=inspection.id, reason=said.reason):
        records.mark(inspection.id, by, right=False, reason=said.reason)
        kept = [(camera, path) for camera, path in records.pictures(inspection).items() if path.is_file()]
        return tuple(
            open_task(workspace, path, inspection.id, inspection.recipe, inspection.verdict.word, said, camera)
            for camera, path in kept
        )
