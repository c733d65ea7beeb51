"""A command as a person types it: arguments in, exit code and words out."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from inspector.__main__ import main
from inspector.settings import Workspace


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Inspector = Callable[..., Said]


@pytest.fixture
def inspector(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inspector:
    """Run `inspector ARGUMENTS` in the test's workspace."""

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["inspector", *arguments])
        with pytest.raises(SystemExit) as leave:
            main()
        captured = capsys.readouterr()
        return Said(int(leave.value.code or 0), captured.out, captured.err)

    return run
