"""Which pictures a camera offers, as the Linux kernel tells of it while another program may read it.

Source: the kernel's documentation, Linux Media Infrastructure userspace API, Video for Linux: VIDIOC_ENUM_FMT,
VIDIOC_ENUM_FRAMESIZES and VIDIOC_ENUM_FRAMEINTERVALS, at https://docs.kernel.org/userspace-api/media/v4l/. Each is
asked with an index from 0 on until the driver says EINVAL. Numbers and layouts: include/uapi/linux/videodev2.h and
include/uapi/asm-generic/ioctl.h.
"""

import errno
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from inspector.capture.offer import Offer, Size
from inspector.errors import MachineError

CAPTURE = 1
"""V4L2_BUF_TYPE_VIDEO_CAPTURE."""
DISCRETE = 1
"""V4L2_FRMSIZE_TYPE_DISCRETE and V4L2_FRMIVAL_TYPE_DISCRETE; continuous is 2 and stepwise 3, both with ends."""
FORMAT = struct.Struct("=II I32s4s I3I")
"""struct v4l2_fmtdesc: index, type, flags, description, pixelformat, mbus_code, reserved."""
SIZE = struct.Struct("=I4sI 6I 2I")
"""struct v4l2_frmsizeenum: index, pixel_format, type, then width and height, or the least, the most and the step of
the width and then of the height; reserved."""
INTERVAL = struct.Struct("=I4sIII 6I 2I")
"""struct v4l2_frmivalenum: index, pixel_format, width, height, type, then seconds as a fraction, or the shortest, the
longest and the step; reserved."""
MOST = 4000
"""Questions of one camera, several times what any has: a driver that never ends must not hold who asks."""

Ask = Callable[[int, int, bytes], bytes]
"""`fcntl.ioctl`, with a struct that comes back filled in."""


def request(number: int, layout: struct.Struct) -> int:
    """_IOWR('V', number, struct)."""
    return 3 << 30 | layout.size << 16 | ord("V") << 8 | number


ENUM_FMT = request(2, FORMAT)
ENUM_FRAMESIZES = request(74, SIZE)
ENUM_FRAMEINTERVALS = request(75, INTERVAL)


def offers(device: Path) -> tuple[Offer, ...]:
    """What `/dev/video0` offers. Raises: MachineError where the node cannot be opened."""
    from fcntl import ioctl  # Windows has none

    try:
        handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        raise MachineError(f"Cannot ask {device} which formats it has: {error.strerror}.") from error
    with closing(os.fdopen(handle, "rb+", buffering=0)) as file:
        return told_by(file.fileno(), ioctl)


def told_by(handle: int, ask: Ask) -> tuple[Offer, ...]:
    """All formats, sizes and rates, those that a driver lists twice once. Args: ask: `fcntl.ioctl`."""
    left = iter(range(MOST))

    def ask_one(handle: int, what: int, given: bytes) -> bytes:
        if next(left, None) is None:
            raise OSError(errno.EINVAL, "it never ends")
        return ask(handle, what, given)

    return tuple(dict.fromkeys(offer for form in _formats(handle, ask_one) for offer in _sizes(handle, ask_one, form)))


def _formats(handle: int, ask: Ask) -> Iterator[bytes]:
    for index in count():
        told = _answer(handle, ask, ENUM_FMT, FORMAT.pack(index, CAPTURE, 0, b"", b"", 0, 0, 0, 0))
        if told is None:
            return
        yield FORMAT.unpack(told)[4]


def _sizes(handle: int, ask: Ask, form: bytes) -> Iterator[Offer]:
    """One offer of no size where the driver tells none."""
    name, index = form.decode("ascii", "replace").strip("\0 "), 0
    for index in count():
        told = _answer(handle, ask, ENUM_FRAMESIZES, SIZE.pack(index, form, *[0] * 9))
        if told is None:
            break
        _, _, kind, *ends = SIZE.unpack(told)
        if kind == DISCRETE:
            size, least = (ends[0], ends[1]), None
        else:
            size, least = (ends[1], ends[4]), (ends[0], ends[3])
        rates, is_range = _rates(handle, ask, form, size)
        yield Offer(name, size, least, rates, is_range)
        if kind != DISCRETE:
            return
    if not index:
        yield Offer(name)


def _rates(handle: int, ask: Ask, form: bytes, size: Size) -> tuple[tuple[float, ...], bool]:
    """Pictures a second, the fastest first, and whether they are the ends of a range."""
    found: list[float] = []
    for index in count():
        told = _answer(handle, ask, ENUM_FRAMEINTERVALS, INTERVAL.pack(index, form, *size, *[0] * 9))
        if told is None:
            break
        _, _, _, _, kind, *ends = INTERVAL.unpack(told)
        if kind != DISCRETE:
            return tuple(_rate(*pair) for pair in (ends[0:2], ends[2:4])), True
        found.append(_rate(ends[0], ends[1]))
    return tuple(sorted(found, reverse=True)), False


def _rate(numerator: int, denominator: int) -> float:
    """Of an interval in seconds, as a fraction."""
    return denominator / numerator if numerator else 0.0


def _answer(handle: int, ask: Ask, what: int, asked: bytes) -> bytes | None:
    """None after the last one, and where the driver knows no such question."""
    with suppress(OSError):
        return ask(handle, what, asked)
    return None
