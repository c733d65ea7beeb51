"""Conversions of a small untaught network: what goes in and comes out, and what is refused."""

import sys

import keras
import numpy as np
import pytest

from inspector.detector import LiteRtDetector, OpenVinoDetector
from inspector.edition import NETWORK
from inspector.errors import MachineError
from inspector.learning.anchors import Level
from inspector.learning.editions.export import to_int8, to_openvino, to_tflite
from inspector.learning.editions.onnx_network import OnnxDetector, to_onnx
from inspector.learning.editions.operators import operators
from inspector.learning.editions.parity import box_iou, score_difference
from inspector.learning.ssd import Ssd
from inspector.recipe import Label
from tests.full_disk import no_file_larger_than

# As many labels as a box has edges: the outputs cannot be told apart by their shapes.
LABELS = tuple(Label("screw", pattern) for pattern in ("on", "off", "tilted", "wrong"))
PICTURES = np.random.default_rng(0).integers(0, 255, (12, 64, 96, 3), np.uint8)
ANCHORS = 8 * 12 + 4 * 6
# Untaught, on noise, boxes cut by the border: int8 is further off here than it may be where the gate stands.
NEAR = {"float": (1e-3, 0.999), "int8": (0.05, 0.95)}


def untaught():
    return Ssd((96, 64), [Level(8, ((20.0, 20.0),)), Level(16, ((40.0, 40.0),))], len(LABELS))


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(1)
    return to_tflite(untaught())


@pytest.fixture(scope="module")
def files(network, tmp_path_factory):
    """The network in float and in int8."""
    folder = tmp_path_factory.mktemp("networks")
    made = {"float": folder / NETWORK, "int8": folder / "int8" / NETWORK}
    made["int8"].parent.mkdir()
    made["float"].write_bytes(network)
    made["int8"].write_bytes(to_int8(network, PICTURES))
    return made


@pytest.fixture
def original(files):
    return LiteRtDetector(files["float"], LABELS)


def same(first, second, within, least_iou=0.98):
    for picture in PICTURES[:3]:
        a, b = first.run(picture), second.run(picture)
        assert a[0].shape == b[0].shape == (ANCHORS, 4)
        assert a[1].shape == b[1].shape == (ANCHORS, 4)
        assert score_difference(a, b) <= within
        assert box_iou(a, b) >= least_iou
    assert second.input_size == (96, 64)


def test_int8_takes_bytes_and_gives_floats_as_before(files, original):
    second = LiteRtDetector(files["int8"], LABELS)
    same(original, second, *NEAR["int8"])
    boxes, scores = second.run(PICTURES[0])
    assert (boxes.dtype, scores.dtype) == (np.float32, np.float32)


def test_int8_is_small_and_truly_computes_in_int8(network, files):
    int8 = files["int8"].read_bytes()
    assert len(int8) < 0.35 * len(network)
    # A float network has neither: one QUANTIZE leads in from the first convolution, one DEQUANTIZE out to each head.
    kinds = [step.kind for step in operators(int8)]
    assert kinds.count("CONV_2D") == [step.kind for step in operators(network)].count("CONV_2D")
    assert "QUANTIZE" in kinds
    assert kinds[-1] not in ("DEQUANTIZE", "QUANTIZE")


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_openvino_sees_the_same(files, original, tmp_path, precision):
    to_openvino(files[precision], tmp_path / "network.xml")
    same(original, OpenVinoDetector(tmp_path / "network.xml", LABELS), *NEAR[precision])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network.bin", "network.xml"]


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_onnx_sees_the_same(files, original, tmp_path, precision):
    (tmp_path / "network.onnx").write_bytes(to_onnx(files[precision]))
    same(original, OnnxDetector(tmp_path / "network.onnx", LABELS), *NEAR[precision])


def test_converting_says_nothing(files, tmp_path, network, capfd):
    to_int8(network, PICTURES[:1])
    to_onnx(files["float"])
    to_openvino(files["float"], tmp_path / "network.xml")
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size to test with")
def test_a_full_disk_is_a_sentence_from_openvino_too(files, tmp_path):
    with (
        no_file_larger_than(100_000),
        pytest.raises(MachineError, match=r"OpenVINO could not write .* Free some space"),
    ):
        to_openvino(files["float"], tmp_path / "network.xml")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size to test with")
def test_a_full_disk_is_a_sentence_from_tensorflow_too(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with (
        no_file_larger_than(100_000),
        pytest.raises(MachineError, match=f"^Cannot write into {tmp_path}, where .*Free some space there"),
    ):
        to_tflite(untaught())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("convert", [lambda path: to_int8(path.read_bytes(), PICTURES), to_onnx])
def test_what_is_no_network_is_one_sentence(tmp_path, convert):
    path = tmp_path / NETWORK
    path.write_bytes(b"not a network at all, but long enough to be looked at")
    with pytest.raises(MachineError, match="could not be"):
        convert(path)
