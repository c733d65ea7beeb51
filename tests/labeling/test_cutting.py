"""A dataset in tiles: which are packed, what each teaches, and what it keeps of its frames."""

from pathlib import Path

import numpy as np
import pytest

from inspector.files import read_document, sha256, write_document
from inspector.frame import freeze
from inspector.labeling.annotation import Annotation, Annotations, Box, State, write_annotations
from inspector.labeling.dataset import DOUBTFUL, FILE, Contents, Dataset, build, open_dataset
from inspector.labeling.negatives import negatives_of
from inspector.preprocess import letterbox
from inspector.recipe import Recipe
from inspector.settings import Workspace
from inspector.tiles import Tiling
from tests.labeling.recorded import OFF, ON, SCREW, STRIP, TAPE, recipe, recorded

SIZE = (300, 60)
TILE = (60, 60)
"""With a box of 32x24, neighbours share 36 pixels at least: eleven tiles, 24 pixels apart, the first at 0."""


@pytest.fixture
def strips(workspace: Workspace) -> Recipe:
    """Ten frames with a box at (8, 6)-(40, 30), ten verified empty, each of 300x60."""
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, size=SIZE)
    recorded(workspace, wanted, "tape", positive=False, size=SIZE)
    return wanted


def packed(dataset: Dataset) -> list[tuple[str, tuple[str, ...]]]:
    """Frame and tile of each training picture, and what classes it shows."""
    part = dataset.train
    return [(name, tuple(map(str, classes.tolist()))) for name, classes in zip(part.names, part.classes, strict=True)]


def test_tiles_with_boxes_and_as_many_empty_ones_are_packed(workspace: Workspace, strips: Recipe) -> None:
    dataset = build(workspace, strips, tiles=TILE, input_size=(64, 64))
    assert dataset.tiles == dataset.contents.tiles == Tiling(size=TILE, overlap=(36, 27))
    assert dataset.input_size == (64, 64)
    # The box lies whole in the first tile; of it the second, from 24 on, shows half and is left out.
    full = [name for name, classes in packed(dataset) if classes]
    assert len(full) == 8
    assert all(name.endswith(".png@60x60+0+0") for name in full)
    blank = [name for name, classes in packed(dataset) if not classes]
    positive, negative = ({name.split("/")[0] for name in some} for some in (full, set(blank)))
    background = [name for name in blank if name.split("/")[0] in positive]
    assert len(background) == 8
    assert len(blank) - len(background) == 8
    assert len({name.split("@")[0] for name in blank}) == 16
    assert not any("+0+0" in name or "+24+0" in name for name in background)
    assert len(negative) == 2
    assert dataset.train.taught.all()


def test_a_tile_is_packed_with_the_stations_own_preprocessing(workspace: Workspace, strips: Recipe) -> None:
    part = build(workspace, strips, tiles=TILE, input_size=(30, 30)).train
    index = next(i for i, name in enumerate(part.names) if name.endswith("@60x60+0+0") and len(part.boxes[i]))
    number = int(Path(part.originals[index].path).stem)
    image = freeze(np.full((60, 60, 3), 10 + number, np.uint8))
    assert np.array_equal(part.images[index], letterbox(image, (30, 30))[0])
    # 60x60 into 30x30: half as large.
    assert part.boxes[index].tolist() == [[4, 3, 20, 15]]
    assert part.originals[index].boxes.tolist() == [[8, 6, 40, 30]]
    assert part.originals[index].classes.tolist() == [0]
    assert part.originals[index].size == SIZE


def boxed(folder: Path, *edges: float) -> None:
    """Ten frames, each with boxes of 20x20 that begin there."""
    boxes = tuple(Box.of(STRIP, (x, 20, x + 20, 40)) for x in edges)
    one = Annotation(state=State.BOXES, boxes=boxes, by="maria")
    write_annotations(folder, Annotations(frames={f"{number}.png": one for number in range(10)}))


