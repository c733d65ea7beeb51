"""The page of what was inspected: found by time, verdict, component and serial number; in pictures and in figures."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QFileDialog, QHBoxLayout, QShortcut, QStackedWidget, QVBoxLayout, QWidget

from inspector.errors import InspectorError
from inspector.inspection.verdict import Inspection
from inspector.people.role import Deed
from inspector.people.session import Session
from ui import theme
from ui.archive import Archive, Asked, Form, Shown, Turned, Writing
from ui.desk import Desk
from ui.doorkeeper import Doorkeeper
from ui.engine_words import translated
from ui.errands import Errands
from ui.pages.page import Page
from ui.widgets.browse import window_of_files
from ui.widgets.choice import Choice
from ui.widgets.deed import Segments
from ui.widgets.inspected import Inspected
from ui.widgets.inspection_list import InspectionList
from ui.widgets.nothing import Nothing
from ui.widgets.pin_pad import PinPad
from ui.widgets.search_bar import SearchBar
from ui.widgets.shift_figures import ShiftFigures
from ui.widgets.working import Working

if TYPE_CHECKING:
    from inspector.inspection.records.overview import Overview
    from inspector.inspection.records.wanted import Place


LOOK_MS = 300
"""How often the page looks how far a file is; what is written before the first look shows no bar."""


class Left:
    """In the place of figures that nobody waits for any more."""


LEFT = Left()
SUFFIXES = {Form.CSV: ".csv", Form.PARQUET: ".parquet", Form.SERIAL: ".pdf", Form.REPORT: ".pdf"}


class HistoryPage(Page):
    """Args: session: gives whoever is at the station; it may raise InspectorError."""

    def __init__(self, desk: Desk, session: Callable[[], Session]) -> None:
        super().__init__(desk)
        self.errands = Errands("history", self)
        self.archive = Archive(desk.workspace)
        self._session = session
        self._turns, self._looks = [0], [0]
        self._older: Place | None = None
        self._asked, self._closing = Asked(), False
        self.shown: Inspection | None = None
        self._writing = Writing()
        self._build()
        self._arrange()
        self.pad = PinPad(self.stack, self.errands)
        self.door = Doorkeeper(self.pad, session, self)
        self._connect()

    # What it is made of

    def _build(self) -> None:
        self.search, self.views = SearchBar(), Segments((self.tr("Inspections"), self.tr("Figures")))
        self.views.choose(0)
        self.export = Choice()
        self.export.setAccessibleName(self.tr("Export"))
        self.export.addItems(
            [
                self.tr("This list as CSV"),
                self.tr("This list as Parquet"),
                self.tr("This serial number as PDF"),
                self.tr("Report of this time as PDF"),
            ]
        )
        self.export.setPlaceholderText(self.tr("Export …"))
        self.export.setCurrentIndex(-1)
        self.working, self._look_again = Working(), QTimer(self)
        self.list, self.inspected = InspectionList(), Inspected()
        self.figures, self.nothing = ShiftFigures(), Nothing()

    def _arrange(self) -> None:
        self._layout, self._both, both = QVBoxLayout(self), QHBoxLayout(), QWidget()
        self.search.upper.insertWidget(0, self.views)
        self.search.upper.addWidget(self.export)
        self._both = QHBoxLayout(both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addWidget(self.list)
        self._both.addWidget(self.inspected, 1)
        self.stack = QStackedWidget()
        for part in (self.nothing, both, self.figures):
            self.stack.addWidget(part)
        self._found = both
        self._layout.addWidget(self.search)
        self._layout.addWidget(self.working)
        self._layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.search.changed.connect(self.seek)
        self.views.chosen.connect(lambda _: self.seek())
        self.export.activated[int].connect(self._ask_where)
        self.working.cancelled.connect(self._abandon)
        self._look_again.timeout.connect(self._show_writing)
        self.list.chosen.connect(self._look)
        self.list.more.connect(self._read_on)
        self.figures.pressed.connect(self.search.choose_component)
        self.figures.stretched.connect(lambda _: self.seek())
        self.inspected.answer.right.connect(self._say_right)
        self.inspected.answer.wrong.connect(self._say_wrong)
        self.door.refused.connect(self.told)
        self.desk.chosen.connect(self._offer_components)
        self.errands.ended.connect(self._leave)
        again = QShortcut(QKeySequence("F5"), self, context=Qt.WidgetWithChildrenShortcut)
        again.activated.connect(self.seek)

    # What a person does

    def enter(self) -> None:
        self._offer_components()
        self.seek()

    @pyqtSlot()
    def seek(self) -> None:
        """Look for what is wanted now; what was looked for before and is not found yet is left."""
        if self._closing:
            return
        self._show_lock()
        asked = self.search.asked
        self._asked = Asked(**{**vars(asked), "by_shift": self.figures.each.buttons[1].isChecked()})
        turns, wanted, archive = self._turns, self._asked, self.archive
        turns[0] += 1
        turn = turns[0]
        if self.views.buttons[1].isChecked():
            self.errands.run(
                lambda: archive.figures(wanted) if turns[0] == turn else LEFT, self._show_figures, self._fail
            )
        else:
            self.errands.run(lambda: archive.turn(wanted) if turns[0] == turn else None, self._show_found, self._fail)

    @pyqtSlot()
    def _read_on(self) -> None:
        """The end of the list is in sight: read what is older."""
        turns, wanted, archive, place = self._turns, self._asked, self.archive, self._older
        turn = turns[0]
        if place is not None:
            self.errands.run(lambda: archive.turn(wanted, place) if turns[0] == turn else None, self._add, self._fail)

    @pyqtSlot(object)
    def _look(self, inspection: Inspection) -> None:
        self.shown = inspection
        self.inspected.show_inspection(inspection)
        looks, archive = self._looks, self.archive
        looks[0] += 1
        look = looks[0]
        # Whoever leafs through them shall not wait for each: what was left again is not read.
        self.errands.run(lambda: archive.look(inspection) if looks[0] == look else None, self._show_one, self._fail)

    @pyqtSlot()
    def _say_right(self) -> None:
        if (inspection := self.shown) is not None:
            self.door.let(
                Deed.MARK, self.tr("Who says that it was right?"), lambda who: self._mark(inspection, who, "")
            )

    @pyqtSlot(str)
    def _say_wrong(self, reason: str) -> None:
        if (inspection := self.shown) is not None:
            why = self.tr("Who says that it was wrong?")
            self.door.let(Deed.MARK, why, lambda who: self._mark(inspection, who, reason))

    def _mark(self, inspection: Inspection, who: str, reason: str) -> None:
        archive = self.archive
        waits, gone = (
            self.tr("Noted. Its picture waits to be labeled."),
            self.tr("Noted. Its picture is not kept any more."),
        )

        def tell(kept: bool) -> None:
            self.told.emit(waits if kept else gone)
            self.desk.changed.emit()  # the label page says that it waits

        if reason:
            self.errands.run(lambda: archive.mark_wrong(inspection, who, reason), tell, self._fail)
        else:
            noted = self.tr("Noted.")
            self.errands.run(lambda: archive.mark_right(inspection, who), lambda _: self.told.emit(noted), self._fail)
        self._look(inspection)

    @pyqtSlot(int)
    def _ask_where(self, index: int) -> None:
        """Open a dialogue that does not hold the event loop."""
        form = list(Form)[index]
        self.export.setCurrentIndex(-1)
        asked = self.search.asked
        if form is Form.SERIAL and not asked.serial:
            self.told.emit(self.tr("Type the serial number first: a PDF is about one."))
            return
        dialog = window_of_files(self, self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptSave)
        dialog.setDefaultSuffix(SUFFIXES[form])
        dialog.selectFile(f"{asked.serial or 'inspections'}{SUFFIXES[form]}")
        dialog.fileSelected.connect(lambda path: self.write(form, asked, Path(path)))
        dialog.open()

    def write(self, form: Form, asked: Asked, path: Path) -> None:
        """Write it on the thread; the foot tells when it is there."""
        if self._look_again.isActive():
            self.told.emit(self.tr("Something is being written already: wait, or cancel it."))
            return
        words = self.tr("Wrote %1 inspections to %2.").replace("%2", str(path))
        left = self.tr("Cancelled: nothing was written.")
        self.told.emit(self.tr("Writing %1 …").replace("%1", str(path)))
        self._writing = writing = Writing()
        self._look_again.start(LOOK_MS)

        def tell(count: int | None) -> None:
            self._end_writing()
            self.told.emit(left if count is None else words.replace("%1", str(count)))

        def fail(error: InspectorError) -> None:
            self._end_writing()
            self._fail(error)

        self.errands.run(lambda: self.archive.write(asked, form, path, writing), tell, fail)

    @pyqtSlot()
    def _abandon(self) -> None:
        self._writing.abandoned = True

    # What happens

    @pyqtSlot()
    def _offer_components(self) -> None:
        recipe = self.desk.recipe
        self.search.offer([component.name for component in recipe.components] if recipe else [])

    def _show_found(self, found: Turned | None) -> None:
        if found is None or self._closing:
            return
        self._older = found.older
        self.search.show_span(found.span)
        if not found.inspections:
            self._show_nothing(found.is_empty)
            return
        self.stack.setCurrentWidget(self._found)
        self.list.show_first(found.inspections, found.older is not None)

    def _add(self, found: Turned | None) -> None:
        if found is not None and not self._closing:
            self._older = found.older
            self.list.inspections.add(found.inspections, found.older is not None)

    def _show_one(self, shown: Shown | None) -> None:
        if shown is not None and shown.inspection is self.shown and not self._closing:
            self.inspected.show_all(shown)

    def _show_figures(self, found: "Overview | Left | None") -> None:
        if isinstance(found, Left) or self._closing:
            return
        if found is None:
            self._show_nothing(is_empty=True)
            return
        self.stack.setCurrentWidget(self.figures)
        self.figures.show_overview(found, self._asked)
        self.search.show_span(found.span)

    def _fail(self, error: InspectorError) -> None:
        self.told.emit(translated(error))

    # What is shown

    @pyqtSlot()
    def _show_writing(self) -> None:
        done, total = self._writing.done, self._writing.total
        if self.working.isHidden():
            self.working.begin(self.tr("Writing"))
        if total:
            text = self.tr("Writing: %1 of %2").replace("%1", str(done)).replace("%2", str(total))
            self.working.show_step(text, "write", done, total)

    def _end_writing(self) -> None:
        self._look_again.stop()
        self.working.hide()

    def _show_nothing(self, is_empty: bool) -> None:
        self.shown = None
        self.stack.setCurrentWidget(self.nothing)
        if is_empty:
            text = self.tr("What the station inspects is kept here. Start it on the page Station.")
            self.nothing.say(self.tr("Nothing inspected yet"), text)
        else:
            text = self.tr("Choose a longer time, or take away a filter above.")
            self.nothing.say(self.tr("No such inspection"), text)

    def _show_lock(self) -> None:
        try:
            locked = not self._session().may(Deed.MARK)
        except InspectorError:
            locked = True
        self.inspected.answer.show_lock(locked)

    # How it ends

    def close_down(self) -> None:
        self._closing = self._writing.abandoned = True
        self._turns[0] += 1
        self._looks[0] += 1
        self.errands.run(self.archive.close, lambda _: None, self._fail)
        self.errands.close()

    @pyqtSlot()
    def _leave(self) -> None:
        self.ended.emit()

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, edge, edge, gap)
        self._layout.setSpacing(gap)
        self._both.setSpacing(edge)
        self.views.setFixedWidth(round(em * 13.2))
        self.export.setFixedWidth(round(em * 9))
        self.list.setFixedWidth(round(em * 23))
        for part in (self.search, self.working, self.inspected, self.figures, self.nothing):
            part.scale(em)
