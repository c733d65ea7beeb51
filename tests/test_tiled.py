"""A detector on tiles sees what is in the frame.

The detector inside is a fake that sees perfectly what its tile shows: each thing is painted in a colour of its own, and
it tells the box of each colour, cut where the tile cuts it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import Boxes, as_boxes, intersection
from inspector.bundle import Bundle, Golden, Ledger, Manifest, sightings, write_manifest
from inspector.detections import Detections
from inspector.detector import LiteRtDetector
from inspector.edition import NETWORK
from inspector.errors import InputError
from inspector.files import sha256
from inspector.frame import Image, freeze, utc_now
from inspector.recipe import Component, Label, Recipe
from inspector.tiled import TiledDetector, in_tiles
from inspector.tiles import Tiling

LABELS = (Label("pin"),)
FRAME = (100, 80)
TILING = Tiling(size=(50, 40), overlap=(20, 16))


def painted(boxes: Boxes, size: tuple[int, int] = FRAME) -> Image:
    """Each thing in a colour of its own."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for colour, (xmin, ymin, xmax, ymax) in enumerate(boxes.astype(int).tolist(), start=1):
        image[ymin:ymax, xmin:xmax] = colour
    return freeze(image)


@dataclass
class SeesColours:
    """Scores what it sees by how much of it there is: a thing cut off is believed less. least: pixels that it needs."""

    labels: tuple[Label, ...] = LABELS
    least: int = 1

    def detect(self, image: Image) -> Detections:
        grey = image[..., 0]
        boxes, scores = [], []
        for colour in np.unique(grey[grey > 0]).tolist():
            y, x = np.nonzero(grey == colour)
            if len(x) >= self.least:
                boxes.append([x.min(), y.min(), x.max() + 1, y.max() + 1])
                scores.append(0.5 + 0.4 * min(len(x) / 320, 1.0))
        order = np.argsort(-np.array(scores), kind="stable").astype(np.intp)
        found = Detections(as_boxes(boxes), np.array(scores, np.float32), np.zeros(len(boxes), np.int32), self.labels)
        return found.where(order)


def apart(boxes: Boxes) -> bool:
    shared = intersection(boxes, boxes)
    return not (shared[~np.eye(len(boxes), dtype=bool)] > 0).any()


def places(widths: st.SearchStrategy[int], heights: st.SearchStrategy[int]) -> st.SearchStrategy[Boxes]:
    """Things that do not overlap; they may touch."""
    sizes = st.tuples(widths, heights)
    corners = st.tuples(st.integers(0, FRAME[0] - 4), st.integers(0, FRAME[1] - 4))
    box = st.tuples(corners, sizes).map(
        lambda one: (*one[0], min(one[0][0] + one[1][0], FRAME[0]), min(one[0][1] + one[1][1], FRAME[1]))
    )
    return st.lists(box, max_size=6).map(as_boxes).filter(apart)


def same(found: Detections, boxes: Boxes) -> bool:
    return sorted(found.boxes.tolist()) == sorted(boxes.tolist())


@given(places(st.integers(4, 18), st.integers(4, 14)))
def test_things_up_to_the_overlap_are_seen_once_and_whole(boxes: Boxes) -> None:
    assert same(TiledDetector(SeesColours(), TILING).detect(painted(boxes)), boxes)


@given(places(st.integers(30, 100), st.integers(4, 14)))
def test_things_longer_than_the_overlap_are_joined(boxes: Boxes) -> None:
    assert same(TiledDetector(SeesColours(), TILING).detect(painted(boxes)), boxes)


@given(places(st.integers(4, 18), st.integers(4, 14)), st.integers(2, 60))
def test_a_detector_that_overlooks_what_is_cut_off_changes_nothing(boxes: Boxes, least: int) -> None:
    size = boxes[:, 2:] - boxes[:, :2]
    seen = boxes[size.prod(axis=1) >= least]
    assert same(TiledDetector(SeesColours(least=least), TILING).detect(painted(boxes)), seen)


