"""Pictures behind others that are too many to copy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Chain:
    """`(n, H, W, 3)` uint8 pictures, the second ones behind the first, none of them copied: what is memory-mapped stays
    on the disk. Read as a NumPy array of them all is, by one index for pictures, and it cannot be written to.
    """

    def __init__(self, first: "Pictures", second: NDArray[np.uint8]) -> None:
        self._first, self._second = first, second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, H, W, 3)."""
        return (len(self), *self._second.shape[1:])

    def __getitem__(self, index: int | slice | Sequence[int] | NDArray[Any]) -> NDArray[np.uint8]:
        """Copies of those asked for. Raises: IndexError as NumPy does."""
        places = np.asarray(np.arange(len(self))[index])
        early = places < len(self._first)
        pictures = np.empty((*places.shape, *self.shape[1:]), np.uint8)
        pictures[early] = self._first[places[early]]
        pictures[~early] = self._second[places[~early] - len(self._first)]
        return pictures


Pictures = NDArray[np.uint8] | Chain
"""`(n, H, W, 3)` uint8 RGB."""
