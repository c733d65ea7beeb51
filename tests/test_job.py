"""A stage as a child process: its lines, its failures, its end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inspector import job
from inspector.errors import InputError


def test_gives_each_line_that_the_stage_prints(tmp_path: Path) -> None:
    options = ["--component", "tape", "--workspace", str(tmp_path)]
    (made,) = job.run(["recipe", "new", "box", *options])
    assert Path(made["recipe"]).is_file()


def test_raises_the_stage_s_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no recipe in"):
        list(job.run(["recipe", "check", "box", "--workspace", str(tmp_path)]))


def test_closing_ends_the_child(tmp_path: Path) -> None:
    lines = job.run(["recipe", "new", "box", "--component", "tape", "--workspace", str(tmp_path)])
    next(lines)
    lines.close()


CHILD = """
import time
from inspector.job import heed
heed()
try:
    print(repr(open(0, closefd=False).read()), flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("asked to stop", flush=True)
time.sleep(60)
"""


@contextmanager
def child(script: str, stdin: int, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """It, ended in any case."""
    around = {**os.environ, **more}
    with subprocess.Popen([sys.executable, "-c", script], stdin=stdin, stdout=subprocess.PIPE, env=around) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def deaf() -> Iterator[None]:
    """What a shell starts behind itself: Ctrl-C means nothing to it, nor to its children."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("deaf")
def test_a_child_is_asked_to_stop_and_to_end_at_once_over_its_standard_input() -> None:
    with child(CHILD, subprocess.PIPE, **{job.HEEDS: "1"}) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"''", "what it starts would wait for what is asked of it"
        process.stdin.write(job.STOP)
        process.stdin.flush()
        assert process.stdout.readline().strip() == b"asked to stop"
        process.stdin.close()
        assert process.wait(timeout=30) in (-signal.SIGTERM, 3)


def test_one_that_was_not_told_to_heed_it_lives_on_without_a_standard_input() -> None:
    script = "from inspector.job import heed; heed(); import time; time.sleep(0.2); print('lives')"
    with child(script, subprocess.DEVNULL) as process:
        out, _ = process.communicate(timeout=30)
    assert out.strip() == b"lives"
