"""What native libraries write to standard error does not reach a person; what comes afterwards does."""

import os
import subprocess
import sys

import pytest

from inspector.quiet import quiet


def test_nothing_reaches_standard_error_while_it_lasts(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before\n")
    with quiet():
        os.write(2, b"chatter\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "before\nafter\n"


def test_a_failure_still_raises_and_is_heard(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="told"), quiet():
        raise ValueError("told")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_works_without_a_standard_error() -> None:
    code = "import os, sys; os.close(2); sys.stderr = None\nfrom inspector.quiet import quiet\nwith quiet(): print(1)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"
