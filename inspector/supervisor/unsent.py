"""What an output has not sent yet: it lies in the station's records, which outlive this program."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from inspector.plant.sending import Source
from inspector.supervisor.reports import told

if TYPE_CHECKING:
    from inspector.inspection.records import Records


@contextmanager
def unsent(folder: Path) -> Iterator[Callable[[str], Source]]:
    """Where an output of some name finds the inspections that it has not sent, while it lasts.

    The records are opened by whoever first looks for something there, and again where that failed: what is wrong with
    them is the fault of an output that needs them, and keeps nobody from starting. Where no output does, what they
    load, which is larger than all else of a supervisor, is not loaded.

    folder: of the records.
    """
    turn = Lock()
    with ExitStack() as stack:

        @cache
        def opened() -> "Records":
            from inspector.inspection.records import Records

            return stack.enter_context(closing(Records(folder)))

        def records() -> "Records":
            with turn:  # several outputs look from threads of their own
                return opened()

        def source(name: str) -> Source:
            def after(limit: int) -> list[tuple[int, dict[str, Any]]]:
                kept = records()
                return [(one.position, told(one.inspection)) for one in kept.after(kept.position(name), limit)]

            return Source(after, lambda position: records().moved(name, position))

        yield source
