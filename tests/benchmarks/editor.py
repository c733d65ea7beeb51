"""How long a frame takes while a person drags on a 1080p picture: what the GUI thread does from the event to pixels."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication

from inspector.frame import freeze
from inspector.labeling.annotation import Box
from inspector.recipe import Label
from tests.benchmarks.table import Table
from ui import theme
from ui.widgets.editor import Editor

MOVES = 400
FRAME_MS = 1000 / 60
PICTURE = (1920, 1080)
LABEL = Label("screw")
SIZES = {"1280x800": (760, 560), "1920x1080": (1190, 780), "3840x2160": (2380, 1570)}
"""The window, and the editor in it."""
BOXES = tuple(Box.of(LABEL, (100.0 + 220 * i, 300.0, 260.0 + 220 * i, 520.0)) for i in range(8))


def measure(data: Path, work: Path) -> list[Table]:
    """Drags of a box, of a new box and of the picture, and steps from frame to frame, in windows of three sizes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication([])
    rows = [row for window in SIZES for row in _rows(window, Hand(window))]
    del app
    return [
        Table(
            f"A frame of the box editor: a picture of {PICTURE[0]}x{PICTURE[1]} with {len(BOXES)} boxes, milliseconds",
            ["window", "what is done", "median", "95 %", "worst", "longer than a 60th of a second"],
            rows,
            [
                f"{MOVES} moves each. Painted offscreen on the processor, each move by itself: none is left out.",
                "While it is pushed, zoomed or leafed through, the picture is rough, and made good once it rests.",
            ],
        )
    ]


class Hand:
    """A person's hand on the editor of a window."""

    def __init__(self, window: str) -> None:
        rng = np.random.default_rng(0)
        self.pictures = [freeze(rng.integers(0, 255, (PICTURE[1], PICTURE[0], 3), np.uint8)) for _ in range(2)]
        self.editor = Editor()
        self.editor.resize(*SIZES[window])
        width, height = map(int, window.split("x"))
        self.editor.setStyleSheet(theme.style_sheet(theme.em_for(width, height)))
        self.editor.label = LABEL
        self.editor.show()
        self.editor.show_picture(self.pictures[0])
        self.editor.show_boxes(BOXES)
        self.editor.choose(3)

    def mouse(self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton = Qt.LeftButton) -> None:
        """One event, and all that follows from it painted."""
        held = Qt.NoButton if kind == QEvent.MouseButtonRelease else button
        event = QMouseEvent(kind, at, button, held, Qt.NoModifier)
        QApplication.sendEvent(self.editor, event)
        QApplication.processEvents()

    def wheel(self, turn: int) -> None:
        at = QPointF(self.editor.rect().center())
        event = QWheelEvent(at, at, QPoint(), QPoint(0, turn), Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False)
        QApplication.sendEvent(self.editor, event)
        QApplication.processEvents()

    def drag(self, start: QPointF, button: Qt.MouseButton = Qt.LeftButton) -> Iterator[Callable[[], None]]:
        """Moves in a circle from there, one at a time."""
        self.mouse(QEvent.MouseButtonPress, start, button)
        for angle in np.linspace(0, 6 * np.pi, MOVES):
            at = start + QPointF(float(120 * np.sin(angle)), float(80 * (1 - np.cos(angle))))
            yield partial(self.mouse, QEvent.MouseMove, at, button)
        self.mouse(QEvent.MouseButtonRelease, start, button)

    def box(self) -> Iterator[Callable[[], None]]:
        yield from self.drag(self.editor.lens.to_screen(BOXES[3].xyxy).center())

    def corner(self) -> Iterator[Callable[[], None]]:
        yield from self.drag(self.editor.lens.to_screen(BOXES[3].xyxy).bottomRight())

    def new(self) -> Iterator[Callable[[], None]]:
        self.editor.arm(True)
        yield from self.drag(QPointF(self.editor.width() / 2, self.editor.height() / 2))
        self.editor.show_boxes(BOXES)

    def push(self) -> Iterator[Callable[[], None]]:
        self.editor.zoom(4)
        yield from self.drag(QPointF(self.editor.rect().center()), Qt.MiddleButton)

    def zoom(self) -> Iterator[Callable[[], None]]:
        self.editor.fit()
        for number in range(MOVES):
            yield partial(self.wheel, 120 if number // 8 % 2 == 0 else -120)

    def step(self) -> Iterator[Callable[[], None]]:
        self.editor.fit()
        for number in range(MOVES):
            yield partial(self.show, number)

    def show(self, number: int) -> None:
        self.editor.show_picture(self.pictures[number % 2])
        self.editor.show_boxes(BOXES[number % 2 :])
        QApplication.processEvents()


def _rows(window: str, hand: Hand) -> Iterator[list[str]]:
    ways = {
        "a box is moved": hand.box,
        "a corner of a box is pulled": hand.corner,
        "a new box is drawn, with a crosshair": hand.new,
        "the picture, enlarged, is pushed": hand.push,
        "the wheel zooms": hand.zoom,
        "the next frame is shown": hand.step,
    }
    for name, way in ways.items():
        taken = np.array([_milliseconds(move) for move in way()])
        late = int((taken > FRAME_MS).sum())
        figures = (np.percentile(taken, 50), np.percentile(taken, 95), taken.max())
        yield [window, name, *(f"{value:.1f}" for value in figures), f"{late} of {len(taken)}"]
    hand.editor.close()


def _milliseconds(move: Callable[[], None]) -> float:
    began = time.perf_counter()
    move()
    return 1000 * (time.perf_counter() - began)
