"""A bundle on disk: whole or refused, proved on the machine that runs it, promoted and taken back.

The network is a true one, made by `red_network`: it finds the redder half of a picture.
"""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from pydantic import ValidationError

from inspector.boxes import as_boxes
from inspector.bundle import (
    FILE,
    SEAL,
    Bundle,
    Golden,
    Ledger,
    Manifest,
    Sighting,
    promote,
    promoted,
    promotions,
    sightings,
    step_back,
    write_manifest,
)
from inspector.detections import Detections
from inspector.detector import FLOOR, LiteRtDetector
from inspector.edition import NETWORK
from inspector.errors import FileProblems, InputError
from inspector.files import read_document, sha256
from inspector.frame import Image, freeze, utc_now
from inspector.recipe import Component, Label, Recipe
from tests.capture.test_pictures import claiming

LAMP = Recipe(name="lamp", components=(Component(name="lamp"),))
GOLDEN = "golden/left.png"


def halves(left: int, right: int) -> Image:
    """A frame of 128x64 whose halves are that red."""
    image = np.zeros((64, 128, 3), np.uint8)
    image[:, :64, 2], image[:, 64:, 2] = left, right
    return freeze(image)


def make(folder: Path, network: Path, recipe: Recipe = LAMP, threshold: float = 0.5, **values: Any) -> Path:
    """A bundle with one golden frame, whose left half is lit. values: what else its manifest says."""
    (folder / "golden").mkdir(parents=True)
    shutil.copy(network, folder / NETWORK)
    cv2.imwrite(str(folder / GOLDEN), halves(204, 0))
    golden = Golden(file=GOLDEN, sightings=(Sighting(component="lamp", score=0.8, xyxy=(0, 0, 64, 64)),))
    manifest = Manifest(
        id=folder.name,
        created_at=utc_now(),
        recipe=recipe,
        dataset="lamp-1",
        recordings=("lamp-on", "lamp-off"),
        input_size=(64, 32),
        thresholds={component.name: threshold for component in recipe.components},
        ledger=Ledger(
            images_with_boxes=1,
            empty_images=1,
            empty_images_drawn=1,
            negatives_in_loss=1,
            negatives_in_loss_from_empty=1,
        ),
        packages={},
        golden=(golden,),
        **values,
        files={name: sha256(folder / name) for name in (NETWORK, GOLDEN)},
    )
    write_manifest(folder, manifest)
    return folder


@pytest.fixture
def folder(tmp_path: Path, red_network: Path) -> Path:
    """A whole bundle in its place."""
    return make(tmp_path / "bundles" / "lamp-1", red_network)


def test_a_bundle_opens_as_it_was_made(folder: Path) -> None:
    bundle = Bundle.open(folder)
    assert bundle.manifest.labels == (Label("lamp"),)
    assert bundle.manifest.recordings == ("lamp-on", "lamp-off")
    assert (folder / SEAL).read_text() == f"{sha256(folder / FILE)}  {FILE}\n"


def test_the_detector_sees_in_pixels_of_the_frame(folder: Path) -> None:
    found = Bundle.open(folder).detector().detect(halves(51, 204))
    np.testing.assert_array_equal(found.boxes, [[64, 0, 128, 64], [0, 0, 64, 64]])
    np.testing.assert_allclose(found.scores, [0.8, 0.2], atol=1e-6)
    assert found.classes.tolist() == [0, 0]


def test_loading_and_running_say_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Bundle.open(folder).detector().detect(halves(51, 204))
    assert capfd.readouterr() == ("", "")


def test_the_detector_tells_red_from_blue(folder: Path) -> None:
    blue = freeze(np.ascontiguousarray(halves(255, 255)[..., ::-1]))
    assert len(Bundle.open(folder).detector().detect(blue)) == 0


def test_the_detector_gives_everything_from_the_floor(folder: Path) -> None:
    found = Bundle.open(folder).detector().detect(halves(2, 3))
    np.testing.assert_allclose(found.scores, [3 / 255], atol=1e-6)
    assert 2 / 255 < FLOOR < 3 / 255


def test_working_detections_are_those_from_the_threshold(folder: Path) -> None:
    bundle = Bundle.open(folder)
    labels = bundle.manifest.labels
    scores = np.array([0.75, 0.5, 0.499], np.float32)
    seen = Detections(as_boxes([[0, 0, 9, 9]] * 3), scores, np.zeros(3, np.int32), labels)
    assert bundle.working(seen).scores.tolist() == [0.75, 0.5]


