"""Files that are whole or not there, and files with faults."""

import errno
import os
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import inspector.yaml_lines
from inspector.errors import FileProblems, InputError, MachineError
from inspector.files import (
    HALF_FILLED,
    MOST_BYTES,
    MOST_FAULTS,
    Document,
    Section,
    folder_for_a_while,
    folder_written_whole,
    read_document,
    sha256,
    sync_folder,
    write_document,
    written_whole,
)
from inspector.labeling.annotation import Annotations
from inspector.yaml_lines import MAX_DEPTH, parse


class Leaf(Section):
    """A section in a list and in a mapping."""

    name: str
    count: int = 1


class Tree(Document):
    """A document with every kind of nesting that ours have."""

    title: str = ""
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf] = {}
    best: Leaf | None = None
    anything: dict[str, Any] = {}


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "tree.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def faults(folder: Path, text: str | bytes) -> list[tuple[int | None, str]]:
    """(line, text) of each fault of a document."""
    with pytest.raises(FileProblems) as caught:
        read_document(written(folder, text), Tree)
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.bin"
    with written_whole(path) as file:
        file.write(b"abc")
        assert not path.exists()
    assert path.read_bytes() == b"abc"
    assert [p.name for p in path.parent.iterdir()] == ["file.bin"]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def interrupted() -> None:
        with written_whole(path) as file:
            file.write(b"half of the n")
            raise KeyboardInterrupt

    path = written(tmp_path, "old")
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_sentence_and_the_old_file_still_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = written(tmp_path, "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match=r"Cannot write .*tree\.yaml: No space left on device\. Free some space"):
        write_document(path, Tree(title="new"))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_the_machines_failure(tmp_path: Path) -> None:
    written(tmp_path, "")
    with pytest.raises(MachineError, match="Cannot write"):
        write_document(tmp_path / "tree.yaml" / "below.yaml", Tree())


def test_a_folder_that_cannot_be_made_may_go_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    place = tmp_path / "file" / "export"
    # Which fault it is depends on the system and the version of Python.
    said = rf"Cannot write {re.escape(str(place))}: [A-Z][a-z ]+\. Free some space or choose another place\."
    with pytest.raises(MachineError, match=said), folder_written_whole(place):
        pytest.fail("a folder in a file")


def test_what_a_kill_left_half_filled_goes_away_in_time(tmp_path: Path) -> None:
    left, filled, other = (
        tmp_path / name
        for name in (".lid-20260102-030405-0a1b.x_2y3z4w", ".lid-20260102-030405-0a1b.abcdefgh", ".cache")
    )
    for folder in (left, filled, other):
        (folder / "train").mkdir(parents=True)
    for folder in (left, other):
        os.utime(folder, (0, 0))
    with folder_written_whole(tmp_path / "lid-20260103-030405-0a1c"):
        assert not left.exists()
    assert (filled / "train").is_dir()
    assert (other / "train").is_dir()


def test_a_folder_for_a_while_goes_away_whatever_happens(tmp_path: Path) -> None:
    def fill_and_fail() -> None:
        with folder_for_a_while(tmp_path / "lid-20260103-030405-0a1c") as folder:
            assert folder.parent == tmp_path
            assert HALF_FILLED.fullmatch(folder.name)  # so that what a kill leaves is swept
            (folder / "inside").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_and_fail()
    assert list(tmp_path.iterdir()) == []


def test_sync_folder_takes_any_folder(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "absent")


def test_sha256_is_the_published_one(tmp_path: Path) -> None:
    assert sha256(written(tmp_path, "abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_document_says_its_format_and_leaves_defaults_out(tmp_path: Path) -> None:
    path = tmp_path / "tree.yaml"
    write_document(path, Tree(leaves=(Leaf(name="on"),)))
    assert path.read_text() == "format: 1\nleaves:\n- name: 'on'\n"


LEAVES = st.builds(Leaf, name=st.text(), count=st.integers())
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
TREES = st.builds(
    Tree,
    title=st.text(),
    leaves=st.lists(LEAVES, max_size=3).map(tuple),
    named=st.dictionaries(st.text(), LEAVES, max_size=3),
    best=st.none() | LEAVES,
    anything=st.dictionaries(st.text(), PLAIN, max_size=3),
)


@given(tree=TREES)
@example(tree=Tree(anything={"high": float("inf"), "low": -float("inf"), "small": 1e-300}))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(tmp_path: Path, tree: Tree) -> None:
    path = tmp_path / "tree.yaml"
    write_document(path, tree)
    assert read_document(path, Tree) == tree


@given(text=st.text(alphabet="[]{}:,-&*!|>%@`'\"#? \n\tabc019.~<=", max_size=40) | st.text(max_size=40))
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_a_traceback(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"tree\.yaml"):
        read_document(written(tmp_path, "what: " + text), Tree)


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "2026-02-31", "1:30", "0012", "0b_", "<<", "="])
def test_a_plain_word_stays_a_word(tmp_path: Path, word: str) -> None:
    assert read_document(written(tmp_path, f"format: 1\ntitle: {word}\n"), Tree).title == word


def test_numbers_booleans_and_nothing_are_themselves(tmp_path: Path) -> None:
    text = "format: 1\nanything: {a: -12, b: 1.5e-3, c: true, d: ~, e: null, f: .inf}\n"
    expected = {"a": -12, "b": 0.0015, "c": True, "d": None, "e": None, "f": float("inf")}
    assert read_document(written(tmp_path, text), Tree).anything == expected


def test_a_file_that_is_absent_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_document(tmp_path / "absent.yaml", Tree)


def test_a_folder_in_a_files_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path, Tree)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = "titel: x\nformat: 1\nleaves:\n- name: a\n  cuont: 2\n- count: many\nnamed:\n  left: {nmae: b}\n"
    assert faults(tmp_path, text) == [
        (1, "unknown key 'titel'. Did you mean 'title'?"),
        (5, "unknown key 'cuont'. Did you mean 'count'?"),
        (6, "'leaves.1.name' is missing"),
        (
            6,
            "leaves.1.count: this should be a whole number, got 'many'",
        ),
        (8, "'named.left.name' is missing"),
        (8, "unknown key 'nmae'. Did you mean 'name'?"),
    ]


