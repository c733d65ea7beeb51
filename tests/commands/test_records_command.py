"""`inspector records list, export, status, tidy`: the questions of a person, and what is kept."""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inspector.inspection.proving.proof import Proof, Showing, keep
from inspector.inspection.proving.schedule import Why
from inspector.inspection.records import Records
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.refused import Refused
from inspector.inspection.verdict import Verdict
from inspector.settings import Workspace
from tests.inspection.inspected import add, inspection

Inspector = Any


@pytest.fixture
def kept(workspace: Workspace) -> Iterator[Records]:
    """Six inspections from noon of the first of January 2026 on, UTC, of three serial numbers."""
    with closing(Records(workspace.records)) as records:
        add(records, *(inspection(n, Verdict(n % 4), serial=f"A{n % 3}") for n in range(6)))
        yield records


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ((), [5, 4, 3, 2, 1, 0]),
        (("--limit", "2"), [5, 4]),
        (("--serial", "A1"), [4, 1]),
        (("--verdict", "pass"), [5, 1]),
        (("--component", "screw", "--verdict", "FAIL", "--limit", "1"), [5]),
        (("--component", "tape", "--verdict", "FAIL"), []),
        (("--since", "2026-01-01T15:00+00:00", "--until", "2026-01-01T17:00:00Z"), [4, 3]),
        (("--since", "2026-01-05"), []),
    ],
)
def test_list_shows_what_is_asked_for(
    inspector: Inspector, kept: Records, options: tuple[str, ...], numbers: list[int]
) -> None:
    said = inspector("records", "list", *options, "--json")
    assert said.code == 0
    assert [line["id"] for line in said.lines] == [inspection(n).id for n in numbers]
    for line in said.lines:
        assert (line["station"], line["recipe"], line["bundle"], line["trigger"]) == ("left", "box", "box-1", "key")


def test_a_report_is_of_the_shift_or_of_the_time_that_is_named(
    inspector: Inspector, kept: Records, workspace: Workspace
) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\nshifts:\n  at: [00:00, 12:00]\n")
    path = workspace.folder / "shift.pdf"
    said = inspector("records", "report", str(path), "--since", "2026-01-01T15:00", "--json")
    assert said.code == 0, said.err
    assert said.lines == [{"path": str(path), "inspections": said.lines[0]["inspections"]}]
    assert path.read_bytes().startswith(b"%PDF")
    again = inspector("records", "report", str(path))
    assert (again.code, "name a new file" in again.err) == (2, True)
    since, until = "2026-01-01T13:00+00:00", "2026-01-01T15:00+00:00"
    part = inspector("records", "report", str(path.with_name("b.pdf")), "--since", since, "--until", until, "--json")
    assert part.lines[0]["inspections"] == 2
    wrong = inspector("records", "report", str(path.with_name("c.pdf")), "--since", until, "--until", since)
    assert (wrong.code, "ends before it begins" in wrong.err) == (2, True)


def test_list_is_a_table_for_a_person(inspector: Inspector, kept: Records) -> None:
    said = inspector("records", "list", "--serial", "A1")
    assert said.out.count("A1") == 2
    assert "screw: 1 is off" in said.out


def test_proofs_are_listed_the_newest_first(inspector: Inspector, workspace: Workspace) -> None:
    assert inspector("records", "proofs", "--json").lines == []
    workspace.records.mkdir(parents=True, exist_ok=True)
    at = datetime(2026, 6, 1, 6, tzinfo=UTC)
    showing = Showing("bad", "B-7", Verdict.OK, right=False)
    keep(workspace.records, Proof(at, at, Why.SHIFT, "", "box", "box-1", (showing,), "B-7 was judged PASS."))
    keep(workspace.records, Proof(at + timedelta(hours=1), at, Why.DEMAND, "Ada", "box", "box-1", (), ""))
    said = inspector("records", "proofs", "--json")
    assert [(line["why"], line["by"], line["passed"]) for line in said.lines] == [
        ("demand", "Ada", True),
        ("shift", "", False),
    ]
    assert said.lines[1]["showings"][0]["name"] == "B-7"
    assert [line["why"] for line in inspector("records", "proofs", "--limit", "1", "--json").lines] == ["demand"]
    shown = inspector("records", "proofs").out
    for word in ("2026-06-01", "demand", "Ada", "passed", "was judged PASS"):
        assert word in shown


def test_a_moment_that_is_none_is_told(inspector: Inspector) -> None:
    said = inspector("records", "list", "--since", "yesterday")
    assert said.code == 2
    assert "'yesterday' is no moment: write 2026-03-01" in said.err


