"""How a command speaks: to a person with tables and bars, to a program with a JSON line for each thing."""

import json
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table

from inspector.errors import InputError, MachineError
from inspector.interruption import on_signals
from inspector.presets import in_words
from inspector.settings import Workspace, person_named


def _path(text: str) -> Path:
    """What a person named; an empty text, of a script's variable that is not set say, is no name of this folder.

    Raises: InputError for that.
    """
    if not text:
        raise InputError("A path is empty: name a file or a folder, or '.' for this folder.")
    return Path(text)


PATH: Any = {"parser": _path}
"""What every option and argument has that is a path."""

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", help="The folder with recipes, recordings and bundles.", show_default="found", **PATH),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON lines for a program, not text for a person.")]

ByOption = Annotated[
    str | None,
    typer.Option("--by", help="Who says so. Default: who is logged in.", parser=person_named),
]

SOURCES = "usb:0, genicam:SERIAL, rtsp://…, http://…, a video, a picture, a folder, or simulator:screw=on,tape=off"
"""What a camera may be, for help texts."""
WIDTH = 150
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
EVERY_S = 10.0
EVERY_LINE_S = 0.2
"""Between two lines that tell a program how far the work is."""


class Tick(Protocol):
    """Tells a bar how far the work is."""

    def __call__(self, done: int, total: int | None, text: str = "") -> None: ...


def printable(text: str) -> str:
    """Without what steers a terminal: names and labels come from other programs' files."""
    return CONTROL.sub("?", text)


class _Out(Console):
    """Rich would end the thread that speaks, with nothing said, where nobody listens any more."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@contextmanager
def _heard() -> Iterator[None]:
    """Raises: MachineError where what is said goes nowhere."""
    try:
        yield
    except BrokenPipeError:
        raise MachineError("Nobody reads the standard output any more.") from None
    except OSError as error:
        raise MachineError(f"Cannot write to the standard output: {error.strerror or error}.") from None


class Voice:
    """One command's mouth. With `as_json`, standard output holds JSON lines and nothing else."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        # A file or a pipe has no width of its own; 80 columns would break every cell.
        self._out = _Out(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
        self._bars = Console(stderr=True)
        self._warnings = _Out(stderr=True)

    def say(self, text: str) -> None:
        """A sentence for a person; a program is not told."""
        if not self.as_json:
            with _heard():
                self._out.print(printable(text), markup=False, soft_wrap=True)

    def tell(self, values: dict[str, Any], text: str | None = None) -> None:
        """One thing that is so: a JSON line for a program, the text for a person."""
        if self.as_json:
            with _heard():
                typer.echo(json.dumps(values, ensure_ascii=False, default=str))
        elif text is not None:
            self.say(text)

    def warn(self, text: str) -> None:
        """A sentence that a person should see also where a program reads the rest: on standard error. Any thread; that
        nobody reads it ends nothing.
        """
        with suppress(OSError):
            self._warnings.print(printable(text), markup=False, highlight=False, soft_wrap=True)

    def advise(self, text: str, about: Mapping[str, Any] = MappingProxyType({})) -> None:
        """A sentence that a person should see, and a program too: it says what to do about something.

        about: what it is about, for the program.
        """
        self.tell({"says": text, **about})
        self.warn(text)

    def table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table for a person."""
        if self.as_json:
            return
        # Else a long word, the name of a setting say, would lose its end.
        columns = [Column(head, overflow="fold") for head in heads]
        table = Table(*columns, title=title, title_justify="left", title_style="bold")
        for row in rows:
            table.add_row(*(printable(str(cell)) for cell in row))
        with _heard():
            self._out.print(table)

    @contextmanager
    def bar(self, title: str, stage: str = "") -> Iterator[Tick]:
        """Progress with the time left, on standard error: a bar, or a line now and then where that is no terminal.

        stage: what a program is told with each `{"stage", "done", "total", "text"}`; "" where it is told nothing.
        """
        if self.as_json:
            yield self._told_lines(stage) if stage else _unheard
        elif self._bars.is_terminal:
            yield from self._moving_bar(title)
        else:
            yield _lines(title, self._bars)

    def _told_lines(self, stage: str) -> Tick:
        """A line at once, so that a program knows what has begun, then some a second, and each new text."""
        self.tell({"stage": stage, "done": 0, "total": None, "text": ""})
        told, said = time.monotonic(), ""

        def tick(done: int, total: int | None, text: str = "") -> None:
            nonlocal told, said
            now = time.monotonic()
            if now - told >= EVERY_LINE_S or text != said or done == total:
                told, said = now, text
                self.tell({"stage": stage, "done": done, "total": total, "text": text})

        return tick

    def _moving_bar(self, title: str) -> Iterator[Tick]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, TimeRemainingColumn(), console=self._bars) as progress:
            task = progress.add_task(title, total=None)

            def tick(done: int, total: int | None, text: str = "") -> None:
                progress.update(task, completed=done, total=total, description=f"{title} {text}".rstrip())

            yield tick


def _unheard(done: int, total: int | None, text: str = "") -> None:
    """Progress that nobody is told of."""


def _lines(title: str, console: Console) -> Tick:
    console.print(f"{title} ...", markup=False, highlight=False)
    told = time.monotonic()
    first: tuple[float, int] | None = None

    def tick(done: int, total: int | None, text: str = "") -> None:
        nonlocal told, first
        now = time.monotonic()
        first = first or (now, done)
        if now - told < EVERY_S:
            return
        told = now
        left = left_in_words(now - first[0], done - first[1], total - done) if total else ""
        console.print(f"{title} {done} of {total or '?'} {text}".rstrip() + left, markup=False, highlight=False)

    return tick


def left_in_words(seconds: float, done: int, to_do: int) -> str:
    """How long the rest takes, to append to a sentence; "" where nothing tells it.

    Args: seconds and done: since work was first told of. What went before, an hour ago in a training that goes on, or
    to set up the first step of one, tells nothing of the rest.
    """
    return f", about {in_words(seconds / done * to_do)} left" if done > 0 and to_do > 0 else ""


@contextmanager
def ended_in_order() -> Iterator[None]:
    """While it lasts, a request to end leaves nothing half-written: what was being made goes away."""
    with on_signals(lambda: sys.exit(128 + signal.SIGTERM), signal.SIGTERM):
        yield


@contextmanager
def uninterrupted() -> Iterator[None]:
    """While it lasts, for a moment, Ctrl-C comes too late: what is begun is done, and told."""
    with on_signals(lambda: None, signal.SIGINT):
        yield


def workspace_of(folder: Path | None) -> Workspace:
    """The workspace that the option names, else the one found."""
    return Workspace.find(folder)
