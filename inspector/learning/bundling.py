"""From a taught network to a bundle on disk that a station can run without any of this."""

import contextlib
import importlib.metadata
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.bundle import Golden, Manifest, at_least, sightings, write_manifest
from inspector.detector import Detector, LiteRtDetector, NetworkDetector
from inspector.edition import NETWORK, Precision
from inspector.files import folder_written_whole, sha256, write_document, written_whole
from inspector.frame import Image, utc_now
from inspector.inspection.judge import settled
from inspector.labeling.dataset import FILE as CONTENTS
from inspector.labeling.dataset import RECORDINGS, Dataset, Part
from inspector.labeling.negatives import Negative, block
from inspector.learning.editions.conversion import converted
from inspector.learning.editions.parity import Trial, prove
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.scenes import classes_in, evenly, packed, some_frames, whole
from inspector.learning.second_look.first_look import as_seen_first
from inspector.learning.second_look.looking_again import look_again
from inspector.learning.settings import Second
from inspector.learning.training import Trained
from inspector.recipe import Label, Recipe
from inspector.second_look import Lens, SecondLook, TwoLooks
from inspector.settings import new_name
from inspector.tiled import in_tiles
from inspector.validation.thresholds import Tally, choose_threshold, tally

WEIGHTS = "network.weights.h5"
PIPELINE = "pipeline.yaml"
MOST_NEGATIVE = 300
"""Frames of negative recordings that are looked at for working scores, at most."""
PICTURES = 32
"""On how many the exported network is held against the taught one."""
STEPS = 5
"""Of making a bundle, for whoever is told how far it is."""
PACKAGES = ("assembly-inspector", "keras", "tensorflow", "numpy", "opencv-python", "ai-edge-litert", "openvino", "onnx")


def make_bundle(
    dataset: Dataset,
    recipe: Recipe,
    trained: Trained,
    bundles: Path,
    golden: int = 6,
    negatives: Sequence[Negative] = (),
    progress: Callable[[int, int, str], object] = lambda done, total, step: None,
    preset: str = "",
) -> Path:
    """A complete bundle folder, whole or not at all.

    Args: bundles: the workspace's folder of bundles; golden: how many golden frames; negatives: recordings whose frames
    hold nothing, extracted or not: what is found there is wrong when working scores are chosen. progress: is told
    (steps done, STEPS, what comes next). preset: the name of the one that it was taught by, "" where nobody knows.
    Returns: the bundle's folder. Raises: MachineError where export fails or the disk is full.
    """
    made_at = utc_now()
    name = new_name(recipe.name)
    with folder_written_whole(bundles / name) as folder:
        progress(0, STEPS, "converting the network")
        network = _write_network(trained, as_seen_first(dataset, trained.settings), folder)
        if trained.settings.second_look is not Second.NONE:
            progress(0, STEPS, "teaching the second look")
        second = look_again(dataset, recipe, in_tiles(network, dataset.tiles), trained.settings, folder)
        around = partial(_around, dataset, second)
        detector = around(network)
        if trained.settings.pipeline is not None:
            write_document(folder / PIPELINE, trained.settings.pipeline)
        progress(1, STEPS, "looking at negative recordings")
        strays = found_on(block(negatives, 0, 1, MOST_NEGATIVE), detector)
        progress(2, STEPS, "choosing working scores")
        unwanted = [component.name for component in recipe.components if not component.count]
        thresholds = find_thresholds(dataset, detector, frames=second is not None, strays=strays, unwanted=unwanted)
        progress(3, STEPS, "keeping golden frames")
        pictures = [whole(unseen(dataset), index).image for index in some_frames(unseen(dataset), golden)]
        kept = _write_golden(pictures, detector, thresholds, folder)
        keep_what_taught(dataset, folder)
        progress(4, STEPS, "holding it against the taught network")
        manifest = Manifest(
            id=name,
            created_at=made_at,
            recipe=recipe,
            dataset=dataset.id,
            dataset_sha256=sha256(stated) if (stated := dataset.folder / CONTENTS).exists() else None,
            recordings=_recordings(dataset),
            input_size=dataset.input_size,
            frame_size=_frame_size(dataset),
            frame_sizes=frame_sizes(dataset),
            tiles=dataset.tiles,
            lookalikes=tuple(label.component for label in dataset.labels if label.lookalike),
            second_look=second[1] if second else None,
            thresholds=thresholds,
            training=_training(trained, preset),
            settings=trained.settings.model_dump(mode="json", exclude={"pipeline", "weights"}),
            architecture=trained.architecture,
            parity=prove(
                KerasDetector(trained.network, network.taught),
                network,
                Trial(pictures_of(unseen(dataset), PICTURES), pictures, settled(recipe, thresholds, {}), around),
                Precision.FLOAT,
                "The exported network",
            ),
            ledger=trained.ledger,
            packages=versions(),
            golden=kept,
            files=hashes(folder),
        )
        write_manifest(folder, manifest)
    progress(STEPS, STEPS, "")
    return bundles / name


