"""A network camera on loopback, which shows the same pictures again and again as motion JPEG."""

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2

from inspector.frame import Image


@contextmanager
def network_camera(pictures: Sequence[Image], frames_per_s: float) -> Iterator[str]:
    """Its address, while it runs: a station that looks at it pays for looking, and not for drawing what it sees."""
    coded = [cv2.imencode(".jpg", picture)[1].tobytes() for picture in pictures]
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            due_s = time.monotonic()
            with suppress(OSError):  # whoever looked may have gone
                for picture in itertools.cycle(coded):
                    due_s += 1 / frames_per_s
                    if closing.wait(max(0.0, due_s - time.monotonic())):
                        return
                    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                    self.wfile.write(head.encode() + picture + b"\r\n")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/video"
    finally:
        closing.set()
        server.shutdown()
        serving.join()
        server.server_close()
