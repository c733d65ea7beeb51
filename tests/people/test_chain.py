"""That nothing of an audit log can be changed unnoticed; and what can be, by whoever may write all of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import InputError
from inspector.people import REGISTER
from inspector.people.audit import Audit
from inspector.people.chain import DAMAGED
from inspector.people.entry import START, Entry, Foreign, Head, Seal, canonical, parsed

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
VALUES = st.dictionaries(
    st.sampled_from(["bundle", "why", "name", "n"]), st.none() | st.booleans() | st.integers() | st.text(max_size=12)
)


class Stored:
    """The bytes of a log and its head, to be changed and looked at."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self.audit = Audit(folder, seal)
        for number in range(5):
            self.audit.add(f"deed {number % 2}", ("maria", "Jörg")[number % 2], bundle="b", number=number)
        self.log, self.head = self.audit.log.read_bytes(), self.audit.head_file.read_bytes()
        self.lines = self.log.splitlines(keepends=True)

    def notices(self, log: bytes | None, head: bytes | None) -> bool:
        """Whether it is told that these are not as they were written."""
        for path, content in ((self.audit.log, log), (self.audit.head_file, head)):
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
        return bool(self.audit.faults())


@pytest.fixture(scope="module", params=[Seal(), Seal(KEY)], ids=["plain", "keyed"])
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return Stored(tmp_path_factory.mktemp("audit"), request.param)


def test_as_it_was_written_nothing_is_told(stored: Stored) -> None:
    assert not stored.notices(stored.log, stored.head)


def test_any_byte_that_is_another_is_noticed(stored: Stored) -> None:
    for place, byte in enumerate(stored.log):
        changed = stored.log[:place] + bytes([byte ^ 1]) + stored.log[place + 1 :]
        assert stored.notices(changed, stored.head), place
    for place, byte in enumerate(stored.head):
        changed = stored.head[:place] + bytes([byte ^ 1]) + stored.head[place + 1 :]
        assert stored.notices(stored.log, changed), place


@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), data=st.data())
def test_any_byte_that_is_another_or_one_more_or_one_less_is_noticed(
    stored: Stored, place: int, byte: int, data: st.DataObject
) -> None:
    in_log = data.draw(st.booleans())
    whole = stored.log if in_log else stored.head
    place %= len(whole)
    inserted, removed = data.draw(st.sampled_from([(1, 0), (0, 1), (1, 1)]))
    changed = whole[:place] + bytes([byte]) * inserted + whole[place + removed :]
    if changed != whole:
        assert stored.notices(changed, stored.head) if in_log else stored.notices(stored.log, changed)


def test_any_cut_of_its_end_is_noticed(stored: Stored) -> None:
    for left in range(len(stored.log)):
        assert stored.notices(stored.log[:left], stored.head), left
    assert stored.notices(None, stored.head)
    assert stored.notices(stored.log, None)


@given(order=st.lists(st.integers(0, 4), max_size=7))
def test_lines_taken_away_said_again_or_moved_are_noticed(stored: Stored, order: list[int]) -> None:
    changed = b"".join(stored.lines[number] for number in order)
    assert stored.notices(changed, stored.head) == (changed != stored.log)


@pytest.mark.parametrize("at", range(6))
def test_an_entry_that_was_put_in_is_noticed(stored: Stored, at: int) -> None:
    before = Entry.read(stored.lines[at - 1]).head if at else START
    told = {"at": "2026", "who": "eve", "account": "eve", "deed": "promote a bundle", "what": {}}
    forged = Entry.sealed(Seal(), before, told)
    lines = [*stored.lines[:at], forged.line, *stored.lines[at:]]
    noticed = stored.notices(b"".join(lines), stored.head)
    # At the end a plain one looks as if a power cut had come before the head said so.
    assert noticed or (at == 5 and not stored.audit.keyed)


def test_an_end_cut_off_with_its_head_shows_by_a_key_and_else_against_a_head_kept_elsewhere(stored: Stored) -> None:
    kept = Head.read(stored.head)
    for left in range(1, 5):
        cut = Entry.read(stored.lines[left - 1]).head
        assert stored.notices(b"".join(stored.lines[:left]), cut.line) == stored.audit.keyed
        assert stored.notices(b"".join(stored.lines[:left]), cut.written(Seal(OTHER_KEY))) == stored.audit.keyed
        assert stored.audit.faults(kept)


def test_an_end_cut_off_behind_the_key_s_first_entry_shows(tmp_path: Path) -> None:
    """Its head is of before the key, as a power cut might have left it."""
    for plain in range(3):
        audit = Audit(tmp_path / str(plain))
        for _ in range(plain):
            audit.add("deed", "maria")
        head = audit.head or START
        for _ in range(3):
            Audit(tmp_path / str(plain), Seal(KEY)).add("deed", "maria")
        audit.log.write_bytes(b"".join(audit.log.read_bytes().splitlines(keepends=True)[: plain + 1]))
        audit.head_file.write_bytes(head.line)
        assert Audit(tmp_path / str(plain), Seal(KEY)).faults()


