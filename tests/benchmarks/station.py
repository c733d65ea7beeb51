"""A station as it runs: from a picture to the verdict, from the start of its process to the first one, its memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from inspector.bundle import Bundle
from inspector.capture.simulator import open_simulator
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.records import Records
from inspector.inspection.station import Station
from inspector.inspection.verdict import Inspection
from tests.benchmarks.network_camera import network_camera
from tests.benchmarks.stages import Bench
from tests.benchmarks.table import Table

MINUTES = float(os.environ.get("STATION_MINUTES", "60"))
SIZES = ((640, 480), (1920, 1080))
FRAMES_PER_S = 30
RING = 30
WATCHED_S = 60.0
STARTS = 5
SAMPLE_S = 5.0
MEBI = 2**20
RECIPE, COMPONENT = "housing", "tape"
SCENE = "simulator:tape={},screw=on,seed=1,pace=0"
STEPS = "200"
"""Of the training: one that has learned nothing sees a little of everything, and most time goes into sorting that."""


class Ring:
    """Hands out the same pictures again and again at a camera's pace; one that comes too late is lost, as there."""

    live, still = True, False

    def __init__(self, pictures: list[Image]) -> None:
        self.name = "ring"
        self.settings: dict[str, object] = {}
        self._pictures = pictures
        self._number = 0
        self._closed = False
        self._began_s = time.monotonic()

    def read(self) -> Frame | None:
        """The picture that is due, and no older one."""
        now = (time.monotonic() - self._began_s) * FRAMES_PER_S
        self._number = max(self._number + 1, int(now))
        time.sleep(max(0.0, self._began_s + self._number / FRAMES_PER_S - time.monotonic()))
        if self._closed:
            return None
        image = self._pictures[self._number % RING].copy()
        # No two pictures of a sensor are the same.
        image[0, 0] = self._number % 251
        return Frame(freeze(image), self._number, time.monotonic(), utc_now(), self.name)

    def close(self) -> None:
        self._closed = True


@dataclass(frozen=True)
class Watched:
    """What a station did in WATCHED_S. grab_ms: each judged picture's way from the grab; detect_ms: the detector's
    part, by itself.
    """

    grab_ms: np.ndarray
    detect_ms: np.ndarray
    verdict_ms: np.ndarray
    skipped: int


def measure(_: Path, work: Path) -> list[Table]:
    """Each size of picture, and the start."""
    taught = {size: _teach(Bench(work / f"{size[0]}"), size) for size in SIZES}
    return [_pace(taught), _start(work / "640")]


def endure(_: Path, work: Path) -> list[Table]:
    """One station for a long time."""
    _teach(Bench(work), SIZES[0])
    return [_memory(work)]


def _teach(bench: Bench, size: tuple[int, int]) -> Bundle:
    """A bundle of the simulator's tape at that size of picture, promoted."""
    bench.run("recipe", "new", RECIPE, "--component", COMPONENT)
    for look, claim in (("on", "--positive"), ("off", "--negative")):
        bench.import_(_film(bench.folder / f"{look}.mkv", _pictures(look, size)), RECIPE, COMPONENT, claim)
    bench.run("extract", RECIPE)
    bench.run("suggest", RECIPE, "--accept", "0.5")
    bundle = bench.train(RECIPE, "--steps", STEPS, "--rounds", "0")
    bench.run("promote", bundle.name)
    return Bundle.open(bundle)


def _pictures(look: str, size: tuple[int, int], count: int = 4 * RING) -> list[Image]:
    with closing(open_simulator(SCENE.format(look))) as camera:
        frames = [camera.read() for _ in range(count)]
    return [np.asarray(cv2.resize(frame.image, size), np.uint8) for frame in frames if frame is not None]


def _film(path: Path, pictures: list[Image]) -> Path:
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), FRAMES_PER_S, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path


def _pace(taught: dict[tuple[int, int], Bundle]) -> Table:
    rows = []
    for size, bundle in taught.items():
        seen = _watch(bundle, _pictures("on", size, RING), bundle.folder.parents[1] / "records")
        judged = len(seen.grab_ms) / WATCHED_S
        rows.append(
            [f"{size[0]}x{size[1]}", f"{judged:.1f} of {FRAMES_PER_S}", str(seen.skipped)]
            + [_spread(each) for each in (seen.grab_ms, seen.detect_ms, seen.verdict_ms)]
        )
    return Table(
        f"A station on a camera of {FRAMES_PER_S} pictures a second, {WATCHED_S:.0f} s each, milliseconds",
        [
            "picture",
            "judged a second",
            "left out",
            "grab to judged: p50, p99, p99.9",
            "detector alone",
            "grab to verdict, recorded ones",
        ],
        rows,
        [f"{os.cpu_count()} cores, 2 threads for the network; votes of 5 pictures, and each inspection is recorded."],
    )