def test_the_best_come_first_with_boxes_in_pixels_of_the_frame() -> None:
    boxes = as_boxes([[70, 60, 80, 70], [10, 10, 26, 24]])
    found = TiledDetector(SeesColours(), TILING).detect(painted(boxes))
    assert found.boxes.tolist() == [[10, 10, 26, 24], [70, 60, 80, 70]]
    assert found.labels == LABELS


def test_a_frame_no_larger_than_a_tile_is_seen_whole() -> None:
    boxes = as_boxes([[3, 3, 20, 20]])
    assert same(TiledDetector(SeesColours(), TILING).detect(painted(boxes, (40, 30))), boxes)


def test_without_tiles_it_is_the_detector_itself() -> None:
    detector = SeesColours()
    assert in_tiles(detector, None) is detector


def lamps(*left_edges: int) -> Image:
    """A frame of 256x64 with red squares of 32 pixels."""
    image = np.zeros((64, 256, 3), np.uint8)
    for x in left_edges:
        image[:32, x : x + 32, 2] = 204
    return freeze(image)


def made(folder: Path, network: Path, tiling: Tiling | None) -> Bundle:
    """A bundle of `red_network`, which scores how red each half of its input of 64x32 is, with one golden frame."""
    (folder / "golden").mkdir(parents=True)
    shutil.copy(network, folder / NETWORK)
    image = lamps(64, 128)
    cv2.imwrite(str(folder / "golden/0.png"), image)
    seen = in_tiles(LiteRtDetector(network, (Label("lamp"),)), tiling).detect(image)
    manifest = Manifest(
        id=folder.name,
        created_at=utc_now(),
        recipe=Recipe(name="lamp", components=(Component(name="lamp"),)),
        dataset="lamp-1",
        recordings=(),
        input_size=(64, 32),
        tiles=tiling,
        thresholds={"lamp": 0.5},
        ledger=Ledger(
            images_with_boxes=1,
            empty_images=1,
            empty_images_drawn=1,
            negatives_in_loss=1,
            negatives_in_loss_from_empty=1,
        ),
        packages={},
        golden=(Golden(file="golden/0.png", sightings=sightings(seen.where(seen.scores >= 0.5))),),
        files={name: sha256(folder / name) for name in (NETWORK, "golden/0.png")},
    )
    write_manifest(folder, manifest)
    return Bundle.open(folder)


def test_a_bundle_says_how_its_frames_are_cut(tmp_path: Path, red_network: Path) -> None:
    tiling = Tiling(size=(64, 32), overlap=(32, 0))
    bundle = made(tmp_path / "tiled", red_network, tiling)
    assert bundle.manifest.tiles == tiling
    detector = bundle.detector()
    assert bundle.prove(detector) == 1
    found = bundle.working(detector.detect(lamps(64, 128)))
    # Whole, the frame would be 4 times smaller, and each half of it hardly red at all.
    assert sorted(found.boxes.tolist()) == [[64, 0, 96, 32], [128, 0, 160, 32]]
    whole = made(tmp_path / "whole", red_network, None)
    assert len(whole.working(whole.detector().detect(lamps(64, 128)))) == 0


def test_a_bundle_with_tiles_that_cannot_be_is_refused(tmp_path: Path, red_network: Path) -> None:
    folder = made(tmp_path / "tiled", red_network, Tiling(size=(64, 32), overlap=(32, 0))).folder
    path = folder / "bundle.yaml"
    path.write_text(path.read_text().replace("- 32\n  - 0", "- 64\n  - 0").replace("[32, 0]", "[64, 0]"))
    (folder / "bundle.yaml.sha256").write_text(f"{sha256(path)}  bundle.yaml\n")
    with pytest.raises(InputError, match="overlap by at most 75%"):
        Bundle.open(folder)
