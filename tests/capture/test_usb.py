"""How a USB camera is opened, on a bus and a system that a fake stands for."""

from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture import live, usb
from inspector.capture.live import LiveCamera
from inspector.capture.proof import what_to_know
from inspector.capture.usb import DEFAULTS, backends, open_best
from inspector.errors import InputError, MachineError

FULL_HD = {"width": 1920.0, "height": 1080.0, "fps": 30.0}
BOTH = [(cv2.CAP_ANY, "YUYV"), (cv2.CAP_ANY, "MJPG")]
WINDOWS = [(backend, form) for backend in (cv2.CAP_MSMF, cv2.CAP_DSHOW) for form in ("MJPG", "YUYV")]


class Clock:
    """Time that goes on only with the pictures."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


class Plugged:
    """Stands for `cv2.VideoCapture` on a bus of so many bytes a second, whatever rate the driver says."""

    def __init__(self, clock: Clock, carries: float = 24.6e6, most: tuple[int, int] = (1920, 1080)) -> None:
        self.clock, self.carries, self.most = clock, carries, most
        self.values: dict[int, float] = {}
        self.released = False

    def isOpened(self) -> bool:
        return True

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        limits = {cv2.CAP_PROP_FRAME_WIDTH: self.most[0], cv2.CAP_PROP_FRAME_HEIGHT: self.most[1]}
        self.values[propId] = min(value, limits.get(propId, value))
        return True

    def get(self, propId: int) -> float:  # noqa: N803
        return self.values.get(propId, 0.0)

    def grab(self) -> bool:
        of_pixel = 2.0 if self.values[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"YUYV") else 0.2
        width, height = self.get(cv2.CAP_PROP_FRAME_WIDTH), self.get(cv2.CAP_PROP_FRAME_HEIGHT)
        self.clock.now_s += 1 / min(self.get(cv2.CAP_PROP_FPS), self.carries / (width * height * of_pixel))
        return True

    def retrieve(self) -> tuple[bool, Any]:
        shape = int(self.get(cv2.CAP_PROP_FRAME_HEIGHT)), int(self.get(cv2.CAP_PROP_FRAME_WIDTH)), 3
        return True, np.full(shape, 90, np.uint8)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(live, "time", clock)
    return clock


class Bench:
    """Opens cameras, and remembers each. plugged: by backend; none where that does not open it."""

    def __init__(self, **plugged: Any) -> None:
        self.plugged = {getattr(cv2, f"CAP_{name}"): make for name, make in plugged.items()}
        self.opened: list[tuple[int, Any]] = []

    def __call__(self, index: int, backend: int) -> Any:
        if backend not in self.plugged:
            return None
        capture = self.plugged[backend]()
        self.opened.append((backend, capture))
        return capture

    @property
    def left_open(self) -> list[int]:
        return [backend for backend, capture in self.opened if not capture.released]


def test_full_hd_over_usb_2_comes_compressed_though_the_driver_promises_it_raw(clock: Clock) -> None:
    bench = Bench(ANY=lambda: Plugged(clock))
    camera = open_best("usb:0", 0, FULL_HD, BOTH, bench)
    assert (camera.settings["fourcc"], camera.settings["rate"]) == ("MJPG", 30)
    assert "refused" not in camera.settings
    assert len(bench.left_open) == 1


def test_over_usb_3_it_comes_raw_at_the_first_try(clock: Clock) -> None:
    bench = Bench(ANY=lambda: Plugged(clock, carries=393e6))
    camera = open_best("usb:0", 0, FULL_HD, BOTH, bench)
    assert (camera.settings["fourcc"], camera.settings["rate"], len(bench.opened)) == ("YUYV", 30, 1)


def test_whoever_gets_fewer_pictures_than_promised_is_told(clock: Clock) -> None:
    camera = open_best("usb:0", 0, FULL_HD, BOTH[:1], Bench(ANY=lambda: Plugged(clock)))
    assert camera.settings["rate"] == pytest.approx(5.9)
    told = "The camera sends 6 pictures a second, and says 30: shorten the exposure, or ask for smaller pictures."
    assert what_to_know(camera.settings) == [told]


def test_windows_has_two_back_ends_and_others_one() -> None:
    assert backends("win32") == (cv2.CAP_MSMF, cv2.CAP_DSHOW)
    assert backends("linux") == backends("darwin") == (cv2.CAP_ANY,)


def test_the_second_back_end_is_taken_where_the_first_gives_less(clock: Clock) -> None:
    bench = Bench(MSMF=lambda: Plugged(clock, most=(640, 480)), DSHOW=lambda: Plugged(clock))
    camera = open_best("usb:0", 0, FULL_HD, WINDOWS, bench)
    assert (camera.settings["width"], camera.settings["height"]) == (1920, 1080)
    assert bench.left_open == [cv2.CAP_DSHOW]


def test_the_first_back_end_is_taken_again_where_the_second_is_no_better(clock: Clock) -> None:
    bench = Bench(MSMF=lambda: Plugged(clock, most=(640, 480)), DSHOW=lambda: Plugged(clock, most=(640, 480)))
    open_best("usb:0", 0, FULL_HD, WINDOWS, bench)
    assert [backend for backend, _ in bench.opened] == [cv2.CAP_MSMF] * 2 + [cv2.CAP_DSHOW] * 2 + [cv2.CAP_MSMF]
    assert bench.left_open == [cv2.CAP_MSMF]


@pytest.mark.parametrize("silent", ["MSMF", "DSHOW"])
def test_a_back_end_that_gives_no_picture_is_passed_over(clock: Clock, silent: str) -> None:
    class Silent(Plugged):
        def grab(self) -> bool:
            return False

    makes = {"MSMF": lambda: Plugged(clock), "DSHOW": lambda: Plugged(clock), silent: lambda: Silent(clock)}
    bench = Bench(**makes)
    open_best("usb:0", 0, DEFAULTS, WINDOWS, bench)
    (left,) = bench.left_open
    assert left != getattr(cv2, f"CAP_{silent}")


def test_a_camera_that_no_back_end_opens_says_what_to_check() -> None:
    with pytest.raises(MachineError, match="usb:0 does not answer: check its cable"):
        open_best("usb:0", 0, DEFAULTS, WINDOWS, Bench())


def test_one_that_falls_silent_while_its_rate_is_measured_is_given_back(clock: Clock) -> None:
    class Tired(Plugged):
        left = 4

        def grab(self) -> bool:
            self.left -= 1
            return self.left > 0

    bench = Bench(ANY=lambda: Tired(clock))
    with pytest.raises(MachineError, match="gives no picture"):
        open_best("usb:0", 0, DEFAULTS, BOTH, bench)
    assert bench.left_open == []


def test_a_format_can_be_named(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.cv2, "VideoCapture", lambda index, backend: Plugged(clock, carries=393e6))
    camera: LiveCamera = usb.open_usb("0,format=MJPG")
    frame = camera.read()
    camera.close()
    assert camera.settings["fourcc"] == "MJPG"
    assert frame is not None
    assert frame.number == 0
    with pytest.raises(InputError, match=r"no format 'MPJG'.*Did you mean 'MJPG'"):
        usb.open_usb("0,format=MPJG")
