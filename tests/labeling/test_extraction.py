"""Frames out of recordings: which are taken, and that what is written is whole and can be traced."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inspector.capture.importing import import_media
from inspector.capture.recording import Media, Recording, frames_of, read_recording
from inspector.errors import FileProblems, InputError
from inspector.files import sha256
from inspector.frame import Image
from inspector.labeling.annotation import (
    ATTESTATION,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.extraction import (
    FILE,
    LEAST,
    Candidate,
    block_change,
    choose,
    extract,
    read_frames,
    same_level,
    sharp_ones,
    sharpness_of,
    thumb_of,
)
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace

SCREWS = ((60, 50), (260, 50), (60, 190), (260, 190))


def plate(screws: Sequence[tuple[int, int]] = SCREWS, gain: float = 1.0, shift: int = 0) -> Image:
    """A 320x240 plate with scratches and screws of 12 pixels."""
    image = np.full((240, 320, 3), 120, np.uint8)
    for number in range(12):
        cv2.line(image, (20 + 24 * number + shift, 20), (40 + 22 * number + shift, 220), (90, 95, 100), 1)
    for x, y in screws:
        cv2.circle(image, (x + shift, y), 6, (200, 205, 210), -1)
        cv2.line(image, (x + shift - 4, y), (x + shift + 4, y), (60, 60, 60), 2)
    return np.clip(image * gain, 0, 255).astype(np.uint8)


def grey(image: Image) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def blur(image: Image) -> Image:
    return np.asarray(cv2.blur(image, (9, 1)), np.uint8)


def filmed(folder: Path, pictures: Sequence[Image], positive: bool = True) -> tuple[Path, Recording]:
    """A recording of one video that shows those pictures, 30 a second."""
    folder.mkdir(parents=True, exist_ok=True)
    video = folder / "video.avi"
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 30, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    recording = Recording(
        id="plate",
        recipe="block",
        components=("screw",),
        positive=positive,
        source="a test",
        frame_size=(width, height),
        recorded_by="maria",
        recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
        attested_by=None if positive else "maria",
        media=(Media(file=video.name, sha256=sha256(video), frames=len(pictures)),),
    )
    return folder, recording


def test_one_missing_screw_is_a_change_and_brighter_light_is_none() -> None:
    whole = grey(plate())
    assert block_change(grey(plate(SCREWS[:3])), whole) > 30
    assert block_change(grey(plate(gain=0.8)), whole) < 4
    assert block_change(whole, whole) == 0


def test_sharpness_is_judged_against_the_frames_around() -> None:
    """A plain part of a video is not blurred: its neighbours are as plain."""
    plain = np.array([10.0] * 40 + [100.0] * 40)
    plain[[20, 60]] = [5.0, 60.0]
    moving = np.zeros(80, bool)
    assert np.flatnonzero(~sharp_ones(plain, moving)).tolist() == [20, 60]
    assert np.flatnonzero(~sharp_ones(plain, ~moving)).tolist() == []
    assert sharp_ones(np.array([3.0]), moving[:1]).tolist() == [True]


def test_frames_show_the_same_when_they_differ_by_noise() -> None:
    """Neighbours at rest tell the noise; a video that never rests does not make all frames alike."""
    assert same_level(np.array([4.0] * 50 + [90.0] * 50)) == 6
    assert same_level(np.array([0.1] * 10)) == 4
    assert same_level(np.array([60.0] * 10)) == 12
    assert same_level(np.array([])) == 4


def test_blur_is_less_sharp() -> None:
    assert sharpness_of(plate()) > 2 * sharpness_of(blur(plate()))


def candidates(thumbs: Sequence[NDArray[np.uint8]]) -> list[Candidate]:
    return [Candidate(number, number / 30, 1.0, thumb) for number, thumb in enumerate(thumbs)]


def test_of_a_video_in_which_nothing_moves_enough_frames_are_kept_evenly() -> None:
    kept = choose(candidates([grey(plate())] * 100), same=4.0)
    numbers = [one.number for one in kept]
    assert len(numbers) == LEAST
    assert numbers[0] == 0
    assert numbers[-1] == 99
    assert max(np.diff(numbers)) <= 3


def test_every_different_frame_is_kept_beside_its_still_neighbours() -> None:
    """Each of the four screws is gone for one frame among 200: a mean over the picture would lose it."""
    gone = dict(zip((7, 61, 121, 180), SCREWS, strict=True))
    thumbs = [grey(plate([at for at in SCREWS if gone.get(number) != at])) for number in range(200)]
    kept = {one.number for one in choose(candidates(thumbs), same=4.0)}
    assert kept >= gone.keys()


@given(st.integers(1, 90), st.floats(0, 300))
def test_what_is_chosen_is_in_order_once_and_no_less_than_the_least(count: int, change: float) -> None:
    thumbs = [np.full((20, 20), 2 * number, np.uint8) for number in range(count)]
    numbers = [one.number for one in choose(candidates(thumbs), change)]
    assert numbers == sorted(set(numbers))
    assert min(count, LEAST) <= len(numbers) <= count


def test_frames_are_the_videos_own_pixels_with_where_they_come_from(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(12)])
    ticks: list[tuple[int, int | None, str]] = []
    frames = extract(folder, recording, progress=lambda *told: ticks.append(told)).frames
    assert [one.name for one in frames] == [f"{number:06d}.png" for number in range(12)]
    # As many frames as the recording is said to have, and then the pictures that are kept.
    assert [told for told in ticks if told[0] == told[1]] == [(12, 12, "looking"), (12, 12, "writing pictures")]
    for one, truth in zip(frames, frames_of(folder, recording), strict=True):
        assert (one.number, one.media) == (truth.number, "video.avi")
        assert one.time_s == pytest.approx(truth.time_s, abs=1e-5)
        assert one.sha256 == sha256(one.path)
        assert np.array_equal(cv2.imread(str(one.path)), truth.image)
    assert read_frames(folder).frames == frames


def test_blurred_frames_are_left_out_and_no_more_are_taken_than_wished(tmp_path: Path) -> None:
    """A plate that rests, slides nine pixels a frame, and rests again."""
    blurred = {4, 5, 6, 17, 18, 19}
    pictures, shift = [], 0
    for number in range(30):
        shift += 9 if number in blurred else 0
        pictures.append(blur(plate(shift=shift)) if number in blurred else plate(shift=shift))
    folder, recording = filmed(tmp_path / "a", pictures)
    numbers = {one.number for one in extract(folder, recording).frames}
    assert numbers == set(range(30)) - blurred
    assert len(extract(folder, recording, most=10)) <= 10


def test_a_second_extraction_changes_no_byte_and_other_wishes_leave_no_old_picture(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(12)])

    def written() -> dict[str, tuple[bytes, int]]:
        files = [folder / FILE, *(folder / "frames").iterdir()]
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    first = extract(folder, recording)
    before = written()
    assert extract(folder, recording) == first
    assert written() == before
    fewer = extract(folder, recording, most=4)
    assert {path.name for path in (folder / "frames").iterdir()} == {one.name for one in fewer.frames}
    assert len(fewer) == 4


def test_ended_in_the_middle_it_claims_nothing_and_the_next_call_completes_it(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(12)])

    def end_it(done: int, total: int | None, doing: str) -> None:
        if (done, doing) == (3, "writing pictures"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(folder, recording, progress=end_it)
    assert not (folder / FILE).exists()
    with pytest.raises(InputError, match=r"There is no file .*frames\.yaml"):
        read_frames(folder)
    assert len(extract(folder, recording)) == 12


def test_a_picture_that_was_deleted_is_taken_again(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(6)])
    first = extract(folder, recording)
    first.frames[2].path.unlink()
    assert extract(folder, recording) == first
    assert first.frames[2].path.exists()


def test_an_annotated_frame_keeps_its_picture_whatever_is_wished(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(12)])
    names = {one.name for one in extract(folder, recording).frames}
    fewer = {one.name for one in extract(folder, recording, most=3).frames}
    annotated = min(names - fewer)
    extract(folder, recording)
    boxed = Annotation(state=State.BOXES, boxes=(Box(component="screw", xyxy=(1, 2, 9, 9)),), by="maria")
    write_annotations(folder, Annotations(frames={annotated: boxed}))
    assert {one.name for one in extract(folder, recording, most=3).frames} == {*fewer, annotated}


def test_frames_are_told_apart_in_the_components_region_alone(tmp_path: Path) -> None:
    """A hand passes on the right; on the left a screw is out for a third of a second."""
    out = set(range(60, 70))
    pictures = [plate(SCREWS[1:] if number in out else SCREWS) for number in range(120)]
    for number, picture in enumerate(pictures):
        cv2.circle(picture, (280, 20 + number), 15, (80, 110, 170), -1)
    folder, recording = filmed(tmp_path / "a", pictures)
    everywhere = extract(folder, recording)
    on_the_left = extract(folder, recording, region=(0, 0, 150, 240))
    assert len(on_the_left) < len(everywhere)
    assert out & {one.number for one in on_the_left.frames}


def test_frames_of_a_negative_recording_are_verified_empty_unless_somebody_said_otherwise(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate((), shift=n) for n in range(6)], positive=False)
    hand = Annotation(state=State.IGNORED, by="maria")
    write_annotations(folder, Annotations(frames={"000002.png": hand}))
    extract(folder, recording)
    found = read_annotations(folder).frames
    assert found.pop("000002.png") == hand
    assert set(found.values()) == {Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)}
    assert len(found) == 5


def test_frames_of_a_positive_recording_stay_unlabeled(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=n) for n in range(6)])
    extract(folder, recording)
    assert read_annotations(folder).frames == {}


def test_pictures_are_frames_as_they_are(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("14_1111", "2_0000"):
        cv2.imwrite(str(source / f"{name}.png"), plate())
    recipe = Recipe(name="block", components=(Component(name="screw"),))
    folder = import_media(source, workspace, recipe, ["screw"], positive=True, pattern=None, by="maria")
    recording = read_recording(folder)
    frames = extract(folder, recording).frames
    assert [one.name for one in frames] == ["2_0000.png", "14_1111.png"]
    assert [one.sha256 for one in frames] == [media.sha256 for media in recording.media]
    assert all(one.path.is_file() and one.path == folder / one.media for one in frames)
    assert not (folder / "frames").exists()


@pytest.mark.parametrize("break_it", [Path.unlink, lambda video: video.write_bytes(video.read_bytes()[:3000])])
def test_a_damaged_video_is_told_and_nothing_is_claimed(tmp_path: Path, break_it: Callable[[Path], None]) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=n) for n in range(6)])
    break_it(folder / "video.avi")
    with pytest.raises(FileProblems, match=r"video\.avi"):
        extract(folder, recording)
    assert not (folder / FILE).exists()


def test_nothing_is_taken_out_of_a_video_that_was_exchanged(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=n) for n in range(6)], positive=False)
    other, _ = filmed(tmp_path / "b", [plate(SCREWS[:2], shift=n) for n in range(6)])
    (folder / "video.avi").write_bytes((other / "video.avi").read_bytes())
    with pytest.raises(FileProblems, match=r"video\.avi: this file was altered after it was recorded"):
        extract(folder, recording)
    assert not (folder / FILE).exists()


@pytest.mark.parametrize("file", ["../../x.png", "/etc/x.png", "a\\x.png"])
def test_a_frame_stays_in_its_recording(tmp_path: Path, file: str) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=n) for n in range(3)])
    first, *_ = extract(folder, recording).frames
    text = (folder / FILE).read_text()
    (folder / FILE).write_text(text.replace(f"file: frames/{first.name}", f"file: {file}"))
    with pytest.raises(FileProblems, match="leaves the recording's folder"):
        read_frames(folder)


@pytest.mark.parametrize("shape", [(1, 1, 3), (500, 1, 3)])
def test_a_picture_too_small_that_was_taken_over_long_ago_is_named(tmp_path: Path, shape: tuple[int, ...]) -> None:
    folder, recording = filmed(tmp_path / "a", [plate()])
    cv2.imwrite(str(folder / "1.png"), np.zeros(shape, np.uint8))
    media = (Media(file="1.png", sha256=sha256(folder / "1.png"), frames=1),)
    with pytest.raises(FileProblems, match=r"a.1\.png: this picture of 1x\d+ pixels is too small"):
        extract(folder, recording.model_copy(update={"kind": "pictures", "media": media}))
    assert not (folder / FILE).exists()


def test_of_a_strip_there_is_a_thumb() -> None:
    assert thumb_of(np.zeros((16, 30000, 3), np.uint8)).shape == (1, 1875)
    assert thumb_of(plate(), 80).shape == (60, 80)


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    folder, recording = filmed(tmp_path / "a", [plate(shift=number) for number in range(3)])
    others = tmp_path / "holiday"
    others.mkdir()
    (others / "beach.png").write_bytes(b"a picture")
    (folder / "frames").symlink_to(others)
    with pytest.raises(InputError, match="is a link"):
        extract(folder, recording)
    assert [path.name for path in others.iterdir()] == ["beach.png"]
