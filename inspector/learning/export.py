"""From a taught network to a bundle on disk that a station can run without any of this."""

import contextlib
import importlib.metadata
import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import area
from inspector.bundle import NETWORK, Golden, Manifest, at_least, sightings, write_manifest
from inspector.detector import Detector, LiteRtDetector
from inspector.errors import MachineError
from inspector.files import sha256, sync_folder, write_document, written_whole
from inspector.frame import utc_now
from inspector.labeling.dataset import FILE as CONTENTS
from inspector.labeling.dataset import Dataset, Part
from inspector.learning.classifier import Classifier, teach
from inspector.learning.cutouts import Cutouts, gather
from inspector.learning.first_look import as_seen_first
from inspector.learning.network import Network
from inspector.learning.scenes import classes_in, is_empty, packed, whole
from inspector.learning.settings import Second, TrainingSettings
from inspector.learning.training import Trained
from inspector.quiet import quiet
from inspector.recipe import Recipe
from inspector.second_look import NETWORK as SECOND
from inspector.second_look import Lens, SecondLook, TwoLooks, shares
from inspector.tiled import in_tiles
from inspector.validation.thresholds import Tally, choose_threshold, tally

WEIGHTS = "network.weights.h5"
PIPELINE = "pipeline.yaml"
SECOND_WEIGHTS = "second_look.weights.h5"
MOST_SCORE_DIFFERENCE = 0.01
LEAST_BOX_IOU = 0.98
PACKAGES = ("assembly-inspector", "keras", "tensorflow", "numpy", "opencv-python", "ai-edge-litert")


def to_tflite(network: Network | Classifier) -> bytes:
    """The network as LiteRT runs it: uint8 RGB `(1, H, W, 3)` in; out, of a detector, `boxes` `(1, A, 4)` and `scores`
    `(1, A, C)`, of a second look `logits` `(1, C + 1)`.

    Raises: MachineError where it cannot be converted.
    """
    import tensorflow as tf

    inference = network.inference
    width, height = network.input_size
    archive = keras.export.ExportArchive()
    archive.track(inference)
    signature = keras.InputSpec(dtype="uint8", shape=(1, height, width, 3), name="picture")
    archive.add_endpoint("serving_default", lambda picture: inference(picture, training=False), [signature])
    with tempfile.TemporaryDirectory() as folder, _silenced():
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serving_default"])
        try:
            return bytes(converter.convert())
        except Exception as error:
            raise MachineError(f"The network could not be converted for LiteRT: {error}") from error


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """TensorFlow's log while it converts: it warns of things that we chose."""
    log = logging.getLogger("tensorflow")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        with quiet():
            yield
    finally:
        log.setLevel(before)


def check_parity(network: Network, detector: LiteRtDetector, pictures: NDArray[np.uint8]) -> tuple[float, float]:
    """How far LiteRT is from Keras on pictures `(n, H, W, 3)` uint8 RGB: the largest score difference, the least box
    IoU.

    Raises: MachineError where they see different things.
    """
    expected = network.inference.predict_on_batch(pictures)
    seen = [detector.run(picture) for picture in pictures]
    difference = float(np.abs(np.stack([scores for _, scores in seen]) - expected["scores"]).max())
    overlap = _least_overlap(np.concatenate([boxes for boxes, _ in seen]), np.concatenate(expected["boxes"]))
    # Asked this way round, a network that says "not a number" fails too.
    if not (difference <= MOST_SCORE_DIFFERENCE and overlap >= LEAST_BOX_IOU):
        raise MachineError(
            f"The exported network differs from the taught one: scores by {difference:.4f}, "
            f"boxes down to IoU {overlap:.3f}. Train again; if it stays, report it with the versions of tensorflow "
            "and ai-edge-litert."
        )
    return difference, overlap


