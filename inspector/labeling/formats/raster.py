"""Pictures for programs that take them as they are stored, where we turn a photograph as its EXIF data says."""

from pathlib import Path

import cv2
import numpy as np

from inspector.capture.pictures import decoded, read_picture
from inspector.frame import Image
from inspector.labeling.formats.entry import Size

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
ENDINGS = {JPEG: ".jpg", PNG: ".png", b"BM": ".bmp", b"RIFF": ".webp", b"II*\0": ".tif", b"MM\0*": ".tif"}
"""By the first bytes of a file."""


def taken_in(content: bytes, size: Size | None) -> tuple[str, bytes]:
    """A picture that such a program wrote, as (ending, content) of a file that we read as it meant it: its own bytes,
    else a PNG.

    Args: size: (width, height) as that program says, None where it does not. It tells what was meant where the stored
    picture lies on its side.
    Raises: ValueError where it is no picture, cut short or too large.
    """
    upright, stored = _decoded(content, cv2.IMREAD_COLOR), _stored(content)
    ending = next((ending for start, ending in ENDINGS.items() if content.startswith(start)), None)
    meant_upright = size == _size(upright) != _size(stored)
    if ending and (meant_upright or np.array_equal(upright, stored)):
        return ending, content
    return ".png", _png(stored)


def handed_out(file: Path) -> tuple[str, bytes]:
    """A picture of ours as (format, content) for such a program: `jpeg` or `png`, its own bytes where that is one.

    Raises: InputError where it cannot be read.
    """
    upright, content = read_picture(file), file.read_bytes()  # in this order: the first says what is wrong with it
    for start, name in ((JPEG, "jpeg"), (PNG, "png")):
        if content.startswith(start) and np.array_equal(upright, _stored(content)):
            return name, content
    return "png", _png(upright)


def _stored(content: bytes) -> Image:
    return _decoded(content, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)


def _decoded(content: bytes, flags: int) -> Image:
    image = decoded(content, flags)
    if image is None:
        raise ValueError("holds no picture that can be read whole")
    return image


def _size(image: Image) -> Size:
    return image.shape[1], image.shape[0]


def _png(image: Image) -> bytes:
    return cv2.imencode(".png", image)[1].tobytes()
