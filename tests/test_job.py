"""A stage as a child process: its lines, its failures, its end."""

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
