"""What a person meets when things go wrong: a sentence and an exit code, never a traceback."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import inspector.__main__ as entry
from inspector.errors import MachineError
from inspector.settings import VARIABLE, Workspace

Inspector = Any


def _break(error: BaseException) -> Any:
    def app(standalone_mode: bool) -> None:
        raise error

    return app


def test_what_nobody_foresaw_is_written_down(
    inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "app", _break(RuntimeError("the moon fell")))
    said = inspector("selftest")
    assert said.code == 3
    assert "Traceback" not in said.err
    (log,) = (workspace.folder / "logs").iterdir()
    assert str(log) in said.err
    assert "RuntimeError: the moon fell" in log.read_text()


@pytest.mark.parametrize("joined", [False, True])
def test_it_is_written_down_in_the_workspace_that_was_named(
    inspector: Inspector, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, joined: bool
) -> None:
    monkeypatch.setattr(entry, "app", _break(RuntimeError("the moon fell")))
    place = tmp_path / "named"
    said = inspector("selftest", *([f"--workspace={place}"] if joined else ["--workspace", str(place)]))
    (log,) = (place / "logs").iterdir()
    assert str(log) in said.err


def test_the_machine_s_failure_is_3(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "app", _break(MachineError("The disk is full.")))
    said = inspector("selftest")
    assert (said.code, said.err) == (3, "The disk is full.\n")


def test_what_steers_a_terminal_is_not_told(inspector: Inspector, tmp_path: Path) -> None:
    recipe = tmp_path / "lid.yaml"
    recipe.write_bytes(b'format: 1\n"\\e]0;mine\\a\\e[2J": 1\n')
    said = inspector("recipe", "check", str(recipe))
    assert said.code == 2
    assert "?]0;mine??[2J" in said.err
    assert not set(said.err) & set("\x1b\x07")


def test_a_name_too_long_for_a_file_system_is_the_user_s_mistake(inspector: Inspector) -> None:
    said = inspector("promote", "a" * 300)
    assert (said.code, said.err) == (2, f"Cannot use {'a' * 300}: File name too long.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "", "--recipe", "block", "--component", "screw", "--negative"),
        ("annotations", "import", "ID", "", "--format", "voc", "--without-boxes", "verified empty"),
        ("annotations", "export", "ID", "", "--format", "voc"),
        ("records", "export", ""),
        ("export", "ID", "--format", "onnx", "--out", ""),
        ("train", "block", "--weights="),
        ("selftest", "--workspace", ""),
    ],
)
def test_an_empty_path_is_not_the_current_folder(inspector: Inspector, arguments: tuple[str, ...]) -> None:
    said = inspector(*arguments)
    assert (said.code, said.err) == (2, "A path is empty: name a file or a folder, or '.' for this folder.\n")


def test_a_bundle_without_a_name_is_not_the_current_folder(inspector: Inspector) -> None:
    assert inspector("detect", "", "simulator").err == "There is no bundle ''.\n"


def test_control_c_is_130(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "app", _break(KeyboardInterrupt()))
    assert inspector("selftest").code == 130


def test_a_log_goes_elsewhere_where_the_workspace_cannot_be_written(
    inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace.folder.joinpath("logs").write_text("a file where the folder should be")
    monkeypatch.setattr(entry.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(entry, "app", _break(RuntimeError("the moon fell")))
    said = inspector("selftest")
    assert said.code == 3
    assert [path for path in tmp_path.glob("*.txt") if str(path) in said.err]


def test_every_command_has_its_help(inspector: Inspector) -> None:
    said = inspector("--help")
    assert said.code == 0
    for command in ("demo", "recipe", "record", "import", "extract", "suggest", "annotations", "train", "promote"):
        assert command in said.out
    for command in ("validate", "detect", "run", "station", "records", "selftest", "ui"):
        assert command in said.out


def test_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["inspector", "--help"])
    monkeypatch.delitem(sys.modules, "inspector.__main__")
    with pytest.raises(SystemExit) as leave:
        runpy.run_module("inspector", run_name="__main__")
    assert leave.value.code == 0
    assert "Usage" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("record", "--recipe", "lid", "--component", "tape", "--positive", "--seconds", "inf"),
        ("records", "list", "--limit", "9" * 30),
        ("train", "lid", "--seed", "9" * 30),
        ("suggest", "lid", "--accept", "nan"),
        ("detect", "lid-1", "simulator", "--threshold", "nan"),
    ],
)
def test_a_number_out_of_all_bounds_is_the_user_s_mistake(inspector: Inspector, arguments: tuple[str, ...]) -> None:
    said = inspector(*arguments)
    assert said.code == 2
    assert f"Invalid value for '{arguments[-2]}'" in said.err


IMPATIENT = """
import sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == "inspector.commands":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Impatient())
import inspector.__main__
"""


def test_control_c_while_it_loads_is_130_without_a_word() -> None:
    left = subprocess.run([sys.executable, "-c", IMPATIENT], capture_output=True, text=True, check=False)
    assert (left.returncode, left.stdout, left.stderr) == (130, "", "")


def test_without_standard_streams_it_works_all_the_same() -> None:
    """As under a service manager: the shell closes them before the program starts."""
    command = f"'{sys.executable}' -m inspector recipe show nothing.yaml <&- >&- 2>&-"
    assert subprocess.run(command, shell=True, check=False).returncode == 2


def test_in_a_folder_that_was_deleted_there_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    code = "import os, sys; os.rmdir(os.getcwd()); sys.argv = ['inspector', 'recipe', 'show', 'lid']; main()"
    command = [sys.executable, "-c", f"from inspector.__main__ import main; {code}"]
    environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
    left = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (left.returncode, left.stderr) == (
        2,
        "The current folder was deleted. Change to another one, and try again.\n",
    )
