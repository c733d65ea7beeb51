"""`inspector station`: what it starts, how it ends, and how little it loads."""

import configparser
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector.commands.station import Screen, _command
from inspector.files import write_document
from inspector.people.audit import audit_of
from inspector.settings import Workspace
from tests.test_bundle import LAMP

Inspector = Any
ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "installer" / "assembly-inspector-station.service"
HEAVY = {"PyQt5", "cv2", "numpy", "ai_edge_litert", "openvino", "sqlalchemy", "scipy", "keras", "tensorflow"}
PATIENCE_S = 30.0


def test_it_names_the_recipe_that_it_lacks(inspector: Inspector) -> None:
    said = inspector("station")
    assert said.code == 2
    assert said.err == "Name the recipe that the station runs, or write it into settings.yaml: recipe: NAME\n"


def test_a_recipe_that_is_not_there_starts_nothing(inspector: Inspector, workspace: Workspace) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    said = inspector("station", "lmap")
    assert (said.code, said.err) == (2, "There is no recipe 'lmap'. Did you mean 'lamp'?\n")


def test_a_screen_or_none(workspace: Workspace) -> None:
    place = ["--workspace", str(workspace.folder)]
    start = [sys.executable, "-m", "inspector"]
    assert _command(workspace, None, Screen.NONE, False)("box") == [*start, "run", "box", *place]
    seen = _command(workspace, "usb:0", Screen.NONE, True)("box")
    assert seen == [*start, "run", "box", *place, "--source", "usb:0", "--json"]
    seen = _command(workspace, "usb:0", Screen.KIOSK, False)("box")
    assert seen == [*start, "ui", "--kiosk", "--recipe", "box", *place, "--source", "usb:0"]


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """A service manager's ear."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(PATIENCE_S)
        yield line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_its_service_manager_why_nothing_runs_and_ends_when_asked(
    workspace: Workspace, tmp_path: Path, manager: socket.socket, number: int
) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    head = audit_of(workspace).add("label", "maria").head
    environment = {**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")}
    command = [sys.executable, "-m", "inspector", "station", "lamp"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as supervisor:
        assert manager.recv(1000) == b"READY=1"
        while b"inspector train lamp" not in (said := manager.recv(1000)):
            assert said.startswith(b"WATCHDOG=1\nSTATUS=")
        assert said.startswith(b"WATCHDOG=1\nSTATUS=fault: The recipe 'lamp' has no bundle yet.")
        supervisor.send_signal(number)
        while manager.recv(1000) != b"STOPPING=1":
            pass
        _, errors = supervisor.communicate(timeout=PATIENCE_S)
    assert supervisor.returncode == 0
    assert "The recipe 'lamp' has no bundle yet." in errors
    assert f"The audit log ends with {head}." in errors
    assert "Traceback" not in errors


def test_the_supervisor_loads_nothing_of_pictures_and_networks() -> None:
    program = (
        "import json, sys; from inspector.__main__ import answer_to; answer_to('station'); "
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    child = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(child.stdout))


def test_the_unit_starts_it_again_and_watches_it() -> None:
    unit = configparser.ConfigParser(strict=False, delimiters=("=",))
    unit.optionxform = str
    unit.read_string(UNIT.read_text())
    service = unit["Service"]
    assert service["ExecStart"].endswith("inspector station")
    assert (service["Type"], service["Restart"], service["KillMode"]) == ("notify", "always", "mixed")
    assert float(service["WatchdogSec"]) > 0
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
