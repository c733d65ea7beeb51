"""Regions drawn, moved and resized on a picture, with the mouse and with keys."""

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.frame import freeze
from inspector.sketch import LEAST_SIDE, Box
from ui import theme
from ui.widgets.region_canvas import RegionCanvas

REGIONS: list[tuple[str, Box | None]] = [("screw", (100, 100, 300, 200)), ("tape", None), ("lid", (400, 50, 600, 300))]


class Heard:
    """What the canvas asked for."""

    def __init__(self, canvas: RegionCanvas) -> None:
        self.drawn: list[tuple[list[int], bool]] = []
        self.chosen: list[int] = []
        self.freed = 0
        canvas.drawn.connect(lambda box, typed: self.drawn.append(([round(value) for value in box], typed)))
        canvas.chosen.connect(self.chosen.append)
        canvas.freed.connect(self._free)

    def _free(self) -> None:
        self.freed += 1


@pytest.fixture
def canvas(qtbot: QtBot) -> RegionCanvas:
    made = RegionCanvas()
    qtbot.addWidget(made)
    edge = 2 * theme.em_of(made) * 0.7
    made.resize(round(640 + edge), round(360 + edge))  # a pixel of the frame is one of the screen
    made.set_picture(freeze(np.full((360, 640, 3), 90, np.uint8)))
    made.set_regions(REGIONS, 0, (640, 360))
    made.show()
    return made


@pytest.fixture
def heard(canvas: RegionCanvas) -> Heard:
    return Heard(canvas)


def at(canvas: RegionCanvas, x: float, y: float) -> QPoint:
    return canvas._to_screen().map(QPointF(x, y)).toPoint()


def move(canvas: RegionCanvas, x: float, y: float) -> None:
    """With the button held."""
    place = QPointF(at(canvas, x, y))
    QApplication.sendEvent(
        canvas, QMouseEvent(QEvent.MouseMove, place, Qt.NoButton, Qt.LeftButton, Qt.KeyboardModifiers())
    )


def drag(qtbot: QtBot, canvas: RegionCanvas, start: tuple[int, int], end: tuple[int, int]) -> None:
    qtbot.mousePress(canvas, Qt.LeftButton, pos=at(canvas, *start))
    move(canvas, *end)
    qtbot.mouseRelease(canvas, Qt.LeftButton, pos=at(canvas, *end))


def near(box: list[int], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(box, wanted, strict=True))


def test_a_region_is_moved_and_resized(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    drag(qtbot, canvas, (200, 150), (250, 170))
    drag(qtbot, canvas, (300, 200), (320, 260))
    (one, typed), (other, _) = heard.drawn
    assert near(one, (150, 120, 350, 220))
    assert near(other, (100, 100, 320, 260))
    assert not typed


def test_a_click_changes_nothing(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    qtbot.mouseClick(canvas, Qt.LeftButton, pos=at(canvas, 200, 150))
    assert heard.drawn == []


def test_a_region_is_drawn_where_there_is_none(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    canvas.set_regions(REGIONS, 1, (640, 360))
    drag(qtbot, canvas, (350, 340), (20, 220))
    assert near(heard.drawn[0][0], (20, 220, 350, 340))


def test_beside_a_region_that_is_there_no_other_is_drawn(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    drag(qtbot, canvas, (20, 250), (90, 340))
    assert heard.drawn == []


def test_pressing_another_region_chooses_it(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    canvas.chosen.connect(lambda number: canvas.set_regions(REGIONS, number, (640, 360)))
    drag(qtbot, canvas, (500, 200), (510, 210))
    assert heard.chosen == [2]
    assert near(heard.drawn[0][0], (410, 60, 610, 310))


def test_escape_leaves_a_region_as_it_was(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    qtbot.mousePress(canvas, Qt.LeftButton, pos=at(canvas, 200, 150))
    move(canvas, 260, 150)
    assert canvas.region() != REGIONS[0][1]
    qtbot.keyClick(canvas, Qt.Key_Escape)
    assert canvas.region() == REGIONS[0][1]
    qtbot.mouseRelease(canvas, Qt.LeftButton, pos=at(canvas, 260, 150))
    assert heard.drawn == []


@pytest.mark.parametrize(
    ("key", "modifier", "wanted"),
    [
        (Qt.Key_Left, Qt.NoModifier, [99, 100, 299, 200]),
        (Qt.Key_Down, Qt.ShiftModifier, [100, 110, 300, 210]),
        (Qt.Key_Right, Qt.ControlModifier, [100, 100, 301, 200]),
        (Qt.Key_Up, Qt.ControlModifier | Qt.ShiftModifier, [100, 100, 300, 190]),
    ],
)
def test_keys_move_and_resize(
    qtbot: QtBot, canvas: RegionCanvas, heard: Heard, key: int, modifier: Qt.KeyboardModifier, wanted: list[int]
) -> None:
    qtbot.keyClick(canvas, key, modifier)
    assert heard.drawn == [(wanted, True)]


def test_delete_frees_and_enter_draws_a_first_one(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    qtbot.keyClick(canvas, Qt.Key_Delete)
    assert heard.freed == 1
    canvas.set_regions(REGIONS, 1, (640, 360))
    qtbot.keyClick(canvas, Qt.Key_Delete)
    assert heard.freed == 1
    qtbot.keyClick(canvas, Qt.Key_Return)
    assert heard.drawn == [([160, 90, 480, 270], False)]


def test_on_a_picture_of_another_size_nothing_is_drawn(qtbot: QtBot, canvas: RegionCanvas, heard: Heard) -> None:
    canvas.set_regions(REGIONS, 0, (1920, 1080))
    assert not canvas.fits
    drag(qtbot, canvas, (200, 150), (250, 170))
    qtbot.keyClick(canvas, Qt.Key_Left)
    assert heard.drawn == []


def test_the_chosen_region_and_its_handles_are_seen(canvas: RegionCanvas) -> None:
    image = canvas.grab().toImage()
    assert image.pixelColor(at(canvas, 300, 200)) == theme.FAULT.mark
    assert image.pixelColor(at(canvas, 30, 330)).red() == 90
    canvas.set_picture(None)
    assert not canvas.grab().isNull()


def test_a_region_keeps_a_least_size_and_its_edges_are_held_anywhere(
    qtbot: QtBot, canvas: RegionCanvas, heard: Heard
) -> None:
    drag(qtbot, canvas, (300, 150), (20, 150))
    drag(qtbot, canvas, (260, 200), (260, 240))
    assert near(heard.drawn[0][0], (100, 100, 100 + LEAST_SIDE, 200))
    assert near(heard.drawn[1][0], (100, 100, 300, 240))
