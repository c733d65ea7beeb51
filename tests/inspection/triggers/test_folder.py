"""A watched folder: each file once, whole, and with its serial number."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import InputError
from inspector.inspection.triggers.folder import DONE, EMPTY_S, REFUSED, SETTLED_S, TAKEN, Folder
from inspector.inspection.triggers.serials import Serials
from inspector.inspection.triggers.wish import Wish
from inspector.inspection.verdict import Inspection, Verdict
from inspector.serial import Serial


@pytest.fixture
def watched(tmp_path: Path) -> Folder:
    """A folder whose name gives the number, after its first look."""
    return begun(Folder(tmp_path, "name"))


def begun(folder: Folder) -> Folder:
    assert look(folder, 0.0) == []
    return folder


def look(folder: Folder, now_s: float) -> list[Wish]:
    return list(folder.look(now_s))


def look_from(folder: Folder, start_s: float, end_s: float) -> list[Wish]:
    """Every half second, as often as a station does or less; what is wished at the end, and nothing before."""
    while start_s < end_s:
        assert look(folder, start_s) == []
        start_s += 0.5
    return look(folder, end_s)


def inspected(wish: Wish) -> Inspection:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Inspection("1", "box", "b", 0, 1, moment, Verdict.OK, (), 1.0, serial=wish.serial, trigger=wish.by)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_file_is_one_wish_with_its_name(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / "SN-1.txt").touch()
    assert look(watched, 1.0) == [Wish("file:SN-1.txt", "SN-1")]
    assert look(watched, 1.1) == []
    assert names(tmp_path / TAKEN) == ["SN-1.txt"]


def test_it_is_done_once_it_was_inspected(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / "SN-1.txt").touch()
    (wish,) = look(watched, 1.0)
    watched.answered(wish, "")
    watched.heard(inspected(Wish("key")))
    assert names(tmp_path / DONE) == []
    watched.heard(inspected(wish))
    assert (names(tmp_path / TAKEN), names(tmp_path / DONE)) == ([], ["SN-1.txt"])


@pytest.mark.parametrize("refusal", ["", "Busy."])
def test_another_of_the_same_name_waits_until_the_first_one_was_inspected(
    tmp_path: Path, watched: Folder, refusal: str
) -> None:
    (tmp_path / "SN-1.txt").write_text("first")
    (first,) = look(watched, 1.0)
    watched.answered(first, "")
    (tmp_path / "SN-1.txt").write_text("second")
    assert look(watched, 2.0) == []
    watched.heard(inspected(first))
    assert [path.read_text() for path in (tmp_path / DONE).iterdir()] == ["first"]
    (second,) = look(watched, 3.0)
    watched.answered(second, refusal)
    assert [path.read_text() for path in (tmp_path / (REFUSED if refusal else TAKEN)).iterdir()] == ["second"]


def test_a_refused_one_is_put_aside_and_never_asked_for_again(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / "SN-1.txt").touch()
    (wish,) = look(watched, 1.0)
    watched.answered(wish, "Busy.")
    assert names(tmp_path / REFUSED) == ["SN-1.txt"]
    assert look(watched, 2.0) == []


def test_the_same_name_again_is_another_file(tmp_path: Path, watched: Folder) -> None:
    for number in (1, 2):
        (tmp_path / "SN-1.txt").write_text(str(number))
        (wish,) = look(watched, float(number))
        watched.answered(wish, "")
        watched.heard(inspected(wish))
    assert len(names(tmp_path / DONE)) == 2
    assert {path.read_text() for path in (tmp_path / DONE).iterdir()} == {"1", "2"}


def test_files_come_in_the_order_in_which_they_were_written(tmp_path: Path, watched: Folder) -> None:
    for name, changed_s in (("b", 10), ("c", 20), ("a", 30)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (changed_s, changed_s))
    assert [wish.serial for wish in look(watched, 1.0)] == ["b", "c", "a"]


def test_what_was_there_before_the_station_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.txt").touch()
    begun(Folder(tmp_path, "name"))
    assert names(tmp_path / REFUSED) == ["old.txt"]


def test_what_a_killed_station_had_taken_is_refused(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / "SN-1.txt").touch()
    look(watched, 1.0)
    begun(Folder(tmp_path, "name"))
    assert (names(tmp_path / TAKEN), names(tmp_path / REFUSED)) == ([], ["SN-1.txt"])


@pytest.mark.parametrize("name", [".hidden", "x.tmp", "x.PART", "x.crdownload", "x~"])
def test_unfinished_and_hidden_files_are_left_alone(tmp_path: Path, watched: Folder, name: str) -> None:
    (tmp_path / name).touch()
    assert look(watched, 1.0) == []
    assert names(tmp_path) == [name]


def test_folders_and_links_are_left_alone(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "link").symlink_to("/etc/hostname")
    assert look(watched, 1.0) == []


@pytest.mark.parametrize(
    ("content", "serial"),
    [
        (b"SN-1", "SN-1"),
        (b"\xef\xbb\xbfSN-1\r\nmore\r\n", "SN-1"),
        (b"\n  \n SN 2 \n", "SN 2"),
        (b"\xff\xfe\x00", "\ufffd\ufffd\x00"),
    ],
)
def test_the_first_line_is_the_number(tmp_path: Path, content: bytes, serial: str) -> None:
    folder = begun(Folder(tmp_path, "content"))
    (tmp_path / "job.txt").write_bytes(content)
    assert look(folder, 1.0) == []
    assert look(folder, 1.0 + SETTLED_S) == [Wish("file:job.txt", serial)]


LATIN = os.fsdecode(b"Geh\xe4use-7.txt")
"""A name of bytes that are no UTF-8, as an old program on a shared folder writes it."""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_kept_as_one(tmp_path: Path) -> None:
    folder = begun(Folder(tmp_path, "content"))
    (tmp_path / LATIN).write_text("SN-1")
    assert look(folder, 1.0) == []
    (wish,) = look(folder, 1.0 + SETTLED_S)
    assert wish == Wish("file:Geh\\xe4use-7.txt", "SN-1")
    folder.heard(inspected(wish))
    assert names(tmp_path / DONE) == [LATIN]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_no_serial_number(tmp_path: Path, watched: Folder) -> None:
    (tmp_path / LATIN).touch()
    (wish,) = look(watched, 1.0)
    assert wish.by.isprintable()
    assert Serials(Serial(), 60.0).fault(wish.serial)
    watched.answered(wish, "No.")
    assert names(tmp_path / REFUSED) == [LATIN]


def test_a_file_that_is_still_written_is_waited_for(tmp_path: Path) -> None:
    folder = begun(Folder(tmp_path, "content"))
    path = tmp_path / "job.txt"
    for number in range(10):
        path.write_text("SN-12345"[: number + 1])
        assert look(folder, 1.0 + number * 0.4) == []
    assert look(folder, 4.6 + SETTLED_S) == [Wish("file:job.txt", "SN-12345")]


def test_an_empty_file_is_waited_for_longer(tmp_path: Path) -> None:
    folder = begun(Folder(tmp_path, "content"))
    (tmp_path / "job.txt").touch()
    assert look_from(folder, 1.0, 0.9 + EMPTY_S) == []
    (tmp_path / "job.txt").write_text("SN-1")
    assert look(folder, 6.0) == []
    assert look(folder, 6.0 + SETTLED_S) == [Wish("file:job.txt", "SN-1")]


def test_one_that_stays_empty_is_a_wish_without_a_number(tmp_path: Path) -> None:
    folder = begun(Folder(tmp_path, "content"))
    (tmp_path / "job.txt").touch()
    assert look_from(folder, 1.0, 1.0 + EMPTY_S) == [Wish("file:job.txt", "")]


def test_a_folder_that_is_gone_is_said_and_comes_back(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    folder = begun(Folder(shared, "name"))
    shared.rename(tmp_path / "away")
    assert look(folder, 1.0) == []
    assert folder.fault.startswith(f"Cannot watch {shared}")
    (tmp_path / "away").rename(shared)
    assert look(folder, 2.0) == []
    assert folder.fault == ""
    (shared / "SN-1").touch()
    assert [wish.serial for wish in look(folder, 2.1)] == ["SN-1"]


def test_what_came_while_the_folder_was_gone_is_refused_and_what_was_taken_before_is_done(tmp_path: Path) -> None:
    """By then another workpiece lies there than it was written for."""
    shared = tmp_path / "shared"
    shared.mkdir()
    folder = begun(Folder(shared, "name"))
    (shared / "SN-1").touch()
    (before,) = look(folder, 0.5)
    shared.rename(tmp_path / "away")
    assert look(folder, 0.6) == []
    (tmp_path / "away" / "SN-2").touch()
    (tmp_path / "away").rename(shared)
    assert look(folder, 0.7) == []
    assert folder.fault == f"Nobody could watch {shared} for a while. Triggers refused for that: 1."
    folder.heard(inspected(before))
    (shared / "SN-3").touch()
    assert [wish.serial for wish in look(folder, 0.8)] == ["SN-3"]
    assert folder.fault == ""
    assert (names(shared / DONE), names(shared / REFUSED)) == (["SN-1"], ["SN-2"])


def test_what_came_while_nobody_could_look_is_refused(tmp_path: Path, watched: Folder) -> None:
    """The computer was held up, or the folder answered late."""
    (tmp_path / "SN-1").touch()
    assert look(watched, 1.1) == []
    assert names(tmp_path / REFUSED) == ["SN-1"]
    (tmp_path / "SN-2").touch()
    assert [wish.serial for wish in look(watched, 1.2)] == ["SN-2"]


def test_one_that_cannot_be_read_once_it_is_taken_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = begun(Folder(tmp_path, "content"))
    (tmp_path / "job.txt").write_text("SN-1")
    assert look(folder, 0.4) == []

    def unreadable(path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("inspector.inspection.triggers.folder._first_line", unreadable)
        assert look(folder, 0.9) == []
    assert folder.fault == f"Cannot watch {tmp_path} for triggers: Permission denied."
    assert names(tmp_path / REFUSED) == ["job.txt"]
    assert look(folder, 1.0) == []
    (tmp_path / "job.txt").write_text("SN-2")
    assert look_from(folder, 1.1, 1.6) == [Wish("file:job.txt", "SN-2")]


def test_a_folder_that_is_not_there_is_the_persons_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        Folder(tmp_path / "nowhere", "name")


@given(st.lists(st.sampled_from(["new", "look", "accept", "refuse", "hear"]), max_size=40))
def test_each_file_is_wished_for_once_and_kept_somewhere(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    place = tmp_path_factory.mktemp("watched")
    folder, made, open_ = begun(Folder(place, "name")), 0, list[Wish]()
    asked: list[str] = []
    for number, step in enumerate(steps):
        if step == "new":
            (place / f"SN-{made}").touch()
            made += 1
        elif step == "look":
            fresh = look(folder, number * 0.1)
            asked += [wish.serial for wish in fresh]
            open_ += fresh
        elif open_ and step in ("accept", "refuse"):
            folder.answered(open_[0], "Busy." if step == "refuse" else "")
        elif open_ and step == "hear":
            folder.heard(inspected(open_.pop(0)))
    assert len(asked) == len(set(asked))
    kept = [path.name for path in place.rglob("*") if path.is_file()]
    assert sorted(kept) == sorted(f"SN-{number}" for number in range(made))
