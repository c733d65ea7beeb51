"""The audit log of a workspace: who did what, an entry each, chained by hashes so that a change shows.

`audit.jsonl` is only ever added to; full, it is closed, and another one goes on from its last hash. Only whole closed
parts are ever removed, and an entry says so. `audit.head` says which entry is the newest, so that a cut tail shows too.
Whoever may write both files can cut or write the whole log anew: that shows only against a head that is kept elsewhere,
as exports tell it, or where a key that they do not have seals the entries and the head. With a copy of both files they
can put back what was once, even so.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime  # not frame.utc_now: NumPy stays out of the supervisor
from pathlib import Path

from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import sync_folder, written_whole
from inspector.lock import alone
from inspector.people.chain import (
    CLOSED,
    DAMAGED,
    FORGOT,
    HEALED,
    LOG,
    Tail,
    end_of,
    ends_as,
    fault_at_the_end,
    faults_in,
    newest_in,
    parts_of,
    read_head,
    tail_of,
)
from inspector.people.entry import START, Entry, Foreign, Head, Said, Seal
from inspector.settings import Workspace, person

HEAD = "audit.head"
LOCK = ".audit.lock"
WAIT_S = 10.0
FULL = 8 * 2**20
"""Bytes at which a part of the log is closed: some twenty thousand entries."""
LONGEST = 500
"""Characters that are kept of one thing that is told of a deed."""
BUSY = "Another program is writing the audit log: try again."
NOT_DONE = "did not do it after all"
PROGRAM = "inspector"
"""Who heals the log."""


class Audit:
    """The log in a folder. Any number of programs may write it, one after the other."""

    def __init__(self, folder: Path, seal: Seal | None = None) -> None:
        self.log, self.head_file = folder / LOG, folder / HEAD
        self._lock = folder / LOCK
        self._seal = seal or Seal()

    @property
    def keyed(self) -> bool:
        """Whether a key seals what is added from now on."""
        return self._seal.key is not None

    def add(self, deed: str, who: str, **what: Said) -> Entry:
        """Write down that somebody did something; it is on the disk when this returns.

        Raises: InputError where another program does not let go of the log, MachineError where it cannot be written:
        what was to be done is then left undone.
        """
        with _told(self.log):
            self.log.parent.mkdir(parents=True, exist_ok=True)
            with alone(self._lock, BUSY, WAIT_S):
                return self._append(self._in_order(), deed, who, what)

    def forget(self, until: datetime, who: str) -> int:
        """Remove the oldest closed parts of which each entry is older than that, once an entry says so; how many.

        Raises: InputError where the log has faults, which nobody could find any more; else as `add`.
        """
        with _told(self.log), alone(self._lock, BUSY, WAIT_S):
            if faults := list(faults_in(self.log, self.head_file, self._seal)):
                raise FileProblems(faults)
            old: list[tuple[Path, Entry]] = []
            for part in parts_of(self.log):
                if part == self.log or _newest_at(part) >= f"{until.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}":
                    break
                old.append((part, Entry.read(end_of(part).last)))
            if old:
                self._append(self._in_order(), FORGOT, who, {"up_to": str(old[-1][1].head), "parts": len(old)})
            for count, (part, _) in enumerate(old):
                try:
                    part.unlink()
                except OSError:  # Windows removes nothing that is being read; what is left is still of the chain
                    return count
            return len(old)

    @contextmanager
    def around(self, deed: str, who: str, **what: Said) -> Iterator[None]:
        """What somebody does while it lasts, written down first; where it fails, that too.

        A kill in between leaves an entry for what was not done, and never a deed without an entry. Raises: as `add`.
        """
        entry = self.add(deed, who, **what)
        try:
            yield
        except BaseException as error:
            with suppress(InputError, MachineError):
                self.add(NOT_DONE, who, entry=entry.number, why=str(error) or type(error).__name__)
            raise

    def entries(self) -> Iterator[Entry]:
        """All that can be read, the oldest first."""
        for part in parts_of(self.log):
            with suppress(FileNotFoundError), part.open("rb") as file:
                for line in file:
                    with suppress(Foreign):
                        yield Entry.read(line)

    @property
    def head(self) -> Head | None:
        """The newest entry; None where there is none, or it is not sure. Worth to be kept elsewhere, or printed."""
        tail = tail_of(self.log)
        newest = ends_as(tail, self._readable_head(tail))
        return newest if newest != START else None

    @property
    def torn(self) -> int:
        """Bytes at its end of an entry that a power cut kept from being written; the next entry says so."""
        return tail_of(self.log).torn

    def faults(self, known: Head | None = None) -> list[Problem]:
        """All that is not as it was written. known: a head that somebody kept elsewhere."""
        with ExitStack() as stack:
            # Whoever writes meanwhile is waited for; a folder that may only be read is looked at as it is.
            with suppress(MachineError):
                stack.enter_context(alone(self._lock, BUSY, WAIT_S))
            return list(faults_in(self.log, self.head_file, self._seal, known))

    def _in_order(self) -> Head:
        """What the next entry follows: the newest one. What a power cut left is put in order; what it would not leave
        is written down as damage, and stays to be seen.
        """
        tail = tail_of(self.log)
        head = self._readable_head(tail)
        newest = ends_as(tail, head)
        fault = fault_at_the_end(tail, self.head_file, self._seal)
        if newest is None or fault is not None:
            return self._damaged(tail, head, fault)
        if head is None or self.head_file.read_bytes() != newest.written(self._seal):
            self._write_head(newest)
        if tail.torn:
            os.truncate(self.log, self.log.stat().st_size - tail.torn)
            return self._append(newest, HEALED, PROGRAM, {"bytes": tail.torn}).head
        return newest

    def _readable_head(self, tail: Tail) -> Head | None:
        with suppress(Foreign):
            return read_head(self.head_file, self._seal, tail)
        return None

    def _damaged(self, tail: Tail, head: Head | None, found: str | None) -> Head:
        """Go on after the newest entry that the head or the log knows of. Nothing that is there is changed."""
        newest = max(head or START, newest_in(tail) or START, key=lambda one: one.number)
        if tail.torn:
            self._put(b"\n")
        return self._append(newest, DAMAGED, PROGRAM, {"found": found}).head

    def _append(self, before: Head, deed: str, who: str, what: Mapping[str, Said]) -> Entry:
        kept = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in what.items()}
        self._close_full(before)
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
        told = {"at": at, "who": who, "account": person(), "deed": deed, "what": kept}
        entry = Entry.sealed(self._seal, before, told)
        self._put(entry.line)
        self._write_head(entry.head)
        return entry

    def _close_full(self, newest: Head) -> None:
        """Another part begins with the next entry, where this one is full and ends as it should."""
        if not self.log.exists() or self.log.stat().st_size < FULL or newest_in(end_of(self.log)) != newest:
            return
        closed = self.log.with_name(CLOSED.format(newest.number))
        with suppress(OSError):  # Windows renames nothing that is being read: then after the next entry
            if not closed.exists():
                self.log.rename(closed)
                sync_folder(self.log.parent)

    def _put(self, line: bytes) -> None:
        """Add to the log, all or nothing as far as the disk lets one."""
        is_new = not self.log.exists()
        # Unbuffered: what a full disk refused must not be written later, when the file is closed.
        with self.log.open("ab", buffering=0) as file:
            start = file.seek(0, os.SEEK_END)
            try:
                left = line
                while left:
                    left = left[file.write(left) :]
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    file.truncate(start)
                raise
        if is_new:
            sync_folder(self.log.parent)

    def _write_head(self, head: Head) -> None:
        with written_whole(self.head_file) as file:
            file.write(head.written(self._seal))


def audit_of(workspace: Workspace) -> Audit:
    """The log of a workspace, sealed as its settings say.

    Raises: InputError where the key cannot be read; FileProblems where the settings have faults.
    """
    key = workspace.settings().people.audit_key
    return Audit(workspace.folder, Seal.of(key and workspace.folder / key))


def _newest_at(part: Path) -> str:
    """The latest time in it, which need not be that of its last entry: a clock may have been set back."""
    with part.open("rb") as lines:
        return max(Entry.read(line).at for line in lines)


@contextmanager
def _told(log: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachineError(
            f"Cannot write {log}: {error.strerror or error}. Nothing was done: free some space, then do it again."
        ) from error