def test_a_missing_format_is_told_together_with_the_rest(tmp_path: Path) -> None:
    assert faults(tmp_path, "titel: x\n") == [
        (1, "the first line should be 'format: 1'"),
        (1, "unknown key 'titel'. Did you mean 'title'?"),
    ]


def test_a_format_of_a_later_version_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, "format: 2\n") == [(1, "format: this should be 1, got 2")]


def test_a_key_inside_an_option_is_compared_with_the_options_keys(tmp_path: Path) -> None:
    assert faults(tmp_path, "format: 1\nbest: {name: a, conut: 2}\n") == [
        (2, "unknown key 'conut'. Did you mean 'count'?")
    ]


def test_a_list_is_not_called_too_short_for_its_items_faults(tmp_path: Path) -> None:
    class Grove(Document):
        """At least one leaf."""

        leaves: tuple[Leaf, ...]

    with pytest.raises(FileProblems) as caught:
        read_document(written(tmp_path, "format: 1\nleaves:\n- naem: a\n"), Grove)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "the file is empty")),
        ("# nothing\n", (1, "the file is empty")),
        ("- 1\n", (1, "this should be a YAML mapping that starts with 'format: 1'")),
        ("format: 1\ntitle: a\ntitle: b\n", (3, "'title' stands here twice")),
        (
            "format: 1\ntitle: &a x\nnamed: *a\n",
            (3, "YAML aliases (*name) are not allowed here; write the value out"),
        ),
        (
            "format: 1\ntitle: !!int x\n",
            (2, "YAML tags (tag:yaml.org,2002:int) are not allowed here; write the plain value"),
        ),
        ("format: 1\ntitle: " + "[" * 100_000, (2, f"this is nested more than {MAX_DEPTH} deep")),
        ("format: 1\ntitle: [a\n", (3, "this is not valid YAML: did not find expected ',' or ']'")),
        (b"format: 1\ntitle: \xff\n", (None, "this is not a text file in UTF-8")),
    ],
)
def test_what_is_no_document(tmp_path: Path, text: str | bytes, fault: tuple[int | None, str]) -> None:
    assert faults(tmp_path, text) == [fault]


def test_a_file_too_large_to_be_ours_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    os.truncate(path, MOST_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        read_document(path, Tree)


def test_documents_of_frames_may_be_as_large_as_those_of_ten_thousand(tmp_path: Path) -> None:
    path = written(tmp_path, "format: 1\n" + "# \n" * (MOST_BYTES // 3))
    assert read_document(path, Annotations) == Annotations()
    with pytest.raises(InputError, match="too large"):
        read_document(path, Tree)


def test_reading_takes_little_more_memory_than_the_values(tmp_path: Path) -> None:
    """A tree of what was read where took a hundred times the text's size."""
    text = "a:\n" + "- x\n" * 50_000
    tracemalloc.start()
    try:
        parse(tmp_path, text)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(text)
    finally:
        tracemalloc.stop()


def test_more_values_than_any_file_of_ours_holds_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.yaml_lines, "MOST_VALUES", 10)
    assert faults(tmp_path, "format: 1\ntitle:\n" + "- x\n" * 9) == [
        (8, "this holds more than 10 values: it is none of our files")
    ]


def test_of_more_faults_than_anybody_mends_only_their_number_is_told(tmp_path: Path) -> None:
    text = "format: 1\nleaves: [" + "1, " * (MOST_FAULTS + 1) + "]"
    assert faults(tmp_path, text) == [(1, "this has 10,001 faults: see whether it is the file that is meant")]


def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(InputError, match="is no file that can be written anew"), written_whole(path) as file:
            file.write(b"x")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tree.yaml")
    with pytest.raises(InputError, match="is a device or a pipe"):
        read_document(tmp_path / "tree.yaml", Tree)


def test_a_tab_is_called_a_tab(tmp_path: Path) -> None:
    assert faults(tmp_path, "format: 1\ntitle: é日\nleaves:\n\t- name: a\n") == [
        (4, "this is not valid YAML: a tab stands here; indent with spaces")
    ]
