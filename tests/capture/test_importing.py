from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inspector.capture.importing import import_media
from inspector.capture.pictures import size_fault
from inspector.capture.recording import frames_of, read_recording, verify
from inspector.errors import FileProblems, InputError, MachineError
from inspector.frame import Image
from inspector.recipe import Recipe
from inspector.settings import Workspace

Make = Callable[..., Any]
Import = Callable[..., Path]


@pytest.fixture
def take(workspace: Workspace, recipe: Recipe) -> Import:
    """Imports a positive of `tape` unless told otherwise."""

    def take(
        path: Path | list[Path], *, component: str = "tape", positive: bool = True, pattern: str | None = None
    ) -> Path:
        return import_media(path, workspace, recipe, [component], positive, pattern, "ann")

    return take


@pytest.fixture
def folder(tmp_path: Path, noisy: Callable[..., Image], picture: Make) -> Path:
    """Eleven pictures that do not sort as text, and what else lies in such a folder."""
    place = tmp_path / "set of 11"
    place.mkdir()
    for number in range(1, 12):
        picture(place / f"{number}.png", noisy(number))
        (place / f"{number}.xml").write_text("<annotation/>")
    return place


def test_a_video_is_copied_byte_for_byte(tmp_path: Path, take: Import, video: Make) -> None:
    source = video(tmp_path / "Film 1.MP4", [number / 10 for number in range(25)])
    made = take(source, component="screw", positive=False, pattern="off")
    recording = read_recording(made)
    assert [(media.file, media.frames) for media in recording.media] == [("source.mp4", 25)]
    assert (made / "source.mp4").read_bytes() == source.read_bytes()
    assert (recording.kind, recording.frame_size, recording.source) == ("video", (64, 48), "Film 1.MP4")
    assert recording.seconds == pytest.approx(2.4, abs=0.01)
    assert (recording.positive, recording.pattern, recording.attested_by) == (False, "off", None)
    verify(made, recording)
    assert len(list(frames_of(made, recording))) == 25


def test_pictures_that_are_named_are_one_recording_without_their_neighbours(folder: Path, take: Import) -> None:
    made = take([folder / "10.png", folder / "9.png"])
    recording = read_recording(made)
    assert [media.file for media in recording.media] == ["pictures/9.png", "pictures/10.png"]
    assert (recording.kind, recording.source) == ("pictures", "set of 11")


def test_only_pictures_go_together(folder: Path, tmp_path: Path, take: Import, video: Make) -> None:
    film = video(tmp_path / "v.mkv", [0.0, 0.1], "mjpeg")
    for other in (film, folder):
        with pytest.raises(InputError, match=rf"together, and {other.name} is none: import it alone"):
            take([folder / "1.png", other])


def test_who_imports_a_negative_attests_it(tmp_path: Path, take: Import, video: Make) -> None:
    recording = read_recording(take(video(tmp_path / "v.mkv", [0.0, 0.1], "mjpeg"), positive=False))
    assert recording.verified_empty
    assert recording.attested_by == "ann"


def test_a_video_on_its_side_has_its_upright_size(tmp_path: Path, take: Import, video: Make) -> None:
    made = take(video(tmp_path / "v.mp4", [0.0, 0.1], rotation=90))
    assert read_recording(made).frame_size == (48, 64)
    assert [frame.size for frame in frames_of(made, read_recording(made))] == [(48, 64)] * 2


def test_pictures_keep_their_names_and_their_order(take: Import, folder: Path) -> None:
    made = take(folder)
    recording = read_recording(made)
    assert [media.file for media in recording.media] == [f"pictures/{number}.png" for number in range(1, 12)]
    assert (recording.kind, recording.frames, recording.frame_size) == ("pictures", 11, (64, 48))
    assert (made / "pictures" / "7.png").read_bytes() == (folder / "7.png").read_bytes()
    assert not list(made.rglob("*.xml"))
    verify(made, recording)


def test_pictures_of_different_sizes_have_none_in_common(
    take: Import, folder: Path, noisy: Callable[..., Image], picture: Make
) -> None:
    picture(folder / "12.png", noisy(12, (30, 20)))
    assert read_recording(take(folder)).frame_size is None


