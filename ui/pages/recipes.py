"""The recipes page: what the workspace has, what one of them asks for, and where on the picture."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import QTimer, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QHBoxLayout, QShortcut, QStackedWidget, QVBoxLayout, QWidget

from inspector.people.role import Deed
from inspector.sketch import Box, free_name, new_sketch
from ui import theme
from ui.desk import Desk
from ui.doorkeeper import Doorkeeper
from ui.editing import Editing
from ui.errands import Errands
from ui.pages.page import Page
from ui.shelving import Shelving
from ui.widgets.fault_list import FaultList
from ui.widgets.name_form import NameForm
from ui.widgets.pin_pad import PinPad
from ui.widgets.question import Question
from ui.widgets.recipe_editor import RecipeEditor
from ui.widgets.region_panel import RegionPanel
from ui.widgets.shelf_panel import ShelfPanel, TrashLine, Welcome

if TYPE_CHECKING:
    from inspector.capture.trash import Thrown
    from inspector.shelf import Entry, Shelf

LOOK_MS = 1500
SHELF_EM, EDITOR_EM = 12, 27


class RecipesPage(Page):
    """Shows the recipes and changes the chosen one; every change that is in order is written by itself."""

    def __init__(self, desk: Desk, source: str = "") -> None:
        super().__init__(desk)
        self.errands = Errands("recipes", self)
        self.editing = Editing(desk.workspace, self.errands, lambda: self.door.who, self)
        self.shelving = Shelving(desk.workspace, self.errands, self)
        self.entries: tuple[Entry, ...] | None = None
        self._origin: Entry | None = None
        self._made, self._doomed, self._asking = "", "", False
        self._running = 0
        self._build(source or "simulator")
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.shelving.look)

    # What it is made of

    def _build(self, source: str) -> None:
        self.shelf, self.editor, self.faults, self.form = ShelfPanel(), RecipeEditor(), FaultList(), NameForm()
        self.panel, self.welcome, self.trash = RegionPanel(self.desk.workspace, source), Welcome(), TrashLine()
        self.middle, self._form_page = QStackedWidget(), QWidget()
        column = QVBoxLayout(self._form_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        for page in (self.editor, self.faults, self._form_page):
            self.middle.addWidget(page)
        self._column, self._row = QVBoxLayout(self), QHBoxLayout()
        for widget in (self.shelf, self.middle, self.panel, self.welcome):
            self._row.addWidget(widget, 1 if widget in (self.panel, self.welcome) else 0)
            widget.hide()
        self._row.addStretch(0)
        self._column.addLayout(self._row, 1)
        self._column.addWidget(self.trash)
        self.question, self.pad = Question(self), PinPad(self, self.errands)
        self.door = Doorkeeper(self.pad, self.desk.session, self)

    def _connect(self) -> None:
        self.shelf.list.chosen.connect(self.desk.choose)
        self.desk.chosen.connect(self._follow_desk)
        self.desk.changed.connect(self.shelving.look)
        for button in (self.shelf.add, self.welcome.make):
            button.clicked.connect(self.ask_for_new)
        self.shelf.copy.clicked.connect(self.ask_for_copy)
        self.shelf.remove.clicked.connect(self.ask_to_delete)
        self.trash.returned.connect(self._put_back)
        self.trash.emptied.connect(self._ask_to_empty)
        self.door.refused.connect(self.told)
        self.form.made.connect(self._make)
        self.form.given_up.connect(self._show_chosen)
        for signal, hear in (
            (self.shelving.seen, self._show_shelf),
            (self.shelving.made, self._show_made),
            (self.shelving.thrown, self._start_over),
            (self.shelving.returned, self._show_back),
            (self.shelving.lying, self.trash.show_things),
            (self.shelving.told, self.told),
            (self.shelving.told, lambda: self.form.setEnabled(True)),
        ):
            signal.connect(hear)
        self._connect_editing()
        self._connect_keys()

    def _connect_editing(self) -> None:
        editing, editor, panel = self.editing, self.editor, self.panel
        editing.changed.connect(self._show_recipe)
        editing.kept.connect(self._note_kept)
        editing.overtaken.connect(self.shelving.look)
        editing.told.connect(self.told)
        editor.wanted.connect(editing.take)
        editor.undone.connect(editing.undo)
        editor.redone.connect(editing.redo)
        editor.paused.connect(editing.pause)
        editor.chosen.connect(self._show_regions)
        editor.asked_to_draw.connect(self._draw)
        panel.canvas.chosen.connect(editor.choose)
        panel.canvas.drawn.connect(self._take_region)
        panel.canvas.freed.connect(self._free_region)
        panel.free.clicked.connect(self._free_region)

    def _connect_keys(self) -> None:
        for keys, act in (
            ("Ctrl+Z", self.editing.undo),
            ("Ctrl+Shift+Z", self.editing.redo),
            ("Ctrl+Y", self.editing.redo),
            ("Ctrl+N", self.ask_for_new),
            ("Ctrl+D", self.ask_for_copy),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # The page among others

    def enter(self) -> None:
        self._timer.start()
        self.shelving.look()
        self.shelving.look_in_trash()

    def leave(self) -> None:
        self._timer.stop()
        self.editing.save()
        self.pad.go()

    @property
    def busy(self) -> str:
        names = ", ".join(f"“{name}”" for name in self.editing.unsaved)
        return self.tr("Changes of %1 are not in order and not saved.").replace("%1", names) if names else ""

    def close_down(self) -> None:
        self._timer.stop()
        self.editing.save()
        self._running = 2
        for errands in (self.errands, self.panel.errands):
            errands.ended.connect(self._note_end)
            errands.close()

    @pyqtSlot()
    def _note_end(self) -> None:
        self._running -= 1
        if not self._running:
            self.ended.emit()

    # What is there

    @pyqtSlot(object)
    def _show_shelf(self, shelf: "Shelf") -> None:
        first, self.entries = self.entries is None, shelf.entries
        self.panel.keep(self.names)
        if shelf.fault:
            self.told.emit(shelf.fault)
        self.desk.refresh()
        self.shelf.list.set_entries(shelf.entries, self.desk.name)
        entry = self.entry
        if self._asking and not first:
            return  # a name is being typed
        if first or entry is None or not self._is_open(entry):
            self._show_chosen()
            return
        self.panel.open(entry.name, entry.recorded)
        if self.editing.hear(entry):
            text = self.tr("The file of “%1” was changed by somebody else, and read again. Ctrl+Z takes that back.")
            self.told.emit(text.replace("%1", entry.name))

    @pyqtSlot(object)
    def _note_kept(self, written: "Entry") -> None:
        """What is known of the shelf goes with what is written, or it would be taken for somebody else's change."""
        if self.entries is not None:
            self.entries = tuple(written if entry.name == written.name else entry for entry in self.entries)
        self.desk.refresh()

    def _is_open(self, entry: "Entry | None") -> bool:
        """Whether it is the one that is being changed; one that cannot be read is shown anew each time."""
        now = self.editing.now
        return entry is not None and entry.recipe is not None and now is not None and now.entry.name == entry.name

    @property
    def entry(self) -> "Entry | None":
        """The chosen recipe as it was last seen."""
        return next((entry for entry in self.entries or () if entry.name == self.desk.name), None)

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self.entries or ()]

    @pyqtSlot()
    def _follow_desk(self) -> None:
        """Another page, or the list, chose a recipe."""
        if self.desk.name != self._doomed:
            self.question.hide()
            self.pad.go()
        if self.entries is None:
            return
        self.shelf.list.show_chosen(self.desk.name)
        if self.entry is not None and not self._is_open(self.entry):
            self._show_chosen()

    @pyqtSlot()
    def _show_chosen(self) -> None:
        entry, there, self._asking = self.entry, bool(self.entries), False
        for widget in (self.shelf, self.middle, self.panel):
            widget.setVisible(there)
        self.welcome.setVisible(not there)
        self.shelf.copy.setEnabled(entry is not None and entry.recipe is not None)
        self.shelf.remove.setEnabled(entry is not None)
        if entry is not None:
            self.panel.open(entry.name, entry.recorded)
        self.editing.open(entry)
        if entry is not None and entry.recipe is None:
            self.faults.show_faults(entry.name, entry.path, entry.problems)
        self.middle.setCurrentWidget(self.editor if entry is None or entry.recipe else self.faults)
        self.editor.choose(0)
        if entry is not None and entry.name == self._made:
            self._made = ""
            self.editor.ask_for_name()

    @pyqtSlot()
    def _show_recipe(self) -> None:
        now = self.editing.now
        if now is not None:
            self.editor.show_recipe(now)
        self._show_regions()

    # Regions

    @pyqtSlot()
    def _show_regions(self) -> None:
        now = self.editing.now
        self.panel.show_sketch(now.steps.now if now else None, self.editor.current)

    @pyqtSlot(object, bool)
    def _take_region(self, box: Box, typed: bool) -> None:
        index, size = self.editor.current, self.panel.canvas.frame_size
        if index >= 0 and size is not None:
            about = ("components", index, "region") if typed else None
            self.editing.take(lambda sketch: sketch.with_region(index, box, size), about)

    @pyqtSlot()
    def _free_region(self) -> None:
        index = self.editor.current
        if index >= 0:
            self.editing.take(lambda sketch: sketch.without_region(index))

    @pyqtSlot()
    def _draw(self) -> None:
        canvas = self.panel.canvas
        canvas.setFocus()
        if canvas.frame_size is None:
            self.told.emit(self.tr("A region is drawn on a picture: take one first."))
        elif canvas.region() is None:
            canvas.draw_first()

    # Recipes as a whole

    @pyqtSlot()
    def ask_for_new(self) -> None:
        """A name for a new recipe."""
        self._ask(None, self.tr("A new recipe"), "")

    @pyqtSlot()
    def ask_for_copy(self) -> None:
        """A name for a copy of the chosen one."""
        entry = self.entry
        if entry is not None and entry.recipe is not None:
            title = self.tr("A copy of “%1”; recordings stay with the original").replace("%1", entry.name)
            self._ask(entry, title, free_name(entry.name, self.names))

    def _ask(self, origin: "Entry | None", title: str, name: str) -> None:
        self.editing.save()
        self._origin, self._asking = origin, True
        self.form.setEnabled(True)
        self.welcome.hide()
        self.middle.setVisible(True)
        self.middle.setCurrentWidget(self._form_page)
        self.form.ask(title, name, self.names)

    @pyqtSlot(str)
    def _make(self, name: str) -> None:
        now, origin = self.editing.now, self._origin
        recipe = new_sketch(name).checked()[0]
        if origin is not None:
            recipe = now.recipe if now is not None and now.recipe is not None else origin.recipe
        if recipe is not None:
            self.form.setEnabled(False)  # a second press makes no second one
            self.shelving.make(recipe.model_copy(update={"name": name}), origin, self.door.who or None)

    @pyqtSlot(str)
    def _show_made(self, name: str) -> None:
        self._made = name
        self._show_back(name)
        self.told.emit(self.tr("Made “%1”.").replace("%1", name))

    @pyqtSlot()
    def ask_to_delete(self) -> None:
        """Whether the chosen recipe shall go, and what that means for its recordings."""
        entry = self.entry
        if entry is None:
            return
        text = self.tr("Move “%1” to the trash? It can be put back.").replace("%1", entry.name)
        count = sum(entry.recorded.values())
        if count:
            more = self.tr("Recordings of it: %1. They stay, and teach nothing until there is a recipe of this name.")
            text = f"{text}\n\n{more.replace('%1', str(count))}"
        self._doomed = entry.name
        self.question.ask(text, self.tr("Move to the trash"), self.tr("Keep it"), lambda: self._delete(entry))

    def _delete(self, entry: "Entry") -> None:
        self.editing.save()
        why = self.tr("Move “%1” to the trash: who are you?").replace("%1", entry.name)
        self.door.let(Deed.THROW_AWAY, why, lambda who: self.shelving.throw_away(entry, who))

    @pyqtSlot(object)
    def _put_back(self, thrown: "Thrown") -> None:
        why = self.tr("Put “%1” back: who are you?").replace("%1", thrown.name)
        self.door.let(Deed.THROW_AWAY, why, lambda who: self.shelving.put_back(thrown, who))

    @pyqtSlot(object)
    def _ask_to_empty(self, things: "tuple[Thrown, ...]") -> None:
        text = self.tr("Delete these recipes for good? %1 of them lie in the trash, and cannot be put back then.")
        yes, no, self._doomed = self.tr("Delete them"), self.tr("Keep them"), self.desk.name
        self.question.ask(text.replace("%1", str(len(things))), yes, no, lambda: self._destroy(things))

    def _destroy(self, things: "tuple[Thrown, ...]") -> None:
        why = self.tr("Delete recipes for good: who are you?")
        self.door.let(Deed.DELETE, why, lambda who: self.shelving.destroy(things, who))

    @pyqtSlot(str)
    def _show_back(self, name: str) -> None:
        """A recipe was made, or came back."""
        self._start_over(name)
        self.desk.choose(name)

    @pyqtSlot(str)
    def _start_over(self, name: str) -> None:
        """A recipe came or went: what is there is looked at anew."""
        self.shelving.look_in_trash()
        self.editing.forget(name)
        self.entries = None
        self.desk.refresh()
        self.shelving.look()

    # How large it is

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_L)
        self._column.setContentsMargins(edge, edge, edge, round(em * theme.GAP_M))
        self._row.setSpacing(round(em * theme.GAP_M))
        self.shelf.setFixedWidth(round(em * SHELF_EM))
        self.middle.setFixedWidth(round(em * EDITOR_EM))
        for part in (self.shelf, self.welcome, self.trash, self.editor, self.faults, self.form, self.panel):
            part.scale(em)
