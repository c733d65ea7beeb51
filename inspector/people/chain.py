"""Whether an audit log is as it was written: each entry, its place, and its end."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inspector.errors import InputError, MachineError, Problem
from inspector.files import refuse_endless
from inspector.people import REGISTER
from inspector.people.entry import START, Entry, Foreign, Head, Seal

LOG = "audit.jsonl"
CLOSED = "audit.{:09}.jsonl"
"""A part of the log that is full, by the number of its last entry. The next part goes on from that one's hash."""
BLOCK = 2**16
DAMAGED = "found the audit log damaged"
HEALED = "left out a line that was not written whole"
FORGOT = "removed the oldest part of the audit log"


@dataclass(frozen=True)
class Tail:
    """The end of a log. last: the last whole line, b"" where there is none. torn: the bytes after it."""

    last: bytes = b""
    torn: int = 0


def parts_of(log: Path) -> list[Path]:
    """The closed parts of a log, the oldest first, and the log itself where it is there."""
    closed = sorted(path for path in log.parent.glob("audit.*.jsonl") if path.name[6:15].isdecimal())
    return [*closed, *([log] if log.exists() else [])]


def tail_of(log: Path) -> Tail:
    """Just after a part was closed, the last line is in that one. Raises: MachineError where it cannot be read."""
    torn = 0
    for part in reversed(parts_of(log)):
        end = end_of(part)
        torn += end.torn
        if end.last:
            return Tail(end.last, torn)
    return Tail(torn=torn)


def end_of(log: Path) -> Tail:
    """That of one part. Raises: as `tail_of`."""
    refuse_endless(log)
    try:
        with log.open("rb") as file:
            end = b""
            start = file.seek(0, 2)
            while start and end.count(b"\n") < 2:
                start, size = max(0, start - BLOCK), min(BLOCK, start)
                file.seek(start)
                end = file.read(size) + end
    except OSError as error:
        raise MachineError(f"Cannot read {log}: {error.strerror or error}.") from error
    whole, newline, torn = end.rpartition(b"\n")
    return Tail(whole.rpartition(b"\n")[2] + newline, len(torn))


def newest_in(tail: Tail) -> Head | None:
    """What the log ends with, whatever its head says; None where that is no entry."""
    with suppress(Foreign):
        return Entry.read(tail.last).head
    return None


def read_head(path: Path, seal: Seal, tail: Tail) -> Head | None:
    """What the file says; None where there is none. Raises: Foreign; MachineError where it cannot be read."""
    refuse_endless(path)
    newest = newest_in(tail)
    try:
        return Head.read(path.read_bytes(), seal, due=newest is not None and newest.keyed)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MachineError(f"Cannot read {path}: {error.strerror or error}.") from error


def ends_as(tail: Tail, head: Head | None) -> Head | None:
    """The newest entry, where the end of the log and its head agree; None where they do not.

    An entry is written before the head says so: a power cut may leave the head one behind.
    """
    if head is None:
        return START if tail == Tail() else None
    if not tail.last:
        return head if head == START else None
    try:
        last = Entry.read(tail.last)
    except Foreign:
        return None
    follows = (last.number, last.before_hash) == (head.number + 1, head.hash)
    return last.head if last.head == head or follows else None


def faults_in(log: Path, head_file: Path, seal: Seal, known: Head | None = None) -> Iterator[Problem]:
    """All that is not as it was written.

    Args: known: a head of this log as somebody kept it elsewhere.
    Raises: MachineError where it cannot be read.
    """
    gone = forgotten(log)
    before: Head | None = gone
    met = known in (None, START, gone)
    keyed = gone.keyed
    for part, number, line in _whole_lines(log):
        try:
            entry = Entry.read(line)
        except Foreign:
            yield Problem(part, "this line is not as it was written", number)
            before = None
            continue
        yield from (Problem(part, text, number) for text in _faults_of(entry, before, seal, keyed))
        met, keyed, before = met or entry.head == known, keyed or entry.keyed, entry.head
    if not met and known is not None and known.number < gone.number:
        yield Problem(log, f"the entry {known} cannot be held against it: those up to {gone.number} were removed")
    elif not met:
        yield Problem(log, f"the entry {known} is not in it: it was cut off, or the log was written anew")
    yield from _faults_at_the_end(log, head_file, seal, keyed)


def forgotten(log: Path) -> Head:
    """What the oldest entry that is there follows, where an entry says that all up to that one were removed; else the
    start.
    """
    first: Entry | None = None
    for _, _, line in _whole_lines(log):
        with suppress(Foreign):
            entry = Entry.read(line)
            first = first or entry
            before = Head(first.number - 1, first.before_hash)
            if before == START or (entry.deed == FORGOT and _includes(str(entry.what.get("up_to")), before)):
                return before
    return START


def _includes(up_to: str, before: Head) -> bool:
    """Whether what was removed reaches as far. A kill may leave some of it, which links to the rest as ever."""
    with suppress(InputError):
        last = Head.told(up_to)
        return last == before or last.number > before.number
    return False


def _whole_lines(log: Path) -> Iterator[tuple[Path, int, bytes]]:
    """Of all parts: in which one, its number there, and the line."""
    for part in parts_of(log):
        refuse_endless(part)
        try:
            with part.open("rb") as file:
                yield from ((part, n, line) for n, line in enumerate(file, 1) if line.endswith(b"\n"))
        except OSError as error:
            raise MachineError(f"Cannot read {part}: {error.strerror or error}.") from error


def _faults_of(entry: Entry, before: Head | None, seal: Seal, keyed: bool) -> Iterator[str]:
    if not entry.is_sealed_by(seal):
        yield "this entry was altered"
    if before is not None and entry.number != before.number + 1:
        due = before.number + 1
        yield f"here stands the entry {entry.number}, and {due} should: some were taken away, put in or moved"
    elif before is not None and entry.before_hash != before.hash:
        yield "this entry does not follow the one before it"
    if keyed and not entry.keyed:
        yield "the key did not seal this entry, though it sealed one before"
    if entry.deed == DAMAGED:
        yield f"here the end of the log was found damaged: {entry.what.get('found')}"


def _faults_at_the_end(log: Path, head_file: Path, seal: Seal, keyed: bool) -> Iterator[Problem]:
    tail = tail_of(log)
    if (fault := fault_at_the_end(tail, head_file, seal)) is not None:
        yield Problem(head_file, fault)
    elif tail.last and seal.key is not None and not keyed:
        yield Problem(log, "no entry is sealed with the key: it was written without it, or anew by somebody without it")


def fault_at_the_end(tail: Tail, head_file: Path, seal: Seal) -> str | None:
    """Why the end of the log and its head do not agree; None where they do."""
    try:
        head = read_head(head_file, seal, tail)
    except Foreign:
        return "this is not as it was written"
    if tail == Tail() and head_file.with_name(REGISTER).exists():
        return "people are registered, which is written down before it is done, and the log is empty: it was taken away"
    if ends_as(tail, head) is not None:
        return None
    if head is None:
        return "this file is gone, and the log is not"
    return f"the newest entry is {head}, and the log does not end with it: its end was cut off or altered"
