import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture import recorder as recorder_module
from inspector.capture.camera import Camera
from inspector.capture.recorder import QUEUE, Recorder, conclude, record
from inspector.capture.recording import (
    FILE,
    UNFINISHED,
    Draft,
    Recording,
    frames_of,
    read_recording,
    recover,
    unfinished,
    verify,
)
from inspector.capture.segment import Segment
from inspector.errors import InputError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.recipe import Recipe
from inspector.settings import Workspace

Make = Callable[..., Any]


@pytest.fixture
def draft() -> Draft:
    moment = datetime(2026, 11, 23, 14, 15, 30, tzinfo=UTC)
    return Draft(
        id="d", recipe="box", components=("tape",), positive=True, source="fake", recorded_by="ann", recorded_at=moment
    )


def frames(count: int, rate: float = 30, size: tuple[int, int] = (64, 48), first: int = 0) -> Iterator[Frame]:
    """Greys that tell their number, at a camera's clock that does not start at 0."""
    for number in range(first, first + count):
        image = freeze(np.full((size[1], size[0], 3), 20 + number % 200, np.uint8))
        yield Frame(image, number, 5000 + number / rate, utc_now(), "fake")


def record_frames(recorder: Recorder, *batches: Iterator[Frame]) -> Recording:
    recorder.start()
    for batch in batches:
        for frame in batch:
            recorder.put(frame)
    recording = recorder.finish()
    assert recording is not None
    return recording


def test_what_is_put_is_recorded_with_its_times(tmp_path: Path, draft: Draft) -> None:
    folder = tmp_path / "d"
    recording = record_frames(Recorder(folder, draft, wait=True), frames(70))
    assert recording == read_recording(folder)
    assert recording.frames == 70
    assert recording.frame_size == (64, 48)
    assert recording.dropped == 0
    assert recording.seconds == pytest.approx(69 / 30, abs=0.001)
    verify(folder, recording)
    found = list(frames_of(folder, recording))
    assert [round(frame.image.mean()) - 20 for frame in found] == pytest.approx(range(70), abs=0.6)
    assert [frame.time_s for frame in found] == pytest.approx([number / 30 for number in range(70)], abs=0.0006)


def test_a_long_one_is_cut_into_segments_and_counts_on(tmp_path: Path, draft: Draft) -> None:
    folder = tmp_path / "d"
    recording = record_frames(Recorder(folder, draft, wait=True), frames(60, rate=2))
    assert [media.frames for media in recording.media] == [20, 20, 20]
    assert [media.file for media in recording.media] == ["video-0001.mkv", "video-0002.mkv", "video-0003.mkv"]
    found = list(frames_of(folder, recording))
    assert [frame.number for frame in found] == list(range(60))
    assert [frame.time_s for frame in found] == pytest.approx([number / 2 for number in range(60)])


def test_a_camera_that_comes_back_with_another_size_begins_a_segment(tmp_path: Path, draft: Draft) -> None:
    folder = tmp_path / "d"
    batches = frames(5), frames(5, size=(32, 24), first=5)
    recording = record_frames(Recorder(folder, draft, wait=True), *batches)
    assert [media.frames for media in recording.media] == [5, 5]
    assert recording.frame_size is None
    assert [frame.size for frame in frames_of(folder, recording)] == [(64, 48)] * 5 + [(32, 24)] * 5


def test_a_disk_slower_than_the_camera_drops_and_counts(tmp_path: Path, draft: Draft) -> None:
    """The disk is so slow that it has not begun when all frames are there."""
    recorder = Recorder(tmp_path / "d", draft)
    for frame in frames(QUEUE + 12):
        recorder.put(frame)
    assert recorder.dropped == 12
    recorder.start()
    recording = recorder.finish()
    assert recording is not None
    assert (recording.frames, recording.dropped) == (QUEUE, 12)


def test_it_takes_no_more_than_it_was_asked_for(tmp_path: Path, draft: Draft) -> None:
    recorder = Recorder(tmp_path / "d", draft, wait=True, most_s=1.0)
    recording = record_frames(recorder, frames(50, rate=10))
    assert recording.frames == 10
    assert recorder.full


def test_nothing_comes_after_the_stop(tmp_path: Path, draft: Draft) -> None:
    recorder = Recorder(tmp_path / "d", draft)
    recorder.start()
    recorder.stop()
    recorder.put(next(frames(1)))
    assert recorder.finish() is None
    assert not (tmp_path / "d" / FILE).exists()


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_lost(tmp_path: Path, draft: Draft) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MachineError, match="Cannot write"):
        Recorder(tmp_path / "file" / "d", draft)


# --- what a killed recorder leaves ---

KILLED = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from inspector.capture.recorder import Recorder
from inspector.capture.recording import Draft
from inspector.frame import Frame, freeze, utc_now

