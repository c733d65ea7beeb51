"""A network as it stands, seeing as the station will see: to examine a training, never to judge a workpiece."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from inspector.detections import Detections, suppress
from inspector.detector import FLOOR
from inspector.frame import Image
from inspector.learning.network import Network
from inspector.preprocess import letterbox
from inspector.recipe import Label

BATCH = 8
"""Pictures at a time; always so many, since another number would be compiled anew."""


class KerasDetector:
    """A Detector that asks the network itself, on whichever backend it learns. It sees the weights of this moment.

    taught: the network's labels, lookalikes last.
    """

    def __init__(self, network: Network, taught: tuple[Label, ...]) -> None:
        self.labels = tuple(label for label in taught if not label.lookalike)
        self.taught = taught
        self._inference = network.inference
        self._input_size = network.input_size

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        picture, fit = letterbox(image, self._input_size)
        (seen,) = self.see(picture[None])
        return Detections(fit.to_frame(seen.boxes), seen.scores, seen.classes, self.labels)

    def see(self, pictures: NDArray[np.uint8]) -> Iterator[Detections]:
        """The same for each of the letterboxed pictures `(n, H, W, 3)` uint8 RGB, boxes in pixels of the input."""
        for start in range(0, len(pictures), BATCH):
            some = pictures[start : start + BATCH]
            filled = np.concatenate([some, np.repeat(some[-1:], BATCH - len(some), axis=0)])
            said = self._inference.predict_on_batch(filled)
            for boxes, scores in zip(said["boxes"][: len(some)], said["scores"][: len(some)], strict=True):
                yield suppress(np.asarray(boxes), np.asarray(scores), self.taught, FLOOR)
