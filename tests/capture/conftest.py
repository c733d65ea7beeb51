"""Cameras that do what a test tells them, and videos made on the spot."""

import fcntl
import io
import os
import shutil
import subprocess
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from inspector.capture.genicam import aravis
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.recipe import Component, Mode, Pattern, Recipe

Step = int | Exception | threading.Event


class FakeCamera:
    """Plays a script: a number is a picture of that seed, an exception is raised, an event blocks until it is set.

    After the script it has ended. Ten pictures make a second, whatever the clock says.
    """

    still = False

    def __init__(
        self, steps: Iterable[Step], live: bool = True, size: tuple[int, int] = (64, 48), start_s: float = 100.0
    ) -> None:
        self.name = "fake"
        self.settings: dict[str, Any] = {"fps": 10}
        self.live = live
        self.closed = 0
        self.blocking = threading.Event()
        self._steps = iter(steps)
        self._size = size
        self._number = 0
        self._start_s = start_s

    def read(self) -> Frame | None:
        for step in self._steps:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, threading.Event):
                self.blocking.set()
                step.wait()
                continue
            number, self._number = self._number, self._number + 1
            time.sleep(0.001)
            return Frame(noise(step, self._size), number, self._start_s + number / 10, utc_now(), self.name)
        return None

    def close(self) -> None:
        self.closed += 1
        self._steps = iter(())


def noise(seed: int, size: tuple[int, int] = (64, 48)) -> Image:
    """A picture like no other of another seed."""
    width, height = size
    return freeze(np.random.default_rng(seed).integers(30, 220, (height, width, 3), dtype=np.uint8))


def smooth(number: int, size: tuple[int, int] = (64, 48)) -> Image:
    """A picture that survives compression, of one grey that tells its number."""
    return freeze(np.full((size[1], size[0], 3), 20 + 5 * (number % 40), np.uint8))


def write_video(
    path: Path,
    times_s: Iterable[float],
    codec: str = "mpeg4",
    size: tuple[int, int] = (64, 48),
    rotation: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    """A video of `smooth` pictures that are shown at those times."""
    with av.open(str(path), "w", options=options or {}) as container:
        stream: Any = container.add_stream(codec, rate=Fraction(30))
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.codec_context.qmin = stream.codec_context.qmax = 1
        stream.codec_context.time_base = Fraction(1, 1000)
        if rotation:
            stream.set_display_rotation(rotation)
        for number, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(smooth(number, size), format="bgr24")
            frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_picture(path: Path, image: Image) -> Path:
    assert cv2.imwrite(str(path), image)
    return path


@pytest.fixture
def fake_camera() -> type[FakeCamera]:
    return FakeCamera


@pytest.fixture
def video() -> Callable[..., Path]:
    return write_video


@pytest.fixture
def picture() -> Callable[[Path, Image], Path]:
    return write_picture


@pytest.fixture
def noisy() -> Callable[..., Image]:
    return noise


@pytest.fixture
def recipe() -> Recipe:
    patterns = (Pattern(name="on", passes=True), Pattern(name="off", passes=False))
    screw = Component(name="screw", mode=Mode.CLASSIFICATION, patterns=patterns, count=4)
    return Recipe(name="box", components=(screw, Component(name="tape")))


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """An event that blocks a fake camera; set at the end, so that no thread outlives its test."""
    event = threading.Event()
    yield event
    event.set()


class HttpCamera:
    """A network camera that sends noise as motion JPEG to whoever knows its password. It falls silent while `silent` is
    set, and can lose its power: stopped, and started again at the same address.
    """

    def __init__(self) -> None:
        self.silent = threading.Event()
        self.closing = threading.Event()
        self.seed = 0
        self.port = 0
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.headers["Authorization"] != f"Basic {b64encode(b'ann:secret').decode()}":
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                while not camera.closing.wait(0.005):
                    if not camera.silent.is_set():
                        self.send_picture()

            def send_picture(self) -> None:
                camera.seed += 1
                picture = cv2.imencode(".jpg", noise(camera.seed))[1].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                # Whoever looked may have gone.
                with suppress(OSError):
                    self.wfile.write(head.encode() + picture + b"\r\n")

            def log_message(self, *_: object) -> None:
                return

        self._handler = Handler

    def start(self) -> None:
        self.closing.clear()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler)
        self.port = self._server.server_address[1]
        self._serving = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._serving.start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://ann:secret@127.0.0.1:{self.port}/video"


def _at_rest(count: int) -> bytes:
    """An H.264 stream of one picture, 25 times a second: all but the first say that nothing has changed."""
    whole = io.BytesIO()
    with av.open(whole, "w", format="mpegts") as container:
        stream: Any = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.options = {"tune": "zerolatency", "g": str(count)}
        for _ in range(count):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(smooth(20), format="bgr24")))
        container.mux(stream.encode())
    return whole.getvalue()


@pytest.fixture
def still_camera() -> Iterator[str]:
    """The address of a network camera before which nothing moves."""
    closing, sent = threading.Event(), _at_rest(100)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp2t")
            self.end_headers()
            part = len(sent) // 100
            # Whoever looked may have gone.
            with suppress(OSError):
                for at in range(0, len(sent), part):
                    self.wfile.write(sent[at : at + part])
                    closing.wait(0.04)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,))
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/video"
    closing.set()
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def genicam_producer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The producer that comes with the standard's own bindings: three cameras that show a game."""
    genicam = pytest.importorskip("genicam")
    monkeypatch.setenv("GENICAM_GENTL64_PATH", str(Path(genicam.__file__).parent))


class GigeCamera:
    """The fake camera that Aravis ships: started, killed, started again. It answers on the loopback interface only."""

    PROGRAM = "arv-fake-gv-camera-0.8"
    PORT = 3956

    def __init__(self, serial: str, lost_per_thousand: int) -> None:
        self.serial = serial
        # It ends with the tests, however they end: one that lived on would hold the port against the next run.
        ends_with_us = ["setpriv", "--pdeathsig", "KILL"]
        self._command = [*ends_with_us, self.PROGRAM, "-i", "127.0.0.1", "-s", serial, "-r", str(lost_per_thousand)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def source(self) -> str:
        return f"genicam:{self.serial}"

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while f":{self.PORT:04X} " not in Path("/proc/net/udp").read_text():
            assert self._process.poll() is None, "the fake camera ended"
            assert time.monotonic() < deadline, "the fake camera does not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def gige_camera(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., GigeCamera]]:
    """Starts a fake camera, of which there can be one at a time on a machine: all would have the same port."""
    if shutil.which(GigeCamera.PROGRAM) is None or aravis.library() is None:
        pytest.skip(f"Aravis and its fake camera are not here: {aravis.INSTALL} aravis-tools")
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)
    started: list[GigeCamera] = []
    alone = (Path(tempfile.gettempdir()) / "fake-gige-camera.lock").open("wb")
    fcntl.flock(alone, fcntl.LOCK_EX)

    def start(lost_per_thousand: int = 0) -> GigeCamera:
        camera = GigeCamera(f"AI{os.getpid()}", lost_per_thousand)
        started.append(camera)
        camera.start()
        return camera

    yield start
    for camera in started:
        camera.kill()
    alone.close()


@pytest.fixture
def http_camera() -> Iterator[HttpCamera]:
    camera = HttpCamera()
    camera.start()
    yield camera
    camera.stop()