def test_the_recipes_threshold_comes_before_the_bundles(tmp_path: Path, red_network: Path) -> None:
    strict = Recipe(name="lamp", components=(Component(name="lamp", threshold=0.9),))
    assert Bundle.open(make(tmp_path / "strict", red_network, strict)).threshold("lamp") == 0.9
    assert Bundle.open(make(tmp_path / "plain", red_network)).threshold("lamp") == 0.5


@pytest.mark.parametrize("name", [FILE, SEAL, NETWORK, GOLDEN])
@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_one_changed_byte_anywhere_is_noticed(folder: Path, name: str, place: float) -> None:
    data = bytearray((folder / name).read_bytes())
    if name == SEAL:
        data = data[:64]  # what follows the hash is for `sha256sum --check` alone
    data[round(place * (len(data) - 1))] ^= 1
    (folder / name).write_bytes(data)
    named = FILE if name == SEAL else name
    with pytest.raises(InputError, match=f"lamp-1 was changed: {named} is not the file that was made"):
        Bundle.open(folder)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (SEAL, f"{FILE} is not the file that was made"),
        (NETWORK, f"{NETWORK} is missing"),
        (GOLDEN, f"{GOLDEN} is missing"),
        (FILE, "is not a bundle: it has no bundle.yaml"),
    ],
)
def test_a_missing_file_is_named(folder: Path, name: str, sentence: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InputError, match=sentence):
        Bundle.open(folder)


def test_all_changes_are_told_at_once(folder: Path) -> None:
    (folder / NETWORK).unlink()
    (folder / "extra.txt").write_text("more")
    (folder / GOLDEN).write_text("other")
    changes = f"extra.txt does not belong to it; {GOLDEN} is not the file that was made; {NETWORK} is missing"
    with pytest.raises(InputError, match=f"lamp-1 was changed: {changes}. Copy it again"):
        Bundle.open(folder)


def test_a_link_is_not_the_file_that_was_made(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / NETWORK, tmp_path / "moved")
    (folder / NETWORK).symlink_to(tmp_path / "moved")
    with pytest.raises(InputError, match=f"{NETWORK} is not the file that was made"):
        Bundle.open(folder)


def test_a_link_to_a_folder_does_not_belong(folder: Path, tmp_path: Path) -> None:
    (folder / "more").symlink_to(tmp_path)
    with pytest.raises(InputError, match="more does not belong to it"):
        Bundle.open(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes that lie in folders")
@pytest.mark.parametrize("name", ["more", NETWORK])
def test_a_pipe_is_nothing_that_was_made(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(InputError, match=f"{name} (does not belong to it|is not the file that was made)"):
        Bundle.open(folder)


@pytest.mark.parametrize("name", ["more", NETWORK])
def test_an_empty_folder_is_nothing_that_was_made(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    with pytest.raises(InputError, match=f"{name} (does not belong to it|is not the file that was made)"):
        Bundle.open(folder)


def test_a_folder_that_is_none_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Make one with: inspector train RECIPE"):
        Bundle.open(tmp_path)


def test_a_sealed_manifest_with_faults_tells_them(folder: Path) -> None:
    text = (folder / FILE).read_text().replace("dataset:", "datset:")
    (folder / FILE).write_text(text)
    (folder / SEAL).write_text(sha256(folder / FILE))
    with pytest.raises(FileProblems, match="Did you mean 'dataset'"):
        Bundle.open(folder)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"files": {GOLDEN: "0"}}, "files should name 'network.tflite'"),
        ({"files": {NETWORK: "0"}}, "files should name 'golden/left.png'"),
        ({"thresholds": {}}, "thresholds should name 'lamp'"),
        ({"id": "../lamp"}, "the bundle '../lamp' should hold"),
    ],
)
def test_what_a_manifest_must_say(folder: Path, change: dict[str, object], fault: str) -> None:
    values = read_document(folder / FILE, Manifest).model_dump()
    with pytest.raises(ValidationError, match=fault):
        Manifest.model_validate({**values, **change})


def test_a_file_that_is_no_network_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / NETWORK
    path.write_bytes(b"not a network at all")
    with pytest.raises(InputError, match="is not a detector that this version can run"):
        LiteRtDetector(path, (Label("lamp"),))


def test_a_network_with_other_classes_than_the_recipe_is_refused(tmp_path: Path, red_network: Path) -> None:
    two = Recipe(name="lamp", components=(Component(name="lamp"), Component(name="wire")))
    with pytest.raises(InputError, match=r"is not the network that bundle\.yaml describes"):
        Bundle.open(make(tmp_path / "two", red_network, two)).detector()


def test_a_bundle_proves_itself_where_it_sees_the_same(folder: Path) -> None:
    bundle = Bundle.open(folder)
    assert bundle.prove(bundle.detector()) == 1


