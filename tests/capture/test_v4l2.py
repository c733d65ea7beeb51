"""What the kernel tells of a camera, in bytes written out by hand as videodev2.h has them, and by a hand-made ioctl."""

import errno
import sys
from pathlib import Path

import pytest

from inspector.capture import v4l2
from inspector.capture.offer import Offer
from inspector.capture.v4l2 import ENUM_FMT, ENUM_FRAMEINTERVALS, ENUM_FRAMESIZES, told_by
from inspector.errors import MachineError


def u32(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, sys.byteorder) for value in values)


def fmt(index: int, form: bytes, words: bytes) -> bytes:
    return u32(index, 1, 0) + words.ljust(32, b"\0") + form + u32(0, 0, 0, 0)


class Driver:
    """Answers what it has been given, by question, format, size and index; then EINVAL, or ENOTTY for what it has none
    of.
    """

    def __init__(self, formats: list[bytes], sizes: dict[bytes, list[bytes]], rates: dict[bytes, list[bytes]]) -> None:
        self.formats, self.sizes, self.rates = formats, sizes, rates
        self.asked: list[int] = []

    def __call__(self, handle: int, what: int, given: bytes) -> bytes:
        assert handle == 7
        self.asked.append(what)
        index, key = int.from_bytes(given[:4], sys.byteorder), given[4:8]
        known = {ENUM_FMT: self.formats, ENUM_FRAMESIZES: self.sizes.get(key)}
        answers = known[what] if what in known else self.rates.get(given[4:16])
        if answers is None:
            raise OSError(errno.ENOTTY, "Inappropriate ioctl for device")
        if index >= len(answers):
            raise OSError(errno.EINVAL, "Invalid argument")
        assert len(answers[index]) == len(given), "the kernel writes as many bytes as it was given"
        return answers[index]


def test_the_questions_are_the_kernel_s_own() -> None:
    assert [ENUM_FMT, ENUM_FRAMESIZES, ENUM_FRAMEINTERVALS] == [0xC0405602, 0xC02C564A, 0xC034564B]


def test_formats_sizes_and_rates_are_read() -> None:
    small, large = u32(640, 480), u32(1920, 1080)
    driver = Driver(
        [fmt(0, b"YUYV", b"YUYV 4:2:2"), fmt(1, b"MJPG", b"Motion-JPEG")],
        {
            b"YUYV": [u32(0) + b"YUYV" + u32(1) + small + bytes(16) + bytes(8)],
            b"MJPG": [
                u32(0) + b"MJPG" + u32(1) + large + bytes(16) + bytes(8),
                u32(1) + b"MJPG" + u32(1) + small + bytes(16) + bytes(8),
                u32(2) + b"MJPG" + u32(1) + small + bytes(16) + bytes(8),
            ],
        },
        {
            b"YUYV" + small: [u32(0) + b"YUYV" + small + u32(1) + u32(1, 15) + bytes(16) + bytes(8)],
            b"MJPG" + large: [
                u32(0) + b"MJPG" + large + u32(1) + u32(2, 15) + bytes(16) + bytes(8),
                u32(1) + b"MJPG" + large + u32(1) + u32(1, 30) + bytes(16) + bytes(8),
            ],
        },
    )
    told = told_by(7, driver)
    assert told == (
        Offer("YUYV", (640, 480), rates=(15.0,)),
        Offer("MJPG", (1920, 1080), rates=(30.0, 7.5)),
        Offer("MJPG", (640, 480)),
    ), "one that is listed twice is told once"
    assert [str(one) for one in told] == ["YUYV  640x480  15 fps", "MJPG  1920x1080  30, 7.5 fps", "MJPG  640x480"]


def test_a_range_of_sizes_and_of_rates_is_told_by_its_ends() -> None:
    size = u32(0) + b"GREY" + u32(3) + u32(64, 2592, 8, 48, 1944, 2) + bytes(8)
    rate = u32(0) + b"GREY" + u32(2592, 1944) + u32(2) + u32(1, 60, 1, 2, 1, 1000) + bytes(8)
    driver = Driver([fmt(0, b"GREY", b"8-bit grey")], {b"GREY": [size]}, {b"GREY" + u32(2592, 1944): [rate]})
    (told,) = told_by(7, driver)
    assert told == Offer("GREY", (2592, 1944), (64, 48), (60.0, 2.0), is_range=True)
    assert str(told) == "GREY  64x48 - 2592x1944  2 - 60 fps"
    assert told.as_json()["least"] == (64, 48)


def test_a_driver_that_tells_no_sizes_or_nothing_at_all_is_no_fault() -> None:
    assert told_by(7, Driver([fmt(0, b"Y8  ", b"")], {}, {})) == (Offer("Y8"),)
    assert told_by(7, Driver([], {}, {})) == ()


def test_a_driver_that_never_ends_is_left() -> None:
    """Neither of formats, nor of sizes, nor of rates: a few of each would be millions of questions."""
    asked: list[int] = []

    def endless(_: int, what: int, given: bytes) -> bytes:
        asked.append(what)
        kind = {ENUM_FRAMESIZES: 8, ENUM_FRAMEINTERVALS: 16}.get(what)
        return given if kind is None or len(asked) % 7 == 0 else given[:kind] + u32(1) + given[kind + 4 :]

    assert told_by(7, endless)
    assert len(asked) == v4l2.MOST


def test_what_is_no_camera_is_a_sentence(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux is asked")
    with pytest.raises(MachineError, match=r"Cannot ask .*video9 which formats it has: No such file"):
        v4l2.offers(tmp_path / "video9")
    (tmp_path / "file").write_bytes(b"")
    assert v4l2.offers(tmp_path / "file") == ()
