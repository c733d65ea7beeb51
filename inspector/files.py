"""Files that are written once and whole, and read with all their faults told at once."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from inspector.errors import FileProblems, InputError, MachineError, Problem, did_you_mean

MAX_YAML_BYTES = 64 * 2**20

Path_ = tuple[str | int, ...]


class Document(BaseModel):
    """What a YAML file of ours holds at its top: `format: 1`, and no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1


class Section(BaseModel):
    """A part of a document: no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


DocumentT = TypeVar("DocumentT", bound=Document)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears under its name only when complete: temporary name, sync, rename.

    Raises: MachineError where the disk is full or the folder cannot be written; the old file then still stands.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise MachineError(f"Cannot write {path}: {error.strerror or error}. Free some space or choose another folder.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_document(path: Path, document: Document) -> None:
    """Write as YAML, whole or not at all; keys that still have their default are left out, but for `format`."""
    values = {"format": document.format, **document.model_dump(mode="json", exclude_defaults=True)}
    text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=120)
    with written_whole(path) as file:
        file.write(text.encode())


def read_document(path: Path, kind: type[DocumentT]) -> DocumentT:
    """A YAML file as a checked document.

    Raises: InputError where there is no such file; FileProblems with each fault and its line otherwise.
    """
    text = _read_text(path)
    lines: dict[Path_, int] = {}
    values = _parse(path, text, lines)
    if not isinstance(values, dict):
        raise FileProblems([Problem(path, "this should be a YAML mapping that starts with 'format: 1'", 1)])
    if "format" not in values:
        raise FileProblems([Problem(path, "the first line should be 'format: 1'", 1)])
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise FileProblems(_problem(path, fault, lines, kind) for fault in error.errors()) from None


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_YAML_BYTES:
            raise InputError(f"{path} is too large to be one of our files.")
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise FileProblems([Problem(path, "this is not a text file in UTF-8")]) from None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error


def _parse(path: Path, text: str, lines: dict[Path_, int]) -> Any:
    """YAML values, with the line of each key noted in `lines`. Aliases are refused: they can grow without bound."""
    try:
        loader = yaml.CSafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise FileProblems([Problem(path, "the file is empty", 1)])
            problems = list(_walk(path, node, (), lines, set()))
            if problems:
                raise FileProblems(problems)
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it cannot be read"
        raise FileProblems([Problem(path, f"this is not valid YAML: {reason}", mark.line + 1 if mark else None)]) from None


def _walk(path: Path, node: yaml.Node, place: Path_, lines: dict[Path_, int], seen: set[int]) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if id(node) in seen:
        yield Problem(path, "YAML aliases (*name) are not allowed here; write the value out", line)
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        known: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            lines[(*place, name)] = key.start_mark.line + 1
            if name in known:
                yield Problem(path, f"'{name}' stands here twice", key.start_mark.line + 1)
            known.add(name)
            yield from _walk(path, value, (*place, name), lines, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(path, value, (*place, index), lines, seen)


def _problem(path: Path, fault: Any, lines: dict[Path_, int], kind: type[BaseModel]) -> Problem:
    place: Path_ = tuple(fault["loc"])
    known_place = place
    while known_place not in lines and known_place:
        known_place = known_place[:-1]
    where = ".".join(str(step) for step in place)
    return Problem(path, _explain(fault, where, place, kind), lines.get(known_place))


def _explain(fault: Any, where: str, place: Path_, kind: type[BaseModel]) -> str:
    if fault["type"] == "extra_forbidden":
        return f"unknown key '{place[-1]}'.{did_you_mean(str(place[-1]), _keys_at(kind, place[:-1]))}"
    if fault["type"] == "missing":
        return f"'{where}' is missing"
    if fault["type"] == "value_error":
        text = str(fault["ctx"]["error"])
        return f"{where}: {text}" if where else text
    return f"{where}: {fault['msg'][0].lower()}{fault['msg'][1:]}, got {fault['input']!r}"


def _keys_at(kind: type[BaseModel], place: Path_) -> list[str]:
    """The keys that the model knows at a place inside it."""
    current: Any = kind
    for step in place:
        if isinstance(step, int) or current is None:
            continue
        field = current.model_fields.get(step)
        current = _model_in(field.annotation) if field else None
    return list(current.model_fields) if current is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
