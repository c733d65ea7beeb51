"""What a second look learns from: places cut out of the frames of a dataset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes
from inspector.detector import Detector
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.dataset import Part
from inspector.learning.scenes import classes_in, some_frames, whole
from inspector.learning.second_look.sites import Sites, sites_in
from inspector.preprocess import cut_out
from inspector.recipe import Label, Recipe
from inspector.second_look import Lens

MOST_FRAMES = 400
CONFIDENT = 0.05
"""The score from which a detection is worth a second look: no working score is lower."""


@dataclass(frozen=True, eq=False)
class Cutouts:
    """Sites cut out of frames, in step.

    pictures `(n, S, S, 3)` uint8 RGB; classes `(n,)` int32, an index into the C labels, or C for nothing; asked `(n,
    C)` bool, the labels that it may be told from; components `(n,)`, which one it was cut out for; kinds `(n,)`.
    """

    pictures: NDArray[np.uint8]
    classes: NDArray[np.int32]
    asked: NDArray[np.bool_]
    components: NDArray[np.int32]
    kinds: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.pictures)

    def weights(self) -> NDArray[np.float64]:
        """`(n,)` how often each is to be drawn, 1 in all: components alike; half of a component's its labels, alike;
        half of it nothing, as often where the detector was mistaken as elsewhere.
        """
        nothing = self.classes == self.asked.shape[1]
        keys = np.where(nothing, -self.kinds, self.classes + 1)
        weights = np.zeros(len(self))
        for component in np.unique(self.components):
            mine = self.components == component
            for half in (mine & nothing, mine & ~nothing):
                groups = [half & (keys == key) for key in np.unique(keys[half])]
                for group in groups:
                    weights[group] = 1 / (len(groups) * group.sum())
        return weights / weights.sum()


def gather(part: Part, labels: Sequence[Label], recipe: Recipe, detector: Detector, lens: Lens, seed: int) -> Cutouts:
    """Cut-outs of a part's frames, the same for the same seed.

    Args: labels: what the part's classes mean; detector: the one whose mistakes teach.
    Raises: InputError where no frame holds a box.
    """
    if not any(len(boxes) for boxes in part.boxes):
        raise InputError("No training frame holds a box, so there is nothing to look at a second time.")
    owner = np.array([label.component for label in labels])
    usual = [_usual_places(part, np.flatnonzero(owner == component.name)) for component in recipe.components]
    found = []
    for index in some_frames(part, MOST_FRAMES):
        scene, random = whole(part, index), np.random.default_rng((seed, index))
        seen = detector.detect(scene.image)
        seen = seen.where(seen.scores >= CONFIDENT)
        for number, component in enumerate(recipe.components):
            asked = scene.taught & (owner == component.name)
            if asked.any():
                places = sites_in(scene, asked, usual[number], seen.of(component.name).boxes, random)
                pictures = list(_cut(scene.image, places.boxes, lens, component.turns, random))
                found.append(_of_one(pictures, places, asked, number, lens.side))
    return _joined(found)


def _of_one(
    pictures: list[NDArray[np.uint8]], places: Sites, asked: NDArray[np.bool_], component: int, side: int
) -> Cutouts:
    """The cut-outs of one frame for one component."""
    n = len(pictures)
    stacked = np.array(pictures, np.uint8).reshape(n, side, side, 3)
    return Cutouts(stacked, places.classes, np.tile(asked, (n, 1)), np.full(n, component, np.int32), places.kinds)


def _joined(parts: Sequence[Cutouts]) -> Cutouts:
    return Cutouts(
        np.concatenate([part.pictures for part in parts]),
        np.concatenate([part.classes for part in parts]),
        np.concatenate([part.asked for part in parts]),
        np.concatenate([part.components for part in parts]),
        np.concatenate([part.kinds for part in parts]),
    )


def _usual_places(part: Part, columns: NDArray[np.intp]) -> Boxes:
    """Where a component is in any frame `(m, 4)`, in shares of the frame's sides."""
    height, width = part.images.shape[1:3]
    found: list[Boxes] = [EMPTY]
    for index in part.frames:
        known = part.originals[index] if part.originals else None
        boxes, size = (known.boxes, known.size) if known else (part.boxes[index], (width, height))
        mine = np.isin(classes_in(part, index), columns)
        found.append((boxes[mine] / np.array(size * 2)).astype(np.float32))
    return np.concatenate(found)


def _cut(
    image: Image, boxes: Boxes, lens: Lens, turns: bool, random: np.random.Generator
) -> Iterator[NDArray[np.uint8]]:
    """The places `(S, S, 3)` uint8 RGB; turned by quarters and mirrored by lot where the component may lie so."""
    for box in boxes:
        picture = cut_out(image, box, lens.context, lens.side)
        if turns:
            picture = np.rot90(picture, int(random.integers(4)))[:, :: random.choice([1, -1])]
        yield picture
