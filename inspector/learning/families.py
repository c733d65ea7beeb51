"""The network that settings ask for, designed for a dataset or built again from its description."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import EMPTY
from inspector.errors import InputError
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.anchor_free import AnchorFree
from inspector.learning.anchors import STRIDES, Level, as_level, plan
from inspector.learning.backbones import Backbone
from inspector.learning.network import Network
from inspector.learning.objective import FOCUSING, Objective
from inspector.learning.objective import settle as settle_objective
from inspector.learning.settings import Family, TrainingSettings
from inspector.learning.single_stage import SingleStage
from inspector.learning.ssd import Ssd
from inspector.learning.two_stage.faster_rcnn import FasterRcnn
from inspector.learning.two_stage.stages import FirstStage, SecondStage
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
            return common | _single(settings) | {"levels": _plain(plan(kinds))}
        case Family.ANCHOR_FREE:
            return common | _single(settings) | {"strides": list(STRIDES)}
        case Family.FASTER_RCNN:
            first, second = settings.first_stage, settings.second_stage
            stages = {"first_stage": first.model_dump(mode="json"), "second_stage": second.model_dump(mode="json")}
            return common | {"levels": _plain([first.level(kinds, settings.backbone.finest_stride)])} | stages


def _single(settings: TrainingSettings) -> dict[str, Any]:
    return {"boundary": settings.boundary, "classification": str(objective_of(settings).classification)}


def _plain(levels: Sequence[Level]) -> list[Any]:
    return [[level.stride, [list(size) for size in level.sizes]] for level in levels]


def build(architecture: Mapping[str, Any], settings: TrainingSettings | None = None) -> Network:
    """A network with that architecture. settings: how it will learn, and from which weights it starts.

    Raises: InputError for an architecture that this version does not know, or weights that do not fit.
    """
    try:
        if Family(architecture["family"]) is Family.FASTER_RCNN:
            return _two_stages(architecture, settings)
        return _single_stage(architecture, settings)
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"This version cannot build the network that is described: {error}. Train again.") from error


OWN = {Family.SSD: Ssd.OBJECTIVE, Family.ANCHOR_FREE: AnchorFree.OBJECTIVE}
"""The objective of a single-stage family where nobody asks for another."""


def objective_of(settings: TrainingSettings) -> Objective:
    """What the settings ask for, or else the family's own."""
    return settings.objective or OWN[settings.family]


def usual_objective(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What an objective is where nothing else is said of it, as plain values: the family's own, without its mining
    where what is asked for chooses its examples otherwise.

    Args: asked: settings of a training, not yet checked, whose `objective` says a part of it.
    """
    family, said = asked.get("family", Family.SSD), asked["objective"]
    if family not in OWN or not isinstance(said, Mapping):
        return {}
    own = OWN[Family(family)].model_dump(mode="json")
    if said.get("random_examples") is not None or said.get("classification") in FOCUSING:
        own["mining"] = None
    return own


def settle(settings: TrainingSettings, empty_images: int) -> tuple[TrainingSettings, tuple[str, ...]]:
    """The settings under which verified-empty images teach, and what a person should hear of them, in sentences.

    Args: empty_images: how many verified-empty images there are to learn from.
    """
    if settings.family is Family.FASTER_RCNN:
        # Both of its stages count every picture alike, so that empty ones teach under any settings.
        return settings, settings.second_stage.remarks
    objective, remarks = settle_objective(objective_of(settings), empty_images)
    return settings.model_copy(update={"objective": objective}), remarks


def taught_under(network: Network, settings: TrainingSettings) -> Network:
    """A network that learned before, which from now on learns under these settings: what they settled may have been
    settled for other frames.
    """
    if isinstance(network, SingleStage):
        network.objective = objective_of(settings)
    return network


def _single_stage(architecture: Mapping[str, Any], settings: TrainingSettings | None) -> Network:
    if settings is None:
        weights, objective, boosting = None, Objective(classification=architecture["classification"]), 0.0
    else:
        weights, objective, boosting = settings.weights, objective_of(settings), settings.boosting
    width, height = architecture["input_size"]
    labels, backbone = architecture["labels"], Backbone(architecture["backbone"])
    rest = (backbone, weights, objective, architecture["boundary"], boosting)
    if Family(architecture["family"]) is Family.ANCHOR_FREE:
        return AnchorFree((width, height), labels, architecture["strides"], *rest)
    return Ssd((width, height), [as_level(level) for level in architecture["levels"]], labels, *rest)


def _two_stages(architecture: Mapping[str, Any], settings: TrainingSettings | None) -> Network:
    width, height = architecture["input_size"]
    (level,) = architecture["levels"]
    return FasterRcnn(
        (width, height),
        as_level(level),
        architecture["labels"],
        Backbone(architecture["backbone"]),
        settings.weights if settings else None,
        FirstStage.model_validate(architecture["first_stage"]),
        SecondStage.model_validate(architecture["second_stage"]),
    )


def shapes_of(part: Part, labels: tuple[Label, ...], recipe: Recipe) -> list[NDArray[np.float32]]:
    """For each component the `(n, 2)` widths and heights of its boxes, and lying on their side where it may turn."""
    boxes, classes = np.concatenate([EMPTY, *part.boxes]), np.concatenate([np.zeros(0, np.int32), *part.classes])
    shapes = boxes[:, 2:] - boxes[:, :2]
    found = []
    for component in recipe.components:
        mine = shapes[np.isin(classes, [i for i, label in enumerate(labels) if label.component == component.name])]
        found.append(np.concatenate([mine, mine[:, ::-1]]) if component.turns else mine)
    return found
