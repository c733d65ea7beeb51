"""One folder with all that a trained detector needs to run and to be traced back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self

import cv2
import numpy as np
from pydantic import Field, field_validator, model_validator

from inspector.boxes import iou
from inspector.detections import Detections
from inspector.detector import Detector, NetworkDetector
from inspector.edition import DETECTORS, FILES, Edition, Format, Parity
from inspector.errors import InputError
from inspector.files import Document, Section, changes_in, is_sealed, read_document, write_document, write_sealed
from inspector.frame import Image, freeze
from inspector.recipe import Label, Recipe, without_patterns
from inspector.second_look import NETWORK as SECOND
from inspector.second_look import Lens, SecondLook, TwoLooks
from inspector.settings import check_name, pick
from inspector.tiled import in_tiles
from inspector.tiles import Tiling

FILE = "bundle.yaml"
SEAL = "bundle.yaml.sha256"
PROMOTED = ".promoted.yaml"
NOTHING_COUNTS = float(np.nextafter(np.float32(1), np.float32(2)))
"""The working score that no score reaches: that of a component of which something wrong scored 1."""
MOST_DRIFT = 0.05
"""Of a golden frame's scores from machine to machine. In float they agree to the fourth digit; int8 on a processor of
another make rounds otherwise, or runs over."""


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


class Search(Section):
    """What a detector found where nothing is: every detection is an error by definition.

    frames: how many were looked at; found: detections on them; highest: the best score among these, 0 without any.
    """

    frames: int
    found: int
    highest: float = 0.0

    def __str__(self) -> str:
        frames = "1 frame" if self.frames == 1 else f"{self.frames} frames"
        if not self.found:
            return f"nothing on {frames}"
        things = "1 thing" if self.found == 1 else f"{self.found} things"
        return f"{things} on {frames} (highest score {self.highest:.2f})"


class Round(Section):
    """One round of hard negatives: what was found, what of it was trained on, and what is found since.

    before, after: of the same frames. fresh: of frames that no round has looked at; a round is the last where that is
    silent. taken: the names of the frames trained on, `recording/frame`. steps: batches of the further training. kept:
    whether the detector stayed as the round left it, or as it was before, since the round cost it what it knew.
    """

    before: Search
    after: Search
    fresh: Search
    taken: tuple[str, ...]
    steps: int
    kept: bool = True


class Ledger(Section):
    """How many negatives truly taught the detector.

    Images are frames; where frames are cut, tiles, and those of the background of frames with boxes are empty ones too.
    empty_images: verified-empty ones in the training set; empty_images_drawn: how often one stood in a batch;
    negatives_in_loss: anchors without an object that reached the loss, those from verified-empty images in
    negatives_in_loss_from_empty. first: what the trained detector found on negative recordings before any round of
    hard negatives, None where nobody looked; rounds: those that followed.
    """

    images_with_boxes: int
    empty_images: int
    empty_images_drawn: int
    negatives_in_loss: int
    negatives_in_loss_from_empty: int
    first: Search | None = None
    rounds: tuple[Round, ...] = ()


class Manifest(Document):
    """`bundle.yaml`: from a verdict one can walk back to each frame that taught it.

    input_size and frame_size: (width, height) in pixels; frame_size None where the pictures differed, and frame_sizes
    then has that of each component whose own did not. tiles: how frames are cut before the network sees them, None
    where it sees them whole.
    dataset_sha256: of the dataset's own `dataset.yaml`, which is kept in the bundle too, beside all that was stated of
    each recording in `recordings/<id>/`: its frames and their hashes, annotations, the camera's fingerprint.
    lookalikes: the components whose lookalikes the network was taught. second_look: how it sees, None without one; it
    tells the taught labels apart, and nothing from any.
    thresholds: the working score for each component, of which what was seen in held-out frames and in negative
    recordings decides, and in training frames where few are held out. settings: all that say how it was taught, but for
    files. architecture: what the learning code builds the network from again, to train it on. edition: None where the
    network is as it was trained; parity: with that one. files: SHA-256 of each other file.
    """

    id: str
    created_at: datetime
    recipe: Recipe
    dataset: str
    dataset_sha256: str | None = None
    recordings: tuple[str, ...]
    input_size: tuple[int, int]
    frame_size: tuple[int, int] | None = None
    frame_sizes: dict[str, tuple[int, int]] = {}
    tiles: Tiling | None = None
    lookalikes: tuple[str, ...] = ()
    second_look: Lens | None = None
    thresholds: dict[str, Annotated[float, Field(ge=0, le=NOTHING_COUNTS)]]
    training: dict[str, str | int | float | bool | None] = {}
    settings: dict[str, Any] = {}
    architecture: dict[str, Any] = {}
    edition: Edition | None = None
    parity: Parity | None = None
    ledger: Ledger
    packages: dict[str, str]
    golden: tuple[Golden, ...] = ()
    files: dict[str, str]

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        return check_name(value, "the bundle")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        second = () if self.second_look is None else (SECOND,)
        for file in (*FILES[self.kept_as], *second, *(golden.file for golden in self.golden)):
            if file not in self.files:
                raise ValueError(f"files should name '{file}' and its SHA-256")
        for component in self.recipe.components:
            if component.name not in self.thresholds:
                raise ValueError(f"thresholds should name '{component.name}'")
        return self

    @field_validator("edition")
    @classmethod
    def _runs_here(cls, value: Edition | None) -> Edition | None:
        if value is not None and value.format not in DETECTORS:
            raise ValueError(f"a station runs no {value.format}")
        return value

    @property
    def labels(self) -> tuple[Label, ...]:
        """What is reported."""
        return self.recipe.labels

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """(width, height) in pixels of the pictures that taught each component, where they were of one size."""
        names = (component.name for component in self.recipe.components)
        return self.frame_sizes if self.frame_size is None else dict.fromkeys(names, self.frame_size)

    @property
    def taught_labels(self) -> tuple[Label, ...]:
        """What is reported, and the lookalikes."""
        return self.recipe.taught_labels(self.lookalikes)

    @property
    def network_labels(self) -> tuple[Label, ...]:
        """The network's classes, in the order of its scores; without patterns where a second look decides on them."""
        decides = self.second_look is not None and self.second_look.decides
        return without_patterns(self.taught_labels) if decides else self.taught_labels

    @property
    def unproved(self) -> tuple[str, ...]:
        """The components that no golden frame shows: whether they are still seen cannot be proved."""
        shown = {sighting.component for golden in self.golden for sighting in golden.sightings}
        return tuple(component.name for component in self.recipe.components if component.name not in shown)

    @property
    def kept_as(self) -> Format:
        """The format of the network's files."""
        return self.edition.format if self.edition else Format.TFLITE


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The manifest and the hash that seals it; the last step of making a bundle."""
    write_sealed(folder / FILE, manifest)


@dataclass(frozen=True)
class Bundle:
    """A bundle on disk whose every byte is as it was made."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> "Bundle":
        """Read the manifest and verify the hash of each file.

        Raises: InputError where it is no bundle, and where a file is missing, changed or not listed.
        """
        if not (folder / FILE).is_file():
            raise InputError(f"{folder} is not a bundle: it has no {FILE}. Make one with: inspector train RECIPE")
        if not is_sealed(folder / FILE):
            raise changed(folder.name, [f"{FILE} is not the file that was made"])
        manifest = read_document(folder / FILE, Manifest)
        changes = list(changes_in(folder, manifest.files, (FILE, SEAL)))
        if changes:
            raise changed(manifest.id, changes)
        return cls(folder, manifest)

    def detector(self, threads: int = 2) -> Detector:
        """The bundle's network, ready to run, on whole frames or on their tiles, as it was taught, and its second look.

        Raises: as `network` does.
        """
        return self.around(self.network(threads), threads)

    def around(self, network: NetworkDetector, threads: int = 2) -> Detector:
        """A network, this bundle's or another in its place, that sees frames as the bundle's sees them."""
        detector, lens = in_tiles(network, self.manifest.tiles), self.manifest.second_look
        return detector if lens is None else self._looking_again(detector, lens, threads)

    def network(self, threads: int = 2) -> NetworkDetector:
        """The bundle's network alone, ready to run on pictures of its input's size.

        Raises: InputError where the network is not the one that the manifest describes; MachineError where what runs it
        is not installed.
        """
        manifest = self.manifest
        file = FILES[manifest.kept_as][0]
        network = DETECTORS[manifest.kept_as](self.folder / file, manifest.network_labels, threads)
        if network.input_size != manifest.input_size or network.classes != len(manifest.network_labels):
            raise changed(manifest.id, [f"{file} is not the network that {FILE} describes"])
        return network

    def _looking_again(self, detector: Detector, lens: Lens, threads: int) -> TwoLooks:
        taught = self.manifest.taught_labels
        second = SecondLook(self.folder / SECOND, threads)
        if second.side != lens.side or second.classes != len(taught) + 1:
            raise changed(self.manifest.id, [f"{SECOND} is not the network that {FILE} describes"])
        return TwoLooks(detector, second, taught, lens)

    def threshold(self, component: str) -> float:
        """The working score: the one that the recipe sets, else the one found on held-out frames."""
        return self.manifest.recipe.component(component).threshold or self.manifest.thresholds[component]

    def working(self, detections: Detections) -> Detections:
        """Those at or above their component's working score."""
        return at_least(detections, {name: self.threshold(name) for name in self.manifest.thresholds})

    def golden_frames(self) -> list[tuple[Golden, Image]]:
        """The kept frames, decoded."""
        return [(golden, self.picture(golden)) for golden in self.manifest.golden]

    def picture(self, golden: Golden) -> Image:
        """A golden frame, decoded. Raises: InputError where it cannot be."""
        try:
            image = cv2.imread(str(self.folder / golden.file))
        except cv2.error:  # larger than anything that is decoded
            image = None
        if image is None:
            raise changed(self.manifest.id, [f"{golden.file} cannot be read"])
        return freeze(np.asarray(image, np.uint8))

    def prove(self, detector: Detector, progress: Callable[[int, int], object] = lambda done, total: None) -> int:
        """Show that this machine sees in the golden frames what the machine that made the bundle saw.

        Returns: how many golden frames there were. Raises: InputError on the first that differs.
        """
        for done, (golden, image) in enumerate(self.golden_frames(), 1):
            self.prove_on(golden, image, detector)
            progress(done, len(self.manifest.golden))
        return len(self.manifest.golden)

    def prove_on(self, golden: Golden, image: Image, detector: Detector) -> None:
        """The same of one golden frame. Raises: InputError where it differs."""
        if not _same(golden.sightings, at_least(detector.detect(image), self.manifest.thresholds)):
            fault = f"in {golden.file} it sees other things than where it was made"
            raise InputError(f"The bundle {self.manifest.id} fails on this machine: {fault}. {self._again()}")

    def _again(self) -> str:
        source = self.manifest.edition.source if self.manifest.edition else ""
        return f"Export {source} here, or use {source} itself." if source else "Train it here."


