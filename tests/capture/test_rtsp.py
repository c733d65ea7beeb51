"""A camera on the network, played by GStreamer's RTSP server in a process of its own."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from inspector.capture.camera import open_camera
from inspector.capture.grabber import Grabber

SERVER = """
import sys
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
factory = GstRtspServer.RTSPMediaFactory()
picture = "video/x-raw,format=I420,width=320,height=240,framerate=25/1"
coded = {
    "jpeg": "jpegenc ! rtpjpegpay name=pay0 pt=26",
    "h264": "videoconvert ! openh264enc gop-size=10 ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1",
}[sys.argv[2]]
factory.set_launch(f"( videotestsrc is-live=true pattern=snow ! {picture} ! {coded} )")
factory.set_shared(True)
server.get_mount_points().add_factory("/stream", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
"""
PYTHON = "/usr/bin/python3"


class Server:
    """Started, killed and started again on the same port. coded: how it sends its pictures."""

    def __init__(self, coded: str) -> None:
        self._coded = coded
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> bool:
        command = [PYTHON, "-c", SERVER, str(self.port), self._coded]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._process.stdout is not None
        return self._process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/stream"


@pytest.fixture(params=["jpeg", "h264"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    server = Server(request.param)
    if shutil.which(PYTHON) is None or not server.start():
        server.kill()
        packages = "gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
        pytest.skip(f"GStreamer's RTSP server is not here: apt-get install {packages}")
    yield server
    server.kill()


def test_pictures_come_over_rtsp(server: Server) -> None:
    camera = open_camera(server.url)
    frames = [camera.read() for _ in range(10)]
    camera.close()
    assert [frame.number for frame in frames if frame] == list(range(10))
    assert (camera.settings["width"], camera.settings["height"]) == (320, 240)
    assert camera.name == server.url


def test_a_camera_whose_power_fails_is_told_and_found_again(server: Server) -> None:
    grabber = Grabber(lambda: open_camera(server.url))
    grabber.start()
    try:
        before = grabber.latest.take(30)
        assert before is not None
        server.kill()
        wait_until(lambda: grabber.fault)
        grabber.latest.take(0)
        assert server.start()
        after = grabber.latest.take(30)
        assert after is not None
        assert after.number > before.number
        assert grabber.fault is None
    finally:
        grabber.stop()
        assert grabber.wait(30)
    assert not [thread for thread in threading.enumerate() if thread.name == "grab"]


def wait_until(condition: object) -> None:
    deadline = time.monotonic() + 30
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)
