import os
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from inspector.capture.camera import open_camera
from inspector.capture.video import VideoFile, decode
from inspector.errors import InputError

Maker = Callable[..., Path]
TENTHS = [number / 10 for number in range(30)]


@pytest.mark.parametrize(("name", "codec"), [("v.mp4", "mpeg4"), ("v.mkv", "mjpeg"), ("v.avi", "mjpeg")])
def test_frames_come_in_order(tmp_path: Path, video: Maker, name: str, codec: str) -> None:
    camera = VideoFile(video(tmp_path / name, TENTHS, codec))
    frames = list(iter(camera.read, None))
    assert [frame.number for frame in frames] == list(range(30))
    # Each was written 5 brighter than the one before.
    assert np.diff([frame.image.mean() for frame in frames]) == pytest.approx([5] * 29, abs=2)
    assert camera.settings == {"width": 64, "height": 48}


def test_times_are_the_file_s_own_and_not_a_rate(tmp_path: Path, video: Maker) -> None:
    times = [0.0, 0.033, 0.5, 0.533, 2.0]
    frames = list(decode(video(tmp_path / "v.mkv", times, "mjpeg")))
    assert [frame.time_s for frame in frames] == pytest.approx(times, abs=0.001)


def test_a_raw_stream_without_times_is_counted_by_its_rate(tmp_path: Path) -> None:
    path = tmp_path / "v.mjpeg"
    path.write_bytes(b"".join(_jpeg(level) for level in range(40, 90, 10)))
    times = [frame.time_s for frame in decode(path)]
    assert len(times) == 5
    assert np.diff(times) == pytest.approx([1 / 25] * 4)


def _jpeg(level: int) -> bytes:
    return cv2.imencode(".jpg", np.full((48, 64, 3), level, np.uint8))[1].tobytes()


@pytest.mark.parametrize(("turn", "size", "lit"), [(0, (64, 48), (0, 0)), (-90, (48, 64), (0, -1))])
def test_a_phone_s_video_stands_upright(
    tmp_path: Path, video: Maker, turn: int, size: tuple[int, int], lit: tuple[int, int]
) -> None:
    path = tmp_path / "phone.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        if turn:
            stream.set_display_rotation(turn)
        image = np.zeros((48, 64, 3), np.uint8)
        image[:24, :32] = 255
        container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    frame = VideoFile(path).read()
    assert frame is not None
    assert frame.size == size
    corners = {(y, x): frame.image[y, x].mean() > 128 for y in (0, -1) for x in (0, -1)}
    assert [corner for corner, bright in corners.items() if bright] == [lit]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"hello, this is a text\n" * 200, "cannot be opened as a video"),
        (os.urandom(50_000), "cannot be opened as a video"),
        (_jpeg(100), "cannot be opened as a video"),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n", "cannot be opened as a video"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "cannot be opened as a video"),
    ],
    ids=["empty", "text", "noise", "picture", "playlist", "concat"],
)
def test_what_is_no_video_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as refusal:
        open_camera(str(path))
    assert "\n" not in str(refusal.value)


def test_a_plain_mp4_cut_short_cannot_be_opened(tmp_path: Path, video: Maker) -> None:
    path = video(tmp_path / "v.mp4", TENTHS)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match="cut short"):
        VideoFile(path)


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [("v.mp4", "mpeg4", {"movflags": "faststart"}), ("v.mkv", "mjpeg", {}), ("v.mkv", "mpeg4", {})],
)
def test_a_video_that_opens_but_ends_early_is_told(
    tmp_path: Path, video: Maker, name: str, codec: str, options: dict[str, str]
) -> None:
    path = video(tmp_path / name, TENTHS, codec, options=options)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    camera = VideoFile(path)
    assert camera.read() is not None
    with pytest.raises(InputError, match=r"cut short: it ends at [01]\.\d s of 2\.9 s"):
        list(iter(camera.read, None))


def test_damage_in_the_middle_is_told_with_its_place(tmp_path: Path, video: Maker) -> None:
    path = video(tmp_path / "v.mkv", TENTHS, "mjpeg", size=(320, 240))
    content = bytearray(path.read_bytes())
    middle = content.index(b"\xff\xd8", len(content) // 2)
    content[middle : middle + 600] = bytes(600)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is damaged after \d+ frames"):
        list(decode(path))


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        sound.rate = 44100
        container.mux(stream.encode(sound))
        container.mux(stream.encode(None))
    with pytest.raises(InputError, match="sound but no video"):
        VideoFile(path)


def test_a_file_name_that_looks_like_a_protocol_is_a_file(
    tmp_path: Path, video: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    video(tmp_path / "concat:v.mkv", [0.0, 0.1], "mjpeg")
    monkeypatch.chdir(tmp_path)
    assert len(list(decode(Path("concat:v.mkv")))) == 2


def test_a_short_video_that_lost_half_is_cut_short(tmp_path: Path, video: Maker) -> None:
    whole = video(tmp_path / "v.mkv", [number / 30 for number in range(30)], "mjpeg").read_bytes()
    path = tmp_path / "half.mkv"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"cut short: it ends at 0\.\d s of 1\.0 s"):
        list(decode(path))


def test_a_single_frame_of_a_second_is_whole(tmp_path: Path, video: Maker) -> None:
    assert len(list(decode(video(tmp_path / "v.mkv", [0.0, 1.0, 2.0], "mjpeg")))) == 3
