"""The box editor under a hand: what is drawn, moved, pulled, nudged and deleted, and what is told of it."""

from collections.abc import Callable

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QPushButton
from pytestqt.qtbot import QtBot

from inspector.frame import freeze
from inspector.labeling.annotation import Box
from inspector.recipe import LOOKALIKE, Label
from ui import theme
from ui.widgets.editor import Editor
from ui.widgets.marks import look_of, name_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TAPE, OTHER = Label("tape"), Label("tape", LOOKALIKE)
BIG, SMALL = Box.of(TAPE, (50, 50, 250, 150)), Box.of(TAPE, (100, 70, 140, 110))
Told = list[tuple[Box, ...]]


def picture(grey: int = 90, width: int = 400, height: int = 200) -> np.ndarray:
    return freeze(np.full((height, width, 3), grey, np.uint8))


@pytest.fixture
def editor(qtbot: QtBot) -> Editor:
    """A pixel of the picture is a pixel of the screen."""
    made = Editor()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.label = TAPE
    made.show()
    made.show_picture(picture())
    made.show_boxes((BIG, SMALL))
    made.setFocus()
    return made


@pytest.fixture
def told(editor: Editor) -> Told:
    heard: Told = []
    editor.drawn.connect(heard.append)
    return heard


@pytest.fixture
def drag(qtbot: QtBot, editor: Editor) -> Callable[..., None]:
    """Press, move in steps, release; `finger`: a touch that Qt makes into a mouse."""

    def dragged(
        start: tuple[int, int], end: tuple[int, int], button: Qt.MouseButton = Qt.LeftButton, finger: bool = False
    ) -> None:
        source = Qt.MouseEventSynthesizedByQt if finger else Qt.MouseEventNotSynthesized

        def send(kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
            event = QMouseEvent(kind, at, at, at, button, held, Qt.NoModifier, source)
            QApplication.sendEvent(editor, event)

        one, other = QPointF(*start), QPointF(*end)
        send(QEvent.MouseButtonPress, one, button)
        for share in (0.25, 0.5, 0.75, 1.0):
            send(QEvent.MouseMove, one + (other - one) * share, button)
            editor.grab()
        send(QEvent.MouseButtonRelease, other, Qt.NoButton)

    return dragged


def test_the_smallest_box_under_a_press_is_chosen(editor: Editor, qtbot: QtBot, told: Told) -> None:
    chosen: list[int] = []
    editor.chosen.connect(chosen.append)
    for at in (QPoint(120, 90), QPoint(200, 130), QPoint(300, 190)):
        qtbot.mouseClick(editor, Qt.LeftButton, pos=at)
    assert (chosen, told) == ([1, 0, -1], [])


def test_a_box_is_moved(editor: Editor, drag: Callable[..., None], told: Told) -> None:
    drag((200, 130), (230, 110))
    assert told == [(Box.of(TAPE, (80, 30, 280, 130)), SMALL)]
    assert editor.boxes == told[0]


def test_the_chosen_box_is_pulled_by_a_corner_and_stays_in_the_picture(
    editor: Editor, drag: Callable[..., None], told: Told
) -> None:
    editor.choose(0)
    drag((250, 150), (999, 999))
    assert told == [(Box.of(TAPE, (50, 50, 400, 200)), SMALL)]


def test_a_finger_reaches_farther_than_a_mouse(editor: Editor, drag: Callable[..., None], told: Told) -> None:
    editor.choose(0)
    away = round(theme.em_of(editor) * 1.3)
    drag((250 + away, 100), (270 + away, 100), finger=True)
    assert told == [(Box.of(TAPE, (50, 50, 270, 150)), SMALL)]
    editor.choose(0)
    drag((270 + away, 100), (290 + away, 150))
    assert len(told[-1]) == 3


def test_a_box_is_drawn_where_none_lies_and_over_others_once_armed(
    editor: Editor, drag: Callable[..., None], told: Told
) -> None:
    drag((300, 20), (350, 60))
    assert told[-1] == (BIG, SMALL, Box.of(TAPE, (300, 20, 350, 60)))
    assert editor.choice == 2
    editor.arm(True)
    editor.label = OTHER
    drag((120, 90), (160, 130))
    assert told[-1][-1] == Box.of(OTHER, (120, 90, 160, 130))
    assert not editor.is_armed


def test_a_press_that_trembles_changes_nothing(editor: Editor, drag: Callable[..., None], told: Told) -> None:
    drag((200, 130), (202, 131))
    drag((300, 20), (301, 21))
    assert told == []


def test_the_crosshair_is_there_while_a_box_is_drawn(editor: Editor, qtbot: QtBot) -> None:
    def bright(x: int, y: int) -> bool:
        return editor.grab().toImage().pixelColor(x, y).lightness() > 180

    editor.arm(True)
    qtbot.mouseMove(editor, QPoint(320, 180))
    QApplication.processEvents()
    event = QMouseEvent(QEvent.MouseMove, QPointF(320, 180), Qt.NoButton, Qt.NoButton, Qt.NoModifier)
    QApplication.sendEvent(editor, event)
    assert bright(320, 10)
    assert bright(10, 180)
    qtbot.keyClick(editor, Qt.Key_Escape)
    assert not editor.is_armed
    assert not bright(320, 10)


def test_escape_lets_go_of_what_is_dragged(editor: Editor, qtbot: QtBot, told: Told) -> None:
    qtbot.mousePress(editor, Qt.LeftButton, pos=QPoint(200, 130))
    event = QMouseEvent(QEvent.MouseMove, QPointF(260, 160), Qt.NoButton, Qt.LeftButton, Qt.NoModifier)
    QApplication.sendEvent(editor, event)
    qtbot.keyClick(editor, Qt.Key_Escape)
    qtbot.mouseRelease(editor, Qt.LeftButton, pos=QPoint(260, 160))
    assert (told, editor.boxes) == ([], (BIG, SMALL))


def test_tab_goes_from_box_to_box_and_then_on(editor: Editor, qtbot: QtBot) -> None:
    beside = QPushButton(editor)
    beside.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    seen = []
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key_Tab)
        seen.append(editor.choice)
    assert seen == [0, 1, -1]
    assert beside.hasFocus()
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key_Backtab)
    assert editor.choice == 1


