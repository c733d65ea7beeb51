"""A bundle's network once more, in another format or precision, let through only where it still sees the same."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.bundle import Bundle, write_manifest
from inspector.detector import NetworkDetector
from inspector.edition import DETECTORS, FILES, NETWORK, Edition, Format, Parity, Precision
from inspector.errors import InputError
from inspector.files import Document, Section, folder_written_whole, sha256, write_sealed, written_whole
from inspector.frame import utc_now
from inspector.inspection.judge import settled
from inspector.labeling.dataset import FILE as CONTENTS
from inspector.labeling.dataset import Dataset, open_dataset
from inspector.learning.bundling import hashes, pictures_of, see_golden, versions
from inspector.learning.editions.export import to_int8, to_openvino
from inspector.learning.editions.onnx_network import OnnxDetector, to_onnx
from inspector.learning.editions.parity import Trial, prove
from inspector.preprocess import PAD_GREY, letterbox
from inspector.second_look import Lens
from inspector.settings import Workspace, new_name
from inspector.tiles import Tiling

STATEMENT = "export.yaml"
CALIBRATED_ON = 100
TRIED_ON = 100
"""Pictures, half of them with the component and half without where there are both."""


class Port(Section):
    """What goes into a network, or comes out: its shape, the type of its numbers, and what they mean."""

    shape: tuple[int, ...]
    type: str
    meaning: str


class Statement(Document):
    """`export.yaml`: what whoever runs an exported network by other means must know of it.

    labels: what the columns of the scores stand for; thresholds: the score from which each component counts as seen.
    tiles and second_look: what a station does before and after the network, None where it does nothing more; neither is
    in the network's file.
    """

    created_at: datetime
    edition: Edition
    parity: Parity
    input: dict[str, Port]
    outputs: dict[str, Port]
    labels: tuple[str, ...]
    thresholds: dict[str, float]
    tiles: Tiling | None = None
    second_look: Lens | None = None
    packages: dict[str, str]
    files: dict[str, str]


def make_edition(place: Workspace, bundle: Bundle, kind: Format, precision: Precision) -> Path:
    """A new bundle with the network in a format that a station runs, and all else as it was.

    Returns: its folder. Raises: InputError where there is nothing to export, or nothing to calibrate on; MachineError
    where it does not see the same, where something is not installed, or where the disk is full.
    """
    edition = _wanted(bundle, kind, precision)
    name = new_name(bundle.manifest.recipe.name)
    with folder_written_whole(place.bundles / name) as folder:
        for file in sorted(set(bundle.manifest.files) - {NETWORK}):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(bundle.folder / file, folder / file)
        network, parity = _convert(place, bundle, edition, folder)
        detector, thresholds = bundle.around(network), bundle.manifest.thresholds
        changed = {
            "id": name,
            "created_at": utc_now(),
            "edition": edition,
            "parity": parity,
            "packages": versions(),
            "golden": tuple(see_golden(g.file, image, detector, thresholds) for g, image in bundle.golden_frames()),
            "files": hashes(folder),
        }
        write_manifest(folder, bundle.manifest.model_copy(update=changed))
    return place.bundles / name


def write_onnx(place: Workspace, bundle: Bundle, precision: Precision, folder: Path) -> Parity:
    """The network in ONNX, in a new folder, with a sealed statement of what it is.

    Raises: as make_edition does; InputError where the folder is there already.
    """
    edition = _wanted(bundle, Format.ONNX, precision)
    if folder.exists():
        raise InputError(f"{folder} is there already. Name a folder that is not.")
    with folder_written_whole(folder) as filled:
        detector, parity = _convert(place, bundle, edition, filled)
        write_sealed(filled / STATEMENT, _statement(bundle, edition, parity, detector, hashes(filled)))
    return parity


def _wanted(bundle: Bundle, kind: Format, precision: Precision) -> Edition:
    manifest = bundle.manifest
    if manifest.edition is not None:
        raise InputError(f"{manifest.id} is {manifest.edition}. Export {manifest.edition.source} instead.")
    if (kind, precision) == (Format.TFLITE, Precision.FLOAT):
        raise InputError(f"The network of {manifest.id} is a {kind} in {precision} as it is: {bundle.folder / NETWORK}")
    return Edition(source=manifest.id, format=kind, precision=precision)


def _convert(place: Workspace, bundle: Bundle, edition: Edition, folder: Path) -> tuple[NetworkDetector, Parity]:
    """The network's files in the folder, and the proof that they see the same."""
    threads = place.settings().threads
    first, dataset = bundle.network(threads), _dataset(place, bundle)
    with tempfile.TemporaryDirectory() as work:
        network = bundle.folder / NETWORK
        if edition.precision is Precision.INT8:
            pictures = _calibration(bundle, dataset)
            network = Path(work) / NETWORK
            network.write_bytes(to_int8((bundle.folder / NETWORK).read_bytes(), pictures))
        target = folder / FILES[edition.format][0]
        _write(network, edition.format, target)
    opens = {**DETECTORS, Format.ONNX: OnnxDetector}[edition.format]
    second = opens(target, bundle.manifest.network_labels, threads)
    return second, prove(first, second, _trial(bundle, dataset), edition.precision, str(edition))


