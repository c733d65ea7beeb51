"""A command of the engine in a child process: what it says, line by line, and how it ends."""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable

from PyQt5.QtCore import QObject, QProcess, QTimer, pyqtSignal, pyqtSlot

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
        self._process.started.connect(self._note_start)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._process.kill)
        self._said, self._cancelled = "", False

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.NotRunning

    def start(self, *arguments: str) -> None:
        """Begin; `--workspace` and `--json` are added."""
        # What a shell starts behind itself ignores Ctrl-C, and so would the child: it could not be cancelled.
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self._said, self._cancelled = "", False
        options = ["-u", "-m", "inspector", *arguments, "--workspace", str(self._workspace.folder), "--json"]
        self._process.start(sys.executable, options)

    def cancel(self, patience_ms: int | None = PATIENCE_MS) -> None:
        """End it as Ctrl-C does, so that it keeps what it has; after that time it is killed, None for never."""
        if not self.running or self._cancelled:
            return
        self._cancelled = True
        if self._process.state() == QProcess.Running:
            self._interrupt()
        if patience_ms is not None:
            self._patience.start(patience_ms)

    @pyqtSlot()
    def _note_start(self) -> None:
        if self._cancelled:
            self._interrupt()

    def _interrupt(self) -> None:
        # Never before it has started: it would take the signal while it is still a copy of this process, and lose it.
        with contextlib.suppress(OSError):
            os.kill(self._process.processId(), signal.SIGINT)

    def end(self) -> None:
        """End it now: what it has kept until now is what there is."""
        self._cancelled = True
        self._process.terminate()
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
