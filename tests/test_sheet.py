"""Settings that a person changes: faults at their value, comments kept, and who did it in the log without passwords."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError, MachineError
from inspector.people.audit import audit_of
from inspector.settings import Settings, Workspace
from inspector.sheet import Overtaken, Sheet
from tests.full_disk import no_file_larger_than

WRITTEN = """format: 1
source: usb:0   # the one above the belt
# as the plant's office wants it
records:
  keep_days: 30
outputs:
  mqtt:
    host: broker
    station: left
    user: line
    password: hunter2
    tls: true
"""


def written(workspace: Workspace, text: str = WRITTEN) -> Path:
    path = workspace.folder / "settings.yaml"
    path.write_text(text)
    return path


def test_without_a_file_there_are_the_defaults(workspace: Workspace) -> None:
    sheet = Sheet.read(workspace)
    assert sheet.checked() == (Settings(), ())
    assert sheet.at(("records", "keep_gb")) == 50.0
    assert sheet.at(("outputs", "mqtt", "host")) is None


def test_a_change_is_written_and_the_comments_stay(workspace: Workspace) -> None:
    path = written(workspace)
    sheet = Sheet.read(workspace)
    changed = sheet.with_value(("records", "keep_days"), 90).with_value(("shifts", "at"), ["06:00", "14:00"])
    kept = changed.keep(workspace, sheet, "ann")
    text = path.read_text()
    assert "source: usb:0  # the one above the belt" in text
    assert "# as the plant's office wants it\nrecords:\n  keep_days: 90" in text
    assert workspace.settings().shifts.at == ("06:00", "14:00")
    assert kept == Sheet.read(workspace)


def test_the_log_says_who_changed_what_and_no_password(workspace: Workspace) -> None:
    written(workspace)
    sheet = Sheet.read(workspace)
    changed = sheet.with_value(("outputs", "mqtt", "password"), "s3cret").with_way("modbus", True)
    changed = changed.with_value(("records", "keep_gb"), 99.5).with_value(("records", "database"), None)
    changed.keep(workspace, sheet, "ann")
    (entry,) = audit_of(workspace).entries()
    assert (entry.who, entry.deed) == ("ann", "change settings")
    assert entry.what == {
        "outputs.mqtt.password": "changed",
        "outputs.modbus": "switched on",
        "records.keep_gb": "99.5",
    }
    assert "s3cret" not in (workspace.folder / "audit.jsonl").read_text()
    assert stat.S_IMODE((workspace.folder / "settings.yaml").stat().st_mode) == 0o600


def test_a_fault_is_told_at_its_value_and_nothing_is_written(workspace: Workspace) -> None:
    path = written(workspace)
    sheet = Sheet.read(workspace)
    faulty = sheet.with_value(("shifts", "at"), ["6"]).with_value(("records", "keep_gb"), "much")
    settings, faults = faulty.checked()
    assert settings is None
    assert {fault.place for fault in faults} == {("shifts", "at"), ("records", "keep_gb")}
    assert "'6' should be a time of the day" in next(f.text for f in faults if f.place[0] == "shifts")
    with pytest.raises(InputError, match="time of the day"):
        faulty.keep(workspace, sheet, "ann")
    assert path.read_text() == WRITTEN
    assert list(audit_of(workspace).entries()) == []


@pytest.mark.parametrize(
    ("place", "value", "at"),
    [
        (("outputs", "mqtt", "password"), "", ("outputs", "mqtt", "password")),
        (("outputs", "mqtt", "user"), None, ("outputs", "mqtt", "user")),
        (("outputs", "mqtt", "certificate"), "c.pem", ("outputs", "mqtt", "key")),
        (("records", "database"), "mysql://a:hunter2@b/c", ("records", "database")),
    ],
)
def test_a_fault_repeats_no_password(workspace: Workspace, place: tuple[str, ...], value: object, at: object) -> None:
    written(workspace)
    (fault,) = Sheet.read(workspace).with_value(place, value).checked()[1]
    assert fault.place == at
    assert "hunter2" not in fault.text


def test_a_way_begins_where_nobody_else_can_reach_it(workspace: Workspace) -> None:
    sheet = Sheet.read(workspace).with_way("modbus", True)
    settings, _ = sheet.checked()
    assert settings is not None
    assert settings.outputs.modbus is not None
    assert settings.outputs.modbus.address == "127.0.0.1"
    assert sheet.with_way("modbus", False).values == Sheet.read(workspace).values


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(workspace: Workspace) -> None:
    path = written(workspace)
    sheet = Sheet.read(workspace)
    path.write_text(WRITTEN.replace("30", "31"))
    with pytest.raises(Overtaken, match="read again"):
        sheet.with_value(("threads",), 4).keep(workspace, sheet, "ann")
    assert "keep_days: 31" in path.read_text()


def test_a_full_disk_leaves_the_file_as_it_was(workspace: Workspace) -> None:
    path = written(workspace)
    sheet = Sheet.read(workspace)
    with no_file_larger_than(60), pytest.raises(MachineError):
        sheet.with_value(("threads",), 4).keep(workspace, sheet, "ann")
    assert path.read_text() == WRITTEN


def test_a_file_with_faults_is_not_taken_for_the_defaults(workspace: Workspace) -> None:
    written(workspace, "format: 1\nthread: 4\n")
    with pytest.raises(FileProblems, match="Did you mean 'threads'"):
        Sheet.read(workspace)


@given(
    st.integers(1, 256),
    st.one_of(st.none(), st.floats(0.1, 1e5)),
    st.lists(st.sampled_from(["05:00", "13:30"]), unique=True),
)
def test_what_is_in_order_is_what_the_settings_say(threads: int, days: float | None, at: list[str]) -> None:
    sheet = Sheet(Settings().model_dump(mode="json"))
    for place, value in ((("threads",), threads), (("records", "keep_days"), days), (("shifts", "at"), at)):
        sheet = sheet.with_value(place, value)
    settings, faults = sheet.checked()
    assert settings is not None
    assert not faults
    assert (settings.threads, settings.records.keep_days, list(settings.shifts.at)) == (threads, days, at)
