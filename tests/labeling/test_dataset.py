"""From recordings to a packed dataset, and all the reasons why not."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.capture.importing import import_media
from inspector.capture.recording import Recording, read_recording
from inspector.errors import InputError, MachineError
from inspector.frame import freeze
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.counts import Count
from inspector.labeling.dataset import Contents, Dataset, build, open_dataset
from inspector.labeling.extraction import extract
from inspector.labeling.packing import fitting_input_size
from inspector.preprocess import letterbox
from inspector.recipe import Component, Label, Mode, Pattern, Recipe
from inspector.settings import Workspace

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
TAPE = Component(name="tape")
SIZE = (80, 60)
INPUT = (64, 64)
ON, OFF, STRIP = Label("screw", "on"), Label("screw", "off"), Label("tape")


def recipe(*components: Component) -> Recipe:
    return Recipe(name="block", components=components)


def recorded(
    place: Workspace,
    wanted: Recipe,
    component: str | list[str],
    positive: bool = True,
    pattern: str | None = None,
    frames: int = 10,
    label: Label | None = None,
    size: tuple[int, int] = SIZE,
    extracted: bool = True,
) -> tuple[Path, Recording]:
    """A recording of pictures, each of another grey; with a label, each holds one box of it at (8, 6)-(40, 30)."""
    source = place.folder / "source"
    source.mkdir(parents=True)
    for number in range(frames):
        cv2.imwrite(str(source / f"{number}.png"), np.full((size[1], size[0], 3), 10 + number, np.uint8))
    components = [component] if isinstance(component, str) else component
    folder = import_media(source, place, wanted, components, positive=positive, pattern=pattern, by="maria")
    shutil.rmtree(source)
    recording = read_recording(folder)
    if extracted:
        extract(folder, recording)
    if label is not None:
        boxed = Annotation(state=State.BOXES, boxes=(Box.of(label, (8, 6, 40, 30)),), by="maria")
        write_annotations(folder, Annotations(frames={f"{number}.png": boxed for number in range(frames)}))
    return folder, recording


@pytest.fixture
def tape(workspace: Workspace) -> Recipe:
    """A recipe with one positive and one negative recording of ten pictures each."""
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False)
    return wanted


def restate(folder: Path, **states: State) -> None:
    """Change what is known of frames, named by their numbers: `_0=State.IGNORED`."""
    news = {f"{name[1:]}.png": Annotation(state=state, by="maria") for name, state in states.items()}
    write_annotations(folder, read_annotations(folder).with_frames(news))


def refusal(place: Workspace, wanted: Recipe, allow_missing_negatives: bool = False) -> list[str]:
    """What is missing, a line each."""
    with pytest.raises(InputError) as caught:
        build(place, wanted, allow_missing_negatives=allow_missing_negatives)
    head, *lines = str(caught.value).splitlines()
    assert head == "The recipe 'block' cannot be trained yet:"
    assert not place.datasets.exists()
    return [line.removeprefix("- ") for line in lines]


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
    assert set(contents.files) == {
        f"{part}/{file}" for part in ("train", "held_out") for file in ("images.npy", "truth.npz")
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


def test_no_recording_at_all(workspace: Workspace) -> None:
    told = refusal(workspace, recipe(SCREW, TAPE))
    assert told[0] == (
        "there is no recording of 'screw/on'. "
        "Record one with: inspector record --recipe block --component screw --pattern on"
    )
    assert "--component screw --pattern off" in told[1]
    assert "--component tape --positive" in told[2]
    assert "--component tape --negative" in told[3]
    assert len(told) == 4


def test_a_positive_recording_and_no_negative_one(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    (told,) = refusal(workspace, wanted)
    assert "Pictures that show it are not enough: the detector would learn the place, not the part" in told
    assert told.endswith("inspector record --recipe block --component tape --negative")
    assert len(build(workspace, wanted, input_size=INPUT, allow_missing_negatives=True).train) == 8


def test_pictures_of_several_components_are_each_others_negatives(workspace: Workspace) -> None:
    wanted = recipe(TAPE, Component(name="seal"))
    for label in (STRIP, Label("seal")):
        recorded(workspace, wanted, ["tape", "seal"], label=label)
    dataset = build(workspace, wanted, input_size=INPUT)
    assert dataset.train.taught.all()
    assert len(dataset.train) + len(dataset.held_out) == 20


def test_verified_empty_photos_among_others_are_negatives_too(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP, frames=12)
    restate(folder, **{f"_{number}": State.VERIFIED_EMPTY for number in range(4)})
    assert refusal(workspace, wanted)[0].startswith("only 4 frames are verified empty of 'tape', and it takes 5")
    restate(folder, _4=State.VERIFIED_EMPTY)
    assert build(workspace, wanted, input_size=INPUT).train.empty.sum() == 4


def test_a_pattern_without_boxes(workspace: Workspace) -> None:
    wanted = recipe(SCREW)
    recorded(workspace, wanted, "screw", pattern="on", label=ON)
    (told,) = refusal(workspace, wanted)
    assert told.startswith("there is no recording of 'screw/off'")


def test_recordings_without_frames_or_labels_are_told_together(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    first, _ = recorded(workspace, wanted, "tape", extracted=False)
    second, _ = recorded(workspace, wanted, "tape")
    recorded(workspace, wanted, "tape", positive=False)
    told = refusal(workspace, wanted)
    assert sorted(told) == sorted(
        [
            f"recording {first.name} has no frames yet. Take them with: inspector extract block",
            f"none of the 10 frames of recording {second.name} says what is in it. Have boxes proposed with: "
            f"inspector suggest block, or bring your own: inspector annotations import {second.name}",
        ]
    )


def test_fewer_than_a_handful(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, frames=4)
    recorded(workspace, wanted, "tape", positive=False, frames=3)
    first, second = refusal(workspace, wanted)
    assert first.startswith("only 4 frames hold a box of 'tape', and it takes 5 at least")
    assert second.startswith("only 3 frames are verified empty of 'tape'")


def test_a_recording_of_a_component_that_the_recipe_lost(workspace: Workspace, tape: Recipe) -> None:
    recorded(workspace, recipe(TAPE, Component(name="tap")), "tap", label=Label("tap"))
    first, *boxes = refusal(workspace, tape)
    assert "is of 'tap', which the recipe does not have. Did you mean 'tape'?" in first
    assert len(boxes) == 10


def test_boxes_that_cannot_be(workspace: Workspace, tape: Recipe) -> None:
    folder, _ = recorded(workspace, tape, "tape", label=STRIP)
    wide = Annotation(state=State.BOXES, boxes=(Box.of(STRIP, (8, 6, 82, 30)),), by="maria")
    strange = Annotation(state=State.BOXES, boxes=(Box.of(Label("tape", "on"), (8, 6, 40, 30)),), by="maria")
    write_annotations(folder, read_annotations(folder).with_frames({"0.png": wide, "1.png": strange}))
    first, second = refusal(workspace, tape)
    assert first == f"{folder.name}/0.png is 80x60 pixels, and its box [8.0, 6.0, 82.0, 30.0] of 'tape' lies outside"
    assert second.startswith(f"{folder.name}/1.png holds a box of 'tape/on', which that recording does not teach.")


def test_a_box_a_pixel_too_wide_is_cut_to_its_frame(workspace: Workspace, tape: Recipe) -> None:
    folder, _ = recorded(workspace, tape, "tape", label=STRIP)
    wide = Annotation(state=State.BOXES, boxes=(Box.of(STRIP, (-0.5, 6, 81, 30)),), by="maria")
    write_annotations(
        folder, read_annotations(folder).with_frames(dict.fromkeys(map("{}.png".format, range(10)), wide))
    )
    dataset = build(workspace, tape, input_size=INPUT)
    boxes = {tuple(b) for part in (dataset.train, dataset.held_out) for o in part.originals for b in o.boxes.tolist()}
    assert boxes == {(8, 6, 40, 30), (0, 6, 80, 30)}


def test_a_picture_changed_after_extraction_is_told(workspace: Workspace, tape: Recipe) -> None:
    (folder, *_) = sorted(workspace.recordings.iterdir())
    cv2.imwrite(str(folder / "pictures" / "3.png"), np.zeros((20, 20, 3), np.uint8))
    with pytest.raises(InputError, match=r"3\.png is no longer the picture that was annotated"):
        build(workspace, tape)
    assert list(workspace.datasets.iterdir()) == []


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


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The system refuses to write more into any file, as a full disk does."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size to test with")
def test_a_full_disk_leaves_nothing_behind(workspace: Workspace, tape: Recipe) -> None:
    with no_file_larger_than(100_000), pytest.raises(MachineError, match=r"Cannot write a dataset.* Free some space"):
        build(workspace, tape, input_size=INPUT)
    assert list(workspace.datasets.iterdir()) == []
