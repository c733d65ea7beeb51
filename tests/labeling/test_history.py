"""Every change of annotations can be taken back and made again, also after a kill."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError, MachineError
from inspector.labeling import annotation
from inspector.labeling.annotation import (
    Annotation,
    Box,
    State,
    read_annotations,
    redo,
    undo,
    write_annotations,
)
from inspector.labeling.history import FILE, read_history
from inspector.recipe import Label
from tests.full_disk import no_file_larger_than

BOX = Box.of(Label("tape"), (1, 2, 30, 40))
KNOWN = {
    "boxes": Annotation(state=State.BOXES, boxes=(BOX,), by="maria"),
    "ignored": Annotation(state=State.IGNORED, by="jo"),
    "empty": Annotation(state=State.VERIFIED_EMPTY, by="jo"),
}


def say(folder: Path, **frames: str) -> None:
    news = {f"{name}.png": KNOWN[what] for name, what in frames.items()}
    write_annotations(folder, read_annotations(folder).with_frames(news))


def known(folder: Path) -> dict[str, str]:
    words = {one: word for word, one in KNOWN.items()}
    return {Path(name).stem: words[one] for name, one in read_annotations(folder).frames.items()}


def killed(monkeypatch: pytest.MonkeyPatch, folder: Path, **states: str) -> None:
    """Say it, and be killed between the note of it and what is written."""
    with monkeypatch.context() as context:
        context.setattr(annotation, "write_document", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            say(folder, **states)


def test_changes_are_taken_back_one_by_one_and_made_again(tmp_path: Path) -> None:
    say(tmp_path, a="boxes", b="empty")
    say(tmp_path, a="ignored", c="boxes")
    assert undo(tmp_path) == ["a.png", "c.png"]
    assert known(tmp_path) == {"a": "boxes", "b": "empty"}
    assert undo(tmp_path) == ["a.png", "b.png"]
    assert known(tmp_path) == {}
    with pytest.raises(InputError, match="nothing to take back"):
        undo(tmp_path)
    assert [redo(tmp_path), redo(tmp_path)] == [["a.png", "b.png"], ["a.png", "c.png"]]
    assert known(tmp_path) == {"a": "ignored", "b": "empty", "c": "boxes"}
    with pytest.raises(InputError, match="nothing to make again"):
        redo(tmp_path)


def test_after_another_change_what_was_taken_back_is_gone(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    undo(tmp_path)
    say(tmp_path, b="empty")
    with pytest.raises(InputError, match="nothing to make again"):
        redo(tmp_path)
    assert known(tmp_path) == {"b": "empty"}


def test_saying_the_same_again_is_no_change(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    say(tmp_path, a="boxes")
    undo(tmp_path)
    with pytest.raises(InputError):
        undo(tmp_path)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.sampled_from(["undo", "redo", *KNOWN]), max_size=12), data=st.data())
def test_it_is_as_a_list_of_states_with_a_place_in_it(
    steps: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, states, at = tmp_path_factory.mktemp("recording"), [dict[str, str]()], 0
    for step in steps:
        if step in KNOWN:
            name = data.draw(st.sampled_from("ab"))
            if states[at].get(name) != step:
                states, at = [*states[: at + 1], {**states[at], name: step}], at + 1
            say(folder, **{name: step})
            continue
        wanted = at + (1 if step == "redo" else -1)
        if 0 <= wanted < len(states):
            (undo if step == "undo" else redo)(folder)
            at = wanted
        else:
            with pytest.raises(InputError):
                (undo if step == "undo" else redo)(folder)
        assert known(folder) == states[at]


def test_a_kill_before_a_change_was_made_leaves_nothing_to_take_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(tmp_path, a="boxes")
    killed(monkeypatch, tmp_path, b="empty")
    assert known(tmp_path) == {"a": "boxes"}
    assert undo(tmp_path) == ["a.png"]
    assert known(tmp_path) == {}


def test_a_change_that_a_kill_kept_from_being_made_is_not_made_again_after_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(tmp_path, a="boxes")
    killed(monkeypatch, tmp_path, a="empty")
    say(tmp_path, a="ignored")
    assert [undo(tmp_path), undo(tmp_path)] == [["a.png"], ["a.png"]]
    assert known(tmp_path) == {}
    assert [redo(tmp_path), redo(tmp_path)] == [["a.png"], ["a.png"]]
    assert known(tmp_path) == {"a": "ignored"}


def test_what_a_kill_left_half_written_goes_away_a_day_later(tmp_path: Path) -> None:
    old, new = tmp_path / ".annotations.yaml.a1b2c3d4.tmp", tmp_path / ".annotations.yaml.e5f6g7h8.tmp"
    for path in (old, new):
        path.write_text("format: 1")
    os.utime(old, (0, 0))
    say(tmp_path, a="boxes")
    assert (old.exists(), new.exists()) == (False, True)


def test_a_kill_before_taking_back_was_noted_takes_back_the_one_before_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(tmp_path, a="boxes")
    say(tmp_path, b="empty")
    with monkeypatch.context() as killed:
        killed.setattr(annotation, "note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            undo(tmp_path)
    assert known(tmp_path) == {"a": "boxes"}
    assert undo(tmp_path) == ["a.png"]
    assert [redo(tmp_path), redo(tmp_path)] == [["a.png"], ["b.png"]]


@pytest.mark.parametrize("what", ["undo", "redo"])
def test_a_kill_before_a_step_was_noted_leaves_the_way_back_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    say(tmp_path, a="boxes")
    if what == "redo":
        undo(tmp_path)
    forth, back = (undo, redo) if what == "undo" else (redo, undo)
    with monkeypatch.context() as killed:
        killed.setattr(annotation, "note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            forth(tmp_path)
    after = known(tmp_path)
    assert back(tmp_path) == ["a.png"]
    assert known(tmp_path) != after
    forth(tmp_path)
    assert known(tmp_path) == after


def test_a_torn_last_line_is_left_out_and_the_next_one_stands_alone(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"what": "chan' + b"x" * 10_000)
    assert len(read_history(tmp_path).done) == 1
    say(tmp_path, b="empty")
    assert [undo(tmp_path), undo(tmp_path)] == [["b.png"], ["a.png"]]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "[" * 200_000,
        "no json",
        '{"what": "undo"}',
        '{"what": "jump"}',
        '{"what": "change", "before": 5}',
        '{"what": "change", "after": {"a.png": 3}}',
    ],
    ids=lambda line: line[:30],
)
def test_a_damaged_line_is_told_and_blocks_taking_back_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(f"{line}\n")
    with pytest.raises(FileProblems, match=f"{FILE}:1: this line is damaged"):
        undo(tmp_path)
    say(tmp_path, a="boxes")
    assert known(tmp_path) == {"a": "boxes"}


def test_a_history_that_holds_no_annotations_changes_nothing(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    path = tmp_path / FILE
    path.write_text(path.read_text().replace('"a.png": null', '"a.png": {"state": "nonsense"}'))
    with pytest.raises(InputError, match=r"The history of .* is damaged: "):
        undo(tmp_path)
    assert known(tmp_path) == {"a": "boxes"}


def test_a_history_that_is_a_link_is_neither_read_nor_written(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("a line\nwithout an end")
    (tmp_path / "recording").mkdir()
    (tmp_path / "recording" / FILE).symlink_to(victim)
    for attempt in (lambda: say(tmp_path / "recording", a="boxes"), lambda: undo(tmp_path / "recording")):
        with pytest.raises(InputError, match="is not the file that this program made"):
            attempt()
    assert victim.read_text() == "a line\nwithout an end"
    assert known(tmp_path / "recording") == {}


def test_what_somebody_changed_in_the_file_is_not_overwritten(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    path = tmp_path / annotation.FILE
    path.write_text(path.read_text().replace("maria", "somebody"))
    with pytest.raises(InputError, match=r"a\.png of .* were changed since, and not by this program"):
        undo(tmp_path)
    assert "somebody" in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is Unix's")
def test_on_a_full_disk_nothing_is_changed(tmp_path: Path) -> None:
    say(tmp_path, a="boxes")
    before = (tmp_path / annotation.FILE).read_bytes()
    with (
        no_file_larger_than(len((tmp_path / FILE).read_bytes()) + 20),
        pytest.raises(MachineError, match="was changed"),
    ):
        say(tmp_path, b="empty")
    assert (tmp_path / annotation.FILE).read_bytes() == before
    say(tmp_path, c="ignored")
    assert undo(tmp_path) == ["c.png"]
    assert undo(tmp_path) == ["a.png"]
