"""The supervisor of a tormented station, with the outputs of its settings and one that writes down all it is shown.

`python plant.py FOLDER SEED`. Each line of `plant.jsonl` is on its way to the disk before `show` returns: a kill loses
none.
"""

import json
import os
import queue
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from inspector.plant.opening import opened
from inspector.plant.signals import Prove, Request, Signals, Trigger
from inspector.settings import Workspace
from inspector.supervisor.notifier import Notifier
from inspector.supervisor.supervisor import Supervisor
from inspector.supervisor.unsent import unsent
from tests.faults.switch import Switch

CHILD = Path(__file__).with_name("child.py")
FLOOD = 500


class Journal:
    """An output that keeps all; on demand it floods the station with triggers, and asks for proofs."""

    def __init__(self, folder: Path, switch: Switch) -> None:
        self.requests: queue.Queue[Request] = queue.Queue()
        self.fault = ""
        self._switch = switch
        self._file = os.open(folder / "plant.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def show(self, signals: Signals) -> None:
        shown = {
            "phase": signals.phase,
            # Whether it takes a trigger, or answers one.
            "ready": not signals.fault and (signals.ready or signals.busy),
            "passed": signals.passed,
            "valid": signals.result_valid,
            "code": signals.code,
            "beat": signals.heartbeat,
            "id": signals.inspection,
            "message": signals.message,
        }
        self._write({"t": time.monotonic(), "pid": os.getpid(), **shown})
        if self._switch.get("prove"):
            self.requests.put(Prove())
        if self._switch.get("flood"):
            for number in range(FLOOD):
                self.requests.put(Trigger(id=f"flood {time.monotonic()} {number}"))

    def tell(self, inspection: Mapping[str, Any]) -> None:
        self._write(
            {
                "t": time.monotonic(),
                "told": inspection["id"],
                "verdict": inspection["verdict"],
                "serial": inspection["serial"],
                "trigger": inspection["trigger"],
            }
        )

    def close(self) -> None:
        """The file goes with the process."""

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, f"{json.dumps(line)}\n".encode())


def main() -> None:
    """Supervise until told to end."""
    place, seed = Workspace(Path(sys.argv[1])), sys.argv[2]
    journal = Journal(place.folder, Switch(place.folder / "switches"))
    with unsent(place.records) as source, opened(place.settings().outputs, place.folder, source) as outputs:
        supervisor = Supervisor(
            lambda recipe: [sys.executable, str(CHILD), str(place.folder), seed],
            "box",
            [journal, *outputs.values()],
            choose=lambda recipe: None,
            say=lambda text: None,
            notifier=Notifier(),
        )
        signal.signal(signal.SIGTERM, lambda number, frame: supervisor.stop())
        supervisor.run()


if __name__ == "__main__":
    main()
