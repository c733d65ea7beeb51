"""Cameras that OpenCV reads: over the network by RTSP or HTTP, and whatever else it opens."""

import re
import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.blocking import BlockingCamera, Taken
from inspector.capture.options import differ
from inspector.errors import InputError, MachineError
from inspector.frame import utc_now

SECRETS = re.compile(r"((?:user|usr|login|pass|pwd|psw|token|auth|secret|key)[a-z]*=)[^&;/_]*", re.IGNORECASE)
"""Cameras take users and passwords also as `?user=admin&password=1234` and as `/user=admin_password=1234_channel=1`."""
OPEN_MS = 5000
READ_MS = 3000
ALWAYS = ("width", "height", "fps")
"""Read back also where nobody wanted anything."""
PREDICTED = frozenset({"h264", "avc1", "hevc", "hvc1", "hev1", "mpeg", "mp4v", "fmp4", "vp80", "vp90", "av01"})
"""What OpenCV calls codecs that send only what has changed: of a scene at rest, noise and all, that may be nothing."""
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
            self._check_size(wanted or {}, self.begin().size)
        except MachineError:
            capture.release()
            raise

    def adjust(self, key: str, value: float) -> float | None:
        """Set one setting; what the camera then says that it is."""
        self._capture.set(PROPERTIES[key], value)
        return self._capture.get(PROPERTIES[key])

    def bounds(self, key: str) -> tuple[float, float] | None:
        """OpenCV does not tell the least and the most of a setting."""
        return None

    def _check_size(self, wanted: Mapping[str, float], size: tuple[int, int]) -> None:
        """A driver may state a size that it does not deliver: only the pixels are believed."""
        self.settings["width"], self.settings["height"] = size
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
        return Taken(np.asarray(image, np.uint8), time_s, taken_at, self._stream_s())

    def _stream_s(self) -> float | None:
        """The stream's own time of the picture that was grabbed, where a picture may be coded as the one before it."""
        predicted = self.settings.get("fourcc", "").lower() in PREDICTED
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000 if predicted else None

    def _release(self) -> None:
        self._capture.release()


def _applied(capture: Capture, wanted: Mapping[str, float]) -> dict[str, Any]:
    """Set each, then read all back; `refused` names those that the camera did not take, as cameras do in silence."""
    for key, value in wanted.items():
        if key in AUTOMATIC_OFF:
            capture.set(*AUTOMATIC_OFF[key])
        capture.set(PROPERTIES[key], value)
    settings: dict[str, Any] = {key: round(capture.get(PROPERTIES[key]), 3) for key in (*ALWAYS, *wanted)}
    settings["fourcc"] = _four_letters(int(capture.get(cv2.CAP_PROP_FOURCC)))
    settings["refused"] = [key for key, value in wanted.items() if differ(settings[key], value)]
    return settings


def _four_letters(code: int) -> str:
    letters = bytes((code >> shift) & 0xFF for shift in (0, 8, 16, 24))
    return letters.decode("ascii", "replace").strip("\0 ") if code > 0 else ""


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