def _write(network: Path, kind: Format, target: Path) -> None:
    if kind is Format.OPENVINO:
        to_openvino(network, target)
        return
    content = to_onnx(network) if kind is Format.ONNX else network.read_bytes()
    with written_whole(target) as file:
        file.write(content)


def _dataset(place: Workspace, bundle: Bundle) -> Dataset | None:
    """What taught the bundle; None where it is gone.

    Raises: InputError where another one lies in its place.
    """
    manifest = bundle.manifest
    folder = place.datasets / manifest.dataset
    if not (folder / CONTENTS).is_file():
        return None
    if manifest.dataset_sha256 not in (None, sha256(folder / CONTENTS)):
        raise InputError(
            f"{folder} is not the dataset that taught {manifest.id}. Put that one back, or move this away."
        )
    return open_dataset(folder)


def _calibration(bundle: Bundle, dataset: Dataset | None) -> NDArray[np.uint8]:
    """Pictures that taught the network, with and without the component.

    Raises: InputError where they are gone, or where no others are left to judge by.
    """
    if dataset is None:
        raise InputError(
            f"int8 is calibrated on the frames that taught {bundle.manifest.id}, and the dataset "
            f"{bundle.manifest.dataset} is not in this workspace. Put it back, or export in float."
        )
    if not len(dataset.held_out):
        raise InputError(
            f"The dataset {dataset.id} holds no frame out, so nothing could show that int8 sees the same. "
            "Record more, train again, or export in float."
        )
    return pictures_of(dataset.train, CALIBRATED_ON)


def _trial(bundle: Bundle, dataset: Dataset | None) -> Trial:
    """Held-out pictures, or the golden frames where there are none of those."""
    manifest = bundle.manifest
    golden = [image for _, image in bundle.golden_frames()]
    if dataset is not None and len(dataset.held_out):
        pictures = pictures_of(dataset.held_out, TRIED_ON)
    else:
        pictures = np.stack([letterbox(image, manifest.input_size)[0] for image in golden])
    recipe = settled(manifest.recipe, manifest.thresholds, manifest.sizes)
    return Trial(pictures, golden, recipe, bundle.around)


def _statement(
    bundle: Bundle, edition: Edition, parity: Parity, detector: NetworkDetector, files: dict[str, str]
) -> Statement:
    manifest = bundle.manifest
    (width, height), classes = detector.input_size, detector.classes
    boxes, _ = detector.run(np.zeros((height, width, 3), np.uint8))
    places = len(boxes)
    fitted = f"RGB; the frame scaled alike in x and y to fit, then padded right and below with grey {PAD_GREY}"
    corners = "xmin, ymin, xmax, ymax in pixels of the picture"
    sure = "0 to 1, each label by itself; several may lie on one thing"
    return Statement(
        created_at=utc_now(),
        edition=edition,
        parity=parity,
        input={"picture": Port(shape=(1, height, width, 3), type="uint8", meaning=fitted)},
        outputs={
            "boxes": Port(shape=(1, places, 4), type="float32", meaning=corners),
            "scores": Port(shape=(1, places, classes), type="float32", meaning=sure),
        },
        labels=tuple(str(label) for label in manifest.network_labels),
        thresholds={name: bundle.threshold(name) for name in manifest.thresholds},
        tiles=manifest.tiles,
        second_look=manifest.second_look,
        packages=versions(),
        files=files,
    )
