"""Pictures in files: one, or a folder of them."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from inspector.errors import InputError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})

LEAST_SIDE = 16
"""Pixels: less shows nothing that could be told from anything else."""
MOST_PIXELS = 100_000_000
"""Of one with four times as many, going through a recording takes minutes."""


def size_fault(size: tuple[int, int]) -> str:
    """Why nobody can work with a picture of that size, (width, height) in pixels; "" where one can."""
    width, height = size
    if min(size) < LEAST_SIDE:
        return f"this picture of {width}x{height} pixels is too small to show anything: {LEAST_SIDE} are the least side"
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        return f"this picture of {width}x{height} pixels is too large: scale it to {most} megapixels or less"
    return ""


def is_picture(path: Path) -> bool:
    """Whether the file's name says that it is a picture."""
    return path.suffix.lower() in SUFFIXES


def natural_key(name: str) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    """Sorts `2.png` before `10.png`, digits before letters, and capitals with their small letters."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts), name


def pictures_in(folder: Path) -> list[Path]:
    """The folder's pictures in natural order; other files are passed over.

    Raises: InputError where it holds none.
    """
    try:
        entries = list(folder.iterdir())
    except OSError as error:
        raise InputError(f"Cannot read the folder {folder}: {error.strerror}.") from None
    found = [path for path in entries if is_picture(path) and path.is_file() and not path.name.startswith(".")]
    if not found:
        known = ", ".join(sorted(suffix.removeprefix(".") for suffix in SUFFIXES))
        raise InputError(f"The folder {folder} holds no pictures ({known}).")
    return sorted(found, key=lambda path: natural_key(path.name))


def read_picture(path: Path, sha256: str | None = None) -> Image:
    """The picture upright, as its EXIF data says, `(H, W, 3)` uint8 BGR; 16 bits and transparency are given up.

    Args: sha256: in hexadecimal, what its bytes must have; None where nobody knows.
    Raises: InputError where it cannot be read whole, or is another one; MachineError where the disk fails.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"There is no picture {path}. Where it was taken out of a video, inspector extract takes it out again."
        ) from None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error
    if not content:
        raise InputError(f"The picture {path} is empty (0 bytes); copy it again.")
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise InputError(
            f"The picture {path} was altered since it was imported or taken out of its video: take it from a backup. "
            "One out of a video may be deleted, too: inspector extract takes it anew."
        )
    try:
        image = decoded(content)
    except ValueError:
        most = MOST_PIXELS // 1_000_000
        raise InputError(f"The picture {path} is too large: scale it to {most} megapixels or less.") from None
    if image is None:
        raise InputError(f"The picture {path} cannot be read: it is cut short or of another kind than its name says.")
    return freeze(image)


def decoded(content: bytes, flags: int = cv2.IMREAD_COLOR) -> Image | None:
    """The picture that a file holds; None where it is none, or cut short.

    Raises: ValueError, the rest of a sentence, where it says that it holds more than is ever decoded.
    """
    try:
        # Not imread: it cannot open names outside the system's code page on Windows.
        image = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        if "CV_IO_MAX_IMAGE" in str(error):
            raise ValueError(f"is too large: scale it to {MOST_PIXELS // 1_000_000} megapixels or less") from None
        return None
    return None if image is None else np.asarray(image, np.uint8)


class Pictures:
    """A Camera over pictures in files, each standing alone. `time_s` is their number: one a second."""

    live = False
    still = True

    def __init__(self, name: str, paths: Sequence[Path]) -> None:
        self.name = name
        self.settings: dict[str, Any] = {}
        self._paths = paths
        self._number = 0

    def read(self) -> Frame | None:
        """Raises: InputError naming a picture that cannot be read."""
        if self._number >= len(self._paths):
            return None
        number, path = self._number, self._paths[self._number]
        self._number += 1
        return Frame(read_picture(path), number, float(number), utc_now(), path.name)

    def close(self) -> None:
        self._paths = ()
