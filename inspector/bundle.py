"""One folder with all that a trained detector needs to run and to be traced back. Runs on LiteRT, never on TensorFlow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from pydantic import Field

from inspector.boxes import iou
from inspector.detections import Detections, suppress
from inspector.errors import InputError
from inspector.files import Document, Section, read_document, sha256, write_document
from inspector.frame import Image, freeze
from inspector.preprocess import letterbox
from inspector.recipe import Label, Recipe

FILE = "bundle.yaml"
NETWORK = "network.tflite"
FLOOR = 0.01


class Sighting(Section):
    """One detection that a golden frame must show. xyxy in pixels of the frame."""

    component: str
    pattern: str | None = None
    score: float
    xyxy: tuple[float, float, float, float]


class Golden(Section):
    """A frame kept in the bundle, and what the detector saw in it where it was made, above the thresholds."""

    file: str
    sightings: tuple[Sighting, ...] = ()


class Ledger(Section):
    """How many negatives truly taught the detector.

    empty_images: verified-empty frames in the training set; empty_images_drawn: how often one stood in a batch;
    negatives_in_loss: anchors without an object that reached the loss, those from verified-empty images in
    negatives_in_loss_from_empty.
    """

    images_with_boxes: int
    empty_images: int
    empty_images_drawn: int
    negatives_in_loss: int
    negatives_in_loss_from_empty: int


class Manifest(Document):
    """`bundle.yaml`: from a verdict one can walk back to each frame that taught it.

    input_size and frame_size: (width, height) in pixels; frame_size None where the pictures differed.
    thresholds: the working score for each component, found on held-out frames. files: SHA-256 of each file.
    """

    id: str
    created_at: datetime
    recipe: Recipe
    dataset: str
    recordings: tuple[str, ...]
    input_size: tuple[int, int]
    frame_size: tuple[int, int] | None = None
    thresholds: dict[str, float]
    training: dict[str, str | int | float | bool | None] = {}
    ledger: Ledger
    packages: dict[str, str]
    golden: tuple[Golden, ...] = ()
    files: dict[str, str] = Field(min_length=1)

    @property
    def labels(self) -> tuple[Label, ...]:
        return self.recipe.labels

class Detector(Protocol):
    """Sees components in a frame. One thread at a time calls it."""

    labels: tuple[Label, ...]

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        ...


class LiteRtDetector:
    """The network of a bundle on LiteRT.

    The network takes `(1, H, W, 3)` uint8 RGB and gives decoded boxes `(1, A, 4)` xyxy in pixels of its input and scores
    `(1, A, C)`; names of the outputs: `boxes`, `scores`.

    Raises: InputError where the file is no such network.
    """

    def __init__(self, network: Path, labels: tuple[Label, ...], threads: int = 2) -> None:
        self.labels = labels
        try:
            self._interpreter = Interpreter(model_path=str(network), num_threads=threads)
            self._run = self._interpreter.get_signature_runner("serving_default")
            details = self._run.get_input_details()
            (self._input,) = details
            _, height, width, _ = details[self._input]["shape"]
        except (ValueError, RuntimeError, KeyError) as error:
            raise InputError(f"{network} is not a detector that this version can run: {error}") from error
        self.input_size = (int(width), int(height))

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        picture, fit = letterbox(image, self.input_size)
        boxes, scores = self.run(picture)
        found = suppress(boxes, scores, self.labels, FLOOR)
        return Detections(fit.to_frame(found.boxes), found.scores, found.classes, self.labels)

    def run(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The network alone: boxes `(A, 4)` in pixels of the input and scores `(A, C)` of a letterboxed picture."""
        outputs = self._run(**{self._input: picture[None]})
        return outputs["boxes"][0], outputs["scores"][0]