class Sees:
    """A detector that sees the same in every picture."""

    def __init__(self, *boxes: tuple[float, float, float, float], score: float = 0.8, pattern: str | None = None):
        n = len(boxes)
        self.labels = (Label("lamp", pattern),)
        self.seen = Detections(as_boxes(boxes), np.full(n, score, np.float32), np.zeros(n, np.int32), self.labels)

    def detect(self, _: Image) -> Detections:
        """Always the same."""
        return self.seen


@pytest.mark.parametrize(
    "detector",
    [
        Sees(),
        Sees((0, 0, 64, 64), score=0.49),
        Sees((0, 0, 64, 64), score=0.74),
        Sees((64, 0, 128, 64)),
        Sees((0, 0, 64, 50)),
        Sees((0, 0, 64, 64), (64, 0, 128, 64)),
        Sees((0, 0, 64, 64), pattern="lit"),
    ],
    ids=["nothing", "too weak", "another score", "elsewhere", "smaller", "one more", "another pattern"],
)
def test_a_machine_that_sees_other_things_is_refused(folder: Path, detector: Sees) -> None:
    with pytest.raises(InputError, match=r"lamp-1 fails on this machine: in golden/left\.png it sees other things"):
        Bundle.open(folder).prove(detector)


def test_a_golden_frame_that_says_it_is_huge_is_refused(folder: Path) -> None:
    bundle = Bundle.open(folder)
    (folder / GOLDEN).write_bytes(claiming(24_000))
    with pytest.raises(InputError, match=r"golden/left\.png cannot be read"):
        bundle.golden_frames()


def test_a_little_difference_is_the_same(folder: Path) -> None:
    assert Bundle.open(folder).prove(Sees((1, 1, 63, 65), score=0.77)) == 1


def test_sightings_are_rounded_detections() -> None:
    labels = (Label("screw", "on"), Label("tape"))
    box = as_boxes([[0.04, 1.26, 9.99, 10]])
    found = Detections(box, np.array([0.87654], np.float32), np.array([0], np.int32), labels)
    assert sightings(found) == (Sighting(component="screw", pattern="on", score=0.8765, xyxy=(0.0, 1.3, 10.0, 10.0)),)


def test_bundles_are_promoted_and_taken_back(folder: Path, red_network: Path) -> None:
    bundles = folder.parent
    with pytest.raises(InputError, match="has no bundle yet"):
        promoted(bundles, "lamp")
    first, second = Bundle.open(folder), Bundle.open(make(bundles / "lamp-2", red_network))
    promote(bundles, first)
    promote(bundles, first)
    promote(bundles, second)
    assert promotions(bundles, "lamp").bundles == ("lamp-1", "lamp-2")
    assert promoted(bundles, "lamp").folder == bundles / "lamp-2"
    assert step_back(bundles, "lamp") == "lamp-1"
    assert promoted(bundles, "lamp").folder == bundles / "lamp-1"
    with pytest.raises(InputError, match="had no other bundle before"):
        step_back(bundles, "lamp")


def test_what_no_golden_frame_shows_is_unproved(folder: Path) -> None:
    manifest = Bundle.open(folder).manifest
    assert manifest.unproved == ()
    blind = manifest.model_copy(update={"golden": (Golden(file=GOLDEN),)})
    assert blind.unproved == ("lamp",)


def test_a_bundle_elsewhere_is_not_promoted(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Copy the bundle to .*other.*lamp-1 first"):
        promote(tmp_path / "other", Bundle.open(folder))


def test_a_promoted_bundle_that_was_changed_is_refused(folder: Path) -> None:
    promote(folder.parent, Bundle.open(folder))
    (folder / NETWORK).write_bytes(b"")
    with pytest.raises(InputError, match="was changed"):
        promoted(folder.parent, "lamp")


def test_a_promotion_that_leaves_the_workspace_is_refused(folder: Path) -> None:
    bundles = folder.parent
    (bundles / "lamp.promoted.yaml").write_text("format: 1\nbundles: [../elsewhere/lamp-1]\n")
    with pytest.raises(FileProblems, match=r"promoted\.yaml:2: bundles"):
        promoted(bundles, "lamp")


def test_a_working_score_that_no_score_can_reach_is_refused(folder: Path) -> None:
    text = (folder / FILE).read_text()
    (folder / FILE).write_text(re.sub(r"  lamp: 0\.\d+", "  lamp: .nan", text))
    (folder / SEAL).write_text(sha256(folder / FILE))
    with pytest.raises(FileProblems, match=r"thresholds\.lamp"):
        Bundle.open(folder)
