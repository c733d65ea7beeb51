"""A stage run as a child process that prints JSON lines: cancel is certain, and its memory comes back.

A child is asked to stop over its standard input. Windows knows no signal that one process sends another and that leaves
it the time to keep what it has: what is called SIGINT or SIGTERM there ends it within an instruction.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Sequence
from typing import Any

from inspector.errors import InputError, MachineError

HEEDS = "ASSEMBLY_INSPECTOR_HEEDS_STDIN"
"""The variable that tells a child that what asks it to stop comes over its standard input."""
STOP = b"stop\n"
"""For what Ctrl-C asks. The end of the standard input asks to end at once, whoever or whatever made it end."""


def run(arguments: Sequence[str]) -> Generator[dict[str, Any], None, None]:
    """Run `inspector ARGUMENTS --json` and give each line that it prints, as it comes.

    Closing the iterator ends the child.
    Raises: InputError or MachineError with the child's own sentence, by its exit code.
    """
    command = [sys.executable, "-m", "inspector", *arguments, "--json"]
    heeding, pipe = {**os.environ, HEEDS: "1"}, subprocess.PIPE
    # Standard error goes to a file: a pipe that nobody empties would stop a talkative child.
    with tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, text=True, env=heeding)
        try:
            assert child.stdout is not None
            for line in child.stdout:
                yield json.loads(line)
            code = child.wait()
        finally:
            _end(child)
        if code:
            errors.seek(0)
            text = errors.read().strip() or f"'inspector {arguments[0]}' ended with code {code}."
            raise InputError(text) if code == InputError.exit_code else MachineError(text)


def _end(child: "subprocess.Popen[str]") -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def heed() -> None:
    """In a child: from now on, do what is asked over the standard input. Nothing where whoever started it asks nothing
    there: what a shell or a service starts may have none at all.
    """
    if os.environ.pop(HEEDS, None) is None:
        return
    # What a shell starts behind itself ignores Ctrl-C, and so does what that starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked, nothing = os.dup(0), os.open(os.devnull, os.O_RDONLY)
    # Else whatever this process starts would wait for what is only for this one.
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_wait_for, args=(asked,), name="asked", daemon=True).start()


def _wait_for(asked: int) -> None:
    # Not through sys.stdin, whose lock a thread that waits would hold when the process ends.
    while os.read(asked, len(STOP)):
        _raise(signal.SIGINT)
    _raise(signal.SIGTERM)


def _raise(number: signal.Signals) -> None:
    """As if it came from outside: what the main thread waits for is interrupted."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)