def test_pictures_may_mix_patterns_where_a_video_may_not(
    tmp_path: Path, take: Import, folder: Path, video: Make
) -> None:
    assert read_recording(take(folder, component="screw")).pattern is None
    with pytest.raises(InputError, match="Say which pattern of 'screw'"):
        take(video(tmp_path / "v.mkv", [0.0], "mjpeg"), component="screw")


def test_one_picture_is_a_set_of_one(take: Import, folder: Path) -> None:
    assert [media.file for media in read_recording(take(folder / "3.png")).media] == ["pictures/3.png"]


def test_all_bad_pictures_are_told_at_once_and_nothing_is_left(
    workspace: Workspace, take: Import, folder: Path
) -> None:
    (folder / "3.png").write_bytes(b"")
    (folder / "5.png").write_bytes((folder / "5.png").read_bytes()[:-30])
    with pytest.raises(FileProblems) as failure:
        take(folder)
    assert [problem.path.name for problem in failure.value.problems] == ["3.png", "5.png"]
    assert not workspace.recordings.exists()


def test_pictures_in_which_nothing_can_be_seen_are_all_told(
    workspace: Workspace, take: Import, folder: Path, picture: Make
) -> None:
    picture(folder / "2.png", np.zeros((1, 1, 3), np.uint8))
    picture(folder / "4.png", np.zeros((15, 500, 3), np.uint8))
    picture(folder / "6.png", np.zeros((16, 16, 3), np.uint8))
    with pytest.raises(FileProblems) as failure:
        take(folder)
    assert [problem.path.name for problem in failure.value.problems] == ["2.png", "4.png"]
    assert "500x15 pixels is too small to show anything: 16 are the least side" in str(failure.value)
    assert not workspace.recordings.exists()


def test_a_picture_too_large_to_work_with_is_told() -> None:
    assert size_fault((10000, 10000)) == ""
    assert "10001x10000 pixels is too large: scale it to 100 megapixels or less" in size_fault((10001, 10000))


def test_two_pictures_of_one_name_are_refused(
    take: Import, folder: Path, noisy: Callable[..., Image], picture: Make
) -> None:
    picture(folder / "3.jpg", noisy(3))
    with pytest.raises(FileProblems, match=r"another picture has this name but for its ending: 3\.jpg"):
        take(folder)


def test_pictures_in_inner_folders_are_not_passed_over_in_silence(
    take: Import, folder: Path, noisy: Callable[..., Image], picture: Make
) -> None:
    (folder / "good").mkdir()
    (folder / "labels").mkdir()
    picture(folder / "good" / "1.png", noisy(1))
    with pytest.raises(InputError, match=r"in folders of its own \(good\): import each by itself"):
        take(folder)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("v.mp4", b"", "is empty"), ("v.mp4", b"text" * 999, "cannot be opened as a video"), ("v.txt", b"x", "cannot be")],
)
def test_what_is_no_medium_is_refused(
    tmp_path: Path, workspace: Workspace, take: Import, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        take(tmp_path / name)
    assert not workspace.recordings.exists()


def test_a_truncated_video_is_refused_before_it_is_copied(
    tmp_path: Path, workspace: Workspace, take: Import, video: Make
) -> None:
    path = video(tmp_path / "v.mkv", [number / 10 for number in range(40)], "mjpeg")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match="cut short"):
        take(path)
    assert not workspace.recordings.exists()


def test_what_is_not_there_and_what_holds_nothing_is_refused(tmp_path: Path, take: Import) -> None:
    with pytest.raises(InputError, match="There is no file or folder"):
        take(tmp_path / "nowhere")
    (tmp_path / "bare").mkdir()
    with pytest.raises(InputError, match="holds no pictures"):
        take(tmp_path / "bare")


def test_a_copy_that_fails_leaves_nothing_behind(workspace: Workspace, take: Import, folder: Path) -> None:
    workspace.recordings.write_text("a file where the folder should be")
    with pytest.raises(MachineError, match="Free some space"):
        take(folder)


def test_an_import_that_is_interrupted_leaves_nothing_behind(
    workspace: Workspace, recipe: Recipe, folder: Path
) -> None:
    def interrupt(done: int, total: int | None) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_media(folder, workspace, recipe, ["tape"], True, None, "ann", interrupt)
    assert not workspace.recordings.exists()
