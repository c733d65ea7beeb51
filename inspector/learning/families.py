"""The network that settings ask for, designed for a dataset or built again from its description."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.anchors import Level, as_level, plan
from inspector.learning.backbones import Backbone
from inspector.learning.faster_rcnn import FasterRcnn, finest_stride
from inspector.learning.network import Network
from inspector.learning.settings import Family, TrainingSettings
from inspector.learning.ssd import Ssd
from inspector.learning.stages import FirstStage, SecondStage
from inspector.recipe import Label, Recipe


def design(dataset: Dataset, recipe: Recipe, settings: TrainingSettings) -> dict[str, Any]:
    """The architecture that suits a dataset, as plain values; the same dataset and settings always give the same."""
    kinds = shapes_of(dataset.train, dataset.labels, recipe)
    common = {
        "family": str(settings.family),
        "input_size": list(dataset.input_size),
        "labels": len(dataset.labels),
        "backbone": str(settings.backbone),
    }
    match settings.family:
        case Family.SSD:
            return common | {"levels": _plain(plan(kinds)), "boundary": settings.boundary}
        case Family.FASTER_RCNN:
            first, second = settings.first_stage, settings.second_stage
            stages = {"first_stage": first.model_dump(mode="json"), "second_stage": second.model_dump(mode="json")}
            return common | {"levels": _plain([first.level(kinds, finest_stride(settings.backbone))])} | stages


def _plain(levels: Sequence[Level]) -> list[Any]:
    return [[level.stride, [list(size) for size in level.sizes]] for level in levels]


def build(architecture: Mapping[str, Any], settings: TrainingSettings | None = None) -> Network:
    """A network with that architecture. settings: how it will learn, and from which weights it starts.

    Raises: InputError for an architecture that this version does not know, or weights that do not fit.
    """
    settings = settings or TrainingSettings()
    try:
        width, height = architecture["input_size"]
        match Family(architecture["family"]):
            case Family.SSD:
                return Ssd(
                    (width, height),
                    [as_level(level) for level in architecture["levels"]],
                    architecture["labels"],
                    Backbone(architecture["backbone"]),
                    settings.weights,
                    settings.mining,
                    architecture["boundary"],
                    settings.boosting,
                )
            case Family.FASTER_RCNN:
                (level,) = architecture["levels"]
                return FasterRcnn(
                    (width, height),
                    as_level(level),
                    architecture["labels"],
                    Backbone(architecture["backbone"]),
                    settings.weights,
                    FirstStage.model_validate(architecture["first_stage"]),
                    SecondStage.model_validate(architecture["second_stage"]),
                )
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"This version cannot build the network that is described: {error}. Train again.") from error


def shapes_of(part: Part, labels: tuple[Label, ...], recipe: Recipe) -> list[NDArray[np.float32]]:
    """For each component the `(n, 2)` widths and heights of its boxes, and lying on their side where it may turn."""
    boxes, classes = np.concatenate([EMPTY, *part.boxes]), np.concatenate([np.zeros(0, np.int32), *part.classes])
    shapes = boxes[:, 2:] - boxes[:, :2]
    found = []
    for component in recipe.components:
        mine = shapes[np.isin(classes, [labels.index(label) for label in component.labels])]
        found.append(np.concatenate([mine, mine[:, ::-1]]) if component.turns else mine)
    return found
