"""Who may do what: three roles, and for each deed the least of them. This table is the only place that says so."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from functools import total_ordering
from types import MappingProxyType


@total_ordering
class Role(Enum):
    """The least rights first: each may do all that those before it may."""

    # These are no texts, which compare by their letters: an engineer would be less than an operator.
    OPERATOR = "operator"
    TECHNICIAN = "technician"
    ENGINEER = "engineer"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Role):
            return NotImplemented
        ranks = list(Role)
        return ranks.index(self) < ranks.index(other)

    def __str__(self) -> str:
        return self.value


class Deed(StrEnum):
    """What takes a right, in words that follow "to". What is not among them is free to all: inspecting, looking."""

    PIN = "change one's own PIN"
    MARK = "mark a verdict as wrong"
    CHOOSE = "choose the station's recipe"
    PROVE = "prove the station with golden samples"
    UNLOCK = "leave the kiosk"
    RECIPE = "change a recipe"
    RECORD = "record or import"
    LABEL = "label"
    TRAIN = "train"
    THROW_AWAY = "throw away or put back"
    STEP_BACK = "go back to the bundle before"
    PROMOTE = "promote a bundle"
    DELETE = "delete for good"
    SETTINGS = "change settings"
    PEOPLE = "manage people"
    AUDIT = "see the audit log"


NEEDS: Mapping[Deed, Role] = MappingProxyType(
    {
        Deed.PIN: Role.OPERATOR,
        Deed.MARK: Role.OPERATOR,
        Deed.CHOOSE: Role.OPERATOR,
        Deed.PROVE: Role.OPERATOR,
        Deed.UNLOCK: Role.TECHNICIAN,
        Deed.RECIPE: Role.TECHNICIAN,
        Deed.RECORD: Role.TECHNICIAN,
        Deed.LABEL: Role.TECHNICIAN,
        Deed.TRAIN: Role.TECHNICIAN,
        Deed.THROW_AWAY: Role.TECHNICIAN,
        # At night the way out of trouble is the bundle that an engineer chose before.
        Deed.STEP_BACK: Role.TECHNICIAN,
        Deed.PROMOTE: Role.ENGINEER,
        Deed.DELETE: Role.ENGINEER,
        Deed.SETTINGS: Role.ENGINEER,
        Deed.PEOPLE: Role.ENGINEER,
        Deed.AUDIT: Role.ENGINEER,
    }
)
"""The least role that each deed needs."""

EVEN_UNWRITTEN = frozenset({Deed.UNLOCK})
"""What is done even where the audit log cannot be written: on a full disk, nobody else could make room."""


def may(role: Role, deed: Deed) -> bool:
    """Whether whoever has the role may do it."""
    return role >= NEEDS[deed]
