"""What an output has not sent yet: it lies in the station's records, which outlive this program."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.errors import InspectorError
from inspector.plant.sending import Source
from inspector.supervisor.reports import told

if TYPE_CHECKING:
    from inspector.inspection.records import Records


@contextmanager
def unsent(folder: Path) -> Iterator[Callable[[str], Source]]:
    """Where an output of some name finds the inspections that it has not sent, while it lasts.

    To be asked before the station starts: an output that is new has all that is inspected from then on.

    folder: of the records.
    """
    with ExitStack() as stack:

        def source(name: str) -> Source:
            one = stack.enter_context(closing(_Unsent(folder, name)))
            one.begin()
            return Source(one.after, one.moved)

        yield source


class _Unsent:
    """The inspections that one output has not sent. Used by the thread of that output alone, once it was begun.

    The records are opened when they are first asked for, and anew after each failure: what is wrong with them is the
    fault of an output that needs them, and keeps nobody from starting; where no output does, what they load, which is
    larger than all else of a supervisor, is not loaded. The station may have set them aside meanwhile, and counts from
    1 in those that it began: each output has its own, so that what one read in the old ones is never noted as sent in
    the new ones.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._records: Records | None = None

    def begin(self) -> None:
        """Whoever is new gets what comes: today's would wait behind those of a year, which nobody asked for.

        Where the records cannot tell, the output finds no position in them later, and sends all that they hold: rather
        too many than one too few.
        """
        with suppress(InspectorError), self._opened() as records:
            records.begin(self._name)

    def after(self, limit: int) -> Sequence[tuple[int, dict[str, Any]]]:
        """The oldest, at most so many, each with its position. Raises: InspectorError of the records."""
        with self._opened() as records:
            found = records.after(records.position(self._name), limit)
        return [(one.position, told(one.inspection)) for one in found]

    def moved(self, position: int) -> None:
        """All up to this position were sent. Raises: InspectorError of the records."""
        with self._opened() as records:
            records.moved(self._name, position)

    def close(self) -> None:
        """Let go of the records."""
        if self._records is not None:
            self._records.close()
            self._records = None

    @contextmanager
    def _opened(self) -> "Iterator[Records]":
        from inspector.inspection.records import Records

        if self._records is None:
            self._records = Records(self._folder)
        try:
            yield self._records
        except InspectorError:
            self.close()
            raise