def test_arrows_nudge_and_are_told_once_the_key_is_up(editor: Editor, qtbot: QtBot, told: Told) -> None:
    editor.choose(1)
    for _ in range(3):
        qtbot.keyPress(editor, Qt.Key_Right)
    assert told == []
    qtbot.keyRelease(editor, Qt.Key_Right)
    qtbot.keyClick(editor, Qt.Key_Up, Qt.ShiftModifier)
    assert told == [(BIG, Box.of(TAPE, (103, 70, 143, 110))), (BIG, Box.of(TAPE, (103, 60, 143, 100)))]


def test_a_nudge_is_not_lost_where_the_key_never_comes_up(editor: Editor, qtbot: QtBot, told: Told) -> None:
    editor.choose(1)
    qtbot.keyPress(editor, Qt.Key_Left)
    editor.settle()
    assert told == [(BIG, Box.of(TAPE, (99, 70, 139, 110)))]


def test_without_a_choice_arrows_step(editor: Editor, qtbot: QtBot, told: Told) -> None:
    steps: list[int] = []
    editor.stepped.connect(steps.append)
    qtbot.keyClick(editor, Qt.Key_Right)
    qtbot.keyClick(editor, Qt.Key_Left)
    assert (steps, told) == ([1, -1], [])


def test_a_box_is_deleted_and_called_something_else(editor: Editor, told: Told) -> None:
    editor.choose(1)
    editor.relabel(OTHER)
    assert told == [(BIG, Box.of(OTHER, SMALL.xyxy))]
    editor.choose(0)
    editor.delete()
    assert told[-1] == (Box.of(OTHER, SMALL.xyxy),)
    editor.delete()
    assert len(told) == 2


