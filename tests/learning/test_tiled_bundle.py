"""Small squares in large frames, taught in tiles: what the bundle keeps of it, and what its detector then sees."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.bundle import Bundle
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.detections import Detections
from inspector.labeling.annotation import Annotation, Annotations, Box, State, write_annotations
from inspector.labeling.dataset import build
from inspector.labeling.extraction import extract
from inspector.learning.bundling import find_thresholds, make_bundle
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import train
from inspector.recipe import Component, Label, Recipe
from inspector.settings import Workspace
from inspector.tiled import TiledDetector
from inspector.validation.held_out import held_out_frames
from inspector.validation.replay import replay
from tests.learning.untraced import steps_untraced

RECIPE = Recipe(name="board", components=(Component(name="pin"),))
SIZE = (200, 120)


def ground(rng: np.random.Generator) -> np.ndarray:
    return np.clip(rng.normal(90, 8, (SIZE[1], SIZE[0], 3)), 0, 255).astype(np.uint8)


def recorded(place: Workspace, positive: bool) -> None:
    """Eight frames, with a bright square of 12 pixels in each, or with none."""
    rng = np.random.default_rng(int(positive))
    source = place.folder / "source" / str(positive)
    source.mkdir(parents=True)
    boxes = {}
    for number in range(8):
        picture, (x, y) = ground(rng), rng.integers(0, 100, 2).tolist()
        if positive:
            picture[y : y + 12, x : x + 12] = 250
        cv2.imwrite(str(source / f"{number}.png"), picture)
        boxes[f"{number}.png"] = Box.of(Label("pin"), (x, y, x + 12, y + 12))
    folder = import_media(source, place, RECIPE, ["pin"], positive=positive, pattern=None, by="maria")
    extract(folder, read_recording(folder))
    if positive:
        known = {name: Annotation(state=State.BOXES, boxes=(box,), by="maria") for name, box in boxes.items()}
        write_annotations(folder, Annotations(frames=known))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = Workspace(tmp_path_factory.mktemp("tiles") / "workspace")
    for positive in (True, False):
        recorded(place, positive)
    return place


@pytest.fixture(scope="module")
def dataset(place):
    return build(place, RECIPE, tiles=(96, 96), input_size=(96, 96))


@pytest.fixture(scope="module")
def bundle(place, dataset):
    with steps_untraced():
        trained = train(dataset, RECIPE, TrainingSettings(steps=2, batch=4, boundary=0.3, boosting=0.5))
    return Bundle.open(make_bundle(dataset, RECIPE, trained, place.bundles))


def test_a_bundle_of_tiles_proves_itself_on_whole_frames(bundle, dataset):
    manifest = bundle.manifest
    assert manifest.tiles == dataset.tiles
    assert (manifest.input_size, manifest.frame_size) == ((96, 96), SIZE)
    assert len(manifest.recordings) == 2
    assert [image.shape for _, image in bundle.golden_frames()] == [(SIZE[1], SIZE[0], 3)] * len(manifest.golden)
    assert len(manifest.golden) == len({(bundle.folder / golden.file).read_bytes() for golden in manifest.golden})
    assert bundle.prove(bundle.detector()) == len(manifest.golden)


def test_it_is_validated_on_whole_frames(place, bundle):
    frames = held_out_frames(place, bundle)
    assert len(frames) == 4
    assert all(frame.tuned for frame in frames)
    run = replay(bundle, bundle.detector(), ((frame.truth, frame.shot.image()) for frame in frames))
    assert run.sizes == (SIZE,) * 4


class Sure:
    """Says that a pin is wherever it is bright, and notes what it was shown."""

    labels = (Label("pin"),)

    def __init__(self) -> None:
        self.sizes: list[tuple[int, ...]] = []

    def detect(self, image) -> Detections:
        self.sizes.append(image.shape)
        y, x = np.nonzero(image[..., 0] > 240)
        boxes = np.array([[x.min(), y.min(), x.max() + 1, y.max() + 1]] if len(x) else [], np.float32).reshape(-1, 4)
        return Detections(boxes, np.full(len(boxes), 0.9, np.float32), np.zeros(len(boxes), np.int32), self.labels)


def test_working_scores_are_found_on_whole_frames(dataset):
    seen = Sure()
    # Of every frame the one pin: nothing wrong, so half way down from 0.9 to the floor.
    chosen = find_thresholds(dataset, TiledDetector(seen, dataset.tiles))
    assert chosen == find_thresholds(dataset, Sure())
    assert 0.05 < chosen["pin"] < 0.9
    tiles = len(dataset.tiles.tiles(SIZE))
    assert len(seen.sizes) == 16 * tiles
    assert set(seen.sizes) == {(96, 96, 3)}


def test_working_scores_are_found_though_the_recordings_are_gone(dataset):
    def gone(part):
        return replace(part, originals=tuple(replace(one, path=Path("gone.png")) for one in part.originals))

    left = replace(dataset, train=gone(dataset.train), held_out=gone(dataset.held_out))
    seen = Sure()
    assert 0.05 < find_thresholds(left, TiledDetector(seen, dataset.tiles))["pin"] < 0.9
    # What is left are tiles, each of which is one tile again.
    assert len(seen.sizes) == 16
