"""What every test stands on: a silent Qt, no thread and no widget left behind, a workspace of its own.

Warnings and Qt messages are errors (see `[tool.pytest.ini_options]`); each exception is listed there with its reason.
"""

import gc
import json
import os
import pickle
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything imports Qt: the suite needs no display, and draws on none by accident.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from inspector.lock import alone
from inspector.settings import VARIABLE, Workspace
from tests.learning.untraced import steps_untraced

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
GRACE_S = 1.0

# A slow machine is no failure, and what fails for one fails for all; `--hypothesis-profile=explore` looks further.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("suite")


# What the imports leave is there until the end: nothing looks through it for garbage, while they are done or later.
# With TensorFlow in it that takes half a second each time.
gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A test that leaves a thread running fails: it would write into the next test's files."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        next(iter(left)).join(0.05)
    if left:
        pytest.fail(f"threads left running: {', '.join(sorted(thread.name for thread in left))}")


@pytest.fixture(autouse=True)
def _no_widget_left() -> Iterator[None]:
    """A test that leaves a window or a parentless widget alive fails: it would take events in the next test."""
    before = _top_level_widgets()
    yield
    # The garbage of a process with TensorFlow in it takes a second to collect, so that is the last resort.
    for let_go in (_delete_later_is_now, gc.collect, _delete_later_is_now):
        if not _top_level_widgets().keys() - before:
            return
        let_go()
    left = [name for address, name in _top_level_widgets().items() if address not in before]
    if left:
        pytest.fail(f"widgets left alive: {', '.join(sorted(left))}")


def _top_level_widgets() -> dict[int, str]:
    """Class and object name of each widget without a parent, by its address in C++: a reference would keep it alive."""
    if "PyQt5.QtWidgets" not in sys.modules:
        return {}
    from PyQt5 import sip
    from PyQt5.QtWidgets import QApplication

    if QApplication.instance() is None:
        return {}
    return {
        sip.unwrapinstance(w): f"{type(w).__name__} {w.objectName()}".strip() for w in QApplication.topLevelWidgets()
    }


def _delete_later_is_now() -> None:
    """Delete what `deleteLater` was called on: Qt does it in an event loop only, and there is none between tests."""
    from PyQt5.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.DeferredDelete)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace, which is also what commands find when they are not told another."""
    place = Workspace(tmp_path / "workspace")
    place.recipes.mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(place.folder))
    return place


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Inspector = Callable[..., Said]


@pytest.fixture
def inspector(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inspector:
    """Run `inspector ARGUMENTS` in the test's workspace."""
    from inspector.__main__ import main  # late, as a person's shell would load it

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["inspector", *arguments])
        with pytest.raises(SystemExit) as leave:
            main()
        captured = capsys.readouterr()
        return Said(int(leave.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def untraced() -> Iterator[None]:
    with steps_untraced():
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real pictures beside the checkout; read only."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real pictures are not here: {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture(scope="session")
def x_display() -> Iterator[dict[str, str]]:
    """The environment for a child process that shall draw on a real X display, through Qt's xcb platform."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no X display to test on: Xvfb is not installed (apt-get install xvfb)")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            number = server.stdout.readline().strip()
            assert number, "Xvfb ended before it opened a display"
            # OpenCV sets this for the process that imports it; a person's shell has none.
            inherited = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM_PLUGIN_PATH"}
            yield {**inherited, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


NETWORK_SCRIPT = '''
import sys
import tensorflow as tf


class SeesRed(tf.Module):
    """Two places, the halves of a 64x32 input; the score of each is how red it is, from 0 to 1."""

    @tf.function(input_signature=[tf.TensorSpec((1, 32, 64, 3), tf.uint8, "image")])
    def serve(self, image):
        red = tf.cast(image[..., 0], tf.float32) / 255.0
        scores = tf.stack([tf.reduce_mean(red[:, :, :32], (1, 2)), tf.reduce_mean(red[:, :, 32:], (1, 2))], 1)
        boxes = tf.constant([[[0, 0, 32, 32], [32, 0, 64, 32]]], tf.float32)
        return {"boxes": tf.identity(boxes), "scores": scores[..., None]}


module = SeesRed()
serving = module.serve.get_concrete_function()
converter = tf.lite.TFLiteConverter.from_concrete_functions([serving], module)
open(sys.argv[1], "wb").write(converter.convert())
'''


Once = Callable[[str, Callable[[], Any]], Any]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make what takes long in one of the processes that share the tests; the others wait for it, and get a copy."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # of this run alone, as `folder` is where one process runs all tests

    def made_once(name: str, make: Callable[[], Any]) -> Any:
        path = folder / f"{name}.pickle"
        with alone(folder / f"{name}.lock", f"nobody made {name} in time", wait_s=240):
            if not path.exists():
                made = pickle.dumps(make())
                path.write_bytes(made)
        return pickle.loads(path.read_bytes())

    return made_once


def _red_network(path: Path) -> bytes:
    made = subprocess.run([sys.executable, "-c", NETWORK_SCRIPT, path], capture_output=True, text=True, check=False)
    assert path.exists(), made.stderr
    return path.read_bytes()


@pytest.fixture(scope="session")
def red_network(tmp_path_factory: pytest.TempPathFactory, once: Once) -> Path:
    """A true `.tflite` of the bundle's contract, small enough to know its answer: see NETWORK_SCRIPT."""
    path = tmp_path_factory.mktemp("network") / "network.tflite"
    path.write_bytes(once("red", lambda: _red_network(path)))
    return path
