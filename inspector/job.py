"""A stage run as a child process that prints JSON lines: cancel is certain, and its memory comes back."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from typing import Any

from inspector.errors import InputError, MachineError


def run(arguments: Sequence[str]) -> Generator[dict[str, Any], None, None]:
    """Run `inspector ARGUMENTS --json` and give each line that it prints, as it comes.

    Closing the iterator ends the child.
    Raises: InputError or MachineError with the child's own sentence, by its exit code.
    """
    command = [sys.executable, "-m", "inspector", *arguments, "--json"]
    # Standard error goes to a file: a pipe that nobody empties would stop a talkative child.
    with tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
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
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if child.stdout is not None:
        child.stdout.close()
