"""What is done with the people of a workspace, each deed with its entry in the audit log, and what that log says.

Much of it takes its time: a window does it on a thread.
"""

from collections import deque
from dataclasses import dataclass

from inspector.people.audit import Audit, audit_of
from inspector.people.entry import Entry
from inspector.people.pin import refuse_weak
from inspector.people.register import Register
from inspector.people.role import Deed, Role
from inspector.settings import Workspace

NEWEST = 300
"""Entries that are shown."""


@dataclass(frozen=True)
class Known:
    """One who is registered. since: the day; wait_s: how long they have to wait after wrong PINs."""

    name: str
    role: Role
    since: str
    wait_s: float


@dataclass(frozen=True)
class Log:
    """entries: the newest, newest first. head: worth to be kept elsewhere; faults: each that the log shows, None where
    nobody looked.
    """

    entries: tuple[Entry, ...]
    head: str = ""
    faults: tuple[str, ...] | None = None


class Staff:
    """by: who does it, as a session knows them; they may do it. Each raises InspectorError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._register = Register(workspace.folder)

    def known(self) -> tuple[Known, ...]:
        """By name."""
        people = sorted(self._register.people.items())
        return tuple(
            Known(name, one.role, f"{one.since.astimezone():%Y-%m-%d}", self._register.wait_s(name))
            for name, one in people
        )

    def add(self, by: str, name: str, role: Role, pin: str) -> None:
        refuse_weak(pin)  # before it is in the log
        with self._audit.around(Deed.PEOPLE, by, person=name, change="add", role=str(role)):
            self._register.add(name, role, pin)

    def remove(self, by: str, name: str) -> None:
        with self._audit.around(Deed.PEOPLE, by, person=name, change="remove"):
            self._register.remove(name)

    def give(self, by: str, name: str, role: Role) -> None:
        with self._audit.around(Deed.PEOPLE, by, person=name, change="role", role=str(role)):
            self._register.give(name, role)

    def set_pin(self, by: str, name: str, pin: str, deed: Deed = Deed.PEOPLE) -> None:
        """deed: PIN where somebody sets their own."""
        refuse_weak(pin)
        with self._audit.around(deed, by, person=name, change="PIN"):
            self._register.set_pin(name, pin)

    def end_pause(self, by: str, name: str) -> None:
        with self._audit.around(Deed.PEOPLE, by, person=name, change="unlock"):
            self._register.end_pause(name)

    def log(self, check: bool = False) -> Log:
        """check: look at each entry whether it is as it was written."""
        audit = self._audit
        faults = tuple(map(str, audit.faults())) if check else None
        entries = tuple(reversed(deque(audit.entries(), NEWEST)))
        return Log(entries, str(audit.head or ""), faults)

    @property
    def _audit(self) -> Audit:
        return audit_of(self._workspace)