def _spread(taken: np.ndarray) -> str:
    return ", ".join(f"{np.percentile(taken, share):.1f}" for share in (50, 99, 99.9)) if len(taken) else "none"


def _watch(bundle: Bundle, pictures: list[Image], folder: Path) -> Watched:
    detector = bundle.detector(2)
    detect_ms = [_timed_ms(lambda picture=picture: detector.detect(picture)) for picture in pictures * 5]
    verdict_ms: list[float] = []

    def hear(inspection: Inspection) -> None:
        verdict_ms.append(inspection.latency_ms)

    with closing(Records(folder)) as records:
        station = Station(
            bundle.manifest.recipe, bundle, lambda: Ring(pictures), records=records, on_inspection=hear, threads=2
        )
        station.start()
        grab_ms = list(_grabbed(station))
        skipped = station.view().skipped
        station.stop()
        station.wait()
    return Watched(np.array(grab_ms), np.array(detect_ms), np.array(verdict_ms), skipped)


def _grabbed(station: Station) -> Iterator[float]:
    """Milliseconds from the grab to the judgement of each picture, from the first one on."""
    end_s, last = time.monotonic() + 60 + WATCHED_S, None
    while time.monotonic() < end_s:
        view = station.view()
        if view.frame is not None and view.frame is not last:
            if last is None:
                end_s = time.monotonic() + WATCHED_S
            last = view.frame
            yield view.latency_ms
        time.sleep(0.002)


def _timed_ms(action: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began_s)


def _run(folder: Path, source: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "inspector", "run", RECIPE, "--workspace", str(folder), "--source", source]
    return subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _start(folder: Path) -> Table:
    """From the start of the process to the first verdict on a film; the file is read as fast as it can be."""
    seconds, mebi = [], []
    for _ in range(STARTS):
        began_s = time.monotonic()
        with _run(folder, str(folder / "on.mkv")) as station:
            assert station.stdout is not None
            json.loads(station.stdout.readline())
            seconds.append(time.monotonic() - began_s)
            mebi.append(_status(station.pid, "VmHWM"))
            station.stdout.read()
    return Table(
        "From the start of the process to the first verdict",
        ["starts", "seconds: median, longest", "memory then, MiB: median, most"],
        [
            [
                str(STARTS),
                f"{np.median(seconds):.2f}, {max(seconds):.2f}",
                f"{np.median(mebi):.0f}, {max(mebi):.0f}",
            ]
        ],
        ["`inspector run` on a film, without TensorFlow; the bundle's files are checked and its golden frames proved."],
    )


def _memory(folder: Path) -> Table:
    """A station that judges as fast as its camera, and records each inspection."""
    with network_camera(_pictures("on", SIZES[0]), FRAMES_PER_S) as source, _run(folder, source) as station:
        samples = np.array(list(_watched(station)))
        station.terminate()
    seconds, mebi, told = samples.T
    late = seconds > seconds[-1] / 2
    slope = np.polyfit(seconds[late], mebi[late], 1)[0] * 3600
    return Table(
        f"Memory of a station, {MINUTES:g} minutes on a network camera",
        ["inspections", "MiB: after a minute, half way, most, at the end", "slope of the second half, MiB an hour"],
        [
            [
                f"{told[-1]:.0f}",
                ", ".join(f"{np.interp(at, seconds, mebi):.0f}" for at in (60, seconds[-1] / 2))
                + f", {mebi.max():.0f}, {mebi[-1]:.0f}",
                f"{slope:+.1f}",
            ]
        ],
        [
            f"Resident memory of the whole process, sampled every {SAMPLE_S:g} s. The camera sends 640x480 pixels as "
            f"motion JPEG, {FRAMES_PER_S} pictures a second."
        ],
    )


def _watched(station: "subprocess.Popen[str]") -> Iterator[tuple[float, float, float]]:
    """Seconds since it began, MiB, and how many inspections it has told."""
    assert station.stdout is not None
    os.set_blocking(station.stdout.fileno(), False)
    told, began_s = 0, time.monotonic()
    while (now_s := time.monotonic() - began_s) < 60 * MINUTES:
        time.sleep(SAMPLE_S)
        told += len(station.stdout.readlines())
        yield now_s, _status(station.pid, "VmRSS"), told


def _status(pid: int, name: str) -> float:
    """A value of /proc, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (value,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(value) * 1024 / MEBI
