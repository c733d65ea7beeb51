"""What every Camera keeps, whichever it is."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inspector.capture.camera import Camera, open_camera, settings_of
from inspector.capture.live import LiveCamera
from inspector.capture.options import write_options
from inspector.errors import InputError
from inspector.frame import Image

Opening = Callable[[], Camera]
COUNT = 5


class StubbornCapture:
    """Stands for `cv2.VideoCapture` on a USB camera."""

    def __init__(self, images: list[Image]) -> None:
        self.images = images
        self.values: dict[int, float] = {}
        self.released = 0

    def grab(self) -> bool:
        return bool(self.images)

    def retrieve(self) -> tuple[bool, Any]:
        return True, self.images.pop(0).copy()

    def get(self, propId: int) -> float:  # noqa: N803
        return self.values.get(propId, 0.0)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        self.values[propId] = value
        return True

    def release(self) -> None:
        self.released += 1


ENDING = ["fake", "video", "picture", "folder", "simulator", "simulator live"]
CLOCKED = ["usb", "http", "genicam", "gige", "simulator live"]


@pytest.fixture(params=[*ENDING, "usb", "http", "genicam", "gige"])
def opening(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    fake_camera: Callable[..., Camera],
    video: Callable[..., Path],
    picture: Callable[..., Path],
    noisy: Callable[..., Image],
) -> Iterator[tuple[Opening, int | None, str]]:
    """How to open a camera, how many frames it has (None is without end), and the name that its frames bear."""
    images = [noisy(number) for number in range(COUNT)]
    match request.param:
        case "fake":
            yield lambda: fake_camera(range(COUNT)), COUNT, "fake"
        case "usb":
            yield lambda: LiveCamera("usb:0", StubbornCapture(images + images)), None, "usb:0"
        case "http":
            url = request.getfixturevalue("http_camera").url
            yield lambda: open_camera(url), None, url.replace("ann:secret@", "")
        case "genicam":
            request.getfixturevalue("genicam_producer")
            yield lambda: open_camera("genicam:VikyTL_DEV_red"), None, "genicam:0"
        case "gige":
            source = request.getfixturevalue("gige_camera")().source
            yield lambda: open_camera(source), None, source
        case "video":
            path = video(tmp_path / "film.mkv", [number / 10 for number in range(COUNT)], "mjpeg")
            yield lambda: open_camera(str(path)), COUNT, "film.mkv"
        case "picture":
            path = picture(tmp_path / "one.png", noisy(1))
            yield lambda: open_camera(str(path)), 1, "one.png"
        case "folder":
            for number in range(COUNT):
                picture(tmp_path / f"{number}.png", noisy(number))
            yield lambda: open_camera(str(tmp_path)), COUNT, "0.png"
        case "simulator":
            source = f"simulator:frames={COUNT},pace=0"
            yield lambda: open_camera(source), COUNT, source
        case _:
            source = f"simulator:frames={COUNT},pace=240"
            yield lambda: open_camera(source), COUNT, source


Opened = tuple[Opening, int | None, str]


def test_frames_are_numbered_from_0_read_only_and_named(opening: Opened) -> None:
    opener, count, name = opening
    camera = opener()
    frames = [camera.read() for _ in range(count or COUNT)]
    camera.close()
    found = [frame for frame in frames if frame is not None]
    assert [frame.number for frame in found] == list(range(count or COUNT))
    assert found[0].name == name
    for frame in found:
        assert frame.image.dtype == np.uint8
        assert frame.image.shape[2] == 3
        assert not frame.image.flags.writeable
        assert frame.taken_at.tzinfo is not None
        assert frame.fault is None


def test_time_goes_on(opening: Opened) -> None:
    opener, count, _ = opening
    camera = opener()
    times = [frame.time_s for _ in range(count or COUNT) if (frame := camera.read()) is not None]
    camera.close()
    assert times == sorted(times)
    assert len(set(times)) == len(times)


@pytest.mark.parametrize("opening", CLOCKED, indirect=True)
def test_a_live_camera_tells_time_by_the_monotonic_clock(opening: Opened) -> None:
    camera = opening[0]()
    assert camera.live
    before = time.monotonic()
    camera.read()  # may have been taken when it was opened
    frame = camera.read()
    camera.close()
    assert frame is not None
    assert before <= frame.time_s <= time.monotonic()


@pytest.mark.parametrize("opening", ENDING, indirect=True)
def test_the_end_is_none_again_and_again(opening: Opened) -> None:
    opener, count, _ = opening
    camera = opener()
    assert len(list(iter(camera.read, None))) == count
    assert camera.read() is None
    camera.close()


def test_closing_twice_does_nothing_and_nothing_is_read_after_it(opening: Opened) -> None:
    camera = opening[0]()
    assert camera.read() is not None
    camera.close()
    assert camera.read() is None
    camera.close()
    assert camera.read() is None


def test_a_camera_may_be_closed_before_it_is_read(opening: Opened) -> None:
    camera = opening[0]()
    camera.close()
    assert camera.read() is None


def test_its_name_and_settings_are_plain_and_hold_no_password(opening: Opened) -> None:
    camera = opening[0]()
    camera.close()
    assert "secret" not in camera.name
    assert "secret" not in repr(camera.settings)
    for value in camera.settings.values():
        assert isinstance(value, int | float | str | list)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "There is no source ''"),
        ("nothing/here.mp4", "There is no source 'nothing/here.mp4'"),
        ("ftp://ann:secret@camera/x", "There is no source 'ftp://camera/x'"),
        ("RTSP:", "no camera's address"),
        ("usb:99999999999999999999", "The first one is usb:0"),
        ("usb:", "The first one is usb:0"),
        ("usb:one", "The first one is usb:0"),
        ("usb:0,widht=3", "Did you mean 'width'"),
        ("usb:0,width=large", "should be a number"),
        ("rtsp:", "no camera's address"),
        ("rtsp://", "no camera's address"),
        ("http://[::1", "no camera's address"),
        ("simulator:nonsense", "nonsense"),
    ],
)
def test_a_source_that_is_none_is_refused(source: str, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        open_camera(source)
    assert words in str(refusal.value)


def test_a_mistyped_file_is_guessed(tmp_path: Path, video: Callable[..., Path]) -> None:
    video(tmp_path / "left_positive.mp4", [0.0])
    with pytest.raises(InputError, match=r"Did you mean 'left_positive\.mp4'"):
        open_camera(str(tmp_path / "left_positiv.mp4"))


def test_the_settings_of_a_source_are_read_and_written_in_its_text() -> None:
    source = "usb:0,exposure=200,format=MJPG"
    known = settings_of(source)
    assert known["exposure"] == 200
    assert known["gain"] is None
    written = write_options(source, known | {"exposure": None, "gain": 1.5})
    assert written == "usb:0,format=MJPG,gain=1.5"
    assert settings_of(written)["gain"] == 1.5
    assert settings_of("simulator:tape=on,seed=3") == {}
    assert "red" in settings_of("genicam:22411932")
    with pytest.raises(InputError, match="should be a number"):
        settings_of("usb:0,gain=much")
