"""A taught bundle in other formats and precisions, in a true workspace: the squares as three recordings of pictures."""

import shutil
import sys

import cv2
import numpy as np
import pytest

from inspector.bundle import FILE, Bundle, Manifest, promote, promoted, write_manifest
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.detector import LiteRtDetector, OpenVinoDetector
from inspector.edition import NETWORK, Edition, Format, Parity, Precision
from inspector.errors import InputError, MachineError
from inspector.files import is_sealed, read_document, sha256
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.dataset import FILE as CONTENTS
from inspector.labeling.dataset import RECORDINGS, Contents, build
from inspector.labeling.extraction import extract
from inspector.labeling.fingerprint import differences, read_fingerprint, take_fingerprint
from inspector.learning.bundling import WEIGHTS, make_bundle
from inspector.learning.editions import edition
from inspector.learning.editions.edition import STATEMENT, Statement, make_edition, write_onnx
from inspector.learning.settings import TrainingSettings
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than

SIDE = 96


def record(place, recipe, part, picked, **options):
    """Pictures of a part as a recording, with the boxes that they hold."""
    source = place.folder / "source"
    source.mkdir()
    boxes = {}
    for number, index in enumerate(picked):
        cv2.imwrite(str(source / f"{number}.png"), part.images[index][:, :, ::-1])
        held = tuple(
            Box.of(recipe.labels[label], tuple(box))
            for box, label in zip(part.boxes[index].tolist(), part.classes[index], strict=True)
        )
        if held:
            boxes[f"{number}.png"] = Annotation(state=State.BOXES, boxes=held, by="maria")
    folder = import_media(source, place, recipe, ["square"], by="maria", **options)
    shutil.rmtree(source)
    take_fingerprint(folder, extract(folder, read_recording(folder)))
    if boxes:
        write_annotations(folder, Annotations(frames=boxes))


@pytest.fixture(scope="module")
def place(squares, recipe, tmp_path_factory):
    """A workspace whose dataset holds the squares."""
    place = Workspace(tmp_path_factory.mktemp("squares"))
    part = squares.train
    record(place, recipe, part, range(0, 40, 2), positive=True, pattern="on")
    record(place, recipe, part, range(1, 40, 2), positive=False, pattern="off")
    record(place, recipe, part, range(40, 70), positive=False, pattern=None)
    return place


@pytest.fixture(scope="module")
def bundle(place, recipe, taught):
    dataset = build(place, recipe, input_size=(SIDE, SIDE))
    return Bundle.open(make_bundle(dataset, recipe, taught, place.bundles))


@pytest.fixture(scope="module")
def int8(place, bundle):
    return Bundle.open(make_edition(place, bundle, Format.TFLITE, Precision.INT8))


@pytest.fixture
def elsewhere(bundle, tmp_path):
    """A workspace with the bundle and nothing that taught it."""
    place = Workspace(tmp_path / "elsewhere")
    shutil.copytree(bundle.folder, place.bundles / bundle.manifest.id)
    return place


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_int8_is_a_bundle_like_any_other(place, bundle, int8):
    assert int8.folder.parent == place.bundles
    detector = int8.detector()
    assert isinstance(detector, LiteRtDetector)
    assert int8.prove(detector) == 6
    assert (int8.folder / NETWORK).stat().st_size < 0.35 * (bundle.folder / NETWORK).stat().st_size
    promote(place.bundles, int8)
    assert promoted(place.bundles, "squares").manifest.id == int8.manifest.id


def test_the_manifest_says_what_it_was_made_of_and_how_near_it_is(bundle, int8):
    made, source = int8.manifest, bundle.manifest
    assert made.edition == Edition(source=source.id, format=Format.TFLITE, precision=Precision.INT8)
    assert made.parity.golden == 6
    assert made.parity.pictures > 6
    assert 0 < made.parity.score_difference <= 0.05
    assert 0.98 <= made.parity.box_iou < 1
    kept = {"recipe", "dataset", "dataset_sha256", "recordings", "thresholds", "training", "architecture", "ledger"}
    assert made.model_dump(include=kept) == source.model_dump(include=kept)
    assert made.id != source.id
    assert made.created_at > source.created_at
    assert WEIGHTS in made.files


def test_what_taught_it_can_be_asked_where_neither_dataset_nor_recordings_are(place, bundle, taught, int8, elsewhere):
    for folder in (elsewhere.bundles / bundle.manifest.id, int8.folder):
        contents = read_document(folder / CONTENTS, Contents)
        assert sha256(folder / CONTENTS) == bundle.manifest.dataset_sha256
        assert {source.id for source in contents.recordings} == set(bundle.manifest.recordings)
        for source in contents.recordings:
            kept = folder / RECORDINGS / source.id
            assert sha256(kept / "annotations.yaml") == source.annotations
            assert read_annotations(kept) == read_annotations(place.recordings / source.id)
            seen = read_fingerprint(place.recordings / source.id)
            assert differences(read_fingerprint(kept), seen) == []
    assert TrainingSettings(**bundle.manifest.settings).steps == taught.steps


def test_openvino_is_chosen_by_the_manifest(place, bundle):
    made = Bundle.open(make_edition(place, bundle, Format.OPENVINO, Precision.FLOAT))
    detector = made.detector()
    assert isinstance(detector, OpenVinoDetector)
    assert made.prove(detector) == 6
    assert {"network.xml", "network.bin"} <= made.manifest.files.keys()
    assert NETWORK not in made.manifest.files
    assert made.manifest.parity.score_difference < 1e-3