def _least_overlap(boxes: NDArray[np.float32], others: NDArray[np.float32]) -> float:
    """The least IoU of boxes `(n, 4)` with their counterparts in others, of those that hold at least a pixel."""
    solid = ((others[:, 2:] - others[:, :2]) >= 1).all(axis=1)
    a, b = boxes[solid], others[solid]
    shared = np.maximum(np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2]), 0).prod(axis=1)
    return float((shared / (area(a) + area(b) - shared)).min(initial=1.0))


def make_bundle(
    dataset: Dataset,
    recipe: Recipe,
    trained: Trained,
    bundles: Path,
    golden: int = 6,
) -> Path:
    """A complete bundle folder, whole or not at all.

    Args: bundles: the workspace's folder of bundles; golden: how many golden frames.
    Returns: the bundle's folder. Raises: MachineError where export fails or the disk is full.
    """
    made_at = utc_now()
    name = f"{recipe.name}-{made_at:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    bundles.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=bundles))
    try:
        network = _write_network(trained.network, as_seen_first(dataset, trained.settings), folder)
        if trained.settings.pipeline is not None:
            write_document(folder / PIPELINE, trained.settings.pipeline)
        first = in_tiles(network, dataset.tiles)
        detector, lens = look_again(dataset, recipe, first, trained.settings, folder)
        thresholds = find_thresholds(dataset, detector, frames=lens is not None)
        kept = _write_golden(dataset, detector, thresholds, folder, golden)
        manifest = Manifest(
            id=name,
            created_at=made_at,
            recipe=recipe,
            dataset=dataset.id,
            dataset_sha256=sha256(stated) if (stated := dataset.folder / CONTENTS).exists() else None,
            recordings=_recordings(dataset),
            input_size=dataset.input_size,
            frame_size=_frame_size(dataset),
            tiles=dataset.tiles,
            lookalikes=tuple(label.component for label in dataset.labels if label.lookalike),
            second_look=lens,
            thresholds=thresholds,
            training=_training(trained),
            architecture=trained.architecture,
            ledger=trained.ledger,
            packages=_versions(),
            golden=kept,
            files={p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()},
        )
        write_manifest(folder, manifest)
        folder.chmod(0o755)
        folder.rename(bundles / name)
        sync_folder(bundles)
    except OSError as error:
        # What HDF5 calls its strerror is a page of its insides.
        reason = os.strerror(error.errno) if error.errno else error
        raise MachineError(f"Cannot write {bundles / name}: {reason}. Free some space.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return bundles / name


def _write_network(network: Network, dataset: Dataset, folder: Path) -> LiteRtDetector:
    with written_whole(folder / NETWORK) as file:
        file.write(to_tflite(network))
    network.save_weights(str(folder / WEIGHTS))
    detector = LiteRtDetector(folder / NETWORK, dataset.labels)
    part = dataset.held_out if len(dataset.held_out) else dataset.train
    check_parity(network, detector, part.images[np.unique(np.linspace(0, len(part) - 1, 4).astype(int))])
    return detector


def look_again(
    dataset: Dataset, recipe: Recipe, first: Detector, settings: TrainingSettings, folder: Path
) -> tuple[Detector, Lens | None]:
    """The detector with a second look behind it, taught from what it sees and written into the folder; itself alone
    where none is wanted.

    Raises: MachineError where the exported second look differs from the taught one.
    """
    if settings.second_look is Second.NONE:
        return first, None
    lens = Lens(decides=settings.second_look is Second.DECIDES)
    cutouts = gather(dataset.train, dataset.labels, recipe, first, lens, settings.seed)
    network = teach(cutouts, lens.side, settings.seed, settings.second_steps)
    with written_whole(folder / SECOND) as file:
        file.write(to_tflite(network))
    network.save_weights(str(folder / SECOND_WEIGHTS))
    second = SecondLook(folder / SECOND)
    check_second(network, second, cutouts)
    return TwoLooks(first, second, dataset.labels, lens), lens


def check_second(network: Classifier, second: SecondLook, cutouts: Cutouts) -> float:
    """How far LiteRT is from Keras on some cut-outs: the largest difference of a share.

    Raises: MachineError where they see different things.
    """
    some = np.unique(np.linspace(0, len(cutouts) - 1, 32).astype(int))
    expected = network.inference.predict_on_batch(cutouts.pictures[some])["logits"]
    seen = np.stack([second.run(picture) for picture in cutouts.pictures[some]])
    asked = cutouts.asked[some]
    difference = float(np.abs(shares(seen, asked) - shares(expected, asked)).max())
    if not difference <= MOST_SCORE_DIFFERENCE:
        raise MachineError(
            f"The exported second look differs from the taught one by {difference:.4f}. Train again; if it stays, "
            "report it with the versions of tensorflow and ai-edge-litert."
        )
    return difference


def find_thresholds(dataset: Dataset, detector: Detector, enough: int = 20, frames: bool = False) -> dict[str, float]:
    """The working score of each component, from held-out frames, and from training frames where there are few of those.

    Args: enough: held-out frames with, and without, the component from which the training frames are not asked; frames:
    show it the full frames, as a second look needs them, and not the packed ones.
    """
    found: dict[str, float] = {}
    seen: dict[str, Tally] = {}
    for component in dict.fromkeys(label.component for label in dataset.labels):
        parts = [dataset.held_out]
        if min(_count(dataset.held_out, dataset, component)) < enough:
            parts.append(dataset.train)
        seen[component] = sum((_tally(part, dataset, detector, component, frames) for part in parts), Tally())
        found[component] = choose_threshold(seen[component].right, seen[component].wrong)
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
    dataset: Dataset,
    detector: Detector,
    thresholds: dict[str, float],
    folder: Path,
    count: int,
) -> tuple[Golden, ...]:
    part = dataset.held_out if len(dataset.held_out) else dataset.train
    kept = []
    for number, index in enumerate(_spread(part, count)):
        image = whole(part, index).image
        file = f"golden/{number}.png"
        with written_whole(folder / file) as target:
            target.write(cv2.imencode(".png", image)[1].tobytes())
        seen = at_least(detector.detect(image), thresholds)
        kept.append(Golden(file=file, sightings=sightings(seen)))
    return tuple(kept)


