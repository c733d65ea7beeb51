import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.errors import FileProblems
from inspector.labeling.annotation import State
from inspector.labeling.dataset import build
from inspector.labeling.extraction import extract
from inspector.labeling.moments import answer
from inspector.labeling.negatives import Negative, block, negatives_of
from inspector.recipe import Label
from tests.labeling.recorded import INPUT, OFF, ON, SCREW, STRIP, TAPE, doubt, recipe, recorded, restate


def numbered(*counts):
    return [Negative(None, None, tuple(range(count)), ()) for count in counts]


def test_photos_that_teach_are_looked_at_and_what_is_held_out_is_not(workspace, tape):
    dataset = build(workspace, tape, input_size=INPUT)
    (negative,) = negatives_of(workspace, tape, dataset)
    frames = list(negative.frames())
    held_out = {name for name in dataset.held_out.names if name.startswith(negative.recording.id)}
    assert len(frames) == 8
    assert len(held_out) == 2
    assert negative.absent == (STRIP,)
    assert negative.name_of(frames[0]).startswith(f"{negative.recording.id}/0000")


def test_a_recording_of_a_failing_pattern_is_free_of_the_passing_one(workspace):
    wanted = recipe(SCREW)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    recorded(workspace, wanted, "screw", positive=False, pattern="off", label=OFF)
    dataset = build(workspace, wanted, input_size=INPUT)
    (negative,) = negatives_of(workspace, wanted, dataset)
    assert negative.recording.pattern == "off"
    assert negative.absent == (Label("screw", "on"),)


def test_what_a_person_left_out_is_not_looked_at(workspace):
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    folder, _ = recorded(workspace, wanted, "tape", positive=False)
    restate(folder, _3=State.IGNORED)
    (negative,) = negatives_of(workspace, wanted, build(workspace, wanted, input_size=INPUT))
    assert 3 not in negative.numbers


def test_frames_of_a_video_that_nobody_extracted_are_looked_at_up_to_the_gap(workspace, video_of_noise):
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, size=(64, 48))
    folder = import_media(video_of_noise, workspace, wanted, ["tape"], positive=False, pattern=None, by="maria")
    extracted = extract(folder, read_recording(folder), most=20)
    dataset = build(workspace, wanted, input_size=INPUT)
    (negative,) = negatives_of(workspace, wanted, dataset)
    numbers = {frame.name: frame.number for frame in extracted.frames}
    taught = [numbers[name.rsplit("/", 1)[1]] for name in dataset.train.names if name.startswith(folder.name)]
    assert negative.numbers == tuple(range(max(taught) + 1))
    assert len(negative.numbers) > len(taught)


def test_a_frame_is_what_the_nearest_extracted_one_is(workspace, video_of_noise):
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, size=(64, 48))
    folder = import_media(video_of_noise, workspace, wanted, ["tape"], positive=False, pattern=None, by="maria")
    frames = extract(folder, read_recording(folder), most=20).frames
    restate(folder, **{f"_{frames[2].name.removesuffix('.png')}": State.IGNORED})
    (negative,) = negatives_of(workspace, wanted, build(workspace, wanted, input_size=INPUT))
    assert frames[2].number not in negative.numbers
    assert {frames[1].number, frames[3].number} <= set(negative.numbers)


def test_what_seems_to_contradict_is_looked_at_by_no_round_until_a_person_has_looked(workspace, video_of_noise):
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, size=(64, 48))
    folder = import_media(video_of_noise, workspace, wanted, ["tape"], positive=False, pattern=None, by="maria")
    frames = extract(folder, read_recording(folder), most=20).frames
    dataset = build(workspace, wanted, input_size=INPUT)
    (before,) = negatives_of(workspace, wanted, dataset)
    moment = doubt(folder, frames[2].name.removesuffix(".png"))
    (negative,) = negatives_of(workspace, wanted, dataset)
    gone = set(before.numbers) - set(negative.numbers)
    assert frames[2].number in gone
    assert gone <= set(range(frames[1].number, frames[3].number))
    answer(folder, moment, there=False, by="maria")
    assert negatives_of(workspace, wanted, dataset) == [before]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=3), st.integers(1, 5))
def test_blocks_together_hold_every_frame_once(counts, blocks):
    negatives = numbered(*counts)
    parts = [block(negatives, number, blocks, 10_000) for number in range(blocks)]
    assert sum(len(one.numbers) for part in parts for one in part) == sum(counts)
    for index, count in enumerate(counts):
        if len(negatives) == 1:
            assert sorted(n for part in parts for one in part for n in one.numbers) == list(range(count)), index


def test_a_block_is_thinned_evenly():
    (one, other) = block(numbered(300, 100), 0, 1, 40)
    assert (len(one.numbers), len(other.numbers)) == (30, 10)
    assert one.numbers[0] == 0
    assert one.numbers[-1] == 299
    assert np.ptp(np.diff(one.numbers)) <= 1


@pytest.fixture
def video_of_noise(tmp_path):
    """Sixty frames of another noise each, half a second apart in places."""
    import cv2

    path, rng = tmp_path / "noise.avi", np.random.default_rng(0)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (64, 48))
    for _ in range(60):
        writer.write(rng.integers(0, 256, (48, 64, 3)).astype(np.uint8))
    writer.release()
    return path


def test_a_video_exchanged_after_its_frames_were_taken_is_told(workspace, tape):
    dataset = build(workspace, tape, input_size=INPUT)
    (negative,) = negatives_of(workspace, tape, dataset)
    medium = negative.folder / negative.recording.media[0].file
    medium.write_bytes(medium.read_bytes() + b"\0")
    with pytest.raises(FileProblems, match="was altered after it was recorded"):
        negatives_of(workspace, tape, dataset)
