"""How far something is: a line of words and a bar."""

import time

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.widgets.line import Line

SETTLED_S = 1.0
"""Before it has run so long, nothing tells how long the rest takes."""


def keep_room(widget: QWidget) -> None:
    """While it is out of sight nothing else takes its place, so that nothing jumps when it comes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class Underway(QWidget):
    """Shows a command's progress with the time left."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.bar = Line(Qt.AlignLeft), QProgressBar()
        self.bar.setTextVisible(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(1)
        self._layout.addWidget(self.line)
        self._layout.addWidget(self.bar)
        self._layout.addStretch(1)
        self._began, self._done = 0.0, 0
        self._stage: str | None = None

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * 0.1))
        self.line.updateGeometry()

    def show_step(self, words: str, stage: str, done: int, total: int | None) -> None:
        """Of work that goes on. stage: what is being done; another one, or the same from the start, has a time of its
        own.
        """
        now = time.monotonic()
        if stage != self._stage or done < self._done:
            self._began, self._stage = now, stage
        self._done = done
        ran = now - self._began
        left = ran / done * (total - done) if total and done and ran > SETTLED_S else None
        rest = "" if left is None else "  " + self.tr("%1 left").replace("%1", f"{left // 60:.0f}:{left % 60:02.0f}")
        self.line.set_text(words + rest)
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