def _spread(part: Part, count: int) -> list[int]:
    """Frames spread evenly, half of them with boxes and half empty where there are both."""
    frames = np.array(part.frames, np.intp)
    empty = np.array([is_empty(part, i) for i in part.frames], bool)
    kinds = [kind for kind in (frames[~empty], frames[empty]) if len(kind)]
    picked = [kind[np.unique(np.linspace(0, len(kind) - 1, count // len(kinds)).astype(int))] for kind in kinds]
    return [int(i) for i in np.concatenate(picked)]


def _frame_size(dataset: Dataset) -> tuple[int, int] | None:
    """(width, height) of the frames in pixels; None where they differ, and where the dataset does not know."""
    sizes = {original.size for part in (dataset.train, dataset.held_out) for original in part.originals}
    return sizes.pop() if len(sizes) == 1 else None


def _recordings(dataset: Dataset) -> tuple[str, ...]:
    names = (*dataset.train.names, *dataset.held_out.names)
    return tuple(sorted({name.rsplit("/", 1)[0] for name in names}))


def _training(trained: Trained) -> dict[str, Any]:
    settings = trained.settings
    return {
        "family": str(settings.family),
        "backbone": str(settings.backbone),
        "second_look": str(settings.second_look),
        "pretrained": settings.weights is not None,
        "steps": trained.steps,
        "batch": trained.batch,
        "seed": settings.seed,
        "seconds": round(trained.seconds, 1),
        "loss": round(trained.loss, 4),
        "stopped": trained.stopped,
        "kept_step": trained.kept,
        **({"pipeline": settings.pipeline.file} if settings.pipeline else {}),
    }


def _versions() -> dict[str, str]:
    versions = {}
    for package in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions[package] = importlib.metadata.version(package)
    return versions
