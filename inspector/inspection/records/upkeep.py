"""A station's records with all that goes on beside them: they are carried to the plant, and kept tidy."""

import platform
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspector.inspection.records.carrier import Carrier
from inspector.inspection.records.records import Records, make
from inspector.inspection.records.tidier import Tidier
from inspector.keeping import Keeping
from inspector.lock import alone

LOCK = ".station.lock"


@dataclass(frozen=True)
class Upkeep:
    """Records that are being written. carrier: None where there is no plant's database."""

    records: Records
    carrier: Carrier | None
    tidier: Tidier

    def remark(self) -> str:
        """What a person should know of them, "" where all is well. Cheap, on any thread."""
        return (self.carrier.backlog().fault if self.carrier is not None else "") or self.tidier.fault


@contextmanager
def kept_up(folder: Path, keeping: Keeping) -> Iterator[Upkeep]:
    """The records in the folder as a station has them, until the station is done with them.

    Raises: as Records and Carrier; InputError where another station records there.
    """
    make(folder)
    with ExitStack() as stack:
        refusal = f"Another station records in {folder} already. End it, or give this one a workspace of its own."
        stack.enter_context(alone(folder / LOCK, refusal))
        records = stack.enter_context(closing(Records(folder, held=True)))
        carrier = None
        if keeping.database is not None:
            # Before anything is tidied: from now on what the plant has not got is kept.
            carrier = stack.enter_context(closing(Carrier(records, keeping.database, name_of_station(keeping))))
        yield Upkeep(records, carrier, stack.enter_context(closing(Tidier(records, keeping))))


def dropped(records: Records, destinations: Collection[str]) -> Sequence[str]:
    """A sentence for each destination that records are kept for, and that is not among those of the settings any more:
    it never gets them, so that they would be kept for ever.
    """
    return [
        f"'{name}' is not in settings.yaml any more, and {backlog.waiting} records are kept until it has got them. "
        f"Name it there again, or forget it: inspector records tidy --forget {name}."
        for name, backlog in records.destinations().items()
        if backlog.waiting and name not in destinations
    ]


def name_of_station(keeping: Keeping) -> str:
    """What this station is called in the plant."""
    return keeping.station or platform.node() or "station"