def changed(bundle: str, changes: Iterable[str]) -> InputError:
    """What to say of a bundle, by its id, that is not as it was made. changes: what is not, a phrase each."""
    return InputError(f"The bundle {bundle} was changed: {'; '.join(changes)}. Copy it again, or train it again.")


def at_least(detections: Detections, thresholds: Mapping[str, float]) -> Detections:
    """Those that score at least what their component's name has in `thresholds`."""
    least = np.array([thresholds[label.component] for label in detections.labels], np.float32)
    return detections.where(detections.scores >= least[detections.classes])


def sightings(detections: Detections) -> tuple[Sighting, ...]:
    """Detections as they are kept in a manifest."""
    return tuple(_sighting(detections, index) for index in range(len(detections)))


def _sighting(detections: Detections, index: int) -> Sighting:
    label = detections.label(index)
    xmin, ymin, xmax, ymax = (round(float(edge), 1) for edge in detections.boxes[index])
    score = round(float(detections.scores[index]), 4)
    return Sighting(component=label.component, pattern=label.pattern, score=score, xyxy=(xmin, ymin, xmax, ymax))


def _same(expected: Sequence[Sighting], seen: Detections) -> bool:
    """Whether each sighting has its detection, of the same label, place and score, and nothing else is there."""
    if len(expected) != len(seen):
        return False
    names = [Label(s.component, s.pattern) for s in expected]
    overlaps = iou(np.array([s.xyxy for s in expected], np.float32).reshape(-1, 4), seen.boxes)
    free = set(range(len(seen)))
    drifts = np.abs(np.array([s.score for s in expected], np.float32)[:, None] - seen.scores)
    for name, row, drift in zip(names, overlaps, drifts, strict=True):
        partner = next((i for i in free if row[i] > 0.8 and drift[i] <= MOST_DRIFT and seen.label(i) == name), None)
        if partner is None:
            return False
        free.remove(partner)
    return True