def test_openvino_runs_int8(place, bundle):
    made = Bundle.open(make_edition(place, bundle, Format.OPENVINO, Precision.INT8))
    assert made.prove(made.detector()) == 6
    assert (made.folder / "network.bin").stat().st_size < 0.35 * (bundle.folder / NETWORK).stat().st_size


def test_a_station_without_openvino_says_what_to_install(place, bundle, monkeypatch):
    made = Bundle.open(make_edition(place, bundle, Format.OPENVINO, Precision.FLOAT))
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(MachineError, match="OpenVINO is not installed on this machine"):
        made.detector()


@pytest.mark.parametrize("precision", list(Precision))
def test_onnx_is_a_folder_with_a_sealed_statement(place, bundle, tmp_path, precision):
    folder = tmp_path / "for others"
    parity = write_onnx(place, bundle, precision, folder)
    assert names(folder) == [STATEMENT, f"{STATEMENT}.sha256", "network.onnx"]
    assert is_sealed(folder / STATEMENT)
    said = read_document(folder / STATEMENT, Statement)
    assert said.edition == Edition(source=bundle.manifest.id, format=Format.ONNX, precision=precision)
    assert said.parity == parity
    assert said.input["picture"].shape == (1, SIDE, SIDE, 3)
    assert said.outputs["scores"].shape[2] == len(said.labels) == 2
    assert said.labels == ("square/on", "square/off")
    assert said.thresholds == {"square": bundle.threshold("square")}
    assert (said.tiles, said.second_look) == (bundle.manifest.tiles, bundle.manifest.second_look)
    assert said.files == {"network.onnx": sha256(folder / "network.onnx")}


def test_onnx_is_not_written_over_anything(place, bundle, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        write_onnx(place, bundle, Precision.FLOAT, tmp_path)
    assert names(tmp_path) == ["mine.txt"]


def test_what_it_is_already_is_not_made_again(place, bundle):
    with pytest.raises(InputError, match="is a tflite in float as it is"):
        make_edition(place, bundle, Format.TFLITE, Precision.FLOAT)


def test_an_edition_is_made_of_what_was_trained(place, bundle, int8):
    with pytest.raises(InputError, match=f"as tflite in int8. Export {bundle.manifest.id} instead"):
        make_edition(place, int8, Format.OPENVINO, Precision.INT8)


def test_int8_without_the_dataset_is_refused(elsewhere, bundle):
    with pytest.raises(InputError, match=r"int8 is calibrated on the frames that taught .* or export in float"):
        make_edition(elsewhere, bundle, Format.TFLITE, Precision.INT8)
    assert names(elsewhere.bundles) == [bundle.manifest.id]


def test_float_without_the_dataset_is_tried_on_the_golden_frames(elsewhere, bundle):
    made = Bundle.open(make_edition(elsewhere, bundle, Format.OPENVINO, Precision.FLOAT))
    assert (made.manifest.parity.pictures, made.manifest.parity.golden) == (6, 6)


def test_another_dataset_in_its_place_is_refused(elsewhere, bundle):
    other = elsewhere.datasets / bundle.manifest.dataset
    other.mkdir(parents=True)
    (other / CONTENTS).write_text("format: 1\n")
    with pytest.raises(InputError, match="is not the dataset that taught"):
        make_edition(elsewhere, bundle, Format.TFLITE, Precision.INT8)


def test_an_older_bundle_without_weights_or_architecture_is_exported_all_the_same(elsewhere, bundle):
    folder = elsewhere.bundles / bundle.manifest.id
    (folder / WEIGHTS).unlink()
    (folder / FILE).unlink()
    files = {name: digest for name, digest in bundle.manifest.files.items() if name != WEIGHTS}
    old = bundle.manifest.model_copy(update={"files": files, "architecture": {}, "parity": None})
    write_manifest(folder, old)
    made = Bundle.open(make_edition(elsewhere, Bundle.open(folder), Format.OPENVINO, Precision.FLOAT))
    assert WEIGHTS not in made.manifest.files
    assert made.prove(made.detector()) == 6


def test_what_does_not_see_the_same_is_refused_and_nothing_of_it_stays(place, bundle, monkeypatch):
    before = names(place.bundles)
    # Calibrated on black alone, int8 cuts off whatever is brighter.
    monkeypatch.setattr(edition, "_calibration", lambda *_: np.zeros((4, SIDE, SIDE, 3), np.uint8))
    with pytest.raises(MachineError, match=r"as tflite in int8 does not see the same, and was not kept: scores differ"):
        make_edition(place, bundle, Format.TFLITE, Precision.INT8)
    assert names(place.bundles) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size to test with")
def test_a_full_disk_leaves_nothing_behind(elsewhere, bundle, tmp_path):
    with no_file_larger_than(100_000):
        with pytest.raises(MachineError, match="Free some space"):
            make_edition(elsewhere, bundle, Format.OPENVINO, Precision.FLOAT)
        with pytest.raises(MachineError, match="Free some space"):
            write_onnx(elsewhere, bundle, Precision.FLOAT, tmp_path / "for others")
    assert names(elsewhere.bundles) == [bundle.manifest.id]
    assert names(tmp_path) == ["elsewhere"]


def test_a_manifest_names_no_format_that_a_station_does_not_run(bundle):
    values = bundle.manifest.model_dump()
    values["edition"] = {"source": "squares-1", "format": "onnx", "precision": "float"}
    with pytest.raises(ValueError, match="a station runs no onnx"):
        Manifest.model_validate(values)


def test_an_edition_reads_as_a_sentence():
    made = Edition(source="lid-1", format=Format.OPENVINO, precision=Precision.INT8)
    assert str(made) == "lid-1 as openvino in int8"
    assert "0.0123 at most" in str(Parity(pictures=9, golden=6, score_difference=0.0123, box_iou=0.99))
