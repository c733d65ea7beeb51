"""What the detector is taught where a second look stands behind it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector.labeling.dataset import Dataset, Part
from inspector.learning.settings import Second, TrainingSettings
from inspector.recipe import without_patterns


def as_seen_first(dataset: Dataset, settings: TrainingSettings) -> Dataset:
    """The dataset as the detector learns it: without patterns, where a second look decides on them."""
    if settings.second_look is not Second.DECIDES:
        return dataset
    alone = without_patterns(dataset.labels)
    number = np.array([alone.index(without_patterns([label])[0]) for label in dataset.labels], np.int32)
    train, held_out = (_merged(part, number, len(alone)) for part in (dataset.train, dataset.held_out))
    return replace(dataset, labels=alone, train=train, held_out=held_out)


def _merged(part: Part, number: NDArray[np.int32], labels: int) -> Part:
    """The same frames with other classes. Args: number `(C,)`: what each class becomes."""
    taught = np.zeros((len(part), labels), bool)
    for old, new in enumerate(number):
        taught[:, new] |= part.taught[:, old]
    # What is below 0 is no class: it stays as it is.
    classes = tuple(np.where(some >= 0, number[some], some).astype(np.int32) for some in part.classes)
    return replace(part, classes=classes, taught=taught, lookalikes=tuple(int(number[old]) for old in part.lookalikes))
