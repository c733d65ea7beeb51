"""The box editor: one picture, and the boxes on it under a mouse, a finger or the keyboard."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QWidget

from inspector.inspection.verdict import Verdict
from inspector.labeling.annotation import Box
from inspector.recipe import Label
from ui import theme
from ui.widgets.canvas import Canvas
from ui.widgets.grip import WHOLE, XYXY, Grip, grip_at, pulled, spanned
from ui.widgets.marks import Look, draw_crosshair, draw_mark, look_of, room_of

if TYPE_CHECKING:
    from inspector.frame import Image

MOUSE, FINGER = 0.6, 1.6
"""How far from an edge it can be grabbed, in em."""
SLACK = 0.3
"""How far a press may wander and still be one, in em."""
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key_Left: (-1, 0),
    Qt.Key_Right: (1, 0),
    Qt.Key_Up: (0, -1),
    Qt.Key_Down: (0, 1),
}
FAR = 10
CURSORS = {
    **dict.fromkeys((Grip(-1, -1), Grip(1, 1)), Qt.SizeFDiagCursor),
    **dict.fromkeys((Grip(-1, 1), Grip(1, -1)), Qt.SizeBDiagCursor),
    **dict.fromkeys((Grip(-1, 0), Grip(1, 0)), Qt.SizeHorCursor),
    **dict.fromkeys((Grip(0, -1), Grip(0, 1)), Qt.SizeVerCursor),
    WHOLE: Qt.SizeAllCursor,
}


@dataclass(frozen=True)
class Gesture:
    """What a held button does. start: where it began, on the screen. grip: of the chosen box; None where a new box is
    drawn. moving: whether it has left the place where it began.
    """

    start: QPointF
    grip: Grip | None
    moving: bool = False


class Editor(Canvas):
    """Shows boxes and lets a person change them. What was made of them is told once a gesture is at its end.

    drawn: all boxes, as they are now. chosen: which box is (its number, -1 for none). stepped: an arrow with no box
    chosen, -1 or 1. armed: whether the next press draws a box wherever it begins.
    """

    drawn = pyqtSignal(tuple)
    chosen = pyqtSignal(int)
    stepped = pyqtSignal(int)
    armed = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Picture with its boxes"))
        self.boxes: tuple[Box, ...] = ()
        self.choice, self.label, self.is_armed = -1, Label(""), False
        self.failing: Collection[Label] = ()
        self._waits, self._score = False, ""
        self._suspect: Box | None = None
        self._gesture: Gesture | None = None
        self._now: XYXY | None = None
        self._nudged = False
        self._at, self._reach = QPointF(-1, -1), 0.0

    # What is shown

    def show_picture(self, image: "Image | None") -> None:
        self._let_go()
        super().show_picture(image)

    def show_boxes(self, boxes: tuple[Box, ...], sure: float | None = None) -> None:
        """Other boxes. sure: how sure they are where they only wait for a person, None where they are known."""
        waits, score = sure is not None, "" if sure is None else f"{sure:.0%}"
        if (boxes, waits, score) == (self.boxes, self._waits, self._score):
            return
        self._let_go()
        if len(boxes) != len(self.boxes):
            self.choose(-1)
        self.boxes, self._waits, self._score = boxes, waits, score
        self.update()

    def show_suspect(self, box: Box | None) -> None:
        """Where something is that should not be, None for nowhere. It is none of the boxes, and cannot be grabbed."""
        if box != self._suspect:
            self._suspect = box
            self.update()

    def middle(self) -> QPointF:
        return self._place(self.choice).center() if self._has_choice else super().middle()

    # What a person does with a key or a button

    def arm(self, on: bool) -> None:
        """Let the next press draw a box, also where others lie."""
        if on != self.is_armed:
            self.is_armed = on
            self.show_cursor()
            self.update()
            self.armed.emit(on)

    def choose(self, index: int) -> None:
        """Choose a box, -1 for none."""
        if index != self.choice:
            self.settle()
            self.choice = index
            self.update()
            self.chosen.emit(index)

    def delete(self) -> None:
        """Take the chosen box away."""
        self.settle()
        if self._has_choice:
            left = (*self.boxes[: self.choice], *self.boxes[self.choice + 1 :])
            self.choose(-1)
            self._tell(left)

    def relabel(self, label: Label) -> None:
        """Say what the chosen box is of; without one, what the next will be of."""
        self.settle()
        self.label = label
        if self._has_choice and self.boxes[self.choice].label != label:
            self._put(Box.of(label, self.boxes[self.choice].xyxy))

    def settle(self) -> None:
        """Tell what the arrows did until now: who holds one down pulls once."""
        if self._nudged and self._now is not None:
            now = self._now
            self._let_go()
            if now != self.boxes[self.choice].xyxy:
                self._put(Box.of(self.boxes[self.choice].label, now))

    @property
    def _has_choice(self) -> bool:
        return 0 <= self.choice < len(self.boxes)

    def _put(self, box: Box) -> None:
        self._tell((*self.boxes[: self.choice], box, *self.boxes[self.choice + 1 :]))

    def _tell(self, boxes: tuple[Box, ...]) -> None:
        self.boxes, self._waits, self._score = boxes, False, ""
        self.update()
        self.drawn.emit(boxes)

    def _let_go(self) -> None:
        """What is being pulled is not there any more."""
        self._gesture, self._now, self._nudged = None, None, False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS and self._has_choice and self._gesture is None:
            far = FAR if event.modifiers() & Qt.ShiftModifier else 1
            by = (ARROWS[key][0] * far, ARROWS[key][1] * far)
            self._pull(pulled(self._now or self.boxes[self.choice].xyxy, WHOLE, by, self.size_of_picture))
            self._nudged = True
        elif key in (Qt.Key_Left, Qt.Key_Right):
            self.stepped.emit(ARROWS[key][0])
        elif key == Qt.Key_Escape and (self._gesture or self.is_armed or self._has_choice):
            self._give_up()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS and not event.isAutoRepeat():
            self.settle()
        super().keyReleaseEvent(event)

    def _give_up(self) -> None:
        if self._gesture or self.is_armed:
            self._let_go()
            self.arm(False)
            self.update()
        else:
            self.choose(-1)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from box to box, and from the last one on to what comes after the picture."""
        before = self.choice if self._has_choice else -1 if onward else len(self.boxes)
        index = before + (1 if onward else -1)
        if 0 <= index < len(self.boxes):
            self.choose(index)
            return True
        self.choose(-1)
        return super().focusNextPrevChild(onward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    # What a person does with a mouse or a finger

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.has_picture or self._gesture is not None:
            return
        self.settle()
        self._note(event)
        super().mousePressEvent(event)
        if event.button() == Qt.LeftButton and not self.pushing:
            self._gesture = Gesture(self._at, self._grab())
            self.show_cursor()

    def _grab(self) -> Grip | None:
        """Choose what is pressed: the chosen box before others, of these the smallest."""
        grip = self._grip()
        if grip is not None:
            return grip
        under = [] if self.is_armed else [i for i in range(len(self.boxes)) if self._place(i).contains(self._at)]
        self.choose(min(under, key=lambda i: self._place(i).width() * self._place(i).height(), default=-1))
        return WHOLE if self._has_choice else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before = self._at
        self._note(event)
        super().mouseMoveEvent(event)
        gesture = self._gesture
        if gesture is None:
            self._move_crosshair(before)
            self.show_cursor()
        elif gesture.moving or (self._at - gesture.start).manhattanLength() > SLACK * theme.em_of(self):
            self._gesture = replace(gesture, moving=True)
            self._follow(gesture, before)

    def _follow(self, gesture: Gesture, before: QPointF) -> None:
        if gesture.grip is None:
            self._move_crosshair(before)
            ends = self.lens.to_picture(gesture.start), self.lens.to_picture(self._at)
            self._pull(spanned(*ends, self.size_of_picture))
        else:
            by = (self._at - gesture.start) / self.lens.scale
            self._pull(pulled(self.boxes[self.choice].xyxy, gesture.grip, (by.x(), by.y()), self.size_of_picture))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        gesture, now = self._gesture, self._now
        if gesture is None or event.button() != Qt.LeftButton:
            return
        self._let_go()
        if gesture.grip is None and now is not None:
            self.arm(False)
            self._tell((*self.boxes, Box.of(self.label, now)))
            self.choose(len(self.boxes) - 1)
        elif now is not None and now != self.boxes[self.choice].xyxy:
            self._put(Box.of(self.boxes[self.choice].label, now))
        self.show_cursor()
        self.update()

    def give_up_press(self) -> None:
        super().give_up_press()
        if self._gesture is not None:
            self._let_go()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        before, self._at = self._at, QPointF(-1, -1)
        self._move_crosshair(before)
        super().leaveEvent(event)

    def _note(self, event: QMouseEvent) -> None:
        finger = event.source() != Qt.MouseEventNotSynthesized
        self._at, self._reach = event.localPos(), (FINGER if finger else MOUSE) * theme.em_of(self)

    def _pull(self, now: XYXY | None) -> None:
        """The box that is being changed is this one now; only what it covered and covers is painted anew."""
        before = self._now or (self.boxes[self.choice].xyxy if self._has_choice else None)
        for one in (before, now):
            if one is not None:
                self.update(room_of(self.lens.to_screen(one), theme.em_of(self)).toAlignedRect())
        self._now = now

    @property
    def _draws(self) -> bool:
        """Whether a crosshair helps."""
        gesture = self._gesture
        return (self.is_armed or (gesture is not None and gesture.moving and gesture.grip is None)) and not self.pushing

    def _move_crosshair(self, before: QPointF) -> None:
        if self._draws:
            for at in (before, self._at):
                self.update(int(at.x()) - 3, 0, 7, self.height())
                self.update(0, int(at.y()) - 3, self.width(), 7)

    def cursor_shape(self) -> Qt.CursorShape:
        if self.pushing:
            return super().cursor_shape()
        grip = self._gesture.grip if self._gesture else self._grip()
        return CURSORS[grip] if grip is not None else Qt.CrossCursor if self._draws else Qt.ArrowCursor

    def _grip(self) -> Grip | None:
        if self.is_armed or not self._has_choice:
            return None
        return grip_at(self._place(self.choice), self._at, self._reach)

    def _place(self, index: int) -> QRectF:
        return self.lens.to_screen(self.boxes[index].xyxy)

    # How it is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_picture(painter)
        painter.setFont(theme.font(self.font()))
        painter.setRenderHint(QPainter.Antialiasing)
        dirty = QRectF(event.rect())
        if self._suspect is not None and self.has_picture:
            look = Look(theme.TONES[Verdict.NOT_OK].mark, Qt.DotLine, bad=True)
            place = self.lens.to_screen(self._suspect.xyxy)
            draw_mark(painter, place, self._suspect.label, look, "?", chosen=False)
        for index, box in enumerate(self.boxes):
            if index != self.choice:
                self._paint_box(painter, dirty, box.xyxy, box.label, chosen=False)
        if self._has_choice:
            box = self.boxes[self.choice]
            self._paint_box(painter, dirty, self._now or box.xyxy, box.label, chosen=True)
        elif self._now is not None:
            self._paint_box(painter, dirty, self._now, self.label, chosen=True)
        if self._draws and self.rect().contains(self._at.toPoint()):
            painter.setRenderHint(QPainter.Antialiasing, False)
            draw_crosshair(painter, self._at, QRectF(self.rect()))
        painter.end()

    def _paint_box(self, painter: QPainter, dirty: QRectF, xyxy: XYXY, label: Label, chosen: bool) -> None:
        place = self.lens.to_screen(xyxy)
        if dirty.intersects(room_of(place, theme.em_of(self))):
            draw_mark(painter, place, label, look_of(label, self.failing, self._waits), self._score, chosen)
