"""A command of the engine in a child process: what it says, line by line, and how it ends."""

import contextlib
import json
import sys
from collections.abc import Callable

from PyQt5.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal, pyqtSlot

from inspector.job import HEEDS, STOP
from inspector.settings import Workspace
from ui.engine_words import translated

PATIENCE_MS = 20_000
"""How long a cancelled command may take to keep what it has, before it is killed."""
LEAVE_MS = 2_000
"""How long a command may take to leave once it was told to end at once."""
OUT_OF_MEMORY = 137


class Command(QObject):
    """One `inspector …` at a time. told: a line of its `--json` output. ended: its exit code, and the sentence that it
    left, "" where there is none.
    """

    told = pyqtSignal(dict)
    ended = pyqtSignal(int, str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._process.kill)
        self._said, self._cancelled = "", False

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.NotRunning

    def start(self, *arguments: str) -> None:
        """Begin; `--workspace` and `--json` are added."""
        self._said, self._cancelled = "", False
        heeding = QProcessEnvironment.systemEnvironment()
        heeding.insert(HEEDS, "1")
        self._process.setProcessEnvironment(heeding)
        options = ["-u", "-m", "inspector", *arguments, "--workspace", str(self._workspace.folder), "--json"]
        self._process.start(sys.executable, options)

    def cancel(self, patience_ms: int | None = PATIENCE_MS) -> None:
        """End it as Ctrl-C does, so that it keeps what it has; after that time it is killed, None for never."""
        if not self.running or self._cancelled:
            return
        self._cancelled = True
        self._process.write(STOP)
        if patience_ms is not None:
            self._patience.start(patience_ms)

    def end(self) -> None:
        """End it now: what it has kept until now is what there is."""
        self._cancelled = True
        self._process.closeWriteChannel()
        self._patience.start(LEAVE_MS)

    @pyqtSlot()
    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine()).decode(errors="replace").strip()
            with contextlib.suppress(ValueError):
                self.told.emit(json.loads(line))

    @pyqtSlot()
    def _hear(self) -> None:
        said = bytes(self._process.readAllStandardError()).decode(errors="replace")
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        self._said = lines[-1] if lines else self._said

    @pyqtSlot(int, QProcess.ExitStatus)
    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        self._read()
        self._hear()
        if status == QProcess.CrashExit and not self._cancelled:
            code = OUT_OF_MEMORY
            self._said = self.tr("It was ended from outside, or the memory did not suffice. What was kept is kept.")
        self.ended.emit(code, translated(self._said))

    @pyqtSlot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.FailedToStart:
            self.ended.emit(OUT_OF_MEMORY, self.tr("It could not be started: %1").replace("%1", sys.executable))


MakeCommand = Callable[[Workspace, QObject], Command]
"""How a page comes by one."""
