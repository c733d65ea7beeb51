"""A station whose camera and detector are made up and fail on demand; the rest of it is real.

`python child.py FOLDER SEED`, started by a supervisor. FOLDER holds the workspace, the switches, and `decided.jsonl`:
what was decided, of which workpiece, before anything else is done with it.
"""

import errno
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import inspector.inspection.guard.clock
import inspector.inspection.run
from inspector.boxes import as_boxes
from inspector.bundle import Bundle
from inspector.detections import Detections
from inspector.errors import InspectorError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.delivery import Hear
from inspector.inspection.proving.proving import REMEDY
from inspector.inspection.records import Records
from inspector.inspection.records.carrier import Carrier
from inspector.inspection.records.tidier import Tidier
from inspector.inspection.records.upkeep import name_of_station
from inspector.inspection.station import Station
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import NO_ASPECTS
from inspector.keeping import Keeping
from inspector.recipe import Label
from inspector.settings import Workspace
from inspector.supervisor.manned import Manned, Supervised
from inspector.supervisor.reporting import reporting
from tests.faults.line import SIZE, Line, read
from tests.faults.switch import Switch
from tests.full_disk import no_file_larger_than

FRAME_S = 0.02
STALE_S = 3.0
SLOW_S = 1.5
HAND_S = 0.05
TIDY_S = 0.5


class FaultyCamera:
    """The line's camera, as long as nothing is wrong with it."""

    name, live, still = "line", True, False

    def __init__(self, line: Line, switch: Switch) -> None:
        self.settings: dict[str, Any] = {}
        self._line, self._switch = line, switch
        self._number = 0
        self._random = np.random.default_rng()
        self._last = line.picture(time.monotonic())
        if switch.get("camera") == "gone":
            raise MachineError("The camera does not answer.")

    def read(self) -> Frame | None:
        time.sleep(FRAME_S)
        fault = self._switch.get("camera")
        if fault == "gone":
            raise MachineError("The camera is gone.")
        if fault == "silent":
            time.sleep(3.0)
        time_s = time.monotonic()
        image = self._image(fault, time_s)
        taken_s = time_s - STALE_S if fault == "stale" else time_s
        self._number += 1
        return Frame(image, self._number - 1, taken_s, inspector.inspection.run.utc_now(), self.name)

    def _image(self, fault: str, time_s: float) -> Image:
        if fault == "garbage":
            return freeze(self._random.integers(0, 256, (SIZE[1], SIZE[0], 3), np.uint8))
        if fault == "black":
            return freeze(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))
        if fault != "frozen":
            self._last = self._line.picture(time_s)
        return self._last

    def close(self) -> None:
        """There is nothing to give back."""


class FaultyDetector:
    """Sees the part of a good workpiece."""

    def __init__(self, labels: tuple[Label, ...], switch: Switch) -> None:
        self.labels = labels
        self._switch = switch

    def detect(self, image: Image) -> Detections:
        if self._switch.get("detector") == "slow":
            time.sleep(SLOW_S)
        if self._switch.get("detector") == "raises":
            raise RuntimeError("bad tensor")
        seen = read(image)
        n = int(seen is not None and seen[1])
        boxes = as_boxes([(0, 0, 8, 8)] * n)
        return Detections(boxes, np.full(n, 0.9, np.float32), np.zeros(n, np.int32), self.labels)


class FaultyRecords(Records):
    """Records on a disk that fills, and that know which workpiece each inspection is of."""

    def __init__(self, folder: Path, journal: Path, switch: Switch) -> None:
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._switch = switch
        super().__init__(folder)

    def add(self, inspection: Inspection, frame: Frame, detections: Detections, others: Any = NO_ASPECTS) -> None:
        seen = read(frame.image)
        workpiece = None if seen is None else seen[0]
        said = {"id": inspection.id, "verdict": int(inspection.verdict), "serial": inspection.serial}
        known = {**said, "workpiece": workpiece, "pid": os.getpid()}
        os.write(self._journal, f"{json.dumps(known)}\n".encode())
        if self._switch.get("disk") == "full":
            with no_file_larger_than(1000):
                super().add(inspection, frame, detections, others)
        else:
            super().add(inspection, frame, detections, others)


class Hand:
    """Whoever stands at the station: puts the workpiece under the camera that is asked for, when one comes along, and
    has a station prove itself again that has not passed. Looks at nothing but what the station says.
    """

    def __init__(self, station: Station, line: Line) -> None:
        self._station, self._line = station, line
        threading.Thread(target=self._run, name="hand", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(HAND_S)
            view = self._station.view()
            if view.message.endswith(REMEDY):
                self._station.prove("hand")
            elif view.sample is not None and self._lies(view.sample.good):
                self._station.present()

    def _lies(self, good: bool) -> bool:
        """Whether such a one came to rest this moment, and will lie there for a while."""
        now_s = time.monotonic()
        number = self._line.number(now_s)
        return self._line.good(number) is good and 0 <= now_s - self._line.lies_from(number) < 2 * HAND_S


def _break_io(switch: Switch) -> None:
    """Each n-th time that a file is made sure to be on the disk, it is not."""
    calls = 0
    sync = os.fsync

    def fsync(handle: int) -> None:
        nonlocal calls
        calls += 1
        every = switch.get("io")
        if every and calls % int(every) == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    os.fsync = fsync


def _break_clock(switch: Switch) -> None:
    """The wall clock jumps, for all that the station asks it."""

    def jumping() -> datetime:
        return utc_now() + timedelta(seconds=float(switch.get("clock") or 0))

    inspector.inspection.run.utc_now = inspector.inspection.guard.clock.utc_now = jumping


@contextmanager
def _kept(folder: Path, switch: Switch, keeping: Keeping) -> Iterator[Records]:
    """The records, carried to the plant's database where there is one, and tidied all the time."""
    with ExitStack() as stack:
        records = FaultyRecords(folder / "records", folder / "decided.jsonl", switch)
        stack.enter_context(closing(records))
        if keeping.database is not None:
            stack.enter_context(closing(Carrier(records, keeping.database, name_of_station(keeping))))
        stack.enter_context(closing(Tidier(records, keeping, TIDY_S, lambda: inspector.inspection.run.utc_now())))
        yield records


def main() -> None:
    """Run until it is told to end, or fails."""
    folder, line = Path(sys.argv[1]), Line(int(sys.argv[2]))
    switch = Switch(folder / "switches")
    with reporting() as supervised:
        assert supervised is not None
        (folder / "child.pid").write_text(str(os.getpid()))
        _break_io(switch)
        _break_clock(switch)
        bundle = Bundle.open(folder / "bundle")
        recipe = bundle.manifest.recipe
        with _kept(folder, switch, Workspace(folder).settings().records) as records:

            def make(hear: Hear) -> Station:
                station = Station(
                    recipe,
                    bundle,
                    lambda: FaultyCamera(line, switch),
                    records=records,
                    detector=FaultyDetector(bundle.manifest.labels, switch),
                    on_inspection=hear,
                    wait_for_camera=True,
                )
                Hand(station, line)
                return station

            named = Supervised(supervised, recipe.name, bundle.manifest.id)
            _run(Manned(make, (), lambda inspection: None, sys.stderr.write, ExitStack(), named))


def _run(station: Manned) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    station.start()
    with suppress(KeyboardInterrupt):
        while not station.wait(0.2):
            pass
    station.stop()
    station.wait()


if __name__ == "__main__":
    try:
        main()
    except InspectorError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
