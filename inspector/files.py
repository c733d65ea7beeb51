"""Files that are written once and whole, and read with all their faults told at once."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.faults import explained, own_faults, place_of
from inspector.yaml_comments import carried_over
from inspector.yaml_lines import Place, lines_of, parse

MOST_BYTES = 2 * 2**20
"""Of a document that a person could read: of all that we write, those of a few hundred recordings are the longest."""
MOST_BYTES_OF_FRAMES = 32 * 2**20
"""Of a document with an entry for each frame: the annotations of 10,000 frames with 20 boxes each take 26 MiB."""
MOST_FAULTS = 10_000
STALE_S = 24 * 3600
READ_BY_ALL, READ_BY_OWNER = 0o644, 0o600
HALF_FILLED = re.compile(r"\..+-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}\.[a-z0-9_]{8}")
"""What a folder is called until it is whole, or while it is needed: a name of ours, and what tells it from others."""


# Infinity stays infinity: pydantic's own choice would write nothing in its place.
STRICT = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="constants")


class Document(BaseModel):
    """What a YAML file of ours holds at its top: `format: 1`, and no key that we do not know.

    most_bytes: what a larger file holds is none. A fault in each value of it takes several hundred times its size.
    """

    model_config = STRICT
    most_bytes: ClassVar[int] = MOST_BYTES

    format: Literal[1] = 1


class Section(BaseModel):
    """A part of a document: no key that we do not know."""

    model_config = STRICT


DocumentT = TypeVar("DocumentT", bound=Document)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def written_whole(path: Path, mode: int = READ_BY_ALL) -> Iterator[BinaryIO]:
    """A file to write that appears under its name only when complete: temporary name, sync, rename.

    Args: mode: who may read and write it, where the system knows that. It was never another's to read before.
    Raises: InputError where the name is that of a folder or a device; MachineError where the disk is full or the folder
    cannot be written. The old file then still stands.
    """
    with placed_whole(path, mode) as temporary, temporary.open("wb") as file:
        yield file


@contextmanager
def placed_whole(path: Path, mode: int = READ_BY_ALL) -> Iterator[Path]:
    """The same for a library that opens its file itself: the temporary name to give it.

    Raises: as written_whole.
    """
    temporary: Path | None = None
    try:
        # A rename would put a file in the place of a device or a pipe.
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is no file that can be written anew; name another.")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or error
        raise MachineError(f"Cannot write {path}: {reason}. Free some space or choose another folder.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@contextmanager
def folder_for_a_while(folder: Path) -> Iterator[Path]:
    """A folder beside the one named, under a temporary name, that goes away again with all that is in it.

    What a kill left of others, a day ago or more, goes away too. Raises: OSError of the disk.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def folder_written_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill that appears under its name only when complete: temporary name, rename.

    Raises: MachineError where the disk is full or the place cannot be written. Nothing of it then stays.
    """
    try:
        with folder_for_a_while(folder) as temporary:
            yield temporary
            temporary.chmod(0o755)
            temporary.rename(folder)
            sync_folder(folder.parent)
    except OSError as error:
        # What HDF5 calls its strerror is a page of its insides.
        reason = os.strerror(error.errno) if error.errno else error
        raise MachineError(f"Cannot write {folder}: {reason}. Free some space or choose another place.") from error


def _sweep(parent: Path) -> None:
    """Remove folders that a kill left: none is filled, or needed, for a day."""
    for left in parent.glob(".*"):
        with suppress(OSError):  # somebody else may sweep too
            if HALF_FILLED.fullmatch(left.name) and time.time() - left.stat().st_mtime > STALE_S:
                shutil.rmtree(left, ignore_errors=True)


def changes_in(folder: Path, files: Mapping[str, str], apart: Collection[str]) -> Iterator[str]:
    """What is not as it was made: a file more, a file less, other bytes. A link is never what was made, nor are a pipe
    and an empty folder.

    Args: files: SHA-256 by path inside the folder; apart: what is looked at in another way.
    """
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not _only_holds(path)}
    for name in sorted((present | files.keys()) - set(apart)):
        if name not in files:
            yield f"{name} does not belong to it"
        elif name not in present:
            yield f"{name} is missing"
        elif not _is_plain(folder / name) or sha256(folder / name) != files[name]:
            yield f"{name} is not the file that was made"


def _only_holds(path: Path) -> bool:
    """Whether it is a folder and nothing by itself: what it holds is looked at."""
    return path.is_dir() and not path.is_symlink() and any(path.iterdir())


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def sweep_halves(path: Path) -> None:
    """Remove what kills left of the file while it was being written: nobody takes a day to write one."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):  # somebody else may sweep too
            if time.time() - left.stat().st_mtime > STALE_S:
                left.unlink()


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Writer(yaml.CSafeDumper):
    """Writes a value out wherever it stands: the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write_document(path: Path, document: Document, mode: int = READ_BY_ALL) -> None:
    """Write as YAML, whole or not at all; keys that still have their default are left out, but for `format`."""
    write_text(path, as_yaml(document), mode)


def write_text(path: Path, text: str, mode: int = READ_BY_ALL) -> None:
    """Write a text file, whole or not at all. Args and Raises: as written_whole."""
    with written_whole(path, mode) as file:
        file.write(text.encode())


def as_yaml(document: Document) -> str:
    """What write_document writes."""
    values = {"format": document.format, **document.model_dump(mode="json", exclude_defaults=True)}
    return yaml.dump(values, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=120)


def written_over(path: Path, old: str, document: Document) -> str:
    """What to write in the place of a file that a person may have written: the comments of the old text stay.

    Raises: FileProblems where the old text cannot be read.
    """
    return carried_over(path, old.removeprefix("\ufeff"), as_yaml(document))


def write_sealed(path: Path, document: Document) -> None:
    """A document and, beside it, the hash that seals it, as `sha256sum --check` reads it."""
    write_document(path, document)
    with written_whole(seal_of(path)) as file:
        file.write(f"{sha256(path)}  {path.name}\n".encode())


def seal_of(path: Path) -> Path:
    """The file that holds a sealed document's hash."""
    return path.with_name(f"{path.name}.sha256")


