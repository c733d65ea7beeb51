"""What annotation files of any format say, before it is laid onto the frames of a recording.

Pixels: a format's numbers are taken as edges, origin top left at 0, so that xmax - xmin is the width. That is what
LabelImg's canvas gives its writers, but that it raises a 0 to 1; strict VOC 2007 counts from 1, and its boxes then sit
one pixel low and right.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from pydantic import ValidationError

from inspector.errors import InputError, MachineError, Problem
from inspector.faults import explained, words_of
from inspector.files import refuse_endless
from inspector.labeling.annotation import XYXY

Size = tuple[int, int]
MAX_SIDE = 100_000


@dataclass(frozen=True)
class Marked:
    """One box under the file's own label. xyxy in pixels of the picture, as the file says, not yet checked."""

    label: str
    xyxy: XYXY
    line: int | None = None


@dataclass(frozen=True)
class Entry:
    """What a file says of one picture; without boxes, that it shows none.

    stem: the picture's file name without its ending, by which it finds its frame. size: (width, height) in pixels, None
    where the file does not say.
    """

    path: Path
    stem: str
    size: Size | None
    boxes: tuple[Marked, ...] = ()
    line: int | None = None


class Format(Protocol):
    """What a module of this package offers.

    SILENCE_IS_EMPTY: a frame that the files do not mention counts as a picture without boxes.
    """

    SILENCE_IS_EMPTY: bool

    def read(self, path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
        """Entries and faults in the order of the files. size_of: of the frame with that stem, None where there is none.

        Raises: InputError where the path is not there at all.
        """
        ...

    def write(self, folder: Path, pictures: Sequence["Picture"], labels: Sequence[str]) -> None:
        """Write what is known of the pictures. labels: all names, in the order of the network's classes."""
        ...


@dataclass(frozen=True)
class Picture:
    """A frame to write: name with its ending, size (width, height), and its boxes under the recipe's labels.

    file: where it lies, for the formats that hold the pictures themselves.
    """

    name: str
    size: Size
    boxes: tuple[tuple[str, XYXY], ...] = ()
    file: Path = Path()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem


def stem_of(name: str) -> str:
    """The stem of a picture's name in a file.

    Raises: ValueError for a name that leads out of the folder of the pictures.
    """
    path = PurePosixPath(name.strip().replace("\\", "/"))
    if not path.name or path.is_absolute() or ".." in path.parts or "\0" in name or re.match("[A-Za-z]:", name.strip()):
        raise ValueError(f"'{name}' is not the name of a picture beside the file: it is empty or leaves the folder")
    return path.stem


def size_of_text(width: str | None, height: str | None) -> Size:
    """Raises: ValueError where these are not the sides of a picture."""
    try:
        size = int(width or ""), int(height or "")
    except ValueError:
        raise ValueError(
            f"the picture's width and height should be whole numbers, got '{width}' and '{height}'"
        ) from None
    if not all(0 < side <= MAX_SIDE for side in size):
        raise ValueError(f"a picture of {size[0]}x{size[1]} pixels cannot be; sides go from 1 to {MAX_SIDE}")
    return size


def problems_of(path: Path, error: ValidationError, form: str) -> Iterator[Problem]:
    """What pydantic finds wrong with a file of JSON. form: what the file should be."""
    for fault in error.errors(include_url=False):
        yield Problem(path, explained(fault) if fault["loc"] else f"this is not a {form} file: {words_of(fault)}")


def check_keys(data: bytes) -> None:
    """Of JSON that was read already: of a key that stands twice in one object, readers take the last alone.

    Raises: ValueError.
    """
    json.loads(data, object_pairs_hook=_check_pairs, parse_int=str)


def _check_pairs(pairs: Sequence[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise ValueError(f"the key '{key}' stands twice in one object; leave one of them away")
        seen.add(key)


def number(text: str | None, what: str) -> float:
    """Raises: ValueError where the text is no number."""
    try:
        return float(text or "")
    except ValueError:
        raise ValueError(f"{what} should be a number, got '{text or ''}'") from None


def pixels(value: float) -> str:
    """A coordinate as text: to a thousandth, and whole numbers without a point, as other programs expect them."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def content(path: Path, most_bytes: int) -> bytes:
    """The bytes of a file.

    Raises: InputError where it is absent, no file, or too large to be what it should be.
    """
    try:
        refuse_endless(path)
        if path.stat().st_size > most_bytes:
            raise InputError(f"{path} is too large for a file of its kind.")
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(f"There is no file {path}.") from None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error


def files_in(path: Path, ending: str) -> list[Path]:
    """The file itself, or all files with that ending, in small letters or capitals, in the folder and below, sorted.

    Raises: InputError where there is none.
    """
    if path.is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.name.lower().endswith(ending) and file.is_file())
    if not found:
        raise InputError(f"There is no {ending} file in {path}." if path.is_dir() else f"There is no folder {path}.")
    return found
