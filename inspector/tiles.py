"""A large frame as tiles that overlap, so that the network sees small things as large as they are.

Pure geometry, for training and for the station alike. Tiles are `(T, 4)` int32 (xmin, ymin, xmax, ymax) in pixels of
the frame, row by row, xmax and ymax exclusive.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from inspector.boxes import Boxes, area, clip
from inspector.errors import InputError
from inspector.files import Section
from inspector.preprocess import Letterbox

Tiles = NDArray[np.int32]
Wish = tuple[int, int] | Literal["auto", "off"]
"""How a dataset shall be cut: tiles of (width, height) in pixels, none, or tiles where things are too small without."""

LEAST_SEEN = 0.6
"""Share of a thing that a tile must show to say that it is there; of less it says neither yes nor no."""

TOO_SMALL = 10.0
"""Pixels of the input: below, a thing hardly fills one cell of the finest features, which lie 8 pixels apart."""
GOOD = 16.0
"""Pixels of the input that automatic tiles give the small things: two cells."""
SMALL = 10
"""The percentile that stands for a component's small things: one slip of the mouse must not decide."""
ROOM = 1.1
"""Overlap for each pixel of the largest thing taught: a station meets larger ones, and finds edges to a few pixels."""
MOST_OVERLAP = 0.75
"""Of a tile's side: with more, the number of tiles runs away."""
LEAST_GAIN = 1.5
"""Times larger that things must become in automatic tiles: each tile costs as much time as a whole frame."""

Pixels = Annotated[int, Field(ge=0, le=100_000)]


class Tiling(Section):
    """How frames are cut. size (width, height) of a tile; overlap (x, y), the least that neighbours share; both in
    pixels of the frame.

    A frame smaller than a tile in one direction is not cut in that direction.
    """

    size: tuple[Pixels, Pixels]
    overlap: tuple[Pixels, Pixels]

    @model_validator(mode="after")
    def _advances(self) -> Self:
        for side, shared in zip(self.size, self.overlap, strict=True):
            if side < 1 or shared > MOST_OVERLAP * side:
                raise ValueError(
                    f"tiles should overlap by at most {MOST_OVERLAP:.0%} of their side, "
                    f"these of {_by(self.size)} overlap by {_by(self.overlap)}"
                )
        return self

    def tiles(self, frame_size: tuple[int, int]) -> Tiles:
        """`(T, 4)`: tiles spread evenly, the last one flush with the edge.

        A box up to the overlap's size, wherever it lies in the frame, lies whole in at least one of them.
        """
        across, down = (
            _spans(length, side, shared)
            for length, side, shared in zip(frame_size, self.size, self.overlap, strict=True)
        )
        return np.array([(xmin, ymin, xmax, ymax) for ymin, ymax in down for xmin, xmax in across], np.int32)

    def __str__(self) -> str:
        return f"tiles of {_by(self.size)} pixels that overlap by {_by(self.overlap)}"


