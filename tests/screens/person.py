"""A person at the window: presses, types and waits through Qt as hands do, counts it, and keeps pictures."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, pyqtBoundSignal
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QLineEdit, QWidget

from ui.bench import Bench

PATIENCE_S = 900


class Person:
    """presses, keys: how many it took."""

    def __init__(self, bench: Bench, language: str, folder: Path | None) -> None:
        """folder: of the pictures that are kept; None keeps none."""
        self.bench, self._language, self._folder = bench, language, folder
        self.presses = self.keys = 0
        self._began = time.monotonic()
        self._left: list[QWidget] = []

    @property
    def minutes(self) -> float:
        return (time.monotonic() - self._began) / 60

    def open(self, index: int) -> Any:
        """Turn to a page by its tab."""
        self.press(self.bench.buttons[index])
        return self.bench.page

    def press(self, widget: QWidget) -> None:
        """With the mouse, in the middle, once it can be pressed."""
        self.until(lambda: widget.isVisible() and widget.isEnabled())
        QTest.mouseClick(widget, Qt.LeftButton)
        self.presses += 1

    def drag(self, widget: QWidget, place: QRectF) -> None:
        """With the button held, from one corner to the other; counted as a press."""
        start, end = place.topLeft(), place.bottomRight()
        for kind, at, button, held in (
            (QEvent.MouseButtonPress, start, Qt.LeftButton, Qt.LeftButton),
            (QEvent.MouseMove, place.center(), Qt.NoButton, Qt.LeftButton),
            (QEvent.MouseMove, end, Qt.NoButton, Qt.LeftButton),
            (QEvent.MouseButtonRelease, end, Qt.LeftButton, Qt.NoButton),
        ):
            QApplication.sendEvent(widget, QMouseEvent(kind, at, button, held, Qt.NoModifier))
        self.presses += 1

    def type(self, line: QLineEdit, text: str) -> None:
        """In the place of what stands there."""
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        self.keys += len(text)

    def until(self, true: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Raises: SystemExit where it does not come."""
        end = time.monotonic() + patience_s
        while not true():
            if time.monotonic() > end:
                raise SystemExit(f"The window did not come so far in {patience_s:.0f} s: {self.bench.foot.text}")
            QTest.qWait(50)

    def drop(self, widget: QWidget, path: str) -> None:
        """A file or a folder, out of the system's own window of files: counted as a press."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path)])
        buttons = Qt.LeftButton, Qt.NoModifier
        widget.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.CopyAction, mime, *buttons))
        widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.CopyAction, mime, *buttons, QEvent.Drop))
        self.presses += 1

    def leave(self, window: QWidget, close: Callable[[], object], over: pyqtBoundSignal) -> None:
        """Close a window, and wait until its work is over."""
        ended: list[bool] = []
        over.connect(lambda *_: ended.append(True))
        close()
        self.until(lambda: ended)
        window.hide()
        self._left.append(window)

    def wait(self, seconds: float) -> None:
        QTest.qWait(round(seconds * 1000))

    def keep(self, name: str, window: QWidget | None = None) -> None:
        """A picture of the whole window, by default the bench's."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (window or self.bench).grab().save(str(self._folder / f"{name}.{self._language}.png"))


@contextmanager
def display() -> Iterator[str]:
    """The name of one that nobody looks at."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
