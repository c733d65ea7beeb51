"""The page of settings: camera, station, outputs, people, the audit log, records, shifts, language and look."""

from collections.abc import Callable, Sequence
from typing import Any

from PyQt5.QtCore import Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QShortcut, QStackedWidget, QVBoxLayout, QWidget

from inspector.capture.connected import cameras
from inspector.errors import InspectorError
from inspector.labeling.studio import open_live
from inspector.people.role import NEEDS, Deed
from inspector.people.session import Session
from inspector.people.staff import Known, Log, Staff
from inspector.sheet import Overtaken, Sheet
from inspector.sketch import Fault
from ui import theme
from ui.command import Command, MakeCommand
from ui.desk import Desk
from ui.doorkeeper import Doorkeeper
from ui.engine_words import translated
from ui.errands import Errands
from ui.filming import Filming, OpenCamera
from ui.pages.page import Page
from ui.widgets.audit_section import AuditSection
from ui.widgets.camera_bar import ListCameras
from ui.widgets.camera_section import CameraSection
from ui.widgets.deed import Deed as Button
from ui.widgets.look_section import LookSection
from ui.widgets.nothing import Nothing
from ui.widgets.outputs_section import OutputsSection
from ui.widgets.people_section import PeopleSection
from ui.widgets.person_form import role_in_words
from ui.widgets.pin_pad import PinPad
from ui.widgets.plain_sections import KeepingSection, ShiftsSection, StationSection, TriggersSection
from ui.widgets.question import Question
from ui.widgets.settings_section import SettingsSection
from ui.widgets.shapes import Sign

LOOK_MS = 2000
"""How late the page may notice that whoever was there is there no more."""
INTERRUPTED = 130
"""How a command ends that was ended as by Ctrl-C."""
SECONDS = "3"
"""That each signal is shown in a trial."""


