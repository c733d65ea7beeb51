"""YAML text as plain values, with the line of each key, so that a fault can be shown where it stands."""

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from inspector.errors import FileProblems, Problem

Place = tuple[str | int, ...]
"""The keys and indices that lead from the top of a document to a value."""

MAX_DEPTH = 50


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


def parse(path: Path, text: str) -> tuple[Any, dict[Place, int]]:
    """The text's values, and the line of each key and of each item of a list.

    Raises: FileProblems where it is no YAML, where it is empty, and for what can be neither plain values nor mended by
    a guess: a key that stands twice, an alias (it can grow without bound), a tag, nesting without end.
    """
    try:
        # Composing recurses in C and would crash on deep nesting, so the events are looked at first.
        _refuse(_not_plain(path, text))
        loader = _Reader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise FileProblems([Problem(path, "the file is empty", 1)])
            lines: dict[Place, int] = {}
            _refuse(_note_lines(path, node, (), lines))
            return loader.construct_document(node), lines
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise FileProblems([_not_yaml(path, text, error)]) from None


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise FileProblems(found)


def _not_plain(path: Path, text: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, _Reader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            yield Problem(path, "YAML aliases (*name) are not allowed here; write the value out", line)
        elif tag := getattr(event, "tag", None):
            yield Problem(path, f"YAML tags ({tag}) are not allowed here; write the plain value", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield Problem(path, f"this is nested more than {MAX_DEPTH} deep", line)
            return


def _note_lines(path: Path, node: yaml.Node, place: Place, lines: dict[Place, int]) -> Iterator[Problem]:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in names:
                yield Problem(path, f"'{name}' stands here twice", line)
            names.add(name)
            lines[(*place, name)] = line
            yield from _note_lines(path, value, (*place, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _note_lines(path, value, (*place, index), lines)


def _not_yaml(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it cannot be read"
    if mark and text[mark.index : mark.index + 1] == "\t":
        reason = "a tab stands here; indent with spaces"
    return Problem(path, f"this is not valid YAML: {reason}", mark.line + 1 if mark else None)
