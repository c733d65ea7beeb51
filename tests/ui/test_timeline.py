"""The timeline: each standing has a look of its own, and a press is a frame."""

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.labeling.reel import Standing
from ui.durations import clock
from ui.widgets.filters import ORDER, Filters
from ui.widgets.standing_look import standing_look
from ui.widgets.timeline import Timeline

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ALL = tuple(Standing)


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(600, 66)
    made.show_frames(ALL, [0.1 * number for number in range(len(ALL))])
    made.show()
    return made


def pixels(timeline: Timeline, index: int) -> bytes:
    """What is painted in a frame's place."""
    image = timeline.grab(timeline.place(index).toAlignedRect()).toImage()
    return bytes(image.constBits().asarray(image.sizeInBytes()))


def test_every_standing_differs_without_colour_too(timeline: Timeline) -> None:
    timeline.show_index(0)
    greys = []
    for index in range(len(ALL)):
        image = timeline.grab(timeline.place(index).toAlignedRect()).toImage()
        ground = image.pixelColor(0, image.height() // 2).lightness()
        middle = image.width() // 2
        greys.append(tuple(image.pixelColor(middle, y).lightness() > ground + 25 for y in range(image.height())))
    assert len(set(greys[1:])) == len(ALL) - 1


def test_a_press_and_a_drag_choose_a_frame(timeline: Timeline, qtbot: QtBot) -> None:
    chosen: list[int] = []
    timeline.chosen.connect(chosen.append)
    timeline.chosen.connect(timeline.show_index)
    third = timeline.place(2).center().toPoint()
    qtbot.mousePress(timeline, Qt.LeftButton, pos=third)
    qtbot.mouseMove(timeline, third + QPoint(5, 0))
    qtbot.mouseRelease(timeline, Qt.LeftButton, pos=third + QPoint(5, 0))
    assert chosen == [2]
    assert (timeline.index_at(-5), timeline.index_at(9999)) == (0, len(ALL) - 1)


def test_the_wheel_and_the_keys_step(timeline: Timeline, qtbot: QtBot) -> None:
    steps: list[int] = []
    chosen: list[int] = []
    timeline.stepped.connect(steps.append)
    timeline.chosen.connect(chosen.append)
    at = QPointF(50, 30)
    for turn in (-60, -60, 240):
        event = QWheelEvent(at, at, QPoint(), QPoint(0, turn), Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False)
        QApplication.sendEvent(timeline, event)
    for key in (Qt.Key_Right, Qt.Key_PageUp, Qt.Key_End):
        qtbot.keyClick(timeline, key)
    assert (steps, chosen) == ([1, -2, 1, -10], [len(ALL) - 1])


def test_frames_that_are_not_wanted_are_pale(timeline: Timeline) -> None:
    before = [pixels(timeline, index) for index in range(1, 5)]
    timeline.show_wanted(Standing.IGNORED)
    after = [pixels(timeline, index) for index in range(1, 5)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, False, False]


def test_an_empty_timeline_takes_no_press(qtbot: QtBot) -> None:
    empty = Timeline()
    qtbot.addWidget(empty)
    chosen: list[int] = []
    empty.chosen.connect(chosen.append)
    empty.grab()
    qtbot.mouseClick(empty, Qt.LeftButton)
    qtbot.keyClick(empty, Qt.Key_End)
    assert chosen == []


def test_filters_count_what_they_let_through(qtbot: QtBot) -> None:
    filters = Filters()
    qtbot.addWidget(filters)
    wanted: list[Standing | None] = []
    filters.wanted.connect(wanted.append)
    filters.show_standings((Standing.BOXES, Standing.BOXES, Standing.DOUBTFUL))
    assert [filters.buttons[one].count for one in ORDER] == [3, 0, 1, 0, 0, 2, 0, 0]
    filters.buttons[Standing.DOUBTFUL].click()
    filters.buttons[None].click()
    assert wanted == [Standing.DOUBTFUL, None]
    filters.grab()


def test_words_and_signs_differ() -> None:
    looks = [standing_look(standing) for standing in Standing]
    assert len({look.word for look in looks}) == len({look.sign for look in looks}) == len(ALL)
    assert (clock(7.52, tenths=True), clock(65.0, tenths=True), clock(65.9)) == ("0:07.5", "1:05.0", "1:05")