@dataclass(frozen=True)
class Bundle:
    """A bundle on disk whose every byte is as it was made."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> "Bundle":
        """Read the manifest and verify the hash of each file.

        Raises: InputError where it is no bundle, or where a file is missing, changed or not listed.
        """
        if not (folder / FILE).is_file():
            raise InputError(f"{folder} is not a bundle: it holds no {FILE}. Bundles are made with: inspector train RECIPE")
        manifest = read_document(folder / FILE, Manifest)
        present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()} - {FILE}
        for name in sorted(present ^ manifest.files.keys()):
            state = "is missing" if name in manifest.files else "does not belong to it"
            raise InputError(f"The bundle {manifest.id} was changed: {name} {state}. Train it again or copy it again.")
        for name, expected in manifest.files.items():
            if (folder / name).is_symlink() or sha256(folder / name) != expected:
                raise InputError(f"The bundle {manifest.id} was changed: {name} is not the file that was made. Copy it again.")
        return cls(folder, manifest)

    def detector(self, threads: int = 2) -> LiteRtDetector:
        """The bundle's network, ready to run."""
        detector = LiteRtDetector(self.folder / NETWORK, self.manifest.labels, threads)
        detector.run(np.zeros((self.manifest.input_size[1], self.manifest.input_size[0], 3), np.uint8))
        return detector

    def threshold(self, component: str) -> float:
        """The working score: the one that the recipe sets, else the one found on held-out frames."""
        return self.manifest.recipe.component(component).threshold or self.manifest.thresholds[component]

    def working(self, detections: Detections) -> Detections:
        """Those at or above their component's working score."""
        least = np.array([self.threshold(label.component) for label in detections.labels], np.float32)
        return detections.where(detections.scores >= least[detections.classes])

    def golden_frames(self) -> list[tuple[Golden, Image]]:
        """The kept frames, decoded."""
        frames = []
        for golden in self.manifest.golden:
            image = cv2.imread(str(self.folder / golden.file))
            if image is None:
                raise InputError(f"The bundle {self.manifest.id} was changed: {golden.file} cannot be read.")
            frames.append((golden, freeze(image)))
        return frames

    def prove(self, detector: Detector) -> int:
        """Show that this machine sees in the golden frames what the machine that made the bundle saw.

        Returns: how many golden frames there were. Raises: InputError on the first that differs.
        """
        frames = self.golden_frames()
        for golden, image in frames:
            if not _same(golden.sightings, self.working(detector.detect(image))):
                raise InputError(
                    f"The bundle {self.manifest.id} does not work on this machine: it sees other things in {golden.file} "
                    "than where it was made. Train it on this machine."
                )
        return len(frames)


def sightings(detections: Detections) -> tuple[Sighting, ...]:
    """Detections as they are kept in a manifest."""
    return tuple(
        Sighting(
            component=detections.label(i).component,
            pattern=detections.label(i).pattern,
            score=round(float(detections.scores[i]), 4),
            xyxy=tuple(round(float(v), 1) for v in detections.boxes[i]),
        )
        for i in range(len(detections))
    )


def _same(expected: Sequence[Sighting], seen: Detections) -> bool:
    """Whether each sighting has its detection, of the same label and place, and nothing else is there."""
    if len(expected) != len(seen):
        return False
    names = [Label(s.component, s.pattern) for s in expected]
    overlaps = iou(np.array([s.xyxy for s in expected], np.float32).reshape(-1, 4), seen.boxes)
    free = set(range(len(seen)))
    for name, row in zip(names, overlaps, strict=True):
        partner = next((i for i in free if row[i] > 0.8 and seen.label(i) == name), None)
        if partner is None:
            return False
        free.remove(partner)
    return True


class Promotions(Document):
    """`bundles/<recipe>.promoted.yaml`: the bundles that a recipe was given, the present one last."""

    bundles: tuple[str, ...] = ()


def promotions(bundles: Path, recipe: str) -> Promotions:
    path = _promotions_file(bundles, recipe)
    return read_document(path, Promotions) if path.exists() else Promotions()


def promote(bundles: Path, bundle: Bundle) -> None:
    """Make it the recipe's bundle from now on."""
    recipe = bundle.manifest.recipe.name
    earlier = promotions(bundles, recipe).bundles
    if earlier[-1:] != (bundle.manifest.id,):
        write_document(_promotions_file(bundles, recipe), Promotions(bundles=(*earlier, bundle.manifest.id)))


def step_back(bundles: Path, recipe: str) -> str:
    """Make the bundle before the present one the recipe's again; returns its id.

    Raises: InputError where there was none before.
    """
    earlier = promotions(bundles, recipe).bundles
    if len(earlier) < 2:
        raise InputError(f"The recipe '{recipe}' had no other bundle before this one.")
    write_document(_promotions_file(bundles, recipe), Promotions(bundles=earlier[:-1]))
    return earlier[-2]


def promoted(bundles: Path, recipe: str) -> Bundle:
    """The recipe's bundle, verified.

    Raises: InputError where none was promoted.
    """
    given = promotions(bundles, recipe).bundles
    if not given:
        raise InputError(f"The recipe '{recipe}' has no bundle yet. Make one with: inspector train {recipe}, then inspector promote BUNDLE")
    return Bundle.open(bundles / given[-1])


def _promotions_file(bundles: Path, recipe: str) -> Path:
    return bundles / f"{recipe}.promoted.yaml"
