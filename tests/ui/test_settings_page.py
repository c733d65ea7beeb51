"""The settings page: each value at its field, what is wrong with it, who may change it, and what is written."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from inspector.capture.connected import Connected
from inspector.people.audit import audit_of
from inspector.people.role import Role
from inspector.people.session import Session, session_of
from inspector.settings import Workspace
from tests.labeling.live_camera import Plug
from tests.people.cheap import cheap_pins
from tests.ui.given import SaidCommand
from ui import theme
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.widgets.settings_form import Entry, SettingsForm

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CAMERA, STATION, TRIGGERS, OUTPUTS, PEOPLE, AUDIT, RECORDS, SHIFTS, LOOK = range(9)
PIN, OTHER = "481516", "271828"
WRITTEN = "format: 1\nsource: hand  # above the belt\nrecords:\n  keep_days: 30\n"


class Opened:
    """page: in view on a workspace. told: what the foot of the window was told. plug: gives it its cameras."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot, self.workspace, self.plug = qtbot, workspace, Plug()
        self._session: Session | None = None
        self.desk = Desk(workspace)
        self.page = SettingsPage(
            self.desk,
            self.session,
            SaidCommand,
            self.plug,
            lambda: (Connected("usb:4F2A", "Webcam", "4F2A"),),  # type: ignore[arg-type]
        )
        self.desk.setParent(self.page)
        self.told: list[str] = []
        self.page.told.connect(self.told.append)
        qtbot.addWidget(self.page, before_close_func=lambda _: self.close())
        self.page.setStyleSheet(theme.style_sheet(15))
        self.page.scale(15)
        self.page.resize(1085, 770)
        self.page.show()
        self.page.enter()
        self.settle()

    def session(self) -> Session:
        self._session = self._session or session_of(self.workspace)
        return self._session

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.errands.busy)

    def close(self) -> None:
        with self.qtbot.waitSignal(self.page.ended, timeout=20_000):
            self.page.close_down()

    def prove(self, pin: str = PIN) -> None:
        """Give the PIN that is asked for."""
        assert self.page.pad.isVisible()
        for digit in pin:
            self.page.pad.type(digit)
        self.page.pad.submit()
        self.settle()

    def save(self) -> str:
        """Press it; what stands in the file then."""
        self.page.save.click()
        self.settle()
        return (self.workspace.folder / "settings.yaml").read_text()

    def type(self, form: SettingsForm, key: str, text: str) -> Entry:
        """Into a field, as a person does."""
        entry = next(entry for entry in form.entries if entry.place[-1] == key)
        entry.widget.setText(text)  # type: ignore[attr-defined]
        entry.widget.textEdited.emit(text)  # type: ignore[attr-defined]
        return entry


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Opened]:
    def made(*people: tuple[str, Role, str], text: str = WRITTEN) -> Opened:
        cheap_pins(monkeypatch)
        (workspace.folder / "settings.yaml").write_text(text)
        register = session_of(workspace).register if people else None
        for one in people:
            assert register is not None
            register.add(*one)
        return Opened(qtbot, workspace)

    return made


ANN, BOB = ("ann", Role.ENGINEER, PIN), ("bob", Role.OPERATOR, OTHER)


def test_a_change_is_written_with_its_comments_and_noted(make: Callable[..., Opened]) -> None:
    opened = make()
    page = opened.page
    page.open(RECORDS)
    assert not page.save.isEnabled()
    opened.type(page.keeping.forms[0], "keep_days", "90")
    assert page.busy
    text = opened.save()
    assert "source: hand  # above the belt" in text
    assert "keep_days: 90" in text
    (entry,) = audit_of(opened.workspace).entries()
    assert entry.what == {"records.keep_days": 90}
    assert not page.busy
    assert not page.save.isEnabled()


def test_a_fault_stands_at_its_field_and_nothing_is_saved(make: Callable[..., Opened]) -> None:
    opened = make()
    page = opened.page
    page.open(SHIFTS)
    entry = opened.type(page.shifts.forms[0], "at", "06:00, 25:00")
    assert "25:00" in entry.field.remark.fault
    assert page.tabs[SHIFTS].text().endswith("!")
    assert not page.save.isEnabled()
    page.keep()
    opened.type(page.shifts.forms[0], "at", "06:00, 14:00")
    assert not entry.field.remark.fault
    assert "at:" in opened.save()
    assert opened.workspace.settings().shifts.at == ("06:00", "14:00")


def test_discard_takes_the_file_again(make: Callable[..., Opened]) -> None:
    opened = make()
    opened.page.open(RECORDS)
    entry = opened.type(opened.page.keeping.forms[0], "keep_days", "abc")
    assert entry.field.remark.fault
    opened.page.discard.click()
    opened.settle()
    assert entry.read() == 30
    assert not opened.page.busy


