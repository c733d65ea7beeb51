"""A station under its supervisor, with real processes: it runs, is killed, comes back, and ends in order."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inspector.bundle import Bundle, promote
from inspector.files import write_document
from inspector.inspection.records import Records
from inspector.settings import Workspace
from tests.test_bundle import LAMP, make

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
NEEDS_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux who is whose child")


class Init:
    """A service manager: starts the station, and hears how it is."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(folder / "notify"))
        self._line.settimeout(PATIENCE_S)
        command = [sys.executable, "-m", "inspector", "station", "lamp", "--source", "simulator:seed=1", "--json"]
        environment = {**os.environ, "NOTIFY_SOCKET": str(folder / "notify")}
        self.station = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def until(self, status: str) -> None:
        """Hear it say so."""
        while f"STATUS={status}" not in self._line.recv(1000).decode():
            assert self.station.poll() is None

    def kill_child(self) -> None:
        """As the system does that has no memory left."""
        children = Path(f"/proc/{self.station.pid}/task/{self.station.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    def close(self) -> None:
        """Whatever happened."""
        self.station.kill()
        self.station.wait()
        self._line.close()
        if self.station.stdout is not None:
            self.station.stdout.close()


@pytest.fixture
def manager(workspace: Workspace, red_network: Path, tmp_path: Path) -> Iterator[Init]:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    promote(workspace.bundles, Bundle.open(make(workspace.bundles / "lamp-a", red_network)))
    with closing(Init(workspace, tmp_path)) as begun:
        yield begun


@NEEDS_LINUX
def test_a_station_runs_is_killed_comes_back_and_ends_in_order(manager: Init, workspace: Workspace) -> None:
    lines = manager.station.stdout
    assert lines is not None
    said = [lines.readline()]
    manager.kill_child()
    manager.until("fault")
    manager.until("running")
    said.append(lines.readline())
    manager.station.send_signal(signal.SIGTERM)
    said += lines
    assert manager.station.wait(PATIENCE_S) == 0
    ids = [json.loads(line)["id"] for line in said]
    with closing(Records(workspace.records)) as kept:
        recorded = [inspection.id for inspection in kept.list()]
    # Whoever is killed may have recorded one that he did not come to print.
    assert set(ids) <= set(recorded)
    assert len(set(ids)) == len(ids) >= len(recorded) - 1
