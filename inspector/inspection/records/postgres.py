"""The PostgreSQL of a plant: reached over a network, where it may be gone, slow, or never answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError

from inspector.errors import InputError, MachineError
from inspector.inspection.records.migration import bring_up_to_date
from inspector.keeping import DRIVER, FORM

CONNECT_S = 5
LOCK_S = 5
STATEMENT_S = 20
"""How long the server may wait for a lock, and take for one statement, before it gives up by itself."""
SILENCE_S = 30.0
"""How long one piece of work may take before the connection is cut: a server that hangs gives up nothing."""
SETTING = "Look at 'database' in settings.yaml, under 'records'."


class Refusal(MachineError):
    """The database takes this row in no case, and others it may."""


class Plant:
    """The plant's database; its tables are made, or brought up to date, when it is first reached.

    Several threads may use it, one at a time. Raises: InputError where the text names no PostgreSQL, or its driver is
    not installed.
    """

    def __init__(self, text: str, silence_s: float = SILENCE_S) -> None:
        url = _url(text)
        self.name = f"{url.host or 'this computer'}{f':{url.port}' if url.port else ''}/{url.database or ''}"
        self._password = url.password
        self._silence_s = silence_s
        self._engine = _open_engine(url)
        self._line: Any = None
        self._ready = False
        self._turn = threading.Lock()
        event.listen(self._engine, "do_connect", self._connect)

    @contextmanager
    def begin(self, writes: bool = False) -> Iterator[Connection]:
        """One piece of work as a whole or not at all.

        Raises: MachineError with a sentence; Refusal where the fault is with what was to be written.
        """
        with self._turn, self._watched():
            try:
                if not self._ready:
                    bring_up_to_date(self._engine, self.name)
                    self._ready = True
                with self._engine.begin() as connection:
                    yield connection
            except DBAPIError as error:
                self._forget()
                raise _failure(self.name, self._password, error) from error

    def cut(self) -> None:
        """Any thread: whoever waits for the server waits no more, and gets an error."""
        line = self._line
        with suppress(Exception):  # it may be closed this very moment
            if line is not None and not line.closed:
                handle = socket.socket(fileno=line.fileno())
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                finally:
                    handle.detach()

    @property
    def replaced(self) -> bool:
        """A server's database has no file that could be."""
        return False

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def _connect(self, _dialect: Any, _record: Any, words: Any, options: Any) -> Any:
        import psycopg  # only a station with such a database has it

        self._line = psycopg.connect(*words, **options)
        return self._line

    def _forget(self) -> None:
        """After a failure nothing is known: another program may have changed the tables meanwhile."""
        self._ready = False
        self._engine.dispose()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        timer = threading.Timer(self._silence_s, self.cut)
        timer.name, timer.daemon = "watch plant", True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _open_engine(url: URL) -> Engine:
    limits = f"-c lock_timeout={LOCK_S * 1000} -c statement_timeout={STATEMENT_S * 1000}"
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_S,
        # Else a database of another encoding would have the driver fail over a text, instead of refusing it itself.
        "client_encoding": "utf8",
        "application_name": "assembly-inspector",
        "options": f"{limits} {url.query.get('options', '')}",
        # A cable that was pulled says nothing: what does not answer for so many seconds is gone.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
    }
    try:
        return create_engine(url, connect_args=options, pool_size=1, max_overflow=0)
    except ModuleNotFoundError as error:
        raise InputError(
            "The plant's database needs a package that is not installed: pip install 'assembly-inspector[postgres]'."
        ) from error


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername != DRIVER:
        raise InputError(f"This is not the address of a plant's database; write {FORM}.")
    return url


def _is_of_the_row(error: DBAPIError) -> bool:
    """Whether the fault is with the values: SQLSTATE's data exceptions, broken constraints, limits such as that of an
    index's rows, and what a plant's own trigger raises; or the driver cannot even send them.
    """
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(error, DataError) or state[:2] in ("22", "23", "54", "P0")


def _failure(name: str, password: str | None, error: DBAPIError) -> MachineError:
    if _is_of_the_row(error):
        return Refusal(f"The plant's database {name} refuses it: {_said(password, error.orig)}.")
    return MachineError(_sentence(name, password, error.orig))


def _said(password: str | None, error: BaseException | None) -> str:
    """The first line of what the server, or the driver, says."""
    said = (str(error).strip().splitlines() or ["nothing was said"])[0].rstrip(".")
    return said.replace(password, "***") if password else said


def _sentence(name: str, password: str | None, error: BaseException | None) -> str:
    """What the server, or the way to it, says, as a person is told of it. SQLSTATE: PostgreSQL's manual, appendix A."""
    state = getattr(error, "sqlstate", None) or ""
    said = _said(password, error)
    if not state and ("authentication" in said or "does not exist" in said):
        state = "28000"  # what is said before anybody is let in comes without a number
    match state:
        case "55P03" | "57014" | "40P01":
            return f"The plant's database {name} is locked or slow: {said}."
        case "53100":
            return f"The plant's database {name} has no space left. Free some there."
        case "42501":
            return f"The plant's database {name} does not let this station in: {said}. Ask who looks after it."
        case "3D000" | "28000" | "28P01":
            return f"The plant's database {name} refuses: {said}. {SETTING}"
    if not state or state[:2] in ("08", "57"):
        return f"Cannot reach the plant's database {name}: {said}. Look whether it runs, and at the network."
    return f"Cannot use the plant's database {name}: {said}."
