import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.capture.pictures import Pictures, natural_key, pictures_in, read_picture
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.formats.raster import taken_in

FORMATS = ["png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp"]


def test_numbers_sort_as_numbers() -> None:
    names = ["10.png", "2.png", "1.png", "a10", "A2", "a1b3", "a1b20", "b", ""]
    assert sorted(names, key=natural_key) == ["", "1.png", "2.png", "10.png", "a1b3", "a1b20", "A2", "a10", "b"]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="aB0179.- é²", max_size=8)), st.randoms())
def test_any_names_sort_the_same_in_whatever_order_they_come(names: list[str], chance: Random) -> None:
    shuffled = chance.sample(names, len(names))
    assert sorted(shuffled, key=natural_key) == sorted(names, key=natural_key)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_in_names_keep_their_order(first: int, second: int) -> None:
    assert (natural_key(f"f{first}.png") < natural_key(f"f{second}.png")) == (first < second)


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_is_read(tmp_path: Path, suffix: str, noisy: Callable[..., Image]) -> None:
    path = tmp_path / f"Bild ü.{suffix}"
    path.write_bytes(cv2.imencode(f".{suffix}", noisy(1))[1].tobytes())
    image = read_picture(path)
    assert image.shape == (48, 64, 3)
    assert not image.flags.writeable


@pytest.mark.parametrize("share", [0.5, 0.99])
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_picture_cut_short_is_refused_by_name(
    tmp_path: Path, suffix: str, share: float, noisy: Callable[..., Image]
) -> None:
    content = cv2.imencode(f".{suffix}", noisy(1, (320, 240)))[1].tobytes()
    path = tmp_path / f"cut.{suffix}"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match=rf"cut\.{suffix} cannot be read: it is cut short"):
        read_picture(path)


def claiming(side: int) -> bytes:
    """A PNG that says it is so many pixels wide and high, and holds next to nothing."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(99))))
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_picture_that_says_it_is_huge_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(claiming(24_000))
    with pytest.raises(InputError, match=r"x\.png is too large: scale it to 100 megapixels or less"):
        read_picture(path)
    with pytest.raises(ValueError, match="is too large"):
        taken_in(path.read_bytes(), None)


@pytest.mark.parametrize("entry", ["inspector.__main__", "ui.app"])
def test_whatever_starts_decodes_no_picture_that_says_it_is_huge(entry: str) -> None:
    code = f"import sys, {entry}, cv2, numpy\ncontent = numpy.frombuffer(sys.stdin.buffer.read(), numpy.uint8)\n"
    code += "try: cv2.imdecode(content, cv2.IMREAD_COLOR)\nexcept cv2.error as error: print(error)"
    said = subprocess.run([sys.executable, "-c", code], input=claiming(24_000), capture_output=True, check=True)
    assert b"CV_IO_MAX_IMAGE_PIXELS" in said.stdout


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"not a picture", "of another kind")])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_picture(path)


def test_a_missing_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no picture .*x\.png\. .* inspector extract takes it out again"):
        read_picture(tmp_path / "x.png")


def test_a_phone_held_upright_gives_an_upright_picture(tmp_path: Path) -> None:
    image = np.full((48, 64, 3), 40, np.uint8)
    image[:24, :32] = 220  # top left, as stored
    jpeg = cv2.imencode(".jpg", image)[1].tobytes()
    turn_right = struct.pack("<2sHLHHHLHHL", b"II", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    exif = b"Exif\0\0" + turn_right
    path = tmp_path / "phone.jpg"
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    upright = read_picture(path)
    assert upright.shape == (64, 48, 3)
    assert upright[8, -8, 0] > 200  # top right, as seen
    assert upright[8, 8, 0] < 60


def test_sixteen_bits_and_transparency_become_plain_pictures(tmp_path: Path) -> None:
    for name, image in {
        "deep.png": np.full((8, 8), 0x8000, np.uint16),
        "clear.png": np.full((8, 8, 4), (10, 20, 30, 0), np.uint8),
    }.items():
        assert cv2.imwrite(str(tmp_path / name), image)
    assert read_picture(tmp_path / "deep.png")[0, 0].tolist() == [128, 128, 128]
    assert read_picture(tmp_path / "clear.png")[0, 0].tolist() == [10, 20, 30]


def test_a_folder_gives_its_pictures_in_natural_order(
    tmp_path: Path, noisy: Callable[..., Image], picture: Callable[..., Path]
) -> None:
    for name in ("10.png", "9.PNG", "1.jpg"):
        picture(tmp_path / name, noisy(1))
    for name in ("notes.txt", "9.xml", ".hidden.png"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.png").mkdir()
    camera = Pictures("set", pictures_in(tmp_path))
    frames = list(iter(camera.read, None))
    assert [frame.name for frame in frames] == ["1.jpg", "9.PNG", "10.png"]
    assert [frame.time_s for frame in frames] == [0.0, 1.0, 2.0]


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pictures"):
        pictures_in(tmp_path)


def test_a_bad_picture_among_good_ones_is_named(
    tmp_path: Path, noisy: Callable[..., Image], picture: Callable[..., Path]
) -> None:
    picture(tmp_path / "1.png", noisy(1))
    (tmp_path / "2.png").write_bytes(b"\x89PNG\r\n")
    camera = Pictures("set", pictures_in(tmp_path))
    assert camera.read() is not None
    with pytest.raises(InputError, match=r"2\.png"):
        camera.read()
    assert camera.read() is None