def _spans(length: int, side: int, shared: int) -> list[tuple[int, int]]:
    if side >= length:
        return [(0, length)]
    steps = -(-(length - side) // (side - shared))
    starts = [i * (length - side) // steps for i in range(steps + 1)]
    return [(start, start + side) for start in starts]


def cut(boxes: Boxes, tile: Sequence[int] | Tiles) -> tuple[Boxes, NDArray[np.float32]]:
    """Boxes `(n, 4)` of a frame in pixels of a tile, cut to it, and `(n,)` the share of each that lies in it."""
    xmin, ymin, xmax, ymax = (int(edge) for edge in tile)
    moved = boxes - np.array([xmin, ymin, xmin, ymin], np.float32)
    inner = clip(moved, xmax - xmin, ymax - ymin)
    return inner, np.asarray(area(inner) / np.maximum(area(boxes), 1e-6), np.float32)


def regions(tiling: Tiling | None, frame_size: tuple[int, int]) -> Tiles:
    """`(T, 4)` what of a frame the network sees, one after the other: its tiles, or all of it."""
    return np.array([(0, 0, *frame_size)], np.int32) if tiling is None else tiling.tiles(frame_size)


def name_of(frame: str, frame_size: tuple[int, int], region: Sequence[int] | Tiles) -> str:
    """A name for what is seen of a frame: the frame's own, and `@640x640+1280+440`, size and place, for a tile."""
    xmin, ymin, xmax, ymax = (int(edge) for edge in region)
    whole = (xmin, ymin, xmax, ymax) == (0, 0, *frame_size)
    return frame if whole else f"{frame}@{xmax - xmin}x{ymax - ymin}+{xmin}+{ymin}"


def read_wish(text: str) -> Wish:
    """`auto`, `off`, or `640x480`. Raises: InputError for anything else."""
    if text in ("auto", "off"):
        return "auto" if text == "auto" else "off"
    found = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if found is None:
        raise InputError(f"Tiles are 'auto', 'off', or a size in pixels such as 640x640; this is '{text}'.")
    return int(found[1]), int(found[2])


def plan(
    wish: Wish,
    frame_sizes: Sequence[tuple[int, int]],
    shapes: Mapping[str, NDArray[np.float32]],
    input_size: tuple[int, int],
) -> Tiling | None:
    """The tiles that suit what was annotated; None where frames are better taught and judged whole.

    Args: frame_sizes: (width, height) of each; shapes: for each component `(n, 2)` widths and heights of its boxes, in
    pixels of the frames; input_size: of the network that would see a whole frame.
    Raises: InputError where things do not fit into the tiles that were asked for.
    """
    known = {name: some for name, some in shapes.items() if len(some)}
    if wish == "off" or not known:
        return None
    largest = np.concatenate(list(known.values())).max(axis=0)
    overlap = math.ceil(ROOM * largest[0]), math.ceil(ROOM * largest[1])
    if wish == "auto":
        side = _automatic_side(frame_sizes, list(known.values()), overlap, input_size)
        wish = side, side
    return _fitted(wish, frame_sizes, overlap, known)


def _automatic_side(
    frame_sizes: Sequence[tuple[int, int]],
    shapes: Sequence[NDArray[np.float32]],
    overlap: tuple[int, int],
    input_size: tuple[int, int],
) -> int:
    """Of a square tile; as long as the longest frame where tiles would be no use."""
    scale = min(Letterbox(size, input_size).scale for size in frame_sizes)
    small = min(float(np.percentile(np.sqrt(some.prod(axis=1)), SMALL)) for some in shapes)
    # Never larger than the camera saw them: that would cost time and show nothing more.
    sharp = max(input_size) / min(1.0, GOOD / small)
    # Half of each tile at least is new, whatever the largest thing; where that makes them too large, they are no use.
    side = max(math.ceil(sharp), 2 * max(overlap))
    useful = small * scale < TOO_SMALL and max(input_size) / side >= LEAST_GAIN * scale
    return side if useful else max(max(size) for size in frame_sizes)


def _fitted(
    size: tuple[int, int],
    frame_sizes: Sequence[tuple[int, int]],
    overlap: tuple[int, int],
    shapes: Mapping[str, NDArray[np.float32]],
) -> Tiling | None:
    """No larger than the frames; None where no frame would be cut."""
    largest = [max(sides) for sides in zip(*frame_sizes, strict=True)]
    width, height = min(size[0], largest[0]), min(size[1], largest[1])
    if [width, height] == largest:
        return None
    most = int(MOST_OVERLAP * width), int(MOST_OVERLAP * height)
    for axis in (0, 1):
        if (width, height)[axis] < largest[axis] and overlap[axis] > most[axis]:
            raise _too_small(size, overlap, shapes)
    # In a direction in which nothing is cut, no thing can be too large.
    return Tiling(size=(width, height), overlap=(min(overlap[0], most[0]), min(overlap[1], most[1])))


def _too_small(
    size: tuple[int, int], overlap: tuple[int, int], shapes: Mapping[str, NDArray[np.float32]]
) -> InputError:
    name, (width, height) = max(
        ((name, some.max(axis=0)) for name, some in shapes.items()),
        key=lambda one: max(one[1][0] / size[0], one[1][1] / size[1]),
    )
    least = math.ceil(overlap[0] / MOST_OVERLAP), math.ceil(overlap[1] / MOST_OVERLAP)
    return InputError(
        f"Tiles of {_by(size)} pixels are too small: '{name}' is up to {width:.0f}x{height:.0f} pixels, and has to fit "
        f"whole into what two tiles share. Ask for tiles of {_by(least)} or more, or for --tiles auto."
    )


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
