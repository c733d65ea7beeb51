"""An audit log that is full: closed parts, which are one chain, and what is removed of it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inspector.errors import FileProblems
from inspector.people import audit as audits
from inspector.people.audit import Audit
from inspector.people.chain import FORGOT, parts_of
from inspector.people.entry import Seal

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(params=["plain", "keyed"])
def audit(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Ten entries, of which a part holds three."""
    monkeypatch.setattr(audits, "FULL", 700)
    made = Audit(tmp_path, Seal(b"k" * 32 if request.param == "keyed" else None))
    for number in range(10):
        made.add("deed", "maria", number=number)
    return made


def closed(audit: Audit) -> list[Path]:
    return [part for part in parts_of(audit.log) if part != audit.log]


def told(audit: Audit) -> str:
    return " ".join(fault.text for fault in audit.faults())


def test_the_parts_are_one_chain(audit: Audit) -> None:
    assert len(closed(audit)) >= 2
    assert [entry.number for entry in audit.entries()] == list(range(1, 11))
    assert audit.faults() == []
    first = next(audit.entries()).head
    assert audit.faults(first) == []
    assert audit.head is not None
    assert audit.head.number == 10


def test_a_part_that_is_gone_or_altered_shows(audit: Audit) -> None:
    part = closed(audit)[1]
    kept = part.read_bytes()
    part.write_bytes(kept.replace(b"maria", b"tom", 1))
    assert "this entry was altered" in told(audit)
    part.unlink()
    assert "some were taken away" in told(audit)
    part.write_bytes(kept)
    assert audit.faults() == []
    closed(audit)[0].unlink()
    assert "and 1 should" in told(audit)


def test_a_kill_just_after_a_part_was_closed_is_no_damage(audit: Audit) -> None:
    newest = audit.head
    assert newest is not None
    audit.log.rename(audit.log.with_name(f"audit.{newest.number:09}.jsonl"))
    assert audit.faults() == []
    audit.log.write_bytes(b'{"at": "a line that a power cut')
    assert audit.torn > 0
    audit.add("deed", "maria")
    assert audit.faults() == []
    assert [entry.number for entry in audit.entries()] == list(range(1, 13))


def test_the_newest_part_that_is_gone_shows(audit: Audit) -> None:
    audit.log.unlink()
    assert "its end was cut off" in told(audit)


def test_old_parts_are_removed_whole_and_the_log_says_so(audit: Audit) -> None:
    old, first = closed(audit), next(audit.entries()).head
    assert audit.forget(datetime.now(UTC) - timedelta(days=1), "ann") == 0
    shutil.copytree(audit.log.parent, audit.log.parent / "before")
    assert audit.forget(LATER, "ann") == len(old)
    assert not any(part.exists() for part in old)
    assert audit.faults() == []
    entry = next(entry for entry in audit.entries() if entry.deed == FORGOT)
    assert (entry.who, entry.what["parts"]) == ("ann", len(old))
    assert "were removed" in " ".join(fault.text for fault in audit.faults(first))
    last = max(old)
    shutil.copy(audit.log.parent / "before" / last.name, last)  # as a kill between entry and removal leaves it
    assert audit.faults() == []
    for number in range(5):
        audit.add("deed", "tom", number=number)
    assert audit.forget(LATER, "ann") >= 1
    assert audit.faults() == []


def test_a_part_with_a_newer_entry_stays_also_where_its_last_one_is_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a start with an empty battery, before the clock was set."""
    monkeypatch.setattr(audits, "FULL", 700)
    made = Audit(tmp_path, Seal(None))

    class Clock(datetime):
        year_now = 2026

        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(cls.year_now, 6, 1, tzinfo=tz)

    monkeypatch.setattr(audits, "datetime", Clock)
    for number in range(10):
        Clock.year_now = 1970 if number % 3 == 2 else 2026
        made.add("deed", "maria", number=number)
    assert closed(made)
    assert made.forget(datetime(2025, 1, 1, tzinfo=UTC), "ann") == 0
    assert made.faults() == []


def test_nothing_is_removed_of_a_log_with_faults(audit: Audit) -> None:
    part = closed(audit)[0]
    part.write_bytes(part.read_bytes().replace(b"maria", b"tom", 1))
    with pytest.raises(FileProblems):
        audit.forget(LATER, "ann")
    assert part.exists()
