"""Recording at 1080p and 30 frames a second, with the record page open and its picture live."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from inspector.capture.recording import read_recording
from inspector.capture.simulator import open_simulator
from inspector.capture.video import open_video
from inspector.files import write_document
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.benchmarks.table import Table

if TYPE_CHECKING:
    from PyQt5.QtWidgets import QApplication, QWidget

    from ui.pages.record import RecordPage

MINUTES = float(os.environ.get("RECORDING_MINUTES", "10"))
SIZE = 1920, 1080
FRAMES_PER_S = 30
RING = 30
"""Pictures that are drawn before: the simulator's own are smaller, and drawing costs more than a camera does."""
BUFFERS = 4
"""Pictures that a camera's driver keeps for whoever comes late."""
SAMPLE_S = 5.0
MEBI = 2**20
WINDOWS = ((1280, 800), (1920, 1080))


class RingCamera:
    """Hands out the same pictures again and again, at a camera's pace; each in memory of its own, as a camera's is."""

    live, still = True, False

    def __init__(self, pictures: list[Image]) -> None:
        self.name = "ring"
        self.settings: dict[str, Any] = {"width": SIZE[0], "height": SIZE[1], "fps": FRAMES_PER_S}
        self._pictures = pictures
        self._number = 0
        self._closed = False
        self._began_s = time.monotonic()
        self.late = 0

    def read(self) -> Frame | None:
        """The next picture when it is due. What comes too late to be grabbed is lost, as in a camera."""
        due_s = self._began_s + self._number / FRAMES_PER_S
        wait_s = due_s - time.monotonic()
        if wait_s > 0:
            time.sleep(wait_s)
        elif wait_s < -BUFFERS / FRAMES_PER_S:
            skipped = int(-wait_s * FRAMES_PER_S)
            self.late, self._number = self.late + skipped, self._number + skipped
        if self._closed:
            return None
        image = self._pictures[self._number % RING].copy()
        # No two pictures of a sensor are the same.
        image[0, 0] = self._number % 251
        number, self._number = self._number, self._number + 1
        return Frame(freeze(image), number, time.monotonic(), utc_now(), self.name)

    def close(self) -> None:
        self._closed = True


@dataclass(frozen=True)
class Recorded:
    """What came of one recording. mebi: resident memory at each sample; cores: processor seconds a second."""

    frames: int
    dropped: int
    late: int
    seconds: float
    painted: int
    mebi: tuple[float, ...]
    cores: float
    longest_ms: float


def measure(data: Path, work: Path) -> list[Table]:
    """Each window's size in a process of its own, on an X display."""
    context = multiprocessing.get_context("spawn")
    with _display() as display, context.Pool(1, maxtasksperchild=1) as pool:
        tried = [(window, pool.apply(_record, (work, window, display, 60 * MINUTES))) for window in WINDOWS]
    return [
        Table(
            f"Recording {SIZE[0]}x{SIZE[1]} at {FRAMES_PER_S} frames a second, {MINUTES:g} minutes each, page open",
            [
                "window",
                "frames recorded",
                "dropped by the disk",
                "not grabbed in time",
                "longest between two frames, ms",
                "pictures painted a second",
                "memory, MiB: after 10 s, highest, at the end",
                "cores used",
            ],
            [_row(*one) for one in tried],
            [
                f"A ring of {RING} pictures of the simulator's, enlarged, handed out at a camera's pace.",
                f"{os.cpu_count()} cores; JPEG at full chroma is written by one thread.",
            ],
        )
    ]


def _row(window: tuple[int, int], seen: Recorded) -> list[str]:
    steady = seen.mebi[min(2, len(seen.mebi) - 1)]
    return [
        f"{window[0]}x{window[1]}",
        str(seen.frames),
        str(seen.dropped),
        str(seen.late),
        f"{seen.longest_ms:.0f}",
        f"{seen.painted / seen.seconds:.1f}",
        f"{steady:.0f}, {max(seen.mebi):.0f}, {seen.mebi[-1]:.0f}",
        f"{seen.cores:.2f}",
    ]