def test_an_unknown_verdict_has_a_neighbour(inspector: Inspector) -> None:
    said = inspector("records", "list", "--verdict", "PAS")
    assert (said.code, said.err) == (2, "There is no verdict 'PAS'. Did you mean 'PASS'?\n")


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("all.csv", (), b"id,started_at"),
        ("all", (), b"id,started_at"),
        ("all.parquet", (), b"PAR1"),
        ("A1.pdf", ("--serial", "A1"), b"%PDF"),
        ("A1.dat", ("--serial", "A1", "--format", "pdf"), b"%PDF"),
    ],
)
def test_export_writes_what_the_name_or_the_option_says(
    inspector: Inspector, kept: Records, tmp_path: Path, name: str, options: tuple[str, ...], begins: bytes
) -> None:
    path = tmp_path / name
    said = inspector("records", "export", str(path), *options, "--json")
    assert (said.code, said.lines) == (0, [{"path": str(path), "inspections": 2 if options else 6}])
    assert path.read_bytes().startswith(begins)


def test_export_holds_what_is_asked_for(inspector: Inspector, kept: Records, tmp_path: Path) -> None:
    said = inspector("records", "export", str(tmp_path / "a.csv"), "--serial", "A0", "--verdict", "UNSURE")
    assert said.out == f"Wrote 1 inspections to {tmp_path / 'a.csv'}.\n"
    with (tmp_path / "a.csv").open(newline="") as file:
        assert [line["id"] for line in csv.DictReader(file)] == [inspection(3).id]


def test_records_go_over_no_other_file(inspector: Inspector, tmp_path: Path) -> None:
    recipe = tmp_path / "lid.yaml"
    recipe.write_text("format: 1\n")
    said = inspector("records", "export", str(recipe))
    assert (said.code, said.err) == (2, f"{recipe} is there already; name a new file.\n")
    assert recipe.read_text() == "format: 1\n"


def test_tidy_does_what_the_settings_say(inspector: Inspector, workspace: Workspace, kept: Records) -> None:
    assert inspector("records", "tidy").out == "Removed 0 pictures (0.0 MB) and 0 records.\n"
    (workspace.folder / "settings.yaml").write_text("format: 1\nrecords:\n  keep_days: 0.001\n")
    kept.position("plant")
    said = inspector("records", "tidy")
    assert said.out.startswith("Removed 6 pictures (")
    assert said.out.endswith(" MB) and 0 records. 6 older records stay: 'plant' has not got them yet.\n")
    said = inspector("records", "tidy", "--forget", "palnt")
    assert (said.code, said.err) == (2, "There is no destination 'palnt'. Did you mean 'plant'?\n")
    (line,) = inspector("records", "tidy", "--forget", "plant", "--json").lines
    assert (line["pictures"], line["inspections"], line["held"]) == (0, 6, 0)
    assert list(kept.list()) == []


@pytest.mark.parametrize("command", ["list", "tidy"])
def test_a_destination_that_was_switched_off_for_good_is_told(
    inspector: Inspector, kept: Records, command: str
) -> None:
    kept.position("webhook")
    said = inspector("records", command, "--json")
    assert said.code == 0
    assert "'webhook' is not in settings.yaml any more, and 6 records are kept" in said.err
    assert inspector("records", "tidy", "--forget", "webhook").err == ""


def test_status_tells_what_waits_and_what_is_refused(inspector: Inspector, kept: Records) -> None:
    assert inspector("records", "status", "--json").lines == []
    kept.position("plant")
    first = kept.after(0, 1)[0]
    kept.set_aside("plant", Refused(Stream.INSPECTIONS, first.position, first.inspection.id, "It is too long."))
    (line,) = inspector("records", "status", "--json").lines
    assert line == {
        "destination": "plant",
        "waiting": 5,
        "since": "2026-01-01T13:00:00+00:00",
        "refused": [{"inspection": first.inspection.id, "what": "inspections", "reason": "It is too long."}],
    }
    assert "It is too long." in inspector("records", "status").out


def test_a_plant_that_is_not_named_is_told(inspector: Inspector) -> None:
    said = inspector("records", "list", "--plant")
    assert said.code == 2
    assert "name it in settings.yaml" in said.err


def test_a_plant_that_is_not_there_is_told_without_its_password(inspector: Inspector, workspace: Workspace) -> None:
    pytest.importorskip("psycopg")
    address = "postgresql+psycopg://plant:secret@127.0.0.1:1/line"
    (workspace.folder / "settings.yaml").write_text(f"format: 1\nrecords:\n  database: {address}\n")
    said = inspector("records", "list", "--plant")
    assert said.code == 3
    assert "Cannot reach the plant's database 127.0.0.1:1/line" in said.err
    assert "secret" not in said.err
