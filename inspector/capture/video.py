"""Video files, decoded with their real timestamps."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from inspector.errors import InputError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now

# Containers only: FFmpeg would also open playlists that name other files and hosts, text as a terminal, a picture.
CONTAINERS = "mov,mp4,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg,mjpeg,mpjpeg,h264,hevc,m4v,ivf,mxf"
OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}
CUT_SHORT_S, CUT_SHORT_SHARE = 1.0, 0.25
"""How far a video may end before the length that its header states; muxers round, and drop a frame or two."""


@dataclass(frozen=True)
class Picture:
    """One decoded frame, not yet converted. time_s: its presentation time in the file."""

    number: int
    time_s: float
    decoded: VideoFrame

    @property
    def _quarter_turns(self) -> int:
        """Counter-clockwise; phones lay their videos down and say so beside them."""
        return round(self.decoded.rotation / 90) % 4

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels, upright."""
        size = self.decoded.width, self.decoded.height
        return size[::-1] if self._quarter_turns % 2 else size

    def image(self) -> Image:
        """The picture upright, `(H, W, 3)` uint8 BGR."""
        # The default conversion is bit-identical to OpenCV's, which reads the live cameras; exacter ones are not.
        image = self.decoded.to_ndarray(format="bgr24")
        return freeze(np.ascontiguousarray(np.rot90(image, self._quarter_turns)))


@contextmanager
def open_video(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The container and its first video stream.

    Raises: InputError for a file that is no video; MachineError where the disk fails.
    """
    try:
        if path.stat().st_size == 0:
            raise InputError(f"The video {path} is empty (0 bytes); copy or record it again.")
        container = av.open(str(path.absolute()), options=OPTIONS)
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(f"There is no video {path}.") from None
    except PermissionError:
        raise InputError(f"You may not read {path}; ask its owner, or copy it to a place of your own.") from None
    except av.error.FFmpegError:
        raise InputError(f"{path} cannot be opened as a video: it is cut short or of another kind.") from None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error
    with container:
        if not container.streams.video:
            raise InputError(f"{path} holds sound but no video.")
        yield container, container.streams.video[0]


def decode(path: Path, strict: bool = False) -> Generator[Picture]:
    """The video's frames at the decoder's speed; converting one is up to whoever keeps it.

    Args: strict: also end at damage that the decoder would paint over with what was there before.
    Raises: InputError where it is no video, is damaged, or ends before the length that it states.
    """
    with open_video(path) as (container, stream):
        stream.thread_type = "AUTO"
        if strict:
            stream.codec_context.options = {"err_detect": "explode"}
        rate = float(stream.average_rate or 25)
        number, time_s, end_s = 0, 0.0, 0.0
        try:
            for decoded in container.decode(stream):
                # A raw stream has no timestamps.
                time_s = number / rate if decoded.time is None else decoded.time
                end_s = time_s + _shown_s(decoded)
                yield Picture(number, time_s, decoded)
                number += 1
        except av.error.FFmpegError as error:
            raise InputError(f"The video {path} is damaged after {number} frames ({error.strerror}).") from None
        _check_whole(path, stated_length_s(container, stream), number, end_s, 1 / rate)


def _shown_s(decoded: VideoFrame) -> float:
    """How long a frame is shown, where the file says so: with a rate that varies, the last one may stand for long."""
    return float(decoded.duration * decoded.time_base) if decoded.duration and decoded.time_base else 0.0


def stated_length_s(container: InputContainer, stream: VideoStream) -> float:
    """The moment at which the header says that the last frame ends; 0 where it says nothing about the video."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    # Of several streams another may be the longer one.
    return (container.duration or 0) / av.time_base if len(container.streams) == 1 else 0.0


def _check_whole(path: Path, stated_s: float, frames: int, end_s: float, frame_s: float) -> None:
    if not frames:
        raise InputError(f"The video {path} holds no frame that can be decoded.")
    if end_s + min(CUT_SHORT_S, max(CUT_SHORT_SHARE * stated_s, 3 * frame_s)) < stated_s:
        raise InputError(f"The video {path} is cut short: it ends at {end_s:.1f} s of {stated_s:.1f} s. Copy it again.")


class VideoFile:
    """A Camera over a video file; read at the consumer's pace."""

    live = False
    still = False

    def __init__(self, path: Path) -> None:
        """Raises: InputError where the first frame cannot be decoded."""
        self.name = path.name
        self._frames: Generator[Picture] = decode(path)
        self._first: Picture | None = next(self._frames)
        width, height = self._first.size
        self.settings: dict[str, Any] = {"width": width, "height": height}

    def read(self) -> Frame | None:
        """Raises: InputError where the video is damaged or cut short from here on."""
        picture, self._first = self._first or next(self._frames, None), None
        if picture is None:
            return None
        return Frame(picture.image(), picture.number, picture.time_s, utc_now(), self.name)

    def close(self) -> None:
        self._first = None
        self._frames.close()
