"""One video file that survives the recorder's death: JPEG pictures in Matroska, with real timestamps."""

import os
from fractions import Fraction
from pathlib import Path

import av
import cv2
from av.video.stream import VideoStream

from inspector.capture.recording import Media
from inspector.files import sha256
from inspector.frame import Image

# Full chroma: a coloured ring of three pixels would else lose its colour.
JPEG = (cv2.IMWRITE_JPEG_QUALITY, 92, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
# A cluster of pictures is written when it is full; one picture fills it.
AT_ONCE = {"cluster_size_limit": "1", "flush_packets": "1"}
MILLISECONDS = Fraction(1, 1000)


class _Disk:
    """A file for FFmpeg, which gets lost where a write raises: the first error is kept for us, and nothing is written
    after it, so that what was whole stays whole.
    """

    def __init__(self, path: Path) -> None:
        self.error: OSError | None = None
        # Unbuffered: after kill -9 only what reached the system counts.
        self._file = path.open("xb", buffering=0)

    def write(self, content: bytes) -> int:
        left = memoryview(content)
        try:
            while left and self.error is None:
                left = left[self._file.write(left) :]
        except OSError as error:
            self.error = error
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def sync(self) -> None:
        """Make what is written survive a power cut too.

        Raises: OSError, the first there was.
        """
        if self.error is not None:
            raise self.error
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


class Segment:
    """One Matroska file of JPEG pictures of one size; each is with the system as soon as the next one comes.

    start_s: its first frame's time since the recording's first frame.
    """

    def __init__(self, path: Path, size: tuple[int, int], start_s: float) -> None:
        self.path = path
        self.size = size
        self.start_s = start_s
        self.frames = 0
        self._disk = _Disk(path)
        self._container = av.open(self._disk, "w", format="matroska", options=AT_ONCE)
        self._stream: VideoStream = self._container.add_stream("mjpeg", rate=30)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuvj444p"
        self._stream.codec_context.time_base = MILLISECONDS
        self._last_ms = -1

    def write(self, image: Image, time_s: float) -> None:
        """time_s: since the recording's first frame.

        Raises: OSError where the disk is full.
        """
        encoded = cv2.imencode(".jpg", image, JPEG)[1].tobytes()
        packet = av.Packet(encoded)
        self._last_ms = max(round(1000 * time_s), self._last_ms + 1)
        packet.stream, packet.time_base, packet.is_keyframe = self._stream, MILLISECONDS, True
        packet.pts = packet.dts = self._last_ms
        self._container.mux(packet)
        if self._disk.error is not None:
            raise self._disk.error
        self.frames += 1

    def sync(self) -> None:
        """Make what is written survive a power cut too.

        Raises: OSError where the disk fails.
        """
        self._disk.sync()

    def close(self) -> Media:
        """End the file. Raises: OSError where the disk is full; what was written before still opens."""
        try:
            self._container.close()
            self._disk.sync()
        finally:
            self._disk.close()
        return Media(file=self.path.name, sha256=sha256(self.path), frames=self.frames)