class Promotions(Document):
    """`bundles/<recipe>.promoted.yaml`: the bundles that a recipe was given, the present one last."""

    bundles: tuple[str, ...] = ()

    @field_validator("bundles")
    @classmethod
    def _stay_inside(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_name(name, "the bundle") for name in value)


def promotions(bundles: Path, recipe: str) -> Promotions:
    """Those of one recipe; none where nobody promoted a bundle yet."""
    path = _promotions_file(bundles, recipe)
    return read_document(path, Promotions) if path.exists() else Promotions()


def promote(bundles: Path, bundle: Bundle) -> None:
    """Make it the recipe's bundle from now on.

    Raises: InputError for one that lies elsewhere: it would not be found again.
    """
    if bundle.folder.resolve() != (bundles / bundle.manifest.id).resolve():
        raise InputError(f"Copy the bundle to {bundles / bundle.manifest.id} first: {bundle.folder} is not its place.")
    recipe = bundle.manifest.recipe.name
    earlier = promotions(bundles, recipe).bundles
    if earlier[-1:] != (bundle.manifest.id,):
        write_document(_promotions_file(bundles, recipe), Promotions(bundles=(*earlier, bundle.manifest.id)))


def bundle_before(bundles: Path, recipe: str) -> str:
    """The id of the bundle that the recipe had before the present one. Raises: InputError where there was none."""
    known = sorted(path.name.removesuffix(PROMOTED) for path in bundles.glob(f"*{PROMOTED}"))
    earlier = promotions(bundles, pick(recipe, known, "recipe with a bundle")).bundles
    if len(earlier) < 2:
        raise InputError(f"The recipe '{recipe}' had no other bundle before this one.")
    return earlier[-2]


def step_back(bundles: Path, recipe: str) -> str:
    """Make the bundle before the present one the recipe's again; returns its id. Raises: as `bundle_before`."""
    before = bundle_before(bundles, recipe)
    write_document(_promotions_file(bundles, recipe), Promotions(bundles=promotions(bundles, recipe).bundles[:-1]))
    return before


def promoted(bundles: Path, recipe: str) -> Bundle:
    """The recipe's bundle, verified. Raises: InputError where none was promoted."""
    given = promotions(bundles, recipe).bundles
    if not given:
        steps = f"inspector train {recipe}, then inspector promote BUNDLE"
        raise InputError(f"The recipe '{recipe}' has no bundle yet. Make one with: {steps}")
    return Bundle.open(bundles / given[-1])


def _promotions_file(bundles: Path, recipe: str) -> Path:
    return bundles / f"{recipe}{PROMOTED}"
