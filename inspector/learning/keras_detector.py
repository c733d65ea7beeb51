"""A network as it stands, seeing as the station will see: to examine a training, never to judge a workpiece."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from inspector.detections import Detections, suppress
from inspector.detector import FLOOR, NetworkDetector, Seen
from inspector.learning.network import Network
from inspector.recipe import Label

BATCH = 8
"""Pictures at a time; always so many, since another number would be compiled anew."""


class KerasDetector(NetworkDetector):
    """A Detector that asks the network itself, on whichever backend it learns. It sees the weights of this moment."""

    def __init__(self, network: Network, taught: tuple[Label, ...]) -> None:
        self.taught = taught
        self.input_size, self.classes = network.input_size, network.labels
        self._inference = network.inference

    def run(self, picture: NDArray[np.uint8]) -> Seen:
        """The network alone, on a letterboxed picture `(H, W, 3)` uint8 RGB."""
        (said,) = self.say(picture[None])
        return said

    def say(self, pictures: NDArray[np.uint8]) -> Iterator[Seen]:
        """What the network says of each of the letterboxed pictures `(n, H, W, 3)` uint8 RGB."""
        for start in range(0, len(pictures), BATCH):
            some = pictures[start : start + BATCH]
            filled = np.concatenate([some, np.repeat(some[-1:], BATCH - len(some), axis=0)])
            said = self._inference.predict_on_batch(filled)
            boxes, scores = np.asarray(said["boxes"]), np.asarray(said["scores"])
            yield from zip(boxes[: len(some)], scores[: len(some)], strict=True)

    def see(self, pictures: NDArray[np.uint8]) -> Iterator[Detections]:
        """What `detect` gives, for each of the letterboxed pictures `(n, H, W, 3)` uint8 RGB, boxes in pixels of the
        input.
        """
        for boxes, scores in self.say(pictures):
            yield suppress(boxes, scores, self.taught, FLOOR)
