import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.capture.recorder import Recorder
from inspector.capture.recording import (
    FILE,
    UNFINISHED,
    Draft,
    Media,
    Recording,
    finish,
    frames_of,
    read_recording,
    recordings_of,
    verify,
)
from inspector.capture.segment import Segment
from inspector.errors import FileProblems, InputError
from inspector.files import sha256, write_document
from inspector.frame import Frame, Image, utc_now

Make = Callable[..., Any]
MOMENT = datetime(2026, 11, 23, 14, 15, 30, tzinfo=UTC)


def draft_of(name: str = "d", **values: Any) -> Draft:
    facts: dict[str, Any] = {
        "recipe": "box",
        "components": ("tape",),
        "positive": True,
        "source": "usb:0",
        "recorded_by": "ann",
        "recorded_at": MOMENT,
    }
    return Draft(**{"id": name, **facts, **values})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recording]:
    """Three segments of 4, 3 and 5 pictures."""
    folder = tmp_path_factory.mktemp("made")
    media, number = [], 0
    for segment_number, count in enumerate((4, 3, 5), 1):
        segment = Segment(folder / f"video-{segment_number:04}.mkv", (64, 48), number / 10)
        for _ in range(count):
            segment.write(np.full((48, 64, 3), 20 + 10 * number, np.uint8), number / 10)
            number += 1
        media.append(segment.close())
    return folder, finish(folder, draft_of(), media, (64, 48))


def numbers_in(frames: list[Frame]) -> list[int]:
    """What the pictures themselves say."""
    return [round((frame.image.mean() - 20) / 10) for frame in frames]


def test_frames_count_on_over_segments(made: tuple[Path, Recording]) -> None:
    frames = list(frames_of(*made))
    assert [frame.number for frame in frames] == numbers_in(frames) == list(range(12))
    assert [frame.time_s for frame in frames] == pytest.approx([number / 10 for number in range(12)])
    assert frames[5].taken_at == MOMENT + timedelta(seconds=0.5)
    assert {frame.name for frame in frames} == {"usb:0"}


@settings(deadline=None)
@given(st.sets(st.integers(0, 11)))
def test_any_selection_gives_just_those_frames(made: tuple[Path, Recording], numbers: set[int]) -> None:
    frames = list(frames_of(*made, numbers=sorted(numbers)))
    assert [frame.number for frame in frames] == numbers_in(frames) == sorted(numbers)


@pytest.mark.parametrize("numbers", [[12], [-1, 3], [0, 99]])
def test_a_frame_that_it_does_not_have_is_told(made: tuple[Path, Recording], numbers: list[int]) -> None:
    with pytest.raises(InputError, match="has the frames 0 to 11"):
        list(frames_of(*made, numbers=numbers))


def test_an_untouched_recording_is_what_it_was(made: tuple[Path, Recording]) -> None:
    verify(*made)


def test_each_medium_that_was_touched_is_told(tmp_path: Path, made: tuple[Path, Recording]) -> None:
    folder, recording = made
    for media in recording.media:
        (tmp_path / media.file).write_bytes((folder / media.file).read_bytes())
    content = bytearray((tmp_path / "video-0002.mkv").read_bytes())
    content[700] ^= 1
    (tmp_path / "video-0002.mkv").write_bytes(content)
    (tmp_path / "video-0003.mkv").unlink()
    with pytest.raises(FileProblems) as failure:
        verify(tmp_path, recording)
    problems = [(problem.path.name, problem.text.split(";")[0]) for problem in failure.value.problems]
    assert problems == [
        ("video-0002.mkv", "this file was altered after it was recorded"),
        ("video-0003.mkv", "this file of the recording is missing"),
    ]


