"""A verdict that somebody holds for wrong: noted beside the record, which stays as it is, and to be labeled."""

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

    def evidence(self, inspection: Inspection) -> Path:
        """Where the picture that decided lies."""


def object_to(workspace: Workspace, records: Marked, inspection: Inspection, reason: str, by: str) -> Task | None:
    """Note that somebody holds a verdict for wrong, and keep its picture for a technician.

    Args: by: the person, as the station's session knows them, who may do it.
    Returns: the task; None where the picture is not kept any more, of which the note stays all the same.
    Raises: InputError for one without a reason, or with a very long one; MachineError where it cannot be written.
    """
    try:
        said = Objection(reason=reason.strip(), by=by, at=utc_now())
    except ValidationError as error:
        raise InputError(f"Say why the verdict was wrong: {in_one_sentence(error, Objection)}") from None
    with audit_of(workspace).around(Deed.MARK, by, inspection=inspection.id, reason=said.reason):
        records.mark(inspection.id, by, right=False, reason=said.reason)
        evidence = records.evidence(inspection)
        if not evidence.is_file():
            return None
        word = inspection.verdict.word
        return open_task(workspace, evidence, inspection.id, inspection.recipe, word, said)
