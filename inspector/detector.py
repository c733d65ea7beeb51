"""What sees components in a frame: a network that LiteRT runs, without TensorFlow."""

from pathlib import Path
from typing import Protocol

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from inspector.detections import Detections, suppress
from inspector.errors import InputError
from inspector.frame import Image
from inspector.preprocess import letterbox
from inspector.quiet import quiet
from inspector.recipe import Label

FLOOR = 0.01


class Detector(Protocol):
    """Sees components in a frame. One thread at a time calls it. labels: what it reports, so no lookalike."""

    labels: tuple[Label, ...]

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        ...


class LiteRtDetector:
    """The network of a bundle on LiteRT.

    The network takes `(1, H, W, 3)` uint8 RGB and gives decoded boxes `(1, A, 4)` xyxy in pixels of its input and
    scores `(1, A, C)`; names of the outputs: `boxes`, `scores`. It runs once when it is loaded, so that the first
    frame takes no longer than others.

    Args: taught: the network's C classes, in order.
    Raises: InputError where the file is no such network.
    """

    def __init__(self, network: Path, taught: tuple[Label, ...], threads: int = 2) -> None:
        self.labels = tuple(label for label in taught if not label.lookalike)
        self._taught = taught
        try:
            # The first run tells as much as the loading.
            with quiet():
                self._interpreter = Interpreter(model_path=str(network), num_threads=threads)
                self._run = self._interpreter.get_signature_runner("serving_default")
                details = self._run.get_input_details()
                (self._input,) = details
                _, height, width, _ = details[self._input]["shape"]
                self.input_size = (int(width), int(height))
                _, scores = self.run(np.zeros((height, width, 3), np.uint8))
        except (ValueError, RuntimeError, KeyError) as error:
            raise InputError(f"{network} is not a detector that this version can run: {error}") from error
        self.classes = int(scores.shape[1])

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        picture, fit = letterbox(image, self.input_size)
        boxes, scores = self.run(picture)
        found = suppress(boxes, scores, self._taught, FLOOR)
        return Detections(fit.to_frame(found.boxes), found.scores, found.classes, self.labels)

    def run(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The network alone: boxes `(A, 4)` in pixels of the input and scores `(A, C)` of a letterboxed picture."""
        outputs = self._run(**{self._input: picture[None]})
        return outputs["boxes"][0], outputs["scores"][0]