def keep_what_taught(dataset: Dataset, folder: Path) -> None:
    """What the dataset states of itself and its recordings, to be asked when both are gone: which frames, what was true
    of them, who said so, and how the camera saw.
    """
    if (dataset.folder / CONTENTS).exists():
        shutil.copy(dataset.folder / CONTENTS, folder / CONTENTS)
        if (dataset.folder / RECORDINGS).exists():
            shutil.copytree(dataset.folder / RECORDINGS, folder / RECORDINGS)


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder, by its path there."""
    return {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def _write_network(trained: Trained, dataset: Dataset, folder: Path) -> LiteRtDetector:
    with written_whole(folder / NETWORK) as file:
        file.write(converted(trained.network, trained.architecture))
    trained.network.save_weights(str(folder / WEIGHTS))
    return LiteRtDetector(folder / NETWORK, dataset.labels)


def _around(dataset: Dataset, second: tuple[SecondLook, Lens] | None, network: NetworkDetector) -> Detector:
    """A network that sees frames as the bundle's sees them."""
    detector = in_tiles(network, dataset.tiles)
    return TwoLooks(detector, second[0], dataset.labels, second[1]) if second else detector


def unseen(dataset: Dataset) -> Part:
    """The frames that taught nothing, or those that did where there are no others."""
    return dataset.held_out if len(dataset.held_out) else dataset.train


def found_on(negatives: Sequence[Negative], detector: Detector) -> list[tuple[Label, float]]:
    """What a detector finds on frames where it is not, and its score. Raises: FileProblems for what cannot be read."""
    found = []
    for negative in negatives:
        for seen in (detector.detect(frame.image) for frame in negative.frames()):
            every = zip(map(seen.label, range(len(seen))), seen.scores.tolist(), strict=True)
            found += [(label, score) for label, score in every if label in negative.absent]
    return found


def pictures_of(part: Part, most: int) -> NDArray[np.uint8]:
    """`(n, H, W, 3)` packed pictures, at most so many, evenly spread."""
    return part.images[evenly(part.empty, most)]


def find_thresholds(
    dataset: Dataset,
    detector: Detector,
    enough: int = 20,
    frames: bool = False,
    strays: Sequence[tuple[Label, float]] = (),
    unwanted: Sequence[str] = (),
) -> dict[str, float]:
    """The working score of each component, from held-out frames, and from training frames where there are few of those.

    Args: enough: held-out frames with, and without, the component from which the training frames are not asked; frames:
    show it the full frames, as a second look needs them, and not the packed ones; strays: what was found where nothing
    is, and its score; unwanted: the components that must not be there.
    """
    found: dict[str, float] = {}
    seen: dict[str, Tally] = {}
    for component in dict.fromkeys(label.component for label in dataset.labels):
        parts = [dataset.held_out]
        if min(_count(dataset.held_out, dataset, component)) < enough:
            parts.append(dataset.train)
        seen[component] = sum((_tally(part, dataset, detector, component, frames) for part in parts), Tally())
        wrong = (*seen[component].wrong, *(score for label, score in strays if label.component == component))
        found[component] = choose_threshold(seen[component].right, wrong, component in unwanted)
    return found


