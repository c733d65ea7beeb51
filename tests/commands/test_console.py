"""What a person reads while a command works."""

import io
import json
import sys

import pytest

from inspector.commands import console
from inspector.commands.console import Voice, left_in_words


@pytest.mark.parametrize(
    ("seconds", "done", "to_do", "text"),
    [
        (20.0, 10, 30, ", about 60 seconds left"),
        (20.0, 10, 900, ", about 30 minutes left"),
        (0.0, 0, 967, ""),
        (20.0, 10, 0, ""),
    ],
    ids=["2 s each", "minutes", "only the first, which sets up", "done"],
)
def test_the_time_left_is_told_by_what_was_done_since(seconds: float, done: int, to_do: int, text: str) -> None:
    assert left_in_words(seconds, done, to_do) == text


def test_the_first_step_tells_nothing_of_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "EVERY_S", 0.0)
    with Voice(as_json=False).bar("Training") as tick:
        tick(500, 968, "loss 1.000")
        tick(501, 968, "loss 0.900")
    first, second = capsys.readouterr().err.splitlines()[1:]
    assert first == "Training 500 of 968 loss 1.000"
    assert second.startswith("Training 501 of 968 loss 0.900, about ")


def test_what_steers_a_terminal_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(as_json=False)
    voice.say("a label \x1b[2J\nand more")
    voice.warn("\x9b2J")
    assert capsys.readouterr() == ("a label ?[2J\nand more\n", "?2J\n")


@pytest.mark.parametrize("fails", [BrokenPipeError(32, "Broken pipe"), OSError(28, "No space left on device")])
def test_a_warning_that_nobody_can_read_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fails: OSError
) -> None:
    """It comes from threads, too, which would end without a word."""

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise fails

    voice = Voice(as_json=True)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", Gone())
        voice.warn("The picture is dark.")
    voice.tell({"verdict": "OK"})
    assert capsys.readouterr().out == '{"verdict": "OK"}\n'


def test_a_program_hears_how_far_the_work_is_where_it_has_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    with Voice(as_json=True).bar("Packing", "pack") as tick:
        for done in range(1, 101):
            tick(done, 100)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"stage": "pack", "done": 0, "total": None, "text": ""}
    assert lines[-1] == {"stage": "pack", "done": 100, "total": 100, "text": ""}
    assert len(lines) < 50
    with Voice(as_json=True).bar("Packing") as tick:
        tick(1, 1)
    assert capsys.readouterr().out == ""


def test_each_new_text_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with Voice(as_json=True).bar("Making the bundle", "bundle") as tick:
        for done, text in enumerate(("network", "scores", "scores")):
            tick(done, 5, text)
    texts = [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()]
    assert texts == ["", "network", "scores"]
