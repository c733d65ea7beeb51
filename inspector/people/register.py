"""The people of a workspace: `people.yaml` with the role of each and what is kept of the PIN."""

import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import AwareDatetime, Field, ValidationError, field_validator, model_validator

from inspector.errors import InputError, MachineError
from inspector.faults import in_one_sentence
from inspector.files import READ_BY_OWNER, Document, Section, read_document, write_document
from inspector.frame import utc_now
from inspector.lock import alone
from inspector.people import REGISTER
from inspector.people.pause import NONE, Failures, from_now, left_s, pause_s
from inspector.people.pin import KIND, hashed, matches
from inspector.people.role import Role
from inspector.settings import person_named, pick

LOCK = ".people.lock"
WAIT_S = 10.0
LONGEST_NAME = 40


class Person(Section):
    """Somebody with a PIN.

    pin: what is kept of it, Argon2id. since: when they were registered, aware UTC. failures: wrong PINs since a right
    one.
    """

    role: Role
    pin: str = Field(repr=False)
    since: AwareDatetime
    failures: Failures = NONE

    @field_validator("pin", mode="before")
    @classmethod
    def _never_the_pin_itself(cls, value: object) -> object:
        # Told in words of our own: pydantic's would show what somebody wrote here.
        if not (isinstance(value, str) and value.startswith(KIND)):
            raise ValueError("a PIN is never written here; set it with: inspector people pin NAME")
        return value


class People(Document):
    """`people.yaml`. people: by name; where there are any, an engineer is among them."""

    people: dict[str, Person] = {}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        folded: dict[str, str] = {}
        for name in self.people:
            _check_name(name)
            twin = folded.setdefault(name.casefold(), name)
            if twin != name:
                raise ValueError(f"two people are called '{twin}' and '{name}'")
        if self.people and not any(person.role is Role.ENGINEER for person in self.people.values()):
            raise ValueError("nobody is an engineer, who alone may manage people: make somebody the first one")
        return self


def _check_name(name: str) -> None:
    """Raises: ValueError for what cannot be read or chosen on a screen, and what the program calls itself."""
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    if name != plain or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} letters, with no space around it and one at most between")
    try:
        person_named(name)
    except InputError as error:
        raise ValueError(str(error)) from None


class Refused(InputError):
    """A PIN that was wrong, or that was not looked at.

    wait_s: seconds until the next one is. begins: whether this one began the pause.
    """

    def __init__(self, text: str, wait_s: float, begins: bool) -> None:
        super().__init__(text)
        self.wait_s = wait_s
        self.begins = begins


