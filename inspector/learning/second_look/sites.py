"""Which places of a frame teach a second look: those of things, bare ones, and those that the detector mistook."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, center, clip, iou
from inspector.labeling.dataset import DOUBTFUL
from inspector.learning.scenes import Scene

MOST_OF_FRAME = 16
OF_EACH = 6
OF_MISTAKE = 3
PLACES = 6
ON_IT, BESIDE_IT = 0.5, 0.3
"""The IoU from which a box is on a thing, and up to which it is beside it; what lies between teaches nothing."""
MOVED, GROWN = 0.12, 0.18
"""How far off a detector's boxes may be, as a share of their sides, and in the logarithm of these."""


class Kind(IntEnum):
    """TRUE: a true box, or a detection on it. PLACE: without the component. MISTAKE: the detector saw it there."""

    TRUE = 0
    PLACE = 1
    MISTAKE = 2


@dataclass(frozen=True, eq=False)
class Sites:
    """Boxes `(n, 4)` of one frame, classes `(n,)`, C for nothing, and kinds `(n,)`, in step."""

    boxes: Boxes
    classes: NDArray[np.int32]
    kinds: NDArray[np.int8]


def sites_in(scene: Scene, asked: NDArray[np.bool_], usual: Boxes, found: Boxes, random: np.random.Generator) -> Sites:
    """What a frame teaches about one component.

    Args: asked `(C,)`: its labels; usual `(m, 4)`: where it is in other frames, in shares of the sides; found `(f, 4)`:
    where the detector sees it, surest first.
    """
    mine = np.isin(scene.classes, np.flatnonzero(asked))
    boxes, classes = scene.boxes[mine], scene.classes[mine]
    picked = np.resize(random.permutation(len(boxes)), min(OF_EACH * len(boxes), MOST_OF_FRAME))
    overlaps = np.column_stack([np.zeros(len(found), np.float32), iou(found, boxes)])
    # Of what is cut off nobody says that it is nothing.
    shown = scene.boxes[mine | (scene.classes == DOUBTFUL)]
    beside = (iou(found, shown) < BESIDE_IT).all(axis=1)
    on, nearest = overlaps.max(axis=1) >= ON_IT, overlaps.argmax(axis=1) - 1
    mistaken = np.repeat(found[beside][: MOST_OF_FRAME // OF_MISTAKE], OF_MISTAKE, axis=0)
    bare = elsewhere(usual * np.array(scene.size * 2, np.float32), shown, scene.size, random)
    parts = [
        (moved(boxes[picked], random), classes[picked], Kind.TRUE),
        (found[on], classes[nearest[on]], Kind.TRUE),
        (moved(mistaken, random, 0.3), np.full(len(mistaken), len(asked)), Kind.MISTAKE),
        (bare, np.full(len(bare), len(asked)), Kind.PLACE),
    ]
    kinds = np.concatenate([np.full(len(some), kind) for some, _, kind in parts])
    cut = clip(np.concatenate([some for some, _, _ in parts]), *scene.size)
    seen = (cut[:, 2:] - cut[:, :2] >= 1).all(axis=1)
    of = np.concatenate([some for _, some, _ in parts])
    return Sites(cut[seen], of[seen].astype(np.int32), kinds[seen].astype(np.int8))


def moved(boxes: Boxes, random: np.random.Generator, share: float = 1.0) -> Boxes:
    """The boxes `(n, 4)`, each a little off, as a detector's are. share: of the usual, how far."""
    size = boxes[:, 2:] - boxes[:, :2]
    middle = center(boxes) + random.uniform(-MOVED, MOVED, size.shape) * size * share
    half = size / 2 * np.exp(random.uniform(-GROWN, GROWN, size.shape) * share)
    return np.concatenate([middle - half, middle + half], axis=1).astype(np.float32)


def elsewhere(usual: Boxes, boxes: Boxes, size: tuple[int, int], random: np.random.Generator) -> Boxes:
    """PLACES boxes or fewer that lie beside all of `boxes`: half of them where the component is in other frames, for
    there its bare place is, half of them anywhere.
    """
    if not len(usual):
        return EMPTY
    some = moved(usual[random.integers(len(usual), size=PLACES)], random)
    anywhere = random.uniform(0, size, (PLACES // 2, 2)) - center(some[: PLACES // 2])
    some[: PLACES // 2] += np.tile(anywhere, 2).astype(np.float32)
    return some[(iou(some, boxes) < BESIDE_IT).all(axis=1)]
