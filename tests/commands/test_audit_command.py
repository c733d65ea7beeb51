"""`inspector audit`, and what the other commands write into it."""

import csv
from pathlib import Path
from typing import Any

import pytest

from inspector.capture.trash import destroy, put_back, throw_away, thrown_recordings
from inspector.errors import InputError
from inspector.files import write_document
from inspector.people.audit import audit_of
from inspector.people.chain import FORGOT
from inspector.people.role import Deed
from inspector.settings import Workspace, person
from inspector.shelf import look, thrown_recipes
from inspector.shelf import put_back as put_recipe_back
from inspector.shelf import throw_away as throw_recipe_away
from tests.labeling.recorded import TAPE, recipe, recorded
from tests.test_bundle import LAMP, make

Inspector = Any


def told(workspace: Workspace) -> list[tuple[str, str, dict[str, object]]]:
    return [(one.who, one.deed, dict(one.what)) for one in audit_of(workspace).entries()]


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    """A log of three entries."""
    for number in range(3):
        audit_of(workspace).add("label", ("maria", "tom")[number % 2], frames=number)
    return workspace


def test_promoting_and_going_back_are_in_it(inspector: Inspector, workspace: Workspace, red_network: Path) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    for name in ("lamp-a", "lamp-b"):
        make(workspace.bundles / name, red_network)
        assert inspector("promote", name, "--by", "maria").code == 0
    assert inspector("promote", "lamp", "--back").code == 0
    assert inspector("promote", "lamp", "--back").code == 2
    assert told(workspace) == [
        ("maria", Deed.PROMOTE, {"recipe": "lamp", "bundle": "lamp-a", "instead": None}),
        ("maria", Deed.PROMOTE, {"recipe": "lamp", "bundle": "lamp-b", "instead": "lamp-a"}),
        (person(), Deed.STEP_BACK, {"recipe": "lamp", "bundle": "lamp-a"}),
    ]


def test_what_cannot_be_written_down_is_not_promoted(
    inspector: Inspector, workspace: Workspace, red_network: Path
) -> None:
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    make(workspace.bundles / "lamp-a", red_network)
    (workspace.folder / "audit.jsonl").mkdir()
    said = inspector("promote", "lamp-a")
    assert said.code in (2, 3)
    assert "audit.jsonl" in said.err
    assert not list(workspace.bundles.glob("*.promoted.yaml"))


def test_throwing_away_putting_back_and_deleting_are_in_it(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    write_document(workspace.recipes / "block.yaml", wanted)
    folder, _ = recorded(workspace, wanted, "tape")
    thrown = throw_away(workspace, folder.name, "tom")
    put_back(workspace, thrown)
    throw_away(workspace, folder.name)
    destroy(workspace, thrown_recordings(workspace), "maria")
    (entry,) = look(workspace).entries
    throw_recipe_away(workspace, entry, "tom")
    (lying,) = thrown_recipes(workspace)
    put_recipe_back(workspace, lying, "tom")
    name, me = folder.name, person()
    assert told(workspace) == [
        ("tom", Deed.THROW_AWAY, {"recording": name}),
        (me, Deed.THROW_AWAY, {"recording": name, "back": True}),
        (me, Deed.THROW_AWAY, {"recording": name}),
        ("maria", Deed.DELETE, {"name": name, "lay": name}),
        ("tom", Deed.THROW_AWAY, {"recipe": "block"}),
        ("tom", Deed.THROW_AWAY, {"recipe": "block", "back": True}),
    ]
    with pytest.raises(InputError):
        throw_away(workspace, "no such")
    assert len(told(workspace)) == 6
    assert audit_of(workspace).faults() == []


def test_the_last_entries_are_listed(inspector: Inspector, three: Workspace) -> None:
    lines = inspector("audit", "list", "--json").lines
    assert [(line["number"], line["who"], line["what"]) for line in lines] == [
        (1, "maria", {"frames": 0}),
        (2, "tom", {"frames": 1}),
        (3, "maria", {"frames": 2}),
    ]
    assert [line["number"] for line in inspector("audit", "list", "--limit", "1", "--json").lines] == [3]
    assert [line["number"] for line in inspector("audit", "list", "--who", "tom", "--json").lines] == [2]
    assert "frames 2" in inspector("audit", "list").out


def test_a_log_as_it_was_written_is_told_with_its_head(inspector: Inspector, three: Workspace) -> None:
    head = str(audit_of(three).head)
    assert inspector("audit", "check", "--json").lines == [{"entries": 3, "head": head}]
    said = inspector("audit", "check", "--known", head)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"3 entries, as they were written, up to {head}\nKeep this elsewhere")
    audit_of(three).add("label", "tom")
    assert inspector("audit", "check", "--known", head).code == 0


