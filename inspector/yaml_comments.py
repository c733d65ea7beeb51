"""The comments of a hand-written YAML file, kept where a program writes the file anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from inspector.yaml_lines import Place, lines_of, parse


@dataclass(frozen=True)
class _Comment:
    """What stands between values. line: from 0; beside: it follows a value on its line; text: "" for a blank line."""

    line: int
    beside: bool
    text: str


def carried_over(path: Path, old: str, new: str) -> str:
    """The new text with the comments of the old one, each beside or above what it stood beside or above.

    Items of a list are told by their `name`, else by their number. Where what a comment belonged to is gone, the
    comment stands above what that was part of: none is lost. path: the file that the texts are of.

    Raises: FileProblems where one of them cannot.
    """
    before, lines = parse(path, old), lines_of(path, old)
    after, new_lines = parse(path, new), lines_of(path, new)
    now = dict(_pairs(before, after, (), ()))
    first, first_key = dict[int, Place](), next((place for place in lines if len(place) == 1), ())
    for place, line in sorted(lines.items(), key=lambda entry: (entry[1], len(entry[0]))):
        first.setdefault(line - 1, place)
    rows, above, tail = new.splitlines(), dict[int, list[str]](), list[str]()
    for comment in _comments(old):
        owner = _owner(comment, first, first_key)
        if owner is None:
            tail.append(comment.text)
            continue
        kept = next(owner[:end] for end in range(len(owner), -1, -1) if owner[:end] in now)
        row = new_lines[now[kept]] - 1
        if comment.beside and kept == owner:
            rows[row] += f"  {comment.text}"
        elif comment.text or kept == owner:
            above.setdefault(row, []).append(comment.text)
    return "".join(f"{row}\n" for row in [*_interleaved(rows, above), *tail])


def _owner(comment: _Comment, first: dict[int, Place], first_key: Place) -> Place | None:
    """What it belongs to: the value on its line or the last one before it, or the next one below; None at the end."""
    if comment.beside:
        return first[max((line for line in first if line <= comment.line), default=min(first))] or first_key
    below = [line for line in first if line > comment.line]
    return first[min(below)] if below else None


def _interleaved(rows: list[str], above: dict[int, list[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        indent = row[: len(row) - len(row.lstrip())]
        yield from (f"{indent}{text}".rstrip() for text in above.get(number, []))
        yield row


def _comments(text: str) -> Iterator[_Comment]:
    """In order. A number sign inside a value is none."""
    values = list(_values(text))
    for number, line in enumerate(text.splitlines()):
        if any(start[0] < number < end[0] or (start[0] < number == end[0] and end[1] > 0) for start, end in values):
            continue
        sign = _sign(line, [(a[1], b[1]) for a, b in values if a[0] == number == b[0]])
        if sign is None:
            if not line.strip():
                yield _Comment(number, beside=False, text="")
        else:
            yield _Comment(number, beside=bool(line[:sign].strip()), text=line[sign:].rstrip())


def _sign(line: str, values: list[tuple[int, int]]) -> int | None:
    """Where the line's comment begins."""
    for column, letter in enumerate(line):
        outside = not any(start <= column < end for start, end in values)
        if letter == "#" and outside and (column == 0 or line[column - 1].isspace()):
            return column
    return None


def _values(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where each scalar reaches, as (line, column) from 0."""
    for token in yaml.scan(text, yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            yield (token.start_mark.line, token.start_mark.column), (token.end_mark.line, token.end_mark.column)


def _pairs(old: Any, new: Any, place: Place, now: Place) -> Iterator[tuple[Place, Place]]:
    """Each place of the old values that the new ones still have, and where."""
    yield place, now
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() & new.keys():
            yield from _pairs(old[key], new[key], (*place, str(key)), (*now, str(key)))
    elif isinstance(old, list) and isinstance(new, list):
        for one, other in _same_items(old, new):
            yield from _pairs(old[one], new[other], (*place, one), (*now, other))


def _same_items(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int]]:
    """Items of the same name; of the others, those of the same number, which were renamed or have no name."""
    names, new_names = [_name(item) for item in old], [_name(item) for item in new]
    told = {name for name in names if name is not None and names.count(name) == new_names.count(name) == 1}
    for index, name in enumerate(names):
        if name in told:
            yield index, new_names.index(name)
        elif index < len(new) and new_names[index] not in told:
            yield index, index


def _name(item: Any) -> str | None:
    name = item.get("name") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None