@contextmanager
def _display() -> Iterator[str]:
    if shutil.which("Xvfb") is None:
        raise SystemExit("Recording is measured with a window: install Xvfb.")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def _ring() -> list[Image]:
    camera = open_simulator("simulator:tape=on,screw=mixed,seed=5,pace=0")
    frames = (camera.read() for _ in range(RING))
    return [np.asarray(cv2.resize(frame.image, SIZE, interpolation=cv2.INTER_CUBIC)) for frame in frames if frame]


def _record(work: Path, window: tuple[int, int], display: str, seconds: float) -> Recorded:
    """In a fresh process: the page, a recording of so many seconds, and what it cost."""
    os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_XCB_GL_INTEGRATION": "none"}
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    from PyQt5.QtWidgets import QApplication

    from ui import theme
    from ui.desk import Desk
    from ui.pages.record import RecordPage

    app, camera = QApplication(sys.argv[:1]), RingCamera(_ring())
    em = theme.em_for(*window)
    page = RecordPage(Desk(_workspace(work / "x".join(map(str, window)))), "ring", lambda source: camera, lambda: ())
    page.setStyleSheet(theme.style_sheet(em))
    page.resize(*window)
    page.show()
    page.scale(em)
    page.enter()
    try:
        return _watched(app, page, camera, seconds)
    finally:
        page.close_down()
        _until(app, lambda: page.filming.closed)


def _watched(app: "QApplication", page: "RecordPage", camera: RingCamera, seconds: float) -> Recorded:
    from ui.filming import Stage

    outcomes = list[Any]()
    page.filming.delivered.connect(outcomes.append)
    _until(app, lambda: page.can_record)
    paints, mebi, late = _paints_of(page.picture), list[float](), camera.late
    began_s, began_cpu = time.monotonic(), time.process_time()
    page.begin()
    while time.monotonic() - began_s < seconds:
        mebi.append(_resident_mebi())
        _turn(app, SAMPLE_S)
        page.panel.refresh()
    took_s, cores = time.monotonic() - began_s, time.process_time() - began_cpu
    late = camera.late - late
    page.filming.end()
    _until(app, lambda: page.filming.stage is Stage.READY and bool(outcomes))
    page.intake.cancel()
    recording = read_recording(outcomes[0].folder)
    times_s = [time_s for media in recording.media for time_s in _times_s(outcomes[0].folder / media.file)]
    longest_ms = 1000 * max(after - before for before, after in pairwise(times_s))
    return Recorded(
        recording.frames, recording.dropped, late, took_s, paints.count, tuple(mebi), cores / took_s, longest_ms
    )


def _turn(app: "QApplication", seconds: float) -> None:
    """Let the app run as it does, for so long."""
    from PyQt5.QtCore import QTimer

    QTimer.singleShot(round(1000 * seconds), app.quit)
    app.exec()


def _until(app: "QApplication", there: Callable[[], bool]) -> None:
    while not there():
        _turn(app, 0.05)


def _paints_of(widget: "QWidget") -> Any:
    from PyQt5.QtCore import QEvent, QObject

    class Paints(QObject):
        """Counts how often the picture is drawn."""

        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Paint
            return False

    paints = Paints(widget)
    widget.installEventFilter(paints)
    return paints


def _resident_mebi() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBI


def _times_s(path: Path) -> list[float]:
    with open_video(path) as (container, stream):
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        return [float(packet.pts * packet.time_base) for packet in packets]


def _workspace(folder: Path) -> Workspace:
    shutil.rmtree(folder, ignore_errors=True)
    place = Workspace(folder)
    write_document(place.recipes / "box.yaml", Recipe(name="box", components=(Component(name="tape"),)))
    return place
