"""Who is at a station now, and what they may do."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from inspector.errors import InputError, InspectorError, MachineError
from inspector.people.audit import Audit, audit_of
from inspector.people.register import Refused, Register
from inspector.people.role import EVEN_UNWRITTEN, NEEDS, Deed, Role, may
from inspector.settings import Workspace, person

ENTERED = "entered"
LOCKED_OUT = "has to wait after wrong PINs"
EVERYBODY = (
    "Nobody is registered, so everybody may do everything, and the kiosk is left without a PIN. The first engineer is "
    "registered with 'inspector people add NAME --role engineer'."
)


class Session:
    """Who is at the station, until nobody touches it for a while. To be used from one thread, but for `enter`, which
    may run on another one: a PIN takes some tenths of a second.

    What needs no right is asked of nobody. Where nobody is registered, everybody may do everything: `says` tells it.
    What a person may do is looked up when they do it: who was removed meanwhile may nothing more.

    Args: clock: monotonic seconds.
    """

    def __init__(
        self,
        register: Register,
        audit: Audit,
        lock_after_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.register = register
        self._audit = audit
        self._lock_after_s = lock_after_s
        self._clock = clock
        self._who = ""
        self._touched_s = 0.0

    @property
    def open(self) -> bool:
        """Whether nobody is registered. Raises: InspectorError where that cannot be read."""
        return not self.register.people

    @property
    def says(self) -> str:
        """What everybody should know of who may do what; "" where there is nothing to say."""
        try:
            return EVERYBODY if self.open else ""
        except InspectorError as error:
            return str(error)

    @property
    def who(self) -> str:
        """Whoever is at the station; "" where nobody is."""
        if self._who and self._clock() - self._touched_s > self._lock_after_s:
            self.leave()
        return self._who

    @property
    def role(self) -> Role | None:
        """Theirs, as it is registered now; None where nobody is there. Raises: as `open`."""
        known = self.register.people.get(self.who)
        return known.role if known else None

    def enter(self, name: str, pin: str) -> None:
        """Somebody comes, in the place of whoever was there. Raises: as `Register.prove`; nobody is there then."""
        self.leave()
        try:
            self.register.prove(name, pin)
        except Refused as refused:
            if refused.begins:
                self._note(LOCKED_OUT, "", name=name, seconds=round(refused.wait_s))
            raise
        self._who, self._touched_s = name, self._clock()
        self._note(ENTERED, name)

    def touch(self) -> None:
        """Somebody uses the station: whoever is there stays there."""
        if self.who:
            self._touched_s = self._clock()

    def leave(self) -> None:
        """Nobody is there any more."""
        self._who = ""

    def may(self, deed: Deed) -> bool:
        """Whether it may be done now; nothing may where that cannot be read."""
        try:
            role = self.role
            return self.open or (role is not None and may(role, deed))
        except InspectorError:
            return False

    def demand(self, deed: Deed) -> str:
        """Who does it: their name, or where nobody is registered whom the system knows.

        Raises: InputError where nobody is there who may; InspectorError where that cannot be read.
        """
        if self.open:
            return person()
        role = self.role
        if role is None:
            raise InputError(f"It takes the role {NEEDS[deed]} to {deed}: choose your name and give your PIN.")
        if not may(role, deed):
            raise InputError(f"It takes the role {NEEDS[deed]} to {deed}, and {self._who} has the role {role}.")
        self.touch()
        return self._who

    @contextmanager
    def doing(self, deed: Deed, **what: str | int | bool | None) -> Iterator[str]:
        """Somebody does it while it lasts, and the audit log says so before; their name.

        Raises: as `demand` and `Audit.around`.
        """
        who = self.demand(deed)
        if deed in EVEN_UNWRITTEN:
            self._note(deed, who, **what)
            yield who
            return
        with self._audit.around(deed, who, **what):
            yield who

    def _note(self, deed: str, who: str, **what: str | int | bool | None) -> None:
        with suppress(InputError, MachineError):
            self._audit.add(deed, who, **what)


def session_of(workspace: Workspace) -> Session:
    """One for a workspace, as its settings say. Raises: as `audit_of`."""
    return Session(Register(workspace.folder), audit_of(workspace), workspace.settings().people.lock_after_s)
