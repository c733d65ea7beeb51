"""Annotated frames, split by recording, packed for training as the station will see them."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from inspector.boxes import EMPTY, Boxes
from inspector.capture import recording as recordings
from inspector.capture.pictures import read_picture
from inspector.errors import InputError
from inspector.files import Document, Section, folder_written_whole, read_document, sha256, write_document
from inspector.frame import Image, utc_now
from inspector.labeling import annotation as annotations
from inspector.labeling import extraction, fingerprint
from inspector.labeling.chain import Chain, Pictures
from inspector.labeling.counts import Count, count
from inspector.labeling.cutting import tiled
from inspector.labeling.packing import LONG_SIDE, Item, Packed, fitting_input_size, read_part, write_part
from inspector.labeling.refusals import refuse_incomplete
from inspector.labeling.split import Side, Split, split
from inspector.labeling.takes import USABLE, Shot, Take, as_taught, lookalikes_in, takes_of
from inspector.preprocess import Letterbox
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace, new_name
from inspector.tiles import LEAST_SEEN, Tiling, Wish, cut, name_of, plan, regions

FILE = "dataset.yaml"
DOUBTFUL = -2
"""In the place of a class: too much cut off or covered to be called there, or not there. It is learned neither as one
nor as the other.
"""
PARTS = {Side.TRAIN: "train", Side.HELD_OUT: "held_out"}
RECORDINGS = "recordings"
STATED = (recordings.FILE, extraction.FILE, annotations.FILE, fingerprint.FILE, fingerprint.VIEW)
"""What is kept of each recording in a dataset, and in the bundles that it taught: all but its pictures."""


@dataclass(frozen=True, eq=False)
class Original:
    """The whole frame behind a packed picture. name: `recording/frame`; sha256: of its file when it was extracted, None
    where nobody knows; size (width, height); boxes `(k, 4)` xyxy in pixels of the frame and classes `(k,)` int32: all
    of the frame, where the picture is a tile of it.
    """

    name: str
    path: Path
    sha256: str | None
    size: tuple[int, int]
    boxes: Boxes
    classes: NDArray[np.int32]

    def image(self) -> Image:
        """The full picture.

        Raises: InputError where the recording is gone, or the picture cannot be read or is not the one that was packed.
        """
        return read_picture(self.path, self.sha256)


@dataclass(frozen=True, eq=False)
class Part:
    """The frames of one side of the split, or their tiles.

    images: `(n, H, W, 3)` uint8 RGB, letterboxed, memory-mapped; boxes: n arrays `(k, 4)` xyxy in pixels of the input;
    classes: n arrays `(k,)` int32, indices into the labels, DOUBTFUL where a tile's edge cuts off so much of a thing
    that it is neither there nor not there; taught: `(n, C)` bool, the labels that the frame says something about (a
    frame of one component's recording is silent on the others: they are neither positive nor negative there); names:
    `recording/frame` for each, `recording/frame@640x640+1280+440` for a tile; originals: the full frames that they
    were made from; lookalikes: the classes that are no component.
    """

    images: Pictures
    boxes: tuple[Boxes, ...]
    classes: tuple[NDArray[np.int32], ...]
    taught: NDArray[np.bool_]
    names: tuple[str, ...]
    originals: tuple[Original, ...] = ()
    lookalikes: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.images)

    @property
    def empty(self) -> NDArray[np.bool_]:
        """`(n,)` whether a frame shows none of the components that it teaches; it may show lookalikes."""
        kinds = zip(self.boxes, self.classes, strict=True)
        return np.array([not len(boxes) or np.isin(some, self.lookalikes).all() for boxes, some in kinds], bool)

    def with_empty(self, images: NDArray[np.uint8], taught: NDArray[np.bool_], names: Sequence[str]) -> "Part":
        """This part and more verified-empty frames behind it, without their originals."""
        more = len(images)
        return Part(
            Chain(self.images, images),
            (*self.boxes, *(EMPTY for _ in range(more))),
            (*self.classes, *(np.zeros(0, np.int32) for _ in range(more))),
            np.concatenate([self.taught, taught]),
            (*self.names, *names),
            lookalikes=self.lookalikes,
        )

    @property
    def frame_names(self) -> tuple[str, ...]:
        """`recording/frame` for each picture: the same for all tiles of a frame."""
        return tuple(original.name for original in self.originals) or self.names

    @property
    def frames(self) -> tuple[int, ...]:
        """The first picture of each frame: all of them where frames are packed whole."""
        first = {name: index for index, name in reversed(list(enumerate(self.frame_names)))}
        return tuple(sorted(first.values()))


class Source(Section):
    """A recording that the dataset was made from, and the SHA-256 of what stated it then."""

    id: str
    recording: str
    frames: str
    annotations: str


class Contents(Document):
    """`dataset.yaml`: what a dataset is and what it was made from.

    input_size and frame_size: (width, height) in pixels; frame_size None where the frames differ.
    tiles: how frames were cut, None where they were packed whole. lookalikes: the components that have some. split: how
    frames were held out, in words. counts: by label. files: SHA-256 of each file.
    """

    id: str
    created_at: datetime
    recipe: Recipe
    recordings: tuple[Source, ...]
    split: str
    seed: int
    input_size: tuple[int, int]
    frame_size: tuple[int, int] | None = None
    tiles: Tiling | None = None
    lookalikes: tuple[str, ...] = ()
    counts: tuple[Count, ...]
    files: dict[str, str] = Field(min_length=1)

    @property
    def labels(self) -> tuple[Label, ...]:
        """What is taught: the recipe's labels, and the lookalikes."""
        return self.recipe.taught_labels(self.lookalikes)


@dataclass(frozen=True, eq=False)
class Dataset:
    """One folder `datasets/<id>/`. labels: what is taught, lookalikes last; input_size: (width, height) of the
    network's input in pixels; tiles: how frames were cut, None where they are packed whole.
    """

    folder: Path
    id: str
    labels: tuple[Label, ...]
    input_size: tuple[int, int]
    train: Part
    held_out: Part
    tiles: Tiling | None = None

    @cached_property
    def contents(self) -> Contents:
        """What it was made from."""
        return read_document(self.folder / FILE, Contents)

    @property
    def most_tiles(self) -> int:
        """How many pictures the network sees of one frame, at most: 1 where frames are seen whole."""
        sizes = {original.size for part in (self.train, self.held_out) for original in part.originals}
        return max((len(regions(self.tiles, size)) for size in sizes), default=1)

    @property
    def gone(self) -> tuple[str, ...]:
        """The recordings that were deleted, or of whose frames some were, since they were packed."""
        originals = (*self.train.originals, *self.held_out.originals)
        return tuple(sorted({one.name.rsplit("/", 1)[0] for one in originals if not one.path.exists()}))

    @property
    def split(self) -> str:
        """How frames were held out, in words."""
        return self.contents.split

    def summary(self) -> tuple[Count, ...]:
        """Frames by label, state and side of the split."""
        return self.contents.counts

    def original(self, name: str) -> Image:
        """A frame's full picture by its name, or that of a tile.

        Raises: InputError where it is not in the dataset or is gone.
        """
        for part in (self.train, self.held_out):
            for packed, original in zip(part.names, part.originals, strict=True):
                if name in (packed, original.name):
                    return original.image()
        raise InputError(f"The dataset {self.id} has no frame '{name}'.")


def build(
    workspace: Workspace,
    recipe: Recipe,
    *,
    input_size: tuple[int, int] | None = None,
    long_side: int = LONG_SIDE,
    tiles: Wish = "auto",
    include_empty: bool = True,
    allow_missing_negatives: bool = False,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Dataset:
    """Gather, split and pack all that the recipe's recordings teach; frames that seem to contradict what was said of
    them do not, until a person has looked.

    Args: input_size (width, height), None for the smallest that holds the frames, or their tiles, at that long side;
        tiles: how frames are cut; progress: is told how many of how many pictures are packed. For experiments only,
        since what comes of them cannot be trusted at a station: include_empty False leaves verified-empty frames out,
        allow_missing_negatives accepts a component without any.
    Raises: InputError that lists all that is missing; MachineError on a full disk. Nothing half-written stays.
    """
    takes = [as_taught(take) for take in takes_of(workspace, recipe)]
    refuse_incomplete(recipe, takes, need_negatives=include_empty and not allow_missing_negatives)
    used = [[s for s in take.in_state(*USABLE) if include_empty or not take.of(s).empty] for take in takes]
    chosen = Chosen(takes, used, split([take.footage(shots) for take, shots in zip(takes, used, strict=True)], seed))
    return pack(
        workspace,
        recipe,
        chosen,
        takes,
        input_size=input_size,
        long_side=long_side,
        tiles=tiles,
        seed=seed,
        progress=progress,
    )


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a dataset is made of: recordings, in step with them the frames that are used, and on which side each is."""

    takes: Sequence[Take]
    used: Sequence[Sequence[Shot]]
    parted: Split

    def on_side(self, side: Side) -> Iterator[Item]:
        """The frames there."""
        for take, shots, places in zip(self.takes, self.used, self.parted.sides, strict=True):
            yield from (Item(take, shot) for shot, place in zip(shots, places, strict=True) if place == side)


def pack(
    workspace: Workspace,
    recipe: Recipe,
    chosen: Chosen,
    stated: Sequence[Take],
    *,
    input_size: tuple[int, int] | None = None,
    long_side: int = LONG_SIDE,
    tiles: Wish = "auto",
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Dataset:
    """Pack what was chosen, whatever it is.

    Args: stated: recordings of which is kept beside it all that is stated of them now, as they are on disk; others: as
    of `build`. Raises: as `build`.
    """
    lookalikes = lookalikes_in(chosen.takes)
    labels = recipe.taught_labels(lookalikes)
    items = {side: list(chosen.on_side(side)) for side in PARTS}
    placed = {item.frame: side for side, some in items.items() for item in some}
    sizes = sorted({item.shot.size for some in items.values() for item in some})
    whole = input_size or fitting_input_size(sizes, long_side)
    tiling = plan(tiles, sizes, _shapes(recipe, items.values()), whole)
    if tiling is not None:
        items = {side: tiled(some, tiling, seed) for side, some in items.items()}
    wanted = whole if tiling is None else input_size or fitting_input_size([tiling.size], long_side)
    tick = _ticker(sum(map(len, items.values())), progress)
    name = new_name(recipe.name)
    with folder_written_whole(workspace.datasets / name) as folder:
        for side, part in PARTS.items():
            write_part(folder / part, items[side], labels, wanted, tick)
        sources = tuple(_source(take, folder / RECORDINGS / take.recording.id) for take in stated)
        contents = Contents(
            id=name,
            created_at=utc_now(),
            recipe=recipe,
            recordings=sources,
            split=chosen.parted.sentence,
            seed=seed,
            input_size=wanted,
            frame_size=sizes[0] if len(sizes) == 1 else None,
            tiles=tiling,
            lookalikes=tuple(sorted(lookalikes)),
            counts=count(labels, chosen.takes, placed),
            files=_hashes(folder),
        )
        write_document(folder / FILE, contents)
    return open_dataset(workspace.datasets / name)


def _shapes(recipe: Recipe, items: Iterable[Sequence[Item]]) -> dict[str, NDArray[np.float32]]:
    """For each component `(n, 2)` widths and heights of its boxes, in pixels of the frames."""
    boxes = np.concatenate([EMPTY, *(item.boxes() for some in items for item in some)])
    owner = [label.component for some in items for item in some for label in item.take.labels_in(item.shot)]
    shapes = boxes[:, 2:] - boxes[:, :2]
    return {c.name: shapes[np.array(owner, np.str_) == c.name] for c in recipe.components}


def _ticker(total: int, progress: Callable[[int, int], object] | None) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    return tick


def _hashes(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _source(take: Take, kept: Path) -> Source:
    """What states the recording, kept as it is now: it may change while, or after, it teaches."""
    kept.mkdir(parents=True)
    for name in STATED:
        if (take.folder / name).exists():
            shutil.copy(take.folder / name, kept / name)
    stated = (recordings.FILE, extraction.FILE, annotations.FILE)
    recording, frames, boxes = (sha256(kept / file) for file in stated)
    return Source(id=take.recording.id, recording=recording, frames=frames, annotations=boxes)


def open_dataset(folder: Path) -> Dataset:
    """A dataset whose every byte is as it was packed, its pictures memory-mapped.

    Raises: InputError where it is no dataset, or where a file is missing or changed.
    """
    if not (folder / FILE).is_file():
        raise InputError(f"{folder} is not a dataset: it holds no {FILE}. Datasets are made by: inspector train RECIPE")
    contents = read_document(folder / FILE, Contents)
    for name, expected in contents.files.items():
        if not (folder / name).is_file() or sha256(folder / name) != expected:
            raise InputError(f"The dataset {contents.id} was changed: {name} is not what was packed. Train again.")
    parts = {side: _part(folder, name, contents) for side, name in PARTS.items()}
    train, held_out = parts[Side.TRAIN], parts[Side.HELD_OUT]
    return Dataset(folder, contents.id, contents.labels, contents.input_size, train, held_out, contents.tiles)


def _part(folder: Path, name: str, contents: Contents) -> Part:
    try:
        packed = read_part(folder / name)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"The dataset {contents.id} cannot be read: {folder / name}: {error}. Train again.") from error
    seen = [_seen(packed, index, contents.input_size) for index in range(len(packed.names))]
    originals = tuple(_originals(folder.parent.parent / "recordings", packed))
    return Part(
        images=packed.images,
        boxes=tuple(boxes for boxes, _ in seen),
        classes=tuple(classes for _, classes in seen),
        taught=packed.taught,
        names=tuple(map(name_of, packed.names, packed.sizes, packed.regions)),
        originals=originals,
        lookalikes=tuple(number for number, label in enumerate(contents.labels) if label.lookalike),
    )


def _seen(packed: Packed, index: int, input_size: tuple[int, int]) -> tuple[Boxes, NDArray[np.int32]]:
    """What a picture shows of its frame's boxes, in pixels of the input, and their classes."""
    region, classes = packed.regions[index], packed.classes[index]
    boxes, share = cut(packed.boxes[index], region)
    fit = Letterbox((int(region[2] - region[0]), int(region[3] - region[1])), input_size)
    classes = np.where(share >= LEAST_SEEN, classes, DOUBTFUL).astype(np.int32)
    return fit.to_input(boxes[share > 0]), classes[share > 0]


def _originals(recorded: Path, packed: Packed) -> Iterator[Original]:
    for name, file, digest, size, boxes, classes in zip(
        packed.names, packed.files, packed.hashes, packed.sizes, packed.boxes, packed.classes, strict=True
    ):
        yield Original(name, recorded / name.rsplit("/", 1)[0] / file, digest, size, boxes, classes)
