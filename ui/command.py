"""A command of the engine in a child process: what it says, line by line, and how it ends."""

import contextlib
import json
import sys
from collections.abc import Callable

from PyQt5.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal, pyqtSlot

from inspector.job import HEEDS, STOP
from inspector.settings import Workspace
from ui.engine_words import translated
from ui.faults import in_few_lines

PATIENCE_MS = 20_000
"""How long a cancelled command may take to keep what it has, before it is killed."""
LEAVE_MS = 2_000
"""How long a command may take to leave once it was told to end at once."""
MOST_HEARD = 2**16
"""Bytes of what a command leaves on its standard error, the last ones."""
OUT_OF_MEMORY = 137
CANCELLED = 130
"""Its exit code where it ended because it was asked to."""


class Command(QObject):
    """One `inspector …` at a time. told: a line of its `--json` output. ended: its exit code, and the faults that it
    left, a line each, "" where there are none; what `told` says is none of them.
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
        self._heard, self._said, self._cancelled = b"", set[str](), False

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.NotRunning

    def start(self, *arguments: str) -> None:
        """Begin; `--workspace` and `--json` are added."""
        self._heard, self._said, self._cancelled = b"", set(), False
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
                told = json.loads(line)
                self._said |= {*str(told.get("says", "")).splitlines()}
                self.told.emit(told)

    @pyqtSlot()
    def _hear(self) -> None:
        self._heard = (self._heard + bytes(self._process.readAllStandardError()))[-MOST_HEARD:]

    @property
    def _faults(self) -> str:
        lines = [line.strip() for line in self._heard.decode(errors="replace").splitlines()]
        return in_few_lines([translated(line) for line in lines if line and line not in self._said])

    @pyqtSlot(int, QProcess.ExitStatus)
    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        self._read()
        self._hear()
        if status == QProcess.CrashExit and not self._cancelled:
            told = self.tr("It was ended from outside, or the memory did not suffice. What was kept is kept.")
            self.ended.emit(OUT_OF_MEMORY, told)
        else:
            self.ended.emit(code, self._faults)

    @pyqtSlot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.FailedToStart:
            self.ended.emit(OUT_OF_MEMORY, self.tr("It could not be started: %1").replace("%1", sys.executable))


MakeCommand = Callable[[Workspace, QObject], Command]
"""How a page comes by one."""
