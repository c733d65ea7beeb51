"""From recordings to a packed dataset, and back."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from inspector.capture.recording import read_recording
from inspector.errors import InputError, MachineError
from inspector.files import sha256
from inspector.frame import freeze
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.counts import Count
from inspector.labeling.dataset import RECORDINGS, Contents, Dataset, build, open_dataset
from inspector.labeling.moments import answer
from inspector.labeling.packing import TRUTH, fitting_input_size, read_part
from inspector.labeling.takes import takes_of
from inspector.preprocess import letterbox
from inspector.recipe import Recipe
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than
from tests.labeling.recorded import INPUT, OFF, ON, SCREW, SIZE, STRIP, TAPE, doubt, recipe, recorded, restate


def test_boxes_and_verified_empty_frames_are_packed(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    assert dataset.folder == workspace.datasets / dataset.id
    assert (len(dataset.train), len(dataset.held_out)) == (16, 4)
    for part, full in ((dataset.train, 8), (dataset.held_out, 2)):
        assert part.images.shape == (len(part), 64, 64, 3)
        assert part.images.dtype == np.uint8
        assert not part.images.flags.writeable
        assert (~part.empty).sum() == full
        assert part.taught.tolist() == [[True]] * len(part)
        assert len(part.boxes) == len(part.classes) == len(part.names) == len(part.originals) == len(part)
    assert not set(dataset.train.names) & set(dataset.held_out.names)


def test_a_frame_is_packed_with_the_stations_own_preprocessing(workspace: Workspace, tape: Recipe) -> None:
    part = build(workspace, tape, input_size=INPUT).train
    number = int(Path(part.names[0]).stem)
    image = freeze(np.full((60, 80, 3), 10 + number, np.uint8))
    assert np.array_equal(part.images[0], letterbox(image, INPUT)[0])
    # 80x60 into 64x64: everything is scaled by 0.8.
    assert part.boxes[0].tolist() == pytest.approx(np.array([[6.4, 4.8, 32, 24]]))
    assert part.boxes[0].dtype == np.float32
    assert part.classes[0].dtype == np.int32


def test_the_full_frame_behind_a_picture_is_found_again(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    original, name = dataset.held_out.originals[0], dataset.held_out.names[0]
    assert original.size == SIZE
    assert original.boxes.tolist() == [[8, 6, 40, 30]]
    assert original.image().shape == (60, 80, 3)
    assert np.array_equal(dataset.original(name), original.image())
    assert original.path == workspace.recordings / name.replace("/", "/pictures/")
    with pytest.raises(InputError, match=r"has no frame 'nobody/0\.png'"):
        dataset.original("nobody/0.png")


def test_a_full_frame_that_was_altered_since_it_was_packed_is_refused(workspace: Workspace, tape: Recipe) -> None:
    made = build(workspace, tape, input_size=INPUT)
    first, second = made.train.originals[:2]
    first.path.write_bytes(second.path.read_bytes())
    again = open_dataset(made.folder).train.originals
    with pytest.raises(InputError, match="was altered since it was imported or taken out of its video"):
        again[0].image()
    assert again[1].image().shape == (60, 80, 3)


def test_a_dataset_that_does_not_say_what_its_frames_were_is_read(workspace: Workspace, tape: Recipe) -> None:
    made = build(workspace, tape, input_size=INPUT)
    path = made.folder / "train" / TRUTH
    with np.load(path) as truth:
        old = {name: truth[name] for name in truth if name != "hashes"}
    np.savez(path, **old)
    assert set(read_part(path.parent).hashes) == {None}


def test_ignored_and_unlabeled_frames_are_left_out(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP)
    restate(folder, _0=State.IGNORED, _1=State.UNLABELED, _2=State.UNLABELED)
    recorded(workspace, wanted, "tape", positive=False)
    dataset = build(workspace, wanted, input_size=INPUT)
    names = {name for part in (dataset.train, dataset.held_out) for name in part.names}
    assert len(names) == 17
    assert not names & {f"{folder.name}/{number}.png" for number in range(3)}
    assert dataset.summary() == (
        Count(
            component="tape",
            recordings=2,
            with_boxes=7,
            verified_empty=10,
            ignored=1,
            unlabeled=2,
            train=14,
            held_out=3,
        ),
    )


def test_what_seems_to_contradict_is_left_out_until_a_person_has_looked(workspace: Workspace, tape: Recipe) -> None:
    negative = next(take for take in takes_of(workspace, tape) if take.recording.verified_empty).folder
    moment = doubt(negative, 3, 4, 5)
    restate(negative, _4=State.VERIFIED_EMPTY)  # a person has looked at that one
    dataset = build(workspace, tape, input_size=INPUT)
    names = {name for part in (dataset.train, dataset.held_out) for name in part.names}
    assert len(names) == 18
    assert not names & {f"{negative.name}/{number}.png" for number in (3, 5)}
    (count,) = dataset.summary()
    assert (count.verified_empty, count.unlabeled, count.contradicting) == (8, 0, 2)
    answer(negative, moment, there=False, by="maria")
    dataset = build(workspace, tape, input_size=INPUT)
    assert len(dataset.train) + len(dataset.held_out) == 20
    assert dataset.summary()[0].contradicting == 0


def test_a_frame_is_silent_on_the_components_of_other_recordings(workspace: Workspace) -> None:
    wanted = recipe(SCREW, TAPE)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    recorded(workspace, wanted, "screw", positive=False, pattern="off", label=OFF)
    recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False)
    dataset = build(workspace, wanted, input_size=INPUT)
    assert dataset.labels == (ON, OFF, STRIP)
    part = dataset.train
    seen = {(tuple(c.tolist()), tuple(t.tolist())) for c, t in zip(part.classes, part.taught, strict=True)}
    screw, tape = (True, True, False), (False, False, True)
    assert seen == {((0,), screw), ((1,), screw), ((2,), tape), ((), tape)}
    assert [(row.pattern, row.recordings, row.with_boxes) for row in dataset.summary()] == [
        ("on", 1, 10),
        ("off", 1, 10),
        (None, 2, 10),
    ]


def test_what_it_was_made_from_is_written_down(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    contents: Contents = dataset.contents
    assert contents.recipe == tape
    assert contents.frame_size == SIZE
    assert {source.id for source in contents.recordings} == {path.name for path in workspace.recordings.iterdir()}
    assert all(len(source.annotations) == 64 for source in contents.recordings)
    assert "tape positive: one recording of independent photos, 2 of 10 held out" in dataset.split
    assert "tape negative: one recording" in dataset.split
    packed = {f"{part}/{file}" for part in ("train", "held_out") for file in ("images.npy", "truth.npz")}
    stated = ("recording.yaml", "frames.yaml", "annotations.yaml")
    assert set(contents.files) == packed | {
        f"{RECORDINGS}/{source.id}/{file}" for source in contents.recordings for file in stated
    }


def test_the_same_seed_gives_the_same_dataset(workspace: Workspace, tape: Recipe) -> None:
    first, again, other = (build(workspace, tape, input_size=INPUT, seed=seed) for seed in (1, 1, 2))
    assert first.id != again.id
    assert first.contents.files == again.contents.files
    assert first.held_out.names != other.held_out.names


def test_progress_counts_the_frames(workspace: Workspace, tape: Recipe) -> None:
    told: list[tuple[int, int]] = []
    build(workspace, tape, input_size=INPUT, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 20) for done in range(1, 21)]


def test_frames_of_different_sizes_are_packed_into_one_input(workspace: Workspace, tape: Recipe) -> None:
    recorded(workspace, tape, "tape", label=STRIP, size=(60, 80))
    dataset = build(workspace, tape)
    assert dataset.input_size == (320, 320)
    assert dataset.contents.frame_size is None


@pytest.mark.parametrize(
    ("frame_sizes", "expected"),
    [
        ([(640, 480)], (320, 256)),
        ([(208, 360)], (192, 320)),
        ([(600, 789)], (256, 320)),
        ([(640, 640)], (320, 320)),
        ([(1920, 1080)], (320, 192)),
        ([(80, 60)], (320, 256)),
        ([(640, 449)], (320, 224)),
        ([(640, 450)], (320, 256)),
        ([(1000, 1)], (320, 32)),
        ([(640, 480), (480, 640)], (320, 320)),
        ([(640, 480), (640, 200)], (320, 256)),
    ],
)
def test_the_smallest_input_that_holds_the_frames(
    frame_sizes: Sequence[tuple[int, int]], expected: tuple[int, int]
) -> None:
    assert fitting_input_size(frame_sizes) == expected


def test_without_empty_frames_for_experiments(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT, include_empty=False)
    assert not dataset.train.empty.any()
    assert len(dataset.train) + len(dataset.held_out) == 10


def test_an_opened_dataset_is_the_one_that_was_built(workspace: Workspace, tape: Recipe) -> None:
    built = build(workspace, tape, input_size=INPUT)
    opened = open_dataset(built.folder)
    assert (opened.id, opened.labels, opened.input_size) == (built.id, (STRIP,), INPUT)
    assert np.array_equal(opened.train.images, built.train.images)
    assert opened.held_out.names == built.held_out.names


def no_yaml(dataset: Dataset) -> None:
    (dataset.folder / "dataset.yaml").unlink()


def one_byte(dataset: Dataset) -> None:
    path = dataset.folder / "train" / "images.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def no_file(dataset: Dataset) -> None:
    (dataset.folder / "held_out" / "truth.npz").unlink()


@pytest.mark.parametrize(
    ("harm", "told"),
    [(no_yaml, "is not a dataset"), (one_byte, r"train/images\.npy is not what"), (no_file, r"held_out/truth\.npz")],
)
def test_a_harmed_dataset_is_told(
    workspace: Workspace, tape: Recipe, harm: Callable[[Dataset], None], told: str
) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    harm(dataset)
    with pytest.raises(InputError, match=told):
        open_dataset(dataset.folder)


def test_a_dataset_in_which_nothing_is_held_out_opens(workspace: Workspace) -> None:
    wanted = recipe(SCREW)
    recorded(workspace, wanted, "screw", pattern="on", label=ON, frames=3)
    recorded(workspace, wanted, "screw", positive=False, pattern="off", label=OFF, frames=3)
    folder, _ = recorded(workspace, wanted, "screw", frames=3)
    both = tuple(Box.of(label, (8, 6, 40, 30)) for label in (ON, OFF))
    boxed = Annotation(state=State.BOXES, boxes=both, by="maria")
    write_annotations(folder, Annotations(frames={f"{number}.png": boxed for number in range(3)}))
    dataset = build(workspace, wanted, input_size=INPUT)
    assert (len(dataset.train), len(dataset.held_out)) == (9, 0)
    assert dataset.held_out.images.shape == (0, 64, 64, 3)
    assert dataset.held_out.taught.shape == (0, 2)
    assert dataset.split.count("too few to hold any out") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size to test with")
def test_a_full_disk_leaves_nothing_behind(workspace: Workspace, tape: Recipe) -> None:
    with no_file_larger_than(100_000), pytest.raises(MachineError, match=r"Cannot write .*datasets.*Free some space"):
        build(workspace, tape, input_size=INPUT)
    assert list(workspace.datasets.iterdir()) == []


def test_what_was_stated_of_the_recordings_is_kept_as_it_was(workspace: Workspace, tape: Recipe) -> None:
    dataset = build(workspace, tape, input_size=INPUT)
    source = dataset.contents.recordings[0]
    folder, kept = workspace.recordings / source.id, dataset.folder / RECORDINGS / source.id
    before = read_annotations(folder)
    restate(folder, _0=State.IGNORED)
    assert read_annotations(kept) == before != read_annotations(folder)
    assert read_recording(kept) == read_recording(folder)
    assert sha256(kept / "frames.yaml") == source.frames
    (kept / "annotations.yaml").write_text("format: 1\n")
    with pytest.raises(InputError, match="is not what was packed"):
        open_dataset(dataset.folder)
