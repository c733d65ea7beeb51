"""The app as a process of its own, on a real X display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.app import NO_SCREEN, main

OPENS = """
import sys
import cv2  # sets QT_QPA_PLATFORM_PLUGIN_PATH to a Qt of its own, with which PyQt5 aborts
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication
from ui import app, window

def look(shown):
    picture = QApplication.primaryScreen().grabWindow(0).toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, 900, 9) for y in range(0, 560, 7)}
    heavy = [name for name in ("tensorflow", "keras", "inspector.inspection.station") if name in sys.modules]
    print("platform", QApplication.platformName(), "colours", len(colors), "heavy", heavy)
    shown.close()

class Seen(window.Window):
    def showEvent(self, event):
        QTimer.singleShot(700, lambda: look(self))

app.Window = Seen
sys.exit(app.main(["--workspace", sys.argv[1]]))
"""


def ran(program: str, x_display: dict[str, str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """A program that opens windows on a real display, once it has ended. folder: its workspace, and what it keeps."""
    folder.chmod(0o700)
    return subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        env={**x_display, "XDG_STATE_HOME": str(folder / "state"), "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_window_opens_beside_opencv_on_a_real_display(x_display: dict[str, str], tmp_path: Path) -> None:
    done = ran(OPENS, x_display, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "platform xcb" in done.stdout
    assert "heavy []" in done.stdout
    assert int(done.stdout.split("colours ")[1].split()[0]) > 4, "nothing was painted"
    assert done.stderr == ""


KIOSK = """
import os, signal, sys
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication
from ui import app, kiosk

def look(shown):
    screen = QApplication.primaryScreen().geometry()
    print("fills", shown.geometry() == screen, shown.isActiveWindow(), shown.band.look.word)
    print("stays", shown.close(), shown.isVisible())
    os.kill(os.getpid(), signal.SIGTERM)

class Seen(kiosk.Kiosk):
    def begin(self):
        super().begin()
        QTimer.singleShot(1500, lambda: look(self))

app.Kiosk = Seen
sys.exit(app.main(["--kiosk", "--workspace", sys.argv[1]]))
"""


def test_the_kiosk_fills_a_bare_screen_stays_and_ends_when_the_system_says_so(
    x_display: dict[str, str], tmp_path: Path
) -> None:
    done = ran(KIOSK, x_display, tmp_path)
    # There is no recipe: a fault that it tells, and tries again.
    assert done.stdout == "fills True True FAULT\nstays False True\n", done.stderr
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_screen_there_is_a_sentence_where_qt_would_abort(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":9999", "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "inspector", "ui", "--workspace", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (3, f"{NO_SCREEN}\n")


def test_settings_with_faults_are_told_and_the_exit_code_is_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.yaml").write_text("format: 1\nsorce: usb:0\n")
    assert main(["--workspace", str(tmp_path)]) == 2
    assert "Did you mean 'source'?" in capsys.readouterr().err


def test_help_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(option in shown for option in ("--workspace", "--recipe", "--source", "--bundle", "--start", "--kiosk"))
