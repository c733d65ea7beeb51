"""Where pictures come from: a camera, a file, a folder, the simulator; all are read alike."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

from inspector.capture.genicam.features import FEATURES
from inspector.capture.genicam.road import open_genicam
from inspector.capture.live import PROPERTIES, open_stream
from inspector.capture.options import read_options
from inspector.capture.pictures import Pictures, is_picture, pictures_in, read_picture
from inspector.capture.simulator import open_simulator
from inspector.capture.usb import open_usb
from inspector.capture.video import VideoFile
from inspector.errors import InputError, did_you_mean
from inspector.frame import Frame

KINDS = "usb:0, genicam:SERIAL, rtsp://…, http://…, a video file, a picture, a folder of pictures, simulator"


class Camera(Protocol):
    """One source of frames, read by one thread.

    name: what a person knows it by, without a password. settings: as read back, of plain numbers and words.
    live: it runs on whether or not somebody reads; False for files, which are read at the consumer's pace.
    still: each picture stands alone, with no time between them.
    """

    name: str
    settings: dict[str, Any]

    @property
    def live(self) -> bool: ...

    @property
    def still(self) -> bool: ...

    def read(self) -> Frame | None:
        """The next frame, numbered from 0; None when the source has ended or was closed.

        Raises: MachineError when the camera is gone; InputError when the file is damaged from here on.
        """

    def close(self) -> None:
        """Give the source back. Closing twice does nothing."""


def open_camera(source: str) -> Camera:
    """The camera that a source's text names.

    Raises: InputError where there is no such source or the file is bad; MachineError where the camera does not answer.
    """
    scheme, sign, rest = source.partition(":")
    match scheme.lower(), sign:
        case ("simulator", _):
            return open_simulator(f"simulator{sign}{rest}")
        case ("usb", ":"):
            return open_usb(rest)
        case ("genicam", _):
            return open_genicam(rest)
        case ("rtsp" | "rtsps" | "http" | "https") as protocol, ":":
            return open_stream(f"{protocol}:{rest}")
        case _:
            return _open_path(source)


def settings_of(source: str) -> dict[str, float | None]:
    """The numbers that a source's text may ask of its camera, and what it asks for; None is left to the camera.

    Raises: InputError where what it asks for is no number.
    """
    scheme, _, rest = source.partition(":")
    known: Collection[str] = {"usb": PROPERTIES, "genicam": FEATURES}.get(scheme.lower(), {})
    parts = [part for part in rest.split(",")[1:] if part.partition("=")[0] in known]
    asked = read_options(",".join(parts), known, "A camera")
    return {key: asked.get(key) for key in known}


def _open_path(source: str) -> Camera:
    path = Path(source).expanduser()
    if source and path.is_dir():
        return Pictures(path.name, pictures_in(path))
    if not path.is_file():
        shown = re.sub("//.*@", "//", source)  # somebody's password, perhaps, to a host that we cannot ask
        raise InputError(f"There is no source '{shown}'.{_near(path)} A source is {KINDS}.")
    if is_picture(path):
        read_picture(path)
        return Pictures(path.name, [path])
    return VideoFile(path)


def _near(path: Path) -> str:
    """The neighbour that was meant, if any: a folder's whole list would drown the sentence."""
    if not path.parent.is_dir():
        return ""
    guess = did_you_mean(path.name, [entry.name for entry in path.parent.iterdir()])
    return guess if "Did you mean" in guess else ""