def test_every_field_holds_the_value_that_the_settings_have(make: Callable[..., Opened]) -> None:
    """A key that is misspelt at a field would be written as an unknown one."""
    opened = make()
    page = opened.page
    for way in page.outputs.ways.values():
        way.switch.click()
    assert page.sheet is not None
    for section in page.sections:
        section.show_sheet(page.sheet, (), locked=False)
        for entry in (entry for form in section.forms for entry in form.entries):
            inside = page.sheet.at(entry.place[:-1]) if len(entry.place) > 1 else page.sheet.values
            assert entry.place[-1] in inside, entry.place
            assert entry.read() == inside[entry.place[-1]], entry.place


def test_an_empty_field_of_a_scanner_is_nothing_typed(make: Callable[..., Opened]) -> None:
    opened = make(text="format: 1\ntriggers:\n  scanner:\n    prefix: A\n")
    opened.page.open(TRIGGERS)
    opened.type(opened.page.triggers.forms[1], "prefix", "")
    assert not opened.page.faults
    opened.save()
    assert opened.workspace.settings().triggers.scanner.prefix == ""


def test_what_is_typed_while_it_is_saved_stays_to_be_saved(make: Callable[..., Opened]) -> None:
    opened = make()
    page = opened.page
    page.open(RECORDS)
    opened.type(page.keeping.forms[0], "keep_days", "90")
    page.save.click()
    opened.type(page.keeping.forms[0], "keep_gb", "7")
    opened.settle()
    assert opened.workspace.settings().records.keep_days == 90
    assert page.is_changed
    assert "keep_gb: 7" in opened.save()


def test_who_may_not_sees_a_locked_page_with_a_word_and_may_say_who_they_are(make: Callable[..., Opened]) -> None:
    opened = make(ANN, BOB)
    page = opened.page
    page.open(RECORDS)
    entry = page.keeping.forms[0].entries[0]
    assert "Only for: Engineer" in page.locked.text()
    assert (entry.widget.isEnabled(), page.save.isVisible(), page.unlock.isVisible()) == (False, False, True)
    page.unlock.click()
    page.pad.name.setCurrentText("bob")
    opened.prove(OTHER)
    assert "has the role operator" in opened.told[-1]
    assert not entry.widget.isEnabled()
    page.unlock.click()
    page.pad.name.setCurrentText("ann")
    opened.prove()
    assert entry.widget.isEnabled()
    opened.type(page.keeping.forms[0], "keep_days", "60")
    opened.save()
    assert [e.who for e in audit_of(opened.workspace).entries() if e.deed == "change settings"] == ["ann"]


def test_a_way_to_the_plant_is_switched_on_and_listens_here_alone(make: Callable[..., Opened]) -> None:
    opened = make()
    page, form = opened.page, opened.page.outputs.ways["modbus"]
    page.open(OUTPUTS)
    assert not form.body.isVisible()
    form.switch.click()
    assert form.body.isVisible()
    assert [entry.read() for entry in form.entries][:3] == ["127.0.0.1", 502, True]
    opened.type(form, "port", "99999")
    assert "65535" in form.entries[1].field.remark.fault
    opened.type(form, "port", "5020")
    opened.save()
    modbus = opened.workspace.settings().outputs.modbus
    assert modbus is not None
    assert (modbus.address, modbus.port) == ("127.0.0.1", 5020)
    form.switch.click()
    opened.save()
    assert opened.workspace.settings().outputs.modbus is None


def test_each_signal_is_tried_out_after_somebody_said_that_the_line_is_stopped(make: Callable[..., Opened]) -> None:
    opened = make()
    page, trial = opened.page, opened.page.outputs.trial
    page.open(OUTPUTS)
    assert "No output is switched on" in trial.now.text()
    page.outputs.ways["modbus"].switch.click()
    assert not trial.button.isEnabled()  # what is not saved is not tried out
    opened.save()
    trial.button.click()
    assert "Is the line stopped" in page.question.text
    command: SaidCommand = page.trying  # type: ignore[assignment]
    assert command.started == []
    page.question.yes.click()
    assert command.started == [("outputs", "test", "--yes", "--seconds", "3")]
    for line in (
        {"signal": "ready", "says": "Ready is set, and nothing else. The recipe is test-recipe."},
        {"signal": "busy", "says": "Busy is set, and nothing else."},
        {"output": "modbus", "asks": "Acknowledge()"},
    ):
        command.told.emit(line)
    assert trial.now.text() == "Busy is set, and nothing else."
    assert trial.said.text().startswith("The plant asks over modbus: Acknowledge()\nReady is set")
    command.told.emit({"output": "modbus", "fault": "Nobody listens."})
    command.finish(3, "")
    assert trial.said.text().startswith("modbus: Nobody listens.")
    assert trial.button.text() == "Begin"
    page._try("ann")
    command.finish(130)
    assert trial.now.text() == "Ended before all signals were shown."


