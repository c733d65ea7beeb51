"""What sees components in a frame: a network that LiteRT or OpenVINO runs, without TensorFlow."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from inspector.detections import Detections, suppress
from inspector.errors import InputError, MachineError
from inspector.frame import Image
from inspector.preprocess import letterbox
from inspector.quiet import quiet
from inspector.recipe import Label

FLOOR = 0.01

Seen = tuple[NDArray[np.float32], NDArray[np.float32]]
"""What a network says of one picture: boxes `(A, 4)` xyxy in pixels of its input, and scores `(A, C)`."""


class Detector(Protocol):
    """Sees components in a frame. One thread at a time calls it."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """What it reports, so no lookalike."""
        ...

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        ...


class NetworkDetector(ABC):
    """A network, whichever library runs it.

    input_size: (width, height). taught: the labels that it scores, lookalikes last; classes: how many these are.

    The network takes `(1, H, W, 3)` uint8 RGB and gives decoded boxes `(1, A, 4)` xyxy in pixels of its input and
    scores `(1, A, C)`; names of the outputs: `boxes`, `scores`.
    """

    taught: tuple[Label, ...]
    input_size: tuple[int, int]
    classes: int

    @property
    def labels(self) -> tuple[Label, ...]:
        """What it reports."""
        return tuple(label for label in self.taught if not label.lookalike)

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image.

        Raises: MachineError where the network says what is no number.
        """
        picture, fit = letterbox(image, self.input_size)
        boxes, scores = self.run(picture)
        # Of a box that cannot count, nobody asks where it lies.
        refuse_nonsense(scores, boxes[np.flatnonzero(scores >= FLOOR) // scores.shape[1]])
        found = suppress(boxes, scores, self.taught, FLOOR)
        return Detections(fit.to_frame(found.boxes), found.scores, found.classes, self.labels)

    @abstractmethod
    def run(self, picture: NDArray[np.uint8]) -> Seen:
        """The network alone, on a letterboxed picture `(H, W, 3)` uint8 RGB."""

    def say(self, pictures: NDArray[np.uint8]) -> Iterator[Seen]:
        """What the network says of each of the letterboxed pictures `(n, H, W, 3)` uint8 RGB."""
        return map(self.run, pictures)

    def _warm_up(self, shape: tuple[int, ...]) -> None:
        """Run once, so that the first frame takes no longer than others, and learn the sizes from it.

        Args: shape of the input, `(1, H, W, 3)`.
        """
        _, height, width, _ = shape
        self.input_size = (int(width), int(height))
        _, scores = self.run(np.zeros((height, width, 3), np.uint8))
        self.classes = int(scores.shape[1])


class LiteRtDetector(NetworkDetector):
    """A `.tflite` file on LiteRT.

    Args: taught: the network's C classes, in order.
    Raises: InputError where the file is no such network.
    """

    def __init__(self, network: Path, taught: tuple[Label, ...], threads: int = 2) -> None:
        self.taught = taught
        try:
            # The first run tells as much as the loading.
            with quiet():
                self._interpreter = Interpreter(model_path=str(network), num_threads=threads)
                self._run = self._interpreter.get_signature_runner("serving_default")
                details = self._run.get_input_details()
                (self._input,) = details
                self._warm_up(tuple(details[self._input]["shape"]))
        except (ValueError, RuntimeError, KeyError) as error:
            raise _no_detector(network, error) from error

    def run(self, picture: NDArray[np.uint8]) -> Seen:
        """The network alone, on a letterboxed picture `(H, W, 3)` uint8 RGB."""
        outputs = self._run(**{self._input: picture[None]})
        return outputs["boxes"][0], outputs["scores"][0]


class OpenVinoDetector(NetworkDetector):
    """An OpenVINO network, an `.xml` file with its `.bin` beside it, on the processor.

    Raises: InputError where the files are no such network; MachineError where OpenVINO is not installed.
    """

    def __init__(self, network: Path, taught: tuple[Label, ...], threads: int = 2) -> None:
        self.taught = taught
        core = openvino_core(load_openvino())
        # Where a processor has it, OpenVINO would by itself compute in bfloat16: other scores on that machine.
        wishes = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
        try:
            with quiet():
                compiled = core.compile_model(str(network), "CPU", wishes)
                self._request = compiled.create_infer_request()
                self._warm_up(tuple(compiled.input().shape))
        except (ValueError, RuntimeError) as error:
            raise _no_detector(network, error) from error

    def run(self, picture: NDArray[np.uint8]) -> Seen:
        """The network alone, on a letterboxed picture `(H, W, 3)` uint8 RGB."""
        self._request.infer([picture[None]])
        # What the request holds is overwritten by the next picture.
        boxes, scores = (self._request.get_tensor(name).data[0].copy() for name in ("boxes", "scores"))
        return boxes, scores


def refuse_nonsense(*said: NDArray[np.float32]) -> None:
    """Raises: MachineError where something that a network says is no number.

    No score that is none reaches a threshold: it would be taken for nothing seen, which can be what passes.
    """
    if not all(np.isfinite(values).all() for values in said):
        raise MachineError(
            "The network says what is no number: its bundle is damaged, or this machine computes wrongly. Copy the "
            "bundle again, or train it again."
        )


def load_openvino() -> Any:
    """OpenVINO, with nobody told of it.

    Raises: MachineError where it is not installed.
    """
    # Its wheel brings a package that reports each start to its maker, unless that package cannot be imported.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino  # half a second, and not on every machine
    except ImportError as error:
        raise MachineError(
            "OpenVINO is not installed on this machine, and this needs it: pip install 'assembly-inspector[openvino]'"
        ) from error
    return openvino


@cache
def openvino_core(openvino: Any) -> Any:
    """The core of OpenVINO, one for as long as the process lives.

    A core gives the thread that first uses it a stack for signals, and at its end brings back the one before. Of two
    that end in the order in which they began, the second brings back what the first has freed: the next signal, such
    as the request to end that a station gets, would kill the process without a word.
    """
    return openvino.Core()


def _no_detector(network: Path, error: Exception) -> InputError:
    reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
    return InputError(f"{network} is not a detector that this version can run: {reason}")