class SettingsPage(Page):
    """restyled: another language or look was chosen.

    Args: session: gives whoever is at the station; it may raise InspectorError.
    """

    restyled = pyqtSignal()

    def __init__(
        self,
        desk: Desk,
        session: Callable[[], Session],
        command: MakeCommand = Command,
        opener: OpenCamera = open_live,
        connected: ListCameras = cameras,
    ) -> None:
        super().__init__(desk)
        self.errands, self.trying = Errands("settings", self), command(desk.workspace, self)
        self.staff = Staff(desk.workspace)
        self.before: Sheet | None = None
        self.sheet: Sheet | None = None
        self.faults: tuple[Fault, ...] = ()
        self._session, self._in_view, self._closing, self._saving = session, False, False, False
        self._build(opener, connected)
        self._arrange()
        self.pad, self.question = PinPad(self.whole, self.errands), Question(self)
        self.door = Doorkeeper(self.pad, session, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show)
        self._connect()

    # What it is made of

    def _build(self, opener: OpenCamera, connected: ListCameras) -> None:
        filming = Filming(self.desk.workspace, opener, self)
        self.camera = CameraSection(filming, "simulator", connected, self.errands)
        self.station, self.triggers, self.outputs = StationSection(self.desk.names), TriggersSection(), OutputsSection()
        self.people, self.audit, self.keeping = PeopleSection(), AuditSection(), KeepingSection()
        self.shifts, self.look = ShiftsSection(), LookSection()
        self.sections: tuple[SettingsSection, ...] = (
            *(self.camera, self.station, self.triggers, self.outputs, self.people, self.audit),
            *(self.keeping, self.shifts, self.look),
        )
        self.tabs = [QPushButton(section.title) for section in self.sections]
        self.nothing, self.locked, self.unlock = (
            Nothing(),
            QLabel(),
            Button(Sign.LOCK, self.tr("Unlock …"), quiet=False),
        )
        self.locked.setWordWrap(True)
        self.save, self.discard = QPushButton(self.tr("Save")), QPushButton(self.tr("Discard"))
        self.save.setToolTip("Ctrl+S")
        self.save.setObjectName("primary")
        self.discard.setObjectName("quiet")

    def _arrange(self) -> None:
        self._layout, self._column = QHBoxLayout(self), QVBoxLayout()
        for number, tab in enumerate(self.tabs):
            tab.setObjectName("tab")
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _, number=number: self.open(number))
            self._column.addWidget(tab)
        self._column.addStretch(1)
        self.whole, self.stack = QWidget(), QStackedWidget()
        for part in (*self.sections, self.nothing):
            self.stack.addWidget(part)
        self._right, self._foot = QVBoxLayout(self.whole), QHBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.stack, 1)
        for part, stretch in ((self.locked, 1), (self.unlock, 0), (self.discard, 0), (self.save, 0)):
            self._foot.addWidget(part, stretch)
        self._right.addLayout(self._foot)
        self._layout.addLayout(self._column)
        self._layout.addWidget(self.whole, 1)

    def _connect(self) -> None:
        for section in self.sections:
            section.edited.connect(self.edit)
        self.outputs.switched.connect(self._switch)
        self.outputs.trial.wanted.connect(self._ask_to_try)
        self.trying.told.connect(self.outputs.trial.hear)
        self.trying.ended.connect(self._end_trial)
        self.unlock.clicked.connect(lambda _: self._let(lambda who: None))
        self.save.clicked.connect(self.keep)
        self.discard.clicked.connect(self.read)
        QShortcut(QKeySequence.Save, self, context=Qt.WidgetWithChildrenShortcut).activated.connect(self.keep)
        people, staff = self.people, self.staff
        people.added.connect(lambda *what: self._manage(lambda by: staff.add(by, *what)))
        people.repinned.connect(lambda *what: self._manage(lambda by: staff.set_pin(by, *what)))
        people.given.connect(lambda *what: self._manage(lambda by: staff.give(by, *what)))
        people.unlocked.connect(lambda name: self._manage(lambda by: staff.end_pause(by, name)))
        people.removed.connect(self._ask_to_remove)
        self.audit.wanted.connect(self._read_log)
        self.look.restyled.connect(self.restyled)
        self.camera.told.connect(self.told)
        self.camera.ended.connect(self._leave)
        self.door.refused.connect(self.told)
        self.errands.ended.connect(self.ended)

    # As a page of the bench

    def enter(self) -> None:
        self._in_view = True
        self._timer.start(LOOK_MS)
        if self.before is None or self.sheet == self.before:
            self.read()
        if not any(tab.isChecked() for tab in self.tabs):
            self.tabs[0].setChecked(True)
        self.section.enter()

    def leave(self) -> None:
        self._in_view = False
        self._timer.stop()
        self.section.leave()

    @property
    def section(self) -> SettingsSection:
        """The one in view."""
        return self.sections[[tab.isChecked() for tab in self.tabs].index(True)]

    @property
    def busy(self) -> str:
        if self.trying.running:
            return self.tr("Outputs are being tried out. It is ended now.")
        return self.tr("Settings were changed and not saved.") if self.is_changed else ""

    @property
    def is_changed(self) -> bool:
        return self.sheet is not None and self.sheet != self.before

    # What a person does

    def open(self, number: int) -> None:
        """Bring a section into view."""
        for section in self.sections:
            if section is self.stack.currentWidget():
                section.leave()
        self.tabs[number].setChecked(True)
        self._show()
        if self._in_view:
            self.section.enter()

    @pyqtSlot()
    def read(self) -> None:
        """Begin with what is in the file now."""
        place = self.desk.workspace
        self.errands.run(lambda: Sheet.read(place), self._take, self._fail_to_read)
        self.read_people()

    @pyqtSlot(tuple, object)
    def edit(self, place: tuple[str, ...], value: Any) -> None:
        """Another value, which is not written yet."""
        self.door.touch()
        if self.sheet is not None:
            self._set(self.sheet.with_value(place, value))

    @pyqtSlot(str, bool)
    def _switch(self, way: str, on: bool) -> None:
        if self.sheet is not None:
            before = self.before.at(("outputs", way)) if self.before is not None else None
            # Who switches it off and on again finds what was said of it.
            again = on and before is not None
            self._set(self.sheet.with_value(("outputs", way), before) if again else self.sheet.with_way(way, on))

    @pyqtSlot()
    def keep(self) -> None:
        """Write what was changed, by the name of who may."""
        if self.is_changed and not self.faults and not self._saving:
            self._let(self._keep)

    def _keep(self, by: str) -> None:
        sheet, before, place = self.sheet, self.before, self.desk.workspace
        if sheet is None or before is None:
            return
        self._saving = True
        self.errands.run(
            lambda: sheet.keep(place, before, by), lambda kept: self._note_kept(sheet, kept), self._fail_to_keep
        )

    def _let(self, then: Callable[[str], object]) -> None:
        deed = self.section.deed or Deed.SETTINGS
        self.door.let(deed, self.tr("Who changes the settings?"), lambda who: (then(who), self._show()))

    def _manage(self, work: Callable[[str], None]) -> None:
        """Do something with the people, by the name of who may, and show them as they are then."""

        def begin(by: str) -> None:
            self.errands.run(lambda: work(by), lambda _: None, self._fail)
            self.read_people()

        self.door.let(Deed.PEOPLE, self.tr("Who changes the people?"), begin)

    def read_people(self) -> None:
        self.errands.run(self.staff.known, self._show_people, self._fail)

    @pyqtSlot(str)
    def _ask_to_remove(self, name: str) -> None:
        text = self.tr("%1 may then do nothing at the station any more.").replace("%1", name)
        remove = self.tr("Remove %1").replace("%1", name)
        staff = self.staff
        self.question.ask(text, remove, self.tr("Cancel"), lambda: self._manage(lambda by: staff.remove(by, name)))

    @pyqtSlot(bool)
    def _read_log(self, check: bool) -> None:
        self.errands.run(lambda: self.staff.log(check), self._show_log, self._fail)

    @pyqtSlot()
    def _ask_to_try(self) -> None:
        if self.trying.running:
            self.trying.cancel()
            return
        text = self.tr("The plant may act on what it is shown. Is the line stopped?")
        self.question.ask(text, self.tr("It is stopped"), self.tr("Cancel"), lambda: self._let(self._try))

    def _try(self, by: str) -> None:
        self.outputs.trial.begin()
        self.trying.start("outputs", "test", "--yes", "--seconds", SECONDS)
        self._show()

    # What happens

    def _take(self, sheet: Sheet) -> None:
        self.before = sheet
        if self._closing:
            return
        if self.stack.currentWidget() is self.nothing:
            self.stack.setCurrentWidget(self.section)
        self._set(sheet)

    def _set(self, sheet: Sheet) -> None:
        self.sheet = sheet
        _, self.faults = sheet.checked()
        self._show()

    def _note_kept(self, written: Sheet, kept: Sheet) -> None:
        """What was typed meanwhile is still to be saved."""
        self._saving = False
        typed, self.before = self.sheet, kept
        self._set(kept if typed is None or typed == written else Sheet(typed.values, kept.text))
        self.told.emit(self.tr("Saved. A station that runs takes it at its next start."))

    def _fail_to_keep(self, error: InspectorError) -> None:
        self._saving = False
        self.told.emit(translated(error))
        if isinstance(error, Overtaken):
            self.read()
        self._show()

    def _fail_to_read(self, error: InspectorError) -> None:
        self.sheet = self.before = None
        self.faults = ()
        self.nothing.say(self.tr("The settings cannot be read"), translated(error))
        self._show()

    def _fail(self, error: InspectorError) -> None:
        self.told.emit(translated(error))

    @pyqtSlot(int, str)
    def _end_trial(self, code: int, sentence: str) -> None:
        early = self.tr("Ended before all signals were shown.") if code == INTERRUPTED else ""
        self.outputs.trial.end(early or (sentence if code else ""))
        self._show()
        self._leave()

    # What is shown

    def _may(self, deed: Deed) -> bool:
        try:
            return self._session().may(deed)
        except InspectorError:
            return False

    @pyqtSlot()
    def _show(self) -> None:
        section, sheet = self.section, self.sheet
        deed = section.deed
        locked = deed is not None and not self._may(deed)
        own = deed is None
        self.stack.setCurrentWidget(section if own or sheet is not None else self.nothing)
        if sheet is not None:
            section.show_sheet(sheet, self.faults, locked)
        self._show_foot(deed, locked)
        for tab, one in zip(self.tabs, self.sections, strict=True):
            wrong = one.faulty(self.faults)
            tab.setText(f"{one.title}  !" if wrong else one.title)
        on, why = self.outputs.is_on, ""
        if self.is_changed:
            why = self.tr("Save first: what is saved is tried out.")
        elif not on:
            why = self.tr("No output is switched on.")
        self.outputs.trial.show_running(self.trying.running, why)

    def _show_foot(self, deed: Deed | None, locked: bool) -> None:
        self.locked.setText(self._hint())
        if deed is not None and locked:
            self.locked.setText(self.tr("Locked. Only for: %1").replace("%1", role_in_words(NEEDS[deed])))
        self.unlock.setVisible(locked)
        for button in (self.save, self.discard):
            button.setVisible(deed is Deed.SETTINGS and not locked)
            button.setEnabled(self.is_changed and not self._saving)
        if self.faults:
            self.save.setEnabled(False)

    def _hint(self) -> str:
        if self.faults:
            return self.tr("Something is not in order: nothing is saved before it is.")
        return self.tr("Changed and not saved") if self.is_changed else ""

    def _show_people(self, known: Sequence[Known]) -> None:
        self.people.show_people(known)
        self._show()

    def _show_log(self, log: Log) -> None:
        self.audit.show_log(log)

    # How it ends

    def close_down(self) -> None:
        self._closing = True
        self._timer.stop()
        if self.trying.running:
            self.trying.end()
        self.camera.close_down()

    @pyqtSlot()
    def _leave(self) -> None:
        if self._closing and self.camera.filming.closed and not self.trying.running:
            self.errands.close()

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, edge, edge, gap)
        self._layout.setSpacing(edge)
        self._column.setSpacing(round(em * theme.GAP_S))
        self._right.setSpacing(gap)
        self._foot.setSpacing(gap)
        for tab in self.tabs:
            tab.setFixedWidth(round(em * 14.5))
        for button in (self.save, self.discard):
            button.setFixedWidth(round(em * 9))
        for section in self.sections:
            section.scale(em)
        self.nothing.scale(em)
