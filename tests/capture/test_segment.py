from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from inspector.capture.segment import Segment
from inspector.capture.video import decode
from inspector.errors import InputError
from inspector.files import sha256
from inspector.frame import Image, freeze


def coloured(number: int) -> Image:
    """Red and blue stripes one pixel wide: what half chroma would turn into mud."""
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, ::2, 2] = 100 + 10 * number
    image[:, 1::2, 0] = 100 + 10 * number
    return freeze(image)


def test_pictures_come_back_with_their_times_and_colours(tmp_path: Path) -> None:
    path = tmp_path / "s.mkv"
    segment = Segment(path, (64, 48), 5.0)
    times = [5.0, 5.033, 5.9, 7.25]
    for number, time_s in enumerate(times):
        segment.write(coloured(number), time_s)
    media = segment.close()
    found = list(decode(path))
    assert (media.file, media.frames, media.sha256) == ("s.mkv", 4, sha256(path))
    assert [picture.time_s for picture in found] == pytest.approx(times, abs=0.0006)
    for number, picture in enumerate(found):
        difference = picture.image().astype(int) - coloured(number)
        assert np.abs(difference).mean() < 6


def test_times_that_stand_still_are_moved_on_by_a_millisecond(tmp_path: Path) -> None:
    segment = Segment(tmp_path / "s.mkv", (64, 48), 0.0)
    for time_s in (0.0, 0.0, 0.0004, 0.5):
        segment.write(coloured(0), time_s)
    segment.close()
    times = [picture.time_s for picture in decode(tmp_path / "s.mkv")]
    assert times == pytest.approx([0.0, 0.001, 0.002, 0.5])


@pytest.mark.parametrize("closed", [False, True])
def test_cut_at_any_byte_the_whole_pictures_before_it_are_read(
    tmp_path: Path, noisy: Callable[..., Image], closed: bool
) -> None:
    path, cut = tmp_path / "s.mkv", tmp_path / "cut.mkv"
    images = [noisy(number, (32, 24)) for number in range(5)]
    segment = Segment(path, (32, 24), 0.0)
    for number, image in enumerate(images):
        segment.write(image, number / 30)
    content = path.read_bytes()
    segment.close()
    content = path.read_bytes() if closed else content
    counts = []
    for length in (*range(0, len(content), 97), len(content)):
        cut.write_bytes(content[:length])
        found: list[Image] = []
        with suppress(InputError):
            found.extend(picture.image() for picture in decode(cut))
        for image, back in zip(images, found, strict=False):
            assert np.abs(image.astype(int) - back).mean() < 12
        counts.append(len(found))
    assert counts == sorted(counts)
    # The one in hand reaches the system when the next one comes.
    assert counts[-1] == (5 if closed else 4)


def test_each_picture_is_with_the_system_when_the_next_has_come(tmp_path: Path, noisy: Callable[..., Image]) -> None:
    path = tmp_path / "s.mkv"
    segment = Segment(path, (16, 16), 0.0)
    sizes = []
    for number in range(5):
        segment.write(noisy(number, (16, 16)), number / 30)
        sizes.append(path.stat().st_size)
    segment.close()
    assert (np.diff(sizes) > 500).all()
