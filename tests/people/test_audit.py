"""The audit log: who adds to it, what a kill, a power cut and a full disk leave, and what two programs do."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.errors import InputError, MachineError
from inspector.people.audit import NOT_DONE, Audit, audit_of
from inspector.people.chain import DAMAGED, HEALED
from inspector.people.entry import START, Head, Seal
from inspector.settings import Workspace, person
from tests.full_disk import no_file_larger_than

ADDS = """
import sys
from pathlib import Path
from inspector.people.audit import Audit
audit = Audit(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    print(audit.add("deed", sys.argv[2], number=number).number, flush=True)
"""


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return Audit(tmp_path)


def fill(audit: Audit, times: int) -> None:
    for number in range(times):
        audit.add("deed", "maria", number=number)


def adding(folder: Path, who: str, times: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", ADDS, str(folder), who, str(times)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(child: "subprocess.Popen[str]") -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def test_an_entry_says_who_did_what(audit: Audit) -> None:
    assert (audit.head, audit.faults(), list(audit.entries())) == (None, [], [])
    audit.add("promote a bundle", "maria", bundle="b-1", instead=None)
    second = audit.add("label", "Jörg", frames=3, all=False)
    first, last = audit.entries()
    assert (first.number, first.who, first.deed, first.what) == (
        1,
        "maria",
        "promote a bundle",
        {"bundle": "b-1", "instead": None},
    )
    assert (last, last.account, last.before_hash) == (second, person(), first.hash)
    assert first.before_hash == START.hash
    assert last.at.endswith("Z")
    assert audit.head == last.head
    assert audit.faults(first.head) == audit.faults(audit.head) == audit.faults(START) == []


def test_the_log_is_only_ever_added_to(audit: Audit) -> None:
    fill(audit, 3)
    before = audit.log.read_bytes()
    fill(audit, 1)
    assert audit.log.read_bytes().startswith(before)


def test_what_fails_after_all_is_told_too(audit: Audit) -> None:
    with pytest.raises(KeyboardInterrupt), audit.around("promote a bundle", "maria", bundle="b"):
        raise KeyboardInterrupt
    promoted, failed = audit.entries()
    assert promoted.deed == "promote a bundle"
    assert (failed.deed, failed.what) == (NOT_DONE, {"entry": 1, "why": "KeyboardInterrupt"})


def test_long_words_are_cut_and_strange_ones_come_through(audit: Audit) -> None:
    audit.add("deed", "maria", why="x" * 10_000, path="a\udc80\n\x00“")
    (entry,) = audit.entries()
    assert (len(str(entry.what["why"])), entry.what["path"]) == (500, "a\udc80\n\x00“")
    assert audit.faults() == []


def test_long_entries_are_found_at_the_end(audit: Audit) -> None:
    audit.add("deed", "maria", **{f"word{number}": "y" * 500 for number in range(300)})
    fill(audit, 1)
    audit.add("deed", "maria", **{f"word{number}": "y" * 500 for number in range(300)})
    fill(audit, 1)
    assert [entry.number for entry in audit.entries()] == [1, 2, 3, 4]
    assert audit.faults() == []


@pytest.mark.parametrize("torn", [1, 40, 200])
def test_a_line_that_a_power_cut_tore_is_left_out_and_that_is_told(audit: Audit, torn: int) -> None:
    fill(audit, 2)
    whole, head = audit.log.read_bytes(), audit.head_file.read_bytes()
    fill(audit, 1)
    audit.log.write_bytes(audit.log.read_bytes()[: len(whole) + torn])
    audit.head_file.write_bytes(head)
    assert (audit.torn, audit.faults()) == (torn, [])
    fill(audit, 1)
    assert audit.log.read_bytes().startswith(whole)
    assert [(entry.number, entry.deed) for entry in audit.entries()][2:] == [(3, HEALED), (4, "deed")]
    assert list(audit.entries())[2].what == {"bytes": torn}
    assert (audit.torn, audit.faults()) == (0, [])


def test_a_power_cut_in_the_first_line_ever(audit: Audit) -> None:
    fill(audit, 1)
    audit.head_file.write_bytes(START.line)
    audit.log.write_bytes(audit.log.read_bytes()[:30])
    assert audit.faults() == []
    fill(audit, 1)
    assert [entry.deed for entry in audit.entries()] == [HEALED, "deed"]
    assert audit.faults() == []


@pytest.mark.parametrize("entries", [1, 3])
def test_a_power_cut_before_the_head_says_so_loses_nothing(audit: Audit, entries: int) -> None:
    fill(audit, entries - 1)
    head = audit.head_file.read_bytes() if entries > 1 else START.line
    fill(audit, 1)
    audit.head_file.write_bytes(head)
    assert audit.faults() == []
    assert audit.head == list(audit.entries())[-1].head
    fill(audit, 1)
    assert [entry.number for entry in audit.entries()] == list(range(1, entries + 2))
    assert audit.faults() == []


def test_a_head_that_cannot_be_written_again_and_again_is_no_damage(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(audit, 2)

    def full(*_: object) -> None:
        raise MachineError("the disk is full")

    with monkeypatch.context() as context:
        context.setattr(Audit, "_write_head", full)
        for _ in range(3):
            with pytest.raises(MachineError):
                audit.add("deed", "maria")
    assert audit.faults() == []
    fill(audit, 1)
    assert [entry.number for entry in audit.entries()] == [1, 2, 3, 4]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is Unix's")
def test_on_a_full_disk_nothing_is_added_and_nothing_may_be_done(audit: Audit) -> None:
    fill(audit, 3)
    before = audit.log.read_bytes()
    with (
        no_file_larger_than(len(before) + 20),
        pytest.raises(MachineError, match="Nothing was done: free some space"),
        audit.around("promote a bundle", "maria"),
    ):
        pytest.fail("it is not written down")
    assert audit.log.read_bytes() == before
    fill(audit, 1)
    assert [entry.deed for entry in audit.entries()] == ["deed"] * 4
    assert audit.faults() == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda audit: audit.log.unlink(),
        lambda audit: audit.log.write_bytes(b""),
        lambda audit: audit.log.write_bytes(audit.log.read_bytes()[:-1]),
        lambda audit: audit.log.write_bytes(b"".join(audit.log.read_bytes().splitlines(keepends=True)[:-1])),
        lambda audit: audit.log.write_bytes(audit.log.read_bytes() + b"nonsense\n"),
        lambda audit: audit.log.write_bytes(audit.log.read_bytes() + b"{}\nnonsense"),
        lambda audit: audit.head_file.unlink(),
        lambda audit: audit.head_file.write_bytes(b"nonsense"),
        lambda audit: audit.head_file.write_bytes(START.line),
        lambda audit: audit.head_file.write_bytes(Head(9, START.hash).line),
    ],
    ids=["log gone", "empty", "no end", "cut", "line", "lines", "no head", "head", "head back", "head on"],
)
def test_damage_stays_to_be_seen_whatever_is_added_after_it(audit: Audit, harm) -> None:
    fill(audit, 4)
    harm(audit)
    left = audit.log.read_bytes() if audit.log.exists() else b""
    assert audit.faults()
    for _ in range(3):
        fill(audit, 1)
        assert audit.faults()
    assert audit.log.read_bytes().startswith(left)
    assert [entry.deed for entry in audit.entries()].count(DAMAGED) == 1


def test_what_was_altered_in_the_midst_stays_to_be_seen(audit: Audit) -> None:
    fill(audit, 4)
    audit.log.write_bytes(audit.log.read_bytes().replace(b"maria", b"marie"))
    fill(audit, 2)
    assert [fault.line for fault in audit.faults()] == [1, 2, 3, 4]


def test_two_programs_add_one_after_the_other(tmp_path: Path) -> None:
    children = [adding(tmp_path, who, 15) for who in ("ann", "bob")]
    for child in children:
        go(child)
    numbers = [int(number) for child in children for number in child.communicate()[0].split()]
    assert sorted(numbers) == list(range(1, 31))
    audit = Audit(tmp_path)
    assert audit.faults() == []
    assert [entry.who for entry in audit.entries()].count("ann") == 15


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
@pytest.mark.parametrize("acknowledged", [1, 6])
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    with adding(tmp_path, "ann", 100_000) as child:
        go(child)
        assert child.stdout is not None
        for _ in range(acknowledged):
            child.stdout.readline()
        child.kill()
        told = acknowledged + len(child.stdout.read().split())
    audit = Audit(tmp_path)
    assert audit.faults() == []
    added = audit.add("deed", "maria")
    assert added.number > told
    assert audit.faults() == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MachineError, match="Cannot write"):
        Audit(tmp_path / "file").add("deed", "maria")


def test_the_key_is_found_from_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    key = tmp_path / "audit.key"
    (workspace.folder / "settings.yaml").write_text(f"format: 1\npeople:\n  audit_key: {key}\n")
    key.write_bytes(b"k" * 31)
    with pytest.raises(InputError, match="has 31 bytes; it takes 32"):
        audit_of(workspace)
    key.write_bytes(b"k" * 32)
    audit = audit_of(workspace)
    assert audit.keyed
    fill(audit, 1)
    assert audit.faults() == []
    assert next(iter(audit.entries())).is_sealed_by(Seal(b"k" * 32))
    (workspace.folder / "settings.yaml").unlink()
    assert not audit_of(workspace).keyed
