"""Which tiles of the frames are packed: those that show something, and about as many that show nothing."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from inspector.labeling.packing import Item
from inspector.tiles import LEAST_SEEN, Tiling, cut


def tiled(frames: Sequence[Item], tiling: Tiling, seed: int) -> list[Item]:
    """The frames' tiles that are packed, frame by frame.

    All that show a thing. Of a frame with things, at most as many tiles of its background. Of verified-empty frames
    together, about as many as tiles with things of the same components, and one of each frame at least. A tile that
    shows a thing only in part says nothing that another does not say better: it is left out. Which empty ones are
    taken hangs on the seed and the frame's name alone.
    """
    sorted_out = [_Sorted(frame, tiling) for frame in frames]
    quota = _quota(sorted_out)
    return [item for one in sorted_out for item in one.kept(quota, seed)]


class _Sorted:
    """A frame's tiles, by what they show."""

    def __init__(self, frame: Item, tiling: Tiling) -> None:
        self.frame = frame
        self.full: list[Item] = []
        self.blank: list[Item] = []
        boxes = frame.boxes()
        for tile in tiling.tiles(frame.shot.size).tolist():
            _, share = cut(boxes, tile)
            if (share >= LEAST_SEEN).any():
                self.full.append(frame.tile(tile))
            elif not share.any():
                self.blank.append(frame.tile(tile))
        self.empty = not len(boxes)

    @property
    def kind(self) -> tuple[str, ...]:
        """What it teaches."""
        return tuple(self.frame.take.recording.components)

    def kept(self, quota: dict[tuple[str, ...], int], seed: int) -> Iterator[Item]:
        most = quota[self.kind] if self.empty else len(self.full)
        rng = np.random.default_rng((seed, zlib.crc32(self.frame.frame.encode())))
        taken = rng.permutation(len(self.blank))[:most].tolist()
        yield from self.full
        yield from (self.blank[i] for i in sorted(taken))


def _quota(frames: Sequence[_Sorted]) -> dict[tuple[str, ...], int]:
    """For each set of components, how many tiles of a verified-empty frame are taken."""
    full, empty = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for one in frames:
        full[one.kind] += len(one.full)
        empty[one.kind] += one.empty
    return {kind: max(1, round(full[kind] / count)) for kind, count in empty.items() if count}