def _columns(dataset: Dataset, component: str) -> NDArray[np.intp]:
    """The classes that are reported of a component: what is found where a lookalike stands is wrong."""
    return np.flatnonzero([label.component == component and not label.lookalike for label in dataset.labels])


def _count(part: Part, dataset: Dataset, component: str) -> tuple[int, int]:
    """Frames that teach the component: with it, and without it."""
    columns = _columns(dataset, component)
    teaching = [classes_in(part, i) for i in part.frames if part.taught[i, columns].any()]
    held = sum(bool(np.isin(classes, columns).any()) for classes in teaching)
    return held, len(teaching) - held


def _tally(part: Part, dataset: Dataset, detector: Detector, component: str, frames: bool) -> Tally:
    columns = _columns(dataset, component)
    total = Tally()
    for i in part.frames:
        if part.taught[i, columns].any():
            # The packed picture is at hand; whoever takes tiles or cut-outs himself needs the frame.
            scene = whole(part, i) if frames or dataset.tiles is not None else packed(part, i)
            mine = np.isin(scene.classes, columns)
            total += tally(detector.detect(scene.image).of(component), scene.boxes[mine], scene.classes[mine])
    return total


def _write_golden(
    pictures: Sequence[Image], detector: Detector, thresholds: dict[str, float], folder: Path
) -> tuple[Golden, ...]:
    kept = []
    for number, image in enumerate(pictures):
        file = f"golden/{number}.png"
        with written_whole(folder / file) as target:
            target.write(cv2.imencode(".png", image)[1].tobytes())
        kept.append(see_golden(file, image, detector, thresholds))
    return tuple(kept)


def see_golden(file: str, image: Image, detector: Detector, thresholds: Mapping[str, float]) -> Golden:
    """A golden frame with what the detector sees in it."""
    return Golden(file=file, sightings=sightings(at_least(detector.detect(image), thresholds)))


def _frame_size(dataset: Dataset) -> tuple[int, int] | None:
    """(width, height) of the frames in pixels; None where they differ, and where the dataset does not know."""
    sizes = {original.size for part in (dataset.train, dataset.held_out) for original in part.originals}
    return sizes.pop() if len(sizes) == 1 else None


def frame_sizes(dataset: Dataset) -> dict[str, tuple[int, int]]:
    """Where frames differ, that of each component whose own do not, as those of several cameras do."""
    found: dict[str, set[tuple[int, int]]] = {}
    for part in (dataset.train, dataset.held_out):
        for original, taught in zip(part.originals, part.taught, strict=False):
            for number in np.flatnonzero(taught):
                found.setdefault(dataset.labels[number].component, set()).add(original.size)
    differ = len(set().union(*found.values())) > 1
    return {name: sizes.pop() for name, sizes in found.items() if len(sizes) == 1} if differ else {}


def _recordings(dataset: Dataset) -> tuple[str, ...]:
    names = (*dataset.train.names, *dataset.held_out.names)
    return tuple(sorted({name.rsplit("/", 1)[0] for name in names}))


def _training(trained: Trained, preset: str) -> dict[str, Any]:
    settings = trained.settings
    return {
        **({"preset": preset} if preset else {}),
        "family": str(settings.family),
        "backbone": str(settings.backbone),
        "second_look": str(settings.second_look),
        "pretrained": settings.weights is not None,
        **({"weights_sha256": sha256(settings.weights)} if settings.weights and settings.weights.exists() else {}),
        "steps": trained.steps,
        "batch": trained.batch,
        "seed": settings.seed,
        "seconds": round(trained.seconds, 1),
        "loss": round(trained.loss, 4),
        "stopped": trained.stopped,
        "kept_step": trained.kept,
        **({"pipeline": settings.pipeline.file} if settings.pipeline else {}),
    }


def versions() -> dict[str, str]:
    versions = {}
    for package in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions[package] = importlib.metadata.version(package)
    return versions