def test_a_medium_cut_short_is_told_and_the_frames_before_it_are_given(
    tmp_path: Path, made: tuple[Path, Recording]
) -> None:
    folder, recording = made
    for media in recording.media:
        (tmp_path / media.file).write_bytes((folder / media.file).read_bytes())
    path = tmp_path / "video-0002.mkv"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    frames = frames_of(tmp_path, recording)
    assert [next(frames).number for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(FileProblems, match=r"video-0002\.mkv: The video .* is cut short"):
        list(frames)
    path.unlink()
    with pytest.raises(FileProblems, match="There is no video"):
        list(frames_of(tmp_path, recording))


def test_pictures_are_frames_under_their_own_names(tmp_path: Path, noisy: Callable[..., Image], picture: Make) -> None:
    names = ["2_1011.png", "10_0000.png"]
    media = []
    for number, name in enumerate(names):
        path = picture(tmp_path / name, noisy(number))
        media.append(Media(file=name, sha256=sha256(path), frames=1))
    recording = finish(tmp_path, draft_of(kind="pictures"), media, None)
    assert [frame.name for frame in frames_of(tmp_path, recording)] == names
    (frame,) = frames_of(tmp_path, recording, [1])
    assert (frame.number, frame.time_s, frame.name) == (1, 1.0, "10_0000.png")
    assert (frame.image == noisy(1)).all()


def test_what_is_written_is_read_back(made: tuple[Path, Recording]) -> None:
    folder, recording = made
    assert read_recording(folder) == recording
    assert (folder / FILE).read_text().startswith("format: 1\nid: d\n")


@pytest.mark.parametrize("file", ["../x.mkv", "/etc/passwd", "a\\b.mkv"])
def test_a_medium_stays_in_its_folder(file: str) -> None:
    with pytest.raises(ValueError, match="leaves the recording's folder"):
        Media(file=file, sha256="0", frames=1)


def test_an_empty_recording_needs_a_witness() -> None:
    with pytest.raises(ValueError, match="attested_by"):
        draft_of(positive=False)
    assert draft_of(positive=False, attested_by="ann").verified_empty
    assert not draft_of(positive=False, pattern="off").verified_empty


def test_recordings_are_listed_oldest_first_by_what_they_teach(tmp_path: Path) -> None:
    media = (Media(file="v.mkv", sha256="0", frames=1),)
    for name, hours, components in [("a", 3, ("tape",)), ("b", 1, ("screw", "tape")), ("c", 2, ("screw",))]:
        draft = draft_of(name, recorded_at=MOMENT + timedelta(hours=hours), components=components)
        finish(tmp_path / name, draft, media, None)
    finish(tmp_path / "other", draft_of("other", recipe="other"), media, None)
    assert [recording.id for _, recording in recordings_of(tmp_path, "box")] == ["b", "c", "a"]
    assert [path.name for path, _ in recordings_of(tmp_path, "box", "tape")] == ["b", "a"]
    assert recordings_of(tmp_path / "nowhere", "box") == []


def test_one_that_cannot_be_read_is_told_and_not_passed_over(tmp_path: Path) -> None:
    finish(tmp_path / "a", draft_of("a"), (Media(file="v.mkv", sha256="0", frames=1),), None)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / FILE).write_text("format: 1\nid: b\ncolour: red\n")
    with pytest.raises(FileProblems, match="unknown key 'colour'"):
        recordings_of(tmp_path, "box")


def test_a_copy_of_one_is_told_by_both_names(tmp_path: Path) -> None:
    finish(tmp_path / "a", draft_of("a"), (Media(file="v.mkv", sha256="0", frames=1),), None)
    shutil.copytree(tmp_path / "a", tmp_path / "a (copy)")
    with pytest.raises(FileProblems, match=r"called a and its folder a \(copy\): rename the folder back, or remove it"):
        recordings_of(tmp_path, "box")


def test_when_it_was_recorded_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="timezone"):
        draft_of(recorded_at=datetime(2026, 11, 26, 9, 30))


def test_a_killed_one_is_taken_up_when_recordings_are_listed(tmp_path: Path, noisy: Callable[..., Image]) -> None:
    recorder = Recorder(tmp_path / "d", draft_of(), wait=True)
    recorder.start()
    for number in range(9):
        recorder.put(Frame(noisy(number), number, number / 10, utc_now(), "usb:0"))
    recorder.finish()
    # As a kill would have left it, a minute ago; and one that never had a frame.
    (tmp_path / "d" / FILE).unlink()
    (tmp_path / "never").mkdir()
    for name in ("d", "never"):
        write_document(tmp_path / name / UNFINISHED, draft_of(name))
        os.utime(tmp_path / name / UNFINISHED, (time.time() - 60,) * 2)
    ((folder, recording),) = recordings_of(tmp_path, "box")
    assert (folder.name, recording.frames, recording.frame_size) == ("d", 9, (64, 48))
    assert not (folder / UNFINISHED).exists()
    assert (tmp_path / "never" / UNFINISHED).exists()
