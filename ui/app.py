"""The app: how it starts and how it ends.

`main` reads the options and finds the workspace. `run` sets what must be set before the first widget: the hook for
exceptions, without which PyQt aborts the process on the first one in a slot, and the platform plugins of our own Qt.
Then the window opens, and only then, on a thread, are the recipes read; what a station needs is imported when one is
started. TensorFlow is never imported.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import platformdirs
from PyQt5.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtFatalMsg,
    QTimer,
    QtMsgType,
    pyqtSignal,
    qInstallMessageHandler,
)
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QApplication

from inspector.errors import InspectorError, MachineError
from inspector.settings import Workspace
from ui import preferences, theme, translation
from ui.beside import Beside
from ui.kiosk import Kiosk
from ui.pages.station import StationPage
from ui.stations import Stations, WorkspaceStations
from ui.technician import bench, office
from ui.window import Content, Window

log = logging.getLogger(__name__)
C = TypeVar("C", bound=Content)

NO_SCREEN = "The window cannot open: there is no screen here that it may draw on. Every command works without one."


class Complaints(QObject):
    """Takes what nobody caught: writes it to the log and tells it in a sentence, from whichever thread."""

    told = pyqtSignal(str)
    interrupted = pyqtSignal()

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self._log_file = log_file

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """`sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            self.interrupted.emit()
            return
        log.error("Nobody caught this", exc_info=(kind, error, trace))
        self.told.emit(
            self.tr("Something in the program went wrong (%1). The rest goes on. Details: %2")
            .replace("%1", kind.__name__)
            .replace("%2", str(self._log_file))
        )


def main(argv: Sequence[str] | None = None) -> int:
    """`inspector ui`: returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        workspace = Workspace.find(options.workspace)
        settings = workspace.settings()
    except InspectorError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    recipe, source = options.recipe or settings.recipe or "", options.source or settings.source
    if options.kiosk:
        return _guard(workspace, options.bundle, recipe, source)
    stations = WorkspaceStations(workspace, options.bundle)
    if options.operator or options.start or options.bundle:
        return run(stations, recipe, source, start=options.start, beside=lambda: office(workspace))
    return _stay(lambda: Window(lambda: _in_taste(lambda: bench(workspace, recipe, source))))


def _guard(workspace: Workspace, bundle: str | None, recipe: str, source: str) -> int:
    """The kiosk; a supervisor that started it is told of it."""
    from inspector.supervisor.reporting import reporting  # what it loads is for supervised stations alone

    def kiosk() -> Kiosk:
        page = _in_taste(lambda: StationPage(stations, recipe, source, start=True))
        made = Kiosk(page, beside=Beside(lambda: office(workspace)))
        if supervised is not None:
            supervised.watch(lambda: made.moment, recipe, "")
        return made

    with reporting() as supervised:
        stations = WorkspaceStations(workspace, bundle, patient=True, reporting=supervised)
        return _stay(kiosk)


def run(
    stations: Stations,
    recipe: str = "",
    source: str = "",
    *,
    start: bool = False,
    beside: Callable[[], Content] | None = None,
) -> int:
    """Open the window on these stations alone and stay until it is closed; returns the exit code.

    Args: recipe, source: what is preselected, "" for the first; start: begin without waiting for the button; beside:
    what a window of its own shows that a person may open beside it.
    """

    def page() -> StationPage:
        made = StationPage(stations, recipe, source, start)
        if beside is not None:
            made.offer_beside(Beside(beside).show)
        return made

    return _stay(lambda: Window(lambda: _in_taste(page)))


def _stay(open_window: Callable[[], Window | Kiosk]) -> int:
    log_file = _log_to_file()
    handler = qInstallMessageHandler(_hear_qt)
    app = _application()
    complaints = Complaints(log_file)
    hook, sys.excepthook = sys.excepthook, complaints.take
    window = open_window()
    complaints.told.connect(window.tell)
    complaints.interrupted.connect(window.end)
    # A service manager, or a supervisor, ends the app in order.
    signal.signal(signal.SIGTERM, lambda number, trace: complaints.interrupted.emit())
    window.finished.connect(app.quit)
    window.begin()
    try:
        return int(app.exec())
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)
        del window  # before the application, without which Qt may crash over what is left of it


def _in_taste(make: Callable[[], C]) -> C:
    """The content in the look and the language that the person chose; it comes into view once the window is there."""
    theme.use(preferences.look())
    translation.use(preferences.language())
    content = make()
    QTimer.singleShot(0, content.enter)
    return content


def _hear_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """What Qt has to say goes to the log; where it would abort the process, a person is told why."""
    log.warning("Qt: %s", message)
    if kind == QtFatalMsg:
        sys.stderr.write(f"{NO_SCREEN}\n")
        sys.stderr.flush()
        os._exit(MachineError.exit_code)


def _application() -> QApplication:
    """The QApplication, with all that must be set before it."""
    # OpenCV's wheel points this at its own Qt, with which PyQt5 aborts on a real display.
    if "cv2" in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", ""):
        del os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]
    # Nothing here is drawn with OpenGL, so no graphics driver is asked for: Mesa complains where it finds none.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    QApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    # Whole factors only: an X display that says 100 dots per inch would else draw everything 1.04 times as large.
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.Round)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Assembly Inspector")
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    app.setFont(QFont(theme.family()))
    return app


def _log_to_file() -> Path:
    """Send the log to a file of the user's, for a click starts an app without a console. Returns its path."""
    path = Path(platformdirs.user_log_dir("assembly-inspector", appauthor=False)) / "app.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=3, delay=True, encoding="utf-8")
    except OSError:
        return Path(os.devnull)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assembly-inspector", description="The technician's bench, or the station alone."
    )
    parser.add_argument("--technician", action="store_true", help="all pages: teach, and inspect (the default)")
    parser.add_argument("--operator", action="store_true", help="the station alone: live picture, PASS or FAIL")
    parser.add_argument("--kiosk", action="store_true", help="the station over the whole screen; left with a PIN")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="the folder with recipes, bundles and records")
    parser.add_argument("--recipe", metavar="NAME", help="the recipe to preselect")
    parser.add_argument(
        "--source", metavar="S", help="usb:0, rtsp://…, http://…, a video, an image, a folder, simulator"
    )
    parser.add_argument("--bundle", metavar="PATH", help="use this bundle, not the recipe's promoted one")
    parser.add_argument("--start", action="store_true", help="start inspecting at once; the station alone")
    return parser
