"""Frames as the station will see them, written so that training reads them without decoding anything."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from inspector.boxes import Boxes, as_boxes, clip
from inspector.errors import InputError
from inspector.labeling.takes import Shot, Take
from inspector.preprocess import letterbox
from inspector.recipe import Label
from inspector.tiles import Tiles

IMAGES = "images.npy"
TRUTH = "truth.npz"
LONG_SIDE = 320
MULTIPLE = 32


def fitting_input_size(frame_sizes: Sequence[tuple[int, int]], long_side: int = LONG_SIDE) -> tuple[int, int]:
    """The smallest input, its sides multiples of 32, that holds every frame scaled to that long side in pixels.

    Sizes are (width, height). 640x480 gives 320x256, 208x360 gives 192x320.
    """
    scaled = [
        (width * long_side / max(width, height), height * long_side / max(width, height))
        for width, height in frame_sizes
    ]
    # A rounded pixel must not cost another 32: 639x480 is 320x240.4 and still fits 256, 512.01 would not fit 512.
    width, height = (max(1, round(max(sides))) for sides in zip(*scaled, strict=True))
    return -(-width // MULTIPLE) * MULTIPLE, -(-height // MULTIPLE) * MULTIPLE


@dataclass(frozen=True)
class Item:
    """One picture to pack: a frame, or a tile of it. place: the tile's (xmin, ymin, xmax, ymax), None for the frame."""

    take: Take
    shot: Shot
    place: tuple[int, int, int, int] | None = None

    @property
    def frame(self) -> str:
        """The frame's name, `recording/frame`."""
        return self.take.name_of(self.shot)

    @property
    def region(self) -> tuple[int, int, int, int]:
        """(xmin, ymin, xmax, ymax) in pixels of the frame that the picture shows."""
        return self.place or (0, 0, *self.shot.size)

    def tile(self, place: Sequence[int]) -> "Item":
        """A tile of the frame."""
        xmin, ymin, xmax, ymax = place
        return Item(self.take, self.shot, (xmin, ymin, xmax, ymax))

    def boxes(self) -> Boxes:
        """`(k, 4)`, all of the frame, in pixels of the frame, cut to it."""
        return clip(as_boxes([box.xyxy for box in self.take.of(self.shot).boxes]), *self.shot.size)

    def classes(self, labels: Sequence[Label]) -> list[int]:
        """Indices into the labels, one for each box."""
        return [labels.index(label) for label in self.take.labels_in(self.shot)]

    def taught(self, labels: Sequence[Label]) -> list[bool]:
        """Which labels the frame says something about: those of its recording's components.

        It speaks of lookalikes only where it holds a box of their component or of one: nobody says of a verified-empty
        frame whether things stand in it that could be taken for the component.
        """
        boxed = {label.component for label in self.take.labels_in(self.shot)}
        mine = self.take.recording.components
        return [label.component in (boxed if label.lookalike else mine) for label in labels]


def write_part(
    folder: Path,
    items: Sequence[Item],
    labels: Sequence[Label],
    input_size: tuple[int, int],
    packed: Callable[[], None],
) -> None:
    """Write one side of the split: `images.npy` and `truth.npz`, calling `packed` after each picture.

    The truth of a tile is that of its frame, and where in it the tile lies: what the tile shows follows.

    Raises: InputError where a frame cannot be read or is not the picture that was annotated; OSError of the disk.
    """
    folder.mkdir()
    _write_images(folder / IMAGES, items, input_size, packed)
    boxes = [item.boxes() for item in items]
    classes = [index for item in items for index in item.classes(labels)]
    with (folder / TRUTH).open("wb") as file:
        np.savez(
            file,
            names=np.array([item.frame for item in items], np.str_),
            files=np.array([item.shot.path.relative_to(item.take.folder).as_posix() for item in items], np.str_),
            hashes=np.array([item.shot.sha256 or "" for item in items], np.str_),
            sizes=np.array([item.shot.size for item in items], np.int32).reshape(-1, 2),
            regions=np.array([item.region for item in items], np.int32).reshape(-1, 4),
            counts=np.array([len(some) for some in boxes], np.int32),
            boxes=np.concatenate([*boxes, np.zeros((0, 4), np.float32)]),
            classes=np.array(classes, np.int32),
            taught=np.array([item.taught(labels) for item in items], bool).reshape(-1, len(labels)),
        )
        os.fsync(file.fileno())


def _write_images(path: Path, items: Sequence[Item], input_size: tuple[int, int], packed: Callable[[], None]) -> None:
    shape = (len(items), input_size[1], input_size[0], 3)
    with path.open("wb") as file:
        # Written, not mapped: on a full disk a write fails with an error, a mapped page kills the process.
        npy.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": shape})
        # One frame at a time is in memory, and each is decoded once, whatever the number of its tiles.
        for shot, pictures in groupby(items, lambda item: item.shot):
            image = shot.image()
            if (image.shape[1], image.shape[0]) != shot.size:
                raise InputError(f"{shot.path} is no longer the picture that was annotated: its size has changed.")
            for item in pictures:
                xmin, ymin, xmax, ymax = item.region
                file.write(letterbox(image[ymin:ymax, xmin:xmax], input_size)[0].data)
                packed()
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, eq=False)
class Packed:
    """What `write_part` wrote, in step, one for each picture; images memory-mapped.

    names, files, hashes (SHA-256 of the files, None where nobody knows), sizes (width, height) and boxes are those of
    the whole frame that the picture shows, or shows a tile of; regions `(n, 4)` which part of it. All in pixels of the
    frames.
    """

    images: NDArray[np.uint8]
    names: tuple[str, ...]
    files: tuple[str, ...]
    hashes: tuple[str | None, ...]
    sizes: tuple[tuple[int, int], ...]
    regions: Tiles
    boxes: tuple[Boxes, ...]
    classes: tuple[NDArray[np.int32], ...]
    taught: NDArray[np.bool_]


def read_part(folder: Path) -> Packed:
    """Raises: ValueError, KeyError where the files are not what `write_part` writes. Pickles are refused."""
    images = np.load(folder / IMAGES, mmap_mode="r", allow_pickle=False)
    with np.load(folder / TRUTH, allow_pickle=False) as truth:
        ends = np.cumsum(truth["counts"])[:-1]
        boxes = np.split(truth["boxes"], ends) if len(truth["counts"]) else []
        classes = np.split(truth["classes"], ends) if len(truth["counts"]) else []
        sizes = truth["sizes"]
        return Packed(
            images=images,
            names=tuple(truth["names"].tolist()),
            files=tuple(truth["files"].tolist()),
            # Datasets of old do not say.
            hashes=tuple(one or None for one in (truth["hashes"].tolist() if "hashes" in truth else [""] * len(sizes))),
            sizes=tuple((int(width), int(height)) for width, height in sizes),
            # Packed before there were tiles, each picture is its frame.
            regions=truth["regions"] if "regions" in truth else np.concatenate([0 * sizes, sizes], axis=1),
            boxes=tuple(boxes),
            classes=tuple(classes),
            taught=truth["taught"],
        )
