"""The SQLite on a station's own disk: it keeps what was acknowledged, and is set aside when it is damaged."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from inspector.errors import MachineError
from inspector.frame import utc_now
from inspector.inspection.records.migration import bring_up_to_date

BUSY_S = 5.0
ASIDE = ".damaged-"
"""In the name of what is set aside, before its moment."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
PARTS = ("", "-wal", "-shm")
"""How the files end that are the database while somebody uses it: its pages, its log, and what finds its way there."""
WHOLE_BYTES = 64 * 2**20
"""Up to here the whole database is looked at when it is opened; a larger one would keep the station waiting."""


class Local:
    """A station's own database, in a file of the records' folder. Any number of threads and programs may use it.

    held: nobody else writes there, as whoever opens it holds the station's lock.

    Raises: MachineError where it is damaged; where it is held, it is then set aside under another name, as it is.
    InputError where a newer version of this program wrote it.
    """

    def __init__(self, path: Path, held: bool = False) -> None:
        self.name = str(path)
        self._path = path
        if path.exists() and not _is_whole(path):
            raise MachineError(_put_aside(path) if held else _left(path))
        self._engine = _open_engine(path)
        self._writing = self._engine.execution_options(writes=True)
        with self._told():
            bring_up_to_date(self._engine, self.name, path.parent)
        # The engine keeps a connection open from now on, so that SQLite itself takes none of the files away.
        self._parts = _parts(path)
        self._files = _identities(self._parts)

    @contextmanager
    def begin(self, writes: bool = False) -> Iterator[Connection]:
        """One piece of work as a whole or not at all; while one writes, others read what was there before.

        Raises: MachineError with a sentence, also where the files are no longer those that were opened.
        """
        # Before, lest a new connection make an empty database; after, so that what was written is where others find it.
        self._require_the_same()
        with self._told(), (self._writing if writes else self._engine).begin() as connection:
            yield connection
        self._require_the_same()

    def _require_the_same(self) -> None:
        """SQLite itself writes on into files that were removed, and says that all is well."""
        if _identities(self._parts) != self._files:
            raise MachineError(
                f"The records in {self._path} were removed or replaced while they were in use: nothing can be kept in "
                "them any more. Start this program again; new records begin where there are none."
            )

    @property
    def replaced(self) -> bool:
        """Whether another database lies there now: whoever only reads may open that one."""
        return self._path.exists() and _identities(self._parts) != self._files

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if _is_damage(error.orig):
                _suspect_it(self._path)
            raise MachineError(_sentence(self._path, error.orig)) from error


def _open_engine(path: Path) -> Engine:
    """SQLite with a log that lets others read while one writes, and that keeps what was acknowledged."""
    options = {"timeout": BUSY_S, "isolation_level": None}
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # Full: a row that was acknowledged survives a power cut, which WAL's usual NORMAL does not promise.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who reads first and then writes is refused without a wait where somebody wrote in between: so who means to
        # write says so at once. Also Python's own driver begins no transaction for what changes tables.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _is_whole(path: Path) -> bool:
    """Whether no damage is met where a start can afford to look. Raises: MachineError where it cannot be looked at."""
    suspect = _suspect(path)
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
            whole = (_is_sound if suspect.exists() or _size(path) <= WHOLE_BYTES else _begins_well)(connection)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise MachineError(_sentence(path, error)) from error
        return False
    if whole:
        suspect.unlink(missing_ok=True)
    return whole


def _suspect(path: Path) -> Path:
    """The file that has all of the database looked at when it is opened next."""
    return path.with_name(path.name + ".suspect")


def _suspect_it(path: Path) -> None:
    with suppress(OSError):
        _suspect(path).touch()


def _left(path: Path) -> str:
    """Leave it where it is, since a station may be writing there; a sentence that says so."""
    _suspect_it(path)
    return _damage(path)


def _damage(path: Path) -> str:
    return f"The records in {path} are damaged. Start the station again: it sets them aside, and new ones begin."


def _is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that the file is not as it wrote it."""
    # The low byte is the kind; the rest says where SQLite met it.
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def _sentence(path: Path, error: BaseException | None) -> str:
    """SQLite's error as a person is told of it."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The records in {path} are locked by another program. Close it, then start again."
        case sqlite3.SQLITE_FULL:
            return f"Cannot write {path}: the disk is full. Free some space, then start again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damage(path)
        case _:
            return f"Cannot use the records in {path}: {error}."


def _identities(parts: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which files have these names now, by device and number; None where there is none. Asked with each piece of work,
    so it takes microseconds.
    """
    return [_identity(part) for part in parts]


def _identity(part: Path) -> tuple[int, int] | None:
    try:
        found = part.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in PARTS]


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())


def _is_sound(connection: sqlite3.Connection) -> bool:
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return bool(said == "ok")


def _begins_well(connection: sqlite3.Connection) -> bool:
    """What a start can afford of a large database: its header, and the newest rows, with the way to them."""
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        connection.execute(f'SELECT * FROM "{table}" ORDER BY 1 DESC LIMIT 100').fetchall()  # each begins with its key
    return True


def was_set_aside(path: Path) -> bool:
    """Whether the database in that file began in the place of a damaged one, which still lies there."""
    return any(path.parent.glob(f"{path.stem}{ASIDE}*"))


def _put_aside(path: Path) -> str:
    """Give it another name, with its log; a sentence that says so. Raises: MachineError where it cannot be done."""
    aside = path.with_name(f"{path.stem}{ASIDE}{utc_now():%Y%m%dT%H%M%S}{path.suffix}")
    try:
        for ending, part in zip(PARTS, _parts(path), strict=True):
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
        _suspect(path).unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(
            f"The records in {path} are damaged, and cannot be set aside: {error.strerror or error}. Close what else "
            "reads them, then start again."
        ) from error
    return f"The records were damaged and are now set aside in {aside}. Start again: new records begin."