def is_sealed(path: Path) -> bool:
    """Whether the document is the one that was sealed."""
    seal = seal_of(path)
    return seal.is_file() and seal.read_bytes().split()[:1] == [sha256(path).encode()]


def read_document(path: Path, kind: type[DocumentT], remedy: str = "") -> DocumentT:
    """A YAML file as a checked document.

    Args: remedy: what a person can do where it has faults, since what it holds can be had again.
    Raises: InputError where there is no such file; FileProblems with each fault and its line otherwise.
    """
    try:
        return parse_document(path, read_text(path, kind.most_bytes), kind)
    except FileProblems as found:
        if remedy:
            raise FileProblems([*found.problems, Problem(path, remedy)]) from None
        raise


def parse_document(path: Path, text: str, kind: type[DocumentT]) -> DocumentT:
    """The text of a YAML file as a checked document. Raises: FileProblems with each fault and its line."""
    values = parse(path, text)
    if not isinstance(values, dict):
        raise FileProblems([Problem(path, "this should be a YAML mapping that starts with 'format: 1'", 1)])
    missing = [] if "format" in values else [Problem(path, "the first line should be 'format: 1'", 1)]
    try:
        document = kind.model_validate(values)
    except ValidationError as error:
        raise FileProblems(missing + _problems(path, text, kind, error)) from None
    if missing:
        raise FileProblems(missing)
    return document


def _problems(path: Path, text: str, kind: type[Document], error: ValidationError) -> list[Problem]:
    """Each fault with its line, in their order; of more than anybody mends only how many they are."""
    if error.error_count() > MOST_FAULTS:
        return [Problem(path, f"this has {error.error_count():,} faults: see whether it is the file that is meant", 1)]
    faults = own_faults(error)
    lines = lines_of(path, text, map(place_of, faults))
    problems = [Problem(path, explained(fault, kind), _line(place_of(fault), lines)) for fault in faults]
    return sorted(problems, key=lambda problem: problem.line or 0)


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """The text of one of our files.

    Raises: InputError where there is none, or it is too large; FileProblems where it is no text; MachineError.
    """
    try:
        if path.stat().st_size > most_bytes:
            raise InputError(f"{path} is too large to be one of our files.")
        refuse_endless(path)
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; a file is wanted here.") from None
    except UnicodeDecodeError:
        raise FileProblems([Problem(path, "this is not a text file in UTF-8")]) from None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error


def refuse_endless(path: Path) -> None:
    """Raises: InputError where the path is a device, which has no end, or a pipe, which opening would wait for."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise InputError(f"{path} is a device or a pipe; a file is wanted here.")


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of the place, or of the nearest one around it that the text holds; the top always has one."""
    return next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)
