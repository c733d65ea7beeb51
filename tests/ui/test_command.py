"""A command in a child process: its lines, its end, and its cancelling. The children are real."""

import signal
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import QProcess
from pytestqt.qtbot import QtBot

from inspector.settings import Workspace
from ui.command import Command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(Workspace(tmp_path))


def test_its_lines_and_its_end(command: Command, qtbot: QtBot) -> None:
    lines: list[dict[str, object]] = []
    command.told.connect(lines.append)
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("recipe", "new", "housing", "--component", "tape")
        assert command.running
    assert ended.args == [0, ""]
    assert Path(str(lines[0]["recipe"])).name == "housing.yaml"
    assert not command.running


def test_a_mistake_is_a_sentence(command: Command, qtbot: QtBot) -> None:
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("extract", "housing")
    code, sentence = ended.args
    assert code == 2
    assert sentence.startswith("There is no recipe in ")


def test_each_fault_is_told_but_not_what_was_said_before(command: Command, tmp_path: Path, qtbot: QtBot) -> None:
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    (recipes / "housing.yaml").write_text("format: 1\nname: housing\ncomponents:\n- name: tape\n  cuont: 1\nsizee: 3\n")
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("recipe", "check", "housing")
    one, other = ended.args[1].splitlines()
    assert "unknown key 'cuont'. Did you mean 'count'?" in one
    assert "unknown key 'sizee'" in other


def test_what_it_said_in_its_lines_is_no_fault(command: Command, qtbot: QtBot) -> None:
    with qtbot.waitSignal(command.ended, timeout=30_000):
        command.start("recipe", "new", "housing", "--component", "tape")
    lines: list[dict[str, object]] = []
    command.told.connect(lines.append)
    options = ("--recipe", "housing", "--component", "tape", "--positive", "--seconds", "0.5")
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("record", *options, "--source", "simulator:tape=on,seed=1,pace=0")
    assert [line for line in lines if "says" in line], "it has said something"
    assert ended.args == [0, ""]


def test_cancelled_it_keeps_what_it_has(command: Command, tmp_path: Path, qtbot: QtBot) -> None:
    lines: list[dict[str, object]] = []
    command.told.connect(lines.append)
    with qtbot.waitSignal(command.ended, timeout=30_000):
        command.start("recipe", "new", "housing", "--component", "tape")
    source = "simulator:tape=on,seed=1"
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("record", "--recipe", "housing", "--component", "tape", "--positive", "--source", source)
        qtbot.waitUntil(lambda: bool(list(tmp_path.glob("recordings/*/video-*.mkv"))), timeout=20_000)
        command.cancel()
    assert "frames" in lines[-1], f"what was recorded is not kept: {ended.args}"


def test_cancelled_before_it_has_begun(command: Command, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("recipe", "new", "housing", "--component", "tape")
        command.cancel(None)
    assert ended.args == [130, ""]
    assert not (tmp_path / "recipes").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there, no exit code tells one end from the other")
def test_asked_to_end_at_once_it_leaves_by_itself(command: Command, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(command.ended, timeout=30_000):
        command.start("recipe", "new", "housing", "--component", "tape")
    source = "simulator:tape=on,seed=1"
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("record", "--recipe", "housing", "--component", "tape", "--positive", "--source", source)
        qtbot.waitUntil(lambda: bool(list(tmp_path.glob("recordings/*/video-*.mkv"))), timeout=20_000)
        command.end()
    assert ended.args == [signal.SIGTERM, ""], "it had to be killed"


def test_ended_from_outside_is_told(command: Command, qtbot: QtBot) -> None:
    process = command.findChild(QProcess)
    with qtbot.waitSignal(command.ended, timeout=30_000) as ended:
        command.start("record", "--help")
        qtbot.waitUntil(lambda: command.running)
        process.kill()
    assert ended.args[1].startswith("It was ended from outside")
