"""A second look at what a detector found: each place, cut out of the full frame, is told apart by a small network.

A detector sees the whole frame at once and at a low resolution, and shares its features between finding and telling; a
small network that sees one place alone and in full detail is sure where the detector only seems so.
Source: Cheng et al. 2018 (arXiv:1803.06799), decoupled classification refinement.
"""

from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from pydantic import Field

from inspector.detections import Detections
from inspector.detector import FLOOR, Detector, refuse_nonsense
from inspector.errors import InputError
from inspector.files import Section
from inspector.frame import Image
from inspector.preprocess import cut_out
from inspector.quiet import quiet
from inspector.recipe import Label

NETWORK = "second_look.tflite"


class Lens(Section):
    """How a second look sees.

    side: of its input in pixels; context: how much round a box it sees, as a share of the box's longer side on each
    side. decides: the detector finds components and leaves their patterns to it; else it confirms what the detector
    says.
    """

    side: int = Field(default=64, ge=16, le=512)
    context: float = Field(default=0.25, ge=0, le=4)
    decides: bool = False


class SecondLook:
    """The small network on LiteRT.

    It takes `(1, S, S, 3)` uint8 RGB and gives `logits` `(1, C + 1)`: one for each taught label, the last for nothing.
    It runs once when it is loaded. side: S in pixels; classes: C + 1.

    Raises: InputError where the file is no such network.
    """

    def __init__(self, network: Path, threads: int = 2) -> None:
        try:
            with quiet():
                self._interpreter = Interpreter(model_path=str(network), num_threads=threads)
                self._run = self._interpreter.get_signature_runner("serving_default")
                details = self._run.get_input_details()
                (self._input,) = details
                _, self.side, _, _ = (int(size) for size in details[self._input]["shape"])
                self.classes = len(self.run(np.zeros((self.side, self.side, 3), np.uint8)))
        except (ValueError, RuntimeError, KeyError) as error:
            raise InputError(f"{network} is not a second look that this version can run: {error}") from error

    def run(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The logits `(C + 1,)` of a cut-out `(S, S, 3)` uint8 RGB."""
        logits: NDArray[np.float32] = self._run(**{self._input: picture[None]})["logits"][0]
        return logits


class TwoLooks:
    """A detector whose every detection is looked at again; what neither is sure of scores little.

    Args: taught: the labels that the second look tells apart, lookalikes last.
    """

    def __init__(self, first: Detector, second: SecondLook, taught: tuple[Label, ...], lens: Lens) -> None:
        self.labels = tuple(label for label in taught if not label.lookalike)
        self._first, self._second, self._taught, self._lens = first, second, taught, lens

    def detect(self, image: Image) -> Detections:
        """Everything that both looks together score at least FLOOR, best first, boxes in pixels of the image.

        Raises: MachineError where either says what is no number.
        """
        found = self._first.detect(image)
        places = [cut_out(image, box, self._lens.context, self._lens.side) for box in found.boxes]
        logits = np.array([self._second.run(place) for place in places], np.float32)
        refuse_nonsense(logits)
        return confirmed(found, logits.reshape(len(found), len(self._taught) + 1), self._taught)


def confirmed(found: Detections, logits: NDArray[np.float32], taught: tuple[Label, ...]) -> Detections:
    """Detections scored by both looks: the detector's score times the share that the second look gives to its label.

    A detection of a component without a pattern gets the pattern with the largest share.

    Args: logits `(n, C + 1)` of each place; taught: the C labels, lookalikes last.
    Returns: those of at least FLOOR, best first.
    """
    said = [found.label(i) for i in range(len(found))]
    mine = np.array([[t.component == label.component for t in taught] for label in said], bool).reshape(-1, len(taught))
    meant = np.array([[_means(label, t) for t in taught] for label in said], bool).reshape(-1, len(taught))
    likely = np.where(meant, likelihoods(logits, mine), -1.0)
    classes = likely.argmax(axis=1).astype(np.int32)
    scores = (found.scores * likely[np.arange(len(said)), classes]).astype(np.float32)
    order = np.argsort(-scores, kind="stable")
    kept = order[scores[order] >= FLOOR]
    labels = tuple(label for label in taught if not label.lookalike)
    return Detections(found.boxes[kept], scores[kept], classes[kept], labels)


def _means(said: Label, taught: Label) -> bool:
    """Whether the detector's label can be that one."""
    return taught == said or (said == Label(taught.component) and not taught.lookalike)


def likelihoods(logits: NDArray[np.float32], asked: NDArray[np.bool_]) -> NDArray[np.float32]:
    """`(n, C)` how likely each label is, among those asked about and nothing; 0 for the others.

    A picture that teaches one component says nothing of the others, so these are no rivals.

    Args: logits `(n, C + 1)`, the last for nothing; asked `(n, C)`.
    """
    rivals = np.column_stack([asked, np.ones(len(asked), bool)])
    powers = np.exp(
        np.where(rivals, logits, -np.inf) - logits.max(axis=1, keepdims=True, where=rivals, initial=-np.inf)
    )
    share: NDArray[np.float32] = (powers / powers.sum(axis=1, keepdims=True))[:, :-1].astype(np.float32)
    return share
