"""The suite itself notices what a test leaves behind, shown on tests that leave it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

EXAMPLES = """
import threading
import warnings

import pytest
from PyQt5.QtCore import qWarning
from PyQt5.QtWidgets import QWidget

let_go = threading.Event()
kept = []


def test_clean(qtbot):
    thread = threading.Thread(target=let_go.wait, args=(0.3,))
    thread.start()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    QWidget().deleteLater()


@pytest.mark.parametrize("daemon", [True, False])
def test_thread(daemon):
    threading.Thread(target=let_go.wait, name="left", daemon=daemon).start()


def test_threads_end():
    let_go.set()


def test_widget(qapp):
    kept.append(QWidget())


def test_qt_message(qapp):
    qWarning("something is wrong")


def test_warning():
    warnings.warn("soon gone", DeprecationWarning)


def test_silent_death():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of the examples."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (folder / "test_examples.py").write_text(EXAMPLES)
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", str(folder)], cwd=folder, capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("ERROR test_examples.py::test_thread[True]", "threads left running: left"),
        ("ERROR test_examples.py::test_thread[False]", "threads left running: left"),
        ("ERROR test_examples.py::test_widget", "widgets left alive: QWidget"),
        ("FAILED test_examples.py::test_qt_message", "QtWarningMsg: something is wrong"),
        ("FAILED test_examples.py::test_warning", "soon gone"),
        ("FAILED test_examples.py::test_silent_death", "ZeroDivisionError"),
    ],
)
def test_what_is_left_behind_fails_the_test(told: str, test: str, reason: str) -> None:
    assert test in told
    assert reason in told


def test_what_is_cleaned_up_passes(told: str) -> None:
    assert "::test_clean" not in told
    assert "::test_threads_end" not in told
    assert "5 passed" in told


def test_a_window_opens_on_the_x_display(x_display: dict[str, str]) -> None:
    script = "from PyQt5.QtWidgets import QApplication, QWidget; app = QApplication([]); w = QWidget(); w.show(); "
    script += "app.processEvents(); print(app.platformName())"
    child = subprocess.run([sys.executable, "-c", script], env=x_display, capture_output=True, text=True, check=False)
    assert (child.stdout.strip(), child.returncode) == ("xcb", 0), child.stderr
