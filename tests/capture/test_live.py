import threading
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture.checks import same_picture
from inspector.capture.grabber import Grabber
from inspector.capture.live import LiveCamera, open_stream, without_password
from inspector.capture.usb import DEFAULTS, open_usb
from inspector.errors import MachineError
from inspector.frame import Image


class Device:
    """Stands for `cv2.VideoCapture`: takes settings within its `limits` only, as a camera does, without a word."""

    def __init__(self, images: list[Image | None], limits: dict[int, float] | None = None) -> None:
        self.images = images
        self.limits = limits or {}
        self.values: dict[int, float] = {cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"MJPG")}
        self.asked: list[int] = []
        self.released = 0
        self.block: threading.Event | None = None
        self.blocking = threading.Event()

    def grab(self) -> bool:
        if self.block is not None:
            self.blocking.set()
            self.block.wait()
        return bool(self.images)

    def retrieve(self) -> tuple[bool, Any]:
        image = self.images.pop(0)
        return image is not None, image

    def get(self, propId: int) -> float:  # noqa: N803
        return self.values.get(propId, 0.0)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        self.asked.append(propId)
        self.values[propId] = min(value, self.limits.get(propId, value))
        return True

    def release(self) -> None:
        self.released += 1


def pictures(count: int, width: int = 1280, height: int = 720) -> list[Image | None]:
    return [np.full((height, width, 3), number, np.uint8) for number in range(count)]


def test_settings_are_read_back() -> None:
    camera = LiveCamera("usb:0", Device(pictures(1)), DEFAULTS)
    assert camera.settings == {"width": 1280, "height": 720, "fps": 30, "fourcc": "MJPG"}


def test_a_setting_that_the_camera_did_not_take_is_named() -> None:
    device = Device(pictures(1), {cv2.CAP_PROP_EXPOSURE: 100, cv2.CAP_PROP_FPS: 15})
    camera = LiveCamera("usb:0", device, {**DEFAULTS, "exposure": 500, "gain": 3})
    assert camera.settings["refused"] == ["exposure", "fps"]
    assert (camera.settings["exposure"], camera.settings["fps"], camera.settings["gain"]) == (100, 15, 3)


def test_the_automatic_is_turned_off_before_a_value_is_set() -> None:
    device = Device(pictures(1))
    LiveCamera("usb:0", device, {"exposure": 200})
    assert device.asked == [cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_EXPOSURE]


def test_the_size_is_believed_to_the_pixels_alone() -> None:
    """The driver says 1280x720, and sends 640x480."""
    camera = LiveCamera("usb:0", Device(pictures(1, 640, 480)), DEFAULTS)
    assert (camera.settings["width"], camera.settings["height"]) == (640, 480)
    assert camera.settings["refused"] == ["height", "width"]


@pytest.mark.parametrize("images", [[], [None], [np.zeros((0, 0, 3), np.uint8)]])
def test_a_camera_without_a_first_picture_is_given_back(images: list[Any]) -> None:
    device = Device(images)
    with pytest.raises(MachineError, match="usb:3 gives no picture: check its cable"):
        LiveCamera("usb:3", device)
    assert device.released == 1


@pytest.mark.parametrize("last", [[], [None]])
def test_a_camera_that_is_pulled_out_raises(last: list[Any]) -> None:
    camera = LiveCamera("usb:0", Device(pictures(2) + last))
    assert [camera.read() is not None, camera.read() is not None] == [True, True]
    with pytest.raises(MachineError, match="gives no picture"):
        camera.read()


def test_closing_while_a_read_blocks_neither_waits_nor_pulls_the_device_away() -> None:
    device = Device(pictures(3))
    camera = LiveCamera("usb:0", device)
    camera.read()
    device.block = threading.Event()
    got: list[object] = []
    reading = threading.Thread(target=lambda: got.append(camera.read()))
    reading.start()
    device.blocking.wait()
    camera.close()
    assert device.released == 0
    device.block.set()
    reading.join()
    assert got == [None]
    assert device.released == 1


@pytest.mark.parametrize(
    ("fourcc", "times_s"),
    [
        ("h264", [0.04, 0.08]),
        ("H264", [0.04, 0.08]),
        ("hevc", [0.04, 0.08]),
        ("MJPG", [None] * 2),
        ("YUYV", [None] * 2),
    ],
)
def test_the_streams_own_time_counts_where_only_changes_are_sent(fourcc: str, times_s: list[float | None]) -> None:
    """Pictures that are each whole have the sensor's noise; what FFmpeg calls their time may be a count."""

    class Stream(Device):
        def grab(self) -> bool:
            self.values[cv2.CAP_PROP_POS_MSEC] = self.values.get(cv2.CAP_PROP_POS_MSEC, 0.0) + 40
            return super().grab()

    device = Stream(pictures(2))
    device.values[cv2.CAP_PROP_FOURCC] = cv2.VideoWriter.fourcc(*fourcc)
    camera = LiveCamera("rtsp://10.0.0.5", device)
    frames = [camera.read(), camera.read()]
    assert [frame and frame.stream_s for frame in frames] == times_s


def test_a_network_camera_before_which_nothing_moves_is_not_frozen(still_camera: str) -> None:
    """Each of its pictures is bit for bit the one before."""
    grabber = Grabber(lambda: open_stream(still_camera))
    grabber.start()
    try:
        frames = [grabber.latest.take(10.0) for _ in range(40)]
    finally:
        grabber.stop()
        assert grabber.wait(10.0)
    assert [frame and frame.fault for frame in frames] == [None] * len(frames)
    assert all(same_picture(frames[-1].image, frame.image) for frame in frames[-5:] if frames[-1] and frame)
    assert grabber.losses == 0


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://admin:p%40ss@10.0.0.5:554/stream?ch=1", "rtsp://10.0.0.5:554/stream?ch=1"),
        ("http://10.0.0.5/video", "http://10.0.0.5/video"),
        ("rtsp://u:p@[fe80::1]:8554/a", "rtsp://[fe80::1]:8554/a"),
        ("rtsp://a:b@c@host/x", "rtsp://host/x"),
        ("http://host/v.cgi?ch=2&user=ann&Password=s3cret", "http://host/v.cgi?ch=2&user=***&Password=***"),
        (
            "rtsp://host/user=ann_password=x9_channel=1_stream=0.sdp",
            "rtsp://host/user=***_password=***_channel=1_stream=0.sdp",
        ),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize("known", ["ann:wrong@", ""])
def test_a_wrong_password_is_told_and_not_shown(http_camera: Any, known: str) -> None:
    with pytest.raises(MachineError, match="does not answer: check its address, its network, user and password") as no:
        open_stream(http_camera.url.replace("ann:secret@", known))
    assert "wrong" not in str(no.value)


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        (open_usb, "97"),
        (open_stream, "http://ann:secret@127.0.0.1:9/x"),
        (open_stream, "rtsp://ann:secret@127.0.0.1:9/x"),
    ],
)
def test_a_camera_that_is_not_there_says_what_to_check(
    opening: Callable[[str], LiveCamera], text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MachineError, match="does not answer: check its") as failure:
        opening(text)
    assert "secret" not in str(failure.value)
    assert capfd.readouterr() == ("", "")
