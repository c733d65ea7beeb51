"""A network in the formats and precisions in which it can run without Keras."""

import contextlib
import logging
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.detector import load_openvino, openvino_core
from inspector.errors import MachineError
from inspector.learning.editions.operators import names, operators, outside_convolutions
from inspector.learning.network import Network
from inspector.learning.second_look.classifier import Classifier
from inspector.quiet import quiet


def to_tflite(network: Network | Classifier) -> bytes:
    """The network as LiteRT runs it: uint8 RGB `(1, H, W, 3)` in; out, of a detector, `boxes` `(1, A, 4)` and `scores`
    `(1, A, C)`, of a second look `logits` `(1, C + 1)`.

    Raises: MachineError where it cannot be converted, or the disk is full.
    """
    import tensorflow as tf

    inference = network.inference
    width, height = network.input_size
    # What Keras exports carries all of its layers along, which takes twice as long and is not looked at.
    module = tf.Module()
    module.weights = [variable.value for variable in inference.variables]
    module.serve = tf.function(
        lambda picture: inference(picture, training=False),
        input_signature=[tf.TensorSpec((1, height, width, 3), tf.uint8, "picture")],
    )
    with tempfile.TemporaryDirectory() as folder, _silenced():
        try:
            tf.saved_model.save(module, folder, signatures=module.serve)
        except tf.errors.OpError as error:
            raise MachineError(
                f"Cannot write into {tempfile.gettempdir()}, where the network is converted. Free some space there."
            ) from error
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serving_default"])
        try:
            return bytes(converter.convert())
        except Exception as error:
            raise MachineError(f"The network could not be converted for LiteRT: {error}") from error


def to_int8(network: bytes, pictures: NDArray[np.uint8]) -> bytes:
    """A `.tflite` network that computes in int8 between its first convolution and its last ones; in and out stay alike.

    Where the input meets the first weights, and where the last ones say what is there, each step of 1/256 counts: these
    layers stay in float, and so does the decoding behind them. Source: Krishnamoorthi 2018 (arXiv:1806.08342), section
    3.1, for the scheme: int8 weights by channel, int8 activations by the range that calibration sees.

    Args: pictures `(n, H, W, 3)` uint8 RGB, letterboxed, to calibrate on. Raises: MachineError where it cannot be done.
    """
    # TensorFlow's public converter takes no network that is converted already; what it calls itself does.
    from tensorflow.lite.python.convert import mlir_quantize
    from tensorflow.lite.python.optimize.calibrator import Calibrator

    with _silenced():
        try:
            ranges = Calibrator(network).calibrate(lambda: ([picture[None]] for picture in pictures))
            return bytes(mlir_quantize(ranges, denylisted_nodes=outside_convolutions(operators(network))))
        except Exception as error:
            raise MachineError(f"The network could not be brought to int8: {error}") from error


def to_openvino(network: Path, target: Path) -> None:
    """Write a `.tflite` network, float or int8, as OpenVINO's `target`, an `.xml` file, and a `.bin` beside it.

    Raises: MachineError where OpenVINO is not installed, cannot convert the network, or cannot write it.
    """
    openvino, called = load_openvino(), names(network.read_bytes())
    with _silenced():
        try:
            model = openvino_core(openvino).read_model(str(network))
            for port in (*model.inputs, *model.outputs):
                port.set_names({called[port.get_any_name()]})
            openvino.save_model(model, str(target), compress_to_fp16=False)
        except RuntimeError as error:
            raise MachineError(f"OpenVINO could not write {target.parent}: {error}. Free some space.") from error


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """TensorFlow's log while it converts: it warns of things that we chose."""
    log = logging.getLogger("tensorflow")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        with quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)