@pytest.mark.parametrize("plain", [0, 2])
def test_a_power_cut_after_the_key_s_first_entry_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: int
) -> None:
    for _ in range(plain):
        Audit(tmp_path).add("deed", "maria")
    keyed = Audit(tmp_path, Seal(KEY))
    append = Audit._append

    def cut(self: Audit, *told: object) -> None:
        with monkeypatch.context() as context:
            context.setattr(Audit, "_write_head", lambda *_: None)
            append(self, *told)

    with monkeypatch.context() as context:
        context.setattr(Audit, "_append", cut)
        keyed.add("deed", "maria")
    assert keyed.faults() == []
    keyed.add("deed", "maria")
    assert (keyed.faults(), len(list(keyed.entries()))) == ([], plain + 2)


def test_a_copy_of_both_files_put_back_shows_only_against_a_head_kept_elsewhere(stored: Stored) -> None:
    for path, content in ((stored.audit.log, stored.log), (stored.audit.head_file, stored.head)):
        path.write_bytes(content)
    later = stored.audit.add("deed", "maria").head
    assert not stored.notices(stored.log, stored.head)
    assert stored.audit.faults(later)


def test_a_log_that_is_gone_shows_where_people_are_registered(stored: Stored) -> None:
    assert not stored.notices(None, None)
    register = stored.audit.log.with_name(REGISTER)
    register.touch()
    try:
        assert stored.notices(None, None)
        assert stored.notices(None, START.line)
        stored.audit.add("deed", "eve")
        assert [entry.deed for entry in stored.audit.entries()] == [DAMAGED, "deed"]
        assert "here the end of the log was found damaged: people are registered" in str(stored.audit.faults()[0])
    finally:
        register.unlink()


def forge(stored: Stored, seal: Seal, change: Callable[[str], str] = lambda who: who) -> tuple[bytes, bytes]:
    """The whole log written anew by somebody who may write both files."""
    before, lines = START, []
    for line in stored.lines:
        old = Entry.read(line)
        told = {"at": old.at, "who": change(old.who), "account": old.account, "deed": old.deed, "what": old.what}
        new = Entry.sealed(seal, before, told)
        before, lines = new.head, [*lines, new.line]
    return b"".join(lines), before.written(seal)


def test_a_log_written_anew_shows_only_against_a_head_kept_elsewhere_or_by_a_key(stored: Stored) -> None:
    kept = Head.read(stored.head)
    log, head = forge(stored, Seal(), lambda who: "eve")
    assert stored.notices(log, head) == stored.audit.keyed
    assert stored.audit.faults(kept)
    log, head = forge(stored, Seal(OTHER_KEY), lambda who: "eve")
    assert stored.notices(log, head) == stored.audit.keyed
    log, head = forge(stored, Seal(KEY), lambda who: "eve")
    assert not stored.notices(log, head), "whoever has the key too can write it anew"
    assert stored.audit.faults(kept)


def test_a_key_may_come_later_and_never_goes_unseen(tmp_path: Path) -> None:
    plain, keyed = Audit(tmp_path), Audit(tmp_path, Seal(KEY))
    plain.add("deed", "maria")
    assert [str(fault) for fault in keyed.faults()] == [
        f"{plain.log}: no entry is sealed with the key: it was written without it, or anew by somebody without it"
    ]
    keyed.add("deed", "maria")
    assert keyed.faults() == plain.faults() == []
    plain.add("deed", "maria")
    assert "the key did not seal this entry, though it sealed one before" in str(keyed.faults()[0])


def test_without_the_key_the_chain_alone_is_looked_at(tmp_path: Path) -> None:
    keyed = Audit(tmp_path, Seal(KEY))
    for number in range(3):
        keyed.add("deed", "maria", number=number)
    lines = keyed.log.read_bytes().splitlines(keepends=True)
    assert Audit(tmp_path).faults() == []
    keyed.log.write_bytes(b"".join((lines[0], lines[2])))
    assert len(Audit(tmp_path).faults()) == 1


@given(VALUES)
def test_what_is_told_comes_back_in_one_way_only(what: dict[str, str | int | bool | None]) -> None:
    entry = Entry.sealed(Seal(), START, {"at": "2026", "who": "maria", "account": "m", "deed": "deed", "what": what})
    assert Entry.read(entry.line) == entry
    assert entry.is_sealed_by(Seal())
    assert entry.line == canonical(parsed(entry.line))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[]\n",
        b'{"a": 1}\n',
        b'{"b":1,"a":1}\n',
        b'{"a":1,"a":1}\n',
        b'{"a":1}',
        b'{"a":1}\r\n',
        b'{"a":"\xc3\xbc"}\n',
        b'{"a":NaN}\n',
        b"[" * 100_000 + b"\n",
        b'{"a":' + b"9" * 5000 + b"}\n",
    ],
    ids=lambda line: repr(line[:14]),
)
def test_what_is_written_in_another_way_is_foreign(line: bytes) -> None:
    for read in (Entry.read, Head.read):
        with pytest.raises(Foreign):
            read(line)


def test_a_head_comes_back_as_it_was_told() -> None:
    head = Head(12, "sha256:ab")
    assert Head.told(f" {head}\n") == Head.read(head.line) == head
    for text in ("", "12", "12:", "x:ab", "-1:ab", "9" * 20 + ":ab"):
        with pytest.raises(InputError, match="The head of an audit log is NUMBER:HASH"):
            Head.told(text)
