"""YAML text as plain values, with the line of each key, so that a fault can be shown where it stands."""

import copy
import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

from inspector.errors import MOST_TOLD, FileProblems, Problem

Place = tuple[str | int, ...]
"""The keys and indices that lead from the top of a document to a value."""

MAX_DEPTH = 50
MOST_VALUES = 3_000_000
"""Keys and what they stand for: the annotations of 10,000 frames with 20 boxes each hold 2.3 million."""
WORD = "tag:yaml.org,2002:str"


def with_value(values: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """A copy of a document's values with another at a place, of which only the last step may be new."""
    changed = copy.deepcopy(dict(values))
    inside: Any = changed
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    return changed


class _Reader(yaml.CSafeLoader):
    """Plain words stay words but for null, true, false and decimal numbers, as in YAML 1.2.

    PyYAML's own rules are those of YAML 1.1, where the pattern names `on` and `off` are booleans, 1:30 is ninety, and
    2026-02-30 is a traceback. What the writer quotes by those rules, this reads back.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]{0,99})", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _Reader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^({_pattern})$"), _first)


def parse(path: Path, text: str) -> Any:
    """The text's values.

    Raises: FileProblems where it is no YAML, where it is empty or holds more than any file of ours, and for what can be
    neither plain values nor mended by a guess: a key that stands twice, an alias (it can grow without bound), a tag,
    nesting without end.
    """
    return _read(path, text, None)


def lines_of(path: Path, text: str, wanted: Iterable[Place] | None = None) -> dict[Place, int]:
    """The line of each key and of each item of a list; in a long text they take more memory than what it says.

    Args: wanted: only of these that the text holds, and of what is around them. Raises: as `parse`.
    """
    around = None if wanted is None else {place[:end] for place in wanted for end in range(len(place) + 1)}
    lines = _Lines(around)
    _read(path, text, lines)
    return lines.found


class _Lines:
    """Lines that are noted while a text is read. wanted: None where all are."""

    def __init__(self, wanted: Container[Place] | None) -> None:
        self.found: dict[Place, int] = {}
        self._wanted = wanted

    def note(self, place: Place, line: int) -> None:
        if self._wanted is None or place in self._wanted:
            self.found.setdefault(place, line)


def _read(path: Path, text: str, lines: _Lines | None) -> Any:
    loader = _Reader(text)
    builder = _Builder(path, loader, lines)
    try:
        values = builder.document()
    except yaml.YAMLError as error:
        raise FileProblems([_not_yaml(path, text, error)]) from None
    finally:
        loader.dispose()
    if builder.problems:
        raise FileProblems(builder.problems)
    return values


class _Builder:
    """Makes the values while the text is read: what PyYAML would make first, a tree of nodes that know their places,
    takes a hundred times the text's own size.
    """

    def __init__(self, path: Path, loader: _Reader, lines: _Lines | None) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._loader: Any = loader
        self._lines = lines
        self._count = 0

    def document(self) -> Any:
        """The one that the text holds. Raises: YAMLError; FileProblems where reading on is of no use."""
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise FileProblems([Problem(self._path, "the file is empty", 1)])
        values = self._value(self._next(), (), 0)
        self._next()  # the document's end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise ComposerError(None, None, "but found another document", event.start_mark)
        return values

    def _value(self, event: Any, place: Place, depth: int) -> Any:
        self._look_at(event, place, depth)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.SequenceStartEvent():
                return self._items(place, depth)
            case yaml.MappingStartEvent():
                return self._keys(place, depth)
        return None

    def _look_at(self, event: Any, place: Place, depth: int) -> None:
        """Note its line, and what is wrong with it. Raises: FileProblems where that is all that is told."""
        path, line = self._path, _line(event)
        if self._lines is not None:
            self._lines.note(place, line)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(Problem(path, "YAML aliases (*name) are not allowed here; write the value out", line))
        elif event.tag:
            self._refuse(Problem(path, f"YAML tags ({event.tag}) are not allowed here; write the plain value", line))
        self._count += 1
        if self._count > MOST_VALUES:
            self._give_up(Problem(path, f"this holds more than {MOST_VALUES:,} values: it is none of our files", line))
        if depth == MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            self._give_up(Problem(path, f"this is nested more than {MAX_DEPTH} deep", line))

    def _items(self, place: Place, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*place, len(items)), depth + 1))
        return items

    def _keys(self, place: Place, depth: int) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        names: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._look_at(event, place, depth)
                if self.problems:
                    raise FileProblems(self.problems)
                raise ConstructorError(None, None, "found unhashable key", event.start_mark)
            if event.value in names:
                self._refuse(Problem(self._path, f"'{event.value}' stands here twice", _line(event)))
            names.add(event.value)
            inside = (*place, event.value)
            self._look_at(event, inside, depth)
            values[self._scalar(event)] = self._value(self._next(), inside, depth + 1)
        return values

    def _next(self) -> Any:
        return self._loader.get_event()

    def _scalar(self, event: Any) -> Any:
        tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == WORD:
            return event.value
        return self._loader.yaml_constructors[tag](self._loader, yaml.ScalarNode(tag, event.value))

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MOST_TOLD:
            raise FileProblems(self.problems)

    def _give_up(self, problem: Problem) -> NoReturn:
        self._refuse(problem)
        raise FileProblems(self.problems)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _not_yaml(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it cannot be read"
    if mark and text[mark.index : mark.index + 1] == "\t":
        reason = "a tab stands here; indent with spaces"
    return Problem(path, f"this is not valid YAML: {reason}", mark.line + 1 if mark else None)