def test_what_a_tile_cuts_off_is_doubtful_unless_most_of_it_is_seen(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", size=(100, 60))
    recorded(workspace, wanted, "tape", positive=False, size=(100, 60))
    # Tiles [0, 60] and [40, 100]. Of what begins at 48 the first shows 12 of 20 pixels, of what begins at 49 only 11.
    boxed(folder, 10, 48)
    part = build(workspace, wanted, tiles=TILE, input_size=(60, 60)).train
    first = next(i for i, name in enumerate(part.names) if name.endswith("+0+0") and len(part.boxes[i]))
    assert part.boxes[first].tolist() == [[10, 20, 30, 40], [48, 20, 60, 40]]
    assert part.classes[first].tolist() == [0, 0]
    boxed(folder, 10, 49)
    part = build(workspace, wanted, tiles=TILE, input_size=(60, 60)).train
    first = next(i for i, name in enumerate(part.names) if name.endswith("+0+0") and len(part.boxes[i]))
    assert part.boxes[first].tolist() == [[10, 20, 30, 40], [49, 20, 60, 40]]
    assert part.classes[first].tolist() == [0, DOUBTFUL]
    assert not part.empty[first]


def test_a_background_teaches_only_what_its_recording_teaches(workspace: Workspace) -> None:
    wanted = recipe(SCREW, TAPE)
    recorded(workspace, wanted, "screw", pattern="on", label=ON, size=SIZE)
    recorded(workspace, wanted, "screw", positive=False, pattern="off", label=OFF, size=SIZE)
    recorded(workspace, wanted, "tape", label=STRIP, size=SIZE)
    recorded(workspace, wanted, "tape", positive=False, size=SIZE)
    part = build(workspace, wanted, tiles=TILE).train
    kinds = {(bool(len(c)), *t) for c, t in zip(part.classes, part.taught.tolist(), strict=True)}
    screw, tape = (True, True, False), (False, False, True)
    assert kinds == {(True, *screw), (False, *screw), (True, *tape), (False, *tape)}


def test_many_boxes_take_more_of_each_verified_empty_frame_and_few_take_one(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", size=SIZE)
    recorded(workspace, wanted, "tape", positive=False, size=SIZE)
    boxed(folder, 10, 130, 230)
    part = build(workspace, wanted, tiles=TILE).train
    attested = [name for name, whole in zip(part.names, part.originals, strict=True) if not len(whole.boxes)]
    with_boxes = sum(len(boxes) > 0 for boxes in part.boxes)
    assert with_boxes > 16
    assert len(attested) == pytest.approx(with_boxes, abs=5)


def test_each_frame_is_told_once_whatever_its_tiles(workspace: Workspace, strips: Recipe) -> None:
    dataset = build(workspace, strips, tiles=TILE)
    for part, frames in ((dataset.train, 16), (dataset.held_out, 4)):
        names = [part.originals[i].name for i in part.frames]
        assert len(set(names)) == len(names) == frames
    assert dataset.most_tiles == len(dataset.tiles.tiles(SIZE))
    assert sum((row.train, row.held_out) == (16, 4) for row in dataset.summary()) == 1
    name = dataset.train.names[0]
    assert np.array_equal(dataset.original(name), dataset.original(name.split("@")[0]))


def test_negative_frames_that_teach_by_their_tiles_are_looked_at(workspace: Workspace, strips: Recipe) -> None:
    dataset = build(workspace, strips, tiles=TILE)
    (negative,) = negatives_of(workspace, strips, dataset)
    assert len(negative.numbers) == 8


def test_which_empty_tiles_are_taken_hangs_on_the_seed(workspace: Workspace, strips: Recipe) -> None:
    one, again, other = (build(workspace, strips, tiles=TILE, seed=seed) for seed in (1, 1, 2))
    assert one.contents.files == again.contents.files
    assert {n for n in one.train.names if n in other.train.names} != set(one.train.names)


def test_an_opened_dataset_in_tiles_is_the_one_that_was_built(workspace: Workspace, strips: Recipe) -> None:
    built = build(workspace, strips, tiles=TILE)
    opened = open_dataset(built.folder)
    assert (opened.tiles, opened.train.names) == (built.tiles, built.train.names)
    assert all((a == b).all() for a, b in zip(opened.train.boxes, built.train.boxes, strict=True))


def test_frames_of_different_sizes_are_cut_alike(workspace: Workspace, strips: Recipe) -> None:
    recorded(workspace, strips, "tape", label=STRIP, size=(80, 60))
    part = build(workspace, strips, tiles=TILE).train
    sizes = {(original.size, name.split("@")[1]) for name, original in zip(part.names, part.originals, strict=True)}
    assert {tile for size, tile in sizes if size == (80, 60)} <= {"60x60+0+0", "60x60+20+0"}


def test_progress_counts_the_tiles(workspace: Workspace, strips: Recipe) -> None:
    told: list[tuple[int, int]] = []
    dataset = build(workspace, strips, tiles=TILE, progress=lambda done, total: told.append((done, total)))
    total = len(dataset.train) + len(dataset.held_out)
    assert told == [(done, total) for done in range(1, total + 1)]


def test_a_dataset_packed_before_there_were_tiles_opens(workspace: Workspace, strips: Recipe) -> None:
    folder = build(workspace, strips, tiles="off").folder
    for path in folder.glob("*/truth.npz"):
        with np.load(path) as truth:
            kept = {key: truth[key] for key in truth.files if key != "regions"}
        np.savez(path, **kept)
    contents = read_document(folder / FILE, Contents)
    files = {name: sha256(folder / name) for name in contents.files}
    write_document(folder / FILE, contents.model_copy(update={"files": files}))
    opened = open_dataset(folder)
    assert not any("@" in name for name in opened.train.names)
    assert {tuple(original.size) for original in opened.train.originals} == {SIZE}
