"""Cameras that OpenCV reads: on USB, and over the network by RTSP or HTTP."""

import re
import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.blocking import BlockingCamera, Taken
from inspector.capture.connected import usb_cameras
from inspector.capture.options import read_options
from inspector.errors import InputError, MachineError
from inspector.frame import utc_now

SECRETS = re.compile(r"((?:user|usr|login|pass|pwd|psw|token|auth|secret|key)[a-z]*=)[^&;/_]*", re.IGNORECASE)
"""Cameras take users and passwords also as `?user=admin&password=1234` and as `/user=admin_password=1234_channel=1`."""
OPEN_MS = 5000
READ_MS = 3000
USB_DEFAULTS: Mapping[str, float] = {"width": 1280, "height": 720, "fps": 30}
PROPERTIES: Mapping[str, int] = {
    "width": cv2.CAP_PROP_FRAME_WIDTH,
    "height": cv2.CAP_PROP_FRAME_HEIGHT,
    "fps": cv2.CAP_PROP_FPS,
    "exposure": cv2.CAP_PROP_EXPOSURE,
    "gain": cv2.CAP_PROP_GAIN,
    "focus": cv2.CAP_PROP_FOCUS,
    "white_balance": cv2.CAP_PROP_WB_TEMPERATURE,
}
AUTOMATIC_OFF: Mapping[str, tuple[int, float]] = {
    "exposure": (cv2.CAP_PROP_AUTO_EXPOSURE, 1),
    "focus": (cv2.CAP_PROP_AUTOFOCUS, 0),
    "white_balance": (cv2.CAP_PROP_AUTO_WB, 0),
}


class Capture(Protocol):
    """What we use of `cv2.VideoCapture`."""

    def grab(self) -> bool: ...
    def retrieve(self) -> tuple[bool, NDArray[Any]]: ...
    def get(self, propId: int) -> float: ...  # noqa: N803
    def set(self, propId: int, value: float) -> bool: ...  # noqa: N803
    def release(self) -> None: ...


class LiveCamera(BlockingCamera):
    """A Camera over a capture device or stream."""

    def __init__(self, name: str, capture: Capture, wanted: Mapping[str, float] | None = None) -> None:
        """Set what is wanted, read it back, and take a first picture to see its true size.

        Raises: MachineError where no picture comes.
        """
        super().__init__(name)
        self._capture = capture
        self.settings = _applied(capture, wanted or {})
        try:
            self._first = self._grab()
        except MachineError:
            capture.release()
            raise
        self._check_size(wanted or {})

    def _check_size(self, wanted: Mapping[str, float]) -> None:
        """A driver may state a size that it does not deliver: only the pixels are believed."""
        assert self._first is not None
        self.settings["width"], self.settings["height"] = self._first.size
        refused = {key for key in ("width", "height") if key in wanted and wanted[key] != self.settings[key]}
        refused |= set(self.settings.pop("refused", ()))
        if refused:
            self.settings["refused"] = sorted(refused)

    def _take(self) -> Taken:
        got = self._capture.grab()
        time_s, taken_at = time.monotonic(), utc_now()
        got, image = self._capture.retrieve() if got else (False, None)
        if not got or image is None or image.size == 0:
            raise MachineError(f"The camera {self.name} gives no picture: check its cable, its power and its network.")
        return np.asarray(image, np.uint8), time_s, taken_at

    def _release(self) -> None:
        self._capture.release()


def _applied(capture: Capture, wanted: Mapping[str, float]) -> dict[str, Any]:
    """Set each, then read all back; `refused` names those that the camera did not take, as cameras do in silence."""
    for key, value in wanted.items():
        if key in AUTOMATIC_OFF:
            capture.set(*AUTOMATIC_OFF[key])
        capture.set(PROPERTIES[key], value)
    settings: dict[str, Any] = {key: round(capture.get(PROPERTIES[key]), 3) for key in (*USB_DEFAULTS, *wanted)}
    settings["fourcc"] = _four_letters(int(capture.get(cv2.CAP_PROP_FOURCC)))
    settings["refused"] = [key for key, value in wanted.items() if abs(settings[key] - value) > 0.01 * abs(value)]
    return settings


def _four_letters(code: int) -> str:
    letters = bytes((code >> shift) & 0xFF for shift in (0, 8, 16, 24))
    return letters.decode("ascii", "replace").strip("\0 ") if code > 0 else ""


def open_usb(text: str) -> LiveCamera:
    """`0`, or `0,width=1920,height=1080,fps=30,exposure=200`, or a serial number in the place of the 0.

    Raises: InputError where the text is none of these; MachineError where the camera does not answer.
    """
    named, _, options = text.partition(",")
    devices = {one.serial: one.device.removeprefix("/dev/video") for one in usb_cameras() if one.serial}
    index = devices.get(named, named)
    if not named or not (index.isdecimal() and len(index) < 4):
        known = ", ".join(f"{one.source} ({one.name})" for one in usb_cameras())
        told = f"Connected: {known}." if known else "The first one is usb:0, the next usb:1."
        raise InputError(f"'usb:{text}' names no camera. {told}")
    wanted = {**USB_DEFAULTS, **read_options(options, PROPERTIES, "A USB camera")}
    name = f"usb:{named if named != index else int(index)}"
    capture = cv2.VideoCapture(int(index), cv2.CAP_ANY)
    if not capture.isOpened():
        raise MachineError(f"The camera {name} does not answer: check its cable, and that no other program uses it.")
    # Before the size: over USB 2 only compressed pictures are fast enough at a high one.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return LiveCamera(name, capture, wanted)


def open_stream(url: str) -> LiveCamera:
    """A camera's RTSP or HTTP address.

    Raises: MachineError where it does not answer within OPEN_MS.
    """
    name = without_password(url)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise MachineError(f"The camera {name} does not answer: check its address, its network, user and password.")
    return LiveCamera(name, capture)


def without_password(url: str) -> str:
    """The address as it may be shown and stored: what stands before an @ is secret, and what SECRETS name.

    Raises: InputError where it is no address.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        raise InputError(
            f"This is no camera's address: it should look like {url.partition(':')[0]}://192.168.0.10/stream."
        )
    return SECRETS.sub(r"\1***", parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