draft = Draft(id="d", recipe="box", components=("tape",), positive=True, source="fake", recorded_by="ann",
              recorded_at=datetime.now(UTC))
recorder = Recorder(Path(sys.argv[1]), draft)
recorder.start()
noise = np.random.default_rng(0)
start = time.monotonic()
for number in range(100000):
    image = noise.integers(0, 255, (240, 320, 3), dtype=np.uint8)
    image[:40] = number % 250
    recorder.put(Frame(freeze(image), number, time.monotonic(), utc_now(), "fake"))
    print(number, flush=True)
    time.sleep(max(0.0, start + (number + 1) / 60 - time.monotonic()))
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A recording that was killed after more than a second at 60 pictures a second, and how many it had been given."""
    folder = tmp_path_factory.mktemp("recordings") / "d"
    with subprocess.Popen([sys.executable, "-c", KILLED, folder], stdout=subprocess.PIPE, text=True) as recording:
        assert recording.stdout is not None
        given = 0
        for line in recording.stdout:
            given = int(line) + 1
            if given == 90:
                recording.kill()
        assert recording.wait() != 0
    return folder, given


def test_killed_it_loses_less_than_a_second(killed: tuple[Path, int]) -> None:
    folder, given = killed
    assert not (folder / FILE).exists()
    recording = recover(folder)
    assert given >= 90
    assert given - 60 < recording.frames <= given
    assert not (folder / UNFINISHED).exists()
    verify(folder, recording)
    found = list(frames_of(folder, recording))
    assert [round(frame.image[:30].mean()) for frame in found] == pytest.approx(
        [number % 250 for number in range(len(found))], abs=2
    )


def test_one_that_is_being_written_is_not_taken_for_killed(tmp_path: Path, draft: Draft) -> None:
    recorder = Recorder(tmp_path / "d", draft)
    recorder.start()
    marker = tmp_path / "d" / UNFINISHED
    os.utime(marker, (0, 0))
    deadline = time.monotonic() + 30
    while marker.stat().st_mtime == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert unfinished(tmp_path) == []
    recorder.finish()
    os.utime(marker, (0, 0))
    assert unfinished(tmp_path) == [tmp_path / "d"]


def test_killed_before_its_first_frame_it_holds_nothing(tmp_path: Path, draft: Draft) -> None:
    Recorder(tmp_path / "d", draft)
    (tmp_path / "d" / "video-0001.mkv").touch()
    with pytest.raises(InputError, match="before its first frame"):
        recover(tmp_path / "d")


# --- a full disk ---

FULL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from inspector.capture.recorder import Recorder
from inspector.capture.recording import Draft
from inspector.errors import MachineError
from inspector.frame import Frame, freeze, utc_now

if sys.argv[2] != "0":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
draft = Draft(id="d", recipe="box", components=("tape",), positive=True, source="fake", recorded_by="ann",
              recorded_at=datetime.now(UTC))
recorder = Recorder(Path(sys.argv[1]), draft, wait=True)
recorder.start()
noise = np.random.default_rng(0)
for number in range(200):
    image = noise.integers(0, 255, (120, 160, 3), dtype=np.uint8)
    recorder.put(Frame(freeze(image), number, number / 30, utc_now(), "fake"))
try:
    recorder.finish()
except MachineError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on a file's size")
def test_a_full_disk_ends_it_in_a_sentence_and_keeps_what_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", FULL, tmp_path / "d", "1000000"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "the disk is full. What was recorded until then is kept in" in ended.stdout
    assert ended.stderr == ""
    recording = read_recording(tmp_path / "d")
    assert 0 < recording.frames < 200
    assert len(list(frames_of(tmp_path / "d", recording))) == recording.frames


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here; the limit on a file's size is tested all the same")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_without_room_for_the_facts_is_recovered_when_there_is_room(tiny_disk: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", FULL, tiny_disk / "d", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "the disk is full" in ended.stdout
    assert (tiny_disk / "d" / UNFINISHED).exists()
    subprocess.run(["mount", "-o", "remount,size=4m", str(tiny_disk)], check=True)
    recording = recover(tiny_disk / "d")
    assert recording.frames > 0
    assert len(list(frames_of(tiny_disk / "d", recording))) == recording.frames


# --- a fault of the program ---


class OutOfMemory(Segment):
    """There is no room for the 21st frame."""

    def write(self, image: Image, time_s: float) -> None:
        if self.frames == 20:
            raise MemoryError
        super().write(image, time_s)


class OutOfCodecs(Segment):
    """OpenCV refuses the 21st frame."""

    def write(self, image: Image, time_s: float) -> None:
        if self.frames == 20:
            cv2.imencode(".none", image)
        super().write(image, time_s)


@pytest.mark.parametrize(("writer", "fault"), [(OutOfMemory, "MemoryError"), (OutOfCodecs, "error")])
def test_a_fault_of_the_program_ends_it_in_a_sentence_and_keeps_what_is_there(
    tmp_path: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch, writer: type[Segment], fault: str
) -> None:
    monkeypatch.setattr(recorder_module, "Segment", writer)
    recorder = Recorder(tmp_path / "d", draft, wait=True)
    recorder.start()
    for frame in frames(25):
        recorder.put(frame)
    recorder.stop()
    with pytest.raises(MachineError, match=rf"a fault in the program stopped it \({fault}\). What was recorded"):
        conclude(recorder, None)
    recording = read_recording(tmp_path / "d")
    assert recording.frames == 20
    assert len(list(frames_of(tmp_path / "d", recording))) == 20


# --- record, the whole of it ---


def test_record_makes_a_recording_of_a_camera(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    ticks: list[tuple[int, int | None]] = []
    camera = fake_camera(range(100), live=False)
    folder = record(
        camera, workspace, recipe, ["tape"], False, None, 3.0, "ann", lambda done, total: ticks.append((done, total))
    )
    recording = read_recording(folder)
    assert folder == workspace.recordings / recording.id
    assert recording.frames == 30
    assert (recording.source, recording.settings) == ("fake", {"fps": 10})
    assert (recording.recorded_by, recording.attested_by) == ("ann", "ann")
    assert recording.verified_empty
    assert ticks[-1] == (3, 3)
    assert camera.closed == 1


def test_a_camera_that_ends_early_gives_what_it_has(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    folder = record(fake_camera(range(7)), workspace, recipe, ["screw"], True, "on", 60.0, "ann")
    assert read_recording(folder).frames == 7
    assert read_recording(folder).pattern == "on"


@pytest.mark.parametrize("kind", [MachineError, InputError])
def test_what_came_before_a_camera_was_lost_is_kept(
    workspace: Workspace, recipe: Recipe, fake_camera: Make, kind: type[Exception]
) -> None:
    camera = fake_camera([*range(5), kind("The cable is out.")])
    with pytest.raises(kind, match=r"The cable is out. What was recorded until then, 5 frames, is kept in") as failure:
        record(camera, workspace, recipe, ["tape"], True, None, 60.0, "ann")
    (folder,) = workspace.recordings.iterdir()
    assert str(folder) in str(failure.value)
    assert read_recording(folder).frames == 5


def test_a_camera_without_a_picture_leaves_nothing(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    with pytest.raises(MachineError, match="The cable is out"):
        record(fake_camera([MachineError("The cable is out.")]), workspace, recipe, ["tape"], True, None, 1.0, "ann")
    with pytest.raises(MachineError, match="No picture came"):
        record(fake_camera([]), workspace, recipe, ["tape"], True, None, 1.0, "ann")
    assert list(workspace.recordings.iterdir()) == []


def test_a_wrong_claim_is_told_before_anything_is_recorded(
    workspace: Workspace, recipe: Recipe, fake_camera: Make
) -> None:
    with pytest.raises(InputError, match="Did you mean 'screw'"):
        record(fake_camera([1]), workspace, recipe, ["scrw"], True, "on", 1.0, "ann")
    assert not workspace.recordings.exists()


def test_ctrl_c_ends_it_and_keeps_it(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    def interrupt(done: int, total: int | None) -> None:
        if done >= 1:
            signal.raise_signal(signal.SIGINT)

    folder = record(
        fake_camera(range(600), live=False), workspace, recipe, ["tape"], True, None, 60.0, "ann", interrupt
    )
    assert 5 <= read_recording(folder).frames < 600


def test_ctrl_c_twice_keeps_it_too(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    """The second comes while the camera is closed, before all is on disk."""
    camera, before = fake_camera(range(600), live=False), signal.getsignal(signal.SIGINT)
    close = camera.close

    def interrupt(done: int, total: int | None) -> None:
        if done >= 1:
            signal.raise_signal(signal.SIGINT)

    def impatient() -> None:
        signal.raise_signal(signal.SIGINT)
        time.sleep(0.1)
        close()

    camera.close = impatient
    folder = record(camera, workspace, recipe, ["tape"], True, None, 60.0, "ann", interrupt)
    assert 5 <= read_recording(folder).frames < 600
    assert signal.getsignal(signal.SIGINT) is before, "from now on it ends what comes"


def test_two_of_the_same_second_do_not_collide(workspace: Workspace, recipe: Recipe, fake_camera: Make) -> None:
    def take(camera: Camera) -> Path:
        return record(camera, workspace, recipe, ["tape"], True, None, 1.0, "ann")

    assert len({take(fake_camera(range(3))) for _ in range(5)}) == 5
