"""Videos as phones, cameras and other programs make them, imported and extracted: nothing lost, times right."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from inspector.capture.importing import import_media
from inspector.capture.recording import frames_of, read_recording
from inspector.errors import InputError
from inspector.labeling.extraction import extract
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace

BOX = Recipe(name="box", components=(Component(name="tape"),))
VARYING = (0.0, 0.033, 0.066, 0.5, 0.533, 2.0, 7.0, 7.1)
STEADY = tuple(number / 10 for number in range(20))
TWO_HOURS_S = 2 * 3600
MOST_GROWTH_MB = 60.0
Import = Callable[[Path], Path]


@pytest.fixture
def take(workspace: Workspace) -> Import:
    return lambda path: import_media(path, workspace, BOX, ["tape"], True, None, "ann")


def picture(number: int, size: tuple[int, int]) -> np.ndarray:
    """Grey that tells its number, with a white corner at the top left."""
    image = np.full((size[1], size[0], 3), 20 + 5 * (number % 40), np.uint8)
    image[: size[1] // 3, : size[0] // 3] = 255
    return image


def film(
    path: Path,
    times_s: Sequence[float],
    codec: str = "mpeg4",
    pixels: str = "yuv420p",
    size: tuple[int, int] = (64, 48),
    rotation: int = 0,
    last_s: float | None = None,
    draw: Callable[[int, tuple[int, int]], np.ndarray] = picture,
) -> Path:
    """last_s: how long the last frame is shown."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=Fraction(30))
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        stream.codec_context.time_base = Fraction(1, 1000)
        if codec == "mpeg4":
            stream.codec_context.qmin = stream.codec_context.qmax = 1
        if rotation:
            stream.set_display_rotation(rotation)
        packets = []
        for number, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(draw(number, size), format="bgr24")
            frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
            packets += stream.encode(frame)
        packets += stream.encode()
        if last_s is not None:
            packets[-1].duration = round(last_s * 1000)
        container.mux(packets)
    return path


@pytest.mark.parametrize(
    ("name", "codec", "pixels", "size"),
    [
        ("phone.mp4", "libx264", "yuv420p", (64, 48)),
        ("phone.mkv", "mjpeg", "yuvj420p", (64, 48)),
        ("ten-bit.mp4", "libx264", "yuv420p10le", (64, 48)),
        ("ten-bit.mov", "prores_ks", "yuv422p10le", (64, 48)),
        ("odd.avi", "mpeg4", "yuv420p", (63, 47)),
        ("odd.webm", "libvpx-vp9", "yuv420p", (33, 101)),
        ("odd-ten-bit.mkv", "ffv1", "yuv422p10le", (63, 47)),
    ],
)
def test_each_kind_is_imported_and_extracted_whole(
    tmp_path: Path, take: Import, name: str, codec: str, pixels: str, size: tuple[int, int]
) -> None:
    """All at a rate that varies."""
    folder = take(film(tmp_path / name, VARYING, codec, pixels, size))
    recording = read_recording(folder)
    assert (recording.frames, recording.frame_size) == (len(VARYING), size)
    frames = list(frames_of(folder, recording))
    assert [frame.time_s for frame in frames] == pytest.approx(VARYING, abs=0.002)
    kept = extract(folder, recording).frames
    assert [(one.number, round(one.time_s, 3)) for one in kept] == [
        (frame.number, round(frame.time_s, 3)) for frame in frames
    ]
    for frame, one in zip(frames, kept, strict=True):
        seen = cv2.imread(str(one.path))
        assert seen.shape == (size[1], size[0], 3)
        assert np.array_equal(seen, frame.image)
        assert np.abs(seen.astype(int) - picture(frame.number, size)).mean() < 8


@pytest.mark.parametrize(
    ("turn", "upright", "lit"),
    [(-90, (47, 63), (0, -1)), (90, (47, 63), (-1, 0)), (180, (63, 47), (-1, -1)), (270, (47, 63), (0, -1))],
)
def test_a_video_turned_by_its_metadata_is_taught_upright(
    tmp_path: Path, take: Import, turn: int, upright: tuple[int, int], lit: tuple[int, int]
) -> None:
    """Of odd size, too, and at a rate that varies."""
    folder = take(film(tmp_path / "phone.mp4", VARYING, size=(63, 47), rotation=turn))
    recording = read_recording(folder)
    assert recording.frame_size == upright
    for one in extract(folder, recording).frames:
        seen = cv2.imread(str(one.path))
        assert (seen.shape[1], seen.shape[0]) == upright
        corners = {(y, x): int(seen[y, x].min()) > 240 for y in (0, -1) for x in (0, -1)}
        assert [corner for corner, white in corners.items() if white] == [lit]


def test_a_last_frame_that_stands_for_long_is_no_cut(tmp_path: Path, take: Import) -> None:
    path = film(tmp_path / "v.mp4", [0.0, 0.1, 0.2, 5.0], last_s=9.0)
    with av.open(str(path)) as container:
        assert container.duration is not None
        assert container.duration / av.time_base == pytest.approx(14, abs=0.1)
    assert read_recording(take(path)).frames == 4


def memory_mb() -> float:
    """What this process holds in memory now."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells it so")
@pytest.mark.slow
def test_two_hours_are_imported_and_extracted_in_the_memory_of_a_minute(tmp_path: Path, workspace: Workspace) -> None:
    """One frame every two seconds, as a time lapse has."""
    size = (320, 240)
    path = film(tmp_path / "shift.mp4", range(0, TWO_HOURS_S, 2), size=size)
    start_mb, held = memory_mb(), list[float]()

    def watch(done: int, *_: object) -> None:
        if done == 30 or done % 500 == 0:
            held.append(memory_mb())

    folder = import_media(path, workspace, BOX, ["tape"], True, None, "ann", progress=watch)
    recording = read_recording(folder)
    kept = extract(folder, recording, progress=watch).frames
    assert recording.frames == 3600
    assert len(held) >= 14
    assert max(held) - start_mb < MOST_GROWTH_MB
    assert kept[0].time_s < 90
    assert kept[-1].time_s > TWO_HOURS_S - 90
    assert all(one.time_s == 2 * one.number for one in kept)
    (last,) = frames_of(folder, recording, [3599])
    assert last.time_s == TWO_HOURS_S - 2


def noisy(number: int, size: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(number).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("v.mkv", "libx264", "yuv420p"),
        ("v.mp4", "mpeg4", "yuv420p"),
        ("v.avi", "mpeg4", "yuv420p"),
    ],
)
def test_damage_in_the_middle_is_told_and_nothing_is_left(
    tmp_path: Path, workspace: Workspace, take: Import, name: str, codec: str, pixels: str
) -> None:
    """A stretch of the disk reads as nothing. A decoder would paint over it, and what it paints would be taught."""
    path = film(tmp_path / name, STEADY, codec, pixels, (160, 120), draw=noisy)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = bytes(4000)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is (damaged after|cut short)") as refusal:
        take(path)
    assert "\n" not in str(refusal.value)
    assert not workspace.recordings.exists()


def test_zero_bytes_are_told(tmp_path: Path, workspace: Workspace, take: Import) -> None:
    (tmp_path / "v.mp4").touch()
    with pytest.raises(InputError, match=r"is empty \(0 bytes\); copy or record it again"):
        take(tmp_path / "v.mp4")
    assert not workspace.recordings.exists()


def test_the_real_videos_are_not_called_damaged(shared_data: Path, take: Import) -> None:
    folder = take(shared_data / "bottles" / "left_positive.mp4")
    assert read_recording(folder).frames == 101