class Register:
    """Who is registered in a workspace's folder. Any number of programs may have one.

    Args: now: aware UTC; clock: monotonic seconds, by which a pause lasts however the other clock is set.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = folder / REGISTER
        self._now, self._clock = now, clock
        self._read: tuple[tuple[int, ...], People] | None = None
        self._until: dict[str, float] = {}
        self._unwritten: dict[str, Failures] = {}

    @property
    def people(self) -> Mapping[str, Person]:
        """By name; none where nobody was registered yet. Raises: FileProblems; MachineError where it cannot be read."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise MachineError(f"Cannot read {self.path}: {error.strerror or error}.") from error
        trace = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._read is None or self._read[0] != trace:
            self._read = trace, read_document(self.path, People)
        return self._read[1].people

    def add(self, name: str, role: Role, pin: str) -> None:
        """Register somebody; the first one is an engineer.

        Raises: InputError where the name is taken or none, the PIN is weak, or there is no engineer.
        """
        with self._writing() as people:
            if name.casefold() in map(str.casefold, people):
                raise InputError(f"Somebody called '{name}' is registered already: choose another name.")
            if not people and role is not Role.ENGINEER:
                raise InputError("Who is registered first must be an engineer: nobody else may register others.")
            people[name] = Person(role=role, pin=hashed(pin), since=self._now())

    def remove(self, name: str) -> None:
        """Raises: InputError where there is no such person, or it is the last engineer."""
        with self._writing() as people:
            del people[self._other_than_last_engineer(people, name, "removed")]

    def give(self, name: str, role: Role) -> None:
        """Give somebody another role. Raises: as `remove`."""
        with self._writing() as people:
            if role is not Role.ENGINEER:
                self._other_than_last_engineer(people, name, f"made {role}")
            _change(people, name, role=role)

    def set_pin(self, name: str, pin: str) -> None:
        """Give somebody another PIN, which also ends a pause. Raises: InputError for a weak one."""
        with self._writing() as people:
            _change(people, name, pin=hashed(pin), failures=NONE)

    def end_pause(self, name: str) -> None:
        """Forget the wrong PINs."""
        with self._writing() as people:
            _change(people, name, failures=NONE)
        self._unwritten.pop(name, None)

    def wait_s(self, name: str) -> float:
        """Seconds until a PIN of theirs is looked at; 0 where one is at once."""
        return self._wait_s(name, self._failures(name))

    def prove(self, name: str, pin: str) -> Person:
        """Who it is, where that is the PIN.

        A try is counted before the PIN is looked at, so that a kill makes none free; where it cannot be written, as on
        a full disk, it is counted as long as the program runs, and the right PIN still counts.

        Raises: Refused; InputError for a name that nobody has; FileProblems.
        """
        with self._turn():
            person = self.people[pick(name, list(self.people), "person")]
            before = from_now(self._failures(name), self._now())
            if wait_s := self._wait_s(name, before):
                self._count(name, before)
                text = f"After {before.count} wrong PINs {name} has to wait for {_in_words(wait_s)}."
                raise Refused(text, wait_s, begins=False)
            failures = Failures(count=before.count + 1, last_at=self._now())
            self._count(name, failures)
            if not matches(person.pin, pin):
                raise self._refusal(name, failures)
            self._count(name, NONE)
            return person

    def _refusal(self, name: str, failures: Failures) -> Refused:
        pause = pause_s(failures.count)
        self._until[name] = self._clock() + pause
        sentences = ["This PIN is wrong."]
        if pause:
            sentences.append(f"{name} can try again in {_in_words(pause)}.")
        return Refused(" ".join(sentences), pause, begins=pause > 0)

    def _failures(self, name: str) -> Failures:
        """The more of those that are written down and those that could not be."""
        written = self.people[pick(name, list(self.people), "person")].failures
        return max(written, self._unwritten.get(name, NONE), key=lambda one: one.count)

    def _wait_s(self, name: str, failures: Failures) -> float:
        pause = pause_s(failures.count)
        return min(pause, max(left_s(failures, self._now()), self._until.get(name, 0.0) - self._clock()))

    def _count(self, name: str, failures: Failures) -> None:
        """Write it down, else remember it."""
        if self._failures(name) == failures:
            return
        self._unwritten[name] = failures
        with suppress(MachineError):
            self._write({**self.people, name: self.people[name].model_copy(update={"failures": failures})})
            del self._unwritten[name]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One try at a time, among all programs; also on a disk that takes nothing any more, so that somebody gets in
        who can mend it.
        """
        with ExitStack() as stack:
            with suppress(MachineError):
                refusal = "Somebody else is giving a PIN now: try again."
                stack.enter_context(alone(self.path.with_name(LOCK), refusal, WAIT_S))
            yield

    @contextmanager
    def _writing(self) -> Iterator[dict[str, Person]]:
        """The people, to be changed; written when that went well."""
        refusal = "Another program is changing who is registered: try again."
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with alone(self.path.with_name(LOCK), refusal, WAIT_S):
            people = dict(self.people)
            yield people
            self._write(people)

    def _write(self, people: Mapping[str, Person]) -> None:
        try:
            document = People.model_validate({"format": 1, "people": people})
        except ValidationError as error:
            raise InputError(in_one_sentence(error, People)) from None
        write_document(self.path, document, READ_BY_OWNER)

    def _other_than_last_engineer(self, people: Mapping[str, Person], name: str, what: str) -> str:
        found = people[pick(name, list(people), "person")]
        engineers = sum(person.role is Role.ENGINEER for person in people.values())
        if found.role is Role.ENGINEER and engineers == 1:
            raise InputError(f"{name} is the last engineer and cannot be {what}: make somebody else an engineer first.")
        return name


def _change(people: dict[str, Person], name: str, **changes: object) -> None:
    people[name] = people[pick(name, list(people), "person")].model_copy(update=changes)


def _in_words(seconds: float) -> str:
    """Rounded up: who waits for so long does not wait in vain."""
    whole = -int(-seconds // 1)
    return f"{whole} s" if whole < 120 else f"{-(-whole // 60)} minutes"