def test_the_first_who_is_registered_is_an_engineer_and_others_follow(make: Callable[..., Opened]) -> None:
    opened = make()
    page, form = opened.page, opened.page.people.form
    page.open(PEOPLE)
    assert "Nobody is registered" in page.people.says.text()
    page.people.new.click()
    form.name.setText("ann")
    for line in (form.pin, form.again):
        line.setText("111111")
        line.textEdited.emit("")
    assert not form.make.isEnabled()
    for line in (form.pin, form.again):
        line.setText(PIN)
        line.textEdited.emit("")
    form.make.click()
    opened.settle()
    assert not form.pin.text()
    assert session_of(opened.workspace).register.people["ann"].role is Role.ENGINEER
    page.people.new.click() if page.people.new.isEnabled() else page.unlock.click()
    opened.prove()
    page.people.new.click()
    form.name.setText("bob")
    for line in (form.pin, form.again):
        line.setText(OTHER)
        line.textEdited.emit("")
    form.make.click()
    opened.settle()
    assert session_of(opened.workspace).register.people["bob"].role is Role.OPERATOR
    page.people.buttons["bob", "remove"].click()
    page.question.yes.click()
    opened.settle()
    assert list(session_of(opened.workspace).register.people) == ["ann"]
    page.people.buttons["ann", "remove"].click()
    page.question.yes.click()
    opened.settle()
    assert "last engineer" in opened.told[-1]
    changes = [entry.what["change"] for entry in audit_of(opened.workspace).entries() if entry.deed == "manage people"]
    assert changes == ["add", "add", "remove", "remove"]


def test_the_log_is_for_engineers_and_says_whether_it_is_whole(
    make: Callable[..., Opened], workspace: Workspace
) -> None:
    audit_of(workspace).add("manage people", "ann")
    opened = make(ANN)
    page, section = opened.page, opened.page.audit
    audit_of(opened.workspace).add("promote a bundle", "ann", bundle="b-1")
    page.open(AUDIT)
    assert section.table.rowCount() == 0
    page.unlock.click()
    opened.prove()
    opened.settle()
    deeds = [section.table.item(row, 2).text() for row in range(section.table.rowCount())]
    assert deeds == ["entered", "promote a bundle", "manage people"]
    section.check.click()
    opened.settle()
    assert "as they were written" in section.found.text
    log = opened.workspace.folder / "audit.jsonl"
    log.write_text(log.read_text().replace("b-1", "b-2"))
    section.check.click()
    opened.settle()
    assert section.found.fault


def test_the_camera_is_seen_live_and_given_back(make: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = make()
    page = opened.page
    page.open(CAMERA)
    qtbot.waitUntil(lambda: page.camera.picture.frame is not None, timeout=20_000)
    page.camera.bar.choice.choose("usb:4F2A")
    page.camera.bar.chosen.emit()
    assert page.sheet is not None
    assert page.sheet.at(("source",)) == "usb:4F2A"
    assert "source: usb:4F2A  # above the belt" in opened.save()
    page.open(SHIFTS)
    qtbot.waitUntil(lambda: page.camera.filming.closed, timeout=20_000)


def test_a_file_with_faults_is_told_and_not_written_over(make: Callable[..., Opened]) -> None:
    opened = make(text="format: 1\nthread: 3\n")
    assert "threads" in opened.page.nothing.text.text()
    assert opened.page.stack.currentWidget() is opened.page.nothing
    opened.page.keep()
    (opened.workspace.folder / "settings.yaml").write_text(WRITTEN)
    opened.page.enter()
    opened.settle()
    assert opened.page.stack.currentWidget() is opened.page.camera


def test_what_somebody_else_wrote_is_read_again(make: Callable[..., Opened]) -> None:
    opened = make()
    page = opened.page
    page.open(RECORDS)
    entry = opened.type(page.keeping.forms[0], "keep_days", "90")
    (opened.workspace.folder / "settings.yaml").write_text(WRITTEN.replace("30", "31"))
    page.save.click()
    opened.settle()
    assert "read again" in opened.told[-1]
    assert entry.read() == 31


def test_the_language_is_everybodys(make: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = make(ANN)
    page = opened.page
    page.open(LOOK)
    assert not page.unlock.isVisible()
    with qtbot.waitSignal(page.restyled):
        page.look.language.activated[int].emit(0)