def test_the_wheel_zooms_at_the_pointer_and_the_lens_stays(editor: Editor) -> None:
    at = QPointF(100, 50)
    turn = QWheelEvent(at, at, QPoint(), QPoint(0, 360), Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False)
    QApplication.sendEvent(editor, turn)
    assert editor.lens.scale == pytest.approx(1.25**3)
    assert editor.lens.to_picture(at) == at
    editor.show_picture(picture(grey=10))
    assert editor.lens.scale == pytest.approx(1.25**3)
    editor.show_picture(picture(width=200))
    assert editor.lens.scale == 1.0


def test_two_fingers_zoom_and_push_and_what_one_began_is_nothing(editor: Editor, qtbot: QtBot, told: Told) -> None:
    qtbot.mousePress(editor, Qt.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(editor, QPoint(60, 60))
    pinch = QPinchGesture()
    pinch.setLastCenterPoint(QPointF(editor.mapToGlobal(QPoint(200, 100))))
    pinch.setCenterPoint(QPointF(editor.mapToGlobal(QPoint(210, 95))))
    pinch.setScaleFactor(2.0)
    under = editor.lens.to_picture(QPointF(210, 95))
    QApplication.sendEvent(editor, QGestureEvent([pinch]))
    assert editor.lens.scale == 2.0
    assert editor.lens.to_picture(QPointF(210, 95)) == under
    qtbot.mouseRelease(editor, Qt.LeftButton, pos=QPoint(60, 60))
    assert (told, editor.boxes) == ([], (BIG, SMALL))
    QApplication.sendEvent(editor, QGestureEvent([pinch]))
    assert (editor.lens.scale, editor.lens.left) == (4.0, 210 - (under.x() - 10 / 2) * 4)


@pytest.mark.parametrize("with_space", [True, False])
def test_the_picture_is_pushed(
    editor: Editor, qtbot: QtBot, drag: Callable[..., None], told: Told, with_space: bool
) -> None:
    editor.zoom(4, QPointF(200, 100))
    before = editor.lens
    if with_space:
        qtbot.keyPress(editor, Qt.Key_Space)
    drag((200, 100), (240, 90), Qt.LeftButton if with_space else Qt.MiddleButton)
    qtbot.keyRelease(editor, Qt.Key_Space)
    assert (editor.lens.left, editor.lens.top) == (before.left + 40, before.top - 10)
    assert (told, editor.boxes) == ([], (BIG, SMALL))


def test_space_is_no_shortcut_of_the_window_here(editor: Editor) -> None:
    event = QKeyEvent(QEvent.ShortcutOverride, Qt.Key_Space, Qt.NoModifier)
    event.ignore()
    QApplication.sendEvent(editor, event)
    assert event.isAccepted()


def test_the_picture_is_painted_and_what_waits_is_dashed(editor: Editor) -> None:
    def greens(boxes: tuple[Box, ...], sure: float | None) -> int:
        editor.show_boxes(boxes, sure)
        image = editor.grab().toImage()
        assert image.pixelColor(390, 190).getRgb() == (90, 90, 90, 255)
        return sum(image.pixelColor(x, 150).green() > 150 for x in range(60, 240))

    known, waits = greens((BIG,), None), greens((BIG,), 0.5)
    assert known > 150
    assert 40 < waits < known - 30


def test_nothing_is_drawn_on_a_picture_that_is_not_there(editor: Editor, drag: Callable[..., None], told: Told) -> None:
    editor.show_picture(None)
    drag((300, 20), (350, 60))
    assert told == []


def test_a_label_has_a_look_and_a_name() -> None:
    bad = Label("screw", "off")
    assert look_of(bad, {bad}, False).bad
    looks = [look_of(label, {bad}, waits) for label in (TAPE, OTHER, bad) for waits in (False, True)]
    assert looks[0].style == Qt.SolidLine
    assert looks[1].style == Qt.DashLine
    assert looks[2].style == Qt.DashDotLine
    assert len({look.color.name() for look in looks}) == 3
    assert (name_of(TAPE), name_of(OTHER), name_of(bad)) == ("tape", "looks like tape", "screw off")
