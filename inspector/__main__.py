"""The `inspector` command: one sub-command per stage, each in the file of its job under `commands/`.

A failure that a person can mend is one sentence on standard error, with exit code 2 (the user's mistake) or 3 (the
machine's). What nobody foresaw is written to a file in the workspace's `logs/`, and its place is told.
"""

import errno
import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

INTERRUPTED = 130

WORDS = {
    "demo": "demo.demo",
    "recipe": "recipe.app",
    "record": "teach.record",
    "import": "teach.import_",
    "recordings": "recordings.app",
    "extract": "teach.extract",
    "suggest": "teach.suggest",
    "review": "review.review",
    "annotations": "annotations.app",
    "train": "learn.train",
    "promote": "learn.promote",
    "validate": "learn.validate",
    "export": "export.export",
    "lookalikes": "lookalikes.lookalikes",
    "detect": "inspect.detect",
    "run": "inspect.run",
    "records": "records.app",
    "tasks": "tasks.app",
    "people": "people.app",
    "audit": "audit.app",
    "outputs": "outputs.app",
    "selftest": "inspect.selftest",
    "station": "station.station",
}
"""What of `commands/` answers to each, in the order of the help."""

try:
    from inspector.job import heed

    heed()
    from inspector.loading import loading

    with loading():
        import typer
        from typer.core import TyperGroup
        from typer.main import get_group

        from inspector.commands.console import printable
        from inspector.errors import InputError, InspectorError, MachineError
        from inspector.settings import Workspace
except KeyboardInterrupt:  # loading takes a moment, in which an impatient person may well think again
    sys.exit(INTERRUPTED)


class Words(TyperGroup):
    """Loads a command once its word is said: nobody waits for what another one needs, and a supervisor, which stays for
    months beside its station, never holds it.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return [*WORDS, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in WORDS:
            return super().get_command(ctx, cmd_name)
        alone, answer = typer.Typer(add_completion=False), answer_to(cmd_name)
        if isinstance(answer, typer.Typer):
            alone.add_typer(answer, name=cmd_name)
        else:
            alone.command(cmd_name)(answer)
        return get_group(alone).commands[cmd_name]


def answer_to(word: str) -> Any:
    """The function of one command, or the words of another: those of WORDS."""
    module, _, name = WORDS[word].partition(".")
    with loading():
        return getattr(import_module(f"inspector.commands.{module}"), name)


app = typer.Typer(
    cls=Words,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Teach an inspection from two short videos per component, then say PASS or FAIL in real time.",
)


@app.callback()
def _before_each() -> None:
    """Nothing: without it the window's command, which alone is loaded, would be the only one."""


@app.command("ui", add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ui(context: typer.Context) -> None:
    """Open the app."""
    with loading():
        from ui.app import main as open_app  # the window's libraries are for the window alone

    raise typer.Exit(open_app(context.args))


def main() -> None:
    """Run the command line and leave with its exit code."""
    _open_missing_streams()
    try:
        code = app(standalone_mode=False)
    except typer.Exit as leave:
        code = leave.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        code = _tell(error)
    _let_go_of_output()
    sys.exit(code if isinstance(code, int) else 0)


def _open_missing_streams() -> None:
    """A service or a windowed Python may have none; else a file of ours could be taken for the standard output."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115


def _let_go_of_output() -> None:
    """What nobody took is lost: Python would try once more, complain of it and change the exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: Exception) -> int:
    """One sentence for the person; returns the exit code."""
    usage = getattr(error, "format_message", None)
    if usage is not None:  # a wrong option or argument, told in the command line library's own words
        error.show()  # type: ignore[attr-defined]
        return InputError.exit_code
    if isinstance(error, InspectorError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        _say(f"Cannot use {error.filename}: {error.strerror}.")
        return InputError.exit_code if error.errno == errno.ENAMETOOLONG else MachineError.exit_code
    _say(f"Something happened that nobody foresaw ({type(error).__name__}). It is written down in {_log()}.")
    return MachineError.exit_code


def _say(text: str) -> None:
    sys.stderr.write(f"{printable(text)}\n")


def _log() -> Path:
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    for find in (_logs, lambda: Path(tempfile.gettempdir())):
        try:
            folder = find()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"{sys.argv}\n{traceback.format_exc()}")
        except (OSError, InputError):
            continue
        return folder / name
    return Path(os.devnull)


def _logs() -> Path:
    # Whatever failed, the options may not have been read yet.
    said = [
        text.partition("=")[2] or after
        for text, after in zip(sys.argv, [*sys.argv[1:], ""], strict=True)
        if text.partition("=")[0] == "--workspace"
    ]
    return Workspace.find(Path(said[-1]) if said and said[-1] else None).folder / "logs"


if __name__ == "__main__":
    main()
