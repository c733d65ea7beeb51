"""One recording under a person's hands: its picture and boxes, its timeline, and what can be done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QShortcut, QWidget

from inspector.errors import InputError
from inspector.labeling.annotation import Annotation, Box, State
from inspector.labeling.moments import Moment
from inspector.labeling.reel import Reel, Standing, labels_in
from inspector.recipe import Label, Recipe
from ui import theme
from ui.album import Album, around
from ui.keeper import Keeper
from ui.widgets.act import Act
from ui.widgets.contradiction import Contradiction
from ui.widgets.editor import Editor
from ui.widgets.filters import Filters
from ui.widgets.frame_words import detail_of
from ui.widgets.picture import failing
from ui.widgets.shapes import Sign
from ui.widgets.timeline import Timeline
from ui.widgets.tools import Tools

if TYPE_CHECKING:
    from inspector.frame import Image


class Board(QWidget):
    """Lets a person go through the frames of a recording. What is said is the keeper's to write.

    told: a sentence. unreadable: why the picture cannot be shown, "" where it can.
    """

    told = pyqtSignal(str)
    unreadable = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.keeper: Keeper | None = None
        self.by, self.index = "", 0
        self.wanted: Standing | None = None
        self._labels: tuple[Label, ...] = ()
        self._in_view: Path | None = None
        self._before = Annotation()
        self.album = Album(self)
        self._build()
        self._connect()
        self._add_keys()
        self._show_tools()

    # What it is made of

    def _build(self) -> None:
        self.editor, self.timeline = Editor(), Timeline()
        self.filters, self.tools, self.contradiction = Filters(), Tools(), Contradiction()
        self.before = Act(Sign.LEFT, "", "A", self.tr("The frame before"))
        self.after = Act(Sign.RIGHT, "", "D", self.tr("The next frame"))
        self.setFocusProxy(self.editor)
        self._line = QHBoxLayout()
        for widget, stretch in ((self.before, 0), (self.timeline, 1), (self.after, 0)):
            self._line.addWidget(widget, stretch, Qt.AlignVCenter)
        self._stage, self._grid = QGridLayout(), QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._stage.addWidget(self.editor, 0, 0)
        self.lay_over(self.contradiction, Qt.AlignHCenter | Qt.AlignBottom)
        self._grid.addLayout(self._stage, 0, 0)
        self._grid.addLayout(self._line, 1, 0)
        self._grid.addWidget(self.filters, 2, 0)
        self._grid.addWidget(self.tools, 0, 1, 3, 1)
        self._grid.setRowStretch(0, 1)
        self._grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        tools = self.tools
        acts: tuple[tuple[Act, Callable[[], object]], ...] = (
            (tools.accept_, self.accept),
            (tools.reject, self.reject),
            (tools.delete, self.editor.delete),
            (tools.copy, self.copy),
            (tools.undo, self.undo),
            (tools.redo, self.redo),
            (tools.nearer, lambda: self.editor.zoom(1)),
            (tools.farther, lambda: self.editor.zoom(-1)),
            (tools.fit, self.editor.fit),
            (self.before, lambda: self.step(-1)),
            (self.after, lambda: self.step(1)),
            *((button, lambda state=state: self.say(state)) for state, button in tools.states.items()),
        )
        for button, act in acts:
            button.clicked.connect(lambda _, act=act: act())
        tools.draw.clicked.connect(self.editor.arm)
        tools.named.connect(self.name)
        self.editor.armed.connect(tools.draw.setChecked)
        self.editor.drawn.connect(self._draw)
        self.editor.chosen.connect(self._show_tools)
        self.editor.stepped.connect(self.step)
        self.timeline.chosen.connect(self.go)
        self.timeline.stepped.connect(self.step)
        self.filters.wanted.connect(self.want)
        self.contradiction.answered.connect(self.answer)
        self.album.ready.connect(self._show_picture)

    def _add_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "W": lambda: self.editor.arm(self.editor.has_picture and not self.editor.is_armed),
            "A": lambda: self.step(-1),
            "D": lambda: self.step(1),
            "Ctrl+S": self.save,
            "Ctrl+Z": self.undo,
            **dict.fromkeys(("Ctrl+Y", "Ctrl+Shift+Z"), self.redo),
            **dict.fromkeys(("+", "="), lambda: self.editor.zoom(1)),
            "-": lambda: self.editor.zoom(-1),
            "F": self.editor.fit,
            **{str(number): partial(self._name_by_key, number) for number in range(1, 10)},
        }
        # Who holds one of these down has not looked at what it would say of the frames that follow.
        statements: dict[str, Callable[[], object]] = {
            **dict.fromkeys(("Return", "Enter"), self.accept),
            "Backspace": self.reject,
            "Del": self.editor.delete,
            "Ctrl+D": self.copy,
            "E": lambda: self.say(State.VERIFIED_EMPTY),
            "I": lambda: self.say(State.IGNORED),
            "U": lambda: self.say(State.UNLABELED),
            "Y": lambda: self.answer(True),
            "N": lambda: self.answer(False),
        }
        for key, act in (acts | statements).items():
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(key not in statements)
            shortcut.activated.connect(act)

    def lay_over(self, widget: QWidget, align: Qt.Alignment | Qt.AlignmentFlag) -> None:
        """Have a widget lie over the picture."""
        self._stage.addWidget(widget, 0, 0, align)

    def scale(self, em: int) -> None:
        self._grid.setHorizontalSpacing(round(em * theme.GAP_L))
        self._grid.setVerticalSpacing(round(em * theme.GAP_S))
        self._line.setSpacing(round(em * theme.GAP_S))
        for button in (self.before, self.after):
            button.setFixedWidth(round(em * theme.TOUCH))
        self.timeline.updateGeometry()
        self.contradiction.scale(em)
        self.filters.scale(em)
        self.tools.scale(em)

    # Which recording

    def take(self, keeper: Keeper | None, recipe: Recipe | None, index: int = 0) -> None:
        """Another recording, at one of its frames; None for none."""
        self.editor.settle()
        if self.keeper is not None:
            self.keeper.changed.disconnect(self._show)
            self.keeper.stepped.disconnect(self._follow)
        self.keeper, self.index, self._in_view = keeper, index, None
        self.editor.show_boxes(())
        self.editor.forget()
        self._labels = labels_in(recipe, keeper.recording) if keeper is not None and recipe is not None else ()
        self.editor.failing = failing(recipe)
        self.editor.label = self._labels[0] if self._labels else Label("")
        self.tools.show_labels(self._labels, self.editor.failing)
        if keeper is not None:
            keeper.changed.connect(self._show)
            keeper.stepped.connect(self._follow)
        self._show()

    @property
    def reel(self) -> Reel | None:
        """The recording as it stands; None where it has no frames to show."""
        reel = self.keeper.reel if self.keeper is not None else None
        return reel if reel is not None and reel.frames else None

    @property
    def looked_at(self) -> Reel | None:
        """The recording as it stands, where the picture of its frame is in view: of another nobody can say anything."""
        reel = self.reel
        in_view = reel is not None and self.editor.has_picture and self._in_view == reel.frames[self.index].path
        return reel if in_view else None

    # What a person does

    def step(self, steps: int) -> None:
        """To the frames before or after that are wanted."""
        reel, index = self.reel, self.index
        if reel is None:
            return
        for _ in range(abs(steps)):
            index = found if (found := reel.beside(index, 1 if steps > 0 else -1, self.wanted)) is not None else index
        if index != self.index:
            self.go(index)
        elif self.wanted is not None:
            self.told.emit(self.tr("There is no other frame of these on that side."))

    @pyqtSlot(int)
    def go(self, index: int) -> None:
        """Look at that frame."""
        self.editor.settle()
        self.index = index
        self._show()

    def accept(self) -> None:
        """What is shown is right; on to the next one."""
        self.editor.settle()
        if (reel := self.looked_at) is None:
            return
        right = reel.confirmed(self.index, self.by)
        if right is not None:
            self._state(right)
        self._go_on()

    def _go_on(self) -> None:
        reel = self.reel
        assert reel is not None
        wanted = self.wanted
        following = reel.to_do(self.index) if wanted is None else reel.beside(self.index, 1, wanted)
        if following is not None:
            self.go(following)
        elif wanted is None:
            self.told.emit(self.tr("All other frames of this recording are done."))
        else:
            self.told.emit(self.tr("There is no other frame of these on that side."))

    def reject(self) -> None:
        """What is proposed here is wrong."""
        self.editor.settle()
        if (reel := self.looked_at) is not None and (waits := reel.suggested(self.index)) is not None:
            self._state(waits.rejected(reel.known(self.index)))
            self.told.emit(self.tr("Rejected. Draw what is there with W, or press E where there is none."))

    @pyqtSlot(bool)
    def answer(self, there: bool) -> None:
        """The component is in a frame that seemed to contradict its recording, or it is not; on to the next one."""
        self.editor.settle()
        if self.keeper is None or (reel := self.looked_at) is None or reel.moment(self.index) is None:
            return
        try:
            self.keeper.state(reel.answered(self.index, there, self.by))
        except InputError:
            text = self.tr("Look at the whole frame: press Enter where all boxes are right, else draw what it shows.")
            self.told.emit(text)
            return
        self._go_on()

    def say(self, state: State) -> None:
        """The frame shows none, or is to be left out, or nobody knows."""
        self.editor.settle()
        if self.looked_at is not None:
            self._state(Annotation() if state is State.UNLABELED else Annotation(state=state, by=self.by))

    def copy(self) -> None:
        """The boxes of this frame onto the next one too."""
        self.editor.settle()
        if (reel := self.looked_at) is None or not reel.boxes(self.index):
            return
        following = reel.beside(self.index, 1)
        if following is None:
            self.told.emit(self.tr("This is the last frame."))
            return
        self._state(reel.copied(self.index, following, self.by), following)
        self.go(following)

    def save(self) -> None:
        """All is saved already, but for what could not be: that is tried again."""
        self.editor.settle()
        if self.keeper is not None and self.keeper.unwritten:
            self.keeper.look()
        else:
            self.told.emit(self.tr("Everything is saved as you go."))

    def undo(self) -> None:
        """Take the newest change back."""
        self.editor.settle()
        if self.keeper is not None:
            self.keeper.undo()

    def redo(self) -> None:
        """Make it again."""
        self.editor.settle()
        if self.keeper is not None:
            self.keeper.redo()

    @pyqtSlot(tuple)
    def _draw(self, boxes: tuple[Any, ...]) -> None:
        if (reel := self.looked_at) is not None:
            self._state(reel.drawn(self.index, boxes, self.by, self._before))

    def _state(self, one: Annotation, index: int | None = None) -> None:
        if self.keeper is not None and self.reel is not None:
            name = self.reel.frames[self.index if index is None else index].name
            self.keeper.state({name: one})

    def _name_by_key(self, number: int) -> None:
        if number <= len(self._labels):
            self.name(self._labels[number - 1])

    @pyqtSlot(object)
    def name(self, label: Label) -> None:
        self.editor.relabel(label)
        self._show_tools()

    @pyqtSlot(object)
    def want(self, wanted: Standing | None) -> None:
        """Step through these alone from now on."""
        self.wanted = wanted
        self.timeline.show_wanted(wanted)
        reel = self.reel
        if reel is not None and wanted not in (None, reel.standings[self.index]):
            found = reel.beside(self.index, 1, wanted)
            found = reel.beside(self.index, -1, wanted) if found is None else found
            if found is not None:
                self.go(found)
        self.editor.setFocus()

    # What is shown

    @pyqtSlot(tuple)
    def _follow(self, names: tuple[str, ...]) -> None:
        """To what was taken back or made again, where it is not in view."""
        reel = self.reel
        if reel is None or reel.frames[self.index].name in names:
            return
        index = next((i for i, frame in enumerate(reel.frames) if frame.name in names), self.index)
        self.go(index)

    @pyqtSlot()
    def _show(self) -> None:
        reel = self.reel
        frames = reel.frames if reel else ()
        self.index = max(0, min(self.index, len(frames) - 1))
        self._note_before()
        standings = reel.standings if reel else ()
        self.timeline.show_frames(standings, [frame.time_s for frame in frames])
        self.timeline.show_index(self.index)
        self.filters.show_standings(standings)
        self.album.want([frames[i].path for i in around(self.index, len(frames))])
        if frames:
            self._show_picture(frames[self.index].path)
        else:
            self._show_contradiction(None)
        self._show_tools()

    def _note_before(self) -> None:
        """What was known last of the frame without boxes, which it is again once its boxes are taken away."""
        reel = self.reel
        known = reel.known(self.index) if reel is not None else Annotation()
        here = reel.frames[self.index].path if reel is not None else None
        if here != self._in_view or not known.boxes:
            self._before = known

    @pyqtSlot(object)
    def _show_picture(self, path: Path) -> None:
        """Show it, where it is the one that is looked at; until it is there, no box lies on another picture."""
        reel = self.reel
        if reel is None or reel.frames[self.index].path != path:
            return
        page: Image | str | None = self.album.page(path)
        if path != self._in_view or not self.editor.has_picture:
            self._in_view = path
            self.editor.show_picture(None if isinstance(page, str) else page)
            self.unreadable.emit(page if isinstance(page, str) else "")
        waits = reel.suggested(self.index)
        shown = reel.boxes(self.index) if self.editor.has_picture else ()
        self.editor.show_boxes(shown, waits.sure if waits is not None else None)
        self._show_contradiction(reel.moment(self.index) if self.editor.has_picture else None)

    def _show_contradiction(self, moment: Moment | None) -> None:
        place = moment.xyxy if moment is not None else None
        self.editor.show_suspect(Box.of(moment.label, place) if moment is not None and place is not None else None)
        edge = self.contradiction.leaves_free(moment, self.editor.size_of_picture)
        self._stage.setAlignment(self.contradiction, Qt.AlignHCenter | edge)
        self.contradiction.show_moment(moment)

    @pyqtSlot()
    def _show_tools(self) -> None:
        reel, editor = self.reel, self.editor
        chosen = 0 <= editor.choice < len(editor.boxes)
        waits = reel.suggested(self.index) if reel else None
        self.tools.allow(reel is not None, waits is not None, bool(reel and reel.boxes(self.index)), chosen)
        label = editor.boxes[editor.choice].label if chosen else editor.label
        self.tools.show_label(self._labels.index(label) if label in self._labels else -1)
        if reel is not None and self.keeper is not None:
            known = reel.known(self.index)
            detail = detail_of(known, waits, self.keeper.recording.attested_by)
            self.tools.show_step(reel.confirmed(self.index, self.by) is not None)
            self.tools.card.show_standing(reel.standings[self.index], detail)