def test_every_fault_is_told_with_its_line(inspector: Inspector, three: Workspace) -> None:
    log = three.folder / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"frames":1', b'"frames":7'))
    said = inspector("audit", "check")
    assert (said.code, said.err) == (2, f"{log}:2: this entry was altered\n")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + lines[2])
    said = inspector("audit", "check", "--known", "2:sha256:00")
    assert said.err.splitlines() == [
        f"{log}:2: here stands the entry 3, and 2 should: some were taken away, put in or moved",
        f"{log}: the entry 2:sha256:00 is not in it: it was cut off, or the log was written anew",
    ]


def test_a_known_head_is_asked_in_its_form(inspector: Inspector, three: Workspace) -> None:
    said = inspector("audit", "check", "--known", "three")
    assert said.code == 2
    assert "NUMBER:HASH" in said.err


def test_an_empty_log_is_in_order(inspector: Inspector, workspace: Workspace) -> None:
    said = inspector("audit", "check")
    assert (said.code, said.out) == (0, "The audit log is empty.\n")
    assert inspector("audit", "list", "--json").lines == []


def test_a_torn_line_is_told_and_is_no_fault(inspector: Inspector, three: Workspace) -> None:
    with (three.folder / "audit.jsonl").open("ab") as log:
        log.write(b'{"account":"ma')
    said = inspector("audit", "check")
    assert said.code == 0
    assert said.err == "A line at its end was not written whole, as after a power cut; the next entry says so.\n"


def test_an_export_holds_all_and_tells_the_head(inspector: Inspector, three: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    said = inspector("audit", "export", str(path))
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [(row["number"], row["who"], row["what"]) for row in rows] == [
        ("1", "maria", '{"frames": 0}'),
        ("2", "tom", '{"frames": 1}'),
        ("3", "maria", '{"frames": 2}'),
    ]
    assert f"3:{rows[-1]['hash']}" in said.out
    assert inspector("audit", "export", str(path)).code == 2
    log = three.folder / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"frames":1', b'"frames":7'))
    said = inspector("audit", "export", str(tmp_path / "again.csv"))
    assert (said.code, said.err) == (0, f"{log}:2: this entry was altered\n")


def test_without_the_key_that_sealed_it_that_is_said(inspector: Inspector, workspace: Workspace) -> None:
    settings, key = workspace.folder / "settings.yaml", workspace.folder / "audit.key"
    key.write_bytes(b"k" * 32)
    settings.write_text("format: 1\npeople:\n  audit_key: audit.key\n")
    audit_of(workspace).add("label", "tom")
    assert inspector("audit", "check").err == ""
    settings.unlink()
    assert "A key sealed its entries that is not here" in inspector("audit", "check").err


def test_old_parts_are_forgotten(inspector: Inspector, three: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.people.audit.FULL", 100)
    audit_of(three).add("label", "tom", frames=3)
    assert inspector("audit", "forget", "--before", "2000-01-01", "--json").lines == [{"parts": 0}]
    assert inspector("audit", "forget", "--before", "2200-01-01", "--by", "ann", "--json").lines == [{"parts": 1}]
    assert told(three)[-1][:2] == ("ann", FORGOT)
    assert inspector("audit", "check").code == 0
