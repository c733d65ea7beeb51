"""A network in ONNX: not for the station, but for the programs of others."""

import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.detector import NetworkDetector, Seen
from inspector.errors import MachineError
from inspector.learning.editions.operators import names
from inspector.quiet import quiet
from inspector.recipe import Label

OPSET = 17
"""Old enough for most runtimes; the first in which each operator of ours has its present meaning is 13."""


def to_onnx(network: Path) -> bytes:
    """A `.tflite` network, float or int8, in ONNX, with our contract's names for its input and outputs.

    Raises: MachineError where the converter is not installed, or cannot do it.
    """
    try:
        with quiet():
            import tf2onnx
    except ImportError as error:
        raise _absent() from error
    logging.getLogger("tf2onnx").setLevel(logging.ERROR)
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model, _ = tf2onnx.convert.from_tflite(str(network), opset=OPSET)
        except Exception as error:
            raise MachineError(f"The network could not be converted to ONNX: {error}") from error
    _rename(model.graph, names(network.read_bytes()))
    return bytes(model.SerializeToString())


def _rename(graph: Any, called: dict[str, str]) -> None:
    for step in graph.node:
        step.input[:] = [called.get(name, name) for name in step.input]
        step.output[:] = [called.get(name, name) for name in step.output]
    for port in (*graph.input, *graph.output):
        port.name = called[port.name]


class OnnxDetector(NetworkDetector):
    """An `.onnx` file on ONNX Runtime, to see that it sees the same.

    Raises: MachineError where ONNX Runtime is not installed.
    """

    def __init__(self, network: Path, taught: tuple[Label, ...], threads: int = 2) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise _absent() from error
        self.taught = taught
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        with quiet():
            self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
            self._warm_up(tuple(self._session.get_inputs()[0].shape))

    def run(self, picture: NDArray[np.uint8]) -> Seen:
        """The network alone, on a letterboxed picture `(H, W, 3)` uint8 RGB."""
        boxes, scores = self._session.run(["boxes", "scores"], {"picture": picture[None]})
        return boxes[0], scores[0]


def _absent() -> MachineError:
    return MachineError(
        "What makes and proves ONNX files is not installed on this machine: pip install 'assembly-inspector[onnx]'"
    )
