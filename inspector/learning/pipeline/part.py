"""A message of a pipeline, read setting by setting, so that none is forgotten and each says what became of it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from inspector.errors import Problem, did_you_mean
from inspector.labeling.formats.prototext import Field, Message, Value, Word
from inspector.learning.pipeline.listing import Fate, Setting

Kind = TypeVar("Kind", bound=Value)
KINDS: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Word: "a bare word",
    str: "a text in quotes",
    Message: "a message in { }",
}
SAME = "the same here"


class Reading:
    """What reading a file gathers.

    changes: our setting -> its value; origins: our setting -> theirs that it was taken from, and its line; all names
    dotted. problems: what cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changes: dict[str, Any] = {}
        self.origins: dict[str, tuple[str, int]] = {}
        self.problems: list[Problem] = []
        self._settings: list[tuple[int, Setting]] = []

    def add(self, place: int, setting: Setting) -> None:
        """List a setting that stands, or would stand, in that line."""
        self._settings.append((place, setting))

    @property
    def settings(self) -> tuple[Setting, ...]:
        """In the order of the file, defaults where their message begins."""
        return tuple(setting for _, setting in sorted(self._settings, key=lambda pair: pair[0]))


class Part:
    """A message, and those of its settings that nobody has asked for yet.

    In a message that is there, a setting that it leaves out has the API's default, which counts as if it stood there; a
    message that is not there says nothing.

    Args: name: dotted, "" for the whole file; message: None where the file has none.
    """

    def __init__(self, reading: Reading, name: str, message: Message | None, line: int = 1) -> None:
        self.reading, self.name, self.line = reading, name, line
        self.there = message is not None
        self._fields = list(message.fields) if message else []
        self._asked: list[str] = []

    def has(self, name: str) -> bool:
        """Whether the file has the setting."""
        return any(field.name == name for field in self._fields)

    def choice(self) -> str:
        """The name of the first thing in it, the only one where it is one of several; "" without any."""
        return self._fields[0].name if self._fields else ""

    def peek(self, name: str, default: Kind) -> Kind:
        """What a setting says, the default where it says nothing or nonsense; it is still to be asked for."""
        found = next((field for field in self._fields if field.name == name), None)
        return default if found is None else self._typed(found, default)

    def part(self, name: str) -> "Part":
        """The message of that name inside this one."""
        return self._inside(name, self._one(name))

    def parts(self, name: str) -> list["Part"]:
        """All messages of that name inside this one."""
        return [self._inside(name, field) for field in self._all(name)]

    def texts(self, name: str) -> list[str]:
        """All texts under a name; they are still to be asked for."""
        return [self._typed(field, "") for field in self._fields if field.name == name]

    def take(
        self,
        name: str,
        default: Value,
        to: str | None = None,
        convert: Callable[[Any], Any] = lambda value: value,
        difference: str = "",
    ) -> None:
        """A setting that means the same here, but for a difference: it goes to our setting `to`, or is so anyway."""
        found = self._one(name)
        if not self.there:
            return
        value = convert(default if found is None else self._typed(found, default))
        if to is not None:
            self.reading.changes[to] = value
            self.reading.origins[to] = self._full(name), found.line if found else self.line
        how = f"{to} {value if isinstance(value, str) else _shown(value)}" if to else SAME
        fate = Fate.TRANSLATED if difference else Fate.TAKEN
        self._list(name, found, default, fate, how + (f", {difference}" if difference else ""))

    def take_numbers(self, name: str, default: tuple[float, ...], to: str) -> None:
        """As `take`, of a setting that may stand there many times."""
        found = self._all(name)
        numbers = tuple(self._typed(field, 0.0) for field in found) or default
        self.reading.changes[to] = numbers
        self._list(name, found[0] if found else None, numbers, Fate.TAKEN, to, shown=_shown(numbers))

    def translate(self, name: str, default: Value, how: str, changes: dict[str, Any] | None = None) -> None:
        """A setting that something like it, our changes, stands for here; how in words."""
        found = self._one(name)
        if self.there:
            self.reading.changes |= changes or {}
            self._list(name, found, default, Fate.TRANSLATED, how)

    def choose(self, name: str, to: str, value: str, difference: str = "") -> "Part":
        """A message that is the choice of a value of ours, taken or, with a difference, translated; what is in it."""
        found = self._one(name)
        self.reading.changes[to] = value
        how = f"{to} {value}" + (f", {difference}" if difference else "")
        self._list(name, found, Word(name), Fate.TRANSLATED if difference else Fate.TAKEN, how)
        return self._inside(name, found)

    def tell(self, fate: Fate, how: str) -> None:
        """What became of the message as a whole."""
        self.reading.add(self.line, Setting(name=self.name, value="{ ... }", fate=fate, how=how, line=self.line))

    def expect(self, name: str, default: Value, ours: Value, why: str = "") -> None:
        """A setting that cannot be chosen here: taken where it is as ours, else not used."""
        found = self._one(name)
        if self.there:
            same = (default if found is None else self._typed(found, default)) == ours
            how = SAME if same else why or f"always {_shown(ours)} here"
            self._list(name, found, default, Fate.TAKEN if same else Fate.NOT_USED, how)

    def leave(self, why: str, *names: str, fate: Fate = Fate.NOT_USED) -> None:
        """Settings of no use here, with all that is inside them; those that are not in the file are not listed."""
        for name in names:
            self._leave(self._all(name), why, fate)

    def leave_rest(self, why: str, fate: Fate = Fate.NOT_USED) -> None:
        """As `leave`, with all that nobody asked for."""
        left, self._fields = self._fields, []
        self._leave(left, why, fate)

    def finish(self) -> None:
        """What nobody asked for is no setting of this message."""
        # In one pass: another program's file may hold any number of them.
        left, self._fields = self._fields, []
        for field in left:
            near = did_you_mean(field.name, self._asked) if self._asked else ""
            self._leave([field], f"no setting of that API.{near}", Fate.NOT_KNOWN)

    def complain(self, text: str, name: str = "") -> None:
        """What is wrong with a setting that is still to be asked for, or with the message as a whole."""
        line = next((field.line for field in self._fields if field.name == name), self.line)
        full = self._full(name) if name else self.name
        self.reading.problems.append(Problem(self.reading.path, f"'{full}' {text}", line))

    def _leave(self, fields: Iterable[Field], why: str, fate: Fate) -> None:
        for field in fields:
            for full, value, line in _leaves(self._full(field.name), field):
                self.reading.add(line, Setting(name=full, value=value, fate=fate, how=why, line=line))

    def _full(self, name: str) -> str:
        return f"{self.name}.{name}" if self.name else name

    def _inside(self, name: str, field: Field | None) -> "Part":
        message = None if field is None else self._typed(field, Message())
        return Part(self.reading, self._full(name), message, field.line if field else self.line)

    def _all(self, name: str) -> list[Field]:
        self._asked.append(name)
        found = [field for field in self._fields if field.name == name]
        self._fields = [field for field in self._fields if field.name != name]
        return found

    def _one(self, name: str) -> Field | None:
        found = self._all(name)
        for twin in found[1:]:
            text = f"'{self._full(name)}' stands in line {found[0].line} already"
            self.reading.problems.append(Problem(self.reading.path, text, twin.line))
        return found[0] if found else None

    def _typed(self, field: Field, default: Kind) -> Kind:
        value: Any = field.value
        if type(default) is float and type(value) is int:
            value = float(value)
        if type(value) is type(default):
            return value
        text = f"'{self._full(field.name)}' should be {KINDS[type(default)]}, got {_shown(value)}"
        self.reading.problems.append(Problem(self.reading.path, text, field.line))
        return default

    def _list(
        self, name: str, found: Field | None, default: object, fate: Fate, how: str, shown: str | None = None
    ) -> None:
        value = shown or _shown(default if found is None else found.value)
        line = found.line if found else None
        setting = Setting(name=self._full(name), value=value, fate=fate, how=how, line=line)
        self.reading.add(line or self.line, setting)


def _leaves(name: str, field: Field) -> Iterator[tuple[str, str, int]]:
    """Full name, value and line of all that stands in a field."""
    if not isinstance(field.value, Message) or not field.value.fields:
        yield name, _shown(field.value), field.line
        return
    for inner in field.value.fields:
        yield from _leaves(f"{name}.{inner.name}", inner)


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Message():
            return "{ ... }" if value.fields else "{ }"
        case float():
            return f"{value:g}"
        case tuple():
            return f"[{', '.join(map(_shown, value))}]"
        case str() if not isinstance(value, Word):
            return f"'{value}'"
        case _:
            return str(value)
