"""One video file that survives the recorder's death: JPEG pictures in Matroska, with real timestamps."""

import os
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import cv2
from av.video.stream import VideoStream

from inspector.capture.recording import Media
from inspector.files import sha256
from inspector.frame import Image

# Full chroma: a coloured ring of three pixels would else lose its colour.
JPEG = (cv2.IMWRITE_JPEG_QUALITY, 92, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
MILLISECONDS = Fraction(1, 1000)


class Segment:
    """One Matroska file of JPEG pictures of one size; each is with the system as soon as the next one comes.

    start_s: its first frame's time since the recording's first frame.
    """

    def __init__(self, path: Path, size: tuple[int, int], start_s: float) -> None:
        self.path = path
        self.size = size
        self.start_s = start_s
        self.frames = 0
        # Unbuffered: after kill -9 only what reached the system counts.
        self._file: BinaryIO = path.open("xb", buffering=0)
        self._container = av.open(self._file, "w", format="matroska", options={"flush_packets": "1"})
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
        self.frames += 1

    @property
    def closed(self) -> bool:
        return self._file.closed

    def sync(self) -> None:
        """Make what is written survive a power cut too."""
        os.fsync(self._file.fileno())

    def close(self) -> Media:
        """Raises: OSError where the disk is full; what was written before still opens."""
        with self._file:
            self._container.close()
            self.sync()
        return Media(file=self.path.name, sha256=sha256(self.path), frames=self.frames)
