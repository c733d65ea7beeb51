"""What JPEG does to a picture, as products of matrices: colours to luma and chroma, blocks of 8x8 to frequencies,
both rounded to what the quality keeps.

Source: ITU-T T.81 (the transform: A.3.3; the tables: Annex K.1); the colours: JFIF; what a quality means: the
Independent JPEG Group's library. Chroma keeps a quarter of its frequencies, which is what halving its pixels leaves.
"""

from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from inspector.learning.augmentation.slots import in_some

SIDE = 8
LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61),
    *(12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77),
    *(24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101),
    *(72, 92, 95, 98, 112, 100, 103, 99),
)
CHROMA = (
    *(17, 18, 24, 47),
    *(18, 21, 26, 66),
    *(24, 26, 56, 99),
    *(47, 66, 99, 99),
)
"""The low quarter of the table; all that follows is 99."""
COLOURS = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


def compress(x: Any, changes: dict[str, Any]) -> Any:
    """Pictures `(B, H, W, 3)` float with the traces of JPEG of quality `(B,)`; 100 leaves them as they are."""
    quality = changes["quality"]
    return in_some(x, 100 - quality, 1, lambda some, rows: _compressed(some, ops.take(quality, rows)))


def _compressed(x: Any, quality: Any) -> Any:
    """Args: x `(k, H, W, 3)`; quality `(k,)`."""
    height, width = x.shape[1:3]
    parts = (-1, height // SIDE, SIDE, width // SIDE, SIDE * 3)
    blocks = ops.transpose(ops.reshape(ops.clip(x, 0, 255) - 128, parts), (0, 1, 3, 2, 4))
    kept = _rounded(ops.matmul(ops.reshape(blocks, (-1, SIDE * SIDE * 3)), _FORWARD), quality)
    blocks = ops.reshape(ops.matmul(kept, _BACKWARD), ops.shape(blocks))
    unpacked = ops.reshape(ops.transpose(blocks, (0, 1, 3, 2, 4)), ops.shape(x)) + 128
    return ops.where((quality < 100)[:, None, None, None], unpacked, x)


def _rounded(frequencies: Any, quality: Any) -> Any:
    """Frequencies `(blocks, 192)` rounded to multiples of what the tables say at that quality."""
    scale = ops.where(quality < 50, 5000 / ops.maximum(quality, 1.0), 200 - 2 * quality) / 100
    steps = ops.clip(ops.round(scale[:, None] * ops.convert_to_tensor(_TABLES)), 1, 255)[:, None]
    each = ops.reshape(frequencies, (ops.shape(quality)[0], -1, SIDE * SIDE * 3))
    return ops.reshape(ops.round(each / steps) * steps * ops.convert_to_tensor(_KEPT), ops.shape(frequencies))


def _matrices() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """There and back, `(192, 192)`: a block's values in the order (row, column, colour), its frequencies likewise."""
    k, n = np.mgrid[:SIDE, :SIDE]
    cosines = np.cos((2 * n + 1) * k * np.pi / (2 * SIDE)) * np.where(k == 0, 1, 2**0.5) / SIDE**0.5
    forward = np.einsum("vy,ux,kc->yxcvuk", cosines, cosines, COLOURS).reshape(192, 192)
    backward = np.einsum("vy,ux,ck->vukyxc", cosines, cosines, np.linalg.inv(COLOURS)).reshape(192, 192)
    return forward.astype(np.float32), backward.astype(np.float32)


def _tables() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The steps at quality 50 `(192,)`, and whether a frequency is kept at all."""
    luma, chroma, low = np.reshape(LUMA, (8, 8)), np.full((8, 8), 99), np.zeros((8, 8))
    # A frequency of halved chroma is twice as high there: each second entry of its table.
    chroma[:2, :2] = np.reshape(CHROMA, (4, 4))[::2, ::2]
    low[:4, :4] = 1
    steps = np.stack([luma, chroma, chroma], axis=-1).reshape(-1)
    return steps.astype(np.float32), np.stack([np.ones((8, 8)), low, low], axis=-1).reshape(-1).astype(np.float32)


_FORWARD, _BACKWARD = _matrices()
_TABLES, _KEPT = _tables()
